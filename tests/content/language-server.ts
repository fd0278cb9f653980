import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export interface Told {
  message: string;
  line: number;
  from: number;
  to: number;
}
export interface Offer {
  label: string;
  /** What is inserted, as a snippet */
  text: string;
  documentation: string;
}

/** The YAML language server of the npm registry, talked to as an editor does: LSP over its standard input and output. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #replies = new Map<number, (result: unknown) => void>();
  readonly #awaited = new Map<string, (told: unknown[]) => void>();
  #buffer = Buffer.alloc(0);
  #id = 0;
  #version = 0;

  private constructor() {
    this.#process = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio']);
    this.#process.stdout.on('data', (bytes: Buffer) => this.#read(bytes));
  }

  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer();
    await server.#ask('initialize', {
      processId: process.pid,
      locale: 'ja',
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ name: 'content', uri: pathToFileURL(folder).href }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          hover: { contentFormat: ['markdown'] },
        },
      },
    });
    server.#tell('initialized', {});
    return server;
  }

  stop(): void {
    this.#process.kill();
  }

  /** Opens a file as an editor does; what the server finds wrong in it. */
  async open(path: string, text: string): Promise<Told[]> {
    const uri = pathToFileURL(path).href;
    const found = new Promise<unknown[]>((resolve) => this.#awaited.set(decodeURI(uri), resolve));
    this.#version += 1;
    this.#tell('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: this.#version, text },
    });
    // biome-ignore lint/suspicious/noExplicitAny: what the protocol says
    return ((await found) as any[]).map(({ message, range }) => ({
      ...{ message, line: range.start.line, from: range.start.character },
      to: range.end.character,
    }));
  }

  close(path: string): void {
    this.#tell('textDocument/didClose', { textDocument: { uri: pathToFileURL(path).href } });
  }

  async hover(path: string, line: number, character: number): Promise<string> {
    const result = await this.#ask('textDocument/hover', at(path, line, character));
    return (result as { contents: { value: string } } | null)?.contents.value ?? '';
  }

  async complete(path: string, line: number, character: number): Promise<Offer[]> {
    const result = await this.#ask('textDocument/completion', at(path, line, character));
    // biome-ignore lint/suspicious/noExplicitAny: what the protocol says
    const items: any[] = (result as any)?.items ?? result ?? [];
    return items.map(({ label, insertText, textEdit, documentation }) => ({
      label,
      text: textEdit?.newText ?? insertText ?? label,
      documentation: documentation?.value ?? documentation ?? '',
    }));
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve) => {
      this.#replies.set(id, resolve);
      this.#send({ id, method, params });
    });
  }

  #tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #read(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.subarray(0, end).toString())?.[1]);
      if (end < 0 || this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.subarray(end + 4, end + 4 + length).toString();
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#take(JSON.parse(body));
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: what the protocol says
  #take({ id, method, params, result }: any): void {
    if (method === 'textDocument/publishDiagnostics') this.#awaited.get(decodeURI(params.uri))?.(params.diagnostics);
    else if (method === 'workspace/configuration') {
      const settings: Record<string, object> = { yaml: { validate: true, hover: true, completion: true } };
      this.#send({ id, result: params.items.map(({ section }: { section: string }) => settings[section] ?? {}) });
    } else if (method !== undefined) {
      if (id !== undefined) this.#send({ id, result: null });
    } else {
      this.#replies.get(id)?.(result);
      this.#replies.delete(id);
    }
  }
}

const at = (path: string, line: number, character: number) => ({
  textDocument: { uri: pathToFileURL(path).href },
  position: { line, character },
});

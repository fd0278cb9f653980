import { parseYaml, type YamlFile } from './yaml-file.ts';

/** Files as parsed before: one whose text is the same is not parsed again. */
export class ParsedFiles {
  readonly #files: Map<string, YamlFile>;

  constructor(files: ReadonlyMap<string, YamlFile> = new Map()) {
    this.#files = new Map(files);
  }

  /** Another one that knows as much now. */
  copy(): ParsedFiles {
    return new ParsedFiles(this.#files);
  }

  /** `path` is that below the content folder, `file` how diagnostics name it. */
  parse(path: string, file: string, text: string): YamlFile {
    const before = this.#files.get(path);
    const fresh = before?.text === text ? before : parseYaml(file, text);
    this.#files.set(path, fresh);
    // Rules between files add their own diagnostics; the same text may come from another folder or commit now.
    return { ...fresh, file, diagnostics: fresh.diagnostics.map((diagnostic) => ({ ...diagnostic, file })) };
  }
}

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { cli } from '../cli/run.ts';

/** ms until something is taken to hang. */
const patience = 60_000;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
    timeout: patience,
  });

/** `shisakushu preview` as a user runs it, in a folder of its own with a copy of `content`. */
export class Preview {
  readonly folder = mkdtempSync(join(tmpdir(), 'shisakushu-preview-'));
  #process: ChildProcessWithoutNullStreams | undefined;
  /** Places in the editor's log that opened() returned. */
  #told = 0;
  address = '';
  /** What it said on stderr. */
  errors = '';

  constructor(content: string) {
    cpSync(content, join(this.folder, 'content'), { recursive: true });
    // Stands in for an editor: writes down what it was asked to open.
    const editor = '#!/bin/sh\nprintf "%s:%s:%s\\n" "$1" "$2" "$3" >> "$(dirname "$0")/opened"\n';
    writeFileSync(join(this.folder, 'editor'), editor);
    chmodSync(join(this.folder, 'editor'), 0o755);
  }

  async start(port = 0): Promise<void> {
    const started = spawn(process.execPath, [cli, 'preview', '--no-open', '--port', String(port)], {
      cwd: this.folder,
      env: { ...process.env, LAUNCH_EDITOR: join(this.folder, 'editor') },
    });
    this.#process = started;
    started.stderr.on('data', (chunk) => {
      this.errors += chunk;
    });
    let told = '';
    for await (const chunk of started.stdout) {
      told += chunk;
      const [address] = /http:\S+(?=\s)/.exec(told) ?? [];
      if (address === undefined) continue;
      this.address = address;
      return;
    }
    throw new Error(`no address: ${this.errors}`);
  }

  async stop(): Promise<void> {
    const started = this.#process;
    if (!started || started.exitCode !== null) return;
    const ended = once(started, 'exit');
    started.kill('SIGINT');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(file: string): string {
    return join(this.folder, 'content', file);
  }

  /** Replaces `from`, which must be there. */
  edit(file: string, from: string | RegExp, to: string): void {
    const before = readFileSync(this.path(file), 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${from}`);
    writeFileSync(this.path(file), after);
  }

  /** What the editor is asked to open next, below the working directory: every place is told once, in their order. */
  async opened(): Promise<string> {
    const log = join(this.folder, 'opened');
    const lines = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []);
    await expect.poll(() => lines().length).toBeGreaterThan(this.#told);
    const line = lines()[this.#told] ?? '';
    this.#told += 1;
    return line.slice(line.indexOf('content/'));
  }

  /** A window on it, as soon as the first page is drawn; errors of the page are kept. */
  async open(
    browser: Browser,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<Page & { problems: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    page.setDefaultTimeout(patience);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(this.address);
    await page.waitForSelector('.page[data-drawn]');
    return Object.assign(page, { problems });
  }
}

/** Brings the sheet of a measure into the window and waits until its page is drawn as large as it is, its texts in place. */
export async function show(page: Page, file: string, ...path: string[]): Promise<void> {
  const found = cell(page, file, ...path);
  await found.scrollIntoViewIfNeeded();
  await page.waitForFunction(
    (element) => {
      const sheet = element?.closest<HTMLElement>('.page');
      const width = Math.round((sheet?.clientWidth ?? 0) * devicePixelRatio);
      return sheet?.querySelector('canvas')?.width === width && sheet.querySelector('.cell span');
    },
    await found.elementHandle(),
  );
}

/** The first cell of 個票 that shows a field. */
export const cell = (page: Page, file: string, ...path: string[]) =>
  page.locator(`.page[aria-label$="個票"] .cell[data-field="${[file, ...path].join(' › ')}"]`).first();

/** Fingerprint of what is drawn on the page that holds `found`. */
export const picture = (page: Page, file: string, ...path: string[]): Promise<string> =>
  cell(page, file, ...path).evaluate((element) => {
    const canvas = element.closest('.page')?.querySelector('canvas');
    return canvas?.toDataURL() ?? '';
  });

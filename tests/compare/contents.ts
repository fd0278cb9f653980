import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ComparedEdition, readEdition } from '../../src/compare/read.ts';
import type { ContentSource } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { put } from '../content/city.ts';

/** Changes to the files of a content folder, wherever they are; each throws when there is nothing to change. */
abstract class Files {
  abstract read(file: string): string;
  abstract write(file: string, text: string): void;
  abstract remove(file: string): void;
  abstract has(file: string): boolean;
  replace(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replaceAll(from, to);
    if (before === after) throw new Error(`${file} has no ${from}`);
    this.write(file, after);
  }
  renumber(from: string, to: string): void {
    const path = (id: string) => `measures/${id}.yaml`;
    if (this.has(path(to))) throw new Error(`${to} is taken`);
    this.write(path(to), this.read(path(from)));
    this.remove(path(from));
    this.replace(path(to), `番号: ${from}`, `番号: ${to}`);
  }
}

/** The content folder of a repository. */
export class Content extends Files {
  readonly #folder: string;
  constructor(folder: string) {
    super();
    this.#folder = join(folder, 'content');
  }
  read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
    writeFileSync(join(this.#folder, file), text);
  }
  remove(file: string): void {
    rmSync(join(this.#folder, file));
  }
  has(file: string): boolean {
    return existsSync(join(this.#folder, file));
  }
}

const cityFiles = new Map(
  readdirSync('tests/city', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name.replaceAll('\\', '/'), readFileSync(join('tests/city', name), 'utf8')]),
);

/** The second city, or a copy of what became of it, in memory. */
export class MemoryContent extends Files {
  readonly files: Map<string, string>;
  constructor(files: ReadonlyMap<string, string> = cityFiles) {
    super();
    this.files = new Map(files);
  }
  read(file: string): string {
    const text = this.files.get(file);
    if (text === undefined) throw new Error(`no ${file}`);
    return text;
  }
  write(file: string, text: string): void {
    this.files.set(file, text);
  }
  remove(file: string): void {
    if (!this.files.delete(file)) throw new Error(`no ${file}`);
  }
  has(file: string): boolean {
    return this.files.has(file);
  }
  /** As one side of a comparison; what is the same as in `parsed` is not parsed again. */
  edition(name: string, parsed = new ParsedFiles()): ComparedEdition {
    return readEdition(name, this.source(`${name}:content`), parsed);
  }
  source(root = 'content'): ContentSource {
    const entries: Parameters<typeof put>[0] = new Map([['measures', { kind: 'folder' }]]);
    for (const [file, text] of this.files) put(entries, file, text);
    return { root, entries };
  }
  /** Laid into a folder. */
  lay(folder: string): void {
    for (const [file, text] of this.files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import type { ContentSource, Entry } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { YamlFile } from '../../src/content/yaml/yaml-file.ts';

const read = (folder: string): Map<string, Uint8Array> =>
  new Map(
    ['', 'measures/'].flatMap((below) =>
      readdirSync(folder + below)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [below + name, readFileSync(folder + below + name)] as const),
    ),
  );
const written = read('tests/city/');

/** The invented second city in memory, to be broken by tests; diagnostics name its files city/…. */
export function city(files: ReadonlyMap<string, Uint8Array | string> = written): {
  source: ContentSource;
  entries: Map<string, Entry>;
} {
  const entries = new Map<string, Entry>([['measures', { kind: 'folder' }]]);
  for (const [path, bytes] of files) put(entries, path, bytes);
  return { source: { root: 'city', entries }, entries };
}

export function put(entries: Map<string, Entry>, path: string, bytes: Uint8Array | string): void {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  entries.set(path, { kind: 'file', read: () => content });
}

/** A file of the city. */
export const textOf = (path: string): string => Buffer.from(written.get(path) ?? []).toString();

const untouched = new ParsedFiles();
/** Parses what a test has changed, and all else once. */
class ParsedCity extends ParsedFiles {
  override parse(path: string, file: string, text: string): YamlFile {
    return text === textOf(path) ? untouched.parse(path, file, text) : super.parse(path, file, text);
  }
}
export const parsedCity = (): ParsedFiles => new ParsedCity();
for (const path of written.keys()) parsedCity().parse(path, `city/${path}`, textOf(path));

/** The city with other texts, or (undefined) without files, as it is checked. */
export function checkedCity(changes: Record<string, string | undefined> = {}): CheckedContent {
  const { source, entries } = city();
  for (const [path, text] of Object.entries(changes))
    if (text === undefined) entries.delete(path);
    else put(entries, path, text);
  return checkContent(source, parsedCity());
}

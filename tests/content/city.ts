import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ContentSource, Entry } from '../../src/content/source/source.ts';

const folder = fileURLToPath(new URL('../city/', import.meta.url));

/** The invented second city in memory, to be broken by tests; diagnostics name its files city/…. */
export function city(): { source: ContentSource; entries: Map<string, Entry> } {
  const entries = new Map<string, Entry>([['measures', { kind: 'folder' }]]);
  for (const below of ['', 'measures/'])
    for (const name of readdirSync(folder + below))
      if (name.endsWith('.yaml')) put(entries, below + name, readFileSync(folder + below + name));
  return { source: { root: 'city', entries }, entries };
}

export function put(entries: Map<string, Entry>, path: string, bytes: Uint8Array | string): void {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  entries.set(path, { kind: 'file', read: () => content });
}

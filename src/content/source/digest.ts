import { createHash } from 'node:crypto';
import type { ContentSource } from './source.ts';

/** SHA-256 of the YAML files of the content, hexadecimal: their paths and texts, whatever their line ends and byte order marks. */
export function contentDigest({ entries }: ContentSource): string {
  const hash = createHash('sha256');
  for (const path of [...entries.keys()].filter((name) => name.endsWith('.yaml')).sort()) {
    const entry = entries.get(path);
    if (entry?.kind !== 'file') continue;
    const text = Buffer.from(entry.read())
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
    hash.update(`${path}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex');
}

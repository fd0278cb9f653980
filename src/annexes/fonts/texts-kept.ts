import { PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, value } from '../file.ts';
import type { ShownFont } from './font.ts';
import { readMap, writeMap } from './unicode-map.ts';

/** Writes into ToUnicode what the font's encoding told so far, before that is changed. */
export function keepTexts({ dict, use }: ShownFont, texts: (code: number) => string): void {
  const { bytes } = use;
  if (bytes === undefined) return;
  const old = value(dict, 'ToUnicode');
  const map = old instanceof PDFRawStream ? readMap(decoded(old), bytes) : new Map<number, string>();
  const missing = [...use.codes].filter((code) => !map.has(code) && texts(code) !== '');
  if (missing.length === 0) return;
  for (const code of missing) map.set(code, texts(code));
  const { context } = dict;
  dict.set(PDFName.of('ToUnicode'), context.register(context.flateStream(writeMap(map, bytes))));
}

import { PDFName } from '../source/pdf.ts';
import { mapOf, type ShownFont } from './font.ts';
import type { Reading } from './reader.ts';
import { codespaces, writeMap } from './unicode-map.ts';

/** Writes into ToUnicode what the font's encoding told so far, before that is changed. */
export function keepTexts({ dict, use }: ShownFont, reading: Reading | undefined): void {
  const own = mapOf(dict, use.codes);
  if (own && [...use.codes].every((code) => own.texts.has(code))) return;
  const texts = [...use.codes].map((code): [number, string | undefined] => {
    const glyph = reading?.glyphs.get(code);
    return [code, own?.texts.get(code) || glyph?.text || glyph?.derived];
  });
  const { context } = dict;
  const known = new Map(texts.filter(([, text]) => text));
  if (known.size === 0) return;
  const map = writeMap(known, reading?.codespace ?? codespaces[use.bytes ?? 2]);
  dict.set(PDFName.of('ToUnicode'), context.register(context.flateStream(map)));
}

import { type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, raw, value } from '../file.ts';
import type { ShownFont } from './font.ts';
import { tolerance } from './program.ts';
import { encodingOf, writeDifferences, writtenName } from './simple-encoding.ts';

/** The width that begins a glyph's procedure with d0 or d1 (ISO 32000-1, 9.6.5, Table 113), and where it is written. */
function widthOf(procedure: Uint8Array): { width: number; from: number; to: number } | undefined {
  const head = Buffer.from(procedure.subarray(0, 1000)).toString('latin1');
  const found = /^(\s*)([-+]?[\d.]+)(?:\s+[-+]?[\d.]+(?=\s+d0\b)|(?:\s+[-+]?[\d.]+){5}(?=\s+d1\b))/.exec(head);
  if (!found) return undefined;
  const [, blank, number] = found as unknown as [string, string, string];
  return { width: Number(number), from: blank.length, to: blank.length + number.length };
}

const procedureOf = (font: PDFDict, name: string | undefined): PDFRawStream | undefined => {
  const found =
    name === undefined ? undefined : value(dictOf(value(font, 'CharProcs')), PDFName.of(name).asString().slice(1));
  return found instanceof PDFRawStream ? found : undefined;
};

/** Whether every code has a procedure that begins with the width that the dictionary tells. */
export function isSoundType3(font: PDFDict, codes: ReadonlySet<number>, width: (code: number) => number): boolean {
  const encoding = encodingOf(font);
  return [...codes].every((code) => {
    const procedure = procedureOf(font, writtenName(encoding, code));
    const found = procedure && widthOf(decoded(procedure));
    return found !== undefined && Math.abs(found.width - width(code)) <= tolerance;
  });
}

/** Gives codes procedures of the widths that the dictionary tells; one that has none draws nothing, as before. False where one does not begin as it must. */
export function mendType3({ dict, use }: ShownFont, width: (code: number) => number): boolean {
  const { context } = dict;
  const encoding = encodingOf(dict);
  const procedures = (dictOf(value(dict, 'CharProcs')) ?? context.obj({})).clone(context);
  const names = new Map<number, string>();
  for (const code of use.codes) {
    const name = writtenName(encoding, code) ?? '.notdef';
    const old = procedureOf(dict, name);
    const bytes = old ? decoded(old) : Buffer.from('0 0 d0');
    const found = widthOf(bytes);
    if (!found) return false;
    const key = `g${code}`;
    names.set(code, old && Math.abs(found.width - width(code)) <= tolerance && name !== '.notdef' ? name : key);
    if (names.get(code) !== key) continue;
    const changed = Buffer.concat([
      bytes.subarray(0, found.from),
      Buffer.from(String(width(code))),
      bytes.subarray(found.to),
    ]);
    const stream = context.flateStream(changed);
    const resources = old && raw(old.dict, 'Resources');
    if (resources) stream.dict.set(PDFName.of('Resources'), resources);
    procedures.set(PDFName.of(key), context.register(stream));
  }
  dict.set(PDFName.of('CharProcs'), procedures);
  writeDifferences(dict, names);
  return true;
}

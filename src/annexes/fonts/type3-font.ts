import { decoded, dictOf, raw, value } from '../source/file.ts';
import { type PDFDict, PDFName, PDFRawStream } from '../source/pdf.ts';
import { notdef } from './encodings.ts';
import type { ShownFont } from './font.ts';
import { tolerance } from './program.ts';
import { encodingOf, writeDifferences, writtenName } from './simple-encoding.ts';

/** How a glyph's procedure begins (ISO 32000-1, 9.6.5, Table 113): the width, and its end. */
interface Head {
  width: number;
  /** The operator with its operands but the width. */
  rest: string;
  length: number;
  /** Whether it begins as others read it: numbers and nothing else. */
  isPlain: boolean;
}

export function headOf(procedure: Uint8Array): Head | undefined {
  const text = Buffer.from(procedure.subarray(0, 2000)).toString('latin1');
  const found = /\bd([01])(?=[\s/[(<%]|$)/.exec(text);
  if (!found) return undefined;
  const before = text.slice(0, found.index);
  const words = before
    .replaceAll(/%[^\r\n]*/g, ' ')
    .trim()
    .split(/\s+/);
  const width = Number(words[0]);
  const count = found[1] === '0' ? 2 : 6;
  if (words.length !== count || Number.isNaN(width)) return undefined;
  const numbers = words.slice(1).map((word) => (Number.isNaN(Number(word)) ? '0' : word));
  const isPlain = !before.includes('%') && numbers.join(' ') === words.slice(1).join(' ');
  return { width, rest: `${numbers.join(' ')} d${found[1]}`, length: found.index + 2, isPlain };
}

export const procedureOf = (font: PDFDict, name: string | undefined): PDFRawStream | undefined => {
  const found =
    name === undefined ? undefined : value(dictOf(value(font, 'CharProcs')), PDFName.of(name).asString().slice(1));
  return found instanceof PDFRawStream ? found : undefined;
};

/** Whether every code has a procedure that begins with the width that the dictionary tells. */
export function isSoundType3(font: PDFDict, codes: ReadonlySet<number>, width: (code: number) => number): boolean {
  const encoding = encodingOf(font);
  return [...codes].every((code) => {
    const name = writtenName(encoding, code);
    const procedure = procedureOf(font, name);
    const found = procedure && headOf(decoded(procedure));
    return name !== notdef && found?.isPlain === true && Math.abs(found.width - width(code)) <= tolerance;
  });
}

/** Gives codes procedures of the widths that the dictionary tells; one that has none draws nothing, as before. False where one does not begin as it must. */
export function mendType3({ dict, use }: ShownFont, width: (code: number) => number): boolean {
  const { context } = dict;
  const encoding = encodingOf(dict);
  const procedures = (dictOf(value(dict, 'CharProcs')) ?? context.obj({})).clone(context);
  const names = new Map<number, string>();
  for (const code of use.codes) {
    const name = writtenName(encoding, code);
    const old = procedureOf(dict, name);
    const bytes = old ? decoded(old) : Buffer.from('0 0 d0');
    const found = headOf(bytes);
    if (!found) return false;
    const isKept = old !== undefined && found.isPlain && Math.abs(found.width - width(code)) <= tolerance;
    const key = isKept && name !== undefined && name !== notdef ? name : `g${code}`;
    names.set(code, key);
    if (key === name) continue;
    const changed = Buffer.concat([Buffer.from(`${width(code)} ${found.rest}`), bytes.subarray(found.length)]);
    const stream = context.flateStream(changed);
    const resources = old && raw(old.dict, 'Resources');
    if (resources) stream.dict.set(PDFName.of('Resources'), resources);
    procedures.set(PDFName.of(key), context.register(stream));
  }
  dict.set(PDFName.of('CharProcs'), procedures);
  writeDifferences(dict, names);
  return true;
}

import { createHash } from 'node:crypto';
import { DamagedAnnex } from '../problem.ts';
import { decoded, dictOf, nameOf, value } from '../source/file.ts';
import { PDFArray, type PDFContext, type PDFDict, PDFName, PDFRawStream, type PDFRef } from '../source/pdf.ts';
import { CffProgram, isCff } from './cff.ts';
import { isComposite, programOf } from './font.ts';
import { DamagedProgram } from './program.ts';
import { isSfnt, readTables, writeTables } from './sfnt.ts';
import { TrueTypeProgram } from './truetype.ts';
import { isType1, Type1Program } from './type1.ts';

/** A program in the Compact Font Format in the tables of an OpenType font. */
export class OpenTypeProgram extends CffProgram {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    const table = readTables(bytes).get('CFF ');
    if (!table) throw new DamagedProgram();
    super(table);
    this.#bytes = bytes;
  }

  override write(): Uint8Array {
    return writeTables(0x4f54544f, readTables(this.#bytes).set('CFF ', Buffer.from(super.write())));
  }
}

export type AnyProgram = TrueTypeProgram | CffProgram | Type1Program;

export const keys = ['FontFile', 'FontFile2', 'FontFile3'] as const;

/** The stream of a font's embedded program, and the key that it stands under. */
export function streamOf(font: PDFDict): { key: string; stream: PDFRawStream } | undefined {
  const descriptor = dictOf(value(programOf(font), 'FontDescriptor'));
  for (const key of keys) {
    const stream = value(descriptor, key);
    if (stream instanceof PDFRawStream) return { key, stream };
  }
  return undefined;
}

/** What broken bytes make the readers of programs throw. */
export const isDamage = (error: unknown) =>
  error instanceof DamagedProgram || error instanceof DamagedAnnex || error instanceof RangeError;

/** Throws DamagedProgram, RangeError, DamagedAnnex. */
export function openProgram(stream: PDFRawStream): AnyProgram {
  const bytes = decoded(stream);
  if (isType1(bytes)) return new Type1Program(bytes);
  if (isCff(bytes)) return new CffProgram(bytes);
  if (!isSfnt(bytes)) throw new DamagedProgram();
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'OTTO'
    ? new OpenTypeProgram(bytes)
    : new TrueTypeProgram(bytes);
}

/** Under which key and with which Subtype a program stands (ISO 32000-1, 9.9, Table 126). */
function placeOf(program: AnyProgram, font: PDFDict): { key: string; subtype: string | undefined } {
  if (program instanceof Type1Program) return { key: 'FontFile', subtype: undefined };
  if (program instanceof TrueTypeProgram) return { key: 'FontFile2', subtype: undefined };
  if (program instanceof OpenTypeProgram) return { key: 'FontFile3', subtype: 'OpenType' };
  return { key: 'FontFile3', subtype: isComposite(font) ? 'CIDFontType0C' : 'Type1C' };
}

const subtypes = new Set([undefined, 'Type1C', 'CIDFontType0C', 'OpenType']);

/** Whether the program stands where one of its kind does. */
export function isInPlace(program: AnyProgram, font: PDFDict): boolean {
  const { key, stream } = streamOf(font) as { key: string; stream: PDFRawStream };
  const place = placeOf(program, font);
  const written = nameOf(value(stream.dict, 'Subtype'));
  const isOpenType = program instanceof TrueTypeProgram && key === 'FontFile3' && written === 'OpenType';
  const isOnly = keys.filter((other) => value(dictOf(value(programOf(font), 'FontDescriptor')), other)).length === 1;
  return isOnly && subtypes.has(written) && (isOpenType || (key === place.key && written === place.subtype));
}

/** What was written into a file already, by its hash: fonts that share a program share it changed. */
const written = new WeakMap<PDFContext, Map<string, PDFRef>>();

/** Gives the font a program and a descriptor of its own: others may share those that it had. Its descendant is its own already. */
export function setProgram(font: PDFDict, program: AnyProgram): PDFDict {
  const owner = programOf(font) as PDFDict;
  const { context } = font;
  const bytes = program.write();
  const { key, subtype } = placeOf(program, font);
  const hash = createHash('sha256').update(key).update(String(subtype)).update(bytes).digest('hex');
  const known = written.get(context) ?? new Map<string, PDFRef>();
  written.set(context, known);
  let ref = known.get(hash);
  if (!ref) {
    const lengths =
      program instanceof Type1Program
        ? Object.fromEntries(program.lengths(bytes).map((length, index) => [`Length${index + 1}`, length]))
        : program instanceof TrueTypeProgram
          ? { Length1: bytes.length }
          : { Subtype: subtype as string };
    ref = context.register(context.flateStream(bytes, lengths));
    known.set(hash, ref);
  }
  const descriptor = dictOf(value(owner, 'FontDescriptor'))?.clone(context) ?? context.obj({});
  for (const other of keys) descriptor.delete(PDFName.of(other));
  descriptor.set(PDFName.of(key), ref);
  owner.set(PDFName.of('FontDescriptor'), context.register(descriptor));
  return descriptor;
}

/** The dictionary with the descriptor, no longer shared with another composite font. */
export function ownDescendant(font: PDFDict): PDFDict {
  if (!isComposite(font)) return font;
  const own = (programOf(font) as PDFDict).clone(font.context);
  const array = PDFArray.withContext(font.context);
  array.push(font.context.register(own));
  font.set(PDFName.of('DescendantFonts'), array);
  return own;
}

import { type PDFDict, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, nameOf, value } from '../file.ts';
import { type Cff, readCff } from './cff.ts';
import { readTrueType, type TrueType, tablesOf } from './truetype.ts';
import { readType1, type Type1 } from './type1.ts';

export type Program =
  | { kind: 'truetype'; program: TrueType }
  | { kind: 'cff'; program: Cff }
  | { kind: 'type1'; program: Type1 };

type Reader = (data: Uint8Array) => Program | undefined;

const trueType: Reader = (data) => {
  const program = readTrueType(data);
  return program && { kind: 'truetype', program };
};
const cff: Reader = (data) => ({ kind: 'cff', program: readCff(data) });
const type1: Reader = (data) => {
  const program = readType1(data);
  return program && { kind: 'type1', program };
};
const openType: Reader = (data) => {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const table = tablesOf(buffer).get('CFF ');
  return table === undefined ? undefined : cff(buffer.subarray(table));
};

/** Of each kind of font, where its program may stand: the key, the stream's Subtype, and what reads it (ISO 32000-1, table 126). */
const places = new Map<string, [key: string, subtype: string | undefined, read: Reader][]>(
  Object.entries({
    Type1: [
      ['FontFile', undefined, type1],
      ['FontFile3', 'Type1C', cff],
      ['FontFile3', 'OpenType', openType],
    ],
    TrueType: [
      ['FontFile2', undefined, trueType],
      ['FontFile3', undefined, trueType],
    ],
    CIDFontType0: [
      ['FontFile3', 'CIDFontType0C', cff],
      ['FontFile3', 'OpenType', openType],
    ],
    CIDFontType2: [
      ['FontFile2', undefined, trueType],
      ['FontFile3', 'CIDFontType0C', cff],
      ['FontFile3', 'OpenType', trueType],
    ],
  }),
);

/** The embedded program of a font, of the kind that its Subtype wants; undefined where there is none or it cannot be read. */
export function programOf(descriptor: PDFDict | undefined, subtype: string): Program | undefined {
  for (const [key, wanted, read] of places.get(subtype === 'MMType1' ? 'Type1' : subtype) ?? []) {
    const stream = value(descriptor, key);
    if (!(stream instanceof PDFRawStream) || (wanted !== undefined && nameOf(value(stream.dict, 'Subtype')) !== wanted))
      continue;
    try {
      return read(decoded(stream));
    } catch {
      return undefined; // cut off, or no font at all
    }
  }
  return undefined;
}

import { CffProgram } from '../fonts/cff.ts';
import { type AnyProgram, OpenTypeProgram, openProgram } from '../fonts/embedded.ts';
import { TrueTypeProgram } from '../fonts/truetype.ts';
import { Type1Program } from '../fonts/type1.ts';
import { nameOf, value } from '../source/file.ts';
import { type PDFDict, PDFRawStream } from '../source/pdf.ts';

type Kind = new (bytes: Uint8Array) => AnyProgram;

/** Of each kind of font, where its program may stand: the key, the stream's Subtype, and what it is (ISO 32000-1, table 126). */
const places = new Map<string, [key: string, subtype: string | undefined, kind: Kind][]>(
  Object.entries({
    Type1: [
      ['FontFile', undefined, Type1Program],
      ['FontFile3', 'Type1C', CffProgram],
      ['FontFile3', 'OpenType', OpenTypeProgram],
    ],
    TrueType: [
      ['FontFile2', undefined, TrueTypeProgram],
      ['FontFile3', undefined, TrueTypeProgram],
    ],
    CIDFontType0: [
      ['FontFile3', 'CIDFontType0C', CffProgram],
      ['FontFile3', 'OpenType', OpenTypeProgram],
    ],
    CIDFontType2: [
      ['FontFile2', undefined, TrueTypeProgram],
      ['FontFile3', 'CIDFontType0C', CffProgram],
      ['FontFile3', 'OpenType', TrueTypeProgram],
    ],
  }),
);

/** The embedded program of a font, of the kind that its Subtype wants; undefined where there is none or it cannot be read. */
export function programOf(descriptor: PDFDict | undefined, subtype: string): AnyProgram | undefined {
  for (const [key, wanted, kind] of places.get(subtype === 'MMType1' ? 'Type1' : subtype) ?? []) {
    const stream = value(descriptor, key);
    if (!(stream instanceof PDFRawStream) || (wanted !== undefined && nameOf(value(stream.dict, 'Subtype')) !== wanted))
      continue;
    try {
      const program = openProgram(stream);
      return program.constructor === kind && program.isPlain ? program : undefined;
    } catch {
      return undefined; // cut off, or no font at all
    }
  }
  return undefined;
}

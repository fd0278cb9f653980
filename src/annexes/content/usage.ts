import { nameOf, value } from '../source/file.ts';
import type { PDFDict } from '../source/pdf.ts';
import { collectCodes } from './content-stream.ts';

export interface FontUse {
  /** Indices of the pages that show it. */
  pages: Set<number>;
  visible: boolean;
  /** Of one byte each in a simple font, of two in a composite one with an Identity CMap; else not told apart. */
  codes: Set<number>;
  /** Those of `codes` that are shown where no ActualText speaks for them. */
  unspoken: Set<number>;
  bytes: 1 | 2 | undefined;
  /** Operands of Tj and TJ as they are written, where the codes are not told apart; whether any is unspoken. */
  shown: Map<string, boolean>;
}

/** What the pages draw with, found while their content is read. */
export interface Usage {
  /** The codes that each font shows, and whether it shows any visibly. */
  fonts: Map<PDFDict, FontUse>;
  /** Pages, by index, that use DeviceCMYK. */
  cmyk: Set<number>;
  /** Resources of contents that use it. */
  cmykResources: Set<PDFDict>;
  /** Pages that show texts or pictures that no tag names, and that are not said to be decoration. */
  untold: Set<number>;
}

/** Notes that a font shows an operand of Tj or TJ. */
export function useFont(
  fonts: Usage['fonts'],
  font: PDFDict,
  shown: string,
  { page, visible, spoken }: { page: number; visible: boolean; spoken: boolean },
): void {
  let use = fonts.get(font);
  if (!use) {
    const isComposite = nameOf(value(font, 'Subtype')) === 'Type0';
    const isIdentity = /^Identity-[HV]$/.test(nameOf(value(font, 'Encoding')) ?? '');
    const bytes = isComposite ? (isIdentity ? 2 : undefined) : 1;
    use = { pages: new Set(), visible: false, codes: new Set(), unspoken: new Set(), bytes, shown: new Map() };
    fonts.set(font, use);
  }
  use.pages.add(page);
  use.visible ||= visible;
  if (use.bytes === undefined) use.shown.set(shown, use.shown.get(shown) === true || !spoken);
  else {
    const { codes, unspoken } = use;
    const add = (code: number) => {
      codes.add(code);
      unspoken.add(code);
    };
    collectCodes(shown, use.bytes, spoken ? codes : { add });
  }
}

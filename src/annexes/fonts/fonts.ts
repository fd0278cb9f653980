import type { MendCode } from '../../diagnostics/annex-mends.ts';
import type { FontUse } from '../content/usage.ts';
import { type Findings, type Problem, pageList } from '../problem.ts';
import type { PDFDict } from '../source/pdf.ts';
import { fontName, isEmbedded, type ShownFont } from './font.ts';
import { hasSoundProgram, mendProgram } from './programs.ts';
import type { Reading } from './reader.ts';
import { mendTexts, tellsTexts } from './texts.ts';
import { readByProgram } from './truetype-texts.ts';

/**
 * Mends what keeps the fonts that show text out of PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.2.11; ISO 14289-1, 7.21), in
 * their own dictionaries; reports what cannot be mended. `spoken`: the annex is a figure whose 代替テキスト speaks.
 */
export async function mendFonts(
  fonts: ReadonlyMap<PDFDict, FontUse>,
  { spoken, findings }: { spoken: boolean; findings: Findings },
): Promise<void> {
  const told = new Map<string, Problem & { fonts: Map<string, Set<number>> }>();
  const refused = new Set<PDFDict>();
  const shown = [...fonts].map(([dict, use]): ShownFont => {
    const name = fontName(dict);
    const report: ShownFont['report'] = (code, severity, became) => {
      if (severity === 'error') refused.add(dict);
      const label = became === undefined ? name : `${name} → ${became}`;
      const problem = told.get(code) ?? { code, severity, fonts: new Map() };
      told.set(code, problem);
      problem.fonts.set(label, new Set([...(problem.fonts.get(label) ?? []), ...use.pages]));
    };
    return { dict, use, name, report };
  });
  const doubtful = shown.filter((font) => !isEmbedded(font.dict) || !hasSoundProgram(font) || !tellsTexts(font));
  if (doubtful.length === 0) return;
  const { readFonts } = await import('./reader.ts');
  const readings = await readFonts(new Map(doubtful.map(({ dict, use }) => [dict, use])));
  for (const font of doubtful) {
    const reading = readings.get(font.dict);
    const note = (code: MendCode) => {
      for (const page of font.use.pages) findings.mended(code, page);
    };
    if (reading) readByProgram(font, reading);
    const mend = await mendFont(font, reading);
    if (refused.has(font.dict)) continue;
    if (mend) note(mend);
    if (mendTexts(font, reading, spoken)) note('text-maps');
  }
  for (const { fonts: names, ...problem } of told.values())
    findings.report({
      ...problem,
      actual: [...names]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, pages]) => `${name}(${pageList(pages)}ページ)`)
        .join('、'),
    });
}

/** Gives a font a program that is right; what was mended, where there is nothing else to tell. */
async function mendFont(font: ShownFont, reading: Reading | undefined): Promise<MendCode | undefined> {
  if (isEmbedded(font.dict)) return mendProgram(font, reading) ? 'font-programs' : undefined;
  const { substitute } = await import('./substitutes.ts');
  const mend = await substitute(font, reading);
  // Code 0 and CID 0 are the missing glyph whatever they show.
  if (isEmbedded(font.dict)) mendProgram(font, reading);
  return mend;
}

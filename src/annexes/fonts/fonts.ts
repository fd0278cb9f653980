import type { PDFDict } from '@cantoo/pdf-lib';
import type { FontUse } from '../marking.ts';
import { type Findings, type Problem, pageList } from '../problem.ts';
import { fontName, isEmbedded, type ShownFont } from './font.ts';
import { hasSoundProgram, mendProgram } from './programs.ts';
import { mendTexts, tellsTexts } from './texts.ts';

/**
 * Mends what keeps the fonts that show text out of PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.2.11; ISO 14289-1, 7.21), in
 * their own dictionaries; reports what cannot be mended. `spoken`: the annex is a figure whose 代替テキスト speaks.
 */
export async function mendFonts(
  fonts: ReadonlyMap<PDFDict, FontUse>,
  { spoken, findings }: { spoken: boolean; findings: Findings },
): Promise<void> {
  const told = new Map<string, Problem & { fonts: Map<string, Set<number>> }>();
  const shown = [...fonts].map(([dict, use]): ShownFont => {
    const name = fontName(dict);
    const report: ShownFont['report'] = (code, severity, became) => {
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
    const note = (code: Parameters<Findings['mended']>[0]) => {
      for (const page of font.use.pages) findings.mended(code, page);
    };
    if (isEmbedded(font.dict)) {
      if (mendProgram(font, reading)) note('font-programs');
    } else {
      const { substitute } = await import('./substitutes.ts');
      const mend = await substitute(font, reading);
      if (mend) note(mend);
    }
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

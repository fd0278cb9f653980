import { numberOf, tokensOf } from '../fonts/unicode-map.ts';
import { decoded, value } from '../source/file.ts';
import { type PDFDict, PDFRawStream } from '../source/pdf.ts';

interface Range {
  first: number;
  last: number;
  cid: number;
}

/** CIDs by code of an embedded CMap (ISO 32000-1, 9.7.5.4); undefined where it is none, or stands on another one. */
export function cidsOf(font: PDFDict): ((code: number) => number) | undefined {
  const stream = value(font, 'Encoding');
  if (!(stream instanceof PDFRawStream) || value(stream.dict, 'UseCMap') !== undefined) return undefined;
  const tokens = tokensOf(decoded(stream));
  if (tokens.includes('usecmap')) return undefined;
  const single = new Map<number, number>();
  const [ranges, missing]: [Range[], Range[]] = [[], []];
  let kind: string | undefined;
  let codes: number[] = [];
  for (const token of tokens) {
    if (typeof token === 'object') codes.push(numberOf(token));
    else if (/^\d+$/.test(token)) {
      // The number after one code or two ends a line.
      const [first = 0, last = first] = codes;
      if (kind === 'begincidchar') single.set(first, Number(token));
      if (kind === 'begincidrange') ranges.unshift({ first, last, cid: Number(token) });
      if (kind === 'beginnotdefrange') missing.push({ first, last, cid: Number(token) });
      codes = [];
    } else [kind, codes] = [token, []];
  }
  const among = (list: readonly Range[], code: number) => list.find(({ first, last }) => code >= first && code <= last);
  return (code) => {
    const range = among(ranges, code);
    return single.get(code) ?? (range ? range.cid + code - range.first : (among(missing, code)?.cid ?? 0));
  };
}

import type { Usage } from '../content/usage.ts';
import { DamagedAnnex, type Findings, type Problem, pageList } from '../problem.ts';
import { dictOf, filtersOf, inflated, itemsOf, nameOf, numberOf, raw, repacked, value } from '../source/file.ts';
import { type PDFDict, PDFInvalidObject, type PDFObject, PDFRawStream, PDFRef } from '../source/pdf.ts';
import { isProfile } from './colours.ts';
import type { Kind } from './kinds.ts';

const allowedFilters = new Set([
  'ASCIIHexDecode',
  'ASCII85Decode',
  'FlateDecode',
  'RunLengthDecode',
  'CCITTFaxDecode',
  'JBIG2Decode',
  'DCTDecode',
  'JPXDecode',
  // These are taken off.
  'LZWDecode',
  'Crypt',
]);

/** Reports what no mending helps in an object that a page, by index, leads to. Throws DamagedAnnex. */
export function checkObject(
  object: PDFObject,
  { kind, page, findings }: { kind: Kind; page: number; findings: Findings },
): void {
  if (object instanceof PDFInvalidObject) throw new DamagedAnnex('オブジェクトが壊れています');
  if (!(object instanceof PDFRawStream)) return;
  const forbid = (actual: string) =>
    findings.report({ code: 'annex-forbidden', severity: 'error', actual: `${page + 1}ページの${actual}` });
  const filters = filtersOf(object);
  const unknown = filters.find((filter) => !allowedFilters.has(filter ?? ''));
  if (raw(object.dict, 'F') !== undefined) forbid('別のファイルにあるデータ');
  else if (unknown !== undefined) forbid(`圧縮方式 ${unknown}`);
  const data = inflated(object);
  if (repacked.has(object)) findings.mended('stream-filters', page);
  if (nameOf(value(object.dict, 'Subtype')) === 'PS') forbid('PostScript');
  if (kind === 'encoding' && data && highestCid(data) > 65_535) forbid('書体の、65,535 を超える文字の番号(CID)');
}

/** The highest CID that a CMap names (ISO 32000-1, 9.7.5.4). */
function highestCid(cmap: Uint8Array): number {
  const text = Buffer.from(cmap).toString('latin1');
  let highest = 0;
  for (const [, from = '', to = from, first] of text.matchAll(/<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>\s*)?(\d+)/g))
    highest = Math.max(highest, Number(first) + Number.parseInt(to, 16) - Number.parseInt(from, 16));
  return highest;
}

/** Colours that no profile gives a meaning (ISO 19005-3, 6.2.4.3). */
export const colourProblems = ({ cmyk }: Usage, hasProfile: boolean): Problem[] =>
  cmyk.size > 0 && !hasProfile ? [{ code: 'annex-cmyk', severity: 'warning', actual: `${pageList(cmyk)}ページ` }] : [];

/** What the whole file carries and PDF/A-3 or this book does not (ISO 19005-3, 6.4, 6.5, 6.8). */
export function catalogProblems(catalog: PDFDict, told: readonly Problem[]): Problem[] {
  const names = dictOf(value(catalog, 'Names'));
  const open = dictOf(value(catalog, 'OpenAction'));
  const carries: [Problem['code'], boolean][] = [
    ['annex-form', itemsOf(value(dictOf(value(catalog, 'AcroForm')), 'Fields')).length > 0],
    [
      'annex-script',
      value(names, 'JavaScript') !== undefined ||
        value(catalog, 'AA') !== undefined ||
        (open !== undefined && nameOf(value(open, 'S')) !== 'GoTo'),
    ],
    [
      'annex-attachment',
      value(names, 'EmbeddedFiles') !== undefined ||
        value(catalog, 'AF') !== undefined ||
        value(catalog, 'Collection') !== undefined,
    ],
  ];
  return carries
    .filter(([code, carried]) => carried && !told.some((problem) => problem.code === code))
    .map(([code]) => ({ code, severity: 'warning' }));
}

/** The CMYK profile of the annex's own output intent (PDF/X, PDF/A). */
export function outputProfile(catalog: PDFDict): PDFRef | undefined {
  for (const intent of itemsOf(value(catalog, 'OutputIntents'))) {
    const dict = dictOf(intent);
    const ref = dict && raw(dict, 'DestOutputProfile');
    const profile = value(dict, 'DestOutputProfile');
    const isRight = profile instanceof PDFRawStream && isProfile(profile);
    if (ref instanceof PDFRef && isRight && numberOf(value(profile.dict, 'N')) === 4) return ref;
  }
  return undefined;
}

import { type Field, pathOf, sheetFields } from '../model/fields.ts';
import { type Path, valueAt, type YamlFile } from './yaml/yaml-file.ts';

/** Three numbers with hyphens between them. */
const mention = /[0-9０-９]{1,2}[-‐‑−–－][0-9０-９]{1,2}[-‐‑−–－][0-9０-９]{1,3}/g;
/** In front of or behind these it is a date, an address, a telephone number, a part of a longer number. */
const goesOn = /[-‐‑−–－0-9０-９A-Za-zＡ-Ｚａ-ｚ./:：．〒町丁目番地号区市村条通台字第年月日令和平成]/;

/** What may be the number of a measure in a text. */
export interface Mention {
  /** As it stands there: １－１－２ */
  written: string;
  /** 1-1-2 */
  number: string;
  /** Where it begins */
  index: number;
}

export const mentionsIn = (text: string): Mention[] =>
  Array.from(text.matchAll(mention), ({ 0: written, index }) => ({
    written,
    number: written.normalize('NFKC').replaceAll(/[‐‑−–]/g, '-'),
    index,
  })).filter(
    ({ written, index }) => !goesOn.test(text[index - 1] ?? '') && !goesOn.test(text[index + written.length] ?? ''),
  );

export const scheduleKey = sheetFields.measure.find(({ kind }) => kind === 'years')?.key ?? '';
export function yearsOf(yaml: YamlFile): string[] {
  const schedule = valueAt(yaml.value, [scheduleKey]);
  return typeof schedule === 'object' && schedule !== null ? Object.keys(schedule) : [];
}

/** Where the texts of a measure are. */
export function textPaths(yaml: YamlFile): Path[] {
  const years = yearsOf(yaml);
  const isText = ({ kind }: Field) => kind === 'text';
  return [
    ...sheetFields.measure.filter(isText).map(pathOf),
    ...sheetFields.year.filter(isText).flatMap(({ key }) => years.map((year) => [scheduleKey, year, key])),
  ];
}

/** Where single values are, whatever they are, but for those below the keys of `kept`. */
export function valuePaths(value: unknown, kept: ReadonlySet<string>, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    kept.has(key) ? [] : valuePaths(inner, kept, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

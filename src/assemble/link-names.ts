import { measuresOf } from '../model/edition.ts';
import { plain } from '../model/marked.ts';
import { oneLine } from '../model/names.ts';
import type { BookData, DrawRequest, Section } from '../render/requests.ts';
import { endOfString } from './annexes/holes.ts';
import { byteString, bytesOf } from './annexes/strings.ts';
import { textString } from './objects.ts';

/** Where links lead to, in words (ISO 14289-1, 7.18.5), by the name of the place. */
export type LinkWords = Record<string, string>;

/** Of all places of a document; `places`: their pages from 1. */
export function linkWords(data: BookData, places: ReadonlyMap<string, number>): Map<string, string> {
  const words = new Map<string, string>();
  const page = (id: string) => places.get(id) ?? 0;
  for (const part of data.parts)
    words.set(`part-${part}`, `${data.annexes[part]?.title ?? part}(${page(`part-${part}`)}ページ)`);
  for (const [part, prefix] of Object.entries({ 取組事項一覧: 'overview-', 個票: 'sheet-' })) {
    const put = (number: string, name: string) =>
      words.set(prefix + number, `${name}(${part}、${page(prefix + number)}ページ)`);
    for (const category of data.categories)
      for (const { number, name } of [category, ...category.groups]) put(number, `${number}. ${name}`);
    if (part === '個票') for (const { id, title } of measuresOf(data)) put(id, `${id} ${oneLine(plain(title ?? ''))}`);
  }
  return words;
}

/** The words of those places that the pages drawn lead to. */
export function wordsFor({ sections }: DrawRequest, words: ReadonlyMap<string, string>): LinkWords {
  return Object.fromEntries(sections.flatMap(targetsOf).map((target) => [target, words.get(target) ?? '']));
}

function targetsOf(section: Section): string[] {
  const reprints = (measures: { reprint: string | null }[]) =>
    measures.flatMap(({ reprint }) => (reprint === null ? [] : [`sheet-${reprint}`]));
  switch (section.part) {
    case '目次':
      return section.pages.flatMap(({ columns }) => columns.flat().flatMap(({ targets }) => targets));
    case '取組事項一覧':
      return section.pages.flatMap(({ rows }) => rows.map(({ measure }) => `sheet-${measure.id}`));
    case '個票':
      return reprints(section.pages.flatMap(({ bands }) => bands.map(({ measure }) => measure)));
    case 'A4個票':
      return reprints(section.pages.map(({ measure }) => measure));
    default:
      return [];
  }
}

/** A link as Typst wrote it, to "#" and the name of a place: to that place of the joined document, and what it is in words. */
export function linkTo(annotation: string, words: LinkWords): string {
  const uri = stringBehind('/URI ', annotation);
  const target = textOf(uri).replace(/^#/, '');
  const spoken = words[target];
  if (spoken === undefined) throw new Error(`a link to ${target}, which no place is called`);
  const leading = annotation.replace(uri, '').replace(/\/A <<[^<>]*>>/, `/Dest ${byteString(bytesOf(target))}`);
  return leading.replace(stringBehind('/Contents ', leading), textString(spoken));
}

/** A string as Typst writes it: in hexadecimal digits where it is not plain ASCII. */
function stringBehind(key: string, annotation: string): string {
  const from = [`${key}(`, `${key}<`].map((begin) => annotation.indexOf(begin)).find((at) => at >= 0);
  if (from === undefined) throw new Error(`a link without a string behind ${key}`);
  const start = from + key.length;
  return annotation.slice(
    start,
    annotation[start] === '(' ? endOfString(annotation, start) : annotation.indexOf('>', start) + 1,
  );
}

const textOf = (written: string): string =>
  written.startsWith('<')
    ? Buffer.from(written.slice(1, -1), 'hex').toString()
    : written.slice(1, -1).replaceAll(/\\(.)/g, '$1');

// What the headings of a city's table mean: those of our own fields, and words that are usual for them.
import { type Unit, units } from '../../model/amounts.ts';
import { type Field, type Fields, fieldOf } from '../../model/fields.ts';
import type { Measure, YearEntry } from '../../model/measure.ts';
import { plain } from './table.ts';
import { yearIn } from './values.ts';

/** What a column is read as. */
export type Target =
  /** 番号 of the measure, or a part of it */
  | { to: 'number' }
  | { to: 'item' }
  /** Number or name of the 大項目 or 中項目 */
  | { to: 'category' | 'group'; part?: 'number' | 'name' }
  | { to: 'field'; field: Field<keyof Measure> }
  | { to: 'year-field'; field: Field<keyof YearEntry> }
  /** The parts of a 予算額 in a cell, or one of them a row, as our own export has them */
  | { to: 'parts' }
  | { to: 'part'; of: 'label' | 'amount' }
  /** Instead of an amount —, or that it has parts */
  | { to: 'written' }
  /** Of the amounts beside it, or of the values of 現状・実績・目標 */
  | { to: 'unit' }
  /** Follows from other columns */
  | { to: 'follows' }
  /** 年度 of the row */
  | { to: 'year' }
  /** Nothing but a 年度: what stands in the cells tells what they are */
  | { to: 'year-cells' }
  /** One of the values of 現状・実績・目標 */
  | { to: 'indicator'; label: string }
  /** All of them, as our own export has them */
  | { to: 'indicators'; labels: { label: string; year: string }[] }
  /** ○ or × for one of 関連計画 */
  | { to: 'plan'; name: string }
  /** A key of edition.yaml, the same in all rows */
  | { to: 'edition'; key: string };

export interface Meaning {
  target: Target;
  year?: string;
  unit?: Unit;
  /** The lower, the more usual is the word for it. */
  rank: number;
}

/** Words for what no field is. */
const places: Record<'number' | 'item' | 'category' | 'group' | 'year', readonly string[]> = {
  number: words('番号 取組番号 事業番号 施策番号 管理番号 整理番号 No 取組No 事業No ID 項番 通番 通し番号 連番'),
  item: words('小項目 小項目番号'),
  category: words('大項目 基本方針 基本目標 分野 柱 政策 大分類 重点分野 施策の柱 章 目標 方針'),
  group: words('中項目 施策 基本施策 施策名 中分類 施策分野 主要施策 個別施策 節 施策の方向 施策の方向性'),
  year: words('年度 会計年度 事業年度 実施年度'),
};

/** Words for a field besides its key and its heading in our own export. */
const measureWords: Partial<Record<keyof Measure, readonly string[]>> = {
  kind: words('新規/継続 新継 新規継続の別 新規・継続の別 事業区分'),
  title: words(
    '取組名 取組名称 取組事項 取り組み 取り組み名 具体的取組 具体的な取組 事業名 事業名称 事業 事務事業名 事務事業 主な取組 小項目名',
  ),
  departments: words(
    '担当局部 担当局 担当部 担当部局 担当局・部名 局・部 局部 所管部局 所管局 所管部 部局 部局名 部名 局名',
  ),
  sections: words(
    '担当課名 所管課 主管課 担当 所管 課 課名 担当部署 所管部署 担当課室 担当課・室 担当所属 所属 関係課',
  ),
  description: words(
    '事業概要 事業の概要 概要 事業内容 取組概要 取組の概要 取組の内容 内容 説明 事業の内容 目的・内容',
  ),
  effect: words('効果 KPI 成果指標 指標 指標名 評価指標 成果指標名 KPI名 期待される効果 効果・指標 成果目標'),
  indicators: words('現状・目標 現状値・目標値'),
  relatedPlans: words('関係計画'),
  reprintOf: words('再掲先 再掲元 再掲番号'),
};
const yearWords: Partial<Record<keyof YearEntry, readonly string[]>> = {
  mark: words('区分 工程 スケジュール 記号 進捗 状況'),
  plan: words('計画 取組内容 実施内容 計画内容 実施計画 事業内容 予定 取組 取組計画 年度計画 工程内容'),
  budget: words('当初予算 当初予算額 予算 事業費 計画額 計画事業費 予算現額 概算事業費 事業費予算'),
  result: words('実績 取組実績 実施実績 実施状況 取組状況 進捗状況 成果 実績内容 実施結果 取組結果'),
};
const indicatorWords = words(
  '現状値 基準値 実績値 目標値 現状 目標 数値目標 中間目標 最終目標 中間目標値 最終目標値 KPI現状値 KPI目標値 KPI実績値',
);

/** Headings of our own export that are no field's: what they say of the edition. */
const editionKeys = ['計画名', '書名', '改定', '発行者', 'ライセンス', '計画期間', '策定'];
/** Those of its columns that no other table has together */
const ownHeadings = ['大項目', '中項目', '小項目', '計画名', '書名', 'ライセンス'];
/** Those of its table of parts */
const partHeadings = ['大項目', '中項目', '小項目', '西暦年度', '順', '区分'];
export const isOwn = (headings: readonly string[]): boolean =>
  [ownHeadings, partHeadings].some((own) => own.every((one) => headings.includes(one)));

function words(text: string): string[] {
  return text.split(' ').map(simple);
}
/** Without what is written in one way or another */
function simple(text: string): string {
  return plain(text)
    .replaceAll(/[・/.,、:。の]/g, '')
    .toLowerCase();
}

/** The unit that a text names in brackets or behind 単位: 予算額(千円) */
export function unitIn(text: string): { unit?: Unit; rest: string } {
  const found = /[([【](?:単位:?)?(千|万|百万|億)?円[)\]】]|単位:?(千|万|百万|億)?円/.exec(text);
  if (!found) return { rest: text };
  return { unit: units[`${found[1] ?? found[2] ?? ''}円`] as Unit, rest: text.replace(found[0], '') };
}

/** What a heading of our own export is read as; what it has besides its fields are 関連計画. */
export function ownMeaning(heading: string, headings: readonly string[], fields: Fields): Meaning | undefined {
  const hasParts = headings.includes('順');
  const target = (hasParts && partTarget(heading, fields)) || ownTarget(heading, fields);
  const { unit } = unitIn(heading);
  return target && { target, rank: 0, ...(unit === undefined ? {} : { unit }) };
}

/** What only the table of parts has */
function partTarget(heading: string, fields: Fields): Target | undefined {
  if (heading === '区分') return { to: 'part', of: 'label' };
  return heading === fieldOf(fields.year, 'budget').key ? { to: 'part', of: 'amount' } : undefined;
}

function ownTarget(heading: string, fields: Fields): Target | undefined {
  if (heading === '大項目' || heading === '中項目')
    return { to: heading === '大項目' ? 'category' : 'group', part: 'number' };
  if (heading === '大項目の名称' || heading === '中項目の名称')
    return { to: heading === '大項目の名称' ? 'category' : 'group', part: 'name' };
  if (heading === '小項目') return { to: 'item' };
  if (heading === '番号') return { to: 'follows' }; // of its parts
  if (heading === '単位') return { to: 'unit' };
  if (['西暦年度', '順'].includes(heading) || heading.endsWith('の意味')) return { to: 'follows' };
  if (heading === '年度') return { to: 'year' };
  if (editionKeys.includes(heading)) return { to: 'edition', key: heading };
  const field = fields.measure.find(({ csv, key, within }) => (csv ?? (within ? '' : key)) === heading);
  if (field) return { to: 'field', field };
  const budget = fieldOf(fields.year, 'budget');
  if (heading === `${budget.key}の内訳`) return { to: 'parts' };
  if (heading === `${budget.key}の記載`) return { to: 'written' };
  const inYear = fields.year.find(({ key }) => key === unitIn(heading).rest);
  if (inYear) return { to: 'year-field', field: inYear };
  const labels = labelsIn(heading);
  return labels && { to: 'indicators', labels };
}

/** 現状(R5)・実績(R6) */
function labelsIn(heading: string): { label: string; year: string }[] | undefined {
  const found = heading.split(/(?<=\))・/).map((part) => /^(.+)\(([^()]+)\)$/s.exec(part));
  return found.includes(null) ? undefined : found.map((part) => ({ label: part?.[1] ?? '', year: part?.[2] ?? '' }));
}

/**
 * What a heading means, from its parts from above: 令和7年度 and below it 予算額. `long`: the table has a column 年度, and what
 * is of a year has none in its heading.
 */
export function meaningOf(parts: readonly string[], long: boolean, fields: Fields): Meaning | undefined {
  const texts = parts.map(plain).filter((part) => part !== '');
  if (texts.length === 0) return undefined;
  const tries = texts.length === 1 ? texts : [texts.join(''), texts.at(-1) ?? '', texts[0] ?? ''];
  const years = new Set(texts.flatMap((text) => yearIn(text)?.year ?? []));
  if (years.size > 1) return undefined;
  const [year] = years;
  const unit = texts.map((text) => unitIn(text).unit).find((found) => found !== undefined);
  for (const text of tries) {
    const bare = unitIn(yearIn(text)?.rest ?? text).rest;
    const found =
      wordsMeaning(bare, year, long, fields) ??
      // 取組名(事業名), 担当課※1
      wordsMeaning(withoutNotes(bare), year, long, fields);
    if (found) return { ...found, ...(year === undefined ? {} : { year }), ...(unit === undefined ? {} : { unit }) };
  }
  // 令和7年度 alone; a date or a text that has a year in it is none.
  const alone = texts.length === 1 ? yearIn(texts[0] ?? '') : undefined;
  if (alone && unitIn(alone.rest).rest === '')
    return { target: { to: 'year-cells' }, year: alone.year, rank: 9, ...(unit === undefined ? {} : { unit }) };
  return undefined;
}

/** Without what stands in brackets, and behind ※. */
function withoutNotes(heading: string): string {
  let [text, depth] = ['', 0];
  for (const sign of heading) {
    if ('※*'.includes(sign) && depth === 0) break;
    if ('([【'.includes(sign)) depth += 1;
    if (depth === 0) text += sign;
    if (')]】'.includes(sign)) depth = Math.max(0, depth - 1);
  }
  return text;
}

function wordsMeaning(
  text: string,
  year: string | undefined,
  long: boolean,
  fields: Fields,
): { target: Target; rank: number } | undefined {
  const word = simple(text);
  if (word === '') return undefined;
  const rankIn = (list: readonly string[]) => list.indexOf(word);
  const best = (found: { target: Target; rank: number }[]) =>
    found.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank)[0];
  const inYear = best(
    fields.year.map((field) => ({
      target: { to: 'year-field', field },
      rank: rankIn([simple(field.key), ...(yearWords[field.property] ?? [])]),
    })),
  );
  const label = indicatorWords.indexOf(word);
  const indicator =
    label < 0
      ? undefined
      : { target: { to: 'indicator' as const, label: text.replace(/[([]\s*[)\]]/g, '') }, rank: label };
  if (year !== undefined) return inYear ?? indicator;
  const inMeasure = best([
    ...fields.measure
      .filter(({ kind }) => kind !== 'years')
      .map((field) => ({
        target: { to: 'field' as const, field },
        // Numbers, with bracketed names of our own that only it has.
        rank: rankIn([
          ...(field.within ? [] : [simple(field.key)]),
          ...(field.csv ? [simple(field.csv)] : []),
          ...(measureWords[field.property] ?? []),
        ]),
      }))
      .filter(({ target }) => target.field.property !== 'id'),
    { target: { to: 'number' }, rank: rankIn(places.number) },
    { target: { to: 'item' }, rank: rankIn(places.item) },
    ...(['category', 'group'] as const).flatMap((to): { target: Target; rank: number }[] => {
      const key = simple(to === 'category' ? '大項目' : '中項目');
      return [
        { target: { to }, rank: rankIn(places[to]) },
        { target: { to, part: 'number' }, rank: rankIn([`${key}番号`, `${key}no`]) },
        { target: { to, part: 'name' }, rank: rankIn([`${key}名称`, `${key}名`]) },
      ];
    }),
    { target: { to: 'year' }, rank: rankIn(places.year) },
    { target: { to: 'unit' }, rank: rankIn(['単位']) },
    ...editionKeys.map((key) => ({ target: { to: 'edition' as const, key }, rank: rankIn([simple(key)]) })),
  ]);
  // Amounts and results of a table that is of one year have it in its title.
  if (long && inYear && inYear.rank <= (inMeasure?.rank ?? inYear.rank)) return inYear;
  return inMeasure ?? indicator ?? inYear;
}

/** What tells whether two columns are for the same. */
export function targetKey({ target, year }: Pick<Meaning, 'target' | 'year'>): string {
  if (target.to === 'field' || target.to === 'year-field') return `${target.to} ${target.field.name} ${year ?? ''}`;
  if (target.to === 'indicator') return `indicator ${target.label} ${year ?? ''}`;
  if (target.to === 'plan') return `plan ${target.name}`;
  if (target.to === 'edition') return `edition ${target.key}`;
  if (target.to === 'category' || target.to === 'group') return `${target.to} ${target.part ?? ''}`;
  if (target.to === 'part') return `part ${target.of}`;
  return `${target.to} ${year ?? ''}`;
}

/** How users are told what a column is read as. */
export function targetName({ target, year }: Pick<Meaning, 'target' | 'year'>): string {
  const of = (name: string) => (year === undefined ? name : `${year} ${name}`);
  switch (target.to) {
    case 'number':
      return '番号';
    case 'item':
      return '小項目';
    case 'category':
    case 'group':
      return `${target.to === 'category' ? '大項目' : '中項目'}${target.part === 'name' ? 'の名称' : target.part === 'number' ? 'の番号' : ''}`;
    case 'field':
    case 'year-field':
      return of(target.field.name);
    case 'parts':
    case 'part':
    case 'written':
      return '予算額の内訳';
    case 'unit':
      return '単位';
    case 'follows':
      return 'ほかの列から分かる';
    case 'year':
      return '年度';
    case 'year-cells':
      return of('の欄');
    case 'indicator':
    case 'indicators':
      return '現状・実績・目標';
    case 'plan':
      return `関連計画 ${target.name}`;
    case 'edition':
      return target.key;
  }
}

// What stands in cells, however it is typed.
import { inThousands, type Unit, units } from '../../model/amounts.ts';
import { fiscalYear } from '../../model/era-date.ts';
import { type Amount, type Budget, kinds, marks } from '../../model/measure.ts';
import { plain, quoted } from './table.ts';

/** R7 for 令和7年度, 2025年度 and 2025; undefined for what names no year for certain. */
export function yearName(text: string): string | undefined {
  const bare = plain(text);
  if (!/^(?:令和|平成|昭和|[RHS](?=\d|元)|(?=(?:19|20)\d\d(?:年|$)))/i.test(bare)) return undefined;
  const year = fiscalYear(bare);
  if (year === undefined || year < 1926) return undefined;
  const [letter, before] = year > 2018 ? ['R', 2018] : year > 1988 ? ['H', 1988] : ['S', 1925];
  return `${letter}${year - before}`;
}

const yearPattern =
  /(?:令和|平成|昭和|(?<![A-Za-z])[RHS](?=\d|元))(?:元|\d{1,2})(?:年度?)?(?![A-Za-z\d])|(?<!\d)20\d\d(?:年度?)?(?!\d)/gi;

/** The one 年度 that a heading names, and the heading without it; 令和7年度(2025年度) is one. */
export function yearIn(heading: string): { year: string; rest: string } | undefined {
  const text = plain(heading);
  const found = [...text.matchAll(yearPattern)].map(([one]) => one);
  const years = new Set(found.map(yearName));
  const [year] = years;
  if (years.size !== 1 || year === undefined) return undefined;
  let rest = text;
  for (const one of found) rest = rest.replace(one, '');
  if (/^[~〜-]|[~〜-]$/.test(rest)) return undefined; // 令和7年度~
  return { year, rest: rest.replaceAll(/[([【][)\]】]/g, '') };
}

const dash = /^[—―ー‐−–─-]$/;

/** An amount in 千円, or what is wrong with it. `known`: whether its unit is. */
export function amountOf(text: string, unit: Unit = 1): { amount: Amount } | { problem: string } {
  const bare = plain(text);
  if (dash.test(bare)) return { amount: '—' };
  const [, figure = '', own] =
    /^[¥\\]?(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)(億円|百万円|万円|千円|円)?$/.exec(bare) ?? [];
  if (figure === '') return { problem: `${quoted(text)}は予算額として読めません。半角の整数(千円)か — が入ります。` };
  const factor = own === undefined ? unit : (units[own] as Unit);
  const exact = inThousands(Number(figure.replaceAll(',', '')), factor);
  const amount = factor === 0.001 ? exact : Math.round(exact * 1e6) / 1e6;
  if (!Number.isSafeInteger(amount))
    return { problem: `${quoted(text)}は千円単位にすると整数になりません(${amount} 千円)。` };
  return { amount };
}

/** 窓口課: 10, a line each. Undefined for what has not this form. */
export function partsOf(text: string, unit?: Unit): Budget | undefined {
  const parts = text.split('\n').map((line) => {
    const colon = Math.max(line.lastIndexOf(':'), line.lastIndexOf('\uff1a'));
    const [label, read] = [line.slice(0, Math.max(colon, 0)).trim(), amountOf(line.slice(colon + 1).trim(), unit)];
    return label === '' || !('amount' in read) ? undefined : { label, amount: read.amount };
  });
  return parts.includes(undefined) ? undefined : (parts as { label: string; amount: Amount }[]);
}

const signs: readonly (readonly [string, RegExp])[] = [
  ['→', /^[→⇒➡⇨⟶➔➜]\ufe0f?$|^[-=]>$/],
  ['○', /^[○〇◯o]$/i],
  ['◎', /^[◎⦾]$/],
  ['△', /^△$/],
  ['—', dash],
];

/** 項目 that a cell stands for; undefined for words. */
export function markOf(text: string): string | undefined {
  const bare = plain(text);
  return marks.find((mark) => mark === bare) ?? signs.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** 区分 that a cell names: 新規, 新, ○新規 */
export const kindOf = (text: string): string | undefined =>
  kinds.find((kind) => plain(text) === kind || plain(text) === kind[0]);

/** ○ and ×: true and false; undefined for anything else. */
export function flagOf(text: string): boolean | undefined {
  const bare = plain(text);
  if (/^[○〇◯●◎]$/.test(bare)) return true;
  return /^[×✕✖xX—―ー‐−–-]$/.test(bare) ? false : undefined;
}

/** Names of a cell: a line each, or parted by 、 and the like outside brackets. */
export function namesOf(text: string): string[] {
  const lines = text.split('\n');
  const names = lines.length > 1 ? lines : text.split(/[、,，;；/／](?![^(（]*[)）])/u);
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

/** 番号 of three parts: 1-1-2, １－１－２, 1.1.2; of a day that a spreadsheet made of it, the number that was typed. */
export function numberOf(text: string): { number: string; wasDate?: true } | undefined {
  const bare = plain(text);
  const [, year, month, day] = /^20(\d\d)[-/](\d{1,2})[-/](\d{1,2})$/.exec(bare) ?? [];
  const parts = year === undefined ? bare.split(/[—―ー‐−–─.()-]+/).filter((part) => part !== '') : [year, month, day];
  if (parts.length !== 3 || !parts.every((part) => /^0*[1-9]\d{0,3}$/.test(part ?? ''))) return undefined;
  return { number: parts.map(Number).join('-'), ...(year === undefined ? {} : { wasDate: true }) };
}

/** 総務部 情報政策課: a 局・部 in front of a 課. */
export function departmentIn(text: string): { department: string; section: string } | undefined {
  const [, department, section] = /^(\S*[局部](?:[ \u3000]+\S*部)?)[ \u3000]+(\S+)$/u.exec(text) ?? [];
  return department === undefined || section === undefined
    ? undefined
    : { department: department.replaceAll('\u3000', ' '), section };
}

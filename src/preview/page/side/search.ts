import { grouped } from '../../../model/amounts.ts';
import type { EditionData, MeasureData, YearData } from '../../../model/edition-json.ts';
import { type BudgetInJson, type Field, type Fields, pathOf, sheetFields } from '../../../model/fields.ts';
import { fold, foldWithOrigins } from './folded-text.ts';

/** What a measure is searched by. */
export interface IndexedMeasure {
  measure: MeasureData;
  /** Folded, by the name of the field. */
  fields: readonly { name: string; text: string; folded: string }[];
}

/** A run of a text; `hit` when it is what was searched for. */
export interface HitRun {
  text: string;
  hit: boolean;
}

/** Where a word was found that neither the number nor the title has. */
export interface Excerpt {
  field: string;
  runs: HitRun[];
}

/** Every measure's number, title, names and full text. */
export function searchIndex(edition: EditionData, own = sheetFields): IndexedMeasure[] {
  return edition.取組.map((measure) => ({
    measure,
    fields: fieldsOf(measure, own)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => ({ name, text, folded: fold(text) })),
  }));
}

/** The words of a query: parted by white space, folded. */
export function words(query: string): string[] {
  return query
    .split(/\s/u)
    .map(fold)
    .filter((word) => word !== '');
}

/** Whether every word is in some field; a word like "1-2" is a number from its beginning, or stands in a text. */
export function isHit({ measure, fields }: IndexedMeasure, wanted: readonly string[]): boolean {
  return wanted.every((word) =>
    isNumber(word) ? hasNumber(measure, word) : fields.some(({ folded }) => has(folded, word)),
  );
}

/** A text cut at the words: "SMSを活用" by "sms" → SMS, を活用. */
export function hitRuns(text: string, wanted: readonly string[]): HitRun[] {
  if (wanted.length === 0) return [{ text, hit: false }];
  const { text: folded, origins } = foldWithOrigins(text);
  const marked = new Uint8Array(text.length);
  for (const word of wanted.flatMap(spellings))
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      const [from] = origins[at] ?? [0, 0];
      const [, to] = origins[at + word.length - 1] ?? [0, 0];
      marked.fill(1, from, to);
    }
  const runs: HitRun[] = [];
  for (const [index, unit] of text.split('').entries()) {
    const hit = marked[index] === 1;
    const last = runs.at(-1);
    if (last?.hit === hit) last.text += unit;
    else runs.push({ text: unit, hit });
  }
  return runs;
}

/** The first field beside number and title that has a word which those lack, cut to about `length` characters. */
export function excerptOf(
  { measure, fields }: IndexedMeasure,
  wanted: readonly string[],
  length = 44,
): Excerpt | undefined {
  const title = fold(measure.取組);
  const missing = wanted.filter((word) => !isNumber(word) && !has(title, word));
  const found = fields.find(({ folded }) => missing.some((word) => has(folded, word)));
  if (!found) return undefined;
  return { field: found.name, runs: around(hitRuns(inLine(found.text), missing), length) };
}

/** 改定履歴 with what was searched for marked; undefined where a word is not in it. */
export function foundHistory(
  { 改定履歴: history = [] }: EditionData,
  wanted: readonly string[],
  length = 44,
): { title: HitRun[]; excerpt?: Excerpt } | undefined {
  const name = '改定履歴';
  const title = hitRuns(name, wanted);
  const missing = wanted.filter((word) => !has(fold(name), word));
  const texts = history.map(({ 年月, 内容 }) => inLine(`${年月} ${内容}`));
  const holds = (text: string, word: string) => has(fold(text), word);
  if (history.length === 0 || !missing.every((word) => texts.some((text) => holds(text, word)))) return undefined;
  const found = texts.find((text) => missing.some((word) => holds(text, word)));
  return found === undefined
    ? { title }
    : { title, excerpt: { field: '内容', runs: around(hitRuns(found, missing), length) } };
}

/** Lines side by side, a blank between them. */
const inLine = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');

/** The runs around the first hit; "…" where something is left out. */
function around(runs: readonly HitRun[], length: number): HitRun[] {
  const at = runs.findIndex(({ hit }) => hit);
  const signs = runs.flatMap(({ text, hit }) => [...text].map((sign) => ({ sign, hit })));
  const before = runs.slice(0, at).reduce((sum, { text }) => sum + [...text].length, 0);
  const from = Math.max(0, Math.min(before - Math.floor(length / 4), signs.length - length));
  const cut = signs.slice(from, from + length);
  const short: HitRun[] = from > 0 ? [{ text: '…', hit: false }] : [];
  for (const { sign, hit } of cut) {
    const last = short.at(-1);
    if (last?.hit === hit) last.text += sign;
    else short.push({ text: sign, hit });
  }
  if (from + length < signs.length) short.push({ text: '…', hit: false });
  return short;
}

const has = (folded: string, word: string) => spellings(word).some((spelling) => folded.includes(spelling));
/** 4562 is printed 4,562. */
const spellings = (word: string) => (/^\d{4,}$/.test(word) ? [word, grouped(word)] : [word]);
const isNumber = (word: string) => /^\d+(-\d+){1,2}-?$/.test(word);
const hasNumber = ({ 番号 }: MeasureData, word: string) =>
  番号 === word || 番号.startsWith(word.endsWith('-') ? word : `${word}-`);

/** What a measure is searched by, by name: first what people look for most. */
function fieldsOf(measure: MeasureData, fields: Fields): [name: string, text: string][] {
  const rankOf = ({ searchRank }: Field) => searchRank ?? Number.POSITIVE_INFINITY;
  const searched = fields.measure.filter((field) => rankOf(field) > 0).toSorted((a, b) => rankOf(a) - rankOf(b));
  const record = measure as unknown as Record<string, unknown>;
  return searched.flatMap((field): [string, string][] => {
    if (field.kind === 'years') return measure.スケジュール?.flatMap((entry) => yearFields(entry, fields)) ?? [];
    const text = textOf(
      field,
      pathOf(field).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], record),
    );
    const reprint = field.kind === 'choice' && measure.再掲 !== null ? `(再掲 ${measure.再掲})` : '';
    return [[field.searched ?? field.key, text + reprint]];
  });
}

const yearFields = (entry: YearData, fields: Fields): [name: string, text: string][] =>
  fields.year
    .filter(({ searchRank }) => searchRank !== 0)
    .map((field) => [
      `${entry.年度} ${field.key}`,
      textOf(field, (entry as unknown as Record<string, unknown>)[field.key]),
    ]);

function textOf({ kind }: Field, value: unknown): string {
  if (value === null) return '';
  if (kind !== 'budget') return Array.isArray(value) ? value.join('、') : String(value);
  const budget = value as BudgetInJson;
  return Array.isArray(budget) ? budget.map(({ 区分, 額 }) => `${区分} ${grouped(額)}`).join('、') : grouped(budget);
}

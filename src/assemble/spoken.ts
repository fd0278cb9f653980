import { spokenYear } from '../model/era-date.ts';
import { plain } from '../model/marked.ts';
import { blankSign } from '../model/meanings.ts';
import type { FieldSigns } from '../render/data.ts';
import type { Frame } from '../render/requests.ts';

/** How marks are read aloud by their names, where the edition does not say what they mean. */
export const spokenMarks: Record<string, string> = {
  '→': '矢印',
  '◎': '二重丸',
  '○': '丸',
  '△': '三角',
  '×': 'ばつ',
  '—': 'なし',
};

/**
 * How what stands in a cell of a 年度 is read aloud: in the edition's words where it has them, with the figure that they
 * explain in front of them. What is no text of its own (`shown` is null), as a split 予算額, is read as it stands.
 */
export function spokenSign(signs: readonly FieldSigns[], property: string, shown: string | null): string | undefined {
  if (shown === null) return undefined;
  const own = signs.find((one) => one.property === property)?.meanings ?? [];
  const word = own.find(({ sign }) => sign === (shown || blankSign))?.word;
  if (word === undefined) return spokenMarks[shown];
  return /^\d/.test(shown) ? `${shown}、${word}` : word;
}

/** How the headings that are broken over lines are read aloud, by column. */
export const spokenHeadings = (data: Pick<Frame, 'indicatorLabels'>): Record<string, string> => ({
  kind: '新規・継続',
  category: '大項目',
  group: '中項目',
  item: '小項目',
  indicators: data.indicatorLabels.map((label) => spokenLabel(plain(label))).join('、'),
  budget: '予算額、千円',
});
/** Those of 取組事項一覧 are broken in one column only. */
export const overviewHeadings = ['kind'];

/** By a table's part: what the names of its column headers begin with, and what is said of it. */
export const spokenTables: Record<string, { headers: string; summary: string }> = {
  取組事項一覧: {
    headers: 'list',
    summary:
      '取組ごとに1行の表です。大項目と中項目の欄は、同じものが続く行をまとめています。取組事項から個票へ移れます。',
  },
  個票: {
    headers: 'sheet',
    summary:
      '取組ごとに、年度の数だけ行がある表です。年度、項目、内容、予算額、事業実績は年度ごとに、ほかの欄は取組ごとに1つです。再掲の取組は1行で、再掲先の番号を示します。',
  },
  改定履歴: { headers: 'history', summary: '改定ごとに1行の表です。' },
};

/** 現状(R1) → 現状、令和元年度 */
const spokenLabel = (label: string): string =>
  label.replace(/(.*)\((.*)\)/, (_, name, year) => `${name}、${spokenYear(year) ?? year}`);

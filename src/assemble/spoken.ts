import { spokenYear } from '../model/era-date.ts';
import { plain } from '../model/marked.ts';
import type { Frame } from '../render/requests.ts';

/** How the marks of a cell are read aloud: by their names, what they stand for is the edition's to say. */
export const spokenMarks: Record<string, string> = {
  '→': '矢印',
  '◎': '二重丸',
  '○': '丸',
  '△': '三角',
  '×': 'ばつ',
  '—': 'なし',
};

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

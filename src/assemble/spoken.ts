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

/** 現状(R1) → 現状、令和元年度 */
const spokenLabel = (label: string): string =>
  label.replace(/(.*)\((.*)\)/, (_, name, year) => `${name}、${spokenYear(year) ?? year}`);

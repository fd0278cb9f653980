import { plain } from '../model/marked.ts';
import type { BookData, LineToMeasure } from './requests.ts';

/** A line of 目次, and the places that it leads to: one for each number at its end. */
export interface PlacedLine extends LineToMeasure {
  targets: string[];
}

/** Parts that 目次 lists by 大項目 and 中項目, the one that is looked for most first; and how their places are called. */
const listedParts = { 個票: 'sheet-', 取組事項一覧: 'overview-' };

/** The lines of 目次: its parts; 大項目 and 中項目 below a head; and 課 below another, each with its 取組. */
export function contentsOf(data: BookData): PlacedLine[][] {
  const listed = Object.entries(listedParts).filter(([part]) => data.parts.includes(part));
  const names = listed.map(([part]) => part);
  const line = { note: '', names, file: null, path: [], targets: [] };
  const parts = data.parts.flatMap((part): PlacedLine[] => {
    const own = { ...line, kind: 'part' as const, names: [part], targets: [`part-${part}`] };
    const annex = data.annexes[part];
    if (annex) return [{ ...own, text: annex.title, file: 'edition.yaml', path: ['構成'] }];
    return part === '表紙' || part === '目次' ? [] : [{ ...own, text: part }];
  });
  const label = { ...line, file: 'structure.yaml', path: ['大項目'] };
  const placed = (
    kind: 'category' | 'group',
    { number, label: text }: { number: string; label: string },
    count: number,
  ) => ({
    ...{ ...label, kind, text, note: `${count}件` },
    targets: listed.map(([, prefix]) => prefix + number),
  });
  const count = (groups: readonly { measures: readonly unknown[] }[]) =>
    groups.reduce((sum, { measures }) => sum + measures.length, 0);
  const structure = data.categories.flatMap((category): PlacedLine[] => [
    placed('category', category, count(category.groups)),
    ...category.groups.map((group) => placed('group', group, count([group]))),
  ]);
  const head = { ...line, kind: 'head' as const };
  const sections = data.sections.map(
    ({ name, ids }): PlacedLine => ({
      ...{ ...line, kind: 'section', text: plain(name), names: ids },
      targets: ids.map((id) => `sheet-${id}`),
    }),
  );
  return [
    [
      ...parts,
      ...(listed.length > 0 && structure.length > 0 ? [{ ...head, text: '大項目・中項目' }, ...structure] : []),
    ],
    sections.length > 0 ? [{ ...head, text: '担当課', names: ['取組の番号'] }, ...sections] : [],
  ].filter((lines) => lines.length > 0);
}

/** Those that look different from each other, as they are measured. */
export function contentsLines(data: BookData): LineToMeasure[] {
  const all = contentsOf(data).flat().map(lineOf);
  return [...new Map(all.map((line) => [JSON.stringify(line), line])).values()];
}

export const lineOf = ({ kind, text, note, names, file, path }: LineToMeasure): LineToMeasure => ({
  ...{ kind, text, note, names, file, path },
});

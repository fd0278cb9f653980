import type { BookData, LineToMeasure } from './requests.ts';

/** A line of 目次, and the place that it leads to. */
export interface PlacedLine extends LineToMeasure {
  target: string;
}

/** The lines of 目次: one column for each part that it lists, and below them the annexes and 改定履歴. */
export function contentsOf(data: BookData): { columns: PlacedLine[][]; annexes: PlacedLine[] } {
  const listed = Object.entries({ 取組事項一覧: 'overview-', 個票: 'sheet-' }).filter(([part]) =>
    data.parts.includes(part),
  );
  const wide = listed.length === 1;
  const label = { weight: 'regular' as const, wide, file: 'structure.yaml', path: ['大項目'] };
  const columns = listed.map(([part, prefix]): PlacedLine[] => [
    { target: `part-${part}`, text: part, indent: 0, weight: 'bold', wide, file: null, path: [] },
    ...data.categories.flatMap((category) => [
      { ...label, target: prefix + category.number, text: category.label, indent: 6 },
      ...category.groups.map((group) => ({ ...label, target: prefix + group.number, text: group.label, indent: 14 })),
    ]),
  ]);
  const annexes = data.parts.flatMap((part): PlacedLine[] => {
    const own = { target: `part-${part}`, indent: 0, weight: 'bold' as const, wide: false };
    if (part === '改定履歴') return [{ ...own, text: part, file: null, path: [] }];
    const annex = data.annexes[part];
    return annex ? [{ ...own, text: annex.title, file: 'edition.yaml', path: ['構成'] }] : [];
  });
  return { columns, annexes };
}

/** Those that look different from each other, as they are measured. */
export function contentsLines(data: BookData): LineToMeasure[] {
  const { columns, annexes } = contentsOf(data);
  const all = [...columns.flat(), ...annexes].map(lineOf);
  return [...new Map(all.map((line) => [JSON.stringify(line), line])).values()];
}

export const lineOf = ({ text, indent, weight, wide, file, path }: LineToMeasure): LineToMeasure => ({
  text,
  indent,
  weight,
  wide,
  file,
  path,
});

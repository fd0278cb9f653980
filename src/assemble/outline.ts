import { oneLine } from '../model/names.ts';
import type { DocumentData } from '../render/data.ts';

/** A bookmark: its title, the anchor it leads to, the bookmarks below it. */
export interface Bookmark {
  title: string;
  anchor: string;
  /** Written instead of the anchor's place: in an annex; "" for a title that leads nowhere. */
  destination?: string;
  children: Bookmark[];
}

/**
 * The document's outline: its parts; below 取組事項一覧 and 個票 大項目 › 中項目; below 個票 every measure too; below an
 * annex what `annexes` holds.
 * Where 個票 is the only part (single sheets), its children stand at the top.
 */
export function bookmarks(data: DocumentData, annexes?: ReadonlyMap<string, Bookmark>): Bookmark[] {
  const parts = data.parts.map(
    (part) => annexes?.get(part) ?? { title: part, anchor: `part-${part}`, children: partBookmarks(data, part) },
  );
  return parts.length === 1 ? parts.flatMap(({ children }) => children) : parts;
}

function partBookmarks(data: DocumentData, part: string): Bookmark[] {
  const prefix = { 取組事項一覧: 'overview-', 個票: 'sheet-', A4個票: 'sheet-' }[part];
  if (prefix === undefined) return [];
  return data.categories.map((category) => ({
    title: `${category.number}. ${category.name}`,
    anchor: prefix + category.number,
    children: category.groups.map((group) => ({
      title: `${group.number}. ${group.name}`,
      anchor: prefix + group.number,
      children:
        part === '取組事項一覧'
          ? []
          : group.measures.map((measure) => ({
              title: `${measure.id} ${oneLine(measure.title)}`,
              anchor: prefix + measure.id,
              children: [],
            })),
    })),
  }));
}

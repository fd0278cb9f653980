import type { UnreadPart } from '../content/readable.ts';
import type { Path } from '../content/yaml/yaml-file.ts';
import { measureFile } from '../model/numbers.ts';
import { isYearField } from './cells.ts';

/** Files of which nothing can be read, or not even whether it is a 再掲. */
export function unreadFiles(parts: readonly UnreadPart[]): string[] {
  return parts.filter(({ path }) => path.length === 0 || path[0] === '再掲').map(({ file }) => file);
}

/** Whether a cell of measure `id` could not be read. */
export function unreadCells(
  parts: readonly UnreadPart[],
  id: string,
): (field: string, year: string | undefined) => boolean {
  const paths = parts.filter(({ file }) => file === measureFile(id)).map(({ path }) => path);
  return (field, year) =>
    paths.some(([key, inner, cell]) => {
      if (key === 'スケジュール')
        return isYearField(field) && (inner === undefined || inner === year) && (cell === undefined || cell === field);
      if (key === '一覧表') return field.startsWith('一覧表') && (inner === undefined || field.endsWith(String(inner)));
      // The overview takes these from the sheet.
      return field === key || (key === '取組' && field === '一覧表・取組事項') || field === `一覧表・${String(key)}`;
    });
}

/** A path as findings name it: the key, and its 年度 where it has one. */
export function fieldOf(path: Path): { field?: string; year?: string } {
  const [key, inner, cell] = path.map(String);
  if (key === undefined) return {};
  if (key === 'スケジュール' && inner !== undefined) return { field: cell ?? key, year: inner };
  return { field: key === '一覧表' && inner !== undefined ? `一覧表・${inner}` : key };
}

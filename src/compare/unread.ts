import type { UnreadPart } from '../content/readable.ts';
import type { Path } from '../content/yaml/yaml-file.ts';
import { type Fields, fieldOf } from '../model/fields.ts';
import { measureFile } from '../model/numbers.ts';

/** Files of which nothing can be read, or not even whether it is a 再掲. */
export function unreadFiles(parts: readonly UnreadPart[]): string[] {
  return parts.filter(({ path }) => path.length === 0 || path[0] === '再掲').map(({ file }) => file);
}

/** Whether a cell of measure `id`, by its field's name, could not be read. */
export function unreadCells(
  parts: readonly UnreadPart[],
  id: string,
  fields: Fields,
): (field: string, year: string | undefined) => boolean {
  const paths = parts.filter(({ file }) => file === measureFile(id)).map(({ path }) => path);
  const schedule = fieldOf(fields.measure, 'schedule').key;
  /** What the overview takes from the sheet cannot be read where that cannot. */
  const takes = (name: string, key: PropertyKey | undefined) => {
    const { follows } = fields.measure.find((field) => field.name === name) ?? {};
    return follows !== undefined && fieldOf(fields.measure, follows).key === key;
  };
  return (name, year) =>
    paths.some(([key, inner, cell]) => {
      if (key === schedule)
        return year !== undefined && (inner === undefined || inner === year) && (cell === undefined || cell === name);
      const field = fields.measure.find((one) => one.name === name);
      if (field?.within !== undefined && key === field.within) return inner === undefined || inner === field.key;
      return name === key || takes(name, key);
    });
}

/** A path as findings name it: the key, and its 年度 where it has one. */
export function unreadField(path: Path): { field?: string; year?: string } {
  const [key, inner, cell] = path.map(String);
  if (key === undefined) return {};
  if (key === 'スケジュール' && inner !== undefined) return { field: cell ?? key, year: inner };
  return { field: key === '一覧表' && inner !== undefined ? `一覧表・${inner}` : key };
}

import type { Cell, DiagnosticView } from '../../messages.ts';

type Field = Pick<Cell, 'file' | 'path'>;

/**
 * Of each cell of one page the diagnostics that are about it. A diagnostic is about the cells that hold its field: a name
 * of a list is in the list's cell. What has no cell is told at the first below it (a whole スケジュール), or else at the name.
 */
export function cellsTold(cells: readonly (Field | undefined)[], all: readonly DiagnosticView[]): DiagnosticView[][] {
  const told = cells.map((): DiagnosticView[] => []);
  const byFile = Map.groupBy(
    all.filter(({ field }) => field),
    ({ field }) => field?.file ?? '',
  );
  const indices = new Map<string, number[]>();
  for (const [index, cell] of cells.entries())
    if (cell && byFile.has(cell.file)) indices.set(cell.file, [...(indices.get(cell.file) ?? []), index]);
  for (const [file, own] of indices)
    for (const diagnostic of byFile.get(file) ?? [])
      for (const index of cellsAt(diagnostic.field?.path ?? [], own, cells)) told[index]?.push(diagnostic);
  return told;
}

function cellsAt(path: Cell['path'], own: readonly number[], cells: readonly (Field | undefined)[]): number[] {
  const pathAt = (index: number) => cells[index]?.path ?? [];
  for (let length = path.length; length > 0; length -= 1) {
    const at = path.slice(0, length);
    const same = own.filter((index) => pathAt(index).length === length && begins(pathAt(index), at));
    if (same.length > 0) return same;
    const below = own.find((index) => begins(pathAt(index), at));
    if (below !== undefined) return [below];
  }
  // In 取組事項一覧, where most fields have no cell, only what is about the whole file.
  const isSheet = own.some((index) => pathAt(index)[0] === '取組内容');
  if (!isSheet && path.length > 0) return [];
  return own.filter((index) => pathAt(index).length === 1 && pathAt(index)[0] === '取組').slice(0, 1);
}

const begins = (path: Cell['path'], start: Cell['path']): boolean => start.every((key, index) => path[index] === key);

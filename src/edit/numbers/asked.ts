import { nearest } from '../../content/nearest.ts';
import type { ReadFiles } from '../../content/readable.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { groupOf, measureNumber, numberOfFile, numberParts } from '../../model/numbers.ts';
import { type GroupLayout, type Layout, layoutOf, numbersIn } from './layout.ts';

/** What is taken for a hyphen, by people and by the programs that write for them. */
const hyphens = /[‐-―−ーｰ─－]/g;

/** A number as a user writes it. Throws UserError for another form, and tells what is meant. */
export function askedNumber(files: ReadFiles, written: string): string {
  if (measureNumber.test(written)) return written;
  const meant =
    numberOfFile(written.replaceAll('\\', '/')) ??
    written
      .replaceAll(hyphens, '-')
      .normalize('NFKC')
      .replaceAll(/\s/g, '')
      .replace(/\.ya?ml$/, '');
  if (measureNumber.test(meant))
    throw new UserError(
      `番号「${written}」は「${meant}」と書いてください(半角の数字を半角のハイフン - でつなぎます)。`,
    );
  const numbers = numbersIn(files);
  const withoutZeros = meant.replaceAll(/(^|-)0+(?=[1-9])/g, '$1');
  const near = measureNumber.test(withoutZeros) ? withoutZeros : nearest(meant, numbers).nearest;
  const hint = near === undefined ? '' : `「${near}」の間違いではありませんか。`;
  throw new UserError(
    `「${written}」は取組の番号ではありません。${hint}番号は 大項目-中項目-小項目 です(例: ${numbers[0] ?? '1-1-1'})。`,
  );
}

/** A measure that is there. */
export function askedMeasure(files: ReadFiles, written: string): string {
  const number = askedNumber(files, written);
  const numbers = numbersIn(files);
  if (numbers.includes(number)) return number;
  const { group, measures } = groupAsked(layoutOf(files), number);
  throw new UserError(
    `取組「${number}」はありません。${measures.length === 0 ? `中項目 ${group} に取組はありません。` : `中項目 ${group} の取組は ${range(measures[0], measures.at(-1))}です。`}`,
  );
}

/** A place for a measure in a layout: in front of the one that is there, or behind the last. */
export function askedPlace(files: ReadFiles, layout: Layout, written: string): { group: string; index: number } {
  const number = askedNumber(files, written);
  const { group, measures } = groupAsked(layout, number);
  const place = Number(numberParts(number).item);
  if (place > measures.length + 1)
    throw new UserError(
      `「${number}」には置けません。番号が飛びます。中項目 ${group} で置けるのは ${range(`${group}-1`, `${group}-${measures.length + 1}`)}です。`,
    );
  return { group, index: place - 1 };
}

const range = (first = '', last = ''): string => (first === last ? `${first} だけ` : `${first} から ${last} まで`);

function groupAsked(layout: Layout, number: string): GroupLayout {
  const wanted = groupOf(number);
  const found = layout.find(({ group }) => group === wanted);
  if (found) return found;
  const groups = layout.map(({ group }) => group).join('、');
  throw new UserError(
    `中項目「${wanted}」は structure.yaml にありません。中項目は ${groups} です。新しい中項目なら、先に structure.yaml に足してください。`,
  );
}

/** Throws UserError where numbers are left out, so that places are not what they are called. */
export function refuseGaps(files: ReadFiles): void {
  for (const { group, measures } of layoutOf(files))
    for (const [index, number] of measures.entries())
      if (number !== `${group}-${index + 1}`)
        throw new UserError(
          `番号「${group}-${index + 1}」の取組がなく、番号が飛んでいます。先に npx shisakushu renumber で詰めてください。`,
        );
}

/** Throws UserError where a 中項目 that has measures would have none. */
export function refuseEmpty(files: ReadFiles, layout: Layout): void {
  const emptied = layoutOf(files).find(
    ({ measures }, index) => measures.length > 0 && layout[index]?.measures.length === 0,
  );
  if (emptied)
    throw new UserError(
      `中項目 ${emptied.group} の取組が1つもなくなります(${emptied.measures.join('、')})。先に別の取組をこの中項目に入れるか、中項目ごとなくすなら、structure.yaml からその行を、measures/ からファイルを消し、コミットしてから npx shisakushu renumber を実行してください。`,
    );
}

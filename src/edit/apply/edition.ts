import type { AnnexChange, Comparison } from '../../compare/change.ts';
import { valueAfter } from '../../compare/values.ts';
import { sheetFields } from '../../model/fields.ts';
import { legendKey } from '../../model/meanings.ts';

type Item = string | Record<string, string>;
type EditionValue = Record<string, unknown>;

/** edition.yaml with what head has at its keys. */
export function editionAfter(before: EditionValue, { edition, annexes }: Comparison): EditionValue {
  const after = { ...before };
  for (const change of edition) {
    const value = valueAfter(change);
    if (value === undefined) delete after[change.field];
    else if (value.type === 'text') after[change.field] = value.text;
    else if (value.type === 'list') after[change.field] = listAfter(change.field, value.names, before, annexes);
  }
  if (annexes.length > 0 && Array.isArray(after.構成))
    after.構成 = after.構成.map((part: Item) => rewordedPart(part, annexes));
  return after;
}

const legends: ReadonlySet<string> = new Set(sheetFields.year.map(legendKey));

/** A list as edition.yaml has it, from its items as comparisons name them. */
function listAfter(
  field: string,
  names: readonly string[],
  before: EditionValue,
  annexes: readonly AnnexChange[],
): unknown {
  if (field === '現状・実績・目標')
    return Object.fromEntries(names.map((name) => cut(name, name.lastIndexOf(': '), 2)));
  if (legends.has(field)) return Object.fromEntries(names.map((name) => cut(name, name.indexOf(': '), 2)));
  if (field === '列幅')
    return Object.fromEntries(
      names.map((name) => cut(name, name.lastIndexOf(': '), 2)).map(([key, width]) => [key, Number(width)]),
    );
  const items = (Array.isArray(before[field]) ? before[field] : []) as Item[];
  const nameOf = (item: Item) =>
    typeof item === 'string' ? item : field === '構成' ? `別冊 ${item.別冊}` : `${item.年月} ${item.内容}`;
  const known = new Map(items.map((item) => [nameOf(item), item]));
  return names.map((name): Item => {
    const same = known.get(name);
    if (same !== undefined) return same;
    const [first, rest] = cut(name, name.indexOf(' '), 1);
    if (field === '改定履歴') return { 年月: first, 内容: rest };
    const annex = first === '別冊' && annexes.find(({ path }) => path === rest);
    return annex ? partOf(annex) : name;
  });
}

const cut = (text: string, at: number, length: number): [string, string] => [
  text.slice(0, at),
  text.slice(at + length),
];

const partOf = ({ path, title, alternative }: AnnexChange): Record<string, string> => ({
  別冊: path,
  題名: title,
  ...(alternative === undefined ? {} : { 代替テキスト: alternative }),
});

/** A 別冊 that stays with its words in head. */
function rewordedPart(part: Item, annexes: readonly AnnexChange[]): Item {
  const change = typeof part === 'string' ? undefined : annexes.find(({ path }) => path === part.別冊);
  if (!change || typeof part === 'string') return part;
  const after = { ...part, ...partOf(change) };
  if (change.alternative === undefined) delete after.代替テキスト;
  return after;
}

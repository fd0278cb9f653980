import fc from 'fast-check';
import { inserted } from '../../../src/edit/numbers/insert.ts';
import { moved } from '../../../src/edit/numbers/move.ts';
import { removed } from '../../../src/edit/numbers/remove.ts';
import type { NumbersPlan } from '../../../src/edit/numbers/renumbered.ts';
import { categoryOf, groupOf, measureFile } from '../../../src/model/numbers.ts';
import type { Content } from './contents.ts';

/** A change of numbers, by places in whatever content. */
export interface Operation {
  kind: 'remove' | 'move' | 'insert';
  at: number;
  group: number;
  place: number;
  reprints: 'drop' | 'own';
}
export const operation = (...kinds: Operation['kind'][]): fc.Arbitrary<Operation> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(),
    group: fc.nat(),
    place: fc.nat(),
    reprints: fc.constantFrom('drop', 'own'),
  });

export interface Done {
  /** As a user asks for it */
  asked: string[];
  plan(texts?: boolean): NumbersPlan;
  /** The number of each measure afterwards, by the one before; none of one that is gone. */
  numbers: Map<string, string | undefined>;
  gone: string[];
  /** The number of a measure that is new */
  made?: string;
  /** The 再掲 that became a measure of its own */
  own?: string;
}

const reprintOf = (content: Content, number: string) => content.value(number).再掲;

/** What the operation is in this content; undefined where it cannot be. */
export function done(content: Content, operation: Operation): Done | undefined {
  const { kind, reprints } = operation;
  const groups = content.layout.map(({ group, measures }) => ({ group, measures: [...measures] }));
  const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T;
  const number = pick(content.numbers, operation.at);
  const target = pick(groups, operation.group);
  const others = content.numbers.filter((one) => reprintOf(content, one) === number);
  const gone: string[] = [];
  const take = (one: string) => {
    const home = groups.find(({ group }) => group === groupOf(one));
    home?.measures.splice(home.measures.indexOf(one), 1);
  };
  let found: Pick<Done, 'asked' | 'plan' | 'made' | 'own'>;
  if (kind === 'remove') {
    gone.push(number, ...(reprints === 'drop' ? others : []));
    for (const one of gone) take(one);
    found = {
      asked: [number, reprints],
      ...(reprints === 'own' && others[0] !== undefined ? { own: others[0] } : {}),
      plan: (texts) => removed(content, number, { ...(others.length > 0 ? { reprints } : {}), texts }),
    };
  } else {
    if (kind === 'move') take(number);
    const index = operation.place % (target.measures.length + 1);
    target.measures.splice(index, 0, kind === 'move' ? number : '');
    const to = `${target.group}-${index + 1}`;
    found =
      kind === 'move'
        ? { asked: [number, to], plan: (texts) => moved(content, number, to, texts) }
        : { asked: [to], made: to, plan: (texts) => inserted(content, to, { title: '海の記録', texts }) };
  }
  if (groups.some(({ measures }) => measures.length === 0)) return undefined;
  const numbers = new Map<string, string | undefined>(gone.map((one) => [one, undefined]));
  for (const { group, measures } of groups)
    for (const [index, one] of measures.entries()) if (one !== '') numbers.set(one, `${group}-${index + 1}`);
  return { ...found, numbers, gone };
}

/** What is deleted by hand, by its places in whatever content. */
export interface Lost {
  measures: number[];
  groups: number[];
}
export const lost: fc.Arbitrary<Lost> = fc.record({
  measures: fc.array(fc.nat(), { maxLength: 5 }),
  groups: fc.array(fc.nat(), { maxLength: 2 }),
});

/** The content without them, and what numbers it shall have. No 中項目 is emptied, no target of a 再掲 that stays is gone. */
export function withoutThem(
  content: Content,
  { measures, groups }: Lost,
): { files: Map<string, string | undefined>; numbers: Map<string, string | undefined> } {
  let left = content.layout.map(({ group, measures: own }) => ({ group, measures: [...own] }));
  const attempt = (change: (all: typeof left) => typeof left) => {
    const after = change(left);
    const there = new Set(after.flatMap((one) => one.measures));
    const targets = [...there].flatMap((number) => reprintOf(content, number) ?? []);
    if (
      after.length > 0 &&
      after.every((one) => one.measures.length > 0) &&
      targets.every((one) => there.has(String(one)))
    )
      left = after;
  };
  for (const at of groups) attempt((all) => all.toSpliced(at % all.length, 1));
  for (const at of measures)
    attempt((all) => {
      const numbers = all.flatMap((one) => one.measures);
      const gone = numbers[at % numbers.length];
      return all.map(({ group, measures: own }) => ({ group, measures: own.filter((number) => number !== gone) }));
    });
  const numbers = new Map<string, string | undefined>(content.numbers.map((number) => [number, undefined]));
  const categories = [...new Set(left.map(({ group }) => categoryOf(group)))];
  for (const { group, measures: own } of left) {
    const category = categoryOf(group);
    const beside = left.filter((one) => categoryOf(one.group) === category);
    const name = `${categories.indexOf(category) + 1}-${beside.findIndex((one) => one.group === group) + 1}`;
    for (const [index, number] of own.entries()) numbers.set(number, `${name}-${index + 1}`);
  }
  const files = new Map<string, string | undefined>();
  for (const [number, to] of numbers) if (to === undefined) files.set(measureFile(number), undefined);
  const rows = content.text('structure.yaml').split(/^(?= {2}- )/m);
  const written = rows.map((row) =>
    row.split(/(?<=\n)/).filter((line) => {
      const group = /番号: (\d+-\d+)/.exec(line)?.[1];
      return group === undefined || left.some((one) => one.group === group);
    }),
  );
  const text = written
    .filter((lines, index) => index === 0 || lines.some((line) => /\d-\d/.test(line)))
    .flat()
    .join('');
  if (text !== content.text('structure.yaml')) files.set('structure.yaml', text);
  return { files, numbers };
}

import { diffArrays } from 'diff';
import type { Run } from '../model/marked.ts';

/** Runs of two texts: lines as lines; inside a line that changed, words; inside a word, characters. */
export function textRuns(before: string, after: string): Run[] {
  return joined(
    replacements(lines(before), lines(after)).flatMap(({ removed, added, kept }) => [
      ...lineRuns(removed, added),
      { kind: 'kept', text: kept.join('') },
    ]),
  );
}

/** Runs of two lists of names, one run a name. */
export const listRuns = (before: readonly string[], after: readonly string[]): Run[] =>
  diffArrays([...before], [...after]).flatMap(({ value, added, removed }) =>
    value.map((text): Run => ({ kind: added ? 'added' : removed ? 'removed' : 'kept', text })),
  );

/** A line break belongs to the line behind it. */
export const lines = (text: string): string[] => text.split(/(?=\n)/);

/** A change, and what stayed behind it. */
export interface Part {
  removed: string[];
  added: string[];
  kept: string[];
}

/** All of both, as changes and what stayed between them. */
export function replacements(before: readonly string[], after: readonly string[]): Part[] {
  const parts: Part[] = [];
  // Past this many differences the texts have nothing to do with each other, and comparing them takes forever.
  const found = diffArrays([...before], [...after], { maxEditLength: 1_000 });
  if (!found) return [{ removed: [...before], added: [...after], kept: [] }];
  for (const { value, added, removed } of found) {
    let part = parts.at(-1);
    if (!part || part.kept.length > 0) {
      part = { removed: [], added: [], kept: [] };
      parts.push(part);
    }
    part[added ? 'added' : removed ? 'removed' : 'kept'] = value;
  }
  return parts;
}

/** Lines that gave way to others: each new line is set against the old one it resembles, in order. */
function lineRuns(removed: string[], added: string[]): Run[] {
  const [before, after] = [removed.join(''), added.join('')];
  // Lines broken elsewhere, hardly another word.
  if (removed.length !== added.length && shared(words(before), words(after)) >= 0.8) return wordRuns(before, after);
  const runs: Run[] = [];
  let next = 0;
  const bags = added.map(words);
  for (const line of removed) {
    const bag = words(line);
    // Two fifths of the words: the same line, with changes.
    const partner = bags.findIndex((other, index) => index >= next && shared(bag, other) >= 0.4);
    if (partner < 0) {
      runs.push({ kind: 'removed', text: line });
      continue;
    }
    for (const other of added.slice(next, partner)) runs.push({ kind: 'added', text: other });
    next = partner + 1;
    runs.push(...added.slice(partner, next).flatMap((other) => wordRuns(line, other)));
  }
  for (const other of added.slice(next)) runs.push({ kind: 'added', text: other });
  return runs;
}

/** Of the words of the longer text, the part that is in the other one too. */
function shared(before: readonly string[], after: readonly string[]): number {
  const solid = (tokens: readonly string[]) => tokens.filter((token) => token.trim() !== '');
  const [left, right] = [solid(before), solid(after)];
  const longer = Math.max(left.length, right.length);
  const rest = new Map<string, number>();
  for (const token of right) rest.set(token, (rest.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of left) {
    const count = rest.get(token) ?? 0;
    if (count === 0) continue;
    rest.set(token, count - 1);
    common += 1;
  }
  return longer === 0 ? 1 : common / longer;
}

const found = (text: string, pattern: RegExp): string[] => Array.from(text.matchAll(pattern), ([part]) => part);

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
/** By clauses: every segment holds a copy of all that was handed over, so a long text at once would fill the memory. */
export const words = (text: string): string[] =>
  found(text, /[^、。\s]{1,100}|[、。\s]/gu).flatMap((clause) =>
    Array.from(segmenter.segment(clause), ({ segment }) => segment),
  );

/** By words, with the small islands between larger changes in these. */
export const wordParts = (before: string, after: string): Part[] =>
  withoutIslands(replacements(words(before), words(after)));

const wordRuns = (before: string, after: string): Run[] =>
  wordParts(before, after).flatMap(({ removed, added, kept }) => [
    ...characterRuns(removed.join(''), added.join('')),
    { kind: 'kept', text: kept.join('') },
  ]);

/** One or two characters that stayed between larger changes only make them harder to read. */
function withoutIslands(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (!last || !isIsland(last.kept.join('')) || !isReplaced(last) || !isReplaced(part)) {
      result.push(part);
      continue;
    }
    last.removed.push(...last.kept, ...part.removed);
    last.added.push(...last.kept, ...part.added);
    last.kept = part.kept;
  }
  return result;
}

const isIsland = (text: string) => text.length <= 2 && !/[\n、。,・<>()「」]|\d/.test(text);
const isReplaced = ({ removed, added }: Part) => removed.length > 0 && added.length > 0;

/** What both begin and end with is kept, but figures and Latin words stay whole: 12 → 13 is no change of a 2. */
function characterRuns(before: string, after: string): Run[] {
  const [left, right] = [characters(before), characters(after)];
  const most = Math.min(left.length, right.length);
  let head = 0;
  while (head < most && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < most - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const cut = (all: string[], from: number, to: number) => all.slice(from, to).join('');
  return [
    { kind: 'kept', text: cut(left, 0, head) },
    { kind: 'removed', text: cut(left, head, left.length - tail) },
    { kind: 'added', text: cut(right, head, right.length - tail) },
    { kind: 'kept', text: cut(left, left.length - tail, left.length) },
  ];
}

const characters = (text: string) => found(text, /\d+(?:[,.]\d+)*|[A-Za-z]+|\P{M}\p{M}*|\p{M}/gsu);

/** Without empty runs; neighbours of one kind as one, removed before added within a change. */
function joined(runs: Run[]): Run[] {
  const result: Run[] = [];
  let change: { removed: string; added: string } | undefined;
  const flush = () => {
    for (const kind of ['removed', 'added'] as const) if (change?.[kind]) result.push({ kind, text: change[kind] });
    change = undefined;
  };
  for (const { kind, text } of runs) {
    if (text === '') continue;
    if (kind !== 'kept') {
      change ??= { removed: '', added: '' };
      change[kind] += text;
      continue;
    }
    flush();
    const last = result.at(-1);
    if (last?.kind === 'kept') last.text += text;
    else result.push({ kind, text });
  }
  flush();
  return result;
}

import { lines, type Part, replacements, wordParts, words } from '../../compare/words.ts';

/** Three texts: by line, and where lines meet, by word. Undefined where both changed the same words, or words side by side. */
export function mergeTexts(base: string, ours: string, theirs: string): string | undefined {
  return mergeLines(base, ours, theirs, (was, here, there) =>
    mergeHunks(words(was), hunksOf(wordParts(was, here)), hunksOf(wordParts(was, there)), () => undefined),
  );
}

type Settle = (base: string, ours: string, theirs: string) => string | undefined;

/** Three texts by line; where lines meet that both changed, `settle` says what becomes of them. */
export function mergeLines(
  base: string,
  ours: string,
  theirs: string,
  settle: Settle = () => undefined,
): string | undefined {
  const was = lines(base);
  const of = (side: string) => hunksOf(replacements(was, lines(side)));
  return mergeHunks(was, of(ours), of(theirs), settle);
}

/** What stands between two places of the base gives way to other words. */
interface Hunk {
  from: number;
  to: number;
  added: string[];
}

function hunksOf(parts: readonly Part[]): Hunk[] {
  let at = 0;
  return parts.flatMap(({ removed, added, kept }) => {
    const hunk = { from: at, to: at + removed.length, added };
    at = hunk.to + kept.length;
    return removed.length + added.length === 0 ? [] : [hunk];
  });
}

function mergeHunks(
  base: readonly string[],
  ours: readonly Hunk[],
  theirs: readonly Hunk[],
  settle: Settle,
): string | undefined {
  const all = [...ours, ...theirs].sort((a, b) => a.from - b.from || a.to - b.to);
  const done: string[] = [];
  let at = 0;
  for (let next = 0; next < all.length; ) {
    const { from } = all[next] as Hunk;
    let to = from;
    // Without a word between them that stayed, nobody knows which belongs before the other.
    for (; next < all.length && (all[next] as Hunk).from <= to; next += 1) to = Math.max(to, (all[next] as Hunk).to);
    const within = (hunks: readonly Hunk[]) => hunks.filter((hunk) => hunk.from >= from && hunk.to <= to);
    const region = (hunks: readonly Hunk[]) => replaced(base, from, to, within(hunks));
    const [was, here, there] = [base.slice(from, to).join(''), region(ours), region(theirs)];
    const settled = here === there || there === was ? here : here === was ? there : settle(was, here, there);
    if (settled === undefined) return undefined;
    done.push(...base.slice(at, from), settled);
    at = to;
  }
  return [...done, ...base.slice(at)].join('');
}

function replaced(base: readonly string[], from: number, to: number, hunks: readonly Hunk[]): string {
  const done: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    done.push(...base.slice(at, hunk.from), ...hunk.added);
    at = hunk.to;
  }
  return [...done, ...base.slice(at, to)].join('');
}

import { distance } from 'fastest-levenshtein';

/** What nothing is done to, as most names. */
const isPlain = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fffA-Za-z0-9]*$/;

/** The candidate that `name` is most likely a slip of, as a part of a diagnostic; nothing when none is near. */
export function nearest(name: string, candidates: Iterable<string>): { nearest?: string } {
  const wanted = plain(name);
  const signs = sorted(wanted);
  const sum = sumOf(wanted);
  // One sign of a short name, and of a long one a quarter: a proposal that is only the least far one leads astray.
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  let best: string | undefined;
  for (const candidate of candidates) {
    const other = plain(candidate);
    // Each sign that one has more is a step.
    if (Math.abs(other.length - wanted.length) >= least) continue;
    // Two signs that have changed places are one slip.
    const isSwapped = other.length === wanted.length && sumOf(other) === sum && sorted(other) === signs;
    const steps = isSwapped ? Math.min(1, distance(wanted, other)) : distance(wanted, other);
    if (steps >= least || steps >= Math.max(wanted.length, other.length)) continue;
    best = candidate;
    least = steps;
  }
  return best === undefined || best === name ? {} : { nearest: best };
}

const plain = (text: string) => (isPlain.test(text) ? text : text.normalize('NFKC').replaceAll(/[\s・:：]/g, ''));

/** Whether one sign too many, too few or another one, or two that have changed places, are all that differs. */
export function isOneStep(name: string, candidate: string): boolean {
  const [a, b] = [plain(name), plain(candidate)];
  const steps = distance(a, b);
  if (steps > 1) return isSwap(a, b);
  // Of two signs one is half of all.
  return steps === 0 || a.length !== b.length || a.length > 2;
}

/** Whether two signs side by side have changed places. */
function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((sign, index) => sign !== b[index]);
  return a.length === b.length && a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}

const sorted = (text: string): string => [...text].sort().join('');

/** The same for all orders of the same signs, and quicker than to sort them. */
function sumOf(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum += text.charCodeAt(index);
  return sum;
}

/** More slips of different names are no slips. */
const mostProposals = 100;

/** nearest() of a name among these, once for each name; none any more for those behind the first hundred. */
export function proposer(candidates: Iterable<string>): (name: string) => { nearest?: string } {
  const all = [...candidates];
  const known = new Map<string, { nearest?: string }>();
  return (name) => {
    const before = known.get(name);
    if (before || known.size >= mostProposals) return before ?? {};
    const found = nearest(name, all);
    known.set(name, found);
    return found;
  };
}

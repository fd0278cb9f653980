import { distance } from 'fastest-levenshtein';

/** The candidate that `name` is most likely a slip of, as a part of a diagnostic; nothing when none is near. */
export function nearest(name: string, candidates: Iterable<string>): { nearest?: string } {
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\s・:：]/g, '');
  const wanted = plain(name);
  const signs = sorted(wanted);
  // One sign of a short name, and of a long one a quarter: a proposal that is only the least far one leads astray.
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  let best: string | undefined;
  for (const candidate of candidates) {
    const other = plain(candidate);
    // Two signs that have changed places are one slip.
    const steps = sorted(other) === signs ? Math.min(1, distance(wanted, other)) : distance(wanted, other);
    if (steps >= least || steps >= Math.max(wanted.length, other.length)) continue;
    best = candidate;
    least = steps;
  }
  return best === undefined || best === name ? {} : { nearest: best };
}

const sorted = (text: string): string => [...text].sort().join('');

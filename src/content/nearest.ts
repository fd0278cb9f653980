import { distance } from 'fastest-levenshtein';

/** What nothing is done to, as most names. */
const isPlain = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fffA-Za-z0-9]*$/;

/** The candidate that `name` is most likely a slip of, as a part of a diagnostic; nothing when none is near. */
export function nearest(name: string, candidates: Iterable<string>): { nearest?: string } {
  const plain = (text: string) => (isPlain.test(text) ? text : text.normalize('NFKC').replaceAll(/[\s・:：]/g, ''));
  const wanted = plain(name);
  let best: string | undefined;
  let least = Math.max(1, Math.ceil(wanted.length / 2));
  for (const candidate of candidates) {
    const other = plain(candidate);
    if (Math.abs(other.length - wanted.length) > least) continue;
    const steps = distance(wanted, other);
    if (steps < least || (steps === least && best === undefined && steps < Math.max(wanted.length, 2))) {
      best = candidate;
      least = steps;
    }
  }
  return best === undefined || best === name ? {} : { nearest: best };
}

import { isBlank } from './blanks.ts';

/** The first place from `at` on that is no blank of any kind. */
export function skipBlanks(line: string, at: number): number {
  let next = at;
  while (isBlank(line[next])) next += 1;
  return next;
}

/** Where the colon of a key stands that begins at `start`, or -1. */
export function keyEnd(line: string, start: number): number {
  let at = start;
  if (line[at] === '"' || line[at] === "'") {
    at = quoteEnd(line, at);
    if (at < 0) return -1;
  } else if (line[at] === '[' || line[at] === '{') return -1;
  for (; at < line.length; at += 1) {
    if (line[at] === '#' && isBlank(line[at - 1])) return -1;
    if (line[at] === ':' && (at + 1 === line.length || isBlank(line[at + 1]))) return at;
  }
  return -1;
}

/** Just behind the quote that closes the one at `at`; -1 when it is not in this line. */
export function quoteEnd(line: string, at: number): number {
  const quote = line[at];
  for (let next = at + 1; next < line.length; next += 1) {
    if (quote === '"' && line[next] === '\\') next += 1;
    else if (line[next] === quote) {
      if (quote === "'" && line[next + 1] === quote) next += 1;
      else return next + 1;
    }
  }
  return -1;
}

/** "|-" and the like at `at`, with nothing behind it that anybody sees but a comment: where its signs end, or -1. */
export function blockHeaderEnd(line: string, at: number): number {
  if (line[at] !== '|' && line[at] !== '>') return -1;
  let end = at + 1;
  while (end < at + 3 && /[-+1-9]/.test(line[end] ?? '')) end += 1;
  const rest = skipBlanks(line, end);
  return rest === line.length || (rest > end && line[rest] === '#') ? end : -1;
}

import { hasSign } from '../content/yaml/characters.ts';

/** What printers put where a type was missing. */
const missing = '〓';

/** `data` with 〓 for each character that the fonts do not have: an edition with errors may hold any, and papers show it too. */
export function printable<T>(data: T): T {
  if (typeof data === 'string') return withSigns(data) as T;
  if (Array.isArray(data)) return data.map(printable) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printable(value)])) as T;
}

const withSigns = (text: string): string =>
  /^[\n -~\u3041-\u30fe]*$/.test(text)
    ? text
    : [...text].map((character) => (character === '\n' || hasSign(character) ? character : missing)).join('');

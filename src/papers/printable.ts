import { hasSign } from '../content/yaml/characters.ts';
import { mapTexts } from '../render/data.ts';

/** What printers put where a type was missing. */
const missing = '〓';

/** `data` with 〓 for each character that the fonts do not have: an edition with errors may hold any, and papers show it too. */
export const printable = <T>(data: T): T => mapTexts(data, withSigns);

const withSigns = (text: string): string =>
  /^[\n -~\u3041-\u30fe]*$/.test(text)
    ? text
    : [...text].map((character) => (character === '\n' || hasSign(character) ? character : missing)).join('');

// Texts as they are seen: without phonetic guides, several fonts as one text, every line break as \n.
import { BookProblem } from './problem.ts';
import type { Handler } from './xml.ts';

const stringLimit = 1_000_000;

/** How a word is read, which stands above it: not what was typed. */
export const isPhonetic = (path: readonly string[]) => path.includes('rPh');

/** `_x000D_` is a carriage return, and `_x005F_x000D_` what looks like one: decoded once. */
export const plainText = (text: string): string =>
  (text.includes('_x') ? decoded(text) : text).replaceAll(/\r\n?/g, '\n');

const decoded = (text: string): string =>
  text
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    // Halves of a character have no place in a file.
    .replaceAll(/\p{Cs}/gu, '\ufffd');

/** The texts that cells name by their place */
export function stringsReader(): { handler: Handler; strings: string[] } {
  const strings: string[] = [];
  let text = '';
  return {
    strings,
    handler: {
      text(path, piece) {
        if (path[1] === 'si' && path.at(-1) === 't' && !isPhonetic(path)) text += piece;
      },
      close(path) {
        if (path.length !== 2 || path[1] !== 'si') return;
        if (strings.length >= stringLimit) throw new BookProblem('large');
        strings.push(plainText(text));
        text = '';
      },
    },
  };
}

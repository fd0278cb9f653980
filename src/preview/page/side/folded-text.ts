// How texts are compared: width, case, kana, white space and the kind of a hyphen between digits make no difference.

/** A folded text and, for each of its UTF-16 units, where in the original it comes from. */
export interface FoldedText {
  text: string;
  /** [from, to) in the original; by index of `text`. */
  origins: [from: number, to: number][];
}

/** ＳＭＳ → sms, ﾃﾞｰﾀ and でーた → データ, 1ー1－2 → 1-1-2; line breaks and spaces go, so that a word may run over lines. */
export function fold(text: string): string {
  return hyphens(plain(text));
}

/** As fold(), with the way back. */
export function foldWithOrigins(text: string): FoldedText {
  const origins: FoldedText['origins'] = [];
  let folded = '';
  // By grapheme: NFKC joins a half-width kana with its voiced sound mark.
  for (const { segment, index } of new Intl.Segmenter('ja').segment(text)) {
    const part = plain(segment);
    for (let unit = 0; unit < part.length; unit += 1) origins.push([index, index + segment.length]);
    folded += part;
  }
  return { text: hyphens(folded), origins };
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s/gu, '')
    .replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** What an input method gives for a hyphen; one unit for one unit. */
const hyphens = (text: string) => text.replace(/(?<=\d)[ー‐‑‒–—―−](?=\d)/gu, '-');

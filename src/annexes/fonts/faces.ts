/** A free font that stands for fonts of the same widths. */
export interface Face {
  /** As the document names it: Arimo-BoldItalic. */
  name: string;
  /** In fonts/substitutes/, packed. */
  file: string;
  isJapanese: boolean;
}

/** Names of fonts without blanks and small, as far as the style; the free fonts that have their widths. */
const families: readonly (readonly [names: RegExp, family: string])[] = [
  [/^(?:arial(?:unicodems)?|helvetica|liberationsans)/, 'Arimo'],
  [/^(?:timesnewroman|times|liberationserif)/, 'Tinos'],
  [/^(?:couriernew|courier|liberationmono)/, 'Cousine'],
  [/^(?:ms|ｍｓ)-?(?:p|ｐ)?-?(?:gothic|ゴシック)/, 'BIZUDGothic'],
  [/^(?:heiseikakugo|kozgo|gothicbbb|shingo|yugothic|游ゴシック|meiryo|メイリオ|hirakaku)/, 'BIZUDGothic'],
  [/^(?:ms|ｍｓ)-?(?:p|ｐ)?-?(?:mincho|明朝)/, 'BIZUDMincho'],
  [/^(?:heiseimin|kozmin|ryumin|yumincho|游明朝|hiramin)/, 'BIZUDMincho'],
];
/** What may follow in a Latin font's name: others are of another width (ArialNarrow, HelveticaNeue). */
const styles = /^(?:regular|normal|roman|bold|italic|oblique|ps|mt|std|[-,])*$/;
/** What may follow in a Japanese one's: weights, versions of the family, the encoding. */
const japaneseStyles = /^[a-z0-9,-]*$/;

/** The face that stands for a font of this name; undefined: none has its widths. */
export function faceFor(name: string): Face | undefined {
  const compact = name.replaceAll(/[\s_]/g, '').toLowerCase();
  for (const [names, family] of families) {
    const [start] = names.exec(compact) ?? [];
    if (start === undefined) continue;
    const isJapanese = family.startsWith('BIZ');
    const style = compact.slice(start.length);
    if (!(isJapanese ? japaneseStyles : styles).test(style)) return undefined;
    const isBold = /bold|heavy|-w[6-9]/.test(style);
    const isItalic = !isJapanese && /italic|oblique/.test(style);
    const weight = isBold ? '700Bold' : '400Regular';
    return {
      name: `${family}-${[isBold ? 'Bold' : '', isItalic ? 'Italic' : ''].join('') || 'Regular'}`,
      file: `${family}_${weight}${isItalic ? '_Italic' : ''}.ttf.br`,
      isJapanese,
    };
  }
  return undefined;
}

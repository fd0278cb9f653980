/** A free font that stands for fonts of the same widths. */
export interface Face {
  /** As the document names it: Arimo-BoldItalic. */
  name: string;
  /** In fonts/substitutes/, packed. */
  file: string;
  isJapanese: boolean;
}

/** Names of fonts without blanks and small, as far as the style; the free fonts that have their widths. */
const latin: readonly (readonly [names: RegExp, family: string])[] = [
  [/^(?:arial(?:unicodems)?|helvetica|liberationsans)/, 'Arimo'],
  [/^(?:timesnewroman|times|liberationserif)/, 'Tinos'],
  [/^(?:couriernew|courier|liberationmono)/, 'Cousine'],
];
/** What may follow: others are of another width (ArialNarrow, HelveticaNeue). */
const styles = /^(?:regular|normal|roman|bold|italic|oblique|ps|mt|std|[-,])*$/;
/** Japanese ones, whatever follows: weights, versions of the family, the encoding. */
const japanese: readonly (readonly [names: RegExp, family: string])[] = [
  [/^ms-?p?-?(?:ui)?(?:gothic|ゴシック)/, 'BIZUDGothic'],
  [/^(?:heiseikakugo|kozgo|gothicbbb|shingo|yugothic|游ゴシック|meiryo|メイリオ|hirakaku)/, 'BIZUDGothic'],
  [/^ms-?p?-?(?:mincho|明朝)/, 'BIZUDMincho'],
  [/^(?:heiseimin|kozmin|ryumin|yumincho|游明朝|hiramin)/, 'BIZUDMincho'],
];
/** Others whose characters are Japanese. */
const ofJapan1: readonly (readonly [names: RegExp, family: string])[] = [
  [/mincho|明朝|times|liberationserif/, 'BIZUDMincho'],
  [/gothic|ゴシック|arial|helvetica|courier/, 'BIZUDGothic'],
];

/** The face that stands for a font of this name; undefined: none has its widths. `ordering`: the collection of its characters. */
export function faceFor(name: string, ordering?: string): Face | undefined {
  const compact = name.normalize('NFKC').replaceAll(/[\s_]/g, '').toLowerCase();
  const isJapanese = ordering === 'Japan1' || japanese.some(([names]) => names.test(compact));
  const families = isJapanese ? [...japanese, ...(ordering === 'Japan1' ? ofJapan1 : [])] : latin;
  const [names, family] = families.find(([it]) => it.test(compact)) ?? [];
  if (!names || family === undefined || (!isJapanese && !styles.test(compact.replace(names, '')))) return undefined;
  const isBold = /bold|heavy|-w[6-9]/.test(compact);
  const isItalic = !isJapanese && /italic|oblique/.test(compact);
  return {
    name: `${family}-${[isBold ? 'Bold' : '', isItalic ? 'Italic' : ''].join('') || 'Regular'}`,
    file: `${family}_${isBold ? '700Bold' : '400Regular'}${isItalic ? '_Italic' : ''}.ttf.br`,
    isJapanese,
  };
}

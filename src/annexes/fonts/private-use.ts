import { ofAdobe, ofOpenSymbol, ofOtherFonts, symbolFonts } from './symbol-fonts.ts';

const fonts: readonly (readonly [RegExp, keyof typeof symbolFonts])[] = [
  [/wingdings2/, 'wingdings2'],
  [/wingdings3/, 'wingdings3'],
  [/wingdings/, 'wingdings'],
  [/webdings/, 'webdings'],
  [/dingbats|^monotypesorts/, 'dingbats'],
  [/^mtextra/, 'mtExtra'],
  [/^(?:standard|open|star)?symbol/, 'symbol'],
];
const tables = new Map<string, string[]>();

const plain = (font: string) => font.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const tableOf = (font: string) => fonts.find(([pattern]) => pattern.test(font))?.[1];

/** What a font of signs shows at a code by its own encoding. */
export function signText(code: number, font: string): string | undefined {
  const table = tableOf(plain(font));
  return table && signOf(table, code);
}

/** The characters that signs of the Private Use Area show, by the font that has them; what is unknown is left. */
export function publicText(text: string, font: string): string {
  if (!/\p{Co}/u.test(text)) return text;
  const name = plain(font);
  return Array.from(text, (sign) => publicSign(sign.codePointAt(0) as number, name) ?? sign).join('');
}

function publicSign(sign: number, font: string): string | undefined {
  const table = tableOf(font);
  // A font of signs has code xx at U+F0xx.
  if (table && sign >= 0xf020 && sign <= 0xf0ff) return signOf(table, sign & 0xff);
  if (/^(?:open|star)symbol/.test(font)) {
    const run = ofOtherFonts.find(([first, , , count]) => sign >= first && sign < first + count);
    return run ? signOf(run[1], sign - run[0] + run[2]) : inRuns(ofOpenSymbol, sign);
  }
  // Small capitals and old figures, by the codes of the letters in Latin 1.
  if (sign > 0xf720 && sign <= 0xf7ff) return String.fromCharCode(sign & 0xff);
  return inRuns(ofAdobe, sign);
}

function signOf(font: keyof typeof symbolFonts, code: number): string | undefined {
  const table = tables.get(font) ?? Array.from(symbolFonts[font].join(''));
  tables.set(font, table);
  return known(table[code - 0x20]);
}

const inRuns = (runs: readonly (readonly [number, string])[], sign: number) =>
  runs.map(([first, signs]) => known(Array.from(signs)[sign - first])).find((found) => found !== undefined);
const known = (sign: string | undefined) => (sign === '\ufffd' ? undefined : sign);

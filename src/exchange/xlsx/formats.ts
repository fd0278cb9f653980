// Number formats, as far as they tell a day from a number and what a Japanese spreadsheet shows (ECMA-376 Part 1, 18.8.30).
import { grouped } from '../../model/amounts.ts';

/** A format with number of its own has no text in the file: these are the ones of Japanese Excel. */
const builtIn: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0;"¥"\\-#,##0',
  6: '"¥"#,##0;[Red]"¥"\\-#,##0',
  7: '"¥"#,##0.00;"¥"\\-#,##0.00',
  8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: '[$-411]ge.m.d',
  28: '[$-411]ggge"年"m"月"d"日"',
  29: '[$-411]ggge"年"m"月"d"日"',
  30: 'm/d/yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"時"mm"分"',
  33: 'h"時"mm"分"ss"秒"',
  34: 'yyyy"年"m"月"',
  35: 'm"月"d"日"',
  36: '[$-411]ge.m.d',
  37: '#,##0;\\-#,##0',
  38: '#,##0;[Red]\\-#,##0',
  39: '#,##0.00;\\-#,##0.00',
  40: '#,##0.00;[Red]\\-#,##0.00',
  41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
  42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
  43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
  44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  50: '[$-411]ge.m.d',
  51: '[$-411]ggge"年"m"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: '[$-411]ggge"年"m"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: '[$-411]ge.m.d',
  58: '[$-411]ggge"年"m"月"d"日"',
};

/** undefined for General, and for text */
export function formatOf(id: number, own: ReadonlyMap<number, string>): NumberFormat | undefined {
  const code = own.get(id) ?? builtIn[id];
  if (code === undefined || /^(?:general|@)$/i.test(code)) return undefined;
  const sections = sectionsOf(code);
  const dates = (sections[0] ?? []).filter(({ type }) => type === 'date').map(({ text }) => text);
  const hasTime = dates.some((text) => /^\[?[hs]/.test(text));
  // With hours or seconds, m alone are minutes.
  const isDay = dates.some((text) => /^[ydgear]+$/.test(text) || (!hasTime && /^m+$/.test(text)));
  return { code, sections, kind: isDay ? 'day' : dates.length > 0 ? 'time' : 'number' };
}

export interface NumberFormat {
  code: string;
  sections: readonly Token[][];
  /** Whether numbers are days, or times without a day */
  kind: 'day' | 'time' | 'number';
}

export interface Token {
  type: /** Stands there as it is */
    | 'literal'
    /** yyyy, m, AM/PM: in lower case */
    | 'date'
    /** Placeholders of a number: #,##0.00 */
    | 'digits'
    | 'percent'
    /** What is not shown here: a condition, an exponent, digits in kanji, the 元 of a first year */
    | 'unknown';
  text: string;
}

const token =
  /"([^"]*)"?|\\(.)|_(.)|\*.|\[\$([^\]-]*)(?:-([^\]]*))?\]|\[([^\]]*)\]|(general|g\/標準)|(am\/pm|a\/p)|(e[+-])|(y+|m+|d+|h+|s+|g+|e+|a+|r+)|([0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(%)|(;)|([\s\S])/gi;

function sectionsOf(code: string): Token[][] {
  const sections: Token[][] = [[]];
  const add = (type: Token['type'], text: string) => sections.at(-1)?.push({ type, text });
  for (const [
    ,
    quoted,
    escaped,
    wide,
    currency,
    locale,
    bracket,
    general,
    noon,
    exponent,
    letters,
    digits,
    percent,
    end,
    other,
  ] of code.matchAll(token)) {
    if (end !== undefined) sections.push([]);
    else if (wide !== undefined) add('literal', ' ');
    else if (letters ?? noon) add('date', (letters ?? noon ?? '').toLowerCase());
    else if (digits !== undefined) add('digits', digits);
    else if (percent !== undefined) add('percent', percent);
    else if (currency !== undefined) {
      if (locale?.includes('gannen')) add('unknown', locale);
      add('literal', currency);
    } else if (bracket !== undefined) {
      if (/^(?:h+|m+|s+)$/i.test(bracket)) add('date', `[${bracket.toLowerCase()}]`);
      else if (/^(?:dbnum|[<>=])/i.test(bracket)) add('unknown', bracket);
    } else if (general !== undefined || exponent !== undefined || other === '@') add('unknown', '');
    else add('literal', quoted ?? escaped ?? other ?? '');
  }
  return sections;
}

/** What is shown of a number, where that can be told */
export function shownNumber(value: number, { sections }: NumberFormat): string | undefined {
  const at = value < 0 ? 1 : value === 0 ? 2 : 0;
  const section = sections[at] ?? sections[0] ?? [];
  if (sections.some((tokens) => tokens.some(({ type, text }) => type === 'unknown' && text !== ''))) return undefined;
  const digits = section.filter(({ type }) => type === 'digits');
  if (section.some(({ type }) => type === 'unknown' || type === 'date') || digits.length > 1) return undefined;
  const percents = section.filter(({ type }) => type === 'percent').length;
  const amount = digits[0] && digitsOf(Math.abs(value) * 100 ** percents, digits[0].text);
  if (digits.length > 0 && amount === undefined) return undefined;
  // Whether a minus stands in front of a number that is shown as 0 differs from program to program.
  const isNegative = value < 0 && sections[1] === undefined;
  if (isNegative && !/[1-9]/.test(amount ?? '')) return undefined;
  const text = section.map(({ type, text }) => (type === 'digits' ? (amount ?? '') : text)).join('');
  return `${isNegative ? '-' : ''}${text}`.trim();
}

function digitsOf(value: number, format: string): string | undefined {
  if (format.includes('?')) return undefined;
  const [whole = '', places = ''] = format.split('.').map((part) => without(',', part));
  // A comma behind all digits divides.
  const divided =
    format.length - without(',', format).length + (places === '' ? 0 : format.indexOf('.') - whole.length);
  const exact = Number((value / 1000 ** divided).toPrecision(15));
  if (exact >= 1e15 || places.length > 9) return undefined;
  const power = 10 ** places.length;
  const rounded = exact < 1e-6 ? 0 : Math.round(Number(`${exact}e${places.length}`)) / power;
  const [left = '', right = ''] = rounded.toFixed(places.length).split('.');
  const digits = (left === '0' ? '' : left).padStart(whole.replaceAll(/[^0]/g, '').length, '0');
  const needed = places.lastIndexOf('0') + 1;
  const kept = right.slice(0, needed) + without('0', right.slice(needed));
  return `${whole.includes(',') ? grouped(digits) : digits}${format.includes('.') ? `.${kept}` : ''}`;
}

/** A text without these signs at its end */
function without(sign: string, text: string): string {
  let end = text.length;
  while (text[end - 1] === sign) end--;
  return text.slice(0, end);
}

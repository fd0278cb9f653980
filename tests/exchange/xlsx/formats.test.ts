import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoMoment, momentOf, momentOfIso, shownMoment } from '../../../src/exchange/xlsx/days.ts';
import { formatOf, shownNumber } from '../../../src/exchange/xlsx/formats.ts';

const settings = { numRuns: Number(process.env.RUNS ?? 300), seed: 15 };
const formatFrom = (code: string | number) =>
  typeof code === 'number' ? formatOf(code, new Map()) : formatOf(164, new Map([[164, code]]));

describe('numbers', () => {
  test.each<[number, string | number, string | undefined]>([
    [1234567.5, 3, '1,234,568'],
    [-1234, 38, '-1,234'],
    [1234, 41, '1,234'],
    [0, 41, '-'],
    [1234, 5, '¥1,234'],
    [0.345, 9, '35%'],
    [0.12345, 10, '12.35%'],
    [1234567, '#,##0,', '1,235'],
    [1234567890, '#,##0,,"百万円"', '1,235百万円'],
    [-1500, '#,##0;"▲"#,##0', '▲1,500'],
    [-1500, '#,##0;△#,##0', '△1,500'],
    [-1500, '#,##0_);[赤]\\(#,##0\\)', '(1,500)'],
    [1500, '[$¥-411]#,##0', '¥1,500'],
    [1500, '#,##0"千円"', '1,500千円'],
    [1500, '[Blue]#,##0', '1,500'],
    [0, '#,##0;-#,##0;', ''],
    [5, '000', '005'],
    [1.005, '0.00', '1.01'],
    [2.5, '0', '3'],
    [0.5, '#.##', '.5'],
    [2, '0.##', '2.'],
    [12, '"第"0"号"', '第12号'],
    // Not told: programs differ, or there is more to it.
    [-0.4, '0', undefined],
    [1, '0.00E+00', undefined],
    [0.5, '# ?/?', undefined],
    [12, '[DBNum1]0', undefined],
    [12, '[>=10]"大"0;0', undefined],
    [1234567, '000-0000', undefined],
    [1500, 'General"円"', undefined],
    [1e20, '#,##0', undefined],
  ])('%d as %s', (value, code, shown) => {
    const format = formatFrom(code);
    expect(format?.kind).toBe('number');
    expect(format && shownNumber(value, format)).toBe(shown);
  });

  test('with commas and places they are what other programs show', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat(4), (thousandths, places) => {
        const value = thousandths / 1000;
        const format = formatFrom(`#,##0${places > 0 ? `.${'0'.repeat(places)}` : ''}`);
        const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
        const expected = new Intl.NumberFormat('en', { ...digits, roundingMode: 'halfExpand' } as object).format(value);
        const shown = format && shownNumber(value, format);
        if (/[1-9]/.test(expected) || value >= 0) expect(shown).toBe(expected);
        else expect(shown).toBeUndefined();
      }),
      settings,
    );
  });
});

describe('days', () => {
  const at = { year: 2026, month: 3, day: 4, seconds: 9 * 3600 + 5 * 60 + 7 };
  test.each<[string | number, string | undefined]>([
    [14, '2026/3/4'],
    [22, '2026/3/4 9:05'],
    [27, 'R8.3.4'],
    [28, '令和8年3月4日'],
    [31, '2026年3月4日'],
    [55, '2026年3月'],
    [56, '3月4日'],
    ['yyyy/mm/dd', '2026/03/04'],
    ['YYYY\\-MM\\-DD\\ HH:MM:SS', '2026-03-04 09:05:07'],
    ['[$-411]gge"年"', '令8年'],
    ['[$-ja-JP]ggge"年"m"月"d"日";@', '令和8年3月4日'],
    ['[$-411]gee.mm.dd', 'R08.03.04'],
    ['m/d(aaa)', '3/4(水)'],
    ['aaaa', '水曜日'],
    ['yy.m.d', '26.3.4'],
    ['mmm-yy', 'Mar-26'],
    ['yyyy/m/d h:mm AM/PM', '2026/3/4 9:05 AM'],
    ['d"日" h"時"mm"分"', '4日 9時05分'],
    // Not told
    ['[$-ja-JP-x-gannen]ggge"年"', undefined],
    ['[DBNum3]yyyy', undefined],
    ['dddd', undefined],
    ['yyyy/m/d ss.00', undefined],
  ])('as %s', (code, shown) => {
    const format = formatFrom(code);
    expect(format?.kind).toBe('day');
    expect(format && shownMoment(at, format)).toBe(shown);
  });

  test.each(['h:mm', 'mm:ss', '[h]:mm:ss', 'h"時"mm"分"', '[mm]:ss', 'h:mm AM/PM', 'ss'])(
    '%s is a time alone',
    (code) => {
      expect(formatFrom(code)?.kind).toBe('time');
    },
  );
  test.each(['General', '@', 'GENERAL', 0, 49, 999])('%s is none', (code) => {
    expect(formatFrom(code)).toBeUndefined();
  });

  test('eras begin on their days', () => {
    const format = formatFrom('[$-411]ge.m.d');
    const shown = [
      '2019-05-01',
      '2019-04-30',
      '1989-01-08',
      '1989-01-07',
      '1926-12-25',
      '1926-12-24',
      '1912-07-30',
      '1912-07-29',
    ].map((iso) => format && shownMoment({ ...at, ...(momentOfIso(iso) as object) }, format));
    expect(shown).toEqual(['R1.5.1', 'H31.4.30', 'H1.1.8', 'S64.1.7', 'S1.12.25', 'T15.12.24', 'T1.7.30', 'M45.7.29']);
  });

  test('both beginnings count the same days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1462, max: 2958465 }), fc.nat(86399), (serial, second) => {
        const part = second / 86400;
        const moment = momentOf(serial + part, false);
        expect(moment).toEqual(momentOf(serial - 1462 + part, true));
        const expected = new Date(Date.UTC(1899, 11, 30, 0, 0, second) + serial * 86_400_000).toISOString();
        expect(moment && isoMoment(moment)).toBe(expected.slice(0, 19));
        expect(momentOfIso(expected)).toEqual(moment);
      }),
      settings,
    );
    expect([1, 59, 60, 61].map((serial) => isoMoment(momentOf(serial, false) ?? at).slice(0, 10))).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
    ]);
    expect([0, -1, 0.5, 2958466, Number.NaN].map((serial) => momentOf(serial, false))).toEqual(
      Array(5).fill(undefined),
    );
  });

  test('what is no day in ISO 8601 is none', () => {
    expect(momentOfIso('12:30:00')).toBe(45_000 / 86_400);
    expect(momentOfIso('1899-12-30T12:00:00.000')).toBe(0.5);
    const none = ['', 'R8.3.4', '2026-02-30', '2026-13-01', '2026-03-04T25:00', '2026', '1899-12-30', 'Z'];
    expect(none.filter((text) => momentOfIso(text) !== undefined)).toEqual([]);
  });
});

test('any code is a format, and shows something or nothing', () => {
  const piece = fc.constantFrom(
    ...'0#?,.%;@"\\_*[]/年-e+ ',
    'yyyy',
    'm',
    'd',
    'ggg',
    'h',
    'AM/PM',
    '[$-411]',
    '[h]',
    'General',
    '[Red]',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.double(), (pieces, value) => {
      const format = formatFrom(pieces.join(''));
      if (!format) return;
      const moment = momentOf(value, false);
      for (const shown of [shownNumber(value, format), moment && shownMoment(moment, format)])
        expect(['string', 'undefined']).toContain(typeof shown);
    }),
    { ...settings, numRuns: settings.numRuns * 10 },
  );
});

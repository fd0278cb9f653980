import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { held, listSign, unheld } from '../../src/render/held.ts';
import { em, hangs, mayBreak, pieceEnd, together } from '../../src/render/text-width.ts';

const runs = Number(process.env.RUNS ?? 300);

/** `text` as it is drawn in a column of `room` em, marks shown: ~ where no line breaks, > where the lines below begin. */
function shown(text: string, room: number, key = 'plan'): string {
  const widths = { plan: (room * 9 * 25.4) / 72 + 2.4 };
  const { measures } = held({ widths, plans: [], measures: [{ plan: '', [key]: text }] });
  return ((measures[0] as Record<string, string>)[key] ?? '').replaceAll(together, '~').replaceAll(hangs, '>');
}

describe('what a line break leaves together', () => {
  test.each([
    ['利用を始めて4年目を迎える', '利用を始めて4~年~目を迎え~る'],
    ['職員を新たに2名配置する', '職員を新たに2~名配置す~る'],
    ['手書きをAI-OCRで読み取る', '手書きをAI~-~OCRで読み取~る'],
    ['予算は約1,000千円とする', '予算は約~1,000~千~円とす~る'],
    ['次の年の令和7年度末まで', '次の年の令~和~7~年~度~末ま~で'],
    ['窓口の案内を充実させる。', '窓口の案内を充実させ~る。'],
    ['窓口の案内を(充実する)', '窓口の案内を(充実す~る)'],
  ])('%s', (text, expected) => {
    expect(shown(text, 8)).toBe(expected);
  });

  test('a line that surely fits is left alone, whatever it says', () => {
    expect(shown('4年目に2名をAI-OCRへ', 40)).toBe('4年目に2名をAI-OCRへ');
    expect(shown('短い\n・利用を始めて4年目を迎える', 9)).toBe('短い\n・>利用を始めて4~年~目を迎え~る');
  });
  test('what is wider than its column stays breakable', () => {
    expect(shown('第123456789012345回の会議を開く', 5)).not.toContain('回~の');
  });
});

describe('lists', () => {
  test.each([
    ...['・', '※', '○', '①', '(1)', '1.', 'ア.', '1　', '(ア) ', '■ '].map(
      (sign) => [`${sign}窓口の案内`, sign] as const,
    ),
    ...['窓口', '1.5倍', '2025年', '-3', '→', 'DX推進', '令和', ''].map((line) => [line, ''] as const),
  ])('%j begins with %j', (line, sign) => {
    expect(listSign(line)).toBe(sign);
  });
  test('a heading never hangs', () => {
    expect(shown('・利用を始めて長い年月を迎える取組', 8, 'title')).not.toContain('>');
  });
});

const sign = fc.constantFrom(
  ...'窓口案内を充実する取組みカタカナー・、。「」()（）0123456789年名回件第約AIOCRab-.,① ※\u3099𠮷ゃっ\n',
);
const text = fc.array(sign, { maxLength: 80 }).map((signs) => signs.join(''));

test('only marks are added, and the text reads as it was', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 3, max: 30 }), (string, room) => {
      const marks = shown(string, room).replaceAll('~', together).replaceAll('>', hangs);
      expect(unheld(marks)).toBe(string);
    }),
    { numRuns: runs },
  );
});

test('no line that could be broken into its column is wider than it by its marks', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 8, max: 30 }), (string, room) => {
      const marked = shown(string, room).split('\n');
      for (const [index, line] of string.split('\n').entries()) {
        const most = widest(line, () => true);
        if (most > room - 4) continue;
        const drawn = marked[index] ?? '';
        const kept = new Set<number>();
        let at = 0;
        for (const one of drawn) {
          if (one === '~') kept.add(at);
          else if (one !== '>') at += one.length;
        }
        expect(
          widest(line, (place) => !kept.has(place)),
          `${drawn} in ${room}`,
        ).toBeLessThanOrEqual(room + 0.001);
      }
    }),
    { numRuns: runs },
  );
});

/** Of the pieces of a line that breaks only where `may` says so, too. */
function widest(line: string, may: (at: number) => boolean): number {
  let [most, from] = [0, 0];
  for (let at = 1; at <= line.length; at += 1) {
    if (at < line.length && !(mayBreak(line, at) && may(at))) continue;
    most = Math.max(most, em(line, from, at));
    from = at;
  }
  return most;
}

test('pieces of a text are all of it, each as long as it can be', () => {
  fc.assert(
    fc.property(text, (string) => {
      const pieces: string[] = [];
      for (let from = 0; from < string.length; from = pieceEnd(string, from))
        pieces.push(string.slice(from, pieceEnd(string, from)));
      expect(pieces.join('')).toBe(string);
      for (const piece of pieces) for (let at = 1; at < piece.length; at += 1) expect(mayBreak(piece, at)).toBe(false);
    }),
    { numRuns: runs },
  );
});

test('a long text costs no more than its length', () => {
  const begin = performance.now();
  for (const part of ['4年', '１ａ', 'a-b', '第', 'ー', '9', '・'])
    expect(unheld(shown(part.repeat(20_000), 10).replace(/[~>]/g, ''))).toBe(part.repeat(20_000));
  expect(performance.now() - begin).toBeLessThan(5000);
});

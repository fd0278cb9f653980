import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, type Scalar, stringify } from 'yaml';
import { positionsIn } from '../../src/content/yaml/positions.ts';
import { offsetsOf } from '../../src/content/yaml/scalar-source.ts';
import { parseYaml } from '../../src/content/yaml/yaml-file.ts';

const runs = { seed: 10, numRuns: Number(process.env.RUNS ?? 120) };
/** Blanks, breaks, quotes, what YAML reserves, and characters of one and two units. */
const signs = fc.constantFrom(...' \n\t"\'\\:#-|>&*あ〇𠮟ｱ', 'か\u3099', 'ab', '  ', '\n\n', '\u0000', '\u2028', 'x');
const texts = fc.array(signs, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''));

describe('each unit of a value is found where it is written', () => {
  const checkPlaces = (text: string) => {
    const { document } = parseYaml('a.yaml', text);
    const node = isMap(document.contents) ? (document.contents.items[0]?.value as Scalar) : undefined;
    if (!node || !isScalar(node) || document.errors.length > 0) return;
    const value = String(node.value);
    const offsets = offsetsOf(node, text);
    expect(offsets).toHaveLength(value.length + 1);
    for (const [index, unit] of value.split('').entries()) {
      const [from = 0, to = 0] = offsets.slice(index, index + 2);
      expect(to).toBeGreaterThanOrEqual(from);
      const written = text.slice(from);
      if (unit === ' ' || unit === '\n') continue;
      const escaped = node.type === 'QUOTE_DOUBLE' && written.startsWith('\\');
      // What YAML itself makes of the piece that is said to be the unit.
      if (escaped) {
        const piece = /^\\(?:x..|u....|U.{8}|.)/s.exec(written)?.[0] ?? '';
        expect(parseYaml('b.yaml', `a: "${piece}"`).document.get('a')).toContain(unit);
      } else expect(written[0]).toBe(unit);
    }
  };

  test.each(['QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const)('%s', (type) => {
    const written = fc
      .tuple(texts, fc.constantFrom(0, 12, 80), fc.constantFrom(2, 4))
      .map(([value, lineWidth, indent]) =>
        stringify(
          { a: value, b: 1 },
          {
            lineWidth,
            indent,
            defaultStringType: type,
            ...(type === 'BLOCK_FOLDED' ? { blockQuote: 'folded' as const } : { blockQuote: 'literal' as const }),
          },
        ),
      );
    fc.assert(fc.property(written, checkPlaces), runs);
  });

  test('whatever stands between the quotes', () => {
    const pieces = fc.constantFrom(
      '\\n',
      '\\u3042',
      '\\U00020B9F',
      '\\uD842',
      '\\uDF9F',
      '\\x41',
      '\\t',
      '\\\\',
      '\\\n  ',
      '\n',
      ' \n \n ',
      'あ',
      '𠮟',
      ' ',
      "''",
    );
    const inside = fc.array(pieces, { maxLength: 20 }).map((all) => all.join(''));
    fc.assert(
      fc.property(inside, (text) => checkPlaces(`a: "${text}"\n`)),
      runs,
    );
    fc.assert(
      fc.property(inside, (text) => checkPlaces(`a: '${text}'\n`)),
      runs,
    );
    fc.assert(
      fc.property(inside, (text) => checkPlaces(`a: |+\n  ${text.replaceAll('\n', '\n  ')}\n\n`)),
      runs,
    );
    fc.assert(
      fc.property(inside, (text) => checkPlaces(`a: >1-\n   ${text.replaceAll('\n', '\n ')}\n`)),
      runs,
    );
    fc.assert(
      fc.property(inside, (text) => checkPlaces(`a: b${text.replaceAll('\n', '\n  ')}c\n`)),
      runs,
    );
  });
});

describe('a character is judged the same however it is written', () => {
  const points = fc.oneof(
    fc.constantFrom(
      ...[...'あ漢A1〇一ｱｶﾞдαΑ─－ー—…🙂𠮟𩸽\u200b\u202e\u00a0\u2028\u3099か\u3000⾏\ufe0f\ue000\u00ad\u0301e'].map(
        (sign) => sign.codePointAt(0) ?? 0,
      ),
    ),
    fc.integer({ min: 0x20, max: 0x10ffff }).filter((point) => (point < 0xd800 || point > 0xdfff) && point !== 0x7f),
  );
  const values = fc.array(points, { minLength: 1, maxLength: 12 });
  const found = (text: string) =>
    parseYaml('a.yaml', text)
      .diagnostics.map(({ code, severity, actual, expected, count }) => ({ code, severity, actual, expected, count }))
      .filter(({ code }) => code !== 'empty-value');

  test('as it is, and as an escape', () => {
    fc.assert(
      fc.property(values, (all) => {
        const raw = String.fromCodePoint(...all);
        const single = `a: '${raw.replaceAll("'", "''")}'\n`;
        const long = all.map((point) => `\\U${point.toString(16).padStart(8, '0')}`).join('');
        const short = raw
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('');
        expect(found(`a: "${long}"\n`)).toEqual(found(single));
        expect(found(`a: "${short}"\n`)).toEqual(found(single));
        expect(found(`'${raw.replaceAll("'", "''")}': b\n`).filter(({ code }) => code !== 'hyphen-for-dash')).toEqual(
          found(single).filter(({ code }) => code !== 'hyphen-for-dash'),
        );
      }),
      runs,
    );
  });

  test('half of a character is never a value', () => {
    const unit = fc.constantFrom('\\uD842', '\\uDF9F', '\\uDBFF', 'あ', '\\u3042', '\\U00020B9F');
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 8 }), (units) => {
        const { value, diagnostics } = parseYaml('a.yaml', `"k${units.join('')}": "${units.join('')}"\n`);
        expect(JSON.stringify(value)).not.toMatch(/\\ud[89a-f]/);
        const halves = /\p{Cs}/u.test(JSON.parse(`"${units.join('').replaceAll('\\U00020B9F', '𠮟')}"`));
        expect(diagnostics.some(({ actual = '' }) => /\p{Cs}/u.test(actual))).toBe(halves);
      }),
      runs,
    );
  });
});

test('places are counted in lines and characters', () => {
  const text = fc
    .array(fc.constantFrom('\n', 'a', 'あ', '𠮟', '\ud842', '\udf9f'), { maxLength: 60 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.nat(), (all, number) => {
      const offset = number % (all.length + 1);
      const lines = all.slice(0, offset).split('\n');
      expect(positionsIn(all)(offset)).toEqual({ line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 });
    }),
    runs,
  );
});

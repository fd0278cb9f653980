import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectCodes, scanContent } from '../../src/annexes/content/content-stream.ts';

/** Each operation as it stands, from its first operand on, its operands between bars. */
function operations(content: string): string[] {
  const found: string[] = [];
  scanContent(Buffer.from(content, 'latin1'), ({ operator, operands, start, end }) => {
    expect(content.slice(start, end).endsWith(operator) || operator === 'BI').toBe(true);
    found.push(`${content.slice(start, end)} = ${[operator, ...operands()].join(' | ')}`);
  });
  return found;
}

describe('operations of a content stream', () => {
  test.each([
    ['q 1 0 0 1 5 5 cm Q', ['q = q', '1 0 0 1 5 5 cm = cm | 1 | 0 | 0 | 1 | 5 | 5', 'Q = Q']],
    ['+1 -2 .5 4. 0 re', ['+1 -2 .5 4. 0 re = re | +1 | -2 | .5 | 4. | 0']],
    ['9 w', ['9 w = w | 9']],
    ['T* f* d0 (a) \' 1 2 (b) "', ['T* = T*', 'f* = f*', 'd0 = d0', "(a) ' = ' | (a)", '1 2 (b) " = " | 1 | 2 | (b)']],
    ['1\0g\t2\ng\f3\rg 4 g', ['1\0g = g | 1', '2\ng = g | 2', '3\rg = g | 3', '4 g = g | 4']],
    ['/F1 12 Tf', ['/F1 12 Tf = Tf | /F1 | 12']],
    ['/F1(x)Tj', ['/F1(x)Tj = Tj | /F1 | (x)']],
    ['/a/b Do', ['/a/b Do = Do | /a | /b']],
    ['/ Do', ['/ Do = Do | /']],
    ['true false null gs', ['true false null gs = gs | true | false | null']],
    ['nullify', ['nullify = nullify']],
    // Comments end with their line.
    ['% q Q\nS', ['S = S']],
    ['% q Q\rS', ['S = S']],
    ['S % Q', ['S = S']],
    ['S%f\nf', ['S = S', 'f = f']],
    // Strings end where their brackets do.
    ['(a(b)c) Tj', ['(a(b)c) Tj = Tj | (a(b)c)']],
    ['(a\\)b) Tj', ['(a\\)b) Tj = Tj | (a\\)b)']],
    ['(a\\\\) Tj', ['(a\\\\) Tj = Tj | (a\\\\)']],
    ['(a\\(b) Tj', ['(a\\(b) Tj = Tj | (a\\(b)']],
    ['(Q <<) Tj', ['(Q <<) Tj = Tj | (Q <<)']],
    ['(% no comment) Tj', ['(% no comment) Tj = Tj | (% no comment)']],
    ['<41 42> Tj', ['<41 42> Tj = Tj | <41 42>']],
    ['<41>Tj(b)Tj', ['<41>Tj = Tj | <41>', '(b)Tj = Tj | (b)']],
    ['[(a) -20 <42> 3] TJ', ['[(a) -20 <42> 3] TJ = TJ | [(a) -20 <42> 3]']],
    ['[(])(a)] TJ', ['[(])(a)] TJ = TJ | [(])(a)]']],
    ['[1 % ]\n2] 0 d', ['[1 % ]\n2] 0 d = d | [1 % ]\n2] | 0']],
    ['[[1] 2] q', ['[[1] 2] q = q | [[1] 2]']],
    ['[Q] q', ['[Q] q = q | [Q]']],
    ['/P <</MCID 0>> BDC', ['/P <</MCID 0>> BDC = BDC | /P | <</MCID 0>>']],
    [
      '/P<</A<</B[<4A>]>>/T(>>)/N/X>>BDC EMC',
      ['/P<</A<</B[<4A>]>>/T(>>)/N/X>>BDC = BDC | /P | <</A<</B[<4A>]>>/T(>>)/N/X>>', 'EMC = EMC'],
    ],
    ['/P << /Q 1 >> DP', ['/P << /Q 1 >> DP = DP | /P | << /Q 1 >>']],
    // What is no operation is passed over.
    ['] q', ['] q = q | ]']],
    ['>> q', ['>> q = q | >>']],
    [') q', [') q = q | )']],
    ['{1} q', ['{1} q = q | { | 1 | }']],
    ['1 2', []],
    ['', []],
    ['(a Tj Q', []],
    ['<41 Tj Q', []],
    ['[1 Tj Q', []],
    ['<</A 1 BDC Q', []],
    ['(a\\', []],
  ])('%j', (content, expected) => {
    expect(operations(content)).toEqual(expected);
  });

  test.each([
    ['its data', 'q BI /W 1 ID \x01\x02\xff EI Q', 'BI /W 1 ID \x01\x02\xff EI'],
    ['no data', 'q BI /W 1 ID EI Q', 'BI /W 1 ID EI'],
    ['two bytes of data', 'q BI /W 1 ID ab EI Q', 'BI /W 1 ID ab EI'],
    ['an EI before its data', 'q BI /A EI ID x EI Q', 'BI /A EI ID x EI'],
    ['an EI within a word', 'q BI /W 1 ID xEI yEIz EI Q', 'BI /W 1 ID xEI yEIz EI'],
    ['an EI with a word behind', 'q BI /W 1 ID x EIz EI Q', 'BI /W 1 ID x EIz EI'],
    ['an EI among other bytes', 'q BI /W 1 ID x EI \x80 EI Q', 'BI /W 1 ID x EI \x80 EI'],
    [
      'an EI just before other bytes',
      `q BI /W 1 ID x EI\n${'a '.repeat(4)}\x7f EI Q`,
      `BI /W 1 ID x EI\n${'a '.repeat(4)}\x7f EI`,
    ],
    ['an EI before control characters', 'q BI /W 1 ID x EI \x1f EI Q', 'BI /W 1 ID x EI \x1f EI'],
    ['an EI at the end of a line', 'q BI\n/W 1\nID\nx\nEI\nQ', 'BI\n/W 1\nID\nx\nEI'],
    ['other lines of text behind', 'q BI /W 1 ID x EI\r\n\t~ Q\0 Q', 'BI /W 1 ID x EI'],
    ['an operator right behind', 'q BI /W 1 ID x EI/F 1 Tf', 'BI /W 1 ID x EI'],
    ['bytes far behind', `q BI /W 1 ID x EI ${'q '.repeat(5)}\x80`, 'BI /W 1 ID x EI'],
  ])('an inline image with %s is one operation', (_, content, image) => {
    const found = operations(content);
    expect(found[0]).toBe('q = q');
    expect(found[1]).toBe(`${image} = BI | ${image}`);
    expect(found.length).toBeGreaterThan(2);
  });

  test.each(['BI /W 1 Q Q', 'BI /W 1 Q EI Q', 'BI /W 1 ID x Q Q', 'BI /W 1 ID xEI', 'BI'])(
    'an inline image without an end takes all: %j',
    (content) => expect(operations(content)).toEqual([`${content} = BI | ${content}`]),
  );

  test('any bytes: it ends, its operations follow each other, and what is joined anew is read alike', () => {
    const bits = fc.constantFrom(...'()<>[]{}/% \nqQ1aB\\', 'BI', ' ID ', ' EI ', 'true', '\x80', '<<', '>>', '/MCID');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const content = parts.join('');
        let last = 0;
        scanContent(Buffer.from(content, 'latin1'), ({ operands, start, end }) => {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          for (const operand of operands()) expect(content.slice(start, end)).toContain(operand);
          last = end;
        });
        expect(last).toBeLessThanOrEqual(content.length);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});

describe('the codes that text shows', () => {
  test.each<[string, 1 | 2, number[]]>([
    ['(AB)', 1, [0x41, 0x42]],
    ['(AB)', 2, [0x4142]],
    ['(ABC)', 2, [0x4142]], // half a code is none
    ['(\x81\xff)', 2, [0x81ff]],
    ['<4142>', 1, [0x41, 0x42]],
    ['<4142>', 2, [0x4142]],
    ['<41 4\n2>', 1, [0x41, 0x42]],
    ['<414>', 1, [0x41, 0x40]], // what is missing is 0
    ['<41>', 2, [0x4100]],
    ['<fFaA>', 2, [0xffaa]],
    ['<>', 1, []],
    ['()', 1, []],
    ['[(A) -20 <42> 3 (C)]', 1, [0x41, 0x42, 0x43]],
    ['[<0041>10<0042>]', 2, [0x41, 0x42]],
    ['(a(b)c)', 1, [...'a(b)c'].map((sign) => sign.charCodeAt(0))],
    ['(a)(b)', 1, [0x61, 0x62]],
    ['(\\(\\)\\\\)', 1, [0x28, 0x29, 0x5c]],
    ['(\\)a)(b)', 1, [0x29, 0x61, 0x62]],
    ['(\\n\\r\\t\\b\\f)', 1, [10, 13, 9, 8, 12]],
    ['(\\q)', 1, [0x71]],
    ['(\\ )', 1, [0x20]],
    ['(\\101\\53\\7)', 1, [0x41, 0x2b, 7]],
    ['(\\0053)', 1, [5, 0x33]],
    ['(\\538)', 1, [0x2b, 0x38]],
    ['(\\501)', 1, [0x41]], // beyond a byte: the high bit is dropped
    ['(a\\\nb)', 1, [0x61, 0x62]],
    ['(a\\\r\nb)', 1, [0x61, 0x62]],
    ['(a\\\rb)', 1, [0x61, 0x62]],
    ['(\r\n)', 1, [10]],
    ['(\r)', 1, [10]],
    ['(\\000\\101)', 2, [0x41]],
    ['(ab', 1, [0x61, 0x62]],
    ['<4142', 1, [0x41, 0x42]],
    ['<41(B)', 1, [0x41, 0xb0]],
    ['12 /Name', 1, []],
    ['/A (B)', 1, [0x42]],
  ])('%j, %d bytes each', (operand, width, expected) => {
    const codes = new Set<number>();
    collectCodes(operand, width, codes);
    expect([...codes]).toEqual([...new Set(expected)]);
  });

  test('are added to those known', () => {
    const codes = new Set([1]);
    collectCodes('(A)', 1, codes);
    expect([...codes]).toEqual([1, 0x41]);
  });
});

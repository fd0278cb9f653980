import { describe, expect, test } from 'vitest';
import { soundContent } from '../../src/annexes/content/sound-content.ts';

const sound = (content: string): string =>
  Buffer.from(soundContent(Buffer.from(content, 'latin1')))
    .toString('latin1')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('contents that are sound stay', () => {
  test.each([
    '',
    'q 1 0 0 1 -5 .5 cm 0 0 10 10 re f* Q % a comment\n0 g',
    '/P <</MCID 0 /Lang (ja) /A [1 <</B (])>>]>> BDC BT /F 1 Tf [(a\\)) -20 <6162>] TJ ET EMC',
    'BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q',
    '/A BMC true MP null MP EMC',
    '- w -inf w 1.#INF w',
  ])('%s', (content) => {
    const bytes = Buffer.from(content, 'latin1');
    expect(soundContent(bytes)).toBe(bytes);
  });
});

describe('what is not', () => {
  test.each([
    ['marks that stay open', '/P <</MCID 0>> BDC 0 0 1 1 re f', '/P <</MCID 0>> BDC 0 0 1 1 re f EMC'],
    ['marks that no one opened', 'EMC 0 0 1 1 re f EMC', '0 0 1 1 re f'],
    ['a mark without a tag', '<</MCID 1>> BDC 1 w EMC', '/Span BMC 1 w EMC'],
    ['an array without its end', 'q Q [ /oops', 'q Q'],
    ['a dictionary without its end', 'q Q << /oops [1] (Q) Tj', 'q Q'],
    ['strings without their end', 'q Q 1 (oops Tj', 'q Q'],
    ['digits without their end', 'q Q <6f6f Tj', 'q Q'],
    ['brackets that nothing opened', '1 ] } w ) > 2 w', '1 w 2 w'],
    ['a word in an array', '[(a) Tj (b)] TJ', '[(a) (b)] TJ'],
    ['a sign of a comment', '0 0 1 1 re%\nf% a\n1%\nw', '0 0 1 1 re % f % a 1 % w'],
    ['a number that ends in an operator', '0 0 1 1 re 1f', '0 0 1 1 re 1 f'],
    ['a number with an exponent', '/F 1e2 Tf', '/F 1 e2 Tf'],
    ['numbers of several points and signs', '1.5.25 w --5 w 5-3 w -.-x w', '1.5 w -5 w 5 w 0 x w'],
    ['operators without space', '(a) TjETBT qQ', '(a) Tj ET BT q Q'],
    ['paths of too few coordinates', '1 re /A 2 m 3 4 l', '0 0 0 1 re 0 2 m 3 4 l'],
    ['a picture without its end', 'BI /W 1 /H 1 /CS /G /BPC 8 ID x', 'BI /W 1 /H 1 /CS /G /BPC 8 ID x EI'],
    ['a picture without data', 'BI /W 1 1 w', '/W 1 1 w'],
    ['a picture without entries', 'BI ID x EI 1 w', '1 w'],
    ['a picture with half an entry', 'BI /W 1 ] ID x EI 1 w', '1 w'],
    ['operands before a picture', '/A 1 BI /W 1 ID x EI', 'BI /W 1 ID x EI'],
    ['pictures in a row', 'BI /W 1 ID x EI BI /W 1 ID x EI', 'BI /W 1 ID x EI BX EX BI /W 1 ID x EI'],
  ])('%s', (_, content, expected) => {
    expect(sound(content)).toBe(expected);
    expect(sound(sound(content))).toBe(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { filled, hole } from '../../src/assemble/annexes/holes.ts';

const fill = (kind: string, index: number) => `<${kind}${index}>`;

describe('a body of an annex in its document', () => {
  test.each([
    ['[1 0 R 12 0 R]', '[101 0 R 112 0 R]'],
    ['<< /P 1 0 R /K [0 12 0 R 3] /N 12 >>', '<< /P 101 0 R /K [0 112 0 R 3] /N 12 >>'],
    ['<< /T (see 1 0 R {t}) /P 1 0 R >>', '<< /T (see 1 0 R {t}) /P 101 0 R >>'],
    ['[1 0 R (a (1 0 R) b) 2 0 R]', '[101 0 R (a (1 0 R) b) 102 0 R]'],
    ['[(\\( 1 0 R) 2 0 R (\\\\) 3 0 R (\\) 4 0 R)]', '[(\\( 1 0 R) 102 0 R (\\\\) 103 0 R (\\) 4 0 R)]'],
    ['[(1 0 R', '[(1 0 R'],
    ['null', 'null'],
  ])('%s: its references are raised, its strings stay', (body, expected) => {
    expect(filled(body, 100, fill)).toBe(expected);
  });
  test.each([
    [`/Pg ${hole.page(3)} 0 R`, '/Pg <p3> 0 R'],
    [`/S /${hole.role(10)} /C /${hole.attributeClass(0)}`, '/S /<r10> /C /<c0>'],
    [`/S /H${hole.level(2)} /ID ${hole.id(1)}`, '/S /H<h2> /ID <i1>'],
    [`[${hole.key(4)} ${hole.destination(5)} ${hole.toPage(6)}]`, '[<k4> <d5> <s6>]'],
    [`[${hole.within} ${hole.title} ${hole.above} ${hole.node}]`, '[<w0> <t0> <a0> <n0>]'],
  ])('%s: its holes are filled', (body, expected) => {
    expect(filled(body, 100, fill)).toBe(expected);
  });
});

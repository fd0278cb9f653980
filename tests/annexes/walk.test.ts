import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { box, codestream, jpeg2000, made } from './made/walk.ts';
import { at, dataOf, merged, ofPage, onePage, problemsOf, profileOf, stream, written } from './pdf.ts';

// Whatever a page leads to, by every way: what is made of it where PDF/A-3 forbids it.

const look = async (make: () => Uint8Array | Promise<Uint8Array>) => {
  const result = await merged(await make(), '図');
  return {
    ...result,
    content: dataOf(result.document, ofPage(result, 'Contents')),
    resources: written(result.document, ofPage(result, 'Resources')),
  };
};
const named = async (start: string) => {
  const found = Object.entries(made).find(([name]) => name.startsWith(start));
  if (!found) throw new Error(`no annex ${start}`);
  return look(found[1]);
};

test.each(Object.entries(made))('%s: it is mended, and said so', async (name, make) => {
  const { problems, mends } = await readAnnex(await make(), '図');
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const told = problems.map(({ code }) => code);
  if (name.includes('CMYK')) expect(told).toEqual(['annex-cmyk']);
  if (/^6\.2\.4\.4-1/.test(name)) expect([...mends.keys()]).toContain('colorants');
  if (/^6\.2\.8\.3/.test(name)) expect([...mends.keys()]).toContain('jpeg2000');
  if (/^6\.1\.7\.2/.test(name)) expect([...mends.keys()]).toContain('stream-filters');
  if (/^6\.1\.13-8/.test(name)) expect([...mends.keys()]).toContain('nesting');
});

describe('contents', () => {
  test.each([
    ['1 (a) foo 2 w', '2 w'],
    ['BX 1 foo EX', 'BX EX'],
    ['/Foo ri /Perceptual ri', '/Perceptual ri'],
    ['<abc> pop <4> Tj <61G> Tj <6 1> Tj', '<40> Tj <61> Tj <6 1> Tj'],
    ['[<4> 99999999999 (a)] TJ', '[<40> 99999999999.0 (a)] TJ'],
    [`0.${'0'.repeat(40)}1 w - w -inf w`, '0 w 0 w 0 w'],
    ['/Span <</Lang (no language) /E (a)>> BDC EMC', '/Span << /E (a)>> BDC EMC'],
    ['/Span <</Lang (ja) /E (a)>> BDC EMC', '/Span <</Lang (ja) /E (a)>> BDC EMC'],
    ['/Span <</Lang <FEFF006A0061> >> BDC EMC', '/Span <</Lang <FEFF006A0061> >> BDC EMC'],
  ])('%s', async (content, expected) => {
    const result = await look(() => onePage({ content }));
    expect(result.content).toBe(`/Figure <</MCID 0>> BDC ${expected} EMC`);
  });

  test('text that is too long for one string is shown in several', async () => {
    const long = 'a'.repeat(40_000);
    for (const [operation, before] of [
      [`(${long}) Tj`, ''],
      [`[(${long}) 5] TJ`, ''],
      [`(${long}) '`, 'T* '],
      [`1 2 (${long}) "`, '1 Tw 2 Tc T* '],
    ]) {
      const { content } = await look(() => onePage({ content: `BT ${operation} ET` }));
      const strings = [...content.matchAll(/<([^<>]*)>/g)].map(([, hex = '']) => hex).slice(1);
      expect(strings.join('')).toBe(Buffer.from(long).toString('hex'));
      expect(Math.max(...strings.map(({ length }) => length))).toBeLessThan(65_535);
      expect(content.replaceAll(/<[^<>]{9,}>/g, '()')).toContain(`BT ${before}[`);
    }
  });

  test('what saves a state for nothing is taken out where that is too deep', async () => {
    const deep = (count: number, end: string) => `${'q '.repeat(count)}0 0 1 1 re f ${end}`;
    expect((await look(() => onePage({ content: deep(28, 'Q '.repeat(28)) }))).content.match(/q/g)).toHaveLength(28);
    expect((await look(() => onePage({ content: deep(29, 'Q '.repeat(29)) }))).content.match(/\bq\b/g)).toHaveLength(1);
    expect((await look(() => onePage({ content: deep(29, '') }))).content).not.toContain('q');
    const needed = `${'q 1 w '.repeat(29)}${'0 0 1 1 re f Q '.repeat(29)}`;
    expect(await problemsOf(onePage({ content: needed }), '図')).toEqual([
      'error annex-forbidden 1ページの深すぎる入れ子(q)',
    ]);
  });

  test('an inline picture keeps its bytes', async () => {
    const { content } = await named('6.1.10-1');
    expect(content).toMatch(/BI \/W 10 \/H 1 \/BPC 8 \/CS \/G \/F \[\/AHx \/FlateDecode\] ID [0-9a-f]+> EI Q EMC$/);
    const data = 'ab EI q ab';
    const whole = await look(() => onePage({ content: `BI /W 10 /H 1 /BPC 8 /CS /G ID ${data}\nEI Q` }));
    expect(whole.content).toContain(`ID ${Buffer.from(data).toString('hex')}> EI Q EMC`);
    const flate = deflateSync('EI ');
    const deflated = await look(() =>
      onePage({
        content: Buffer.concat([Buffer.from('BI /W 3 /H 1 /BPC 8 /CS /G /F /Fl ID '), flate, Buffer.from(' EI Q')]),
      }),
    );
    expect(deflated.content).toContain('EI Q EMC');
  });

  test('names that only the page knows are written into a form', async () => {
    const { resources } = await named('6.2.2-2');
    expect(resources).toContain('/Resources << /ProcSet [] /ExtGState << /G << /CA 1 >> >> >>');
  });
});

describe('colours', () => {
  test('a colorant is described as the mixture means it', async () => {
    const { document, ...result } = await named('6.2.4.4-1 colorants');
    const listed = at(document, 'Resources/ColorSpace/S/4/Colorants', document.getPage(1).node);
    expect(written(document, listed)).toMatch(
      /^<< \/Gold \[\/Separation \/Gold \/DeviceRGB << .*>> stream\] \/Silver \[\/Separation \/Silver .*\] >>$/,
    );
    const code = (name: string) => dataOf(document, at(document, `${name}/3`, listed));
    expect(code('Gold')).toBe('{ 0 0 pop pop pop 0.5 0.5 0.5 }');
    expect(code('Silver')).toBe('{ 0 exch 0 exch pop pop pop 0.5 0.5 0.5 }');
    expect(result.told).toEqual([]);
  });
  test('of samples: none of it, and all of it', async () => {
    const { document } = await named('6.2.4.4-1 of samples');
    const listed = at(document, 'Resources/ColorSpace/S/4/Colorants', document.getPage(1).node);
    const of = (name: string) => written(document, at(document, `${name}/3`, listed));
    expect(of('Gold')).toContain('/C0 [0.38039] /C1 [0.38431]');
    expect(of('Silver')).toContain('/C0 [0.38039] /C1 [0.38824]');
  });
  test('a mixture of more than 32 colorants cannot be', async () => {
    const of = (count: number) =>
      problemsOf(
        onePage({
          resources: `/ColorSpace << /S [/DeviceN [${Array.from({ length: count }, (_, index) => `/C${index}`).join(' ')}] /DeviceGray << >>] >>`,
        }),
        '図',
      );
    expect(await of(32)).toEqual([]);
    expect(await of(33)).toEqual(['error annex-forbidden 1ページの、33色を混ぜた特色(DeviceN) (32色まで)']);
  });
  test('two meanings of one colorant: the second is a mixture of one', async () => {
    const { resources } = await named('6.2.4.4-2');
    expect(resources).toMatch(
      /\/T \[\/DeviceN \[\/Gold\] \/DeviceGray << .* stream << \/Colorants << \/Gold \[\/Separation \/Gold \/DeviceRGB/,
    );
  });
  test.each([
    ['of a later version', stream(profileOf('mntr', 3, 5), '/N 3'), '/DeviceRGB'],
    ['for another number of channels', stream(profileOf('mntr', 1), '/N 3'), '/DeviceRGB'],
    ['with another space in its place', stream('', '/N 3 /Alternate [/CalRGB << >>]'), '[/CalRGB << >>]'],
    ['of grey', stream('', '/N 1'), '/DeviceGray'],
    ['that is right', stream(profileOf('scnr', 3), '/N 3'), '[/ICCBased << /N 3 >> stream]'],
  ])('a profile %s', async (_, profile, expected) => {
    const { resources } = await look(() =>
      onePage({ resources: '/ColorSpace << /S [/ICCBased 10 0 R] >>', objects: { 10: profile } }),
    );
    expect(resources).toBe(`<< /ColorSpace << /S ${expected} >> >>`);
  });
});

describe('JPEG 2000', () => {
  const of = async (object: ReturnType<typeof jpeg2000>) => {
    const { document, resources } = await look(() =>
      onePage({ resources: '/XObject << /X 10 0 R >>', objects: { 10: object } }),
    );
    return { data: dataOf(document, at(document, 'Resources/XObject/X', document.getPage(1).node)), resources };
  };
  const header = (channels: number, depth = 7) => box('ihdr', [0, 0, 0, 2, 0, 0, 0, 2, 0, channels, depth, 7, 0, 0]);
  const colour = (number: number) => box('colr', [1, 0, 0, 0, 0, 0, number]);

  test('a file that is right stays', async () => {
    const right = jpeg2000([7, 7, 7], [header(3), colour(16)], '');
    const before = Buffer.from(right.data).toString('latin1').replaceAll(/\s+/g, ' ').trim();
    expect((await of(right)).data).toBe(before);
  });
  test('a bare codestream gets a header', async () => {
    const { data } = await of(jpeg2000([7]));
    expect(data).toMatch(/jP .*jp2h.*ihdr.*colr.*jp2c/s);
    expect(data).toContain(codestream([7]).toString('latin1').slice(0, 8));
  });
  test.each([
    [[7, 7, 7], [header(3), colour(16), colour(17)], '/ColorSpace /DeviceRGB'],
    [[7], [header(1), box('colr', [4, 0, 0])], '/ColorSpace /DeviceGray'],
    [[7, 7, 7, 7], [header(4), colour(12)], '/ColorSpace [/ICCBased << /N 4'],
    [[7, 7, 7], [header(3)], '/ColorSpace /DeviceRGB'],
  ])('colours that it does not name well are named beside it: %j', async (depths, boxes, expected) => {
    expect((await of(jpeg2000(depths, boxes, ''))).resources).toContain(expected);
  });
  test.each([
    [[7, 7], '色の成分が2つ'],
    [[7, 7, 6], '色の成分ごとに違う階調'],
    [[60], '色の成分ごとに違う階調'],
  ])('%j cannot be', async (depths, told) => {
    const bytes = onePage({ resources: '/XObject << /X 10 0 R >>', objects: { 10: jpeg2000(depths) } });
    expect(await problemsOf(bytes, '図')).toEqual([`error annex-jpeg2000 1ページ、${told}`]);
  });
  test('what is none', async () => {
    const object = stream('none', '/Subtype /Image /Filter /JPXDecode');
    expect(await problemsOf(onePage({ resources: '/XObject << /X 10 0 R >>', objects: { 10: object } }), '図')).toEqual(
      ['error annex-jpeg2000 1ページ、読めない JPEG 2000'],
    );
  });
});

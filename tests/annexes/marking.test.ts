import { describe, expect, test } from 'vitest';
import {
  accepted,
  dataOf,
  merged,
  type Objects,
  ofPage,
  onePage,
  type Parts,
  problemsOf,
  stream,
  tagged,
  tagsOf,
  written,
} from './pdf.ts';

// What of a page's content is an artifact and what keeps its tag (ISO 14289-1, 7.1), read off the merged page.

const font = '/Font << /F << /Type /Font /Subtype /Type3 /Encoding /WinAnsiEncoding >> >>';
const one = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The content of a page whose tree names the MCIDs 0, 1 and 12; unchanged: undefined. */
async function ofTagged(content: string, parts: Parts = {}): Promise<string | undefined> {
  const { pages } = await accepted(tagged('P[0] P[1] P[12]', { content, resources: font, ...parts }));
  const [page] = pages;
  return page && 'changed' in page.content ? one(Buffer.from(page.content.changed).toString('latin1')) : undefined;
}

/** The content of the page of an annex without tags, within the mark of its one figure. */
async function ofPlain(content: string): Promise<string> {
  const { pages } = await accepted(onePage({ content, resources: font }), '図');
  const [page] = pages;
  const changed = page && 'changed' in page.content ? one(Buffer.from(page.content.changed).toString('latin1')) : '';
  expect(changed).toMatch(/^\/Figure <<\/MCID 0>> BDC .*EMC$/);
  return changed.slice('/Figure <</MCID 0>> BDC '.length, -' EMC'.length);
}

describe('on a page with tags', () => {
  test.each([
    '',
    '/P <</MCID 0>> BDC 0 0 1 1 re f EMC',
    '/P <</MCID 0>> BDC EMC /P <</MCID 12>>BDC 0 0 1 1 re f EMC',
    '/P <</MCID  1>> BDC 0 0 1 1 re f EMC',
    '/P <</Lang (ja) /MCID 1>> BDC q 0 0 1 1 re f Q EMC',
    '/P <</MCID 0>> BDC /Span <</ActualText (a)>> BDC 0 0 1 1 re f EMC 0 0 1 1 re f EMC',
    '/P /Named BDC 0 0 1 1 re f EMC',
    '/Artifact BMC 0 0 1 1 re f EMC',
    '/Artifact <</Type /Pagination>> BDC 0 0 1 1 re f EMC',
    '/OC /Layer BDC /P <</MCID 0>> BDC 0 0 1 1 re f EMC EMC',
    '/OC /Layer BDC /Artifact BMC 0 0 1 1 re f EMC EMC',
    '1 0 0 rg 0 0 1 1 re W n',
    'BT /F 1 Tf ET',
    '/P /Unknown BDC EMC',
  ])('what is marked already, or paints nothing, stays: %s', async (content) => {
    const resources = `${font} /Properties << /Named << /MCID 1 >> /Layer << /Type /OCG /Name (a) >> >>`;
    expect(await ofTagged(content, { resources })).toBeUndefined();
  });

  test('a mark within two hundred thousand others is found as fast as one in none', async () => {
    const [open, close] = ['/Span BMC '.repeat(200_000), 'EMC '.repeat(200_000)];
    const known = '/P <</MCID 0>> BDC 0 0 1 1 re f EMC';
    expect(await ofTagged(`${open}${known} ${close}`)).toBeUndefined();
    expect(await ofTagged(`${open}0 0 1 1 re f ${close}`)).toContain('/Artifact BMC 0 0 1 1 re f');
  });

  const rectangle = '0 0 1 1 re';
  test.each(
    [
      ['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*'].map((operator) => `${rectangle} ${operator}`),
      ['/Sh sh', '/Im Do', 'BI /W 1 /H 1 /BPC 1 /CS /G ID x EI'],
    ].flat(),
  )('%s without a mark becomes an artifact', async (painted) => {
    expect(await ofTagged(painted)).toBe(`/Artifact BMC ${painted} EMC`);
    expect(await ofTagged(`1 w ${painted} /P <</MCID 0>> BDC EMC`)).toBe(
      `1 w /Artifact BMC ${painted} EMC /P <</MCID 0>> BDC EMC`,
    );
  });

  test.each(['(a) Tj', '[(a)] TJ', "(a) '", '1 2 (a) "'])('%s without a mark becomes an artifact', async (painted) => {
    expect(await ofTagged(`BT /F 1 Tf ${painted} ET`)).toBe(`BT /F 1 Tf /Artifact BMC ${painted} EMC ET`);
  });

  test.each([
    ['a path from its first point on', '1 w 1 1 m 2 2 l 3 3 m S', '1 w /Artifact BMC 1 1 m 2 2 l 3 3 m S EMC'],
    [
      'a path that is only clipped to is none',
      '0 0 1 1 re W n 5 5 m 6 6 l S',
      '0 0 1 1 re W n /Artifact BMC 5 5 m 6 6 l S EMC',
    ],
    [
      'a path painted is over',
      '0 0 1 1 re f 1 0 0 rg 5 5 m 6 6 l S',
      '/Artifact BMC 0 0 1 1 re f 1 0 0 rg 5 5 m 6 6 l S EMC',
    ],
    [
      'a run is one',
      '0 0 1 1 re f 0 0 2 2 re f 1 w 0 0 3 3 re f 2 w',
      '/Artifact BMC 0 0 1 1 re f 0 0 2 2 re f 1 w 0 0 3 3 re f EMC 2 w',
    ],
    [
      'text of a line is one',
      'BT /F 1 Tf (a) Tj 1 0 Td (b) Tj ET',
      'BT /F 1 Tf /Artifact BMC (a) Tj 1 0 Td (b) Tj EMC ET',
    ],
    ...['q Q', 'BT ET', '/X BMC EMC', '/X << >> BDC EMC'].map((between) => [
      `a run ends before ${between}`,
      `0 0 1 1 re f ${between} 0 0 2 2 re f`,
      `/Artifact BMC 0 0 1 1 re f EMC ${between} /Artifact BMC 0 0 2 2 re f EMC`,
    ]),
    ['a picture that is not smoothed', 'BI /W 1 /I true ID x EI', '/Artifact BMC BI /W 1 ID x EI EMC'],
    ['such a one in a run', '0 0 1 1 re f BI /W 1 /I true ID x EI', '/Artifact BMC 0 0 1 1 re f BI /W 1 ID x EI EMC'],
    [
      'right before a mark',
      '0 0 1 1 re f/P <</MCID 2>>BDC 0 0 2 2 re f EMC',
      '/Artifact BMC 0 0 1 1 re f EMC /Artifact BMC 0 0 2 2 re f EMC',
    ],
    ['within a layer', '/OC /L BDC 0 0 1 1 re f EMC', '/OC /L BDC /Artifact BMC 0 0 1 1 re f EMC EMC'],
    [
      'behind a mark',
      '/P <</MCID 0>> BDC 0 0 1 1 re f EMC 0 0 2 2 re f',
      '/P <</MCID 0>> BDC 0 0 1 1 re f EMC /Artifact BMC 0 0 2 2 re f EMC',
    ],
    [
      'behind an artifact',
      '/Artifact BMC 0 0 1 1 re f EMC 0 0 2 2 re f',
      '/Artifact BMC 0 0 1 1 re f EMC /Artifact BMC 0 0 2 2 re f EMC',
    ],
    ['a mark that the tree does not know', '/P <</MCID 2>> BDC 0 0 1 1 re f EMC', '/Artifact BMC 0 0 1 1 re f EMC'],
    ['a named one', '/P /Named BDC 0 0 1 1 re f EMC', '/Artifact BMC 0 0 1 1 re f EMC'],
    ['its number is whole', '/P <</MCID 121>> BDC 0 0 1 1 re f EMC', '/Artifact BMC 0 0 1 1 re f EMC'],
    [
      'a mark within a mark that is kept',
      '/P <</MCID 0>> BDC /P <</MCID 2>> BDC 0 0 1 1 re f EMC EMC',
      '/P <</MCID 0>> BDC /NonStruct BMC 0 0 1 1 re f EMC EMC',
    ],
    [
      'a known mark within another',
      '/P <</MCID 0>> BDC /P <</MCID 1>> BDC 0 0 1 1 re f EMC EMC',
      '/P <</MCID 0>> BDC /NonStruct BMC 0 0 1 1 re f EMC EMC',
    ],
    [
      'an artifact within a mark',
      '/P <</MCID 0>> BDC /Artifact BMC 0 0 1 1 re f EMC EMC',
      '/P <</MCID 0>> BDC /NonStruct BMC 0 0 1 1 re f EMC EMC',
    ],
    [
      'a mark within an artifact',
      '/Artifact BMC /P <</MCID 0>> BDC 0 0 1 1 re f EMC EMC',
      '/Artifact BMC /NonStruct BMC 0 0 1 1 re f EMC EMC',
    ],
    [
      'an artifact within one',
      '/Artifact BMC /Artifact BMC EMC 0 0 1 1 re f EMC',
      '/Artifact BMC /NonStruct BMC EMC 0 0 1 1 re f EMC',
    ],
    [
      'a layer within an artifact',
      '/P <</MCID 2>> BDC /OC /L BDC 0 0 1 1 re f EMC EMC',
      '/Artifact BMC /OC /L BDC 0 0 1 1 re f EMC EMC',
    ],
    ['a tag without a number', '/P BMC 0 0 1 1 re f EMC', '/P BMC /Artifact BMC 0 0 1 1 re f EMC EMC'],
  ])('%s', async (_, content, expected) => {
    const resources = `${font} /Properties << /Named << /MCID 3 >> /L << /Type /OCG /Name (a) >> >>`;
    expect(await ofTagged(content, { resources })).toBe(expected);
  });

  const first = '0 0 1 1 re f';
  const second = '0 0 2 2 re f';
  test.each([
    [`${first} q ${second} Q`, `/Artifact BMC ${first} EMC q /Artifact BMC ${second} EMC Q`],
    [`q ${first} Q ${second}`, `q /Artifact BMC ${first} EMC Q /Artifact BMC ${second} EMC`],
    [`${first} BT /F 1 Tf (a) Tj ET`, `/Artifact BMC ${first} EMC BT /F 1 Tf /Artifact BMC (a) Tj EMC ET`],
    [`BT /F 1 Tf (a) Tj ET ${first}`, `BT /F 1 Tf /Artifact BMC (a) Tj EMC ET /Artifact BMC ${first} EMC`],
    [`${first} /X BMC ${second} EMC`, `/Artifact BMC ${first} EMC /X BMC /Artifact BMC ${second} EMC EMC`],
    [`${first} /X << >> BDC ${second} EMC`, `/Artifact BMC ${first} EMC /X << >> BDC /Artifact BMC ${second} EMC EMC`],
    [`/X BMC ${first} EMC ${second}`, `/X BMC /Artifact BMC ${first} EMC EMC /Artifact BMC ${second} EMC`],
  ])('a run of artifacts crosses no bracket: %s', async (content, expected) => {
    expect(await ofTagged(content)).toBe(expected);
  });

  test('its streams are read as one, with white space between', async () => {
    const objects: Objects = { 4: '[5 0 R 6 0 R]', 5: stream('/P <</MCID 0>> BDC 0 0 1 1 re'), 6: stream('f EMC') };
    expect(await ofTagged('', { objects })).toBeUndefined();
    objects[6] = stream('f EMC 0 0 2 2 re f');
    expect(await ofTagged('', { objects })).toBe('/P <</MCID 0>> BDC 0 0 1 1 re f EMC /Artifact BMC 0 0 2 2 re f EMC');
  });
});

test('a page that the tree does not name is all artifacts', async () => {
  const objects = {
    2: '<< /Kids [3 0 R 5 0 R] /Count 2 >>',
    5: '<< /Type /Page /Contents 6 0 R >>',
    6: stream('/P <</MCID 0>> BDC 0 0 1 1 re f EMC'),
  };
  const result = await merged(tagged('P[0]', { objects }));
  expect(dataOf(result.document, ofPage(result, 'Contents', 1))).toBe('/Artifact BMC 0 0 1 1 re f EMC');
});

describe('on a page without tags', () => {
  test.each([
    ['0 0 1 1 re f', '0 0 1 1 re f'],
    ['/P <</MCID 0>> BDC 0 0 1 1 re f EMC', '/NonStruct BMC 0 0 1 1 re f EMC'],
    ['/Artifact BMC 0 0 1 1 re f EMC', '/NonStruct BMC 0 0 1 1 re f EMC'],
    ['/Artifact <</Type /Page>> BDC /P <</MCID 7>> BDC EMC EMC', '/NonStruct BMC /NonStruct BMC EMC EMC'],
    ['/Span <</Lang (en)>> BDC 0 0 1 1 re f EMC', '/Span <</Lang (en)>> BDC 0 0 1 1 re f EMC'],
    ['BT /F 1 Tf (a) Tj ET', 'BT /F 1 Tf (a) Tj ET'],
  ])('%s', async (content, expected) => {
    expect(await ofPlain(content)).toBe(expected);
  });
});

test.each([
  ['BI /W 1 /I true ID x EI', 'BI /W 1 ID x EI'],
  ['BI /W 1 /Interpolate  true /H 1 ID x EI', 'BI /W 1 /H 1 ID x EI'],
  ['BI /W 1 /I false ID x EI', 'BI /W 1 /I false ID x EI'],
  ['BI /W 1 ID /I true EI', 'BI /W 1 ID /I true EI'],
])('a picture in the content is not smoothed: %s', async (content, expected) => {
  expect(await ofPlain(content)).toBe(expected);
});

describe('forms', () => {
  const form = (data: string, entries = '') => stream(data, `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${entries}`);
  /** The contents of the page and of the form that it paints, in a document. */
  async function both(content: string, objects: Objects, tree = 'P[0]') {
    const result = await merged(tagged(tree, { content, resources: '/XObject << /Fm 10 0 R /Fm2 11 0 R >>', objects }));
    const of = (path: string) => dataOf(result.document, ofPage(result, path));
    const copy = of('Resources/XObject/Fm-22');
    return {
      page: of('Contents'),
      form: of('Resources/XObject/Fm'),
      second: of('Resources/XObject/Fm2'),
      ...(copy === '' ? {} : { copy }),
    };
  }
  const mark = '/P <</MCID 0>> BDC 0 0 1 1 re f EMC';

  test('without tags of its own: an artifact, or what the mark around it says', async () => {
    const objects = { 10: form(`${mark} 0 0 2 2 re f`), 11: form('0 0 3 3 re f') };
    expect(await both('/Fm Do /P <</MCID 0>> BDC /Fm2 Do EMC', objects)).toEqual({
      page: '/Artifact BMC /Fm Do EMC /P <</MCID 0>> BDC /Fm2 Do EMC',
      form: '/NonStruct BMC 0 0 1 1 re f EMC 0 0 2 2 re f',
      second: '0 0 3 3 re f',
    });
  });

  const inForm =
    '<< /S /Document /Pg 3 0 R /K [<< /S /P /K 0 >> << /S /P /K << /Type /MCR /Stm 10 0 R /MCID 5 >> >>] >>';
  const ownMark = '/P <</MCID 5>> BDC 0 0 1 1 re f EMC';
  test('with tags of its own: kept, and its other content artifacts; painted again, a copy without tags', async () => {
    const objects = { 10: form(`${ownMark} ${mark} 0 0 2 2 re f`, '/StructParents 3'), 11: form('0 0 3 3 re f') };
    expect(await both(`0 0 1 1 re f /Fm Do /Fm Do 0 0 2 2 re f`, objects, inForm)).toEqual({
      page: '/Artifact BMC 0 0 1 1 re f EMC /Fm Do /Artifact BMC /Fm-22 Do 0 0 2 2 re f EMC',
      copy: '/NonStruct BMC 0 0 1 1 re f EMC /NonStruct BMC 0 0 1 1 re f EMC 0 0 2 2 re f',
      form: `${ownMark} /Artifact BMC 0 0 1 1 re f EMC /Artifact BMC 0 0 2 2 re f EMC`,
      second: '0 0 3 3 re f',
    });
  });

  test('with a number for tags, but none that the tree names', async () => {
    const objects = { 10: form(mark, '/StructParents 3'), 11: form('') };
    expect(await both('/P <</MCID 0>> BDC EMC /Fm Do', objects)).toMatchObject({
      page: '/P <</MCID 0>> BDC EMC /Artifact BMC /Fm Do EMC',
      form: '/NonStruct BMC 0 0 1 1 re f EMC',
    });
  });

  test('with tags of its own, called as a shading is', async () => {
    const objects = { 10: form(ownMark, '/StructParents 3'), 11: form('') };
    expect(await both('/Fm sh', objects, inForm)).toMatchObject({ page: '/Artifact BMC /Fm sh EMC' });
  });

  test('a picture is none, whatever its bytes', async () => {
    const objects = { 10: stream(mark, '/Subtype /Image /StructParents 3'), 11: form('') };
    expect(await both('/Fm Do', objects)).toMatchObject({ page: '/Artifact BMC /Fm Do EMC', form: mark });
  });

  test('with tags of its own, within a mark: part of that', async () => {
    const objects = { 10: form(ownMark, '/StructParents 3'), 11: form('') };
    expect(await both(`/P <</MCID 0>> BDC /Fm Do EMC`, objects, inForm)).toMatchObject({
      page: '/P <</MCID 0>> BDC /Fm-22 Do EMC',
      copy: '/NonStruct BMC 0 0 1 1 re f EMC',
    });
    // The tree names what is painted with marks of its own alone.
    expect(
      tagsOf(
        await merged(
          tagged(inForm, { content: '/P <</MCID 0>> BDC /Fm Do EMC', resources: '/XObject << /Fm 10 0 R >>', objects }),
        ),
      ),
    ).toBe('Sect(P[0] P)');
  });

  test('a form within a form', async () => {
    const inner = form(mark);
    const outer = form('/Inner Do', '/Resources << /XObject << /Inner 11 0 R >> >>');
    expect(await both('/Fm Do', { 10: outer, 11: inner })).toEqual({
      page: '/Artifact BMC /Fm Do EMC',
      form: '/Inner Do',
      second: '/NonStruct BMC 0 0 1 1 re f EMC',
    });
  });

  test('an annex without tags has no marks in its forms', async () => {
    const objects = { 10: form(`${mark} 0 0 2 2 re f`, '/StructParents 1') };
    const result = await merged(onePage({ content: '/Fm Do', resources: '/XObject << /Fm 10 0 R >>', objects }), '図');
    expect(dataOf(result.document, ofPage(result, 'Resources/XObject/Fm'))).toBe(
      '/NonStruct BMC 0 0 1 1 re f EMC 0 0 2 2 re f',
    );
  });

  const marks = `${mark} 0 0 2 2 re f`;
  const marksIn: [string, string, Objects, string][] = [
    ['a pattern', '/Pattern << /X 10 0 R >>', { 10: stream(marks, '/PatternType 1 /PaintType 1') }, 'Pattern/X'],
    [
      'the group of a soft mask',
      '/ExtGState << /X << /SMask << /S /Alpha /G 10 0 R >> >> >>',
      { 10: form(marks) },
      'ExtGState/X/SMask/G',
    ],
    [
      'a glyph',
      '/Font << /X << /Type /Font /Subtype /Type3 /CharProcs << /a 10 0 R >> >> >>',
      { 10: stream(marks) },
      'Font/X/CharProcs/a',
    ],
    ['a form that nothing paints', '/XObject << /X 10 0 R >>', { 10: form(marks) }, 'XObject/X'],
  ];
  test.each(marksIn)('%s has no marks', async (_, resources, objects, path) => {
    const result = await merged(tagged('P[0]', { resources, objects }));
    expect(dataOf(result.document, ofPage(result, `Resources/${path}`))).toBe(
      '/NonStruct BMC 0 0 1 1 re f EMC 0 0 2 2 re f',
    );
  });
});

test('glyphs without resources use those of every page that shows them', async () => {
  const page = (state: string) =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R /Resources << /Font << /X 7 0 R >> /ExtGState << /${state} << /CA 0.5 >> >> >> >>`;
  const glyph = (state: string) => stream(`500 0 d0 /${state} gs 0 0 m 500 500 l S`);
  const result = await merged(
    onePage({
      content: 'BT /X 20 Tf (AB) Tj ET',
      objects: {
        2: '<< /Type /Pages /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>',
        3: page('G'),
        5: page('H'),
        6: page('G'),
        7: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65 /LastChar 66 /Widths [500 500] /Encoding << /Type /Encoding /Differences [65 /A /B] >> /CharProcs << /A 8 0 R /B 9 0 R >> >>',
        8: glyph('G'),
        9: glyph('H'),
      },
    }),
    '図',
  );
  for (const state of ['G', 'H'])
    expect(written(result.document, ofPage(result, `Resources/Font/X/Resources/ExtGState/${state}`))).toContain(
      '/CA 0.5',
    );
});

describe('which text is visible', () => {
  const resources = '/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /Harbour /Encoding /WinAnsiEncoding >> >>';
  const refused = ['error annex-font-not-embedded Harbour(1ページ)'];
  test.each([
    ['BT /F 1 Tf (a) Tj ET', refused],
    ['BT /F 1 Tf [(a)] TJ ET', refused],
    ["BT /F 1 Tf (a) ' ET", refused],
    ['BT /F 1 Tf 1 1 (a) " ET', refused],
    ['BT /F 1 Tf 3 Tr (a) Tj ET', []],
    ['BT /F 1 Tf 3 Tr (a) Tj 0 Tr (a) Tj ET', refused],
    ['BT /F 1 Tf 7 Tr (a) Tj ET', refused],
    ['3 Tr BT /F 1 Tf (a) Tj ET', []],
    ['q 3 Tr Q BT /F 1 Tf (a) Tj ET', refused],
    ['3 Tr q BT /F 1 Tf (a) Tj ET Q', []],
    ['q /F 1 Tf q /G 1 Tf Q BT (a) Tj ET', refused], // the font is that of before
    ['/F 1 Tf q /F 1 Tf Q Q Q BT (a) Tj ET', refused],
    ['q /F 1 Tf Q BT (a) Tj ET', []], // no font
    ['BT /F 1 Tf ET', []], // no text
    ['BT /Other 1 Tf (a) Tj ET', []],
    ['BT /constructor 1 Tf (a) Tj ET', []],
    ['BT (a) Tj ET', []],
    ['BT /F 1 Tf (a) Tj 3 Tr (a) Tj ET', refused],
  ])('%s', async (content, expected) => {
    expect(await problemsOf(onePage({ content, resources }), '図')).toEqual(expected);
  });

  test('a pattern has its own', async () => {
    const objects = { 10: stream('BT /F 1 Tf (a) Tj ET', `/PatternType 1 /Resources << ${resources} >>`) };
    const of = (more: string) => problemsOf(onePage({ resources: `/Pattern << /X 10 0 R >> ${more}`, objects }), '図');
    expect(await of('')).toEqual(refused);
    objects[10] = stream('BT /F 1 Tf (a) Tj ET', '/PatternType 1 /Resources << >>');
    expect(await of('')).toEqual([]);
  });

  test('a form without resources has those of its page; so has one that does not know a name', async () => {
    const data = 'BT /F 1 Tf (a) Tj ET';
    const objects = (own: string) => ({ 10: stream(data, `/Subtype /Form ${own}`) });
    const of = (own: string) =>
      problemsOf(
        onePage({ content: '/X Do', resources: `${resources} /XObject << /X 10 0 R >>`, objects: objects(own) }),
        '図',
      );
    expect(await of('')).toEqual(refused);
    expect(await of('/Resources << >>')).toEqual(refused);
  });
});

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { merged, type Objects, ofPage, onePage, problemsOf, stream, tagged, written } from './pdf.ts';

// What the standards forbid in what pages draw with (ISO 19005-3, 6.2), and what is made of it.

/** The resources of the page as they are in the document. */
async function became(resources: string, objects: Objects = {}): Promise<string> {
  const result = await merged(onePage({ resources, objects }), '図');
  return written(result.document, ofPage(result, 'Resources'));
}
const state = (entries: string) => `/ExtGState << /G << ${entries}>> >>`;
const image = (entries: string) => stream('x', `/Type /XObject /Subtype /Image /Width 1 /Height 1 ${entries}`);
const form = (entries: string) => stream('', `/Type /XObject /Subtype /Form /BBox [0 0 1 1] ${entries}`);
const xobject = '/XObject << /X 10 0 R >>';
const font = (entries: string) => `/Font << /F << /Type /Font ${entries}>> >>`;

describe('graphics states', () => {
  test.each([
    ['/CA 0.5 /ca 0.4 /OPM 1 /OP true ', '/CA 0.5 /ca 0.4 /OP true '],
    ['/TR /Identity /HTP [0 0] /HT /Default /CA 1 ', '/CA 1 '],
    ['/TR2 /Default ', '/TR2 /Default '],
    ['/TR2 /Identity /CA 1 ', '/CA 1 '],
    ['/TR2 << >> /CA 1 ', '/CA 1 '],
    ['/BM /Multiply ', '/BM /Multiply '],
    ['/BM /Foo ', '/BM /Normal '],
    ['/BM [/Foo /Multiply] ', '/BM /Multiply '],
    ['/BM [/Foo] ', '/BM /Normal '],
    ['/RI /Perceptual ', '/RI /Perceptual '],
    ['/RI /Foo /CA 1 ', '/CA 1 '],
    ['/RI (a) /CA 1 ', '/CA 1 '],
    ['/Intent /Foo ', ''],
    ['/LastModified (D:2026) /LW 2 ', '/LW 2 '],
  ])('%s→ %s', async (entries, expected) => {
    expect(await became(state(entries))).toBe(`<< ${state(expected)} >>`);
    // The same of an object of its own.
    expect(await became('/ExtGState << /G 10 0 R >>', { 10: `<< ${entries}>>` })).toBe(`<< ${state(expected)} >>`);
  });

  const modes =
    'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference ' +
    'Exclusion Hue Saturation Color Luminosity';
  test('all blend modes and intents of the standard are kept', async () => {
    for (const mode of modes.split(' ')) expect(await became(state(`/BM /${mode} `))).toContain(`/BM /${mode} `);
    for (const intent of ['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation'])
      expect(await became(state(`/RI /${intent} `))).toContain(`/RI /${intent} `);
  });
});

describe('pictures', () => {
  const forbidden = [
    'Alternates []',
    'OPI << >>',
    'Interpolate true',
    'Metadata 11 0 R',
    'AF []',
    'StructParent 3',
    'PieceInfo << >>',
  ];
  test.each(forbidden)('lose /%s', async (entry) => {
    const objects = { 10: image(`/${entry} /BitsPerComponent 8`), 11: stream('') };
    expect(await became(xobject, objects)).toBe(
      '<< /XObject << /X << /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 >> stream >> >>',
    );
  });
  test.each([
    ['/Intent /Saturation ', '/Intent /Saturation '],
    ['/Intent /Foo ', ''],
    ['/OPM 1 ', ''],
    ['/ImageMask true /BitsPerComponent 8 ', '/ImageMask true /BitsPerComponent 1 '],
    ['/SMask 11 0 R ', '/SMask << /Type /XObject /Subtype /Image /Width 1 /Height 1 >> stream '],
    ['/DL 3 ', ''],
    ['/FFilter /Foo /FDecodeParms << >> ', ''],
    ['/Decode [1 0] ', '/Decode [1 0] '],
  ])('%s→ %s', async (entries, expected) => {
    const text = await became(xobject, { 10: image(entries), 11: image('/Interpolate true') });
    expect(text).toBe(
      `<< /XObject << /X << /Type /XObject /Subtype /Image /Width 1 /Height 1 ${expected}>> stream >> >>`,
    );
  });
});

test('every stream has one length', async () => {
  const objects = { 10: image('/Interpolate true'), 11: form('') };
  const { bytes } = await merged(onePage({ resources: '/XObject << /X 10 0 R /Y 11 0 R >>', objects }), '図');
  const heads = [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/^\d+ 0 obj\n(<<.*>>)\nstream\n/gm),
  ];
  expect(heads.length).toBeGreaterThan(4);
  for (const [, head = ''] of heads) expect(head.match(/\/Length /g), head).toHaveLength(1);
});

describe('forms', () => {
  const forbidden = [
    ...['OPI << >>', 'PS 11 0 R', 'Subtype2 /Foo', 'Ref << >>', 'Metadata 11 0 R', 'AF []', 'StructParent 3'],
    ...['StructParents 3', 'PieceInfo << >>', 'LastModified (a)'],
  ];
  test.each(forbidden)('lose /%s', async (entry) => {
    const objects = { 10: form(`/${entry} /Resources << >>`), 11: stream('') };
    expect(await became(xobject, objects)).toBe(
      '<< /XObject << /X << /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >> >> stream >> >>',
    );
  });

  test.each<[string, string, Objects]>([
    ['a form', xobject, { 10: form(`/Resources << ${state('/OPM 1 /CA 1 ')} >>`) }],
    [
      'a form within it',
      xobject,
      { 10: form('/Resources << /XObject << /Y 11 0 R >> >>'), 11: form(`/Resources << ${state('/OPM 1 /CA 1 ')} >>`) },
    ],
    [
      'a pattern',
      '/Pattern << /X 10 0 R >>',
      { 10: stream('', `/PatternType 1 /Metadata 11 0 R /Resources << ${state('/OPM 1 /CA 1 ')} >>`), 11: stream('') },
    ],
    ['a glyph', `${font('/Subtype /Type3 /CharProcs << /a 10 0 R >> ')} `, { 10: stream('') }],
    ["a font's own resources", font(`/Subtype /Type3 /Resources << ${state('/OPM 1 /CA 1 ')} >> `), {}],
    [
      'a soft mask',
      state('/SMask << /S /Alpha /G 10 0 R >> '),
      { 10: form(`/Resources << ${state('/OPM 1 /CA 1 ')} >>`) },
    ],
  ])('what stands in %s is looked into', async (_, resources, objects) => {
    const text = await became(resources, objects);
    expect(text).not.toMatch(/OPM|Metadata/);
    if (JSON.stringify([resources, objects]).includes('OPM')) expect(text).toContain('/CA 1 ');
  });
});

describe('fonts', () => {
  test.each([
    [
      '/Subtype /Type1 /FontDescriptor << /CIDSet 10 0 R /CharSet (a) /Flags 4 >> ',
      '/Subtype /Type1 /FontDescriptor << /Flags 4 >> ',
    ],
    ['/Subtype /CIDFontType2 ', '/Subtype /CIDFontType2 /CIDToGIDMap /Identity '],
    ['/Subtype /CIDFontType2 /CIDToGIDMap /Identity ', '/Subtype /CIDFontType2 /CIDToGIDMap /Identity '],
    ['/Subtype /CIDFontType0 ', '/Subtype /CIDFontType0 '],
    [
      '/Subtype /Type0 /DescendantFonts [<< /Subtype /CIDFontType2 /FontDescriptor << /CIDSet 10 0 R >> >>] ',
      '/Subtype /Type0 /DescendantFonts [<< /Subtype /CIDFontType2 /FontDescriptor << >> /CIDToGIDMap /Identity >>] ',
    ],
    ['/Subtype /CIDFontType2 /CIDToGIDMap 10 0 R ', '/Subtype /CIDFontType2 /CIDToGIDMap << >> stream '],
    ['/CharSet (a) ', ''],
  ])('%s→ %s', async (entries, expected) => {
    expect(await became(font(entries), { 10: stream('') })).toBe(`<< ${font(expected)} >>`);
  });
});

describe('names that only look forbidden are free', () => {
  test.each([
    '/Properties << /OPM << /MCID 1 >> /Metadata << /ActualText (a) >> >>',
    '/ExtGState << /TR << /CA 1 >> /OPM << /CA 1 >> >>',
    '/Font << /CharSet << /Type /Font >> /CharProcs << /Type /Font >> >>',
    '/ColorSpace << /Interpolate [/Indexed /DeviceRGB 0 <000000>] /BM /DeviceGray >>',
    '/Shading << /S << /ShadingType 2 /Function << /FunctionType 2 /N 1 >> >> >>',
  ])('%s stays', async (resources) => {
    expect(await became(resources)).toBe(`<< ${resources} >>`);
  });
  test('a form and a picture called as entries are', async () => {
    const text = await became('/XObject << /Metadata 10 0 R /Alternates 11 0 R >>', {
      10: form('/Resources << >>'),
      11: image(''),
    });
    expect(text).toMatch(/\/Metadata << .*\/Alternates << /);
  });
});

describe('what no mending helps is refused, with its page', () => {
  const forbidden = (what: string, page = 1) => [`error annex-forbidden ${page}ページの${what}`];
  test.each<[string, Objects[number], string[]]>([
    ['a file elsewhere', stream('', '/Subtype /Image /F (picture.jpg)'), forbidden('別のファイルにあるデータ')],
    [
      'a file elsewhere, of an unknown kind',
      stream('', '/Subtype /Image /F (picture.jpg) /Filter /Foo'),
      forbidden('別のファイルにあるデータ'),
    ],
    ['an unknown compression', stream('', '/Subtype /Image /Filter /Foo'), forbidden('圧縮方式 Foo')],
    [
      'an unknown compression, behind others',
      stream('', '/Subtype /Image /Filter [/ASCIIHexDecode /Foo]'),
      forbidden('圧縮方式 Foo'),
    ],
    ['PostScript', stream('', '/Subtype /PS'), forbidden('PostScript')],
    ...[
      'ASCIIHexDecode',
      'ASCII85Decode',
      'RunLengthDecode',
      'CCITTFaxDecode',
      'JBIG2Decode',
      'DCTDecode',
    ].map((filter): [string, Objects[number], string[]] => [
      filter,
      stream('', `/Subtype /Image /Filter /${filter}`),
      [],
    ]),
    ['Flate', stream(deflateSync('a'), '/Subtype /Image /Filter [/FlateDecode]'), []],
    ['an object that is broken', '<< /A (', ['error annex-damaged 1ページ: オブジェクトが壊れています']],
    [
      'a picture of bytes that are no Flate',
      stream('abc', '/Subtype /Image /Filter /FlateDecode'),
      ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
    ],
    [
      'a form of bytes that are no hexadecimal',
      stream('xyz', '/Subtype /Form /Filter [/ASCIIHexDecode /FlateDecode]'),
      ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
    ],
    [
      'data of another kind, of several filters',
      stream('abc', '/Filter [/ASCIIHexDecode /FlateDecode]'),
      ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
    ],
    ['a picture of several filters', stream('abc', '/Subtype /Image /Filter [/FlateDecode /DCTDecode]'), []],
    [
      'data of another kind that are no Flate',
      stream('abc', '/Filter /FlateDecode'),
      ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
    ],
  ])('%s', async (_, object, expected) => {
    expect(await problemsOf(onePage({ resources: xobject, objects: { 10: object } }), '図')).toEqual(expected);
  });

  const bad = { 11: stream('', '/Subtype /Image /F (picture.jpg)') };
  test.each<[string, Parameters<typeof onePage>[0]]>([
    ['the group of the page', { page: '/Group << /S /Transparency /CS [/ICCBased 11 0 R] >>' }],
    [
      'the look of a link',
      { page: '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest [0 /Fit] /BS << /X 11 0 R >> >>]' },
    ],
  ])('in %s too', async (_, { objects, ...parts }) => {
    const bytes = onePage({ ...parts, objects: { ...bad, ...objects } });
    expect(await problemsOf(bytes, '図')).toEqual(forbidden('別のファイルにあるデータ'));
  });
  test.each([
    ['attributes', '<< /S /P /Pg 3 0 R /K 0 /A << /O /Layout /X 11 0 R >> >>', ''],
    ['classes of attributes', '<< /S /P /Pg 3 0 R /K 0 >>', '/ClassMap << /C << /X 11 0 R >> >>'],
  ])('in %s too', async (_, tree, root) => {
    const objects = { ...bad, 20: `<< /Type /StructTreeRoot /K [${tree}] ${root} >>` };
    expect(await problemsOf(tagged('<< >>', { content: '/P <</MCID 0>> BDC EMC', objects }))).toEqual(
      forbidden('別のファイルにあるデータ'),
    );
  });

  test('of the page that leads there first, once', async () => {
    const bytes = onePage({
      objects: {
        2: '<< /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>',
        5: `<< /Type /Page /Resources << ${xobject} >> >>`,
        6: `<< /Type /Page /Resources << ${xobject} >> >>`,
        10: stream('', '/Subtype /PS'),
      },
    });
    expect(await problemsOf(bytes, '図')).toEqual(forbidden('PostScript', 2));
  });

  test('what lies on other pages is of those', async () => {
    const objects = {
      2: '<< /Kids [3 0 R 5 0 R] /Count 2 >>',
      3: '<< /Type /Page /Resources << /Properties << /A 5 0 R >> >> >>',
      5: `<< /Type /Page /Resources << ${xobject} >> >>`,
      10: stream('', '/Subtype /PS'),
    };
    expect(await problemsOf(onePage({ objects }), '図')).toEqual(forbidden('PostScript', 2));
  });

  test('what nothing leads to is not there', async () => {
    expect(await problemsOf(onePage({ objects: bad }), '図')).toEqual([]);
  });
});

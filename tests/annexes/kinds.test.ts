import { PDFArray, type PDFDict } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  at,
  dataOf,
  merged,
  type Objects,
  ofPage,
  onePage,
  type Parts,
  partOf,
  problemsOf,
  profileOf,
  shown,
  stream,
  tagged,
  tagsOf,
  written,
} from './pdf.ts';

// Annexes of one property each: what readers of the document find of it.

interface Node {
  role?: string;
  type?: string;
  id?: string;
  children?: Node[];
}
const leaves = (node: Node): Node[] => (node.children ? node.children.flatMap(leaves) : [node]);

describe('pages are shown as they were', () => {
  test.each<[string, string, { view: number[]; unit: number; rotate: number }]>([
    ['all of it', '', { view: [0, 0, 200, 300], unit: 1, rotate: 0 }],
    ['a CropBox', '/CropBox [10 20 110.5 220.25]', { view: [10, 20, 110.5, 220.25], unit: 1, rotate: 0 }],
    ['a UserUnit', '/UserUnit 2.5', { view: [0, 0, 200, 300], unit: 2.5, rotate: 0 }],
    ['turned', '/Rotate 270', { view: [0, 0, 200, 300], unit: 1, rotate: 270 }],
    ['a corner elsewhere', '/MediaBox [-20.12346 -30 80 70]', { view: [-20.12346, -30, 80, 70], unit: 1, rotate: 0 }],
  ])('%s', async (_, entries, expected) => {
    const objects: Objects = entries.startsWith('/MediaBox') ? { 3: `<< /Type /Page ${entries} >>` } : {};
    const result = await merged(onePage({ page: entries, objects }), '図');
    await shown(result, async (pdf) => {
      expect(pdf.numPages).toBe(3);
      const { view, userUnit, rotate } = await pdf.getPage(2);
      expect({ view, unit: userUnit, rotate }).toEqual(expected);
    });
    expect(String(ofPage(result, 'Tabs'))).toBe('/S');
  });

  test('a bookmark leads to its top left corner', async () => {
    const of = async (page: string) => {
      const { document } = await merged(onePage({ page }), '図');
      return written(document, at(document, 'Outlines/First/Dest')).replace('/Page ', '');
    };
    expect(await of('')).toBe('[/XYZ 0 300 null]');
    expect(await of('/CropBox [10 20 110 220]')).toBe('[/XYZ 10 220 null]');
    expect(await of('/Rotate 90')).toBe('[/Fit]');
  });

  test('transparency is blended in the space of its group', async () => {
    const result = await merged(onePage({ page: '/Group << /S /Transparency /CS /DeviceRGB /I true >>' }), '図');
    expect(written(result.document, ofPage(result, 'Group'))).toBe('<< /S /Transparency /CS /DeviceRGB /I true >>');
  });
});

describe('the language that it is read in', () => {
  test.each([
    ['(ja)', 'ja'],
    ['(en-US)', 'en-US'],
    ['(zh-Hant-TW)', 'zh-Hant-TW'],
    ['<6A61>', 'ja'],
    ['()', undefined],
    ['(not a language)', undefined],
    ['(ja-)', undefined],
    ['(-ja)', undefined],
    ['(japanese1)', undefined],
    ['(abcdefghi)', undefined],
    ['(en-abcdefghi)', undefined],
    ['(abcdefgh-12345678)', 'abcdefgh-12345678'],
    ['/ja', undefined],
  ])('%s', async (written, expected) => {
    const result = await merged(tagged('P[0]', { catalog: `/Lang ${written}` }));
    const language = at(result.document, 'Lang', partOf(result));
    expect(language && String(language)).toBe(expected && `(${expected})`);
  });
});

describe('CMYK without a profile is told with its pages and gets one', () => {
  const told = ['warning annex-cmyk 1ページ'];
  const form = (data: string, resources = '') => ({
    resources: '/XObject << /X 10 0 R >>',
    objects: { 10: stream(data, `/Subtype /Form /BBox [0 0 9 9] /Resources << ${resources} >>`) },
  });
  const pattern = (data: string) => ({
    resources: '/Pattern << /X 10 0 R >>',
    objects: { 10: stream(data, '/PatternType 1 /PaintType 1 /Resources << >>') },
  });
  test.each<[string, Parts]>([
    ['k: filled', { content: '0 0 0 1 k 0 0 9 9 re f' }],
    ['K: stroked', { content: '0 0 0 1 K 0 0 9 9 re S' }],
    ['cs', { content: '/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f' }],
    ['CS', { content: '/DeviceCMYK CS 0 0 0 1 SC 0 0 9 9 re S' }],
    ['k in a form', { content: '/X Do', ...form('0 0 0 1 k') }],
    ['K in a form', { content: '/X Do', ...form('0 0 0 1 K') }],
    ['cs in a form', { content: '/X Do', ...form('/DeviceCMYK cs') }],
    ['CS in a form', { content: '/X Do', ...form('/DeviceCMYK CS') }],
    ['K in a form that nothing paints', form('0 0 0 1 K')],
    ['k in a pattern', pattern('0 0 0 1 k')],
    ['K in a pattern', pattern('0 0 0 1 K')],
    ['CS in a pattern', pattern('/DeviceCMYK CS')],
    [
      'k in a glyph',
      {
        resources: '/Font << /F << /Subtype /Type3 /CharProcs << /a 10 0 R >> >> >>',
        objects: { 10: stream('0 0 0 1 k') },
      },
    ],
    ['a colour space by name', { resources: '/ColorSpace << /A /DeviceCMYK >>' }],
    ['a colour space of colours', { resources: '/ColorSpace << /A [/Indexed /DeviceCMYK 0 <00000000>] >>' }],
    [
      'a picture',
      { resources: '/XObject << /X 10 0 R >>', objects: { 10: stream('', '/Subtype /Image /ColorSpace /DeviceCMYK') } },
    ],
    ['a shading', { resources: '/Shading << /S << /ShadingType 2 /ColorSpace /DeviceCMYK >> >>' }],
    ['a group', { page: '/Group << /S /Transparency /CS /DeviceCMYK >>' }],
    ['an inline picture', { content: 'BI /W 1 /H 1 /CS /CMYK ID x EI' }],
    ['an inline picture, in full', { content: 'BI /W 1 /H 1 /CS /DeviceCMYK ID x EI' }],
  ])('%s', async (_, parts) => {
    const result = await merged(onePage(parts), '図');
    expect(result.told).toEqual(told);
    // In the place of DeviceCMYK, or for what a content means by it.
    const drawn = ['Resources', 'Group'].map((key) => written(result.document, ofPage(result, key))).join(' ');
    expect(drawn).toMatch(/\[\/ICCBased << \/N 4 [^>]*>> stream\]/);
    expect(drawn).not.toContain('/DeviceCMYK');
  });

  test.each<[string, Parts]>([
    ['RGB and grey', { content: '1 0 0 rg 1 0 0 RG 0 g 0 G /DeviceRGB cs /DeviceGray CS' }],
    ['a font of that name', { content: 'BT /k 1 Tf /DeviceCMYK 1 Tf ET /DeviceCMYK gs' }],
    ['text of these letters', { content: 'BT (0 0 0 1 k) Tj ET' }],
    ['an inline picture of these letters', { content: 'BI /W 1 /H 1 /CS /G ID /CMYK EI' }],
  ])('not told: %s', async (_, parts) => {
    const result = await merged(onePage(parts), '図');
    expect(result.told).toEqual([]);
    expect(ofPage(result, 'Resources/ColorSpace')).toBeUndefined();
  });

  test.each([
    ['/OutputIntents [<< /S /GTS_PDFX /DestOutputProfile 10 0 R >>]', 4, []],
    ['/OutputIntents [<< /S /GTS_PDFX >> (a) << /S /GTS_PDFA1 /DestOutputProfile 10 0 R >>]', 4, []],
    ['/OutputIntents [<< /S /GTS_PDFA1 /DestOutputProfile 10 0 R >>]', 3, told],
    ['/OutputIntents [<< /S /GTS_PDFX /DestOutputProfile 99 0 R >>]', 4, told],
    ['/OutputIntents []', 4, told],
  ] as [string, number, string[]][])('the profile of its press: %s, %d colours', async (catalog, colours, expected) => {
    const objects = { 10: stream(profileOf('prtr', colours), `/N ${colours}`) };
    const result = await merged(onePage({ content: '0 0 0 1 k', catalog, objects }), '図');
    expect(result.told).toEqual(expected);
    const profile = at(result.document, 'ColorSpace/DefaultCMYK/1', ofPage(result, 'Resources'));
    expect(dataOf(result.document, profile).includes('acsp of this press')).toBe(expected.length === 0);
  });

  test('on all its pages', async () => {
    const objects = {
      2: '<< /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>',
      5: '<< /Type /Page >>',
      6: '<< /Type /Page /Contents 4 0 R >>',
    };
    expect(await problemsOf(onePage({ content: '0 0 0 1 K', objects }), '図')).toEqual([
      'warning annex-cmyk 1、3ページ',
    ]);
  });
});

describe('what the whole file carries is left out and told', () => {
  test.each([
    ['/AcroForm << /Fields [10 0 R] >>', ['warning annex-form']],
    ['/AcroForm << /Fields [] >>', []],
    ['/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>', ['warning annex-script']],
    ['/OpenAction << /S /Launch >>', ['warning annex-script']],
    ['/OpenAction << /S /GoTo /D [3 0 R /Fit] >>', []],
    ['/OpenAction [3 0 R /Fit]', []],
    ['/AA << /WC << /S /JavaScript >> >>', ['warning annex-script']],
    ['/Names << /JavaScript << /Names [(open) << /S /JavaScript >>] >> >>', ['warning annex-script']],
    ['/Names << /EmbeddedFiles << /Names [(a) << >>] >> >>', ['warning annex-attachment']],
    ['/AF [10 0 R]', ['warning annex-attachment']],
    ['/Collection << >>', ['warning annex-attachment']],
    ['/Names << /Dests << /Names [] >> >> /PageMode /UseOutlines /ViewerPreferences << >>', []],
    [
      '/AF [10 0 R] /AA << >> /AcroForm << /Fields [10 0 R] >>',
      ['warning annex-form', 'warning annex-script', 'warning annex-attachment'],
    ],
  ])('%s', async (catalog, expected) => {
    const result = await merged(onePage({ catalog, objects: { 10: '<< /FT /Tx /T (secret) >>' } }), '図');
    expect(result.told).toEqual(expected);
    const keys = (result.document.catalog as PDFDict).keys().map(String);
    for (const key of ['/AcroForm', '/OpenAction', '/AA', '/AF', '/Collection']) expect(keys).not.toContain(key);
    // The document's own: where the annex begins.
    const name = Buffer.from('part-a').toString('hex').toUpperCase();
    expect(written(result.document, at(result.document, 'Names'))).toBe(
      `<< /Dests << /Names [<${name}> [/Page /XYZ 0 300 null]] >> >>`,
    );
    expect(
      JSON.stringify(result.document.context.enumerateIndirectObjects().map(([, object]) => String(object))),
    ).not.toMatch(/secret|JavaScript/);
  });

  test.each([
    ['Widget', '/AcroForm << /Fields [10 0 R] >>', 'annex-form'],
    ['FileAttachment', '/AF []', 'annex-attachment'],
    ['Text', '/AcroForm << /Fields [] >>', 'annex-annotation'],
  ])('once: where a page has a %s it is told with that', async (subtype, catalog, code) => {
    const bytes = onePage({ catalog, page: '/Annots [10 0 R]', objects: { 10: `<< /Subtype /${subtype} >>` } });
    expect(await problemsOf(bytes, '図')).toEqual([`warning ${code} 1ページ`]);
  });

  test('beside what else a page has', async () => {
    const bytes = onePage({ catalog: '/AF []', page: '/Annots [<< /Subtype /Text >>]' });
    expect(await problemsOf(bytes, '図')).toEqual(['warning annex-annotation 1ページ', 'warning annex-attachment']);
  });
});

test('a picture is not smoothed, overprinting is as PDF/A has it', async () => {
  const result = await merged(
    onePage({
      resources: '/XObject << /X 10 0 R >> /ExtGState << /G << /OP true /OPM 1 >> >>',
      objects: { 10: stream('', '/Subtype /Image /Interpolate true') },
    }),
    '図',
  );
  expect(written(result.document, ofPage(result, 'Resources'))).toBe(
    '<< /XObject << /X << /Subtype /Image >> stream >> /ExtGState << /G << /OP true >> >> >>',
  );
});

test('head, body and foot of a table are kept', async () => {
  const tree = 'Table(THead(TR(TH[0])) TBody(TR(TD[1])) TFoot(TR(TD[2])))';
  const result = await merged(tagged(tree));
  expect(tagsOf(result)).toBe(tree);
  await shown(result, async (pdf) => {
    const root = (await (await pdf.getPage(2)).getStructTree()) as Node;
    const table = root.children?.[0]?.children?.[0]?.children?.[0];
    expect(table?.children?.map(({ role }) => role)).toEqual(['THead', 'TBody', 'TFoot']);
  });
});

describe('the parent tree', () => {
  /** Of each page the elements that its parent tree names, as roles; from pdf-lib, and by pdfjs which it finds. */
  async function parents(bytes: Buffer, alternative?: string): Promise<[string[], string[]][]> {
    const result = await merged(bytes, alternative);
    const { document } = result;
    const nums = at(document, 'StructTreeRoot/ParentTree/Nums') as PDFArray;
    const keys = Array.from({ length: nums.size() / 2 }, (_, index) => Number(nums.lookup(2 * index)));
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
    expect(Number(at(document, 'StructTreeRoot/ParentTreeNextKey'))).toBeGreaterThan(Math.max(...keys));
    return shown(result, async (pdf) =>
      Promise.all(
        document.getPages().map(async (page, index): Promise<[string[], string[]]> => {
          const list = nums.lookup(2 * keys.indexOf(Number(at(document, 'StructParents', page.node))) + 1) as PDFArray;
          const roles = list.asArray().map((_, place) => String(at(document, `${place}/S`, list)));
          const root = (await (await pdf.getPage(index + 1)).getStructTree()) as Node;
          return [roles, leaves(root).map(({ id }) => id?.replace(/.*_mc/, '') ?? '')];
        }),
      ),
    );
  }

  test('knows the pages before and after an annex as it did, and its own', async () => {
    expect(await parents(tagged('H1[0] P[1] L(LI(LBody[2]))'))).toEqual([
      [['/P'], ['0']],
      [
        ['/H1', '/P', '/LBody'],
        ['0', '1', '2'],
      ],
      [['/P'], ['0']],
    ]);
    expect(await parents(onePage({}), '図')).toEqual([
      [['/P'], ['0']],
      [['/Figure'], ['0']],
      [['/P'], ['0']],
    ]);
  });

  test('of an annex of several pages', async () => {
    const page = '<< /Type /Page /MediaBox [0 0 9 9] >>';
    const tree =
      '<< /S /Sect /K [<< /S /P /Pg 5 0 R /K [1 0] >> << /S /H1 /Pg 3 0 R /K 0 >> << /S /Quote /Pg 5 0 R /K 3 >>] >>';
    const objects: Objects = { 2: '<< /Kids [3 0 R 5 0 R] /Count 2 >>', 5: page };
    expect(await parents(tagged(tree, { content: '/P <</MCID 0>> BDC EMC', objects }))).toEqual([
      [['/P'], ['0']],
      [['/H1'], ['0']],
      [
        ['/P', '/P', 'undefined', '/Quote'],
        ['1', '0', '3'],
      ],
      [['/P'], ['0']],
    ]);
  });

  test('of links and of forms', async () => {
    const result = await merged(
      tagged(
        '<< /S /P /Pg 3 0 R /K [0 << /Type /MCR /Stm 10 0 R /MCID 2 >>] >> << /S /Link /K << /Type /OBJR /Obj 12 0 R >> >>',
        {
          content: '/P <</MCID 0>> BDC EMC /X Do',
          resources: '/XObject << /X 10 0 R >>',
          page: '/Annots [12 0 R]',
          objects: {
            10: stream('/P <</MCID 2>> BDC 0 0 9 9 re f EMC', '/Subtype /Form /StructParents 5'),
            12: '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [0 /Fit] >>',
          },
        },
      ),
    );
    expect(tagsOf(result)).toBe('P([0] [form 2]) Link[link]');
    const { document } = result;
    const nums = at(document, 'StructTreeRoot/ParentTree/Nums') as PDFArray;
    const entry = (key: unknown) =>
      nums.lookup(nums.asArray().findIndex((item, index) => index % 2 === 0 && String(item) === String(key)) + 1);
    const form = entry(ofPage(result, 'Resources/XObject/X/StructParents')) as PDFArray;
    expect([0, 1, 2].map((place) => String(at(document, `${place}/S`, form)))).toEqual([
      'undefined',
      'undefined',
      '/P',
    ]);
    expect(String(at(document, 'S', entry(ofPage(result, 'Annots/0/StructParent'))))).toBe('/Link');
    expect(entry(ofPage(result, 'StructParents'))).toBeInstanceOf(PDFArray);
  });
});

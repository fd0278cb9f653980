import type { PDFDict } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  accepted,
  at,
  merged,
  type Objects,
  ofPage,
  onePage,
  type Parts,
  problemsOf,
  shown,
  tagged,
  tagsOf,
  written,
} from './pdf.ts';

// Links, destinations, bookmarks, page labels and layers, as pdfjs finds them in the document.

const two: Objects = {
  2: '<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>',
  5: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>',
};
const annotation = (entries: string, rect = '/Rect [10 10 50 50]') =>
  `<< /Type /Annot /Subtype /Link ${rect} ${entries} >>`;
/** An annex of two pages with one annotation on its first. */
const linking = (entries: string, { objects = {}, ...parts }: Parts = {}) =>
  onePage({ page: '/Annots [12 0 R]', objects: { ...two, 12: annotation(entries), ...objects }, ...parts });

/** Where the links of the annex's first page lead: page of the annex, from 1, and view; or URL, or action. */
async function leads(bytes: Buffer): Promise<unknown[]> {
  return shown(await merged(bytes, '図'), async (pdf) => {
    const annotations = await (await pdf.getPage(2)).getAnnotations();
    return Promise.all(
      annotations.map(async ({ dest, url, action }) => {
        const found = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
        if (!found) return url ?? action;
        const [page, view, ...rest] = found;
        return [await pdf.getPageIndex(page), view.name, ...rest].join(' ');
      }),
    );
  });
}

const views: [string, string][] = [
  ['/XYZ 10 20 1.5', 'XYZ 10 20 1.5'],
  ['/XYZ null null null', 'XYZ   '],
  ['/XYZ 10 null null', 'XYZ 10  '],
  ['/XYZ', 'XYZ   '],
  ['/XYZ 10 20 1.5 7 8', 'XYZ 10 20 1.5'],
  ['/XYZ /a 20 0', 'XYZ  20 0'],
  ['/Fit', 'Fit'],
  ['/Fit 3', 'Fit'],
  ['/FitH 20', 'FitH 20'],
  ['/FitH null', 'FitH '],
  ['/FitV 10', 'FitV 10'],
  ['/FitV 10 20', 'FitV 10'],
  ['/FitR 1 2 30 40', 'FitR 1 2 30 40'],
  ['/FitB', 'FitB'],
  ['/FitBH 20', 'FitBH 20'],
  ['/FitBV 10', 'FitBV 10'],
  ['/Fitting 10', 'Fit'],
  ['', 'Fit'],
];

describe('a link keeps where it leads and how that is shown', () => {
  test.each(views)('%s', async (view, expected) => {
    expect(await leads(linking(`/Dest [5 0 R ${view}]`))).toEqual([`2 ${expected}`]);
    expect(await leads(linking(`/A << /S /GoTo /D [5 0 R ${view}] >>`))).toEqual([`2 ${expected}`]);
  });

  test.each<[string, Buffer, unknown[]]>([
    ['a page by its index', linking('/Dest [1 /Fit]'), ['2 Fit']],
    ['the first page by its index', linking('/Dest [0 /Fit]'), ['1 Fit']],
    ['an array of its own', linking('/Dest 9 0 R', { objects: { 9: '[5 0 R /FitH 7]' } }), ['2 FitH 7']],
    [
      'a name of the old kind',
      linking('/Dest /here', { catalog: '/Dests << /there [3 0 R /Fit] /here [5 0 R /FitR 1 2 3 4] >>' }),
      ['2 FitR 1 2 3 4'],
    ],
    [
      'a name of the old kind with its view in a dictionary',
      linking('/Dest /here', { catalog: '/Dests 9 0 R', objects: { 9: '<< /here << /D [5 0 R /FitV 3] >> >>' } }),
      ['2 FitV 3'],
    ],
    [
      'a name of the tree',
      linking('/Dest (here)', { catalog: '/Names << /Dests << /Names [(here) [5 0 R /FitB]] >> >>' }),
      ['2 FitB'],
    ],
    [
      'a name of the tree, by an action',
      linking('/A << /S /GoTo /D (here) >>', {
        catalog: '/Names << /Dests << /Names [(here) << /D [5 0 R /XYZ 1 2 3] >>] >> >>',
      }),
      ['2 XYZ 1 2 3'],
    ],
    [
      'a name in a branch of the tree',
      linking('/Dest <68657265>', {
        catalog: '/Names << /Dests << /Kids [8 0 R << /Kids [9 0 R] >>] >> >>',
        objects: {
          8: '<< /Names [(else) [3 0 R /Fit]] >>',
          9: '<< /Limits [(here) (here)] /Names [(here) [5 0 R /FitBH 4]] >>',
        },
      }),
      ['2 FitBH 4'],
    ],
    ['an old name by a string', linking('/Dest (here)', { catalog: '/Dests << /here [5 0 R /Fit] >>' }), ['2 Fit']],
    [
      'an action and a place: the action counts',
      linking('/Dest [3 0 R /Fit] /A << /S /GoTo /D [5 0 R /Fit] >>'),
      ['2 Fit'],
    ],
    ['a site', linking('/A << /S /URI /URI (https://www.example.jp/a?b=c) >>'), ['https://www.example.jp/a?b=c']],
    ...['NextPage', 'PrevPage', 'FirstPage', 'LastPage'].map((name): [string, Buffer, unknown[]] => [
      name,
      linking(`/A << /S /Named /N /${name} >>`),
      [name],
    ]),
  ])('%s', async (_, bytes, expected) => {
    expect(await leads(bytes)).toEqual(expected);
  });
});

describe('what no book has use for is left out and told', () => {
  test.each<[string, Buffer, string]>([
    ['another file', linking('/A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>'), 'annex-link'],
    ['a site without an address', linking('/A << /S /URI >>'), 'annex-link'],
    ['a site with an empty address', linking('/A << /S /URI /URI () >>'), 'annex-link'],
    ['a page behind the last', linking('/Dest [2 /Fit]'), 'annex-link'],
    ['a page before the first', linking('/Dest [-1 /Fit]'), 'annex-link'],
    ['a page that is none', linking('/Dest [2 0 R /Fit]'), 'annex-link'],
    ['no page', linking('/Dest [/Fit]'), 'annex-link'],
    ['an empty array', linking('/Dest []'), 'annex-link'],
    ['a number', linking('/Dest 1'), 'annex-link'],
    [
      'a name that nothing bears',
      linking('/Dest (here)', { catalog: '/Names << /Dests << /Names [(there) [5 0 R /Fit]] >> >>' }),
      'annex-link',
    ],
    [
      'a name that leads nowhere',
      linking('/Dest (here)', { catalog: '/Names << /Dests << /Names [(here) [9 /Fit]] >> >>' }),
      'annex-link',
    ],
    [
      'a name without a place',
      linking('/Dest (here)', { catalog: '/Names << /Dests << /Names [(here)] >> >>' }),
      'annex-link',
    ],
    ['a link without any', linking(''), 'annex-link'],
    ['an action without a kind', linking('/A << /D [5 0 R /Fit] >>'), 'annex-link'],
    ...['JavaScript', 'Launch', 'SubmitForm', 'GoToE', 'Hide', 'Movie'].map((kind): [string, Buffer, string] => [
      kind,
      linking(`/A << /S /${kind} >>`),
      'annex-script',
    ]),
    ['an action of the viewer', linking('/A << /S /Named /N /Print >>'), 'annex-script'],
    ['an action without a name', linking('/A << /S /Named >>'), 'annex-script'],
  ])('%s', async (_, bytes, code) => {
    expect(await problemsOf(bytes, '図')).toEqual([`warning ${code} 1ページ`]);
    expect(await leads(bytes)).toEqual([]);
  });

  test.each([
    ['Widget', ['warning annex-form 1ページ']],
    ['FileAttachment', ['warning annex-attachment 1ページ']],
    ...['Text', 'Highlight', 'FreeText', 'Stamp', 'Screen'].map((subtype) => [
      subtype,
      ['warning annex-annotation 1ページ'],
    ]),
    ...['Popup', 'PrinterMark', 'TrapNet'].map((subtype) => [subtype, []]),
  ] as [string, string[]][])('an annotation %s', async (subtype, expected) => {
    const bytes = onePage({ page: `/Annots [<< /Subtype /${subtype} /Rect [0 0 9 9] >>]` });
    expect(await problemsOf(bytes, '図')).toEqual(expected);
    expect(await leads(bytes)).toEqual([]);
  });

  test('what is no annotation is passed over', async () => {
    expect(await problemsOf(onePage({ page: '/Annots [12 (a) 99 0 R]' }), '図')).toEqual([]);
    expect(await problemsOf(onePage({ page: '/Annots [<< >>]' }), '図')).toEqual(['warning annex-annotation 1ページ']);
  });

  test.each(['', '/Rect [0 0 9]', '/Rect [0 0 9 /a]', '/Rect [0 0 9 9 9]'])(
    'a link without a place on its page: %s',
    async (rect) => {
      const bytes = onePage({ page: `/Annots [${annotation('/Dest [0 /Fit]', rect)}]` });
      expect(await problemsOf(bytes, '図')).toEqual([]);
      expect(await leads(bytes)).toEqual([]);
    },
  );

  test('each kind is told once, with its pages', async () => {
    const comment = '<< /Subtype /Text >>';
    const bytes = onePage({
      page: `/Annots [${comment} ${annotation('')} ${comment}]`,
      objects: { ...two, 5: `<< /Type /Page /MediaBox [0 0 9 9] /Annots [${comment} << /Subtype /Widget >>] >>` },
    });
    expect(await problemsOf(bytes, '図')).toEqual([
      'warning annex-annotation 1、2ページ',
      'warning annex-link 1ページ',
      'warning annex-form 2ページ',
    ]);
  });

  test('of many pages the first ten are named', async () => {
    const of = (count: number) => {
      const pages = Array.from({ length: count }, (_, index) => 30 + index);
      const page = `<< /Type /Page /MediaBox [0 0 9 9] /Annots [<< /Subtype /Text >>] >>`;
      return problemsOf(
        onePage({
          objects: {
            2: `<< /Type /Pages /Kids [${pages.map((number) => `${number} 0 R`).join(' ')}] /Count ${count} >>`,
            ...Object.fromEntries(pages.map((number) => [number, page])),
          },
        }),
        '図',
      );
    };
    expect(await of(10)).toEqual(['warning annex-annotation 1、2、3、4、5、6、7、8、9、10ページ']);
    expect(await of(12)).toEqual(['warning annex-annotation 1、2、3、4、5、6、7、8、9、10 ほか2ページ']);
  });
});

describe('how a link looks and what it says', () => {
  const first = async (bytes: Buffer, alternative?: string) => {
    const result = await merged(bytes, alternative);
    return { result, link: ofPage(result, 'Annots/0') as PDFDict };
  };
  test('is kept; what viewers would run is not', async () => {
    const kept = '/Border [0 0 1] /BS << /W 2 >> /C [1 0 0] /H /P /QuadPoints [1 2 3 4 5 6 7 8]';
    const { result, link } = await first(
      linking(`/Dest [1 /Fit] ${kept} /Contents (to page 2) /AP << /N 4 0 R >> /PA << >> /AA << >> /F 1`),
      '図',
    );
    const text = written(result.document, link);
    expect(text).toContain(
      `/Rect [10 10 50 50] /Border [0 0 1] /BS << /W 2 >> /C [1 0 0] /H /P /QuadPoints [1 2 3 4 5 6 7 8]`,
    );
    expect(link.keys().map(String).sort().join(' ')).toBe(
      '/BS /Border /C /Contents /Dest /F /H /P /QuadPoints /Rect /StructParent /Subtype /Type',
    );
    expect(text).toContain('/F 4');
  });

  test.each([2, 32, 6])('a hidden one is none: /F %i', async (flags) => {
    const { links, told } = await accepted(linking(`/Dest [1 /Fit] /F ${flags}`), '図');
    expect({ links, told }).toEqual({ links: [], told: [] });
  });

  test.each([
    ['/Dest [1 /Fit] /Contents (second)', 'second'],
    ['/Dest [1 /Fit] /Contents ()', 'ページ 3'],
    ['/Dest [1 /Fit]', 'ページ 3'],
    ['/A << /S /URI /URI (https://www.example.jp/) >>', 'https://www.example.jp/'],
  ])('%s', async (entries, expected) => {
    const said = await shown(await merged(linking(entries), '図'), async (pdf) =>
      (await (await pdf.getPage(2)).getAnnotations()).map(({ contentsObj }) => contentsObj.str),
    );
    expect(said).toEqual([expected]);
  });

  const tree = '<< /S /P /Pg 3 0 R /K [0 << /S /Link /K [1 << /Type /OBJR /Obj 12 0 R >>] >>] >>';
  const tagging = (parts: Parts) =>
    tagged(tree, { content: '/P <</MCID 0>> BDC EMC /Link <</MCID 1>> BDC EMC', ...parts });
  test('the element that names it holds it', async () => {
    const { result } = await first(
      tagging({ page: '/Annots [12 0 R]', objects: { 12: annotation('/Dest [0 /Fit]') } }),
    );
    expect(tagsOf(result)).toBe('P([0] Link([1] [link]))');
  });
  test('one without a number of its own gets an element', async () => {
    const { result } = await first(
      tagging({
        page: `/Annots [${annotation('/Dest [0 /Fit]')} 12 0 R]`,
        objects: { 12: annotation('/Dest [0 /Fit]') },
      }),
    );
    expect(tagsOf(result)).toBe('P([0] Link([1] [link])) Link[link]');
  });
  test('each of two without numbers of their own gets one', async () => {
    const { result } = await first(tagging({ page: `/Annots [${annotation('/Dest [0 /Fit]').repeat(2)}]` }));
    expect(tagsOf(result)).toBe('P([0] Link[1]) Link[link] Link[link]');
  });
  test('what it does not say is not written', async () => {
    const { link } = await first(linking('/Dest [1 /Fit]'), '図');
    expect(link.keys().map(String).sort().join(' ')).toBe('/Contents /Dest /F /P /Rect /StructParent /Subtype /Type');
  });
  test('the element of one that is left out keeps its text', async () => {
    const result = await merged(
      tagging({ page: '/Annots [12 0 R]', objects: { 12: annotation('/A << /S /Launch >>') } }),
    );
    expect(tagsOf(result)).toBe('P([0] Link[1])');
  });
});

interface Shown {
  title: string;
  dest: unknown;
  items: Shown[];
}
describe('bookmarks', () => {
  /** Titles below that of the annex, with the page of the annex, from 1. */
  async function titles(objects: Objects, catalog = ''): Promise<string[]> {
    const outlines = `/Outlines 50 0 R ${catalog}`;
    return shown(await merged(onePage({ catalog: outlines, objects: { ...two, ...objects } }), '図'), async (pdf) => {
      const line = async ({ title, dest, items }: Shown): Promise<string> => {
        const led = Array.isArray(dest) ? `:${await pdf.getPageIndex(dest[0])} ${dest[1].name}` : '';
        const inner = await Promise.all(items.map(line));
        return `${title}${led}${inner.length === 0 ? '' : `(${inner.join(', ')})`}`;
      };
      const [top] = (await pdf.getOutline()) as unknown as Shown[];
      expect(top?.title).toBe('資料');
      return Promise.all((top as Shown).items.map(line));
    });
  }

  test('keep their order, depth and places', async () => {
    const catalog = '/Names << /Dests << /Names [(here) [5 0 R /Fit]] >> >> /Dests << /old [3 0 R /FitB] >>';
    const found = await titles(
      {
        50: '<< /First 51 0 R >>',
        51: '<< /Title (A) /Dest [3 0 R /FitH 1] /First 52 0 R /Next 54 0 R >>',
        52: '<< /Title (A1) /A << /S /GoTo /D (here) >> /Next 53 0 R >>',
        53: '<< /Title (A2) /Dest /old >>',
        54: '<< /Title <FEFF6E2F> /Dest (nowhere) /First 55 0 R >>',
        55: '<< /Title (B1) /A << /S /URI /URI (https://www.example.jp/) >> /Next 56 0 R >>',
        56: '<< /Title (B2) /A << /S /GoToR /D [5 0 R /Fit] >> >>',
      },
      catalog,
    );
    expect(found).toEqual(['A:1 FitH(A1:2 Fit, A2:1 FitB)', '港(B1, B2)']);
  });

  test.each([
    ['(  a\n b\t )', 'a b'],
    ['()', '—'],
    ['( )', '—'],
    ['/Name', '—'],
  ])('the title %j is %j', async (title, expected) => {
    expect(await titles({ 50: '<< /First 51 0 R >>', 51: `<< /Title ${title} >>` })).toEqual([expected]);
  });

  test.each<[string, Objects, string[]]>([
    ['none', { 50: '<< >>' }, []],
    ['one that is missing', { 50: '<< /First 99 0 R >>' }, []],
    ['one that is no object of its own', { 50: '<< /First << /Title (A) >> >>' }, []],
    [
      'a circle',
      {
        50: '<< /First 51 0 R >>',
        51: '<< /Title (A) /Next 52 0 R >>',
        52: '<< /Title (B) /Next 51 0 R /First 52 0 R >>',
      },
      ['A', 'B'],
    ],
  ])('%s', async (_, objects, expected) => {
    expect(await titles(objects)).toEqual(expected);
  });

  test('deeper than 51 levels are cut off', async () => {
    const chain = Array.from({ length: 60 }, (_, depth): [number, string] => [
      51 + depth,
      `<< /Title (${depth}) /First ${52 + depth} 0 R >>`,
    ]);
    const [found = ''] = await titles({ 50: '<< /First 51 0 R >>', ...Object.fromEntries(chain) });
    expect(found.match(/\d+/g)).toHaveLength(51);
  });
});

describe('page labels', () => {
  const labels = async (nums: string, objects: Objects = {}) =>
    shown(
      await merged(onePage({ catalog: `/PageLabels << ${nums} >>`, objects: { ...two, ...objects } }), '図'),
      (pdf) => pdf.getPageLabels(),
    );
  test.each([
    ['/Nums [0 << /S /r >>]', ['1', '資料 i', '資料 ii', '4']],
    ['/Nums [0 << /S /R /St 4 >>]', ['1', '資料 IV', '資料 V', '4']],
    ['/Nums [0 << /S /A >> 1 << /S /a >>]', ['1', '資料 A', '資料 a', '4']],
    ['/Nums [1 << /S /D /P (x-) /St 7 >> 0 << /P (cover) >>]', ['1', '資料 cover', '資料 x-7', '4']],
    ['/Nums [0 << /S /X /P (a) >>]', ['1', '資料 a', '資料 a', '4']],
    ['/Nums [0 << /S /D /St 0 >>]', ['1', '資料 1', '資料 2', '4']],
    ['/Nums [0 << /S /D /St -3 >>]', ['1', '資料 1', '資料 2', '4']],
    ['/Nums [0 << /S /D >> 2 << /S /r >>]', ['1', '資料 1', '資料 2', '4']], // behind the last page
    ['/Nums [0 << /S /D >> -1 << /S /r >> 0.5 << /S /r >> (a) << /S /r >>]', ['1', '資料 1', '資料 2', '4']],
    ['/Kids [<< /Nums [0 << /S /D >>] >> << /Nums [1 << /S /r >>] >>]', ['1', '資料 1', '資料 i', '4']],
    ['/Nums [0 << /S /D >> 1]', ['1', '資料 1', '資料 2', '4']],
    ['/Nums [0 << /S /D >>] /Kids [12 null]', ['1', '資料 1', '資料 2', '4']],
    ['/Nums [1 << /S /D /St 9 >>]', ['1', '2', '資料 9', '4']],
    ['/Nums []', ['1', '2', '3', '4']], // the book's own
  ])('%s', async (nums, expected) => {
    expect(await labels(nums)).toEqual(expected);
  });
  test('are those of its pages, in order', async () => {
    const catalog = '/PageLabels << /Nums [2 << /S /r >> 1 << /P (b) /St 3 >> 0 << /S /A >>] >>';
    expect((await accepted(onePage({ catalog, objects: two }), '図')).labels).toEqual([
      { page: 0, style: 'A', prefix: '', first: 1 },
      { page: 1, style: undefined, prefix: 'b', first: 3 },
    ]);
  });
  test('of another object', async () => {
    const bytes = onePage({
      catalog: '/PageLabels 60 0 R',
      objects: { ...two, 60: '<< /Kids [61 0 R] >>', 61: '<< /Kids [60 0 R] /Nums [0 << /S /r >>] >>' },
    });
    expect((await accepted(bytes, '図')).labels).toEqual([{ page: 0, style: 'r', prefix: '', first: 1 }]);
  });
});

describe('layers', () => {
  const group = (name: string) => `<< /Type /OCG /Name (${name}) >>`;
  /** Names of the layers with whether they are shown; locked ones with a star. */
  async function layers(properties: string): Promise<string[]> {
    const objects = { 60: group('a'), 61: group('b'), 62: group('c') };
    const result = await merged(onePage({ catalog: `/OCProperties << ${properties} >>`, objects }), '図');
    const names = await shown(result, async (pdf) => {
      const found = (await pdf.getOptionalContentConfig()) as unknown as Iterable<
        [string, { name: string; visible: boolean }]
      >;
      return [...found].map(([, { name, visible }]) => `${name}${visible ? '' : ' hidden'}`);
    });
    const locked = at(result.document, 'OCProperties/D/Locked');
    const text = locked ? written(result.document, locked) : '';
    return names.map((name) => (text.includes(`(${name[0]})`) ? `${name} locked` : name));
  }
  const all = '/OCGs [60 0 R 61 0 R 62 0 R]';
  test.each([
    [all, ['a', 'b', 'c']],
    [`${all} /D << /OFF [61 0 R] >>`, ['a', 'b hidden', 'c']],
    [`${all} /D << /BaseState /ON /OFF [61 0 R] >>`, ['a', 'b hidden', 'c']],
    [`${all} /D << /BaseState /OFF >>`, ['a hidden', 'b hidden', 'c hidden']],
    [`${all} /D << /BaseState /OFF /ON [61 0 R] >>`, ['a hidden', 'b', 'c hidden']],
    [`${all} /D << /BaseState /ON /ON [61 0 R] >>`, ['a', 'b', 'c']],
    [`${all} /D << /BaseState /Unchanged >>`, ['a', 'b', 'c']],
    [`${all} /D << /Locked [60 0 R 62 0 R] >>`, ['a locked', 'b', 'c locked']],
    ['/OCGs [61 0 R 61 0 R << >> 12]', ['b']],
    ['', []],
  ])('%s', async (properties, expected) => {
    expect(await layers(properties)).toEqual(expected);
  });

  test('without any there is nothing of them', async () => {
    expect(at((await merged(onePage({}), '図')).document, 'OCProperties')).toBeUndefined();
  });

  test('content still belongs to its layer', async () => {
    const result = await merged(
      onePage({
        content: '/OC /L BDC 0 0 9 9 re f EMC',
        resources: '/Properties << /L 60 0 R >>',
        catalog: '/OCProperties << /OCGs [60 0 R] >>',
        objects: { 60: group('a') },
      }),
      '図',
    );
    expect(ofPage(result, 'Resources/Properties/L')).toBe(at(result.document, 'OCProperties/OCGs/0'));
  });
});

test('of an old name and one in the tree alike, that in the tree counts', async () => {
  const catalog = '/Dests << /both [3 0 R /Fit] >> /Names << /Dests << /Names [(both) [5 0 R /FitB]] >> >>';
  expect([...(await accepted(linking('', { catalog }), '図')).named]).toEqual([['both', { page: 1, view: '/FitB' }]]);
});

test('names, of destinations and in trees, are compared by their bytes', async () => {
  const { named } = await accepted(
    linking('', {
      catalog:
        '/Dests << /a#20b [3 0 R /Fit] >> /Names << /Dests << /Names [<FEFF6E2F> [5 0 R /Fit] (x\\051) [3 0 R /FitB] 12 [3 0 R /Fit]] >> >>',
    }),
    '図',
  );
  expect([...named]).toEqual([
    ['a b', { page: 0, view: '/Fit' }],
    ['\xfe\xffn/', { page: 1, view: '/Fit' }],
    ['x)', { page: 0, view: '/FitB' }],
  ]);
});

import { PDFContext, PDFHexString, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Annex } from '../../src/annexes/annex.ts';
import type { Link } from '../../src/annexes/links.ts';
import { hostStructure } from '../../src/assemble/annexes/host-structure.ts';
import { type AnnexPlace, joinAnnexes, type MergedAnnexes } from '../../src/assemble/annexes/join.ts';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import { writeStructureTree } from '../../src/assemble/structure-tree.ts';
import { annexOf, content, elementOf, joinedStructure, kid, pageOf } from './annexes.ts';
import { bodiesOf, described, objectsOf, utf16 } from './objects.ts';

const a: AnnexPlace = { part: 'a.pdf', title: '資料', first: 1, pages: [21, 22], depth: 0 };
const b: AnnexPlace = { part: 'b.pdf', title: '付録', first: 3, pages: [23], depth: 1 };
const two = { pages: [pageOf(), pageOf()], alternative: 'x' };

interface Result extends MergedAnnexes {
  bodies: Record<number, string>;
  /** What differs, an object a line, but for the trees. */
  objects: string[];
}
/** The pages 21 and 22 of one annex and 23 of another, as joining leaves them; 70 is the profile. */
const host = { 1: '<< >>', 21: 'null', 22: 'null', 23: 'null', 70: '[]', 192: 'null' };
function merged(
  annexes: Record<string, Partial<Annex>>,
  places = [a, b].filter(({ part }) => part in annexes),
): Result {
  const file = objectsOf(host);
  const structure = joinedStructure();
  structure.kids = structure.kids.filter((kid) => typeof kid === 'number' || places.some(({ part }) => part === kid));
  const read = new Map(Object.entries(annexes).map(([part, annex]) => [part, annexOf(annex)]));
  const found = joinAnnexes(file, hostStructure(structure), places, writeAnnexes(read), 70, []);
  writeStructureTree(file, structure);
  return { ...found, bodies: bodiesOf(file), objects: described(file, host).split('\n') };
}
const one = (annex: Partial<Annex>, place = a) => merged({ [place.part]: annex }, [place]);

test.each([
  [2, 0, 'H2'],
  [2, 1, 'H3'],
  [5, 1, 'H6'],
  [6, 1, 'H6'],
] as const)('a heading H%d of an annex that stands %d deeper is %s', (own, depth, wanted) => {
  const context = PDFContext.create();
  const kids = [kid(elementOf(context, `H${own}`))];
  const { objects } = one(
    { ...two, context, structure: { kids, known: new Map(), classes: undefined } },
    { ...a, depth },
  );
  expect(objects.filter((line) => line.includes(`/S /${wanted} `))).toHaveLength(1);
});

describe('pages', () => {
  test('stand in the place of the blank ones, with their own boxes, resources and contents', () => {
    const context = PDFContext.create();
    const resources = context.obj({ Font: { F: context.register(context.obj({ Type: 'Font' })) } });
    const original = context.register(context.stream('1 w'));
    const group = context.register(context.obj({ S: 'Transparency' }));
    const { bodies, objects } = merged({
      'a.pdf': {
        context,
        alternative: 'x',
        pages: [
          pageOf({
            media: [-10.5, 0, 1e-7, 300.00004],
            crop: [0, 0.12345, 100, 200],
            rotation: 90,
            unit: 2,
            resources: resources as never,
          }),
          pageOf({ resources: resources as never, content: { original }, group }),
        ],
      },
      'b.pdf': { pages: [pageOf({ content: { original: undefined } })], alternative: 'y' },
    });
    expect(bodies[21]).toBe(
      '<< /Type /Page /Parent 30 0 R /MediaBox [-10.5 0 0 300.00004] /CropBox [0 0.12345 100 200] /Rotate 90 /UserUnit 2 ' +
        '/Resources 195 0 R /Contents 196 0 R /StructParents 3 /Tabs /S >>',
    );
    expect(bodies[22]).toBe(
      '<< /Type /Page /Parent 30 0 R /MediaBox [0 0 300 400] /CropBox [0 0 300 400] /Resources 195 0 R /Contents 197 0 R ' +
        '/Group 198 0 R /StructParents 4 /Tabs /S >>',
    );
    expect(bodies[23]).toMatch(
      /^<< \/Type \/Page \/Parent 30 0 R \/MediaBox \[0 0 300 400\] \/CropBox \[0 0 300 400\] \/Resources \d+ 0 R \/StructParents 5 \/Tabs \/S >>$/,
    );
    for (const line of [
      '193: << /Type /StructElem /S /Part /P 90 0 R /T 「資料」 /K [199 0 R] >>',
      '195: << /Font << /F 194 0 R >> >>',
      '194: << /Type /Font >>',
      '196: << /Filter /FlateDecode /Length … >> "0 0 1 1 re f"',
      '197: << /Length … >> "1 w"',
      '198: << /S /Transparency >>',
      '201: << >>',
    ])
      expect(objects).toContain(line);
    expect(bodies[90]).toContain('/K [91 0 R 193 0 R 200 0 R 95 0 R]');
  });

  test('forms get keys of their own', () => {
    const context = PDFContext.create();
    const form = context.register(context.stream('f', { Subtype: 'Form' }));
    const other = context.register(context.stream('g', { Subtype: 'Form' }));
    const resources = (name: string, ref: PDFRef) => context.obj({ XObject: { [name]: ref } }) as never;
    const element = elementOf(context, 'P', {}, content(0, 0, form));
    const { objects } = one({
      context,
      pages: [pageOf({ resources: resources('F', form) }), pageOf({ resources: resources('G', other) })],
      structure: {
        kids: [kid(element)],
        known: new Map([
          ['0', new Map([[1, false]])],
          [form.tag, new Map([[0, false]])],
          ['12', new Map([[1, false]])],
        ]),
        classes: undefined,
      },
    });
    expect(objects).toContain('194: << /Subtype /Form /StructParents 5 /Length … >> "f"');
    expect(objects).toContain('197: << /Subtype /Form /Length … >> "g"');
    expect(objects.find((line) => line.includes('/Nums'))).toContain(' 3 [] 4 [] 5 [200 0 R]] >>');
    expect(objects.find((line) => line.startsWith('60:'))).toContain('/ParentTreeNextKey 6 ');
  });

  test('the top of each is where links and bookmarks to it lead', () => {
    const { tops } = merged({
      'a.pdf': { ...two, pages: [pageOf({ crop: [-10, 0, 300, 420.5] }), pageOf()] },
      'b.pdf': { pages: [pageOf({ rotation: 180 })], alternative: 'y' },
    });
    expect([...tops]).toEqual([
      ['a.pdf', '[21 0 R /XYZ -10 420.5 null]'],
      ['b.pdf', '[23 0 R /Fit]'],
    ]);
  });

  test('an annex that was not read is a defect', () =>
    expect(() => merged({ 'a.pdf': two }, [a, b])).toThrow('the annex b.pdf was not read'));
});

describe('bookmarks', () => {
  test('those of an annex stand below its title', () => {
    const { bookmarks } = merged({
      'a.pdf': {
        ...two,
        bookmarks: [
          {
            title: '統計',
            destination: { page: 1, view: '/XYZ 10 20 null' },
            children: [{ title: '人口', destination: undefined, children: [] }],
          },
        ],
      },
      'b.pdf': { pages: [pageOf({ rotation: 270 })], alternative: 'y' },
    });
    expect([...bookmarks]).toEqual([
      [
        'a.pdf',
        {
          title: '資料',
          anchor: '',
          destination: '[21 0 R /XYZ 0 400 null]',
          children: [
            {
              title: '統計',
              anchor: '',
              destination: '[22 0 R /XYZ 10 20 null]',
              children: [{ title: '人口', anchor: '', destination: '', children: [] }],
            },
          ],
        },
      ],
      ['b.pdf', { title: '付録', anchor: '', destination: '[23 0 R /Fit]', children: [] }],
    ]);
  });
});

describe('page labels', () => {
  test('an annex shows its own behind its title, and the numbers of the book go on behind it', () => {
    const { labels } = merged({
      'a.pdf': {
        ...two,
        labels: [
          { page: 0, style: 'r', prefix: '', first: 3 },
          { page: 1, style: undefined, prefix: '表', first: 1 },
        ],
      },
      'b.pdf': { pages: [pageOf()], alternative: 'y', labels: [{ page: 0, style: 'D', prefix: 'A-', first: 1 }] },
    });
    expect(labels).toEqual([
      { page: 1, label: `<< /P ${utf16('資料 ')} /S /r /St 3 >>` },
      { page: 2, label: `<< /P ${utf16('資料 表')}  >>` },
      { page: 3, label: '<< /S /D /St 4 >>' },
      { page: 3, label: `<< /P ${utf16('付録 A-')} /S /D /St 1 >>` },
      { page: 4, label: '<< /S /D /St 5 >>' },
    ]);
  });
  test('one without labels counts on', () => expect(one(two).labels).toEqual([]));
});

describe('links and named destinations', () => {
  const rect = (context: PDFContext): Link['appearance'] => [['Rect', context.obj([0, 0, 9.5, 9]) as PDFObject]];
  const link = (target: Link['target'], own: Partial<Link> = {}): Link => ({
    page: 0,
    key: '',
    appearance: rect(PDFContext.create()),
    target,
    description: undefined,
    ...own,
  });
  test.each<[string, Link, string, string]>([
    ['to a page', link({ page: 1, view: '/Fit' }), '/Dest [22 0 R /Fit]', 'ページ 3'],
    ['to a name', link({ name: 'x' }), '/Dest <78>', '資料の中へ'],
    ['to a name of other bytes', link({ name: '\xff' }), '/Dest <FF>', '資料の中へ'],
    ['that acts', link({ action: '/NextPage' }), '/A << /S /Named /N /NextPage >>', '資料の中へ'],
    ['described', link({ name: 'x' }, { description: '次の表' }), '/Dest <78>', '次の表'],
    ['described as nothing', link({ name: 'x' }, { description: '' }), '/Dest <78>', ''],
  ])('%s', (_, found, leads, says) => {
    const { objects } = one({ ...two, links: [found] });
    const rest = `/StructParent 5 /Rect [0 0 9.5 9] ${leads} >>`.replace('[0 0 9.5 9]', '[ 0 0 9.5 9 ]');
    const wanted = `194: << /Type /Annot /Subtype /Link /F 4 /P 21 0 R /Contents 「${says}」 ${rest}`;
    expect(objects.map((line) => line.replace('[0 0 9.5 9]', '[ 0 0 9.5 9 ]'))).toContain(wanted);
  });
  test.each([
    ['https://www.example.jp/a?b=1#c', 'https://www.example.jp/a?b=1#c'],
    ['https://例.jp/計画 1', 'https://%E4%BE%8B.jp/%E8%A8%88%E7%94%BB%201'],
    ['https://e.jp/%E8%A8%88', 'https://e.jp/%E8%A8%88'],
    ['https://e.jp/%E8%A8%88計', 'https://e.jp/%E8%A8%88%E8%A8%88'],
    ['https://e.jp/100%', 'https://e.jp/100%25'],
    ['https://e.jp/100%&%25', 'https://e.jp/100%25&%25'],
    ['https://e.jp/?to=https%3A%2f%2Fe.jp', 'https://e.jp/?to=https%3A%2f%2Fe.jp'],
    ['https://e.jp/%2520', 'https://e.jp/%2520'],
    ['https://e.jp/5%2', 'https://e.jp/5%252'],
    ['mailto:a@e.jp?subject=a|b', 'mailto:a@e.jp?subject=a%7Cb'],
  ])('to %s', (uri, written) => {
    const { objects } = one({ ...two, links: [link({ uri })] });
    const found = objects.find((line) => line.startsWith('194:')) ?? '';
    expect(found).toContain(`/Contents 「${uri}」`);
    expect(Buffer.from(/\/URI <([0-9A-F]*)>/.exec(found)?.[1] ?? '', 'hex').toString()).toBe(written);
  });
  test('to half a surrogate pair', () => {
    const { objects } = one({ ...two, links: [link({ uri: 'https://e.jp/\ud842' }, { description: 'x' })] });
    expect(objects.join()).toContain(Buffer.from('https://e.jp/%EF%BF%BD').toString('hex').toUpperCase());
  });
  test('stand on their page, looks and all, each with a key and an element', () => {
    const context = PDFContext.create();
    const looks: Link['appearance'] = [
      ['C', context.obj([1, 0, 0]) as PDFObject],
      ['BS', context.register(context.obj({ W: 2 }))],
    ];
    const { bodies, objects } = one({
      ...two,
      context,
      links: [
        link({ name: 'x' }, { page: 1, key: '7 0 R', appearance: looks }),
        link({ name: 'x' }),
        link({ name: 'y' }, { page: 1 }),
      ],
    });
    expect(bodies[21]).toContain(' /StructParents 3 /Tabs /S /Annots [196 0 R] >>');
    expect(bodies[22]).toContain(' /StructParents 4 /Tabs /S /Annots [195 0 R 197 0 R] >>');
    expect(bodies[195]).toMatch(/^<< .* \/P 22 0 R .* \/StructParent 5 \/C \[1 0 0\] \/BS 194 0 R \/Dest <78> >>$/);
    expect([bodies[196], bodies[197]].map((body) => /\/StructParent (\d+)/.exec(body ?? '')?.[1])).toEqual(['6', '7']);
    expect(objects.find((line) => line.includes('/Nums'))).toMatch(/ 5 \d+ 0 R 6 \d+ 0 R 7 \d+ 0 R\] >> /);
    expect(objects.find((line) => line.startsWith('193:'))).toMatch(/\/K \[(\d+ 0 R ?){4}\] >>$/);
  });
  test('names that several annexes have are told apart, in their links too', () => {
    const named = (...names: string[]) =>
      new Map(names.map((name, index) => [name, { page: 0, view: `/FitH ${index}` }]));
    const links = [link({ name: 'x' }), link({ name: 'x-2' }), link({ name: 'z' })];
    const { destinations, bodies } = merged({
      'a.pdf': { ...two, named: named('x', '\xe9', 'b') },
      'b.pdf': { pages: [pageOf()], alternative: 'y', named: named('x', 'x-2', 'B', 'b'), links },
    });
    expect(Object.fromEntries(destinations)).toEqual({
      B: '[23 0 R /FitH 2]',
      b: '[21 0 R /FitH 2]',
      'b-2': '[23 0 R /FitH 3]',
      x: '[21 0 R /FitH 0]',
      'x-2': '[23 0 R /FitH 1]',
      'x-3': '[23 0 R /FitH 0]',
      '\xe9': '[21 0 R /FitH 1]',
    });
    const leads = Object.values(bodies).flatMap((body) => /\/Subtype \/Link .*\/Dest (<\w+>)/.exec(body)?.[1] ?? []);
    expect(leads).toEqual(['<782D33>', '<782D32>', '<7A>']);
  });
  test('none', () => expect(one(two).destinations.size).toBe(0));
});

describe('the catalog', () => {
  test('one intent: the profile of the document', () => {
    const { entries, bodies } = one(two);
    expect(Object.keys(entries)).toEqual(['OutputIntents']);
    const number = Number(/^\[(\d+) 0 R\]$/.exec(entries.OutputIntents ?? '')?.[1]);
    expect(bodies[number]).toBe(
      '<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile 70 0 R >>',
    );
  });
  test('CMYK of no press: one common profile for all annexes', () => {
    const cmyk = () => {
      const context = PDFContext.create();
      context.assign(PDFRef.of(7), context.stream('', { N: 4 }));
      return {
        context,
        alternative: 'x',
        commonProfile: PDFRef.of(7),
        pages: [pageOf({ resources: context.obj({ A: PDFRef.of(7) }) as never })],
      };
    };
    const { bodies, objects } = merged({ 'a.pdf': cmyk(), 'b.pdf': cmyk() });
    const used = Object.values(bodies).flatMap((body) => /<< \/A (\d+) 0 R >>/.exec(body)?.[1] ?? []);
    expect(used).toHaveLength(2);
    expect(new Set(used).size).toBe(1);
    expect(objects.find((line) => line.startsWith(`${used[0]}:`))).toMatch(
      /: << \/N 4 \/Filter \/FlateDecode .* \d{4} bytes$/,
    );
  });
  test('layers of all annexes in one configuration, hidden and locked as they were', () => {
    const layered = (hidden: boolean) => {
      const context = PDFContext.create();
      const groups = ['Layer', 'Second'].map((name) =>
        context.register(context.obj({ Type: 'OCG', Name: PDFString.of(name) })),
      );
      const [first, second] = groups as [PDFRef, PDFRef];
      const both = [first.tag, second.tag];
      const layers = { groups, off: new Set(hidden ? both : []), locked: new Set(hidden ? both : [second.tag]) };
      return { context, alternative: 'x', layers };
    };
    const { entries, bodies } = merged({
      'a.pdf': { ...layered(false), pages: [pageOf(), pageOf()] },
      'b.pdf': { ...layered(true), pages: [pageOf()] },
    });
    const numbers = [...(entries.OCProperties?.matchAll(/\d+(?= 0 R)/g) ?? [])].map(Number);
    const [l1, l2, l3, l4] = numbers.slice(0, 4).map((number) => `${number} 0 R`);
    expect(entries.OCProperties).toBe(
      `<< /OCGs [${l1} ${l2} ${l3} ${l4}] /D << /Name ${utf16('レイヤー')} /BaseState /ON ` +
        `/Order [${utf16('資料')} [${l1} ${l2}] ${utf16('付録')} [${l3} ${l4}]] /OFF [${l3} ${l4}] /Locked [${l2} ${l3} ${l4}] >> >>`,
    );
    expect(numbers.slice(0, 4).map((number) => bodies[number])).toEqual(
      ['Layer', 'Second', 'Layer', 'Second'].map((name) => `<< /Type /OCG /Name (${name}) >>`),
    );
  });
});

test('an annex without layers is no title among them', () => {
  const context = PDFContext.create();
  const group = context.register(context.obj({ Type: 'OCG' }));
  const layers = { groups: [group], off: new Set<string>(), locked: new Set<string>() };
  const { entries } = merged({
    'a.pdf': { ...two, context, layers },
    'b.pdf': { pages: [pageOf()], alternative: 'y' },
  });
  expect(entries.OCProperties).toMatch(/\/Order \[<FEFF8CC76599> \[\d+ 0 R\]\] /);
});

test('below 書名 the headings of an annex are a level deeper', () => {
  const context = PDFContext.create();
  const structure = {
    kids: [kid(elementOf(context, 'H1', { T: PDFHexString.fromText('章') }, content(0, 0)))],
    known: new Map([['0', new Map([[0, false]])]]),
    classes: undefined,
  };
  const { objects } = one({ context, pages: [pageOf()], structure }, b);
  expect(objects.find((line) => line.includes('「章」'))).toMatch(
    /\/S \/H2 \/P 193 0 R \/Pg 23 0 R \/T 「章」 \/K \[0\] >>$/,
  );
});

import { type PDFDict, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { at, merged, type Objects, onePage, partOf, problemsOf, stream, tagged, tagsOf, written } from './pdf.ts';

// Tags of an annex and what they are in the document, in one line each.
const became = async (tree: string, roles = '', alternative?: string): Promise<string> =>
  tagsOf(await merged(tagged(tree, { objects: { 21: `<< ${roles} >>` } }), alternative));

describe('lists and tables hold what they may, and stand where they may', () => {
  test.each([
    'L(LI(Lbl[0] LBody[1]) LI(LBody[2]))',
    'L(Caption[0] LI(LBody(P[1] L(LI(LBody[2])))))',
    'L(L(LI(LBody[0])))',
    'Table(TR(TH[0] TD[1]) TR(TH[2] TD[3]))',
    'Table(Caption[0] TR(TD[1]))',
    'Table(THead(TR(TH[0])) TBody(TR(TD[1])) TBody(TR(TD[2])) TFoot(TR(TD[3])))',
    'Table(THead(TR(TH[0])) TBody(TR(TD[1])))',
    'Table(TBody(TR(TD[0])) TFoot(TR(TD[1])))',
    'Table(TBody(TR(TD(Table(TR(TD[0]))))))',
    'TOC(Caption[0] TOCI(Reference[1]) TOC(TOCI[2]))',
    'L(NonStruct(LI(LBody[0])) LI(LBody[1]))',
    'L(NonStruct(NonStruct(LI(LBody[0]))))',
    'Table(NonStruct(THead(TR(TH[0]))) TBody(TR(TD[1])))',
    'Table(NonStruct(TR(NonStruct(TD[0]))))',
    'P(Span[0] Link[1]) Sect(Art(Div[2]))',
  ])('%s stays', async (tree) => {
    expect(await became(tree)).toBe(tree);
  });

  test.each([
    ['L(P[0])', 'L(LI(LBody(P[0])))'],
    ['L(P[0] P[1] LI(LBody[2]) P[3])', 'L(LI(LBody(P[0] P[1])) LI(LBody[2]) LI(LBody(P[3])))'],
    ['L(NonStruct(LI(LBody[0])) P[1])', 'L(NonStruct(LI(LBody[0])) LI(LBody(P[1])))'],
    ['L(LBody[0])', 'L(LI(LBody(Div[0])))'],
    ['L(LI(P[0]))', 'L(LI(LBody(P[0])))'],
    ['L(LI(Lbl[0] P[1] P[2]))', 'L(LI(Lbl[0] LBody(P[1] P[2])))'],
    ['L(LI(P[0] Lbl[1]))', 'L(LI(LBody(P[0]) Lbl[1]))'],
    ['L(LI(L(LI(LBody[0]))))', 'L(LI(LBody(L(LI(LBody[0])))))'],
    ['Table(P[0])', 'Table(TR(TD(P[0])))'],
    ['Table(TD[0])', 'Table(TR(TD(Div[0])))'],
    ['Table(TR(P[0] TD[1] P[2] P[3]))', 'Table(TR(TD(P[0]) TD[1] TD(P[2] P[3])))'],
    [
      'Table(THead(P[0]) TBody(TD[1]) TFoot(P[2]))',
      'Table(THead(TR(TD(P[0]))) TBody(TR(TD(Div[1]))) TFoot(TR(TD(P[2]))))',
    ],
    ['TOC(P[0] TOCI[1])', 'TOC(TOCI(P[0]) TOCI[1])'],
    // At most one head and one foot, and these only beside a body.
    [
      'Table(THead(TR(TH[0])) THead(TR(TH[1])) TBody(TR(TD[2])))',
      'Table(THead(TR(TH[0])) TBody(TR(TH[1])) TBody(TR(TD[2])))',
    ],
    [
      'Table(TBody(TR(TD[0])) TFoot(TR(TD[1])) TFoot(TR(TD[2])))',
      'Table(TBody(TR(TD[0])) TFoot(TR(TD[1])) TBody(TR(TD[2])))',
    ],
    ['Table(THead(TR(TH[0])))', 'Table(TBody(TR(TH[0])))'],
    ['Table(TFoot(TR(TD[0])))', 'Table(TBody(TR(TD[0])))'],
    ['Table(THead(TR(TH[0])) TFoot(TR(TD[1])))', 'Table(TBody(TR(TH[0])) TFoot(TR(TD[1])))'],
    // What stands alone is a Div.
    ['LI(LBody[0])', 'Div(Div[0])'],
    ['P(LI[0])', 'P(Div[0])'],
    ['L(LI(LBody(LBody[0])))', 'L(LI(LBody(Div[0])))'],
    ['TR(TD[0])', 'Div(Div[0])'],
    ['TH[0] TD[1]', 'Div[0] Div[1]'],
    ['THead[0] TBody[1] TFoot[2]', 'Div[0] Div[1] Div[2]'],
    ['Table(TBody(TBody(TR(TD[0]))))', 'Table(TBody(TR(TD(Div(Div(Div[0]))))))'],
    ['TOCI[0]', 'Div[0]'],
    ['NonStruct(LI[0])', 'NonStruct(Div[0])'],
    ['P(NonStruct(TD[0]))', 'P(NonStruct(Div[0]))'],
  ])('%s → %s', async (tree, expected) => {
    expect(await became(tree)).toBe(expected);
  });

  test('content beside what may not stand there is wrapped with it', async () => {
    const list = (kids: string) => tagged(`<< /S /L /Pg 3 0 R /K [${kids}] >>`, { content });
    expect(tagsOf(await merged(list('0 << /S /P /K 1 >>')))).toBe('L(LI(LBody([0] P[1])))');
    expect(tagsOf(await merged(list('0 << /S /LI /K [<< /S /LBody /K 1 >>] >>')))).toBe('L([0] LI(LBody[1]))');
  });

  test('by what a role means', async () => {
    expect(await became('List(Item[0]) Item[1]', '/List /L /Item /LI')).toBe('List:L(Item:LI[0]) Div[1]');
  });
});

describe('headings without a gap', () => {
  test.each([
    ['H1[0] H2[1] H3[2] H2[3] H1[4]', 'H1[0] H2[1] H3[2] H2[3] H1[4]'],
    ['H2[0] H3[1]', 'H1[0] H2[1]'],
    ['H1[0] H3[1] H3[2] H4[3]', 'H1[0] H2[1] H2[2] H3[3]'],
    ['H3[0] H2[1] H1[2] H3[3]', 'H1[0] H1[1] H1[2] H2[3]'],
    ['H1[0] H4[1] H3[2]', 'H1[0] H2[1] H2[2]'],
    ['H[0] Sect(H[1])', 'H1[0] Sect(H1[1])'],
    ['Sect(H2[0] P[1]) Sect(H3[2])', 'Sect(H1[0] P[1]) Sect(H2[2])'],
    ['H1[0] H2[1] H3[2] H4[3] H5[4] H6[5]', 'H1[0] H2[1] H3[2] H4[3] H5[4] H6[5]'],
    ['H7[0] H12[1]', 'H1[0] H1[1]'],
  ])('%s → %s', async (tree, expected) => {
    expect(await became(tree)).toBe(expected);
  });
  test('by what a role means', async () => {
    expect(await became('Head[0] Sub-head[1]', '/Head /H2 /Sub-head /H5')).toBe('H1[0] H2[1]');
  });
});

describe('roles', () => {
  const kept =
    'Part Art Sect Div BlockQuote Caption Index NonStruct Private P Lbl Span Quote Note Reference BibEntry Code Link ' +
    'Ruby RB RT RP Warichu WT WP Figure Formula L Table TOC';
  test.each(kept.split(' '))('%s stays', async (role) => {
    expect(await became(`${role}[0]`, '', '図')).toBe(`${role}[0]`);
  });

  test.each([
    ['Foo[0]', '/Foo /P', 'Foo:P[0]'],
    ['Foo[0]', '/Foo /Bar /Bar /Span', 'Foo:Span[0]'],
    ['Foo[0]', '/Foo /Bar /Bar /Foo', 'Foo:NonStruct[0]'],
    ['Foo[0]', '/Foo /Foo', 'Foo:NonStruct[0]'],
    ['Foo[0]', '', 'Foo:NonStruct[0]'],
    ['Foo[0]', '/Foo /P /P /Span', 'Foo:P[0]'], // a standard type ends the chain
    ['P[0]', '/P /P', 'P[0]'],
    ['P[0]', '/P /Span', 'Span[0]'], // what a standard type is made to mean it is
    ['P[0]', '/P /Foo /Foo /Quote', 'Quote[0]'],
    ['Document(P[0])', '', 'Sect(P[0])'],
    ['Foo(P[0])', '/Foo /Document', 'Sect(P[0])'],
    ['Form[0] Annot[1] Form', '', 'Div[0] Div[1] NonStruct'],
    // Of PDF 2.0.
    ['DocumentFragment[0]', '', 'DocumentFragment:Part[0]'],
    ['Aside[0]', '', 'Aside:Div[0]'],
    ['Title[0]', '', 'Title:P[0]'],
    ['FENote[0]', '', 'FENote:Note[0]'],
    ['Sub[0]', '', 'Sub:Span[0]'],
    ['Em[0]', '', 'Em:Span[0]'],
    ['Strong[0]', '', 'Strong:Span[0]'],
    ['Artifact[0]', '', 'Artifact:NonStruct[0]'],
    ['Foo[0]', '/Foo /Em', 'Foo:Span[0]'],
    ['Title[0]', '/Title /H1', 'H1[0]'],
    ['Hx[0] H[1]', '', 'Hx:NonStruct[0] H1[1]'],
    ['H1x[0]', '', 'H1x:NonStruct[0]'],
    ['XH1[0]', '', 'XH1:NonStruct[0]'],
  ])('%s by %j → %s', async (tree, roles, expected) => {
    expect(await became(tree, roles)).toBe(expected);
  });

  test('a chain of roles is followed up to twenty', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => `/R${index} /${index + 1 === length ? 'P' : `R${index + 1}`}`).join(' ');
    expect(await became('R0[0]', chain(20))).toBe('R0:P[0]');
    expect(await became('R0[0]', chain(21))).toBe('R0:NonStruct[0]');
  });

  test.each([
    ['/Foo /Quote', 'Foo:Quote[0]'],
    ['/Foo [/Quote << >>]', 'Foo:Quote[0]'],
    ['/Bar /Quote', 'Foo:P[0]'],
  ])('of a namespace: %s', async (roles, expected) => {
    const element = `<< /S /Foo /Pg 3 0 R /NS << /RoleMapNS << ${roles} >> >> /K 0 >>`;
    const bytes = tagged(element, { content: '/P <</MCID 0>> BDC EMC', objects: { 21: '<< /Foo /P >>' } });
    expect(tagsOf(await merged(bytes))).toBe(expected);
  });
});

const content = '/P <</MCID 0>> BDC EMC /P <</MCID 1>> BDC EMC /P <</MCID 2>> BDC EMC';
const page = '/Pg 3 0 R';
describe('the tree as producers write it', () => {
  const two: Objects = {
    2: '<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>',
    5: '<< /Type /Page /MediaBox [0 0 9 9] /Contents 6 0 R >>',
    6: stream('/P <</MCID 0>> BDC EMC'),
  };
  test.each<[string, string, Objects, string]>([
    ['a kid alone, not in an array', `<< /S /P ${page} /K << /S /Span /K 0 >> >>`, {}, 'P(Span[0])'],
    [
      'kids in an array of its own',
      `<< /S /P ${page} /K 9 0 R >>`,
      { 9: '[0 << /S /Span /K 1 >> 2]' },
      'P([0] Span[1] [2])',
    ],
    [
      'objects of their own',
      '<< /S /Sect /K [9 0 R 10 0 R] >>',
      { 9: `<< /S /P ${page} /K [11 0 R] >>`, 10: `<< /S /P ${page} /K 1 >>`, 11: '0' },
      'Sect(P[0] P[1])',
    ],
    [
      'order',
      `<< /S /Sect ${page} /K [<< /S /P /K [1 << /S /Span /K 2 >>] >> << /S /P /K 0 >>] >>`,
      {},
      'Sect(P([1] Span[2]) P[0])',
    ],
    ['the page of the parent', `<< /S /Sect ${page} /K << /S /P /K << /S /Span /K 0 >> >> >>`, {}, 'Sect(P(Span[0]))'],
    [
      'a page of its own',
      `<< /S /Sect /Pg 5 0 R /K [<< /S /P /K 0 >> << /S /P ${page} /K 0 >>] >>`,
      two,
      'Sect(P[0] P[0])',
    ],
    [
      'content with its page',
      `<< /S /P ${page} /K [0 << /Type /MCR /MCID 0 /Pg 5 0 R >> << /Type /MCR /MCID 1 >>] >>`,
      two,
      'P([0] [0] [1])',
    ],
    [
      'content without a page',
      `<< /S /P /K 0 >> << /S /P ${page} /K [1 << /Type /MCR >>] >> << /S /P /K << /Type /MCR /MCID 2 >> >>`,
      {},
      'P P[1] P',
    ],
    ['content of a page that is none', `<< /S /P ${page} /K 0 >> << /S /P /Pg 2 0 R /K 1 >>`, {}, 'P[0] P'],
    [
      'content that two have: the first has it',
      `<< /S /P ${page} /K 0 >> << /S /P ${page} /K [0 << /Type /MCR /MCID 0 >> 1] >>`,
      {},
      'P[0] P[1]',
    ],
    [
      'an element that two have: the first has it',
      `<< /S /Sect /K 9 0 R >> << /S /Sect /K 9 0 R >>`,
      { 9: `<< /S /P ${page} /K 0 >>` },
      'Sect(P[0]) Sect',
    ],
    ['an element in itself', '9 0 R', { 9: `<< /S /P ${page} /K [0 9 0 R] >>` }, 'P[0]'],
    ['what is no element', `<< /S /P ${page} /K [0 /Name (a) << /K 1 >> [1] null] >>`, {}, 'P[0]'],
    ['no kids', `<< /S /P ${page} /K 0 >> << /S /P >>`, {}, 'P[0] P'],
    [
      'an annotation that is not there',
      `<< /S /P ${page} /K 0 >> << /S /Link /K << /Type /OBJR /Obj 99 0 R >> >> << /S /Link /K << /Type /OBJR >> >>`,
      {},
      'P[0] Link Link',
    ],
  ])('%s', async (_, tree, objects, expected) => {
    expect(tagsOf(await merged(tagged(tree.startsWith('<') ? tree : `<< >> ${tree}`, { content, objects })))).toBe(
      expected,
    );
  });

  test('a link that two elements name is in the first', async () => {
    const names = '<< /Type /OBJR /Obj 12 0 R >>';
    const tree = `<< /S /P ${page} /K 0 >> << /S /Link /K ${names} >> << /S /Link /K [${names} 1] ${page} >>`;
    const link = '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [0 /Fit] >>';
    const bytes = tagged(tree, { content, page: '/Annots [12 0 R]', objects: { 12: link } });
    expect(tagsOf(await merged(bytes))).toBe('P[0] Link[link] Link[1]');
  });

  describe.each(['99 0 R', '<< /S /P /K [99 0 R] >>'])('a part that is missing: %s', (tree) => {
    const written = (shows: string) =>
      tagged(`<< /S /P ${page} /K 0 >> ${tree}`, { content: `/P <</MCID 0>> BDC 0 0 9 9 re f EMC ${shows}` });
    test('is passed over where the others name all that is shown', async () => {
      const { problems, mends } = await readAnnex(written('0 0 9 9 re f'), undefined);
      expect(problems).toEqual([]);
      expect(mends.has('tag-holes')).toBe(true);
    });
    test('is told where it may have named what is shown', async () => {
      const bytes = written('/P <</MCID 1>> BDC BT (a) Tj ET EMC');
      const count = tree.startsWith('<') ? 2 : 1;
      expect(await problemsOf(bytes)).toEqual([`error annex-tags-incomplete 1ページ (${count})`]);
      expect(await problemsOf(bytes, '図')).toEqual([`warning annex-tags-incomplete 1ページ (${count})`]);
      expect(tagsOf(await merged(bytes, '図'))).toBe('Figure[0]');
    });
  });

  test.each<[string, Buffer]>([
    ['no tree', onePage({ catalog: '/MarkInfo << /Marked true >>' })],
    ['a tree without elements', tagged('<< >>')],
    ['a tree without kids', tagged('P[0]', { objects: { 20: '<< /Type /StructTreeRoot >>' } })],
  ])('%s: without 代替テキスト it is refused, with it a figure', async (_, bytes) => {
    expect(await problemsOf(bytes)).toEqual(['error annex-untagged']);
    const result = await merged(bytes, '港の地図');
    expect(tagsOf(result)).toBe('Figure[0]');
    expect(written(result.document, at(result.document, 'K/0/Alt', partOf(result)))).toMatch(/^<FEFF6E2F/);
  });
});

describe('figures', () => {
  const figure = (entries: string, role = 'Figure', kids = '/K 0') =>
    tagged(`<< /S /${role} ${page} ${entries} ${kids} >>`, { content });
  const refused = ['error annex-figure-without-text 1ページ'];
  test.each<[string, Buffer, string[]]>([
    ['without a text', figure(''), refused],
    ['with an empty one', figure('/Alt ()'), refused],
    ['with one that is no text', figure('/Alt /Name'), refused],
    ['with Alt', figure('/Alt (harbour)'), []],
    ['with ActualText', figure('/ActualText (A)'), []],
    ['with an empty ActualText', figure('/ActualText ()'), []], // it stands for nothing
    ['a formula', figure('', 'Formula'), refused],
    ['a table', figure('', 'Div'), []],
    ['by its role', tagged('Picture[0]', { objects: { 21: '<< /Picture /Figure >>' } }), refused],
    ['its content deeper', figure('', 'Figure', '/K [<< /S /Span >> << /S /Span /K 0 >>]'), refused],
  ])('%s', async (_, bytes, expected) => {
    expect(await problemsOf(bytes)).toEqual(expected);
    expect(await problemsOf(bytes, '図')).toEqual([]);
  });

  test('by the pages that they begin on', async () => {
    const tree = (kids: string[]) => kids.map((kid) => `<< /S /Figure ${kid} >>`).join(' ');
    const bytes = tagged(
      tree([
        '/Pg 5 0 R /K [<< /S /P /K [0 << /Type /MCR /MCID 7 /Pg 3 0 R >>] >>]',
        `/Pg 6 0 R /K 0`,
        `${page} /K [<< /S /P >> << /S /P /K 1 >>]`,
      ]),
      {
        content,
        objects: {
          2: '<< /Type /Pages /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>',
          5: '<< /Type /Page /MediaBox [0 0 9 9] >>',
          6: '<< /Type /Page /MediaBox [0 0 9 9] >>',
        },
      },
    );
    expect(await problemsOf(bytes)).toEqual(['error annex-figure-without-text 1、2、3ページ']);
  });

  test.each(['', '/K [<< /S /Span >>]', '/K << /Type /OBJR /Obj 3 0 R >>'])('nothing in it: none: %s', async (kids) => {
    const bytes = tagged(`<< /S /P ${page} /K 0 >> << /S /Figure ${kids} >>`, { content });
    expect(tagsOf(await merged(bytes))).toMatch(/^P\[0\] NonStruct/);
  });

  test('without a text are given 代替テキスト, others keep theirs', async () => {
    const bytes = tagged(`<< /S /Figure ${page} /K 0 >> << /S /Figure ${page} /K 1 /Alt (own) >>`, { content });
    const result = await merged(bytes, '港');
    const alternatives = [0, 1].map((index) =>
      written(result.document, at(result.document, `K/${index}/Alt`, partOf(result))),
    );
    expect(alternatives).toEqual(['<FEFF6E2F>', '<FEFF006F0077006E>']);
  });
});

describe('the cells that a heading cell heads are said (ISO 14289-1, 7.5)', () => {
  /** Scope of each TH in the document, in order. */
  async function scopes(tree: string, objects: Objects = {}): Promise<string[]> {
    const { document } = await merged(tagged(tree, { content, objects }));
    return document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const dict = object as PDFDict;
      if (String(at(document, 'S', dict)) !== '/TH') return [];
      const attributes = dict.has(PDFName.of('A')) ? written(document, dict.get(PDFName.of('A'))) : '';
      return [[...attributes.matchAll(/\/Scope \/(\w+)/g)].map(([, scope]) => scope).join('+')];
    });
  }
  test('a row of headings heads columns, one beside others its row', async () => {
    expect(await scopes('Table(TR(TH[0] TH[1]) TR(TH[2] TD))')).toEqual(['Column', 'Column', 'Row']);
    expect(await scopes('Table(TR(TD[0] TH[1]) TR(TH[2] TH))')).toEqual(['Row', 'Column', 'Column']);
    expect(await scopes('Table(TR(TD TH[0]) TR(TH[1] TD))')).toEqual(['Column', 'Row']);
    expect(await scopes('Table(THead(TR(TD[0] TH[1])) TBody(TR(TH[2] TD)))')).toEqual(['Column', 'Row']);
  });

  test('content between cells is none', async () => {
    const row = (kids: string) => `<< /S /Table /K << /S /TR /Pg 3 0 R /K [${kids}] >> >>`;
    expect(await scopes(row('<< /S /TH /K 0 >> 1'))).toEqual(['Column']);
  });

  test('nothing else is given a scope', async () => {
    const result = await merged(tagged('Sect(P[0] Table(TR(TD[1])))'));
    expect(written(result.document, partOf(result))).not.toContain('/A ');
  });

  test('the headings that a cell names are those', async () => {
    const cells =
      '<< /S /TH /ID (h\\051) /K 0 >> << /S /TD /A [<< /O /Table /Headers [(h\\051)] >>] /K 1 >> << /S /TH /ID (h) /K 2 >>';
    const result = await merged(tagged(`<< /S /Table /K << /S /TR /Pg 3 0 R /K [${cells}] >> >>`, { content }));
    const text = written(result.document, partOf(result));
    expect(text.match(/\/ID <\w+>/g)).toEqual(['/ID <6829>', '/ID <68>']);
    expect(text).toContain('/Headers [<6829>]');
  });

  test.each([
    ['<< /O /Table /Scope /Both >>', 'Both'],
    ['[<< /O /Layout >> << /O /Table /Scope /Column >>]', 'Column'],
    ['30 0 R', 'Both'],
    ['[30 0 R]', 'Both'],
    ['<< /O /Table /ColSpan 2 >>', 'Row'],
    ['[]', 'Row'],
    ['[<< /O /Layout >>]', 'Row'],
    ['/Name', 'Row'],
  ])('beside what it says itself: %s', async (attributes, expected) => {
    const row = `<< /S /TR ${page} /K [<< /S /TH /A ${attributes} /K 0 >> << /S /TD /K 1 >>] >>`;
    expect(await scopes(`<< /S /Table /K ${row} >>`, { 30: '<< /O /Table /Scope /Both >>' })).toEqual([expected]);
  });
});

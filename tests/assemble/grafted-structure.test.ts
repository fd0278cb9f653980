import { PDFContext, PDFHexString, PDFName, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Annex } from '../../src/annexes/annex.ts';
import type { Kid } from '../../src/annexes/tags/structure.ts';
import { hostStructure } from '../../src/assemble/annexes/host-structure.ts';
import { copierOf } from '../../src/assemble/annexes/objects.ts';
import { byteString } from '../../src/assemble/annexes/strings.ts';
import { type Written, writeStructure } from '../../src/assemble/annexes/structure.ts';
import { textString } from '../../src/assemble/objects.ts';
import { writeStructureTree } from '../../src/assemble/structure-tree.ts';
import { annexOf, annotation, content, elementOf, joinedStructure, kid } from './annexes.ts';
import { bodiesOf, described, objectsOf } from './objects.ts';

interface Case {
  context?: PDFContext;
  kids?: Kid[];
  annex?: Partial<Annex>;
  classes?: Record<string, unknown>;
  written?: Partial<Written>;
}

/** The objects of an annex that is grafted as the element 200 below 90, on the pages 21 and 22. */
function grafted({ context = PDFContext.create(), kids, annex = {}, classes, written = {} }: Case) {
  const before = { 1: '', 199: '', 200: 'null' };
  const file = objectsOf(before);
  const structure = kids && {
    structure: {
      kids,
      known: new Map(),
      classes: classes && (context.obj(classes as never) as never),
    },
  };
  const whole = annexOf({ context, ...annex, ...structure });
  const joined = { ...joinedStructure(), kids: [200] };
  const tree = hostStructure(joined);
  const copier = copierOf(file, whole, () => undefined, { commonProfile: () => 900, spots: new Map() });
  writeStructure(file, {
    host: { ...tree, setParent: tree.setParent as never, id: (...wanted) => byteString(tree.id(...wanted)) },
    annex: whole,
    title: textString('資料'),
    part: { number: 200, parent: 90 },
    written: { pages: [21, 22], pageKeys: [11, 12], level: (own) => own, formKeys: new Map(), links: [], ...written },
    copier,
  });
  copier.drain();
  const objects = described(file, before).trim().split('\n');
  writeStructureTree(file, joined);
  return { objects, trees: bodiesOf(file)[60] ?? '' };
}
const link = (number: number, source: string, page = 0) => ({ number, key: 20 + number, source, page });

describe('an annex without tags', () => {
  test('is one figure over all its pages, spoken as its 代替テキスト', () => {
    const { objects, trees } = grafted({ annex: { alternative: '港の地図', language: 'ja-JP' } });
    expect(objects).toEqual([
      '200: << /Type /StructElem /S /Part /P 90 0 R /T 「資料」 /Lang (ja-JP) /K [201 0 R] >>',
      '201: << /Type /StructElem /S /Figure /P 200 0 R /Alt 「港の地図」 ' +
        '/K [<< /Type /MCR /Pg 21 0 R /MCID 0 >> << /Type /MCR /Pg 22 0 R /MCID 0 >>] >>',
    ]);
    expect(trees).toContain(' 11 [201 0 R] 12 [201 0 R]]');
  });
  test('or as its title; its links stand behind it', () => {
    const { objects, trees } = grafted({
      written: { links: [link(301, '5 0 R'), link(302, '', 1), link(303, '', 1)] },
    });
    expect(objects[0]).toBe(
      '200: << /Type /StructElem /S /Part /P 90 0 R /T 「資料」 /K [201 0 R 202 0 R 203 0 R 204 0 R] >>',
    );
    expect(objects[1]).toContain('/Alt 「資料」');
    expect(objects.slice(2)).toEqual([
      '202: << /Type /StructElem /S /Link /P 200 0 R /Pg 21 0 R /K [<< /Type /OBJR /Pg 21 0 R /Obj 301 0 R >>] >>',
      '203: << /Type /StructElem /S /Link /P 200 0 R /Pg 22 0 R /K [<< /Type /OBJR /Pg 22 0 R /Obj 302 0 R >>] >>',
      '204: << /Type /StructElem /S /Link /P 200 0 R /Pg 22 0 R /K [<< /Type /OBJR /Pg 22 0 R /Obj 303 0 R >>] >>',
    ]);
    expect(trees).toContain(' 321 202 0 R 322 203 0 R 323 204 0 R]');
  });
});

describe('the tags of an annex', () => {
  test('contents of pages and forms, in their order, with the element of each in the parent tree', () => {
    const context = PDFContext.create();
    const form = context.register(context.stream('', { Type: 'XObject' }));
    const second = elementOf(context, 'Span', {}, content(1, 1), content(0, 2), content(1, 0));
    const first = elementOf(context, 'P', {}, content(0, 3), kid(second), content(0, 0, form));
    const { objects, trees } = grafted({
      context,
      kids: [kid(first), content(0, 5)],
      written: {
        formKeys: new Map([
          [form.tag, 13],
          ['9 0 R', 14],
        ]),
      },
    });
    expect(objects).toEqual([
      '200: << /Type /StructElem /S /Part /P 90 0 R /T 「資料」 /K [201 0 R << /Type /MCR /Pg 21 0 R /MCID 5 >>] >>',
      '201: << /Type /StructElem /S /P /P 200 0 R /Pg 21 0 R /K [3 202 0 R << /Type /MCR /Pg 21 0 R /Stm 203 0 R /MCID 0 >>] >>',
      '202: << /Type /StructElem /S /Span /P 201 0 R /Pg 22 0 R /K [1 << /Type /MCR /Pg 21 0 R /MCID 2 >> 0] >>',
      '203: << /Type /XObject /Length … >> ""',
    ]);
    expect(trees).toContain(' 11 [null null 202 0 R 201 0 R null 200 0 R] 12 [202 0 R 202 0 R] 13 [201 0 R] 14 []]');
  });

  test.each<[string, string, string]>([
    ['a role of its own', 'Custom = P', '/Custom'],
    ['a standard role', 'BlockQuote', '/BlockQuote'],
    ['a heading', 'H2', '/H3'],
    ['a heading with a role of its own', 'Title = H1', '/H2'],
    ['a heading without level', 'H', '/H'],
  ])('%s: %s', (_, role, wanted) => {
    const element = elementOf(PDFContext.create(), role);
    const { objects } = grafted({ kids: [kid(element)], written: { level: (own) => own + 1 } });
    expect(objects[1]).toBe(`201: << /Type /StructElem /S ${wanted} /P 200 0 R /K [] >>`);
  });
  test('a role of the same name with another meaning', () => {
    const { objects, trees } = grafted({ kids: [kid(elementOf(PDFContext.create(), 'Title = Caption'))] });
    expect(objects[1]).toContain('/S /Title-2 ');
    expect(trees).toContain('/Title /P /Title-2 /Caption');
  });
  test('texts are written anew, whatever their encoding; a language only if it is one', () => {
    const context = PDFContext.create();
    const element = (entries: Record<string, unknown>, role = 'P') => elementOf(context, role, entries);
    const { objects } = grafted({
      context,
      kids: [
        element({ T: PDFString.of('a'), Alt: PDFHexString.fromText('計画'), Lang: PDFString.of('en-US') }),
        element({ ActualText: PDFString.of('b'), E: PDFString.of('c'), Lang: PDFString.of('english language') }),
        element({ T: PDFName.of('d'), Lang: PDFString.of('en_US') }),
        element({ Lang: PDFString.of('x-klingon-12345678') }),
        element({ Lang: PDFString.of('toolonglang') }),
        element({ Lang: PDFString.of(' ja') }),
      ].map(kid),
    });
    expect(
      objects.slice(1).map((line) => line.replace(/^\d+: << \/Type \/StructElem \/S \/P \/P 200 0 R/, '')),
    ).toEqual([
      ' /T 「a」 /Alt 「計画」 /Lang (en-US) /K [] >>',
      ' /ActualText 「b」 /E 「c」 /K [] >>',
      ' /Lang (en-US) /K [] >>',
      ' /Lang (x-klingon-12345678) /K [] >>',
      ' /K [] >>',
      ' /K [] >>',
    ]);
  });
  test('figures and formulas without alternative get that of the annex', () => {
    const context = PDFContext.create();
    const kids = [
      elementOf(context, 'Figure', { Alt: PDFString.of(''), T: PDFString.of('t') }),
      elementOf(context, 'Figure', { Alt: PDFString.of('own') }),
      elementOf(context, 'Formula', { ActualText: PDFString.of('') }),
      elementOf(context, 'Formula'),
      elementOf(context, 'P', { Alt: PDFString.of('') }),
    ].map(kid);
    const texts = (annex: Partial<Annex>) =>
      grafted({ context, kids, annex })
        .objects.slice(1)
        .map((line) => line.replace(/^.*?\/P 200 0 R (.*)\/K.*$/, '$1').trim());
    expect(texts({ alternative: '図' })).toEqual([
      '/T 「t」 /Alt 「図」',
      '/Alt 「own」',
      '/ActualText 「」',
      '/Alt 「図」',
      '/Alt 「」',
    ]);
    expect(texts({})).toEqual(['/T 「t」 /Alt 「」', '/Alt 「own」', '/ActualText 「」', '/Alt 「」', '/Alt 「」']);
  });

  test('IDs are unique in the document, and headers name them by what they are called there', () => {
    const context = PDFContext.create();
    const headers = context.obj([PDFString.of('same'), PDFHexString.of('FF'), PDFString.of('lost'), 1] as never);
    const th = elementOf(context, 'TH', { ID: 'U1x0y0', A: { O: 'Table', Scope: 'Row' } });
    const same = elementOf(context, 'TH', { ID: 'same' });
    const odd = elementOf(context, 'TH', { ID: '\xff' });
    const again = elementOf(context, 'TH', { ID: 'same' });
    const td = elementOf(context, 'TD', {
      A: [{ O: 'Table', Headers: headers, NS: PDFRef.of(77) }, context.register(context.obj({ O: 'Layout' }))],
    });
    const notes = [
      elementOf(context, 'Note'),
      elementOf(context, 'Footnote = Note', { ID: 'n' }),
      elementOf(context, 'Note'),
    ];
    const { objects, trees } = grafted({
      context,
      kids: [th, same, odd, again, td, ...notes].map(kid),
    });
    expect(
      objects
        .slice(1)
        .map((line) => line.replace(/^\d+: << \/Type \/StructElem (.*?) \/P 200 0 R/, '$1').replace(/ \/K.*/, '')),
    ).toEqual([
      '/S /TH /A [<< /O /Table /Scope /Row >>] /ID <5531783079302D32>',
      '/S /TH /ID <73616D65>',
      '/S /TH /ID <6964>',
      '/S /TH /ID <73616D652D32>',
      '/S /TD /A [<< /O /Table /Headers [<73616D65> <6964>] >> << /O /Layout >>]',
      '/S /Note /ID <6E6F7465>',
      '/S /Footnote /ID <6E>',
      '/S /Note /ID <6E6F74652D32>',
    ]);
    expect(trees).toContain(
      '/Names [<553178307930> 95 0 R <5531783079302D32> 201 0 R <6964> 203 0 R <6E> 207 0 R <6E6F7465> 206 0 R <6E6F74652D32> 208 0 R <73616D65> 202 0 R <73616D652D32> 204 0 R]',
    );
  });
  test('attributes that are an object of their own, and those that are none', () => {
    const context = PDFContext.create();
    const shared = context.register(context.obj({ O: 'Layout', BBox: [0, 0, 1, 1], Headers: 'none' }));
    const a = elementOf(context, 'P', { A: shared });
    const b = elementOf(context, 'P', { A: [1, shared, 'x'] });
    const c = elementOf(context, 'P', { A: 'Nothing' });
    const { objects } = grafted({ context, kids: [a, b, c].map(kid) });
    const looks = '<< /O /Layout /BBox [0 0 1 1] /Headers /none >>';
    expect(objects.slice(1).map((line) => line.replace(/^.*?\/P 200 0 R (.*)\/K.*$/, '$1').trim())).toEqual([
      `/A [${looks}]`,
      `/A [${looks}]`,
      '',
    ]);
  });
  test('classes that the annex has, one name or several; others are dropped', () => {
    const context = PDFContext.create();
    const kids = [
      elementOf(context, 'P', { C: 'One' }),
      elementOf(context, 'P', { C: ['One', 'Lost', 1, 'Two'] }),
      elementOf(context, 'P', { C: 'Lost' }),
      elementOf(context, 'P', { C: 1 }),
    ].map(kid);
    const classes = { One: { O: 'Layout', A: 1 }, Two: [{ O: 'List' }] };
    const found = (own: Case) =>
      grafted({ context, kids, ...own })
        .objects.slice(1)
        .map((line) => line.replace(/^.*?\/P 200 0 R (.*)\/K.*$/, '$1').trim());
    expect(found({ classes })).toEqual(['/C [/One]', '/C [/One /Two]', '', '']);
    expect(found({})).toEqual(['', '', '', '']);
    expect(grafted({ context, kids, classes }).trees).toContain(
      '/ClassMap << /One [<< /O /Layout /A 1 >>] /Two [<< /O /List >>] >>',
    );
  });

  test('links: inside a Link as they are, behind the rest where nothing names them', () => {
    const context = PDFContext.create();
    const inLink = elementOf(context, 'Link', {}, content(0, 0), annotation('1 0 R'));
    const own = elementOf(context, 'Verweis = Link', {}, annotation('2 0 R'), annotation('1 0 R'), annotation('7 0 R'));
    const { objects, trees } = grafted({
      context,
      kids: [kid(inLink), kid(own)],
      written: {
        links: [link(301, '1 0 R'), link(302, '2 0 R', 1), link(305, '5 0 R')],
      },
    });
    expect(objects).toEqual([
      '200: << /Type /StructElem /S /Part /P 90 0 R /T 「資料」 /K [201 0 R 202 0 R 203 0 R] >>',
      '201: << /Type /StructElem /S /Link /P 200 0 R /Pg 21 0 R /K [0 << /Type /OBJR /Pg 21 0 R /Obj 301 0 R >>] >>',
      '202: << /Type /StructElem /S /Verweis /P 200 0 R /K [<< /Type /OBJR /Pg 22 0 R /Obj 302 0 R >>] >>',
      '203: << /Type /StructElem /S /Link /P 200 0 R /Pg 21 0 R /K [<< /Type /OBJR /Pg 21 0 R /Obj 305 0 R >>] >>',
    ]);
    expect(trees).toContain(' 321 201 0 R 322 202 0 R 325 203 0 R]');
  });
  test('nested elements know their parent', () => {
    const context = PDFContext.create();
    const inner = elementOf(context, 'LI', {}, content(1, 0));
    const outer = elementOf(context, 'L', {}, kid(inner), kid(elementOf(context, 'LI')));
    expect(grafted({ context, kids: [kid(outer)] }).objects.slice(1)).toEqual([
      '201: << /Type /StructElem /S /L /P 200 0 R /K [202 0 R 203 0 R] >>',
      '202: << /Type /StructElem /S /LI /P 201 0 R /Pg 22 0 R /K [0] >>',
      '203: << /Type /StructElem /S /LI /P 201 0 R /K [] >>',
    ]);
  });
});

import {
  PDFContext,
  PDFHexString,
  PDFInvalidObject,
  type PDFArray,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Annex } from '../../src/annexes/annex.ts';
import { type Copier, copierOf, type Shared } from '../../src/assemble/annexes/objects.ts';
import { annexOf } from './annexes.ts';
import { described, objectsOf } from './objects.ts';

const before = { 1: '<< >>' };

/** What becomes of `object` in a document that has one object, and what comes with it. */
function copied(
  make: (context: PDFContext) => unknown,
  {
    formKeys = () => undefined,
    own = () => ({}),
    shared = { commonProfile: () => 900, spots: new Map() },
  }: {
    formKeys?: (form: string) => number | undefined;
    own?: (context: PDFContext, made: unknown) => Partial<Annex>;
    shared?: Shared;
  } = {},
): { text: string; objects: string; copier: Copier } {
  const context = PDFContext.create();
  const made = make(context);
  const file = objectsOf(before);
  const copier = copierOf(file, annexOf({ context, ...own(context, made) }), formKeys, shared);
  const object = made === undefined ? undefined : context.obj(made as never);
  const text = copier.write(object as PDFObject | undefined);
  copier.drain();
  return { text, objects: described(file, before), copier };
}
const streamOf = (context: PDFContext, text: string, entries: Record<string, unknown>): PDFRef =>
  context.register(context.stream(text, entries as never));

describe('values are written as they are', () => {
  test.each<[string, (context: PDFContext) => unknown, string]>([
    ['nothing', () => undefined, 'null'],
    ['a name', () => 'DeviceRGB', '/DeviceRGB'],
    ['a number', () => -1.5, '-1.5'],
    ['strings', () => [PDFString.of('a(b)'), PDFHexString.of('00FF')], '[(a(b)) <00FF>]'],
    ['what is nested', () => ({ A: [1, [true, null]], B: { C: 'D' } }), '<< /A [1 [true null]] /B << /C /D >> >>'],
    ['a page', (context) => [context.register(context.obj({ Type: 'Page' })), 1], '[null 1]'],
    ['an object that is not there', () => ({ A: PDFRef.of(99) }), '<< /A null >>'],
  ])('%s', (_, make, wanted) => expect(copied(make)).toMatchObject({ text: wanted, objects: '' }));

  test('objects get new numbers, each once, and bring what they refer to', () => {
    const { text, objects } = copied((context) => {
      const inner = context.register(context.obj({ Inner: 1 }));
      const outer = context.register(context.obj([inner, inner]));
      context.assign(inner, context.obj({ Inner: outer }));
      return { A: outer, B: inner, C: streamOf(context, 'data', { Own: outer, Length: 99 }) };
    });
    expect(text).toBe('<< /A 2 0 R /B 3 0 R /C 4 0 R >>');
    expect(objects).toBe('2: [3 0 R 3 0 R]\n3: << /Inner 2 0 R >>\n4: << /Own 2 0 R /Length … >> "data"\n');
  });

  test('a number asked for is kept', () => {
    const context = PDFContext.create();
    const ref = context.register(context.obj({ A: 1 }));
    const file = objectsOf({ 1: '', 7: '' });
    const copier = copierOf(
      file,
      annexOf({ context }),
      () => undefined,
      { commonProfile: () => 0, spots: new Map() },
    );
    expect([copier.number(ref), copier.number(ref), copier.write(ref)]).toEqual([8, 8, '8 0 R']);
    expect(copier.addDeflated('/Type /Metadata', Buffer.from('x'))).toBe(9);
    copier.drain();
    expect([...file.objects].map(([key, { number, isStream }]) => [key, number, isStream]).slice(2)).toEqual([
      [9, 9, true],
      [8, 8, false],
    ]);
    expect(described(file, { 1: '', 7: '' })).toBe(
      '8: << /A 1 >>\n9: << /Type /Metadata /Filter /FlateDecode /Length … >> "x"\n',
    );
  });

  test.each<[string, (context: PDFContext) => unknown, string]>([
    ['a stream inside another object', (context) => [context.stream('x')], 'a stream that is no object of its own'],
    [
      'a broken object',
      (context) => {
        const ref = context.nextRef();
        context.assign(ref, PDFInvalidObject.of(Buffer.from('<<')));
        return ref;
      },
      'a broken object that reading did not report',
    ],
  ])('%s: a defect', (_, make, message) => expect(() => copied(make)).toThrow(message));
});

describe('streams', () => {
  test('deflated ones are copied byte by byte', () => {
    const { objects } = copied((context) => context.register(context.flateStream('some data', { Type: 'X' })));
    expect(objects).toBe('2: << /Type /X /Filter /FlateDecode /Length … >> "some data"\n');
  });
  test('forms that were changed, with their key', () => {
    const form = (entries: Record<string, unknown>) => (context: PDFContext) =>
      streamOf(context, 'old', { Subtype: 'Form', StructParents: 7, Length: 99, ...entries });
    const own = () => ({ forms: new Map([['1 0 R', Buffer.from('new')]]) });
    expect(copied(form({ Filter: 'LZWDecode' }), { own, formKeys: (name) => (name === '1 0 R' ? 12 : undefined) })).toMatchObject({
      objects: '2: << /Subtype /Form /StructParents 12 /Filter /FlateDecode /Length … >> "new"\n',
    });
    expect(copied(form({ Resources: {} })).objects).toBe(
      '2: << /Subtype /Form /Resources << >> /Length … >> "old"\n',
    );
    const image = (context: PDFContext) => streamOf(context, 'old', { Subtype: 'Image', Width: 1 });
    expect(copied(image, { formKeys: () => 12 }).objects).toBe('2: << /Subtype /Image /Width 1 /Length … >> "old"\n');
  });
});

describe('colours', () => {
  test('the common profile is the one of the document', () => {
    const { text, objects } = copied(() => ({ A: PDFRef.of(5) }), {
      own: (context) => {
        context.assign(PDFRef.of(5), context.stream('', { N: 4 }));
        return { commonProfile: PDFRef.of(5) };
      },
    });
    expect({ text, objects }).toEqual({ text: '<< /A 900 0 R >>', objects: '' });
  });

  /** Separations of one name, the first of these digests in the Colorants of a DeviceN. */
  function separations(digests: string[], shared: Shared, name = 'Gold'): string {
    const { text, objects } = copied(
      (context) => digests.map((digest) => context.obj(['Separation', name, 'DeviceRGB', digest])),
      {
        shared,
        own: (_, made) => ({
          spots: new Map(
            (made as PDFArray[]).map((array, index) => [
              array,
              { name, digest: digests[index] ?? '', listed: index === 2 },
            ]),
          ),
        }),
      },
    );
    return `${text}\n${objects}`;
  }
  const spots = (): Shared => ({ commonProfile: () => 900, spots: new Map() });

  test('a Separation of one name is one; another becomes a DeviceN of one colorant', () => {
    expect(separations(['a', 'a', 'b'], spots())).toBe('[2 0 R 2 0 R 2 0 R]\n2: [/Separation /Gold /DeviceRGB /a]\n');
    expect(separations(['a', 'b'], spots())).toBe(
      '[2 0 R [/DeviceN [/Gold] /DeviceRGB /b << /Colorants << /Gold 2 0 R >> >>]]\n2: [/Separation /Gold /DeviceRGB /a]\n',
    );
    expect(separations(['a', 'b'], spots(), 'None')).toBe('[2 0 R 2 0 R]\n2: [/Separation /None /DeviceRGB /a]\n');
  });
  test('that of an annex before too', () => {
    const shared = spots();
    shared.spots.set('Gold', { digest: 'a', number: 77 });
    expect(separations(['a', 'b'], shared)).toBe(
      '[77 0 R [/DeviceN [/Gold] /DeviceRGB /b << /Colorants << /Gold 77 0 R >> >>]]\n',
    );
  });
});

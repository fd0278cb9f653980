import {
  PDFContext,
  PDFHexString,
  PDFInvalidObject,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Annex } from '../../src/annexes/annex.ts';
import type { Kind } from '../../src/annexes/mend.ts';
import { type Copier, copierOf } from '../../src/assemble/annexes/objects.ts';
import { annexOf } from './annexes.ts';
import { described, objectsOf } from './objects.ts';

const before = { 1: '<< >>' };

/** What becomes of `object` in a document that has one object, and what comes with it. */
function copied(
  make: (context: PDFContext) => unknown,
  {
    kind = 'other',
    formKeys = () => undefined,
    resources,
    own = () => ({}),
  }: {
    kind?: Kind;
    formKeys?: (form: string) => number | undefined;
    resources?: Record<string, unknown>;
    own?: (context: PDFContext) => Partial<Annex>;
  } = {},
): { text: string; objects: string; copier: Copier } {
  const context = PDFContext.create();
  const made = make(context);
  const file = objectsOf(before);
  const copier = copierOf(file, annexOf({ context, ...own(context) }), formKeys, () => 900);
  const object = made === undefined ? undefined : context.obj(made as never);
  const text = copier.write(object as PDFObject | undefined, kind);
  copier.drain(resources && (context.obj(resources as never) as never));
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
      return { A: outer, B: inner, C: streamOf(context, 'data', { Own: outer, Length: 99, DL: 5 }) };
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
      () => 0,
    );
    expect([copier.number(ref), copier.number(ref), copier.write(ref)]).toEqual([8, 8, '8 0 R']);
    expect(copier.addDeflated('/Type /Metadata', Buffer.from('x'))).toBe(9);
    copier.drain(undefined);
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
  test('forms that were changed, with their key and the resources that they lack', () => {
    const form = (entries: Record<string, unknown>) => (context: PDFContext) =>
      streamOf(context, 'old', { Subtype: 'Form', StructParents: 7, ...entries });
    const own = { forms: new Map([['1 0 R', Buffer.from('new')]]) };
    const resources = { ExtGState: { G: { TR: 'Identity', CA: 1 } } };
    expect(
      copied(form({}), { own: () => own, formKeys: (name) => (name === '1 0 R' ? 12 : undefined), resources }).objects,
    ).toBe(
      '2: << /Subtype /Form /StructParents 12 /Resources << /ExtGState << /G << /CA 1 >> >> >> /Filter /FlateDecode /Length … >> "new"\n',
    );
    expect(copied(form({ Resources: {} }), { resources }).objects).toBe(
      '2: << /Subtype /Form /Resources << >> /Length … >> "old"\n',
    );
    expect(copied(form({})).objects).toBe('2: << /Subtype /Form /Resources << >> /Length … >> "old"\n');
    const image = (context: PDFContext) => streamOf(context, 'old', { Subtype: 'Image', Interpolate: true, Width: 1 });
    expect(copied(image, { formKeys: () => 12, resources }).objects).toBe(
      '2: << /Subtype /Image /Width 1 /Length … >> "old"\n',
    );
  });
  test('a pattern needs resources too, but has no key; what is no form needs none', () => {
    const pattern = (context: PDFContext) => streamOf(context, 'x', { PatternType: 1 });
    expect(copied(pattern, { formKeys: () => 12 }).objects).toBe(
      '2: << /PatternType 1 /Resources << >> /Length … >> "x"\n',
    );
    expect(copied((context) => streamOf(context, 'x', { Type: 'Metadata' }), { formKeys: () => 12 }).objects).toBe(
      '2: << /Type /Metadata /Length … >> "x"\n',
    );
  });
});

describe('colours', () => {
  test.each<[string, Record<string, unknown>, 'common' | 'own' | undefined, string]>([
    [
      'no CMYK',
      { ColorSpace: { A: 'DeviceGray' }, Font: {} },
      undefined,
      '<< /ColorSpace << /A /DeviceGray >> /Font << >> >>',
    ],
    [
      'CMYK of no press',
      { Font: {} },
      'common',
      '<< /Font << >> /ColorSpace << /DefaultCMYK [/ICCBased 900 0 R] >> >>',
    ],
    [
      'CMYK of a press of its own, beside other colours',
      { ColorSpace: { A: 'DeviceGray' }, Font: {} },
      'own',
      '<< /Font << >> /ColorSpace << /A /DeviceGray /DefaultCMYK [/ICCBased 2 0 R] >> >>',
    ],
    [
      'CMYK that has a meaning already',
      { ColorSpace: { DefaultCMYK: 'DeviceCMYK' } },
      'common',
      '<< /ColorSpace << /DefaultCMYK /DeviceCMYK >> >>',
    ],
  ])('%s', (_, resources, profile, wanted) => {
    const make = (context: PDFContext) => {
      streamOf(context, 'profile', { N: 4 });
      return resources;
    };
    const cmykProfile = profile === 'own' ? PDFRef.of(1) : profile;
    const { text, objects } = copied(make, { kind: 'resources', own: () => ({ cmykProfile }) });
    expect(text.replaceAll(/\s+/g, ' ')).toBe(wanted);
    expect(objects).toBe(profile === 'own' ? '2: << /N 4 /Length … >> "profile"\n' : '');
  });
  test('resources below others mean the same; a dictionary that is none stays', () => {
    const { text } = copied(() => ({ ColorSpace: { A: 'B' } }), { own: () => ({ cmykProfile: 'common' }) });
    expect(text).toBe('<< /ColorSpace << /A /B >> >>');
    const form = (context: PDFContext) =>
      streamOf(context, 'x', { Subtype: 'Form', Resources: context.register(context.obj({ A: PDFName.of('B') })) });
    const { objects } = copied(form, { own: () => ({ cmykProfile: 'common' }) });
    expect(objects).toBe(
      '2: << /Subtype /Form /Resources 3 0 R /Length … >> "x"\n3: << /A /B /ColorSpace << /DefaultCMYK [/ICCBased 900 0 R] >> >>\n',
    );
  });
});

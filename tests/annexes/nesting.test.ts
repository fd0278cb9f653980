import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { accepted, onePage, problemsOf, stream } from './pdf.ts';

// Forms and patterns within each other, and data without measure.

const form = (content: string, resources = '') =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${resources && `/Resources << ${resources} >>`}`);
const shown = { content: '/A Do', resources: '/XObject << /A 10 0 R >>' };
const circle = ['error annex-forbidden 1ページの、自分自身を描く図形'];

test.each([
  ['itself', { 10: form('/A Do', '/XObject << /A 10 0 R >>') }],
  ['itself by the resources of the page', { 10: form('/A Do') }],
  [
    'itself by another',
    { 10: form('/B Do', '/XObject << /B 11 0 R >>'), 11: form('/A Do', '/XObject << /A 10 0 R >>') },
  ],
  [
    'itself by a pattern',
    {
      10: form('/Pattern cs /P scn 0 0 9 9 re f', '/Pattern << /P 11 0 R >>'),
      11: stream('/A Do', '/PatternType 1 /PaintType 1 /BBox [0 0 9 9] /Resources << /XObject << /A 10 0 R >> >>'),
    },
  ],
])('a form that paints %s is refused', async (_, objects) => {
  expect(await problemsOf(onePage({ ...shown, objects }), '図')).toEqual(circle);
});

const chain = (count: number, paint: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      10 + index,
      index === count - 1 ? form('0 0 9 9 re f') : form(paint, `/XObject << /A ${11 + index} 0 R >>`),
    ]),
  );

test('a form that could paint itself, and does not, is merged', async () => {
  const objects = { 10: form('0 0 9 9 re f', '/XObject << /A 10 0 R >>') };
  expect((await accepted(onePage({ ...shown, objects }), '図')).pages).toHaveLength(1);
});

test('what is painted more than a million times, or too deep, is refused', async () => {
  const tooMany = ['error annex-too-large 1ページ: 重なった図形の数 (1000000)'];
  expect((await accepted(onePage({ ...shown, objects: chain(19, '/A Do /A Do') }), '図')).pages).toHaveLength(1);
  expect(await problemsOf(onePage({ ...shown, objects: chain(20, '/A Do /A Do') }), '図')).toEqual(tooMany);
  expect((await accepted(onePage({ ...shown, objects: chain(100, '/A Do') }), '図')).pages).toHaveLength(1);
  expect(await problemsOf(onePage({ ...shown, objects: chain(200, '/A Do') }), '図')).toEqual(tooMany);
});

test('content that is a bomb is refused; a picture is left to those who show it', async () => {
  const bomb = deflateSync(Buffer.alloc(130 * 1024 * 1024));
  const content = onePage({ objects: { 4: stream(bomb, '/Filter /FlateDecode') } });
  expect(await problemsOf(content, '図')).toEqual([
    'error annex-too-large 1ページ: 1つのデータが 128 MB を超えます (128 MB)',
  ]);
  const entries = '/Subtype /Image /Width 20000 /Height 6815 /ColorSpace /DeviceGray /BitsPerComponent 8';
  const picture = onePage({ ...shown, objects: { 10: stream(bomb, `${entries} /Filter /FlateDecode`) } });
  expect((await accepted(picture, '図')).pages).toHaveLength(1);
});

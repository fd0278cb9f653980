import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Chunk, type ChunkSource, type ChunkStream, chunkOf } from '../../src/assemble/chunk.ts';
import { strokeOf } from '../../src/assemble/marked-runs.ts';
import type { DrawRequest } from '../../src/render/requests.ts';
import { classicFile, stream, utf16 } from './objects.ts';

// Two pages as Typst writes them: 3 and 4; 6 Document, 9 P, 10 H2, 11 Link with the annotation 30.
const bodies: Record<number, string> = {
  1: '<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R >>',
  2: '<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.5 842.25] /Contents 20 0 R /Resources << /ColorSpace << /c0 [/ICCBased 21 0 R] >> >> /StructParents 0 /Annots [30 0 R] >>',
  4: '<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0\n 300 200.5 ] /Contents 23 0 R /Resources << /Font << /f0 22 0 R >> >> /StructParents 1 >>',
  5: '<< /Type /StructTreeRoot /K [6 0 R] /ParentTree << /Nums [0 7 0 R 1 8 0 R 2 11 0 R] >> /IDTree << /Names [(a) 9 0 R] >> >>',
  6: '<< /Type /StructElem /S /Document /P 5 0 R /K [9 0 R 10 0 R 11 0 R] >>',
  7: '[9 0 R]',
  8: '[10 0 R]',
  9: '<< /Type /StructElem /S /P /P 6 0 R /ID (a) /K [0] /Pg 3 0 R >>',
  10: `<< /Type /StructElem /S /H2 /T ${utf16('\u200b個票')} /P 6 0 R /K [0] /Pg 4 0 R >>`,
  11: '<< /Type /StructElem /S /Link /P 6 0 R /K [<< /Type /OBJR /Pg 3 0 R /Obj 30 0 R >>] /Pg 3 0 R >>',
  20: stream('', '9 0 R of the first'),
  21: stream('/N 3 /Alternate /DeviceRGB', 'sRGB'),
  22: '<< /Type /Font /ToUnicode 24 0 R /Other 25 0 R >>',
  23: stream('/Filter /ASCIIHexDecode', '00>'),
  24: stream('/Type /CMap /CMapName /A', 'begincmap '.repeat(20)),
  25: stream('/Type /CMap /Filter /ASCIIHexDecode', '01>'),
  30: '<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /A << /Type /Action /S /URI /URI (#sheet-1) >> /F 4 /StructParent 2 /Contents (#sheet-1) >>',
  40: '<< /Nothing /LeadsHere >>',
};
const chunk = (changes: Record<number, string> = {}, own: Partial<ChunkSource> = {}): Chunk =>
  chunkOf({
    drawn: {
      pdf: classicFile(
        Object.entries({ ...bodies, ...changes }).map(([number, body]) => [Number(number), `\n${body}\n`]),
        '<< /Root 1 0 R /Info 40 0 R >>',
      ),
      pages: 2,
      anchors: [{ id: 'sheet-1', page: 2, x: 1, y: 2 }],
      tables: [],
    },
    words: { 'sheet-1': '施策' },
    ...own,
  });
const textsOf = ({ objects }: Chunk) => objects.filter((object): object is string => typeof object === 'string');
const streamsOf = ({ objects }: Chunk) => objects.filter((object): object is ChunkStream => typeof object === 'object');
/** The one object that has this in it. */
const found = (of: Chunk, part: string): string => {
  const all = textsOf(of).filter((text) => text.includes(part));
  expect(all).toHaveLength(1);
  return all[0] ?? '';
};

test('pages, elements and what the parent tree holds come first, each by a number of its own', () => {
  const { objects, pages, kids, parents, ids, anchors } = chunk();
  expect(pages).toEqual([
    { number: 1, height: 842.25 },
    { number: 2, height: 200.5 },
  ]);
  expect(kids).toEqual([3, 4, 5].map((number) => ({ kind: 'element', elements: [number] })));
  expect(parents).toEqual([6, 7, 5]);
  expect(objects.slice(5, 7)).toEqual(['[3 1 R]', '[4 1 R]']);
  expect(ids).toEqual([['a', 3]]);
  expect(anchors).toEqual([{ id: 'sheet-1', page: 2, x: 1, y: 2 }]);
});

test('nothing but what these lead to', () => {
  const all = chunk();
  expect(all.objects).toHaveLength(14);
  for (const left of ['LeadsHere', '/Catalog', '/Type /Pages', 'StructTreeRoot', '/S /Document'])
    expect(textsOf(all).join()).not.toContain(left);
});

test('what all chunks share is known by its name, keys by their place', () => {
  const all = chunk();
  expect(all.objects[0]).toMatch(/\/Parent @pages 0 R .*\/StructParents 0 2 R /);
  expect(all.objects[1]).toMatch(/\/Parent @pages 0 R .*\/StructParents 1 2 R /s);
  expect(found(all, '/S /P ')).toContain('/P @document 0 R');
  expect(found(all, '/Subtype /Link')).toContain('/StructParent 2 2 R');
});

test('every reference is to an object of its own', () => {
  const all = chunk();
  const written = [...textsOf(all), ...streamsOf(all).map(({ dictionary }) => dictionary)].join('\n');
  expect(written.replaceAll(/@\w+ 0 R/g, '')).not.toMatch(/\d 0 R/);
  const numbers = [...written.matchAll(/(\d+) 1 R/g)].map(([, number]) => Number(number));
  expect(Math.max(...numbers)).toBe(all.objects.length);
  expect(found(all, '/OBJR')).toContain('/Pg 1 1 R');
});

test('streams stay as they are, but for maps of characters that are not deflated', () => {
  const streams = streamsOf(chunk());
  const hold = (part: string) => streams.filter(({ dictionary }) => dictionary.includes(part));
  expect(streams.map(({ data }) => Buffer.from(data).toString('latin1'))).toEqual(
    expect.arrayContaining(['9 0 R of the first', 'sRGB', '00>', '01>']),
  );
  const [map] = hold('/CMapName');
  expect(map?.dictionary).toBe(`<< /Type /CMap /CMapName /A /Filter /FlateDecode /Length ${map?.data.length} >>`);
  expect(inflateSync(map?.data ?? Buffer.of()).toString()).toBe('begincmap '.repeat(20));
  expect(hold('/ASCIIHexDecode').map(({ dictionary }) => dictionary)).toEqual(
    expect.arrayContaining(['<< /Type /CMap /Filter /ASCIIHexDecode /Length 3 >>']),
  );
});

test('the profile is that of three components', () => {
  const all = chunk();
  expect((all.objects[all.profile - 1] as ChunkStream).data.toString()).toBe('sRGB');
  expect(chunk({ 21: stream('/N 33', 'x') }).profile).toBe(0);
});

describe('what is said', () => {
  test('a link leads to its place, and says so', () => {
    const link = found(chunk(), '/Subtype /Link');
    expect(link).toContain(`/Dest <${Buffer.from('sheet-1').toString('hex').toUpperCase()}>`);
    expect(link).toContain(`/Contents ${utf16('施策')}`);
    expect(() => chunk({}, { words: {} })).toThrow('a link to sheet-1, which no place is called');
  });
  test('titles have no characters without a glyph', () => {
    expect(found(chunk(), '/S /H2')).toContain(`/T ${utf16('個票')}`);
  });
  test('marked runs, where there is a legend of the marks', () => {
    const span = {
      9: '<< /Type /StructElem /S /Span /A << /TextDecorationThickness 0.70000 >> /P 6 0 R /K [0] /Pg 3 0 R >>',
    };
    const request = {
      parts: [],
      levels: { part: 1, measure: 1 },
      sections: [{ part: 'annex', text: { kind: 'added', text: '新', strokes: [strokeOf(0)] } }],
    } as unknown as DrawRequest;
    const legend = { removed: '削る', added: '加える' };
    expect(found(chunk(span, { request: { ...request, legend } }), '/S /Span')).toContain(`/Alt ${utf16('加える:新')}`);
    expect(found(chunk(span, { request }), '/S /Span')).not.toContain('/Alt');
  });
});

test('a page without a size is a defect', () =>
  expect(() => chunk({ 4: '<< /Type /Page /Parent 2 0 R /StructParents 1 >>' })).toThrow(
    'page object 4 has no MediaBox',
  ));

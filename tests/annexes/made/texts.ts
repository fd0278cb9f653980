import { composite, differences, drawn, map, page, subset } from '../fonts/fonts.ts';
import { type Objects, onePage, stream, tagged } from '../pdf.ts';

// Annexes whose fonts do not tell their texts, or not as the standards want it: each becomes valid.

const identity = '/Encoding /Identity-H';
const plain = (font: string, text: string, objects: Objects) => onePage(page(font, text, objects));
const inTags = (font: string, text: string, objects: Objects) => tagged('P[0]', page(font, text, objects));
/** Glyphs 1, 2, … by the numbers of characters in the Japanese collection. */
const toGlyphs = (cids: number[]) => {
  const map = Buffer.alloc(2 * (Math.max(...cids) + 1));
  for (const [index, cid] of cids.entries()) map.writeUInt16BE(index + 1, 2 * cid);
  return { 42: stream(map) };
};
const squares = drawn(`${differences('/sq1 /G42', 97)} /FirstChar 97 /LastChar 98 /Widths [1000 1000]`).replace(
  '/CharProcs << >>',
  '/CharProcs << /sq1 43 0 R /G42 43 0 R >> /Resources << >>',
);
const square = { 43: stream('1000 0 d0 0 0 500 500 re f') };

export const made: Record<string, () => Uint8Array> = {
  'texts of glyphs by number, in no map': () => plain(composite(identity), '<00010002>', subset('港町')),
  'a map of half the codes': () =>
    plain(composite(`${identity} /ToUnicode 40 0 R`), '<00010002>', { ...subset('港町'), ...map('<0001> <6E2F>') }),
  'a range over more than a byte': () =>
    inTags(composite(`${identity} /ToUnicode 40 0 R`), '<00010002>', {
      ...subset('港町'),
      ...map('<0000> <FFFF> <6E2E>', 'bfrange'),
    }),
  'a map without a number of lines': () =>
    inTags(composite(`${identity} /ToUnicode 40 0 R`), '<0001>', {
      ...subset('港'),
      40: stream('beginbfchar <0001> <6E2F> endbfchar'),
    }),
  'a private bullet of Symbol': () =>
    inTags(composite(`${identity} /ToUnicode 40 0 R`).replaceAll('/Harbour', '/SymbolMT'), '<0001>', {
      ...subset('港'),
      ...map('<0001> <F0B7>'),
    }),
  'a private sign for which ActualText speaks': () =>
    tagged('P[0]', {
      content: '/P <</MCID 0 /ActualText <FEFF6E2F>>> BDC BT /F 12 Tf 9 9 Td <0001> Tj ET EMC',
      resources: '/Font << /F 30 0 R >>',
      objects: { 30: composite(`${identity} /ToUnicode 40 0 R`), ...subset('港'), ...map('<0001> <E000>') },
    }),
  'a private sign that nobody knows': () =>
    plain(composite(`${identity} /ToUnicode 40 0 R`), '<0001>', { ...subset('港'), ...map('<0001> <E000>') }),
  'codes of Shift JIS': () =>
    inTags(
      composite('/Encoding /90ms-RKSJ-H', 'Japan1').replace('/CIDToGIDMap /Identity', '/CIDToGIDMap 42 0 R'),
      '<8D60 8D60>',
      {
        ...subset('港'),
        ...toGlyphs([2003]),
      },
    ),
  'glyphs drawn by operators': () => plain(squares, '(ab)', square),
};

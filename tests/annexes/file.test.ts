import { deflateRawSync, deflateSync } from 'node:zlib';
import { PDFHexString, PDFName, PDFNumber, type PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  bytesOf,
  decoded,
  dictOf,
  itemsOf,
  nameOf,
  numberOf,
  openFile,
  pagesOf,
  stringOf,
} from '../../src/annexes/file.ts';
import { accepted, dataOf, merged, ofPage, onePage, pdf, problemsOf, stream, tagged, written } from './pdf.ts';

const damaged = (why: string) => [`error annex-damaged ${why}`];
const noPdf = damaged('PDF ではありません');
const cut = damaged('ファイルが途中で切れています');
const unreadable = damaged('PDF の構造を読めません');
const noPages = damaged('ページの一覧が壊れています');
const otherCount = damaged('ページの数が合いません');
const good = onePage({});
const text = good.toString('latin1');
const latin1 = (written: string) => Buffer.from(written, 'latin1');
const pages = (node: string) => onePage({ objects: { 2: node } });

describe('what is not a whole PDF is refused, with why', () => {
  test.each<[string, Buffer, string[]]>([
    ['another file', latin1('GIF89a'.repeat(400)), noPdf],
    ['a PDF behind a kilobyte of other things', Buffer.concat([Buffer.alloc(1024, 32), good]), noPdf],
    ['a head without a version', latin1(text.replace('%PDF-1.7', '%PDF-x.7')), noPdf],
    ['no end', latin1(text.replace(/%%EOF\n$/, '')), cut],
    ['no place of the table', latin1(text.replace(/startxref\s+\d+/, 'startxref\n')), cut],
    ['an end and much behind it', Buffer.concat([good, Buffer.alloc(2048, 32)]), cut],
    ['no catalog', pdf({ 2: '<< /Type /Pages >>' }), damaged('文書の目録がありません')],
    ['a catalog that is none', onePage({ objects: { 1: '[1 2]' } }), damaged('文書の目録がありません')],
    ['a trailer that is none', latin1(text.replace('trailer\n<<', 'trailer\n[')), unreadable],
    ['a version that is none', latin1(text.replace('%PDF-1.7', '%PDF-1x7')), unreadable],
    ['no pages', onePage({ objects: { 1: '<< /Type /Catalog >>' } }), noPages],
    [
      'pages that are no object of their own',
      onePage({ objects: { 1: '<< /Pages << /Kids [3 0 R] /Count 1 >> >>' } }),
      noPages,
    ],
    ['pages that are missing', onePage({ objects: { 1: '<< /Pages 9 0 R >>' } }), noPages],
    ['pages that are a number', onePage({ objects: { 1: '<< /Pages 9 0 R >>', 9: '12' } }), noPages],
    ['a page that is missing', pages('<< /Kids [3 0 R 9 0 R] /Count 2 >>'), noPages],
    ['a page that is no object of its own', pages('<< /Kids [3 0 R << /Type /Page >>] /Count 2 >>'), noPages],
    ['a page listed twice', pages('<< /Kids [3 0 R 3 0 R] /Count 2 >>'), noPages],
    ['pages that hold themselves', pages('<< /Kids [3 0 R 2 0 R] /Count 2 >>'), noPages],
    ['an empty list', pages('<< /Kids [] /Count 0 >>'), otherCount],
    ['fewer pages than it says', pages('<< /Kids [3 0 R] /Count 2 >>'), otherCount],
    ['more pages than it says', pages('<< /Kids [3 0 R] /Count 0 >>'), otherCount],
    ['no number of pages', pages('<< /Kids [3 0 R] >>'), otherCount],
    ['a password', pdf({ 1: '<< >>', 9: '<< /Filter /Standard /V 1 >>' }, '/Encrypt 9 0 R'), ['error annex-encrypted']],
    ['a password, and nothing to be read', pdf({ 9: '<< >>' }, '/Encrypt 9 0 R'), ['error annex-encrypted']],
    [
      'content that is missing',
      onePage({ objects: { 3: '<< /Contents 99 0 R >>' } }),
      damaged('1ページ: 中身がありません'),
    ],
    [
      'a part of the content that is missing',
      onePage({ objects: { 4: '[5 0 R 99 0 R]', 5: stream('') } }),
      damaged('1ページ: 中身がありません'),
    ],
    [
      'a part of the content that is no stream',
      onePage({ objects: { 4: '[5 0 R]', 5: '<< >>' } }),
      damaged('1ページ: 中身がありません'),
    ],
    [
      'content that cannot be inflated',
      onePage({ objects: { 4: stream('q Q', '/Filter /FlateDecode') } }),
      damaged('1ページ: 圧縮されたデータを元に戻せません'),
    ],
    [
      'content whose check sum is wrong',
      onePage({ objects: { 4: stream(deflateSync('q').subarray(0, -1), '/Filter /FlateDecode') } }),
      damaged('1ページ: 圧縮されたデータを元に戻せません'),
    ],
    [
      'a picture that cannot be inflated',
      onePage({
        resources: '/XObject << /A 5 0 R >>',
        objects: { 5: stream('xx', '/Subtype /Image /Filter /FlateDecode') },
      }),
      damaged('1ページ: 圧縮されたデータを元に戻せません'),
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await problemsOf(bytes, '図')).toEqual(expected);
  });

  test('on the page that it is found', async () => {
    const bytes = pages('<< /Kids [3 0 R 5 0 R] /Count 2 >>').toString('latin1');
    const second = onePage({
      objects: {
        2: '<< /Kids [3 0 R 5 0 R] /Count 2 >>',
        5: '<< /Contents 6 0 R >>',
        6: stream('(', '/Filter /FlateDecode'),
      },
    });
    expect(await problemsOf(latin1(bytes), '図')).toEqual(noPages);
    expect(await problemsOf(second, '図')).toEqual(damaged('2ページ: 圧縮されたデータを元に戻せません'));
  });
});

describe('what others write too is read', () => {
  test.each<[string, Buffer]>([
    ['something before the head', Buffer.concat([Buffer.alloc(500, 10), good])],
    ['lines that end in CR and LF', latin1(text.replace(/startxref\n(\d+)\n/, 'startxref\r\n$1\r\n'))],
    ['something behind the end', Buffer.concat([good, Buffer.alloc(900, 10)])],
    ['no content', onePage({ objects: { 3: '<< /Type /Page >>' } })],
    ['an empty list of contents', onePage({ objects: { 4: '[]' } })],
    [
      'pages in branches',
      onePage({ objects: { 2: '<< /Kids [5 0 R] /Count 1 >>', 5: '<< /Kids [3 0 R] /Count 1 >>' } }),
    ],
    [
      'a picture without its check sum',
      onePage({
        resources: '/XObject << /A 5 0 R >>',
        objects: { 5: stream(deflateSync('abc').subarray(0, -4), '/Subtype /Image /Filter /FlateDecode') },
      }),
    ],
  ])('%s', async (_, bytes) => {
    expect((await accepted(bytes, '図')).pages).toHaveLength(1);
  });
});

test('a limit: 5,000 pages are read, 5,001 are not', async () => {
  const of = async (count: number) => {
    const kids = Array.from({ length: count }, (_, index) => 10 + index);
    const nodes = Object.fromEntries(kids.map((kid) => [kid, '<< /Type /Page >>']));
    const list = `<< /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${count} >>`;
    const file = await openFile(onePage({ objects: { 2: list, ...nodes } }));
    return pagesOf(file, 20).length;
  };
  expect(await of(20)).toBe(20);
  expect(await of(21)).toBe(21); // one too many is enough to know
  expect(await of(25)).toBe(21);
});

describe('the boxes of a page', () => {
  const inherit = (page: string, above = '', top = '') =>
    onePage({
      objects: {
        2: `<< /Kids [5 0 R] /Count 1 ${top} >>`,
        5: `<< /Kids [3 0 R] /Count 1 ${above} >>`,
        3: `<< /Type /Page ${page} >>`,
      },
    });
  const letter = [0, 0, 612, 792];
  test.each<[string, Buffer, { media: number[]; crop: number[]; size: [number, number] }]>([
    ['none: Letter', inherit(''), { media: letter, crop: letter, size: [612, 792] }],
    [
      'its own',
      inherit('/MediaBox [1 2 30 40]', '/MediaBox [0 0 9 9]'),
      { media: [1, 2, 30, 40], crop: [1, 2, 30, 40], size: [29, 38] },
    ],
    [
      'of the nearest above',
      inherit('', '/MediaBox [0 0 30 40]', '/MediaBox [0 0 9 9]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'of the top',
      inherit('', '', '/MediaBox [0 0 30 40] /CropBox [5 6 15 26]'),
      { media: [0, 0, 30, 40], crop: [5, 6, 15, 26], size: [10, 20] },
    ],
    [
      'its corners in any order',
      inherit('/MediaBox [30 40 -1 -2]'),
      { media: [-1, -2, 30, 40], crop: [-1, -2, 30, 40], size: [31, 42] },
    ],
    [
      'cut to what the medium holds',
      inherit('/MediaBox [0 0 30 40] /CropBox [-5 10 99 99]'),
      { media: [0, 0, 30, 40], crop: [0, 10, 30, 40], size: [30, 30] },
    ],
    [
      'outside of the medium',
      inherit('/MediaBox [0 0 30 40] /CropBox [50 50 60 60]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'as small as can be',
      inherit('/MediaBox [0 0 30 40] /CropBox [0 0 3 3]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 3, 3], size: [3, 3] },
    ],
    [
      'too narrow, far from the corner',
      inherit('/MediaBox [0 0 30 40] /CropBox [10 0 12 40]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'too low, far from the corner',
      inherit('/MediaBox [0 0 30 40] /CropBox [0 10 30 12]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'too narrow',
      inherit('/MediaBox [0 0 30 40] /CropBox [0 0 2.9 40]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'too low',
      inherit('/MediaBox [0 0 30 40] /CropBox [0 0 30 2.9]'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    ['of three sides', inherit('/MediaBox [0 0 30]'), { media: letter, crop: letter, size: [612, 792] }],
    ['of five sides', inherit('/MediaBox [0 0 30 40 50]'), { media: letter, crop: letter, size: [612, 792] }],
    ['of words', inherit('/MediaBox [/a 0 30 40]'), { media: letter, crop: letter, size: [612, 792] }],
    [
      'turned',
      inherit('/MediaBox [0 0 30 40] /Rotate 90'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [40, 30] },
    ],
    [
      'upside down',
      inherit('/MediaBox [0 0 30 40] /Rotate 180'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [30, 40] },
    ],
    [
      'in units of its own',
      inherit('/MediaBox [0 0 30 40] /UserUnit 2.5'),
      { media: [0, 0, 30, 40], crop: [0, 0, 30, 40], size: [75, 100] },
    ],
  ])('%s', async (_, bytes, { media, crop, size }) => {
    const [page] = (await accepted(bytes, '図')).pages;
    expect(page).toMatchObject({ media, crop, width: size[0], height: size[1] });
  });

  test.each([
    ['/MediaBox [/a 0 30 40]'],
    ['/MediaBox [0 /a 30 40]'],
    ['/MediaBox [0 0 /a 40]'],
    ['/MediaBox [0 0 30 /a]'],
  ])('%s is none', async (box) => {
    expect((await accepted(inherit(box), '図')).pages[0]?.media).toEqual(letter);
  });

  test.each([
    ['', 0],
    ['/Rotate 0', 0],
    ['/Rotate 90', 90],
    ['/Rotate 180', 180],
    ['/Rotate 270', 270],
    ['/Rotate 450', 90],
    ['/Rotate -90', 270],
    ['/Rotate 45', 0],
    ['/Rotate /a', 0],
  ])('%s turns it by %d', async (rotate, expected) => {
    expect((await accepted(inherit(rotate), '図')).pages[0]?.rotation).toBe(expected);
    expect((await accepted(inherit('', rotate), '図')).pages[0]?.rotation).toBe(expected);
  });

  test('its resources may be those of above', async () => {
    const bytes = inherit('', '/Resources << /ExtGState << /A << /CA 0.5 >> >> >>');
    expect(String((await accepted(bytes, '図')).pages[0]?.resources)).toContain('/CA 0.5');
  });

  test.each([
    ['2.9 300', ['error annex-forbidden 1ページの大きさ (3〜14,400ポイント)']],
    ['300 2.9', ['error annex-forbidden 1ページの大きさ (3〜14,400ポイント)']],
    ['3 3', []],
    ['14400 14400', []],
    ['14401 300', ['error annex-forbidden 1ページの大きさ (3〜14,400ポイント)']],
    ['300 14401', ['error annex-forbidden 1ページの大きさ (3〜14,400ポイント)']],
  ])('%s pt', async (size, expected) => {
    expect(await problemsOf(inherit(`/MediaBox [0 0 ${size}]`), '図')).toEqual(expected);
  });
  test('the bounds are those of the page as shown', async () => {
    expect(await problemsOf(inherit('/MediaBox [0 0 7300 300] /UserUnit 2'), '図')).toHaveLength(1);
    expect(await problemsOf(inherit('/MediaBox [0 0 7200 300] /UserUnit 2'), '図')).toEqual([]);
    expect(await problemsOf(inherit('/MediaBox [0 0 20000 300] /CropBox [100 0 300 300]'), '図')).toEqual([]);
  });
});

describe('streams', () => {
  const line = 'BT ET q Q';
  const hex = (data: Uint8Array) => `${Buffer.from(data).toString('hex')}>`;
  const zipped = deflateSync(line);
  /** `rows` of PNG: what each is a difference to, and its bytes. */
  const png = (...rows: [number, ...number[]][]) => deflateSync(Buffer.from(rows.flat()));
  const predicted = (predictor: number, columns: number, more = '') =>
    `/Filter /FlateDecode /DecodeParms << /Predictor ${predictor} /Columns ${columns} ${more} >>`;
  const [B, T, space, E] = [...'BT E'].map((sign) => sign.charCodeAt(0)) as [number, number, number, number];
  test.each<[string, string | Uint8Array, string]>([
    ['as they are', line, ''],
    ['in hexadecimal, deflated', deflateSync(hex(Buffer.from(line))), '/Filter [/FlateDecode /ASCIIHexDecode]'],
    ['no filter in a list', line, '/Filter []'],
    ['deflated', zipped, '/Filter /FlateDecode'],
    ['deflated, in a list', zipped, '/Filter [/FlateDecode]'],
    ['in hexadecimal', hex(Buffer.from(line)), '/Filter /ASCIIHexDecode'],
    ['deflated, in hexadecimal', hex(zipped), '/Filter [/ASCIIHexDecode /FlateDecode]'],
    [
      'by runs',
      Buffer.concat([Buffer.from([line.length - 1]), Buffer.from(line), Buffer.from([128])]),
      '/Filter /RunLengthDecode',
    ],
    ['with parameters of no meaning', zipped, '/Filter /FlateDecode /DecodeParms null'],
    ['with no predictor', zipped, predicted(1, 3)],
  ])('%s', async (_, data, entries) => {
    const result = await merged(onePage({ objects: { 4: stream(data, entries) } }), '図');
    expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe(`/Figure <</MCID 0>> BDC ${line} EMC`);
  });

  // The same as differences, which pictures are written as, and now and then a page too.
  const wide = png([0, B, T, space], [0, E, T, space]);
  test.each<[string, Uint8Array, string]>([
    ['rows as they are', wide, predicted(10, 3)],
    ['to the left', png([1, B, T - B, space - T], [1, E, T - E, space - T]), predicted(15, 3)],
    ['to the row above', png([2, B, T, space], [2, E - B, 0, 0]), predicted(12, 3)],
    [
      'to the mean',
      png([3, B, T - (B >> 1), space - (T >> 1)], [3, E - (B >> 1), T - ((E + T) >> 1), space - ((T + space) >> 1)]),
      predicted(13, 3),
    ],
    ['to the nearest', png([4, B, T - B, space - T], [4, E - B, 0, 0]), predicted(14, 3)],
    ['of an unknown kind', png([9, B, T, space], [0, E, T, space]), predicted(14, 3)],
    ['the last row short', png([0, B, T, space, E], [2, T - B, space - T]), predicted(15, 4)],
    ['of pixels of three', png([1, B, T, space, E - B, 0, 0]), predicted(15, 2, '/Colors 3')],
    ['of pixels of three, to the nearest', png([0, B, T, space], [4, E - B, 0, 0]), predicted(15, 1, '/Colors 3')],
    ['of half bytes', png([1, B, T - B, space - T], [0, E, T, space]), predicted(15, 6, '/BitsPerComponent 4')],
    ['of five half bytes', png([0, B, T, space], [2, E - B, 0, 0]), predicted(15, 5, '/BitsPerComponent 4')],
    ['as TIFF has it', deflateSync(Buffer.from([B, T - B, space - T, E, T - E, space - T])), predicted(2, 3)],
    [
      'as TIFF has it, of pixels of three',
      deflateSync(Buffer.from([B, T, space, E - B, 0, 0])),
      predicted(2, 2, '/Colors 3'),
    ],
    [
      'of the last filter',
      Buffer.from(hex(wide)),
      '/Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null << /Predictor 12 /Columns 3 >>]',
    ],
  ])('differences %s', async (_, data, entries) => {
    const result = await merged(onePage({ objects: { 4: stream(data, entries) } }), '図');
    expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe('/Figure <</MCID 0>> BDC BT ET EMC');
  });

  test.each<[string, Uint8Array, string]>([
    [
      'of another filter',
      deflateSync(hex(Buffer.from('q Q'))),
      '/Filter [/FlateDecode /ASCIIHexDecode] /DecodeParms [<< /Predictor 12 /Columns 3 >> null]',
    ],
    ['as TIFF has it, of half bytes', zipped, predicted(2, 6, '/BitsPerComponent 4')],
  ])('differences %s are refused', async (_, data, entries) => {
    const bytes = onePage({ objects: { 4: stream(data, entries) } });
    expect(await problemsOf(bytes, '図')).toEqual(damaged('1ページ: 圧縮されたデータを元に戻せません'));
  });

  describe('in LZW, which PDF/A does not have, are written anew', () => {
    /** Each byte as a code of its own, as LZW may have it: a clear table, the bytes, the end. */
    const lzw = (data: Uint8Array) => {
      const bits = [256, ...data, 257].map((code) => code.toString(2).padStart(9, '0')).join('');
      return Buffer.from(bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? []);
    };
    const picture = async (data: Uint8Array, parameters: string) => {
      const entries = `/Subtype /Image /Width 3 /Height 2 /Filter /LZWDecode ${parameters}`;
      const objects = { 5: stream(lzw(data), entries) };
      const result = await merged(onePage({ resources: '/XObject << /X 5 0 R >>', objects }), '図');
      const found = ofPage(result, 'Resources/XObject/X');
      expect(written(result.document, found)).toBe(
        '<< /Subtype /Image /Width 3 /Height 2 /Filter /FlateDecode >> stream',
      );
      return dataOf(result.document, found);
    };
    test('a page', async () => {
      const result = await merged(
        onePage({ objects: { 4: stream(lzw(Buffer.from(line)), '/Filter /LZWDecode') } }),
        '図',
      );
      expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe(`/Figure <</MCID 0>> BDC ${line} EMC`);
    });
    test('a picture', async () => {
      expect(await picture(Buffer.from('BTaETb'), '')).toBe('BTaETb');
      expect(await picture(Buffer.from('BTaETb'), '/DecodeParms << /EarlyChange 0 >>')).toBe('BTaETb');
    });
    test('a picture of differences', async () => {
      const a = 'a'.charCodeAt(0);
      expect(await picture(Buffer.from([a, 1, 1, a, 0, 1]), '/DecodeParms << /Predictor 2 /Columns 3 >>')).toBe(
        'abcaab',
      );
      expect(await picture(Buffer.from([0, a, a, a, 2, 1, 0, 2]), '/DecodeParms << /Predictor 12 /Columns 3 >>')).toBe(
        'aaabac',
      );
    });
  });

  test.each([
    // left, above, corner, the nearest to left + above - corner
    [20, 10, 10, 20],
    [10, 20, 10, 20],
    [10, 20, 15, 15],
    [6, 12, 10, 6],
    [12, 6, 10, 6],
    [1, 3, 9, 1],
    [3, 1, 9, 1],
    [200, 100, 0, 200],
    [100, 200, 0, 200],
    [7, 9, 8, 8],
    [9, 8, 8, 9],
  ])('of %d, %d and %d the nearest is %d', async (left, above, corner, expected) => {
    const rows = deflateSync(Buffer.from([0, corner, above, 4, (left - corner) & 255, 0]));
    expect([...decoded(await bare(rows, predicted(14, 2)))]).toEqual([corner, above, left, expected]);
  });

  const bare = async (data: Uint8Array, entries: string) => {
    const file = await openFile(onePage({ objects: { 5: stream(data, entries) } }));
    const found = file.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === 5);
    return found?.[1] as PDFRawStream;
  };
  test('a megabyte is not much', async () => {
    expect(decoded(await bare(deflateSync(Buffer.alloc(1024 * 1024)), '/Filter /FlateDecode'))).toHaveLength(
      1024 * 1024,
    );
  });
  test('an end that is missing is borne with where it may be', async () => {
    const short = await bare(deflateSync(line).subarray(0, -4), '/Filter /FlateDecode');
    expect(() => decoded(short)).toThrow('圧縮されたデータを元に戻せません');
    expect(Buffer.from(decoded(short, true)).toString()).toBe(line);
    const raw = await bare(deflateRawSync(line), '/Filter /FlateDecode');
    expect(() => decoded(raw, true)).toThrow('圧縮されたデータを元に戻せません');
  });
});

describe('values of the kind that is asked for, or nothing', () => {
  const name = PDFName.of('Name');
  const number = PDFNumber.of(3.5);
  const literal = PDFString.of('a');
  const hex = PDFHexString.of('FEFF6E2F');
  test('each', async () => {
    expect([nameOf(name), nameOf(number), nameOf(undefined)]).toEqual(['Name', undefined, undefined]);
    expect([numberOf(number), numberOf(name), numberOf(undefined)]).toEqual([3.5, undefined, undefined]);
    expect([stringOf(literal), stringOf(hex), stringOf(name)]).toEqual(['a', '港', undefined]);
    expect([bytesOf(literal), bytesOf(hex), bytesOf(name)]).toEqual(['a', '\xfe\xffn/', undefined]);
    expect([itemsOf(name), itemsOf(undefined), dictOf(name), dictOf(undefined)]).toEqual([
      [],
      [],
      undefined,
      undefined,
    ]);
    const file = await openFile(onePage({ objects: { 5: '[6 0 R 7 0 R /A]', 6: '12', 8: stream('', '/A /B') } }));
    const of = (wanted: number) =>
      file.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === wanted)?.[1];
    expect(itemsOf(of(5)).map(String)).toEqual(['12', 'undefined', '/A']);
    expect(String(dictOf(of(8)))).toContain('/A /B');
    expect(dictOf(of(3))).toBe(of(3));
  });
});

test('a tagged page is copied as it is', async () => {
  const content = '/P <</MCID 0>> BDC\n0 0 1 1 re f EMC';
  const result = await merged(tagged('P[0]', { objects: { 4: stream(deflateSync(content), '/Filter /FlateDecode') } }));
  expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe(content.replace('\n', ' '));
});

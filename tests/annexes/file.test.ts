import { deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
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
} from '../../src/annexes/source/file.ts';
import { accepted, dataOf, merged, ofPage, onePage, pdf, problemsOf, stream, tagged, tagsOf, written } from './pdf.ts';

const damaged = (why: string) => [`error annex-damaged ${why}`];
const noPdf = damaged('PDF ではありません');
const cut = damaged('ファイルが途中で切れています');
const noCatalog = damaged('文書の目録がありません');
const brokenPages = damaged('ページの一覧が壊れています');
const noPages = damaged('ページがありません');
const packed = damaged('1ページ: 圧縮されたデータを元に戻せません');
const good = onePage({ content: '0 0 9 9 re f' });
const text = good.toString('latin1');
const latin1 = (written: string) => Buffer.from(written, 'latin1');
const pages = (node: string) => onePage({ objects: { 2: node } });
const content = (data: string | Uint8Array, entries: string) => onePage({ objects: { 4: stream(data, entries) } });
const zipped = deflateSync('0 0 9 9 re f');
const picture = (data: string | Uint8Array) =>
  onePage({
    resources: '/XObject << /A 5 0 R >>',
    objects: { 5: stream(data, '/Subtype /Image /Filter /FlateDecode') },
  });

/** Of text whose length is a multiple of four. */
const base85 = (plain: string) =>
  (plain.match(/[\s\S]{4}/g) ?? [])
    .map((four) => {
      const number = Buffer.from(four, 'latin1').readUInt32BE();
      return [4, 3, 2, 1, 0].map((at) => String.fromCharCode(33 + (Math.floor(number / 85 ** at) % 85))).join('');
    })
    .join('');

describe('what is not a whole PDF is refused, with why', () => {
  test.each<[string, Buffer, string[]]>([
    ['another file', latin1('GIF89a'.repeat(400)), noPdf],
    ['a PDF behind more than a kilobyte of other things', Buffer.concat([Buffer.alloc(1025, 32), good]), noPdf],
    ['a head alone', latin1('%PDF-1.7\n'), cut],
    ['cut off before the pages', good.subarray(0, text.indexOf('2 0 obj')), cut],
    ['cut off before the content', good.subarray(0, text.indexOf('4 0 obj')), cut],
    ['cut off within the content', good.subarray(0, text.indexOf('re f')), cut],
    ['no catalog', pdf({ 2: '<< /Type /Pages >>' }), noCatalog],
    ['a catalog that is none', onePage({ objects: { 1: '[1 2]' } }), noCatalog],
    ['a catalog without pages', onePage({ objects: { 1: '<< /Type /Catalog >>' } }), noCatalog],
    ['pages that are missing', onePage({ objects: { 1: '<< /Pages 9 0 R >>' } }), brokenPages],
    ['pages that are a number', onePage({ objects: { 1: '<< /Pages 9 0 R >>', 9: '12' } }), brokenPages],
    ['a page that is missing', pages('<< /Kids [3 0 R 9 0 R] /Count 2 >>'), brokenPages],
    ['pages that hold themselves', pages('<< /Kids [3 0 R 2 0 R] /Count 2 >>'), brokenPages],
    ['an empty list', pages('<< /Type /Pages /Kids [] /Count 0 >>'), noPages],
    ['no list', pages('<< /Type /Pages >>'), noPages],
    ['a password', pdf({ 1: '<< >>', 9: '<< /Filter /Standard /V 1 >>' }, '/Encrypt 9 0 R'), ['error annex-encrypted']],
    ['a password, and nothing to be read', pdf({ 9: '<< >>' }, '/Encrypt 9 0 R'), ['error annex-encrypted']],
    ['content that is no object', onePage({ objects: { 4: '(open' } }), damaged('1ページ: 中身が壊れています')],
    ['content that was never packed', content('q Q', '/Filter /FlateDecode'), packed],
    ['content that is packed otherwise', content(deflateRawSync('q Q'), '/Filter /FlateDecode'), packed],
    ['content of which nothing is left', content(zipped.subarray(0, 1), '/Filter /FlateDecode'), packed],
    ['content that is broken within', content(Buffer.from(zipped).fill(0xff, 4, 8), '/Filter /FlateDecode'), packed],
    ['a picture that was never packed', picture('xx'), packed],
  ])('%s', async (_, bytes, expected) => {
    expect(await problemsOf(bytes, '図')).toEqual(expected);
  });

  test('on the page that it is found', async () => {
    const objects = {
      2: '<< /Kids [3 0 R 5 0 R] /Count 2 >>',
      5: '<< /Contents 6 0 R >>',
      6: stream('(', '/Filter /FlateDecode'),
    };
    expect(await problemsOf(onePage({ objects }), '図')).toEqual(damaged('2ページ: 圧縮されたデータを元に戻せません'));
  });
});

/** Objects in an object stream, found by a cross-reference stream; from `split` on by the table of a hybrid file alone. */
const drawn = '/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC';
const incremental = (update: string, rows: string, more = '') => {
  const start = good.length + update.length;
  const before = /startxref\n(\d+)/.exec(text)?.[1];
  const trailer = `trailer\n<< /Size 9 /Root 1 0 R /Prev ${before} ${more} >>\nstartxref\n${start}\n%%EOF\n`;
  return latin1(`${text}${update}xref\n${rows}${trailer}`);
};
const row = (offset: number) => `${String(offset).padStart(10, '0')} 00000 n \n`;

describe('what viewers read is read, and is the same', () => {
  test.each<[string, Buffer]>([
    ['as it should be', good],
    ['something before the head', Buffer.concat([Buffer.alloc(500, 10), good])],
    ['a kilobyte before the head', Buffer.concat([Buffer.alloc(1024, 10), good])],
    ['a head without a version', latin1(text.replace('%PDF-1.7', '%PDF-x.7'))],
    ['a version that is none', latin1(text.replace('%PDF-1.7', '%PDF-1x7'))],
    ['lines that end in CR and LF', latin1(text.replace(/startxref\n(\d+)\n/, 'startxref\r\n$1\r\n'))],
    ['something behind the end', Buffer.concat([good, Buffer.alloc(9000, 10)])],
    ['no end', latin1(text.replace(/%%EOF\n$/, ''))],
    ['no place of the table', latin1(text.replace(/startxref\s+\d+/, 'startxref\n'))],
    ['another place of the table', latin1(text.replace(/startxref\s+\d+/, 'startxref\n7'))],
    ['no table', latin1(text.replace(/xref\n0[\s\S]*trailer/, 'trailer'))],
    ['neither a table nor a trailer', latin1(text.replace(/xref\n0[\s\S]*startxref/, 'startxref'))],
    ['neither a table nor an end', good.subarray(0, text.indexOf('xref'))],
    [
      'a trailer that is none',
      latin1(text.replace('trailer\n<<', 'trailer\n[').replace('/Type /Catalog', '/Type  /Catalog')),
    ],
    ['a table that is off', latin1(text.replaceAll(/^00000(\d{5}) 00000 n/gm, '00001$1 00000 n'))],
    ['a table that counts too many', latin1(text.replace('xref\n0 5', 'xref\n0 50'))],
    ['a table that begins at 1', latin1(text.replace('xref\n0 5', 'xref\n1 5'))],
    ['a table in a circle', latin1(text.replace('/Size', `/Prev ${/startxref\n(\d+)/.exec(text)?.[1]} /Size`))],
    ['an object without its end', latin1(text.replaceAll('\nendobj', ''))],
    ['something strange between the entries', latin1(text.replace('/Type /Page ', '/Type /Page strange 12 ] '))],
    ['a Length that is too small', latin1(text.replace(/\/Length \d+/, '/Length 1'))],
    ['a Length that is too large', latin1(text.replace(/\/Length \d+/, '/Length 99999'))],
    ['a Length of 0', latin1(text.replace(/\/Length \d+/, '/Length 0'))],
    ['a Length that is missing', latin1(text.replace(/\/Length \d+/, ''))],
    ['a Length that is nowhere', latin1(text.replace(/\/Length \d+/, '/Length 9 0 R'))],
    ['a Length that is its own stream', latin1(text.replace(/\/Length \d+/, '/Length 4 0 R'))],
    ['a stream without its end', latin1(text.replace('endstream', ''))],
    ['references of another generation', latin1(text.replace('4 0 R', '4 7 R'))],
    [
      'pages that are no object of their own',
      onePage({ content: '0 0 9 9 re f', objects: { 1: '<< /Pages << /Kids [3 0 R] /Count 1 >> >>' } }),
    ],
    [
      'a page that is no object of its own',
      onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [<< /Type /Page /Contents 4 0 R >>] /Count 2 >>' } }),
    ],
    ['a page that is the list', onePage({ content: '0 0 9 9 re f', objects: { 1: '<< /Pages 3 0 R >>' } })],
    ['a page without a type', onePage({ content: '0 0 9 9 re f', objects: { 3: '<< /Contents 4 0 R >>' } })],
    [
      'nothing among the pages',
      onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [null 3 0 R null] /Count 3 >>' } }),
    ],
    [
      'an empty branch',
      onePage({
        content: '0 0 9 9 re f',
        objects: { 2: '<< /Kids [5 0 R 3 0 R] >>', 5: '<< /Type /Pages /Kids [] >>' },
      }),
    ],
    ['fewer pages than it says', onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [3 0 R] /Count 2 >>' } })],
    ['more pages than it says', onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [3 0 R] /Count 0 >>' } })],
    ['no number of pages', onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [3 0 R] >>' } })],
    [
      'pages in branches',
      onePage({
        content: '0 0 9 9 re f',
        objects: { 2: '<< /Kids [5 0 R] /Count 1 >>', 5: '<< /Kids [3 0 R] /Count 1 >>' },
      }),
    ],
    [
      'parts of the content that are missing',
      onePage({ objects: { 4: '[null 9 0 R 5 0 R << >> 6 0 R]', 5: stream('0 0 9 9'), 6: stream('re f') } }),
    ],
    ['packed, without the check sum', content(zipped.subarray(0, -4), '/Filter /FlateDecode')],
    [
      'packed, with another check sum',
      content(Buffer.concat([zipped.subarray(0, -4), Buffer.from('sums')]), '/Filter /FlateDecode'),
    ],
    ['packed, with more behind it', content(Buffer.concat([zipped, Buffer.from('more')]), '/Filter /FlateDecode')],
    ['packed, by a short name', content(zipped, '/Filter /Fl')],
    ['packed, by short names', content(`${zipped.toString('hex')}>`, '/Filter [/AHx /Fl]')],
    ['packed, and not', content(zipped, '/Filter [null /FlateDecode 9 0 R] /DecodeParms [null null << >>]')],
    ['not encrypted', content(zipped, '/Filter [/Crypt /FlateDecode] /DecodeParms [<< /Name /Identity >> null]')],
    ['in base 85', content(`<~${base85('0 0 9 9 re f')}~>`, '/Filter /A85')],
    ['in base 85, without an end', content(base85('0 0 9 9 re f'), '/Filter /ASCII85Decode')],
    [
      'a later content',
      incremental('4 0 obj\n<< >>\nstream\n0 0 9 9 re f\nendstream\nendobj\n', `4 1\n${row(good.length)}`),
    ],
  ])('%s', async (_, bytes) => {
    const result = await merged(bytes, '図');
    expect(result.told).toEqual([]);
    expect(result.document.getPageCount()).toBe(3);
    expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe(drawn);
  });

  test.each<[string, Buffer]>([
    ['no content', onePage({ objects: { 3: '<< /Type /Page >>' } })],
    ['content that is nowhere', onePage({ objects: { 3: '<< /Type /Page /Contents 99 0 R >>' } })],
    ['content that is nothing', onePage({ objects: { 4: 'null' } })],
    ['content that is no stream', onePage({ objects: { 4: '<< >>' } })],
    ['an empty list of contents', onePage({ objects: { 4: '[]' } })],
    ['content of no bytes, packed', content('', '/Filter /FlateDecode')],
    ['content that an update removed', incremental('', '4 1\n0000000000 00001 f \n')],
  ])('an empty page: %s', async (_, bytes) => {
    const result = await merged(bytes, '図');
    expect(result.told).toEqual([]);
    expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe('/Figure <</MCID 0>> BDC EMC');
  });

  test('a page that is listed twice is shown twice', async () => {
    const result = await merged(
      onePage({ content: '0 0 9 9 re f', objects: { 2: '<< /Kids [3 0 R 3 0 R] /Count 2 >>' } }),
      '図',
    );
    expect(result.document.getPageCount()).toBe(4);
    expect([0, 1].map((index) => dataOf(result.document, ofPage(result, 'Contents', index)))).toEqual([drawn, drawn]);
  });

  test('a page that is listed twice has its tags and links twice', async () => {
    const link = '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) >> >>]';
    const tree = 'H1[0] L(LI(LBody[1]))';
    const result = await merged(
      tagged(tree, { page: link, objects: { 2: '<< /Kids [3 0 R 5 0 R 3 0 R] >>', 5: '<< /Type /Page >>' } }),
    );
    expect(result.told).toEqual([]);
    expect(tagsOf(result)).toBe('H1([0] [0]) L(LI(LBody([1] [1]))) Link[link] Link[link]');
    for (const index of [0, 2])
      expect(dataOf(result.document, ofPage(result, 'Contents', index))).toBe(
        '/P <</MCID 0>> BDC 0 0 1 1 re f EMC /P <</MCID 1>> BDC 0 0 1 1 re f EMC',
      );
  });

  test('a picture without its check sum is packed anew', async () => {
    const result = await merged(picture(deflateSync('abc').subarray(0, -4)), '図');
    expect(dataOf(result.document, ofPage(result, 'Resources/XObject/A'))).toBe('abc');
  });
});

test('a limit: 5,000 pages are read, 5,001 are not', async () => {
  const of = async (count: number) => {
    const kids = Array.from({ length: count }, (_, index) => 10 + index);
    const nodes = Object.fromEntries(kids.map((kid) => [kid, '<< /Type /Page >>']));
    const list = `<< /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${count} >>`;
    const file = openFile(onePage({ objects: { 2: list, ...nodes } }));
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
    const picture = async (data: Uint8Array, parameters: string, kept = '') => {
      const entries = `/Subtype /Image /Width 3 /Height 2 /Filter /LZWDecode ${parameters}`;
      const objects = { 5: stream(lzw(data), entries) };
      const result = await merged(onePage({ resources: '/XObject << /X 5 0 R >>', objects }), '図');
      const found = ofPage(result, 'Resources/XObject/X');
      expect(written(result.document, found)).toBe(
        `<< /Subtype /Image /Width 3 /Height 2 /Filter /FlateDecode ${kept}>> stream`,
      );
      return inflateSync((found as PDFRawStream).contents);
    };
    test('as the standard shows it (ISO 32000-1, 7.4.4.2)', () => {
      const shown = bare(Buffer.from('800B6050220C0C8501', 'hex'), '/Filter /LZWDecode');
      expect(Buffer.from(decoded(shown)).toString()).toBe('-----A---B');
    });
    test.each([0, 1] as const)('codes of all widths, which grow %d early', (early) => {
      let plain = '';
      for (let at = 0; at < 9000; at += 1) plain += String.fromCharCode((at * at) % 251);
      const bits: string[] = [];
      let known = new Map<string, number>();
      const put = (code: number) =>
        bits.push(code.toString(2).padStart(Math.max(9, (257 + known.size + early).toString(2).length), '0'));
      put(256);
      let text = '';
      for (const sign of plain) {
        if (text === '' || known.has(text + sign)) text += sign;
        else {
          put(text.length === 1 ? text.charCodeAt(0) : (known.get(text) as number));
          known.set(text + sign, 258 + known.size);
          text = sign;
          if (known.size === 3836) {
            put(256);
            known = new Map();
          }
        }
      }
      put(text.length === 1 ? text.charCodeAt(0) : (known.get(text) as number));
      put(257);
      const bytes = bits.join('').match(/.{1,8}/g) ?? [];
      const data = Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
      const stream = bare(data, `/Filter /LZWDecode /DecodeParms << /EarlyChange ${early} >>`);
      expect(Buffer.from(decoded(stream)).toString('latin1')).toBe(plain);
    });
    test('a page', async () => {
      const result = await merged(
        onePage({ objects: { 4: stream(lzw(Buffer.from(line)), '/Filter /LZWDecode') } }),
        '図',
      );
      expect(dataOf(result.document, ofPage(result, 'Contents'))).toBe(`/Figure <</MCID 0>> BDC ${line} EMC`);
    });
    test('a picture', async () => {
      const plain = Buffer.from('BTaETb');
      expect(await picture(plain, '')).toEqual(plain);
      expect(await picture(plain, '/DecodeParms << /EarlyChange 0 >>')).toEqual(plain);
    });
    test('a picture of differences, which stay', async () => {
      const rows = Buffer.from([0, 9, 9, 9, 2, 1, 0, 2]);
      const parameters = '/DecodeParms << /Predictor 12 /Columns 3 >>';
      expect(await picture(rows, parameters, `${parameters} `)).toEqual(rows);
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
    expect([...decoded(bare(rows, predicted(14, 2)))]).toEqual([corner, above, left, expected]);
  });

  const bare = (data: Uint8Array, entries: string) => {
    const file = openFile(onePage({ catalog: '/X 5 0 R', objects: { 5: stream(data, entries) } }));
    const found = file.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === 5);
    return found?.[1] as PDFRawStream;
  };
  test('a megabyte is not much', async () => {
    expect(decoded(bare(deflateSync(Buffer.alloc(1024 * 1024)), '/Filter /FlateDecode'))).toHaveLength(1024 * 1024);
  });
  test('an end that is missing, and a check sum that is wrong, are borne with, and written anew', () => {
    for (const tail of [Buffer.alloc(0), Buffer.from('sums')]) {
      const short = bare(Buffer.concat([deflateSync(line).subarray(0, -4), tail]), '/Filter /FlateDecode');
      expect(Buffer.from(decoded(short)).toString()).toBe(line);
      expect(inflateSync(short.contents).toString()).toBe(line);
    }
    const whole = bare(Buffer.concat([deflateSync(line), Buffer.from('more')]), '/Filter /FlateDecode');
    expect(Buffer.from(decoded(whole)).toString()).toBe(line);
    expect(() => decoded(bare(deflateRawSync(line), '/Filter /FlateDecode'))).toThrow(
      '圧縮されたデータを元に戻せません',
    );
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
    const file = openFile(
      onePage({ catalog: '/X [5 0 R 8 0 R]', objects: { 5: '[6 0 R 7 0 R /A]', 6: '12', 8: stream('', '/A /B') } }),
    );
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

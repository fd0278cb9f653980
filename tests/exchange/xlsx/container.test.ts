import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBook, readBookFile } from '../../../src/exchange/xlsx/read-book.ts';
import { bookOf, partsOf, problemOf, sheet, valuesOf, zipped } from './packages.ts';

// What a file is, by its bytes.

const text = (content: string, encoding: BufferEncoding = 'utf8') => Buffer.from(content, encoding);
const cp932 = Buffer.from([
  0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x8e, 0xe6, 0x91, 0x67, 0x0d, 0x0a, 0x31, 0x2c, 0xb1, 0x0d, 0x0a,
]);

/** An OLE file with these streams in its directory, in the second sector */
function compound(...names: string[]): Uint8Array {
  const bytes = Buffer.alloc(2048);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  for (const [at, name] of ['Root Entry', ...names].entries()) {
    const entry = 1024 + at * 128;
    bytes.write(name, entry, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, entry + 64);
    bytes[entry + 66] = at === 0 ? 5 : 2;
  }
  return bytes;
}

const excel = 'application/vnd.ms-excel.';
const ods = 'application/vnd.oasis.opendocument.spreadsheet';
const whole = bookOf({});

test.each([
  ['no byte', new Uint8Array(), 'empty'],
  ['zeros of a download that failed', new Uint8Array(5000), 'empty'],
  ['an archive without entries', zipped({}), 'empty'],
  ['the first half of a workbook', whole.subarray(0, whole.length / 2), 'cut'],
  ['a workbook without its last byte', whole.subarray(0, -1), 'cut'],
  ['four bytes of one', whole.subarray(0, 4), 'cut'],
  ['a workbook whose middle is missing', Buffer.concat([whole.subarray(0, 300), whole.subarray(500)]), 'damaged'],
  ['macros', bookOf({ mainType: `${excel}sheet.macroEnabled.main+xml` }), 'macros'],
  ['macros of a template', bookOf({ mainType: `${excel}template.macroEnabled.main+xml` }), 'macros'],
  ['an add-in', bookOf({ mainType: `${excel}addin.macroEnabled.main+xml` }), 'macros'],
  ['macros that the type hides', bookOf({ parts: { 'xl/vbaProject.bin': 'VBA' } }), 'macros'],
  ['xlsb', bookOf({ mainType: `${excel}sheet.binary.macroEnabled.main`, parts: { 'xl/workbook.bin': '' } }), 'binary'],
  ['xls', compound('Workbook', '\x05SummaryInformation'), 'old'],
  ['xls of Excel 95', compound('Book'), 'old'],
  ['xls of Excel 3', Buffer.from('0902060000001000', 'hex'), 'old'],
  ['a password', compound('EncryptionInfo', 'EncryptedPackage'), 'locked'],
  ['a Word document of old', compound('WordDocument', '1Table'), 'word'],
  ['a PowerPoint document of old', compound('PowerPoint Document'), 'powerpoint'],
  ['another OLE file', compound('__properties_version1 0', 'Contents'), 'unknown'],
  ['the start of an OLE file', compound('Workbook').subarray(0, 600), 'cut'],
  [
    'XML of Excel 2003',
    text(
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ),
    'old-xml',
  ],
  ['ods', zipped({ mimetype: ods, 'content.xml': '<a/>' }), 'ods'],
  ['odt', zipped({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }), 'word'],
  ['numbers', zipped({ 'Index/Document.iwa': 'x', 'Index/Tables/DataList.iwa': 'x', 'preview.jpg': 'x' }), 'numbers'],
  ['numbers as one file within', zipped({ 'Index.zip': 'x', 'Metadata/Properties.plist': 'x' }), 'numbers'],
  ['a link to Google Sheets', text('{"doc_id":"x","url":"https://docs.google.com/open?id=x"}'), 'google-link'],
  ['html', text('\n<!DOCTYPE html><table><tr><td>1-1-1</td></tr></table>'), 'html'],
  ['html of an old system', Buffer.concat([text('<TABLE border=1>'), cp932]), 'html'],
  ['html with its mark', text('\ufeff<html xmlns:x="urn:schemas-microsoft-com:office:excel">'), 'html'],
  ['mht', text('MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n'), 'html'],
  ['csv', text('番号,取組\r\n1-1-1,避難所の公開\r\n'), 'csv'],
  ['csv that starts like an archive', text('PK,番号\r\n'), 'csv'],
  ['csv with its mark', text('\ufeff番号,取組\r\n'), 'csv'],
  ['csv in cp932', cp932, 'csv'],
  ['csv in UTF-16', text('\ufeff番号\t取組\r\n', 'utf16le'), 'csv'],
  ['csv of 200 kB, in cp932', Buffer.concat(Array(12_500).fill(cp932)), 'csv'],
  ['csv of 200 kB, in UTF-8', text(`あ${'番号,取組\n'.repeat(12_000)}`), 'csv'],
  ['pdf', text('%PDF-1.7\n%\x80\x81', 'latin1'), 'pdf'],
  ['docx', zipped({ '[Content_Types].xml': '<a/>', '_rels/.rels': '<a/>', 'word/document.xml': '<a/>' }), 'word'],
  [
    'pptx',
    zipped({ '[Content_Types].xml': '<a/>', '_rels/.rels': '<a/>', 'ppt/presentation.xml': '<a/>' }),
    'powerpoint',
  ],
  ['a workbook in an archive', zipped({ '回答/防災課.xlsx': whole }), 'packed-workbook'],
  ['another archive', zipped({ '写真.jpg': 'x' }), 'archive'],
  ['rar', text('Rar!\x1a\x07\x01\x00', 'latin1'), 'archive'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unknown'],
  ['what Excel leaves beside an open file', Buffer.concat([text('\x05city '), Buffer.alloc(159)]), 'unknown'],
  [
    'no sheet but a chart',
    bookOf({
      parts: {
        'xl/_rels/workbook.xml.rels':
          '<R><Relationship Id="rId1" Type="a/chartsheet" Target="chartsheets/sheet1.xml"/></R>',
      },
    }),
    'no-sheet',
  ],
])('%s', async (_, bytes, refusal) => {
  expect((await problemOf(bytes)).refusal).toBe(refusal);
});

test('each refusal has its own message, and says what to do', async () => {
  const { message, hint } = await problemOf(compound('Workbook'));
  expect(message).toBe('古い Excel の形式(.xls)のブックです。');
  expect(hint).toMatch(/^Excel で開き、「名前を付けて保存」で種類に「Excel ブック \(\*\.xlsx\)」を選んで/);
});

test('a template is a workbook, and so is one without types', async () => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml';
  expect((await readBook(bookOf({ mainType: type }))).sheets).toHaveLength(1);
  expect((await readBook(bookOf({ parts: { '[Content_Types].xml': undefined } }))).sheets).toHaveLength(1);
});

// The directory.

const ending = (bytes: Uint8Array) => Buffer.from(bytes).lastIndexOf('PK\x05\x06', undefined, 'latin1');
/** The bytes of an entry in the directory */
const entryOf = (bytes: Uint8Array, name: string) => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return all.subarray(all.lastIndexOf(name) - 46, ending(bytes));
};
const sheetName = 'xl/worksheets/sheet1.xml';
const changed = (bytes: Uint8Array, change: (entry: Buffer) => void, name = sheetName) => {
  const copy = Buffer.from(bytes);
  change(entryOf(copy, name));
  return copy;
};
const some = bookOf({ sheets: { A: sheet(`<row><c><v>1</v></c></row>${'<!-- x -->'.repeat(1000)}`) } });

test('a comment behind the end is borne with, also one that looks like an end', async () => {
  const comment = text('PK\x05\x06 of a mail gateway with some more words', 'latin1');
  const bytes = Buffer.concat([some, comment]);
  bytes.writeUInt16LE(comment.length, ending(some) + 20);
  expect(valuesOf(await readBook(bytes))).toEqual({ A1: 1 });
});

test.each<[string, Uint8Array, string]>([
  ['more than it states', changed(some, (entry) => entry.writeUInt32LE(20, 24)), 'damaged'],
  ['less than it states', changed(some, (entry) => entry.writeUInt32LE(2_000_000, 24)), 'damaged'],
  ['another check sum', changed(some, (entry) => entry.writeUInt32LE(1, 16)), 'damaged'],
  ['another way of packing', changed(some, (entry) => entry.writeUInt16LE(12, 10)), 'damaged'],
  ['a password of the archive', changed(some, (entry) => entry.writeUInt16LE(1, 8)), 'locked'],
  ['a place behind the end', changed(some, (entry) => entry.writeUInt32LE(2 ** 31, 42)), 'damaged'],
  ['a place where nothing is', changed(some, (entry) => entry.writeUInt32LE(3, 42)), 'damaged'],
  ['a size that ZIP64 has, without it', changed(some, (entry) => entry.writeUInt32LE(2 ** 32 - 1, 24)), 'damaged'],
  ['400 MB by its directory', changed(some, (entry) => entry.writeUInt32LE(400e6, 24)), 'large'],
  [
    '4 GB of a picture',
    changed(bookOf({ parts: { 'xl/media/a.png': 'x' } }), (entry) => entry.writeUInt32LE(4e9, 24), 'xl/media/a.png'),
    'large',
  ],
  ['two entries of one name', zipped({ ...partsOf({}), 'XL/Workbook.xml': '<a/>' }), 'damaged'],
  [
    '10,001 entries',
    zipped({ ...partsOf({}), ...Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`a/${at}`, ''])) }, 0),
    'large',
  ],
])('an entry with %s', async (_, bytes, refusal) => {
  expect((await problemOf(bytes)).refusal).toBe(refusal);
});

/** The same archive with ZIP64's ways of stating sizes */
function large(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes);
  const end = ending(all);
  const [count, size, offset] = [all.readUInt16LE(end + 10), all.readUInt32LE(end + 12), all.readUInt32LE(end + 16)];
  const entries: Buffer[] = [];
  for (let at = offset; at < end; ) {
    const length = 46 + all.readUInt16LE(at + 28);
    const entry = Buffer.from(all.subarray(at, at + length));
    const extra = Buffer.alloc(36);
    extra.writeUInt16LE(0x5455, 0);
    extra.writeUInt16LE(4, 2);
    extra.writeUInt16LE(1, 8);
    extra.writeUInt16LE(24, 10);
    for (const [place, from] of [24, 20, 42].entries()) {
      extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(from)), 12 + 8 * place);
      entry.writeUInt32LE(2 ** 32 - 1, from);
    }
    entry.writeUInt16LE(extra.length, 30);
    entries.push(entry, extra);
    at += length + all.readUInt16LE(at + 30) + all.readUInt16LE(at + 32);
  }
  const directory = Buffer.concat(entries);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  for (const [place, value] of [count, count, directory.length, offset].entries())
    record.writeBigUInt64LE(BigInt(value), 24 + 8 * place);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + directory.length), 8);
  const last = Buffer.from(all.subarray(end));
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(2 ** 32 - 1, 12);
  last.writeUInt32LE(2 ** 32 - 1, 16);
  expect(size).toBe(end - offset);
  return Buffer.concat([all.subarray(0, offset), directory, record, locator, last]);
}

test('ZIP64 is read as well', async () => {
  const bytes = large(some);
  expect(valuesOf(await readBook(bytes))).toEqual({ A1: 1 });
  bytes.writeUInt32LE(0xffff_ffff, bytes.lastIndexOf('PK\x06\x06', undefined, 'latin1') + 36);
  expect((await problemOf(bytes)).refusal).toBe('large');
});

test('names with backslashes, and with a slash in front, are the same parts', async () => {
  const parts = Object.entries(partsOf({ sheets: { A: sheet('<row><c><v>1</v></c></row>') } }));
  for (const nameOf of [(name: string) => name.replaceAll('/', '\\'), (name: string) => `/${name}`])
    expect(
      valuesOf(await readBook(zipped(Object.fromEntries(parts.map(([name, part]) => [nameOf(name), part]))))),
    ).toEqual({ A1: 1 });
});

test('a file that is too large, and what is none, are not even opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-books-'));
  const path = join(folder, 'book.xlsx');
  writeFileSync(path, whole);
  expect((await readBookFile(path)).sheets).toHaveLength(1);
  truncateSync(path, 1_900_000_000);
  const before = process.memoryUsage().rss;
  await expect(readBookFile(path)).rejects.toMatchObject({ refusal: 'large' });
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2);
  await expect(readBookFile(folder)).rejects.toMatchObject({ refusal: 'unknown' });
  await expect(readBookFile(join(folder, 'none.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
});

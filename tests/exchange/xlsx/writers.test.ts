import { expect, test } from 'vitest';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import {
  bookOf,
  cellsOf,
  type Made,
  main,
  oneRow,
  partsOf,
  sheet,
  stringTable,
  stylesOf,
  valuesOf,
  zipped,
} from './packages.ts';

// The same cells as each program writes them.

const formats = stylesOf([0, 'm"月"d"日"', 3]);
/** What all of them say */
const expected = {
  A1: { value: '取組 内容\n二行目' },
  B1: { value: 1234, format: '#,##0', shown: '1,234' },
  C1: { value: { date: '2026-03-04T00:00:00' }, format: 'm"月"d"日"', shown: '3月4日' },
  B3: { value: 1234, formula: 'B1' },
  C3: { value: '公開', formula: 'D3' },
};
const text = '取組 内容\n二行目';
const strings = stringTable(`<t>${text}</t>`);
const numbers = '<c r="B1" s="2"><v>1234</v></c><c r="C1" s="1"><v>46085</v></c>';
const third = '<c r="B3"><f>B1</f><v>1234</v></c><c r="C3" t="str"><f>D3</f><v>公開</v></c>';
const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c>${numbers}</row><row r="3">${third}</row>`;

/** Every element with a prefix, and every name within as it was */
const prefixed = (xml: string) => xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=');
const strict = (xml: string) =>
  xml
    .replaceAll(
      'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
      'http://purl.oclc.org/ooxml/spreadsheetml/main',
    )
    .replaceAll(
      /http:\/\/schemas\.openxmlformats\.org\/officeDocument\/2006\/relationships(?=["/])/g,
      'http://purl.oclc.org/ooxml/officeDocument/relationships',
    );
const everyPart = (made: Made, change: (xml: string) => string | Uint8Array) =>
  zipped(Object.fromEntries(Object.entries(partsOf(made)).map(([name, part]) => [name, change(String(part))])));
const plain: Made = { sheets: { A: sheet(rows) }, strings, styles: formats };

const books: Record<string, Uint8Array> = {
  'Excel, with guides to reading and line breaks of its own': bookOf({
    ...plain,
    strings: stringTable(
      '<t>取組 内容_x000D_\n二行目</t><rPh sb="0" eb="2"><t>トリクミ</t></rPh><phoneticPr fontId="1" type="noConversion"/>',
    ),
    workbook:
      '<fileVersion appName="xl"/><workbookPr/><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="x" url="C:\\"/></mc:Choice></mc:AlternateContent><bookViews><workbookView/></bookViews>',
    sheets: {
      A: `<worksheet ${main}><sheetPr codeName="S"/><dimension ref="A1:XFD1048576"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="16384" width="9" style="2"/></cols><sheetData><row r="1" spans="1:3" x14ac:dyDescent="0.4" ph="1"><c r="A1" s="0" t="s" ph="1"><v>0</v></c>${numbers}<c r="D1" s="2"/></row><row r="2" s="2" customFormat="1"><c r="A2" s="2"/></row><row r="3" hidden="1">${third}</row></sheetData><sheetProtection sheet="1"/><phoneticPr fontId="1"/><extLst><ext uri="{x}"><x14:dataValidations><x14:dataValidation><x14:formula1><xm:f>名簿!A1</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>`,
    },
  }),
  'LibreOffice, in one line': bookOf({
    ...plain,
    strings: stringTable(`<t xml:space="preserve">${text}</t>`),
    sheets: {
      A: sheet(
        `<row r="1" customFormat="false" ht="12.8" hidden="false"><c r="A1" s="0" t="s"><v>0</v></c>${numbers}</row><row r="3"><c r="B3" s="0"><f aca="false">B1</f><v>1234</v></c><c r="C3" s="0" t="str"><f aca="false">D3</f><v>公開</v></c></row>`,
      ),
    },
  }),
  'Google Sheets, with a part for the whole of each text': bookOf({
    ...plain,
    strings: stringTable(
      `<r><t xml:space="preserve">取組 </t></r><r><rPr><color rgb="FF000000"/></rPr><t>内容\n二行目</t></r>`,
    ),
  }),
  'openpyxl, with formulas that it kept': bookOf({
    ...plain,
    parts: {
      'xl/_rels/workbook.xml.rels': String(partsOf(plain)['xl/_rels/workbook.xml.rels']).replaceAll(
        'Target="',
        'Target="/xl/',
      ),
    },
    sheets: { A: sheet(rows.replaceAll(/ t="s"><v>0<\/v>/g, ` t="inlineStr"><is><t>${text}</t></is>`)) },
  }),
  'streams that leave places out': bookOf({
    styles: formats,
    sheets: {
      A: sheet(
        `<row><c t="inlineStr"><is><t>${text}</t></is></c><c s="2"><v>1.234E3</v></c><c s="1" t="n"><v>46085</v></c></row><row/><row><c/>${third.replaceAll(/ r="\w+"/g, '')}</row>`,
      ),
    },
  }),
  'the SDK of Open XML: prefixes': everyPart(plain, (xml) =>
    xml.includes('spreadsheetml/2006/main"') ? prefixed(xml) : xml,
  ),
  'an indenting writer': everyPart(plain, (xml) =>
    xml.replaceAll(/<(?=row|c |si|sheet|xf|Relationship)/g, '\n    <').replaceAll('="', ' = "'),
  ),
  'single quotes': everyPart({ ...plain, styles: formats.replaceAll('&quot;', '&#34;') }, (xml) =>
    xml.replaceAll("'", '&#39;').replaceAll(/="([^"]*)"/g, "='$1'"),
  ),
  'UTF-16': everyPart(plain, (xml) => Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')),
  'the mark of UTF-8': everyPart(plain, (xml) => `\ufeff${xml}`),
  Strict: everyPart(
    {
      ...plain,
      sheets: {
        A: sheet(rows.replace('<c r="C1" s="1"><v>46085<', '<c r="C1" s="1" t="d"><v>2026-03-04T00:00:00.000<')),
      },
    },
    strict,
  ),
  'Strict, with the other beginning of days': everyPart(
    {
      ...plain,
      workbook: '<workbookPr date1904="true"/>',
      sheets: { A: sheet(rows.replace('<v>46085<', '<v>44623<')) },
    },
    strict,
  ),
  'other names of parts': (() => {
    const { 'xl/worksheets/sheet1.xml': cells = '', 'xl/sharedStrings.xml': texts = '', ...rest } = partsOf(plain);
    const relations = String(rest['xl/_rels/workbook.xml.rels'])
      .replace('worksheets/sheet1.xml', './../xl/data/Blatt%201.xml'.replace('%20', ''))
      .replace('sharedStrings.xml', '/Texts.XML');
    return zipped({
      ...rest,
      'xl/_rels/workbook.xml.rels': relations,
      'xl/Data/Blatt1.xml': cells,
      'texts.xml': texts,
    });
  })(),
};

test.each(Object.keys(books))('%s', async (name) => {
  const book = await readBook(books[name] as Uint8Array);
  expect(book.sheets.map((found) => [found.name, found.hidden])).toEqual([['A', false]]);
  expect(cellsOf(book)).toEqual(expected);
});

test('sheets in their order, hidden or not; charts, dialogs and macros of old are none', async () => {
  const made: Made = {
    sheets: { 一覧: sheet(''), 図: sheet(''), 元の値: sheet(''), '名&amp;簿': oneRow('<c><v>1</v></c>') },
    states: { 元の値: 'state="veryHidden"', '名&amp;簿': 'state="hidden"' },
  };
  const relations = String(partsOf(made)['xl/_rels/workbook.xml.rels']).replace(
    '/worksheet" Target="worksheets/sheet2',
    '/chartsheet" Target="chartsheets/sheet2',
  );
  const { sheets } = await readBook(bookOf({ ...made, parts: { 'xl/_rels/workbook.xml.rels': relations } }));
  expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['一覧', false],
    ['元の値', true],
    ['名&簿', true],
  ]);
});

test('merged cells are told; what stands under them is read too', async () => {
  const merged = sheet(
    '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>',
    '<mergeCells count="2"><mergeCell ref="B2:C4"/><mergeCell ref="XFD1048576"/></mergeCells>',
  );
  const book = await readBook(bookOf({ sheets: { A: merged } }));
  expect(book.sheets[0]?.merges).toEqual([
    { startRow: 1, startCol: 1, endRow: 3, endCol: 2 },
    { startRow: 1048575, startCol: 16383, endRow: 1048575, endCol: 16383 },
  ]);
  expect(cellsOf(book)).toEqual({ B2: { value: 1 }, C2: { value: 2 } });
});

test.each([
  ['a place outside of its row', '<row r="2"><c r="A3"><v>1</v></c></row>'],
  ['a place beyond the last column', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
  ['a row beyond the last', '<row r="1048577"><c><v>1</v></c></row>'],
  ['one place twice', '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
  [
    'one row twice, with the same place',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
  ],
  ['a text that is nowhere', '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'],
  ['a type that nobody knows', '<row r="1"><c r="A1" t="x"><v>7</v></c></row>'],
  ['a value twice', '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'],
  ['an entity by the name of something of ours', '<row r="1"><c r="A1" t="str"><v>&constructor;</v></c></row>'],
  ['a sign that XML has not', '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>'],
  ['half a sign', '<row r="1"><c r="A1" t="str"><v>&#xD83D;</v></c></row>'],
  ['an entity that nobody knows', '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>'],
])('%s is damage, and told', async (_, cells) => {
  await expect(readBook(bookOf({ sheets: { A: sheet(cells) } }))).rejects.toMatchObject({ refusal: 'damaged' });
});

test('a blank value is blank, whatever its type', async () => {
  const cells = ['n', 's', 'b', 'e', 'd', 'str', 'inlineStr'].map(
    (type) => `<c t="${type}"><v></v></c><c t="${type}"/>`,
  );
  expect(cellsOf(await readBook(bookOf({ sheets: { A: oneRow(cells.join('')) } })))).toEqual({});
});

test('half a sign of Excel is one that cannot be read; both halves are the sign', async () => {
  const cells = '<c t="str"><v>_xD83D_!</v></c><c t="str"><v>_xD83D__xDE00_</v></c>';
  expect(valuesOf(await readBook(bookOf({ sheets: { A: oneRow(cells) } })))).toEqual({ A1: '\ufffd!', B1: '😀' });
});

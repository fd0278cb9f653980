import { expect, test } from 'vitest';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { bookOf, cellsOf, oneRow, sheet, stringTable, stylesOf, valuesOf } from './packages.ts';

const read = async (made: Parameters<typeof bookOf>[0]) => await readBook(bookOf(made));

test('texts are read as they are seen', async () => {
  const strings = stringTable(
    '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
    '<r><t>市</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 役所 </t></r><rPh sb="0" eb="1"><t>シ</t></rPh>',
    '<t>一_x000D_\n二_x005F_x000D_三_x000d_四&#13;&#10;五\r\n六\r七</t>',
    '<t xml:space="preserve">　前後　</t>',
    '<t><![CDATA[<a> & b]]><!-- not seen -->&amp;lt;&#x1F600;</t>',
    '<t/>',
  );
  const cells = ['A', 'B', 'C', 'D', 'E', 'F'].map((column, at) => `<c r="${column}1" t="s"><v>${at}</v></c>`).join('');
  expect(valuesOf(await read({ sheets: { A: oneRow(cells) }, strings }))).toEqual({
    A1: '東京',
    B1: '市 役所 ',
    C1: '一\n二_x000D_三\n四\n五\n六\n七',
    D1: '　前後　',
    E1: '<a> & b&lt;😀',
  });
});

test('every type of cell, with its place or without', async () => {
  const cells =
    '<c><v>1E3</v></c><c t="str"><f>A1&amp;"x"</f><v>x_x000A_y</v></c>' +
    '<c t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></is></c>' +
    '<c t="e"><f>B9</f><v>#REF!</v></c><c t="b"><v>1</v></c><c t="d"><v>2026-03-04</v></c><c s="0"/>' +
    '<c r="J1"><f>SUM(A1:A2)</f></c><c><f t="shared" ref="K1:L1" si="0">A1+1</f><v>1001</v></c><c><f t="shared" si="0"/><v>1.1</v></c>' +
    '<c><v>1100.0000000000002</v></c><c t="str"><f>""</f><v></v></c>';
  expect(
    cellsOf(
      await read({
        sheets: { A: sheet(`<row>${cells}</row><row r="9"><c><v>-.5</v></c></row><row><c r="B10"><v>7</v></c></row>`) },
      }),
    ),
  ).toEqual({
    A1: { value: 1000 },
    B1: { value: 'x\ny', formula: 'A1&"x"' },
    C1: { value: '課' },
    D1: { value: '#REF!', error: true, formula: 'B9' },
    E1: { value: true },
    F1: { value: { date: '2026-03-04T00:00:00' } },
    J1: { value: '=SUM(A1:A2)', error: true, formula: 'SUM(A1:A2)' },
    K1: { value: 1001, formula: 'A1+1' },
    L1: { value: 1.1, formula: 'B1+1' },
    M1: { value: 1100 },
    N1: { value: '', formula: '""' },
    A9: { value: -0.5 },
    B10: { value: 7 },
  });
});

const styles = stylesOf([
  0,
  14,
  56,
  '[$-411]ge.m.d',
  'ggge"年"m"月"d"日"',
  20,
  3,
  '0%',
  '#,##0"千円";"▲"#,##0"千円"',
  'yyyy/m/d h:mm',
  49,
]);

test('days of both beginnings, as they are shown', async () => {
  const cells = (shift: number) =>
    oneRow(
      [1, 2, 3, 4].map((style) => `<c s="${style}"><v>${46085 - shift}</v></c>`).join('') +
        `<c s="5"><v>0.375</v></c><c s="9"><v>${46085.5 - shift}</v></c><c s="1"><v>-5000</v></c><c s="1"><v>${43585.999999 - shift}</v></c>`,
    );
  const expected = {
    A1: { value: { date: '2026-03-04T00:00:00' }, format: 'yyyy/m/d', shown: '2026/3/4' },
    B1: { value: { date: '2026-03-04T00:00:00' }, format: 'm"月"d"日"', shown: '3月4日' },
    C1: { value: { date: '2026-03-04T00:00:00' }, format: '[$-411]ge.m.d', shown: 'R8.3.4' },
    D1: { value: { date: '2026-03-04T00:00:00' }, format: 'ggge"年"m"月"d"日"', shown: '令和8年3月4日' },
    E1: { value: 0.375, format: 'h:mm', shown: '9:00' },
    F1: { value: { date: '2026-03-04T12:00:00' }, format: 'yyyy/m/d h:mm', shown: '2026/3/4 12:00' },
    G1: { value: -5000, format: 'yyyy/m/d' },
    H1: { value: { date: '2019-05-01T00:00:00' }, format: 'yyyy/m/d', shown: '2019/5/1' },
  };
  expect(cellsOf(await read({ sheets: { A: cells(0) }, styles }))).toEqual(expected);
  const workbook = '<workbookPr date1904="1"/>';
  expect(cellsOf(await read({ sheets: { A: cells(1462) }, styles, workbook }))).toEqual(expected);
});

test('numbers as they are shown', async () => {
  const cells = '<c s="6"><v>1234567.5</v></c><c s="7"><v>0.345</v></c><c s="8"><v>-1500</v></c><c s="10"><v>5</v></c>';
  expect(cellsOf(await read({ sheets: { A: oneRow(cells) }, styles }))).toEqual({
    A1: { value: 1234567.5, format: '#,##0', shown: '1,234,568' },
    B1: { value: 0.345, format: '0%', shown: '35%' },
    C1: { value: -1500, format: '#,##0"千円";"▲"#,##0"千円"', shown: '▲1,500千円' },
    D1: { value: 5 },
  });
});

test('a formula that several cells share moves along with them', async () => {
  const shared = 'SUM($A1:B$2)+LOG10(C3)&amp;"D4"&amp;\'E5\'!F6+G7.H+Z9';
  const rows = `<row r="3"><c r="C3"><f t="shared" ref="C3:D4" si="4">${shared}</f><v>1</v></c></row><row r="4"><c r="D4"><f t="shared" si="4"/><v>2</v></c></row><row r="1048576"><c r="B1048576"><f t="shared" si="4"/><v>3</v></c></row>`;
  const cells = cellsOf(await read({ sheets: { A: sheet(rows) } }));
  expect(cells.C3?.formula).toBe('SUM($A1:B$2)+LOG10(C3)&"D4"&\'E5\'!F6+G7.H+Z9');
  expect(cells.D4?.formula).toBe('SUM($A2:C$2)+LOG10(D4)&"D4"&\'E5\'!G7+G7.H+AA10');
  expect(cells.B1048576?.formula).toMatch(/^SUM\(\$A1048574:A\$2\)/);
});

test('a cell in the last row and column costs nothing and hides nothing', async () => {
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
  expect(valuesOf(await read({ sheets: { A: sheet(rows) } }))).toEqual({ A1: 1, XFD1048576: 2 });
});

test('the cells of comments and of conversations are named once', async () => {
  const kinds = ['comments', 'threadedComment'] as const;
  const relations = kinds.map(
    (kind, at) => `<Relationship Id="c${at}" Type="http://x/${kind}" Target="../said${at}.xml"/>`,
  );
  const { sheets } = await read({
    sheets: { A: sheet(''), B: sheet('') },
    parts: {
      'xl/worksheets/_rels/sheet2.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
      'xl/said0.xml':
        '<comments><authors/><commentList><comment ref="C7"><text><t>?</t></text></comment><comment ref="D2"/></commentList></comments>',
      'xl/said1.xml': '<ThreadedComments><threadedComment ref="C7" dT="x"/></ThreadedComments>',
    },
  });
  expect(sheets.map(({ comments }) => comments)).toEqual([undefined, ['C7', 'D2']]);
});

import type { PDFDict } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { at, type Merged, merged, partOf, tagged, written } from './pdf.ts';

/** A PDF with a table of cells such as 'TH', 'TD/ColSpan 2', 'TD/RowSpan 2 /ColSpan 3', empty ones as '-'. */
function tablePdf(rows: string[][], classes = ''): Buffer {
  let mcid = 0;
  const cell = (said: string) => {
    const [role, ...attributes] = said.split('/');
    const own = attributes.length === 0 ? '' : `/A << /O /Table /${attributes.join('/')} >>`;
    return role === '-'
      ? '<< /S /TD >>'
      : `<< /S /${role} ${own.replace(/<< \/O \/Table (\/C \S+) >>/, '<< >> $1')} /K ${mcid++} >>`;
  };
  const tree = rows.map((row) => `<< /S /TR /K [${row.map(cell).join(' ')}] >>`).join(' ');
  const content = rows.flat().map((_, index) => `/P <</MCID ${index}>> BDC EMC`);
  return tagged(`<< /S /Table /Pg 3 0 R /K [${tree}] >>`, {
    content: content.join(' '),
    objects: {
      20: `<< /Type /StructTreeRoot /K [<< /S /Table /Pg 3 0 R /K [${tree}] >>] /ClassMap << ${classes} >> >>`,
    },
  });
}

/** The table's rows, each cell as `TD`, `TD 2×1` where it spans rows or columns, `-` where it was added. */
function rowsOf({ document }: Merged, table: PDFDict): string[] {
  const kids = (element: PDFDict) => {
    const count = Number(String(at(document, 'K', element)).split(' 0 R').length - 1);
    return Array.from({ length: count }, (_, index) => at(document, `K/${index}`, element) as PDFDict);
  };
  return kids(table).map((row) =>
    kids(row)
      .map((cell) => {
        const said = written(document, at(document, 'A', cell));
        const span = (key: string) =>
          [...said.matchAll(new RegExp(`/${key} (\\S+)`, 'g'))].map(([, n]) => n).join('?') || '1';
        const spans = `${span('RowSpan')}×${span('ColSpan')}`;
        const role = String(at(document, 'K', cell)) === '[ ]' ? '-' : String(at(document, 'S', cell)).slice(1);
        return spans === '1×1' ? role : `${role} ${spans}`;
      })
      .join(' | '),
  );
}

async function became(rows: string[][], classes = ''): Promise<{ rows: string[]; isMended: boolean }> {
  const bytes = tablePdf(rows, classes);
  const { mends } = await readAnnex(bytes, undefined);
  const result = await merged(bytes);
  return {
    rows: rowsOf(result, at(result.document, 'K/0', partOf(result)) as PDFDict),
    isMended: mends.has('table-grid'),
  };
}

describe('the cells of a table fill it (ISO 14289-1, 7.2)', () => {
  test.each<[string, string[][], string[]]>([
    [
      'rows of one length',
      [
        ['TD', 'TD'],
        ['TD', 'TD'],
      ],
      ['TD | TD', 'TD | TD'],
    ],
    ['columns', [['TD/ColSpan 2'], ['TD', 'TD']], ['TD 1×2', 'TD | TD']],
    ['rows', [['TD/RowSpan 2', 'TD'], ['TD']], ['TD 2×1 | TD', 'TD']],
    ['rows that are all taken', [['TD/RowSpan 2', 'TD/RowSpan 2'], []], ['TD 2×1 | TD 2×1', '']],
    ['both', [['TD', 'TD/RowSpan 2 /ColSpan 2'], ['TD'], ['TD/ColSpan 3']], ['TD | TD 2×2', 'TD', 'TD 1×3']],
    ['wide ones alone', [['TD/ColSpan 3'], ['TD/ColSpan 3']], ['TD 1×3', 'TD 1×3']],
  ])('stay: %s', async (_, rows, expected) => {
    expect(await became(rows)).toEqual({ rows: expected, isMended: false });
  });

  test.each<[string, string[][], string[]]>([
    ['a short row', [['TD', 'TD', 'TD'], ['TD']], ['TD | TD | TD', 'TD | - 1×2']],
    ['a long row', [['TD'], ['TD', 'TD']], ['TD | -', 'TD | TD']],
    ['a row without cells', [['TD', 'TD'], []], ['TD | TD', '- 1×2']],
    ['a free place between', [['TD', 'TD', 'TD/RowSpan 2'], ['TD']], ['TD | TD | TD 2×1', 'TD | -']],
    [
      'free places on both sides',
      [['TD', 'TD/RowSpan 2', 'TD'], [], ['TD', 'TD', 'TD']],
      ['TD | TD 2×1 | TD', '- | -', 'TD | TD | TD'],
    ],
    ['a span that sticks out below', [['TD', 'TD/RowSpan 5'], ['TD']], ['TD | TD 2×1', 'TD']],
    ['one that sticks out at the side', [['TD/ColSpan 9'], ['TD', 'TD']], ['TD 1×2', 'TD | TD']],
    ['one beyond all columns', [['TD', 'TD'], ['TD/ColSpan 3000000000']], ['TD | TD', 'TD 1×2']],
    [
      'one that overlaps',
      [
        ['TD', 'TD/RowSpan 2', 'TD'],
        ['TD/ColSpan 2', 'TD'],
      ],
      ['TD | TD 2×1 | TD', 'TD | TD'],
    ],
    [
      'one that is none',
      [
        ['TD/ColSpan 0', 'TD/RowSpan -1'],
        ['TD/RowSpan 1.5', 'TD'],
      ],
      ['TD | TD', 'TD | TD'],
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await became(rows)).toEqual({ rows: expected, isMended: true });
  });

  test('spans of a class count, and are said anew where they are wrong', async () => {
    const wide = '/Wide << /O /Table /ColSpan 2 >>';
    expect(await became([['TD/C /Wide'], ['TD', 'TD']], wide)).toEqual({ rows: ['TD', 'TD | TD'], isMended: false });
    expect(await became([['TD/C /Wide'], ['TD']], wide)).toEqual({
      rows: ['TD', 'TD'],
      isMended: true,
    });
  });

  test('a table as wide as no one makes it ends', async () => {
    const rows = [Array.from({ length: 3000 }, () => 'TD/ColSpan 1000'), ['TD']];
    expect((await became(rows)).rows[1]).toBe('TD | - 1×2999');
  });
});

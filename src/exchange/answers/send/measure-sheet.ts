// The sheet of a measure: what it says now, and beside it where the section writes.
import type { NameSource } from '../../../model/fields.ts';
import { cellName } from '../../xlsx/book.ts';
import { type DataValidation, type NewCell, type NewRow, type NewSheet, quoted } from '../../xlsx/write-book.ts';
import type { Base, BaseMeasure, BaseRow } from '../base.ts';
import { type FormRow, flags } from '../form.ts';
import { keyText } from '../key.ts';
import { bandTitle, dueMark, headings, headTexts, sheetNames, unitMark } from '../layout.ts';
import { colors, solid, style } from './styles.ts';

/** Columns of the sheet */
export const columns = { key: 0, label: 1, answer: 2, present: 3 } as const;
/** Rows: the title, the line below it, the headings, then what can be filled in. */
const headingRow = 2;
export const firstRow = headingRow + 1;

/** Ranges of names that may be chosen, by their source. */
export type NameRanges = Readonly<Partial<Record<NameSource, string>>>;

interface Placed {
  row: FormRow;
  base: BaseRow;
  /** In the sheet, from 0 */
  at: number;
}

export interface MeasureSheet {
  sheet: NewSheet;
  /** The last row, from 0; the first that can be filled in is firstRow. */
  last: number;
  /** Where what is due first is filled in, or else where the sheet begins */
  start: string;
}

export function measureSheet(
  measure: BaseMeasure,
  forms: readonly FormRow[],
  base: Base,
  names: NameRanges,
): MeasureSheet {
  const rows = head(measure, base);
  const placed: Placed[] = [];
  let band: string | undefined;
  measure.rows.forEach((own, index) => {
    const row = forms[index];
    if (!row) throw new Error(`no form for ${keyText(own.key)}`);
    const next = bandOf(row, band);
    if (next !== band) rows.push(bandCells(bandTitle(next || undefined, base.openYears)));
    band = next;
    placed.push({ row, base: own, at: rows.length });
    rows.push(cells(row, own));
  });
  const due = placed.filter((one) => one.base.due);
  const sheet: NewSheet = {
    name: measure.number,
    columns: [{ width: 4, hidden: true }, { width: 22 }, { width: 37 }, { width: 30 }],
    rows,
    frozenRows: firstRow,
    headingRow,
    validations: validations(placed, names),
    rules: rules(placed, due),
    protected: true,
    paper: paper(base, measure.number),
  };
  return {
    sheet,
    last: rows.length - 1,
    start: cellName((due[0] ?? placed[0])?.at ?? firstRow, columns.answer),
  };
}

/** What stands above and below a printed sheet: 255 characters at most. */
export const paper = ({ plan, title, revised }: Base, right: string): NonNullable<NewSheet['paper']> => ({
  orientation: 'portrait',
  header: `&L&8${printed(`${plan} ${title}(${revised}改定)`, 80)}&R&8${printed(right, 30)}`,
  footer: '&C&8&P / &N',
});

/** & begins an order in headers; digits behind a size would be read as part of it. */
const printed = (text: string, longest: number): string =>
  ` ${[...text.replaceAll('\n', ' ')].slice(0, longest).join('').replaceAll('&', '&&')}`;

function head(measure: BaseMeasure, base: Base): NewRow[] {
  const heading = (value: string): NewCell => ({
    value,
    style: style({ fill: colors.heading, bold: true, box: true }),
  });
  return [
    [
      undefined,
      { value: measure.number, style: style({ bold: true, size: 14 }) },
      { value: measure.title, style: style({ bold: true, size: 12, wrap: true }) },
      {
        value: headTexts.back,
        style: style({ color: colors.link, underline: true, align: 'right' }),
        link: `${quoted(sheetNames.overview)}!A1`,
      },
    ],
    [
      undefined,
      { value: base.sections.join('、'), style: style({ color: colors.faint }) },
      { value: headTexts.how, style: style({ color: colors.faint }) },
    ],
    [heading(headings.key), heading(headings.label), heading(headings.answer), heading(headings.present)],
  ];
}

/** A band stands over the rows of each 年度, and over what follows the last one. */
function bandOf({ key }: FormRow, before: string | undefined): string | undefined {
  return key.year ?? (before === undefined ? undefined : '');
}

function bandCells(value: string): NewRow {
  const look = style({ fill: colors.heading, bold: true, indent: true });
  return [{ style: look }, { value, style: look }, { style: look }, { style: look }];
}

function cells({ kind, open, value }: FormRow, { key, label, due }: BaseRow): NewRow {
  const isAmount = kind === 'amount';
  const fill = open ? {} : { fill: colors.closed };
  const look = {
    ...{ box: true, wrap: true, format: isAmount ? '#,##0' : '@' },
    ...(isAmount ? { align: 'right' as const } : {}),
  };
  return [
    { value: keyText(key), style: style({ color: colors.faint }) },
    {
      value: `${label}${isAmount ? unitMark : ''}${due ? dueMark : ''}`,
      style: style({
        fill: colors.label,
        box: true,
        wrap: true,
        ...(due ? { bold: true } : {}),
      }),
    },
    {
      ...(value === undefined ? {} : { value }),
      ...(due ? { lines: 3 } : {}),
      style: style({ ...look, ...fill, open }),
    },
    { ...(value === undefined ? {} : { value }), style: style({ ...look, ...fill, color: colors.faint }) },
  ];
}

const answerAt = ({ at }: Placed): string => cellName(at, columns.answer);

/** One for each field and kind of row: what may be written there, and what is to be said of it. */
function validations(placed: readonly Placed[], names: NameRanges): DataValidation[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    if (!one.row.open) continue;
    const name = `${one.row.kind} ${one.row.field.name}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()].map((group): DataValidation => {
    const [first] = group as [Placed];
    return {
      ...allowed(first, names),
      range: group.map(answerAt).join(' '),
      allowBlank: true,
      showInputMessage: true,
      showErrorMessage: true,
      inputTitle: first.row.field.name.slice(0, 32),
      inputMessage: noteOf(first.row).slice(0, 255),
    };
  });
}

const noteOf = ({ field, kind, key }: FormRow): string =>
  kind === 'text' && typeof key.part === 'object'
    ? '額を分けるときの区分(課の名前など)。分けないときは空けておきます。'
    : (field.formNote ?? field.note);

type Allowed = Pick<
  DataValidation,
  'type' | 'formula1' | 'operator' | 'values' | 'errorStyle' | 'errorTitle' | 'errorMessage'
>;

function allowed(placed: Placed, names: NameRanges): Allowed {
  const { row } = placed;
  const cell = answerAt(placed);
  if (row.kind === 'amount')
    return {
      type: 'custom',
      formula1: `OR(TRIM(${cell})="—",AND(ISNUMBER(${cell}),N(${cell})>=0,N(${cell})=INT(N(${cell}))))`,
      ...{ errorStyle: 'stop', errorTitle: '予算額', errorMessage: '千円単位で、0 以上の整数か — を書いてください。' },
    };
  const range = row.kind === 'name' && row.field.names ? names[row.field.names] : undefined;
  if (range !== undefined)
    return {
      ...{ type: 'list', formula1: range },
      ...{
        errorStyle: 'warning',
        errorTitle: row.field.name,
        errorMessage: '一覧にない名前です。このまま入れますか。',
      },
    };
  const choices = row.kind === 'flag' ? flags : row.field.choices;
  if (choices)
    return {
      ...{ type: 'list', values: [...choices] },
      ...{
        errorStyle: 'stop',
        errorTitle: row.field.name,
        errorMessage: `${choices.join('、')} のどれかを選んでください。`,
      },
    };
  // Nothing is forbidden in a text; the note is shown.
  return { type: 'textLength', operator: 'lessThanOrEqual', formula1: '32767' };
}

function rules(placed: readonly Placed[], due: readonly Placed[]): NonNullable<NewSheet['rules']> {
  const open = placed.filter(({ row }) => row.open);
  const [first] = open;
  if (!first) return [];
  const [one] = due;
  return [
    ...(one
      ? [
          {
            ...{ type: 'expression' as const, priority: 1, formula: `LEN(${answerAt(one)})=0` },
            ...{ style: { fill: solid(colors.due) }, range: due.map(answerAt).join(' ') },
          },
        ]
      : []),
    {
      ...{ type: 'expression', priority: 2 },
      formula: `NOT(EXACT(${answerAt(first)},${cellName(first.at, columns.present)}))`,
      ...{ style: { fill: solid(colors.changed) }, range: open.map(answerAt).join(' ') },
    },
  ];
}

// The whole edition as three plain tables for those who count: one row a record, one value a cell. Said once: CSV,
// spreadsheets and the description of both (data-package.ts) are made of them.
import type { Edition } from '../model/edition.ts';
import { isoDate } from '../model/edition-json.ts';
import { westernYear } from '../model/era-date.ts';
import type { Field } from '../model/fields.ts';
import { meaningOf, signsOf } from '../model/meanings.ts';
import type { Budget, Measure, YearEntry } from '../model/measure.ts';
import { numberCells } from '../model/numbers.ts';

export type Cell = string | number;

/** A column, and what may stand in it. */
export interface Column {
  heading: string;
  description: string;
  type: 'string' | 'integer';
  /** Never blank */
  required?: true;
  choices?: readonly string[];
  pattern?: string;
  /** 番号 of a measure: see numberKey */
  isNumber?: true;
}

export interface DataTable {
  /** ASCII */
  name: 'measures' | 'years' | 'parts';
  title: string;
  description: string;
  columns: Column[];
  /** Headings of the columns that tell one row from the others */
  key: string[];
  rows: Cell[][];
}

/** A column with where its cells come from. */
type ColumnOf<Of> = Column & { value(record: Of): Cell };
interface MeasureRecord {
  measure: Measure;
  category: string;
  group: string;
}
interface YearRecord extends MeasureRecord {
  year: string;
  entry: YearEntry;
}
interface PartRecord extends YearRecord {
  order: number;
  label: string;
  amount: Budget;
}

const unit = '千円';
const key = '番号';

/** 番号 as spreadsheets leave it alone: of 1-1-2 alone they make a date. */
export const numberKey = (number: string): string => `取組${number}`;
const keyPattern = '^取組[1-9]\\d*-[1-9]\\d*-[1-9]\\d*$';

/** 取組, 年度 (of all but 再掲, so that sums count nothing twice) and 内訳 (the parts of amounts that are split). */
export function dataTables(edition: Edition): DataTable[] {
  const measures = edition.categories.flatMap((category) =>
    category.groups.flatMap((group) =>
      group.measures.map((measure): MeasureRecord => ({ measure, category: category.name, group: group.name })),
    ),
  );
  const years = measures
    .filter(({ measure }) => measure.reprintOf === undefined)
    .flatMap((record) =>
      edition.years.map((year): YearRecord => ({ ...record, year, entry: record.measure.schedule[year] ?? {} })),
    );
  const budget = edition.fields.year.find(({ kind }) => kind === 'budget') as Field<keyof YearEntry>;
  const parts = years.flatMap((record) => {
    const split = record.entry[budget.property] as Budget | undefined;
    return Array.isArray(split)
      ? split.map(({ label, amount }, at): PartRecord => ({ ...record, order: at + 1, label, amount }))
      : [];
  });
  return [
    table('measures', '取組', '取組ごとに1行', [key], measures, [
      ...numberColumns,
      ...nameColumns,
      ...measureColumns(edition),
      ...sourceColumns(edition),
    ]),
    table('years', '年度', '取組と年度ごとに1行(再掲を除く)', [key, '年度'], years, [
      ...numberColumns,
      ...nameColumns,
      ...titleColumns(edition),
      ...yearColumns,
      ...edition.fields.year.flatMap((field) => entryColumns(field, edition)),
      ...sourceColumns(edition),
    ]),
    table('parts', '内訳', '課などで分かれる予算額の1つの額ごとに1行', [key, '年度', '順'], parts, [
      ...numberColumns,
      ...nameColumns,
      ...titleColumns(edition),
      ...yearColumns,
      column('順', 'integer', '内訳の中の順。', ({ order }: PartRecord) => order, { required: true }),
      column('区分', 'string', '額の内訳の名前(課の名前など)。', ({ label }) => label, { required: true }),
      ...amountColumns(budget.key, ({ amount }: PartRecord) => amount),
      ...sourceColumns(edition),
    ]),
  ];
}

function table<Of>(
  name: DataTable['name'],
  title: string,
  description: string,
  key: string[],
  records: readonly Of[],
  columns: ColumnOf<Of>[],
): DataTable {
  return {
    ...{ name, title, description, key },
    columns: columns.map(({ value: _, ...rest }) => rest),
    rows: records.map((record) => columns.map(({ value }) => value(record))),
  };
}

const column = <Of>(
  heading: string,
  type: Column['type'],
  description: string,
  value: (record: Of) => Cell,
  more: Omit<Partial<Column>, 'heading' | 'type' | 'description'> = {},
): ColumnOf<Of> => ({ heading, type, description, value, ...more });

const part = (heading: string, at: 0 | 1 | 2): ColumnOf<MeasureRecord> =>
  column(heading, 'integer', `番号のうち${heading}。`, ({ measure }) => Number(numberCells(measure.id)[at]), {
    required: true,
  });
const numberColumns: ColumnOf<MeasureRecord>[] = [
  column(
    key,
    'string',
    '取組の番号。日付に変わらないように、前に「取組」が付きます。',
    ({ measure }) => numberKey(measure.id),
    {
      required: true,
      pattern: keyPattern,
      isNumber: true,
    },
  ),
  ...[part('大項目', 0), part('中項目', 1), part('小項目', 2)],
];
const nameColumns: ColumnOf<MeasureRecord>[] = [
  column('大項目の名称', 'string', '大項目の名前。', ({ category }) => category),
  column('中項目の名称', 'string', '中項目の名前。', ({ group }) => group),
];

/** The sheet's order, but for fields that stand behind another one here. */
function measureColumns(edition: Edition): ColumnOf<MeasureRecord>[] {
  const own = edition.fields.measure.filter(({ property, kind }) => property !== 'id' && kind !== 'years');
  const moved = own.filter(({ csvBehind }) => csvBehind !== undefined);
  return own
    .filter(({ csvBehind }) => csvBehind === undefined)
    .flatMap((field) => [
      field,
      ...moved.filter(({ csvBehind }) => csvBehind === field.key && field.within === undefined),
    ])
    .flatMap((field) => fieldColumns(field, edition));
}

function fieldColumns(field: Field<keyof Measure>, edition: Edition): ColumnOf<MeasureRecord>[] {
  const { property, kind, choices } = field;
  if (kind === 'flags')
    return edition.relatedPlans.map((plan) =>
      column(plan, 'string', `${field.key} ${plan} に当たるなら ○。`, ({ measure }) => flag(measure, plan), {
        choices: ['○', '×'],
      }),
    );
  const description = field.formNote ?? field.note;
  const heading = headingOf(field, edition);
  const text = ({ measure }: MeasureRecord): string => {
    const value = measure[property];
    return Array.isArray(value) ? value.join('、') : String(value ?? '');
  };
  if (kind === 'number')
    return [
      column(heading, 'string', '再掲なら、再掲先の番号。', (record) => text(record) && numberKey(text(record)), {
        pattern: keyPattern,
        isNumber: true,
      }),
    ];
  if (kind === 'names') return [column(heading, 'string', `${field.key}。いくつもあれば「、」でつなぎます。`, text)];
  return [column(heading, 'string', description, text, choices ? { choices } : {})];
}

/** The heading of a field's column; that of the indicators names their years, as the sheet does. */
const headingOf = ({ csv, key, property }: Field, { indicatorYears }: Edition): string =>
  property === 'indicators' ? indicatorYears.map(({ label, year }) => `${label}(${year})`).join('・') : (csv ?? key);

/** What a row of a 年度 says of its measure */
const titleColumns = (edition: Edition): ColumnOf<MeasureRecord>[] =>
  edition.fields.measure
    .filter(({ property }) => ['title', 'departments', 'sections'].includes(property))
    .flatMap((field) => fieldColumns(field, edition));

const yearColumns: ColumnOf<YearRecord>[] = [
  column('年度', 'string', 'この版の年度。', ({ year }) => year, { required: true }),
  column('西暦年度', 'integer', '年度の西暦(R7 なら 2025)。', ({ year }) => westernYear(year) ?? ''),
];

function entryColumns(field: Field<keyof YearEntry>, { meanings }: Edition): ColumnOf<YearRecord>[] {
  const { key, kind, property, choices } = field;
  const own: ColumnOf<YearRecord>[] =
    kind === 'budget'
      ? amountColumns(key, ({ entry }: YearRecord) => entry[property] as Budget | undefined)
      : [
          column(key, 'string', field.formNote ?? field.note, ({ entry }) => String(entry[property] ?? ''), {
            ...(choices && { choices }),
          }),
        ];
  if (signsOf(field).length === 0 || !meanings?.[property]) return own;
  const word = ({ entry }: YearRecord) => meaningOf(meanings, property, entry[property]) ?? '';
  return [...own, column(`${key}の意味`, 'string', `${key}に書かれた印、または空欄の意味。`, word)];
}

/** An amount with its unit, and what stands instead of one figure. */
const amountColumns = <Of>(key: string, of: (record: Of) => Budget | undefined): ColumnOf<Of>[] => [
  column(key, 'integer', '額。内訳があればその合計。', (record) => total(of(record))),
  column('単位', 'string', `${key}の単位。`, () => unit, { required: true, choices: [unit] }),
  column(
    `${key}の記載`,
    'string',
    '数のほかに書かれていること。',
    (record) => (Array.isArray(of(record)) ? '内訳あり' : of(record) === '—' ? '—' : ''),
    { choices: ['—', '内訳あり'] },
  ),
];

/** Where the row comes from and what may be done with it. */
const sourceColumns = (edition: Edition): ColumnOf<unknown>[] => [
  column('計画名', 'string', '計画の名前。', () => edition.planName),
  column('書名', 'string', '文書の名前。', () => edition.title),
  column('改定', 'string', '改定の年月、または年月日。', () => isoDate(edition.revised) ?? ''),
  column('発行者', 'string', '発行者。', () => edition.publisher),
  column('ライセンス', 'string', 'データの利用条件。', () => edition.licence ?? ''),
];

const flag = (measure: Measure, plan: string): string =>
  measure.relatedPlans === undefined ? '' : measure.relatedPlans.includes(plan) ? '○' : '×';

/** The amount, or the sum of the amounts of its parts; blank where there is none. */
export function total(budget: Budget | undefined): Cell {
  const amounts = (Array.isArray(budget) ? budget.map(({ amount }) => amount) : [budget]).filter(
    (amount) => typeof amount === 'number',
  );
  return amounts.length === 0 ? '' : amounts.reduce((sum, amount) => sum + amount, 0);
}

import { type Budget, kinds, type Measure, marks, type YearEntry } from './measure.ts';

/** What the value of a field is. */
export type FieldKind =
  /** A text of one or more lines */
  | 'text'
  /** One of few values */
  | 'choice'
  /** 番号 of a measure */
  | 'number'
  /** A list of names */
  | 'names'
  /** The 関連計画 that have ○; the others have × */
  | 'flags'
  /** 千円 */
  | 'budget'
  /** The fields of each 年度 */
  | 'years';

/** Which names a list may hold: those of organization.yaml, or of edition.yaml. */
export type NameSource = 'departments' | 'sections' | 'plans';

/** One field of the sheet: what the whole program has to know of it. */
interface Row {
  /** Key in the YAML file and in JSON; heading of the sheet's column */
  readonly key: string;
  /** The map that it is written in, where that is not the file itself */
  readonly within?: '一覧表';
  readonly kind: FieldKind;
  /** What editors are told of it */
  readonly note: string;
  /** What those are told who fill in a workbook, where the note speaks of YAML */
  readonly formNote?: string;
  /** A measure of its own must have it. */
  readonly required?: true;
  /** Whether a 再掲 must have it, may have its own, or takes it from its target; `only`: nothing but a 再掲 has it. */
  readonly reprint?: 'must' | 'may' | 'only';
  /** The values of a choice */
  readonly choices?: readonly string[];
  /** The choices are signs, which have look-alikes. */
  readonly signs?: true;
  /** What may stand there that the edition may explain, in this order: see meanings.ts */
  readonly explained?: readonly string[];
  /** Where the names of a list come from */
  readonly names?: NameSource;
  /** A role may stand in front of each of them. */
  readonly roles?: true;
  /** Heading of its column in CSV where it is not the key */
  readonly csv?: string;
  /** The key of the column behind which it stands in CSV, where that is not the one before it here */
  readonly csvBehind?: string;
  /** The property whose value it has, in one line, where it is not written */
  readonly follows?: keyof Measure;
  /** Running text: two measures that differ in it only may be the same one, rewritten. */
  readonly long?: true;
  /** Its name where a search shows it, if not the key */
  readonly searched?: string;
  /** Its rank where a search looks for a word; without one in the sheet's order behind those that have one; 0: not looked into */
  readonly searchRank?: number;
}

/** A row for each property of T, of a kind that its value can be. */
type RowsOf<T> = {
  readonly [P in keyof Required<T>]: Row & {
    readonly kind: Required<T>[P] extends string
      ? 'text' | 'choice' | 'number'
      : Required<T>[P] extends string[]
        ? 'names' | 'flags'
        : Required<T>[P] extends Budget
          ? 'budget'
          : 'years';
  };
};

// In the order of the sheet, then the overview's own wording. A property without a row does not compile, nor a row without
// a property.
const measureRows = {
  id: {
    key: '番号',
    kind: 'number',
    note: '大項目-中項目-小項目。ファイル名と同じにします(例: 2-3-16)。',
    required: true,
    reprint: 'must',
    searchRank: 1,
  },
  kind: {
    key: '区分',
    kind: 'choice',
    choices: kinds,
    note: '新規 または 継続。',
    required: true,
    reprint: 'must',
    csv: '新規継続',
    searchRank: 5,
  },
  reprintOf: {
    key: '再掲',
    kind: 'number',
    note: '再掲先の番号。再掲先と違う欄だけを書きます。',
    reprint: 'only',
    searchRank: 0,
  },
  title: {
    key: '取組',
    kind: 'text',
    note: '取組の名前。',
    required: true,
    reprint: 'may',
    csvBehind: '担当課',
    searchRank: 2,
  },
  departments: {
    key: '担当局・部',
    kind: 'names',
    names: 'departments',
    note: '担当する局・部の一覧(organization.yaml の名前)。',
    formNote: '担当する局・部。一覧から選びます。1つの行に1つです。',
    required: true,
    reprint: 'may',
    searchRank: 4,
  },
  sections: {
    key: '担当課',
    kind: 'names',
    names: 'sections',
    roles: true,
    note: '担当する課の一覧(organization.yaml の名前)。前に「(発注)」のような役割を付けられます。',
    formNote: '担当する課。一覧から選びます。1つの行に1つです。前に「(発注)」のような役割を付けられます。',
    required: true,
    reprint: 'may',
    searchRank: 3,
  },
  description: { key: '取組内容', kind: 'text', note: '取組の内容。改行はそのまま印刷されます。', long: true },
  effect: { key: '効果・KPI', kind: 'text', note: '効果と KPI。' },
  indicators: { key: '現状・実績・目標', kind: 'text', note: '値を1行に1つ(例: 587件(R1))。' },
  schedule: {
    key: 'スケジュール',
    kind: 'years',
    note: '年度ごとの 項目、内容、予算額、事業実績。この版の年度をすべて書きます。',
    required: true,
  },
  relatedPlans: {
    key: '関連計画',
    kind: 'flags',
    names: 'plans',
    note: '○ の付く関連計画の一覧。[] ならすべて ×、書かなければ空欄。',
    formNote: '関連する計画なら ○、そうでなければ ×。',
  },
  overviewTitle: {
    key: '取組事項',
    within: '一覧表',
    kind: 'text',
    note: '取組事項一覧での取組の名前。',
    reprint: 'may',
    csv: '取組事項(一覧表)',
    follows: 'title',
  },
  overviewSection: {
    key: '担当課',
    within: '一覧表',
    kind: 'text',
    note: '取組事項一覧での担当課。',
    reprint: 'may',
    csv: '担当課(一覧表)',
    follows: 'sections',
    searched: '一覧表の担当課',
  },
} as const satisfies RowsOf<Measure>;

const yearRows = {
  mark: {
    key: '項目',
    kind: 'choice',
    choices: marks,
    signs: true,
    explained: marks,
    note: 'その年度の印。空欄ならこの行を書きません。',
    formNote: 'その年度の印。一覧から選びます。',
    searchRank: 0,
  },
  plan: { key: '内容', kind: 'text', note: 'その年度に行うこと。' },
  budget: {
    key: '予算額',
    kind: 'budget',
    explained: ['0', '—'],
    note: '千円。半角の整数でコンマなし(例: 1914)、または —。課ごとに違うときは [{ 区分: 課の名前, 額: 0 }, …]。空欄ならこの行を書きません。',
    formNote: '千円単位の整数(例: 1914)、または —。課ごとに違うときはこの欄を空けて、内訳の区分と額に書きます。',
  },
  result: { key: '事業実績', kind: 'text', note: 'その年度の結果。', long: true },
} as const satisfies RowsOf<YearEntry>;

export interface Field<Property extends string = string> extends Row {
  /** Its name in Measure, or in YearEntry */
  readonly property: Property;
  /** How comparisons name it: 取組内容, 一覧表・担当課 */
  readonly name: string;
}

/** The fields of a sheet in its order. Handed along, never looked up: an edition knows its own. */
export interface Fields {
  /** Once a measure; スケジュール, where it stands among them, has those of `year`. */
  readonly measure: readonly Field<keyof Measure>[];
  /** Once a 年度 */
  readonly year: readonly Field<keyof YearEntry>[];
}

const named = <P extends string>(rows: Readonly<Record<P, Row>>): Field<P>[] =>
  (Object.entries(rows) as [P, Row][]).map(([property, row]) => ({
    ...row,
    property,
    name: row.within === undefined ? row.key : `${row.within}・${row.key}`,
  }));

export const sheetFields: Fields = { measure: named(measureRows), year: named(yearRows) };

/** The field of a property. */
export function fieldOf<P extends string>(fields: readonly Field<P>[], property: P): Field<P> {
  const field = fields.find((one) => one.property === property);
  if (!field) throw new Error(`no field ${property}`);
  return field;
}

/** Where a field is written in a measure's file. */
export const pathOf = ({ key, within }: Field): string[] => (within === undefined ? [key] : [within, key]);

/** Whether a 再掲 may have the field, and so may differ from its target. */
export const isOwnOfReprint = ({ reprint }: Field): boolean => reprint !== undefined;

/** Properties of a kind, such as all texts of a measure. */
type PropertyOfKind<Rows extends Record<string, Row>, Kind extends FieldKind> = {
  [P in keyof Rows]: Rows[P]['kind'] extends Kind ? P : never;
}[keyof Rows];
export type MeasureText = PropertyOfKind<typeof measureRows, 'text'>;
export type YearText = PropertyOfKind<typeof yearRows, 'text'>;

/** Texts as they are printed: null for a blank cell. */
export type PrintedTexts = { [P in MeasureText]: Measure[P] extends string ? string : string | null };
export type PrintedYearTexts = { [P in YearText]: string | null };

/** The measure's fields that are texts. */
export const measureTexts = ({ measure }: Fields): Field<MeasureText>[] =>
  measure.filter((field): field is Field<MeasureText> => field.kind === 'text');
/** Those of them that have a column of the sheet: the others are the overview's own wording. */
export const sheetTexts = (fields: Fields): Field<MeasureText>[] =>
  measureTexts(fields).filter(({ follows }) => follows === undefined);
/** The texts of a 年度. */
export const yearTexts = ({ year }: Fields): Field<YearText>[] =>
  year.filter((field): field is Field<YearText> => field.kind === 'text');

type ValueInJson<R extends Row> = R extends { kind: 'names' | 'flags' }
  ? string[]
  : R extends { kind: 'budget' }
    ? BudgetInJson
    : string;
type Present<R extends Row> = R extends { required: true } ? never : null;
/** The fields of a measure as JSON has them: null for a blank cell. */
export type MeasureInJson = {
  [P in keyof typeof measureRows as (typeof measureRows)[P] extends { within: string } | { kind: 'years' }
    ? never
    : (typeof measureRows)[P]['key']]: ValueInJson<(typeof measureRows)[P]> | Present<(typeof measureRows)[P]>;
};
export type YearInJson = {
  [P in keyof typeof yearRows as (typeof yearRows)[P]['key']]: ValueInJson<(typeof yearRows)[P]> | null;
};
export type AmountInJson = number | '—';
export type BudgetInJson = AmountInJson | { 区分: string; 額: AmountInJson }[];

import fc from 'fast-check';
import type { Measure, YearEntry } from '../../../src/model/measure.ts';
import { cp932 } from './cp932.ts';

/** An invented edition, and how a city might lay it out. */
export interface Laid {
  measures: Measure[];
  names: Map<string, string>;
  years: string[];
  layout: Layout;
}

interface Layout {
  form: 'wide' | 'two rows' | 'long';
  /** Chooses among the headings that are usual */
  wording: number;
  order: number[];
  numbers: 'parts' | 'whole' | 'none' | 'serial';
  filledDown: boolean;
  title: boolean;
  total: boolean;
  blanks: boolean;
  delimiter: ',' | '\t' | ';';
  encoding: 'utf-8' | 'utf-8 with mark' | 'utf-16' | 'cp932';
  lineEnd: '\n' | '\r\n';
  yen: boolean;
}

const texts = fc.constantFrom(
  '窓口を設ける。',
  '申請書を書かずに、\n手続ができる\n・転入\n・転出',
  '"二重"の引用符、カンマ, 円',
  '令和7年度から始める',
  '1-1-2 のあとで行う',
  '100',
  '計画を立てる',
);
const budget = fc.oneof(fc.integer({ min: 0, max: 9_999_999 }), fc.constant('—' as const));
const entry = fc.record(
  {
    mark: fc.constantFrom('→', '◎', '○', '△', '—'),
    plan: texts,
    budget,
    result: texts,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<YearEntry>;
const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const layout: fc.Arbitrary<Layout> = fc.record({
  form: fc.constantFrom('wide', 'two rows', 'long'),
  wording: fc.nat(),
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  numbers: fc.constantFrom('parts', 'whole', 'none', 'serial'),
  filledDown: fc.boolean(),
  title: fc.boolean(),
  total: fc.boolean(),
  blanks: fc.boolean(),
  delimiter: fc.constantFrom(',', '\t', ';'),
  encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16', 'cp932'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  yen: fc.boolean(),
});

export const laid: fc.Arbitrary<Laid> = fc
  .record({
    shape: fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    first: fc.integer({ min: 5, max: 20 }),
    count: fc.integer({ min: 1, max: 3 }),
    layout,
  })
  .chain(({ shape, first, count, layout: chosen }) => {
    const years = Array.from({ length: count }, (_, at) => `R${first + at}`);
    const names = new Map<string, string>();
    const ids = shape.flatMap((groups, category) => {
      names.set(`${category + 1}`, `大きな柱${'甲乙丙'[category]}`);
      return groups.flatMap((most, group) => {
        names.set(`${category + 1}-${group + 1}`, `施策の束${'甲乙丙'[category]}${'子丑'[group]}`);
        return Array.from({ length: most }, (_, item) => `${category + 1}-${group + 1}-${item + 1}`);
      });
    });
    const one = (id: string): fc.Arbitrary<Measure> =>
      fc
        .record(
          {
            kind: fc.constantFrom('新規', '継続'),
            departments: some('総務部', '市民局 市民部', 'こども局'),
            sections: some('広報課', '窓口課', '(発注)営繕課', '港・みなと推進課'),
            description: texts,
            effect: texts,
            entries: fc.array(entry, { minLength: count, maxLength: count }),
          },
          { requiredKeys: ['kind', 'departments', 'sections', 'entries'] },
        )
        .map(({ entries, ...more }) => ({
          id,
          title: `取り組むこと${id.replaceAll('-', 'の')}号`,
          ...(more as Pick<Measure, 'kind' | 'departments' | 'sections'>),
          schedule: Object.fromEntries(years.map((year, at) => [year, entries[at] ?? {}])),
          overviewTitle: '',
          overviewSection: '',
        }));
    return fc.tuple(...ids.map(one)).map((measures) => ({ measures, names, years, layout: chosen }));
  });

interface Column {
  heading: string;
  year?: string;
  cell(measure: Measure, year: string): string;
}

/** The bytes of the table. */
export function bytesOf(of: Laid): Uint8Array {
  const { layout } = of;
  const lines = rowsOf(of).map((row) => row.map(quotedFor(layout.delimiter)).join(layout.delimiter));
  const text = lines.join(layout.lineEnd) + layout.lineEnd;
  if (layout.encoding === 'cp932') return cp932(text);
  if (layout.encoding === 'utf-16') return Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));
  return new TextEncoder().encode((layout.encoding === 'utf-8' ? '' : '\ufeff') + text);
}

const quotedFor = (delimiter: string) => (cell: string) =>
  /["\n\r]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;

function rowsOf({ measures, names, years, layout }: Laid): string[][] {
  const pick = (...words: string[]) => words[layout.wording % words.length] ?? '';
  const yearWord = (year: string) => {
    const count = Number(year.slice(1));
    return pick(year, `令和${count}年度`, `${2018 + count}年度`, `Ｒ${count}`, `令和${count}年度(${2018 + count}年度)`);
  };
  const category = (id: string) => id.split('-')[0] ?? '';
  const group = (id: string) => id.split('-').slice(0, 2).join('-');
  const amount = (value: YearEntry['budget']) =>
    value === undefined
      ? ''
      : value === '—'
        ? pick('—', '－', '-')
        : grouped(layout.yen ? Number(value) * 1000 : Number(value));
  const grouped = (value: number) => pick(String(value), value.toLocaleString('en-US'));
  const unit = layout.yen ? '(円)' : pick('(千円)', '(単位:千円)', '（千円）');
  const numbers: Column[] = {
    parts: ['大項目番号', '中項目番号', '小項目'].map((heading, at) => ({
      heading,
      cell: ({ id }: Measure) => id.split('-')[at] ?? '',
    })),
    whole: [
      { heading: pick('番号', '取組番号', 'No.'), cell: ({ id }: Measure) => pick(id, id.replaceAll('-', '－')) },
    ],
    serial: [{ heading: pick('No.', '№', '通し番号'), cell: (one: Measure) => String(measures.indexOf(one) + 1) }],
    none: [],
  }[layout.numbers];
  const inYear: { heading: string; cell(entry: YearEntry): string }[] = [
    { heading: pick('項目', '進捗', '工程'), cell: ({ mark = '' }) => (mark === '○' ? pick('○', '〇') : mark) },
    { heading: pick('内容', '実施内容', '計画'), cell: ({ plan = '' }) => plan },
    { heading: pick('予算額', '当初予算', '事業費') + unit, cell: (one) => amount(one.budget) },
    { heading: pick('事業実績', '実績', '実施状況'), cell: ({ result = '' }) => result },
  ];
  const columns: Column[] = [
    ...numbers,
    { heading: pick('大項目の名称', '基本方針', '分 野'), cell: ({ id }) => names.get(category(id)) ?? '' },
    { heading: pick('中項目の名称', '施策', '基本施策'), cell: ({ id }) => names.get(group(id)) ?? '' },
    { heading: pick('取組', '事業名', '取組名'), cell: ({ title }) => title },
    { heading: pick('区分', '新規・継続', '新規/継続'), cell: ({ kind }) => kind },
    { heading: pick('担当局・部', '所管部局', '部局'), cell: ({ departments }) => departments.join(pick('\n', '、')) },
    { heading: pick('担当課', '所管課', '担当'), cell: ({ sections }) => sections.join(pick('\n', '、')) },
    { heading: pick('取組内容', '事業概要', '概要'), cell: ({ description = '' }) => description },
    { heading: pick('効果・KPI', '成果指標', 'ＫＰＩ'), cell: ({ effect = '' }) => effect },
    ...(layout.form === 'long'
      ? [
          { heading: '年度', cell: (_: Measure, year: string) => yearWord(year) },
          ...inYear.map(({ heading, cell }) => ({
            heading,
            cell: (measure: Measure, year: string) => cell(measure.schedule[year] ?? {}),
          })),
        ]
      : years.flatMap((year) =>
          inYear.map(({ heading, cell }) => ({
            heading,
            year,
            cell: (measure: Measure) => cell(measure.schedule[year] ?? {}),
          })),
        )),
  ];
  const ordered = columns
    .map((column, at) => ({ column, at: layout.order[at] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ column }) => column);
  const records = measures.flatMap((measure) =>
    (layout.form === 'long' ? years : ['']).map((year) => ({ measure, year })),
  );
  let before: Measure | undefined;
  const body = records.flatMap(({ measure, year }): string[][] => {
    const last = before;
    before = measure;
    const isFilled = ({ heading }: Column): boolean => {
      if (!layout.filledDown || !last) return true;
      if (/^(?:大項目|基本方針|分 野)/.test(heading)) return category(last.id) !== category(measure.id);
      if (/^(?:中項目|施策|基本施策)/.test(heading)) return group(last.id) !== group(measure.id);
      return true;
    };
    const row = ordered.map((column) => (isFilled(column) ? column.cell(measure, year) : ''));
    return layout.blanks ? [row, row.map(() => '')] : [row];
  });
  const single = ordered.map(({ heading, year }) =>
    year === undefined ? heading : `${yearWord(year)}${pick('', ' ')}${heading}`,
  );
  const upper = ordered.map(({ heading, year }, at) =>
    year === undefined ? heading : year === ordered[at - 1]?.year ? '' : yearWord(year),
  );
  const lower = ordered.map(({ heading, year }) => (year === undefined ? '' : heading));
  return [
    ...(layout.title ? [['港町市の取組一覧'], []] : []),
    ...(layout.form === 'two rows' ? [upper, lower] : [single]),
    ...body,
    ...(layout.total
      ? [ordered.map(({ heading }) => (/取組|事業名/.test(heading) && !/内容|番号/.test(heading) ? '合計' : '1'))]
      : []),
  ];
}

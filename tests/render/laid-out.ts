import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import type { Entry } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { Edition } from '../../src/model/edition.ts';
import type { DrawnPage } from '../../src/render/compiler.ts';
import { type DocumentData, documentData, type MeasureData, type RevisionData } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import type { Measured } from '../../src/render/measurer.ts';
import type {
  Band,
  DrawRequest,
  LineToMeasure,
  MeasureAnswer,
  MeasureRequest,
  OverviewLabel,
} from '../../src/render/requests.ts';
import { city, put } from '../content/city.ts';

const parsed = new ParsedFiles();

/** The city's content, a file changed where `changes` says [file, from, to]. */
export function cityContent(...changes: [file: string, from: string | RegExp, to: string][]) {
  const { source, entries } = city();
  for (const [file, from, to] of changes) replace(entries, file, from, to);
  const content = checkContent(source, parsed);
  if (!content.edition) throw new Error(JSON.stringify(content.diagnostics));
  return { ...content, edition: content.edition };
}

function replace(entries: Map<string, Entry>, file: string, from: string | RegExp, to: string): void {
  const entry = entries.get(file);
  const before = entry?.kind === 'file' ? Buffer.from(entry.read()).toString() : '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  put(entries, file, after);
}

/** The whole of it for the templates; its annexes have these pages. */
export const dataOf = (
  { edition }: { edition: Edition },
  annexes: Record<string, [width: number, height: number][]> = {},
): DocumentData =>
  documentData(
    edition,
    { whole: true },
    new Map(
      Object.entries(annexes).map(([path, pages]) => [
        path,
        { pages: pages.map(([width, height]) => ({ width, height })) },
      ]),
    ),
  );

export type Changes = Parameters<typeof cityContent>;
export type Content = CheckedContent & { edition: Edition };

/** A grid of round numbers: a page of 個票 has room for ten rows of a year, the first one for seven. */
export const grid = {
  page: { width: 600, height: 400, left: 7, top: 11, room: 135, part: 30 },
  contents: {
    ...{ columns: 2, width: 290, gutter: 20, number: 40 },
    lines: {
      part: { indent: 0, gap: 2 },
      head: { indent: 0, gap: 6 },
      category: { indent: 6, gap: 4 },
      group: { indent: 14, gap: 2 },
      section: { indent: 0, gap: 2 },
    },
  },
  overview: { columns: [30, 40, 50, 60, 70, 80, 90], heading: 25, spare: 0 },
  history: { columns: [60, 240], heading: 12 },
  sheets: {
    columns: [
      ...[
        'departments',
        'sections',
        'kind',
        'category',
        'group',
        'item',
        'title',
        'description',
        'effect',
        'indicators',
      ],
      ...['year', 'mark', 'plan', 'budget', 'result'],
    ].map((name, index): [string, number] => [name, 10 + index]),
    flag: 5,
    heading: [20, 15],
    room: 70,
  },
};

/** What is measured of a book whose heights are known: by id, by text. */
export const measuredOf = ({
  bands = {},
  rows = {},
  labels = {},
  lines = {},
  ...more
}: {
  bands?: Record<string, Band[]>;
  rows?: Record<string, number>;
  labels?: Record<string, number>;
  lines?: Record<string, number>;
} & Partial<Measured> = {}): Measured => ({
  ...grid,
  bandsOf: (id) => bands[id] ?? [],
  rowHeight: (id) => rows[id] ?? 10,
  labelHeight: ({ text }) => labels[text] ?? 5,
  lineHeight: ({ text }) => lines[text] ?? 8,
  revisionHeight: ({ text }) => 10 * text.split('\n').length,
  keyOf: (id) => id,
  setting: '',
  misfits: [],
  ...more,
});

let book: DocumentData | undefined;

/** A book of so many measures by 大項目 and 中項目: 1-1-1, 1-1-2, …; 課 by the measures that they have. */
export function bookOf(
  counts: number[][],
  parts: string[],
  annexes: DocumentData['annexes'] = {},
  sections: DocumentData['sections'] = [],
): DocumentData {
  const named = (number: string) => ({ number, name: `n${number}`, label: `l${number}` });
  book ??= dataOf(cityContent());
  return {
    ...book,
    parts,
    annexes,
    sections,
    categories: counts.map((groups, category) => ({
      ...named(`${category + 1}`),
      groups: groups.map((count, group) => ({
        ...named(`${category + 1}-${group + 1}`),
        measures: Array.from({ length: count }, (_, index) => {
          const numbers = [category, group, index].map((at) => `${at + 1}`);
          const first = index === 0 ? [...(group === 0 ? [`${numbers[0]}`] : []), numbers.slice(0, 2).join('-')] : [];
          return { id: numbers.join('-'), begins: first, years: [], flags: [] as string[] } as unknown as MeasureData;
        }),
      })),
    })),
  };
}

/** What takes the place of Typst: every row of a year is 10 high, a 再掲 20, a row of 取組事項一覧 10. */
export class Layout {
  /** What was asked for, in order. */
  readonly asked: (MeasureRequest | DrawRequest)[] = [];
  sheets = grid.sheets;
  paper = { width: 600, height: 400 };
  /** Of a measure; none fit a row of their own. */
  bandsOf = (measure: MeasureData): Band[] => [
    measure.reprint === null
      ? { years: [...measure.years.keys()], heights: measure.years.map(() => 10) }
      : { years: [], heights: [20] },
  ];
  rowHeight = (_measure: MeasureData): number => 10;
  labelHeight = (_label: OverviewLabel): number => 5;
  lineHeight = (_line: LineToMeasure): number => 7;
  /** Of the cover, the heading of 個票, its measures, their rows in 取組事項一覧, its labels, lines of 目次 */
  problems: Misfit[] = [];
  headingProblems: Misfit[] = [];
  problemsOf = (_measure: MeasureData): Misfit[] => [];
  rowProblems = (_measure: MeasureData): Misfit[] => [];
  labelProblems = (_label: OverviewLabel): Misfit[] => [];
  lineProblems = (_line: LineToMeasure): Misfit[] => [];
  revisionProblems = (_entry: RevisionData): Misfit[] => [];
  failing?: Error | undefined;

  readonly measure = async (request: MeasureRequest): Promise<MeasureAnswer> => {
    this.#hear(request);
    return this.#answer(request);
  };

  readonly vector = async (request: DrawRequest): Promise<DrawnPage> => {
    this.#hear(request);
    return { form: Buffer.from(JSON.stringify(request)), ...this.paper };
  };

  /** What was asked for since the last time. */
  news(): string[] {
    return this.asked.splice(0).map((request) => {
      if (request.wish === 'draw') return request.sections.map(({ part, page }) => `${part} ${page}`).join(' ');
      const { measures, labels, lines, cover, history = [] } = request;
      const counts = { labels: labels.length, lines: lines.length, cover: cover ? 1 : 0, revisions: history.length };
      const others = Object.entries(counts);
      return [
        'measure',
        ...measures.map(({ id }) => id),
        ...others.flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : [])),
      ].join(' ');
    });
  }

  #hear(request: MeasureRequest | DrawRequest): void {
    this.asked.push(request);
    if (this.failing) throw this.failing;
  }

  #answer({ parts, measures, labels, lines, cover, history = [] }: MeasureRequest): MeasureAnswer {
    return {
      ...grid.page,
      problems: cover ? this.problems : [],
      contents: parts.includes('目次')
        ? {
            ...grid.contents,
            heights: lines.map((line) => ({ height: this.lineHeight(line), problems: this.lineProblems(line) })),
          }
        : null,
      overview: parts.includes('取組事項一覧')
        ? {
            ...grid.overview,
            labels: labels.map((label) => ({ height: this.labelHeight(label), problems: this.labelProblems(label) })),
            rows: measures.map((one) => ({ height: this.rowHeight(one), problems: this.rowProblems(one) })),
          }
        : null,
      history: parts.includes('改定履歴')
        ? {
            ...grid.history,
            rows: history.map((entry) => ({
              height: 10 * entry.text.split('\n').length,
              problems: this.revisionProblems(entry),
            })),
          }
        : null,
      sheets: parts.includes('個票')
        ? {
            ...this.sheets,
            problems: this.headingProblems,
            measures: measures.map((one) => ({ bands: this.bandsOf(one), problems: this.problemsOf(one) })),
          }
        : null,
    };
  }
}

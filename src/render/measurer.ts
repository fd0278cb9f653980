import { measuresOf } from '../model/edition.ts';
import { contentsLines } from './contents-lines.ts';
import { figuresOf, type RevisionData } from './data.ts';
import type { Misfit } from './fit.ts';
import type {
  Band,
  BookData,
  ContentsGrid,
  Frame,
  LineToMeasure,
  ListGrid,
  MeasureAnswer,
  MeasureRequest,
  OverviewGrid,
  OverviewLabel,
  PageGrid,
  SheetGrid,
} from './requests.ts';

/** Heights in pt of all that the pages are planned of; what a part needs that the document does not have is absent. */
export interface Measured {
  page: PageGrid;
  contents: ContentsGrid | undefined;
  overview: OverviewGrid | undefined;
  history: ListGrid | undefined;
  sheets: SheetGrid | undefined;
  bandsOf(id: string): Band[];
  rowHeight(id: string): number;
  labelHeight(label: OverviewLabel): number;
  lineHeight(line: LineToMeasure): number;
  revisionHeight(entry: RevisionData): number;
  /** The same for the same content of a measure. */
  keyOf(id: string): string;
  /** The same for the same years, plans and columns. */
  setting: string;
  misfits: Misfit[];
}

interface Known {
  /** Of the columns that it was measured in */
  grid: string;
  bands: Band[];
  height: number;
  problems: Misfit[];
}

/** Measures in one request: enough to share what each costs, few enough that it is answered while others are read. */
const together = 40;

/** What every request needs of the document. */
export const frameOf = ({
  book,
  parts,
  years,
  plans,
  signs,
  widths,
  indicatorLabels,
  legend,
  titled,
}: BookData): Frame => ({
  book,
  parts,
  years,
  plans,
  signs,
  widths,
  indicatorLabels,
  ...(legend ? { legend } : {}),
  ...(titled === undefined ? {} : { titled }),
});

/** Measures what the pages of a book are planned of; what was measured before and did not change is not measured again. */
export class Measurer {
  readonly #ask: (request: MeasureRequest) => Promise<MeasureAnswer>;
  #setting: string | undefined;
  /** Measures, labels, lines, entries of 改定履歴 and the cover, each by all that it says. */
  #known = new Map<string, Known>();
  /** What was answered last, and to which setting and figures: where nothing else is new, the same. */
  #last: { known: string; answer: MeasureAnswer } | undefined;
  /** Being measured ahead. */
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(ask: (request: MeasureRequest) => Promise<MeasureAnswer>) {
    this.#ask = ask;
  }

  /** Whether something was measured before: what is new then is too little to begin with it early. */
  get knows(): boolean {
    return this.#last !== undefined;
  }

  /** Measures of a document that is still being read; what fails here fails again when all of it is measured. */
  ahead(data: BookData): void {
    const frame = frameOf(data);
    this.#set(frame);
    const figures = figuresOf(data);
    const all = measuresOf(data).map((measure) => ({ measure, key: JSON.stringify(measure) }));
    const fresh = all.filter(({ key }) => !this.#asked.has(key) && !this.#known.has(key));
    for (const group of inGroups(fresh)) {
      const answer = this.#answer({
        ...frame,
        wish: 'measure',
        figures,
        measures: group.map(({ measure }) => measure),
        heading: false,
        labels: [],
        lines: [],
      });
      answer.catch(() => {});
      for (const { key } of group) this.#asked.set(key, answer);
    }
  }

  /** `figures`: all of 予算額, where `data` has only some of the measures. Throws ThreadFailure. */
  async measure(data: BookData, figures = figuresOf(data)): Promise<Measured> {
    const frame = frameOf(data);
    this.#set(frame);
    const measures = measuresOf(data);
    const keys = new Map(measures.map((measure) => [measure.id, JSON.stringify(measure)]));
    const keyOf = (id: string) => keys.get(id) ?? '';
    const labels = data.parts.includes('取組事項一覧') ? labelsOf(data) : [];
    const lines = data.parts.includes('目次') ? contentsLines(data) : [];
    const cover = data.parts.includes('表紙') ? (data.cover ?? data.book) : undefined;
    const history = data.parts.includes('改定履歴') ? data.history : [];
    const isNew = (key: string) => !this.#known.has(key);
    const missing = measures.filter(({ id }) => isNew(keyOf(id)) && !this.#asked.has(keyOf(id)));
    const [some = [], ...more] = inGroups(missing);
    const unknown = history.filter((entry) => isNew(JSON.stringify(entry)));
    const request = { ...frame, wish: 'measure' as const, figures, heading: false, labels: [], lines: [] };
    const first: MeasureRequest = {
      ...request,
      measures: some,
      heading: true,
      labels: labels.filter((label) => isNew(JSON.stringify(label))),
      lines: lines.filter((line) => isNew(JSON.stringify(line))),
      ...(cover && isNew(JSON.stringify(cover)) ? { cover } : {}),
      ...(unknown.length > 0 ? { history: unknown } : {}),
    };
    const known = JSON.stringify([this.#setting, figures]);
    const isAsked =
      some.length + first.labels.length + first.lines.length + unknown.length > 0 || first.cover !== undefined;
    const [answer] = await Promise.all([
      isAsked || this.#last?.known !== known ? this.#answer(first) : this.#last.answer,
      ...more.map((group) => this.#answer({ ...request, measures: group })),
      ...measures.map(({ id }) => this.#asked.get(keyOf(id))),
    ]);
    this.#last = { known, answer };
    const grid = gridOf(answer);
    // Other columns: every height is another.
    const stale = measures.filter(({ id }) => this.#known.get(keyOf(id))?.grid !== grid);
    await Promise.all(inGroups(stale).map((group) => this.#answer({ ...request, measures: group })));

    this.#asked.clear();
    const all = [
      ...keys.values(),
      ...[...labels, ...lines, ...history, ...(cover ? [cover] : [])].map((one) => JSON.stringify(one)),
    ];
    this.#known = new Map(all.map((key) => [key, this.#found(key)]));
    const { width, height, left, top, room, part, contents, overview, history: listed, sheets } = answer;
    return {
      page: { width, height, left, top, room, part },
      contents: contents ?? undefined,
      overview: overview ?? undefined,
      history: listed ?? undefined,
      sheets: sheets ?? undefined,
      bandsOf: (id) => this.#found(keyOf(id)).bands,
      rowHeight: (id) => this.#found(keyOf(id)).height,
      labelHeight: (label) => this.#found(JSON.stringify(label)).height,
      lineHeight: (line) => this.#found(JSON.stringify(line)).height,
      revisionHeight: (entry) => this.#found(JSON.stringify(entry)).height,
      keyOf,
      setting: `${this.#setting}${grid}`,
      misfits: [...(sheets?.problems ?? []), ...[...this.#known.values()].flatMap(({ problems }) => problems)],
    };
  }

  #set({ parts, years, plans, signs, widths, indicatorLabels }: Frame): void {
    const setting = JSON.stringify({ parts, years, plans, signs, widths, indicatorLabels });
    if (setting !== this.#setting) this.#known.clear();
    this.#setting = setting;
  }

  #found(key: string): Known {
    const found = this.#known.get(key);
    if (!found) throw new Error(`not measured: ${key.slice(0, 200)}`);
    return found;
  }

  async #answer(request: MeasureRequest): Promise<MeasureAnswer> {
    const setting = this.#setting;
    const answer = await this.#ask(request);
    if (setting !== this.#setting) return answer; // measured ahead, of what is another document by now
    const grid = gridOf(answer);
    const keep = (value: object, known: Partial<Known> & Pick<Known, 'problems'>) =>
      this.#known.set(JSON.stringify(value), { grid, bands: [], height: 0, ...known });
    const { overview, contents, history, sheets, problems } = answer;
    for (const [index, measure] of request.measures.entries()) {
      const { bands = [], problems = [] } = sheets ? at(sheets.measures, index) : {};
      const row = overview ? at(overview.rows, index) : { height: 0, problems: [] };
      keep(measure, { bands, height: row.height, problems: [...problems, ...row.problems] });
    }
    for (const [index, label] of request.labels.entries()) keep(label, at(overview?.labels, index));
    for (const [index, line] of request.lines.entries()) keep(line, at(contents?.heights, index));
    for (const [index, entry] of (request.history ?? []).entries()) keep(entry, at(history?.rows, index));
    if (request.cover) keep(request.cover, { problems });
    return answer;
  }
}

const gridOf = ({ sheets }: MeasureAnswer): string => JSON.stringify([sheets?.columns, sheets?.heading]);

/** What is asked for is answered. */
function at<T>(all: readonly T[] | undefined, index: number): T {
  const one = all?.[index];
  if (one === undefined) throw new Error(`an answer lacks number ${index} of what was to be measured`);
  return one;
}

function inGroups<T>(all: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (let from = 0; from < all.length; from += together) groups.push(all.slice(from, from + together));
  return groups;
}

const labelsOf = (data: BookData): OverviewLabel[] =>
  data.categories.flatMap(({ label, groups }) => [
    { level: 'category' as const, text: label },
    ...groups.map((group) => ({ level: 'group' as const, text: group.label })),
  ]);

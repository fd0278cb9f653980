import { measuresOf } from '../model/edition.ts';
import { type DocumentData, figuresOf, type MeasureData } from '../render/data.ts';
import type { Misfit } from '../render/fit.ts';
import type { Band, RenderPiece, SheetGrid } from '../render/pieces.ts';

export interface MeasuredSheets {
  grid: SheetGrid;
  bands: Map<string, Band[]>;
  /** By number: the same for the same content of a measure. */
  keys: Map<string, string>;
  /** The same for the same years, plans and grid. */
  setting: string;
  misfits: Misfit[];
}

/** Measures the rows of 個票; what was measured before and did not change is not measured again. */
export class SheetMeasurer {
  readonly #render: RenderPiece;
  #setting: string | undefined;
  #grid: string | undefined;
  #known = new Map<string, { bands: Band[]; problems: Misfit[] }>();

  constructor(render: RenderPiece) {
    this.#render = render;
  }

  async measure(data: DocumentData): Promise<MeasuredSheets> {
    const { parts, years, plans, indicatorLabels } = data;
    const setting = JSON.stringify({ parts, years, plans, indicatorLabels });
    if (setting !== this.#setting) this.#known.clear();
    this.#setting = setting;
    const measures = measuresOf(data).map((measure) => ({ measure, id: measure.id, key: JSON.stringify(measure) }));
    const ask = async (wanted: typeof measures) => {
      const { layout } = await this.#render({
        wish: 'needs',
        data: { parts, years, plans, indicatorLabels },
        figures: figuresOf(data),
        measures: wanted.map(({ measure }) => measure),
      });
      return layout;
    };

    let missing = measures.filter(({ key }) => !this.#known.has(key));
    let { problems, measures: needs, ...grid } = await ask(missing);
    if (this.#grid !== JSON.stringify(grid) && missing.length < measures.length) {
      missing = measures; // other columns: every height is another
      ({ problems, measures: needs, ...grid } = await ask(missing));
    }
    this.#grid = JSON.stringify(grid);
    const fresh = new Map(missing.map(({ key }, index) => [key, needs[index]]));
    const known = new Map<string, { bands: Band[]; problems: Misfit[] }>();
    const bands = new Map<string, Band[]>();
    for (const { id, key } of measures) {
      const found = fresh.get(key) ?? this.#known.get(key);
      if (!found) throw new Error(`not measured: ${id}`);
      known.set(key, found);
      bands.set(id, found.bands);
    }
    this.#known = known;
    return {
      grid,
      bands,
      keys: new Map(measures.map(({ id, key }) => [id, key])),
      setting: setting + this.#grid,
      misfits: [...problems, ...[...known.values()].flatMap((need) => need.problems)],
    };
  }
}

export interface SheetPage {
  bands: (Band & { measure: MeasureData; first: boolean })[];
}

/** Bands on pages as Typst's table breaks: a band begins a page when it does not fit any more. */
export function paginate(data: DocumentData, { grid, bands }: MeasuredSheets): SheetPage[] {
  const rounding = 1e-4; // pt; far below what can be seen, far above sums of floating point numbers
  let page: SheetPage = { bands: [] };
  const pages = [page];
  let left = grid.room;
  for (const measure of measuresOf(data))
    for (const [index, band] of (bands.get(measure.id) ?? []).entries()) {
      const height = band.heights.reduce((sum, row) => sum + row, 0);
      if (height > left + rounding && page.bands.length > 0) {
        page = { bands: [] };
        pages.push(page);
        left = grid.room + grid.part;
      }
      page.bands.push({ ...band, measure, first: index === 0 });
      left -= height;
    }
  return pages;
}

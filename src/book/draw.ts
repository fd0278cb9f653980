import type { Chunk } from '../assemble/chunk.ts';
import type { AnnexPages } from '../assemble/join.ts';
import { linkWords, wordsFor } from '../assemble/link-names.ts';
import { drawRequest, type NumberedPage, portraitRequest } from '../render/draw-requests.ts';
import type { Misfit } from '../render/fit.ts';
import { Measurer } from '../render/measurer.ts';
import { type PagePlan, planBook } from '../render/plan.ts';
import type { Anchor, BookData, DrawRequest, PortraitSheet } from '../render/requests.ts';
import type { Renderer } from './renderer.ts';

/** The pages of a book, in the order in which they are joined; or what does not fit. */
export type DrawnBook =
  | { sections: (Chunk | AnnexPages)[]; places: ReadonlyMap<string, number>; pages: number }
  | { misfits: Misfit[] };

/** Pages drawn together: an edition as a rule, so that its fonts are there once; of longer ones as much as needs no more memory. */
const pagesPerChunk = 50;

/** Chunks as drawn before, by all that they are drawn from; those that the last book did not have are forgotten. */
export class DrawnChunks {
  #known = new Map<string, Promise<Chunk>>();
  #used = new Map<string, Promise<Chunk>>();

  take(key: string, draw: () => Promise<Chunk>): Promise<Chunk> {
    const chunk = this.#used.get(key) ?? this.#known.get(key) ?? draw();
    this.#used.set(key, chunk);
    chunk.catch(() => this.#used.delete(key));
    return chunk;
  }

  /** A book is drawn. */
  next(): void {
    this.#known = this.#used;
    this.#used = new Map();
  }
}

export interface DrawBook {
  data: BookData;
  renderer: Pick<Renderer, 'measure' | 'chunk'>;
  measurer?: Measurer;
  drawn?: DrawnChunks;
}

/** Measures, plans and draws a book, a chunk after the other. Throws ThreadFailure. */
export async function drawBook({
  data,
  renderer,
  measurer = new Measurer((request) => renderer.measure(request)),
  drawn = new DrawnChunks(),
}: DrawBook): Promise<DrawnBook> {
  const draw = async (request: DrawRequest, words: ReadonlyMap<string, string>, expected: number): Promise<Chunk> => {
    const own = wordsFor(request, words);
    return drawn.take(JSON.stringify([request, own]), async () => {
      const typesetting = { main: 'book.typ' as const, data: request };
      const { pages, chunk } = await renderer.chunk({ typesetting, request, words: () => own });
      if (pages !== expected)
        throw new Error(
          `${pages} pages were drawn where ${expected} were planned, from ${request.sections[0]?.page} on`,
        );
      return chunk;
    });
  };
  const done = (book: DrawnBook) => {
    drawn.next();
    return book;
  };
  if (data.parts.includes('A4個票')) return drawPortrait(data, renderer);

  const measured = await measurer.measure(data);
  if (measured.misfits.length > 0) return { misfits: measured.misfits };
  const plan = planBook(data, measured);
  const words = linkWords(data, plan.places);
  const sections = await Promise.all(
    sectionsOf(data, plan.pages).map((section): Promise<Chunk> | AnnexPages =>
      'sizes' in section
        ? section
        : draw(drawRequest(section.pages, { data, measured, plan }), words, section.pages.length),
    ),
  );
  return done({ sections, places: plan.places, pages: plan.pages.length });
}

/** Annexes, and between them pages that are drawn together: what begins within a part ends with it. */
export function sectionsOf(data: BookData, pages: readonly PagePlan[]): (AnnexPages | { pages: NumberedPage[] })[] {
  const sections: (AnnexPages | { pages: NumberedPage[] })[] = [];
  for (const [index, page] of pages.entries()) {
    if (page.part === 'annex') {
      const { title = '', pages: sizes = [] } = data.annexes[page.annex] ?? {};
      if (page.number === 1) sections.push({ part: page.annex, title, sizes });
      continue;
    }
    const last = sections.at(-1);
    const numbered = { page, number: index + 1 };
    if (last && 'pages' in last && isTogether(last.pages, page)) last.pages.push(numbered);
    else sections.push({ pages: [numbered] });
  }
  return sections;
}

function isTogether(pages: readonly NumberedPage[], page: PagePlan): boolean {
  const [first] = pages;
  const isInside = first !== undefined && 'first' in first.page && !first.page.first;
  return pages.length < pagesPerChunk && (!isInside || first.page.part === page.part);
}

/** On A4 a measure flows on to as many pages as it needs: where each begins is known when all are laid out. */
async function drawPortrait(data: BookData, renderer: Pick<Renderer, 'chunk'>): Promise<DrawnBook> {
  const sheets = data.categories.flatMap((category) =>
    category.groups.flatMap((group) =>
      group.measures.map((measure): PortraitSheet => ({ measure, category: category.label, group: group.label })),
    ),
  );
  const request = portraitRequest(sheets, data);
  const placesOf = (anchors: readonly Anchor[]) => new Map(anchors.map(({ id, page }) => [id, page]));
  const { chunk, pages } = await renderer.chunk({
    typesetting: { main: 'book.typ', data: request },
    request,
    words: ({ anchors }) => wordsFor(request, linkWords(data, placesOf(anchors))),
  });
  return { sections: [chunk], places: placesOf(chunk.anchors), pages };
}

import { type ChunkSource, chunkOf } from '../../src/assemble/chunk.ts';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import type { Edition } from '../../src/model/edition.ts';
import { type DocumentData, documentData, type Selection } from '../../src/render/data.ts';
import type { BookData, DrawRequest } from '../../src/render/requests.ts';
import { drawnBook, OwnRenderer } from '../pdf/book.ts';
import { once } from '../pdf/live.ts';

/** What Typst makes of an invented edition, before anything is added to it, and all that is said of it. */
export interface Laid {
  data: DocumentData;
  /** But for annexes. */
  chunks: Required<ChunkSource>[];
  pages: number;
}

export const editionOf = (folder: string): Edition => {
  const { edition, diagnostics } = checkContent(readWorkingTree(folder));
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  return edition;
};

/** Lines of 事業実績 that are taller than a page. */
const tall = (edition: Edition): Edition => {
  const copy = structuredClone(edition);
  const schedule = copy.categories[0]?.groups[0]?.measures[0]?.schedule ?? {};
  const result = Array.from({ length: 50 }, (_, index) => `・その${index + 1}の実績`).join('\n');
  for (const year of ['R10', 'R11']) schedule[year] = { ...schedule[year], result };
  return copy;
};
const annexes = new Map([
  [
    'annexes/x.pdf',
    {
      pages: [
        { width: 300, height: 400 },
        { width: 400, height: 300 },
      ],
    },
  ],
]);
const withAnnex = (edition: Edition): Edition => ({
  ...edition,
  parts: ['表紙', '目次', '取組事項一覧', { annex: 'annexes/x.pdf', title: '資料' }, '個票'],
});
const sheets = (part: '個票' | 'A4個票', ...ids: string[]): Selection => ({ whole: false, part, ids: new Set(ids) });

const editions = {
  /** The second city, whole. */
  city: () => documentData(editionOf('tests/city'), { whole: true }),
  lake: () => documentData(editionOf('tests/lake'), { whole: true }),
  portrait: () =>
    documentData(
      editionOf('tests/city'),
      sheets('A4個票', '1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3'),
    ),
  /** Single sheets: a 再掲 whose target is not there. */
  only: () => documentData(editionOf('tests/city'), sheets('個票', '1-1-2', '3-1-1')),
  /** A measure that goes on on the next page. */
  tall: () => documentData(tall(editionOf('tests/city')), { whole: true }),
  /** A4 sheets of an edition without 関連計画. */
  plain: () => documentData({ ...editionOf('tests/city'), relatedPlans: [] }, sheets('A4個票', '1-1-1', '1-1-2')),
  /** With room for an annex of two pages in front of 個票. */
  annex: () => documentData(withAnnex(editionOf('tests/city')), { whole: true }, annexes),
};

/** Pages of a book as Typst wrote them, and what is said of them. */
export async function laidBook(data: BookData): Promise<Pick<Laid, 'chunks' | 'pages'>> {
  const renderer = new OwnRenderer();
  const chunks: Laid['chunks'] = [];
  const { pages } = await drawnBook(data, {
    measure: renderer.measure,
    chunk: async ({ typesetting, request, words }) => {
      const drawn = await renderer.typeset(typesetting);
      const source = { drawn, request: request as DrawRequest, words: words?.(drawn) ?? {} };
      chunks.push(source);
      return { pages: drawn.pages, chunk: chunkOf(source) };
    },
  });
  return { chunks, pages };
}

/** Laid out once in a run. */
export const laidOut = (name: keyof typeof editions): Promise<Laid> =>
  once(`typst-${name}`, async () => {
    const data = editions[name]();
    return { data, ...(await laidBook(data)) };
  });

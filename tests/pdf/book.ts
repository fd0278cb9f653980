import type { Annex } from '../../src/annexes/annex.ts';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import { chunkOf } from '../../src/assemble/chunk.ts';
import { documentOf } from '../../src/book/document.ts';
import { type DrawnBook, drawBook } from '../../src/book/draw.ts';
import type { ChunkRequest, Renderer } from '../../src/book/renderer.ts';
import { Compiler } from '../../src/render/compiler.ts';
import { figuresOf } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import { Measurer } from '../../src/render/measurer.ts';
import type { BookData } from '../../src/render/requests.ts';
import { compilerFolders } from './generated.ts';

/** Typst in this process, which answers as its thread does. */
export class OwnRenderer implements Pick<Renderer, 'measure' | 'chunk' | 'vector'> {
  readonly #compiler = new Compiler(...compilerFolders);

  measure: Renderer['measure'] = async (request) => this.#compiler.measure(request);
  vector: Renderer['vector'] = async (request) => this.#compiler.vector(request);
  typeset: Renderer['typeset'] = async (typesetting) => this.#compiler.pdf(typesetting);
  async chunk({ typesetting, request, words }: ChunkRequest) {
    const drawn = await this.typeset(typesetting);
    const said = { ...(request ? { request } : {}), ...(words ? { words: words(drawn) } : {}) };
    return { pages: drawn.pages, chunk: chunkOf({ drawn, ...said }) };
  }
}

/** What does not fit where it is printed, each once. */
export async function misfitsOf(
  data: BookData,
  renderer: Pick<Renderer, 'measure'>,
  figures = figuresOf(data),
): Promise<Misfit[]> {
  const { misfits } = await new Measurer((request) => renderer.measure(request)).measure(data, figures);
  return [...new Map(misfits.map((misfit) => [JSON.stringify(misfit), misfit])).values()];
}

export type Drawn = Exclude<DrawnBook, { misfits: Misfit[] }>;

/** The pages of a book all of which fits. */
export async function drawnBook(data: BookData, renderer: Pick<Renderer, 'measure' | 'chunk'>): Promise<Drawn> {
  const drawn = await drawBook({ data, renderer });
  if ('misfits' in drawn) throw new Error(JSON.stringify(drawn.misfits));
  return drawn;
}

/** The PDF of a book, but for what it says of itself. */
export async function bookOf(
  data: BookData,
  renderer: Pick<Renderer, 'measure' | 'chunk'>,
  annexes?: ReadonlyMap<string, Annex>,
): Promise<Uint8Array> {
  return fileOf(await drawnBook(data, renderer), annexes);
}

export const fileOf = ({ sections }: Pick<Drawn, 'sections'>, annexes?: ReadonlyMap<string, Annex>): Uint8Array =>
  documentOf(sections, annexes && writeAnnexes(annexes), () => ({
    title: '書名',
    author: '発行者',
    bookmarks: [],
    labels: '<< /Nums [0 << /S /D >>] >>',
    attachments: [],
    date: { year: 2019, month: 5, day: 1 },
    provenance: { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' },
  }));

import type { Renderer } from '../../dist/book/renderer.js';
import type { Annex } from '../../src/annexes/annex.ts';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import type { Chunk } from '../../src/assemble/chunk.ts';
import type { AnnexPages } from '../../src/assemble/join.ts';
import { pageLabels } from '../../src/assemble/labels.ts';
import { bookmarks } from '../../src/assemble/outline.ts';
import { documentOf } from '../../src/book/document.ts';
import { DrawnChunks, drawBook } from '../../src/book/draw.ts';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { type DocumentData, documentData } from '../../src/render/data.ts';

/** The invented city's cover with pages for one annex behind it, as they are drawn. */
export interface Host {
  name: string;
  data: DocumentData;
  sections: (Chunk | AnnexPages)[];
}

const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };
/** Every host has the same cover. */
const drawn = new DrawnChunks();

export async function hostFor(
  renderer: InstanceType<typeof Renderer>,
  name: string,
  annex: Annex | undefined,
): Promise<Host> {
  const { edition } = checkContent(readWorkingTree('tests/city'));
  if (!edition) throw new Error('the city has errors');
  const parts = ['表紙' as const, { annex: name, title: '別冊' }];
  const data = documentData({ ...edition, parts }, { whole: true }, new Map(annex ? [[name, annex]] : []));
  const book = await drawBook({ data, renderer: renderer as never, drawn });
  if ('misfits' in book) throw new Error('the cover does not fit');
  return { name, data, sections: book.sections };
}

/** Merges an annex as build does; its pages must be as many as the host has for it. */
export const mergedInto = ({ name, data, sections }: Host, annex: Annex): Uint8Array =>
  documentOf(sections, writeAnnexes(new Map([[name, annex]])), (merged) => ({
    title: `${data.book.planName} ${data.book.title}`,
    author: data.book.publisher,
    bookmarks: bookmarks(data, merged?.bookmarks),
    labels: pageLabels(data, merged?.labels ?? [], 1 + annex.pages.length),
    attachments: [],
    date: data.book.date,
    provenance,
  }));

import type { Renderer } from '../../dist/render/renderer.js';
import type { Annex } from '../../src/annexes/annex.ts';
import { mergeAnnexes } from '../../src/assemble/annexes/merge.ts';
import { assemble } from '../../src/assemble/assemble.ts';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import type { RenderedDocument } from '../../src/render/compiler.ts';
import { type DocumentData, documentData } from '../../src/render/data.ts';

/** The invented city's cover with blank pages for one annex behind it, as Typst lays them out. */
export interface Host {
  name: string;
  data: DocumentData;
  document: RenderedDocument;
}

const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };

export async function hostFor(
  renderer: InstanceType<typeof Renderer>,
  name: string,
  annex: Annex | undefined,
): Promise<Host> {
  const { edition } = checkContent(readWorkingTree('tests/city'));
  if (!edition) throw new Error('the city has errors');
  const parts = ['表紙' as const, { annex: name, title: '別冊' }];
  const data = documentData({ ...edition, parts }, { whole: true }, new Map(annex ? [[name, annex]] : []));
  return { name, data, document: (await renderer.render(data)) as RenderedDocument };
}

/** Merges an annex as build does; its pages must be as many as the host's blank ones. */
export const mergedInto = ({ name, data, document }: Host, annex: Annex): Uint8Array =>
  assemble({
    pdf: document.pdf as Uint8Array,
    data,
    anchors: document.anchors,
    tables: document.tables,
    attachments: [],
    provenance,
    merge: (file, places) => mergeAnnexes(file, places, new Map([[name, annex]])),
  });

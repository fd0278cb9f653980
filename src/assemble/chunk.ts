import { zlibSync } from 'fflate';
import type { Drawn } from '../render/compiler.ts';
import type { Anchor, DrawRequest } from '../render/requests.ts';
import { type ChunkKid, kidsOfDocument } from './chunk-kids.ts';
import { type LinkWords, linkTo } from './link-names.ts';
import { speakerOf } from './marked-runs.ts';
import { type PdfObjects, referred, splitObjects, streamOf, text } from './objects.ts';
import { key, numberedFrom, shared } from './references.ts';
import { finished, openStructure, parentsOf } from './structure.ts';
import { completeTags } from './tags.ts';

/** Pages of one PDF, ready to be joined with others. Objects have numbers of their own here, from 1: see references.ts. */
export interface Chunk {
  /** By number: as text; a stream as it is written, its dictionary referring to nothing but what is text. */
  objects: (string | ChunkStream)[];
  pages: { number: number; height: number }[];
  kids: ChunkKid[];
  ids: [id: string, number: number][];
  /** What the parent tree holds for each of the chunk's keys, from 0. */
  parents: number[];
  anchors: Anchor[];
  /** The ICC profile of sRGB */
  profile: number;
}
export interface ChunkStream {
  dictionary: string;
  data: Uint8Array;
}

export interface ChunkSource {
  drawn: Drawn;
  /** What the pages were drawn from; absent of 新旧対照表, whose tags are as Typst wrote them. */
  request?: DrawRequest;
  /** Where its links lead to */
  words?: LinkWords;
}

/** Takes a PDF of Typst's apart, its tags completed; what pages draw, and fonts, stay as Typst wrote them. */
export function chunkOf({ drawn: { pdf, tables, anchors }, request, words = {} }: ChunkSource): Chunk {
  const file = splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  const structure = openStructure(file);
  if (request) completeTags(structure, { drawn: request, tables });
  const kids = kidsOfDocument(structure, request);
  const parents = parentsOf(structure);
  const speak = request?.legend && speakerOf(request);
  const pages = pageNumbers(file);
  const isPage = new Set(pages);

  const elements = kids.flatMap((kid) => (kid.kind === 'table' ? [...kid.head, ...kid.elements] : kid.elements));
  const { numbers, objects } = numberedFrom([...pages, ...elements, ...parents], (number) => {
    if (file.objects.get(number)?.isStream) return deflated(streamOf(file, number));
    const body = finished(structure, number);
    if (isPage.has(number)) return pageOf(body);
    if (!body.includes('/Subtype /Link')) return speak ? speak(body) : body;
    return linkTo(body, words).replace(/\/StructParent (\d+)/, (_, index) => `/StructParent ${key(Number(index))}`);
  });
  const numberOf = (object: number): number => numbers.get(object) ?? 0;
  return {
    objects,
    pages: pages.map((page) => ({ number: numberOf(page), height: heightOf(file, page) })),
    kids: kids.map((kid) => {
      const elements = kid.elements.map(numberOf);
      return kid.kind === 'table' ? { ...kid, head: kid.head.map(numberOf), elements } : { ...kid, elements };
    }),
    ids: [...structure.ids].map(([id, element]) => [id, numberOf(element)]),
    parents: parents.map(numberOf),
    anchors,
    profile: objects.findIndex((object) => typeof object === 'object' && /\/N 3\b/.test(object.dictionary)) + 1,
  };
}

function pageNumbers(file: PdfObjects): number[] {
  const root = text(file, referred(text(file, file.root), 'Pages'));
  const kids = /\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));
}

function heightOf(file: PdfObjects, page: number): number {
  const box = /\/MediaBox \[\s*[-\d.]+\s+[-\d.]+\s+[-\d.]+\s+([-\d.]+)\s*\]/.exec(text(file, page));
  if (!box) throw new Error(`page object ${page} has no MediaBox`);
  return Number(box[1]);
}

const pageOf = (body: string): string =>
  body
    .replace(/\/Parent \d+ 0 R/, `/Parent ${shared('pages')}`)
    .replace(/\/StructParents (\d+)/, (_, index) => `/StructParents ${key(Number(index))}`);

/** Typst leaves the fonts' ToUnicode maps as plain text. */
function deflated({ dictionary, data }: ChunkStream): ChunkStream {
  if (!/\/Type \/CMap\b/.test(dictionary) || dictionary.includes('/Filter')) return { dictionary, data };
  const packed = zlibSync(data, { level: 6 });
  return {
    dictionary: dictionary.replace(/\/Length \d+/, `/Filter /FlateDecode /Length ${packed.length}`),
    data: packed,
  };
}

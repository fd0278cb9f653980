import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chunk, ChunkSource } from '../assemble/chunk.ts';
import type { LinkWords } from '../assemble/link-names.ts';
import { fontFiles, packagePath } from '../package.ts';
import type { Drawn, DrawnPage, Typesetting } from '../render/compiler.ts';
import type { DrawRequest, HeightsAnswer, HeightsRequest, MeasureAnswer, MeasureRequest } from '../render/requests.ts';
import { Thread } from '../render/thread.ts';
import type { ThreadRequest } from './thread.ts';

/** Pages to draw as a chunk, and what is said of them besides what they show. */
export interface ChunkRequest extends Pick<ChunkSource, 'request'> {
  typesetting: Typesetting;
  /** Where its links lead to, when it is known what stands where. */
  words?: (drawn: Drawn) => LinkWords;
}

/** Typst in a thread of its own, which starts while content is being read; pages of a chunk are laid out side by side. */
export class Renderer {
  readonly #thread: Thread;
  #fonts: Promise<string> | undefined;

  constructor() {
    const folders = { templates: packagePath('templates'), fonts: packagePath('fonts') };
    this.#thread = new Thread(new URL('./thread.js', import.meta.url), folders);
  }

  /** Throws ThreadFailure, as all of these. */
  measure(request: MeasureRequest): Promise<MeasureAnswer> {
    return this.#ask({ measure: request });
  }

  /** How tall texts are in columns of other widths. */
  heights(request: HeightsRequest): Promise<HeightsAnswer> {
    return this.#ask({ heights: request });
  }

  /** One page for the preview, or more. */
  vector(request: DrawRequest): Promise<DrawnPage> {
    return this.#ask({ vector: request });
  }

  /** Typst lays out in its thread; what it wrote is taken apart here, while it lays out the next. */
  async chunk({ typesetting, request, words }: ChunkRequest): Promise<{ pages: number; chunk: Chunk }> {
    const [drawn, { chunkOf }] = await Promise.all([this.typeset(typesetting), import('../assemble/chunk.ts')]);
    return {
      pages: drawn.pages,
      chunk: chunkOf({ drawn, ...(request ? { request } : {}), ...(words ? { words: words(drawn) } : {}) }),
    };
  }

  /** A PDF of its own, as Typst writes it. */
  typeset(typesetting: Typesetting): Promise<Drawn> {
    return this.#ask({ typeset: typesetting });
  }

  /** SHA-256 of the fonts, in the order of their names. */
  fonts(): Promise<string> {
    this.#fonts ??= digestOf(packagePath('fonts'));
    return this.#fonts;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #ask<Answer>(request: ThreadRequest): Promise<Answer> {
    return this.#thread.ask(request);
  }
}

async function digestOf(folder: string): Promise<string> {
  const there = (await readdir(folder)).filter((name) => name.endsWith('.ttf'));
  // One that is missing is read all the same, and so reported: Typst would go on with the other.
  const names = [...new Set([...Object.values(fontFiles), ...there])].sort();
  const hash = createHash('sha256');
  for (const file of await Promise.all(names.map((name) => readFile(join(folder, name))))) hash.update(file);
  return hash.digest('hex');
}

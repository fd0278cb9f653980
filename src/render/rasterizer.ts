import type { Bitmap } from './raster.ts';
import { Thread } from './thread.ts';

/**
 * Pages as PNG files, by two threads that start while content is being read: one draws, one encodes what was drawn before.
 * Each does what it does alone: the engine compiles in every thread what runs there, which takes as long as many pictures.
 */
export class Rasterizer {
  readonly #drawing = new Thread(new URL('./raster-thread.js', import.meta.url), {});
  readonly #encoding = new Thread(new URL('./png-thread.js', import.meta.url), {});

  /** A file for each page of a PDF; `scale` in pixels per pt. Throws ThreadFailure. */
  async files(pdf: Uint8Array, scale: number): Promise<Uint8Array[]> {
    const bitmaps = await this.#drawing.ask<Bitmap[]>({ pdf, scale });
    return this.#encoding.ask(
      bitmaps,
      bitmaps.map(({ data }) => data.buffer as ArrayBuffer),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#drawing.close(), this.#encoding.close()]);
  }
}

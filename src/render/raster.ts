import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** Pixels of 4 bytes each, red, green, blue and 255 for opaque, row by row from the top. */
export interface Bitmap {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Draws the pages of a PDF, one after another; `scale` in pixels per pt. */
export type Rasterize = (pdf: Uint8Array, scale: number) => AsyncGenerator<Bitmap>;

/** PDFium as WebAssembly: the same pixels on every machine. */
export async function loadRasterizer(): Promise<Rasterize> {
  const binary = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
  const wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength) as ArrayBuffer;
  const library = await PDFiumLibrary.init({ wasmBinary });
  return async function* rasterize(pdf, scale) {
    const document = await library.loadDocument(pdf);
    try {
      for (const page of document.pages()) {
        const { width, height, data } = await page.render({ scale, render: 'bitmap' });
        yield { width, height, data };
      }
    } finally {
      document.destroy();
    }
  };
}

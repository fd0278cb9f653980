import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { encode } from 'fast-png';

/**
 * The pages of a PDF as PNG files, one after another; `scale` in pixels per pt. PDFium as WebAssembly and a PNG writer
 * without zlib: the same pixels and bytes on every machine.
 */
export async function* rasterize(pdf: Uint8Array, scale: number): AsyncGenerator<Uint8Array> {
  const binary = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
  const wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength) as ArrayBuffer;
  const library = await PDFiumLibrary.init({ wasmBinary });
  try {
    const document = await library.loadDocument(pdf);
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale, render: 'bitmap' });
      yield encode({ width, height, channels: 3, data: opaque(data) });
    }
    document.destroy();
  } finally {
    library.destroy();
  }
}

/** RGBA → RGB: pages have no holes. */
function opaque(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) result.set(pixels.subarray(from, from + 3), to);
  return result;
}

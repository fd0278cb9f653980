// The side of Rasterizer that draws.
import { type Bitmap, loadRasterizer } from './raster.ts';
import { serve } from './serve.ts';

const rasterize = await loadRasterizer();

serve<{ pdf: Uint8Array; scale: number }>(async ({ pdf, scale }) => {
  const bitmaps: Bitmap[] = [];
  for await (const bitmap of rasterize(pdf, scale)) bitmaps.push(bitmap);
  return { answer: bitmaps, transfer: bitmaps.map(({ data }) => data.buffer as ArrayBuffer) };
});

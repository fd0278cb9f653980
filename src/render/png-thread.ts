// The side of Rasterizer that turns pixels into files.
import { encodePng } from './png.ts';
import type { Bitmap } from './raster.ts';
import { serve } from './serve.ts';

serve<Bitmap[]>((bitmaps) => ({ answer: bitmaps.map(encodePng) }));

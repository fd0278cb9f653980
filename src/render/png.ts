import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';
import type { Bitmap } from './raster.ts';

/**
 * Levels of red, green and blue that are told apart: no eye sees less, and the shades of three inks on two grounds fit a
 * palette. What fills more than a pixel keeps its very colour.
 */
const step = 5;
const levels = 255 / step + 1;
const levelOf = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / step));
/** Colours of a palette. */
const most = 256;

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** An indexed PNG file (W3C PNG, 11.2). Without zlib: the same bytes on every machine. */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const { palette, rows } = indexed(bitmap);
  const header = Buffer.alloc(13); // deflate, a filter for each row, not interlaced: 0
  header.writeUInt32BE(bitmap.width, 0);
  header.writeUInt32BE(bitmap.height, 4);
  header[8] = 8; // bits for each pixel
  header[9] = 3; // indexed colour
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flat())),
    chunk('IDAT', zlibSync(rows, { level: 1, mem: 4 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Length, type, data, CRC of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), data.length + 8);
  return bytes;
}

/** The rows as places in the palette, each behind its filter: none. */
function indexed({ width, height, data }: Bitmap): { palette: number[][]; rows: Uint8Array } {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const palette: number[][] = [];
  const places = new Int16Array(levels ** 3).fill(-1);
  const even = new Uint8Array(most); // 1 for places whose colour stays: that of the first two equal pixels in a row
  const placeOf = (at: number): number => {
    const [red, green, blue] = [data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0];
    const key = (levelOf[red] ?? 0) + levels * ((levelOf[green] ?? 0) + levels * (levelOf[blue] ?? 0));
    let place = places[key] ?? 0;
    if (place === -1) {
      const isFull = palette.length === most;
      place = isFull ? nearest(palette, [red, green, blue]) : palette.push([red, green, blue]) - 1;
      places[key] = place;
      if (isFull) even[place] = 1;
    }
    if (even[place] === 0 && pixels[at] === pixels[at + 1]) {
      even[place] = 1;
      palette[place] = [red, green, blue];
    }
    return place;
  };
  const rows = new Uint8Array((width + 1) * height);
  let last = -1;
  let place = 0;
  for (let at = 0, to = 0; at < pixels.length; ) {
    to += 1;
    for (const end = at + width; at < end; at++, to++) {
      const pixel = pixels[at] ?? 0;
      if (pixel !== last) {
        last = pixel;
        place = placeOf(at);
      }
      rows[to] = place;
    }
  }
  return { palette, rows };
}

function nearest(palette: number[][], color: number[]): number {
  const distances = palette.map((other) =>
    other.reduce((sum, value, index) => sum + (value - (color[index] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

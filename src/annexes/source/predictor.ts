/** What a filter's data are differences of (ISO 32000-1, 7.4.4.4). */
export interface Predictor {
  /** 2: of TIFF; from 10 on: of PNG */
  kind: number;
  colors: number;
  /** Per component */
  bits: number;
  /** Pixels of a row */
  columns: number;
}

/** The data as they were before the predictor; undefined for what no producer is known to write. */
export function unpredicted(data: Uint8Array, { kind, colors, bits, columns }: Predictor): Uint8Array | undefined {
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = (colors * bits * columns + 7) >> 3;
  if (kind >= 10) return ofPng(data, row, pixel);
  return bits === 8 ? ofTiff(data, row, pixel) : undefined;
}

/** Rows of differences to the left. */
function ofTiff(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const result = Uint8Array.from(data);
  for (const at of result.keys())
    if (at % row >= pixel) result[at] = (result[at] as number) + (result[at - pixel] as number);
  return result;
}

/** Rows that each say in a first byte what they are differences to. */
function ofPng(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const result = new Uint8Array(data.length - Math.ceil(data.length / (row + 1)));
  for (const at of result.keys()) {
    const line = Math.floor(at / row);
    const isFirst = at % row < pixel;
    const left = isFirst ? 0 : (result[at - pixel] as number);
    const above = result[at - row] ?? 0;
    const corner = isFirst ? 0 : (result[at - row - pixel] ?? 0);
    const kind = data[line * (row + 1)] as number;
    const guess = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][kind] ?? 0;
    result[at] = (data[at + line + 1] as number) + guess;
  }
  return result;
}

/** Paeth: which of three is nearest to left + above - corner. */
function nearest(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

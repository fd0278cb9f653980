import { headersOf } from '../objects/jpeg2000.ts';

/** Whether a JPEG 2000 image breaks ISO 19005-3, 6.2.8.3; `hasSpace` when its dictionary has a ColorSpace. */
export function breaksJpeg2000(bytes: Uint8Array, hasSpace: boolean): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes = headersOf(file);
  const size = boxes.find(({ type }) => type === 'ihdr');
  if (!size || size.data + 12 > file.length) return true;
  const channels = file.readUInt16BE(size.data + 8);
  const depth = (file.readUInt8(size.data + 10) & 0x7f) + 1;
  const colours = boxes.filter(({ type }) => type === 'colr').map(({ data, end }) => file.subarray(data, end));
  const named = colours.filter(({ length }) => length >= 3);
  const isOne = named.length === 1 || named.filter((colour) => colour[2] === 1).length === 1;
  const hasCie = named.some((colour) => colour[0] === 1 && colour.length >= 7 && colour.readUInt32BE(3) === 19);
  return (
    ![1, 3, 4].includes(channels) ||
    boxes.some(({ type }) => type === 'bpcc') ||
    depth > 38 ||
    (!hasSpace && (!isOne || named.some(([method = 0]) => method < 1 || method > 3) || hasCie))
  );
}

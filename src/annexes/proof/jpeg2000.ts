/** The boxes of a JPEG 2000 file from `from` on (ISO/IEC 15444-1, Annex I): their types and contents. */
function* boxesOf(data: Buffer, from: number, to: number): Generator<{ type: string; start: number; end: number }> {
  for (let at = from; at + 8 <= to; ) {
    const length = data.readUInt32BE(at);
    const start = at + (length === 1 ? 16 : 8);
    const whole = length === 1 && at + 16 <= to ? Number(data.readBigUInt64BE(at + 8)) : length;
    const end = length === 0 ? to : at + whole;
    if (end <= at || start > to) return;
    yield { type: data.toString('latin1', at + 4, at + 8), start, end: Math.min(end, to) };
    at = end;
  }
}

/** Whether a JPEG 2000 image breaks ISO 19005-3, 6.2.8.3; `hasSpace` when its dictionary has a ColorSpace. */
export function breaksJpeg2000(bytes: Uint8Array, hasSpace: boolean): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = [...boxesOf(data, 0, data.length)].find(({ type }) => type === 'jp2h');
  if (!head) return true;
  const boxes = [...boxesOf(data, head.start, head.end)];
  const size = boxes.find(({ type }) => type === 'ihdr');
  if (!size || size.start + 12 > data.length) return true;
  const channels = data.readUInt16BE(size.start + 8);
  const depth = ((data[size.start + 10] as number) & 0x7f) + 1;
  const colours = boxes.filter(({ type, start, end }) => type === 'colr' && end - start >= 3);
  const methods = colours.map(({ start }) => data[start] as number);
  const isOne = colours.length === 1 || colours.filter(({ start }) => data[start + 2] === 1).length === 1;
  const hasCie = colours.some(
    ({ start, end }) => data[start] === 1 && end - start >= 7 && data.readUInt32BE(start + 3) === 19,
  );
  return (
    ![1, 3, 4].includes(channels) ||
    boxes.some(({ type }) => type === 'bpcc') ||
    depth > 38 ||
    (!hasSpace && (!isOne || methods.some((method) => method < 1 || method > 3) || hasCie))
  );
}

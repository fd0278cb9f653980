import type { Findings } from '../problem.ts';
import { filtersOf, inflated, raw } from '../source/file.ts';
import { PDFName, type PDFRawStream } from '../source/pdf.ts';
import { channelsOfProfile } from './colours.ts';

/** What a picture in JPEG 2000 says of itself (ISO/IEC 15444-1, Annex A.5.1 and I.5). */
interface Picture {
  width: number;
  height: number;
  /** Of each component: depth in bits less one, 128 more where it is signed. */
  depths: number[];
}
interface Box {
  type: string;
  start: number;
  /** Where its contents begin. */
  data: number;
  end: number;
}

const spaces: Record<number, string> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };
const enumerated: Record<number, number> = { 1: 17, 3: 16, 4: 12 };

/**
 * A picture in JPEG 2000 whose header is as PDF/A-3 wants it (ISO 19005-3, 6.2.8.3): a bare codestream gets one, colours
 * that it does not name as PDF/A does are named beside it. Its pixels stay as they are.
 */
export function mendJpeg2000(stream: PDFRawStream, findings: Findings, page: number): void {
  if (filtersOf(stream).at(-1) !== 'JPXDecode') return;
  const inner = inflated(stream);
  if (!inner) return;
  const data = Buffer.from(inner);
  const refuse = (what: string): void =>
    findings.report({ code: 'annex-jpeg2000', severity: 'error', actual: `${page + 1}ページ、${what}` });
  const picture = codestreamOf(data);
  if (!picture) {
    refuse('読めない JPEG 2000');
    return;
  }
  const count = picture.depths.length;
  const space = spaces[count];
  const [depth = 0] = picture.depths;
  if (space === undefined) {
    refuse(`色の成分が${count}つ`);
    return;
  }
  if (picture.depths.some((other) => other !== depth) || depth > 37) {
    refuse('色の成分ごとに違う階調');
    return;
  }
  const headers = headersOf(data);
  const named = headers.filter(({ type }) => type === 'colr');
  const [first] = named;
  const isNamed = first !== undefined && named.length === 1 && namesColours(data.subarray(first.data, first.end));
  const isBare = !headers.some(({ type }) => type === 'ihdr');
  const image = headers.find(({ type }) => type === 'ihdr');
  const isRight =
    image !== undefined &&
    image.end - image.data === 14 &&
    data.readUInt16BE(image.data + 8) === count &&
    data[image.data + 10] === depth &&
    !headers.some(({ type }) => type === 'bpcc');
  const hasSpace = raw(stream.dict, 'ColorSpace') !== undefined;
  if (isRight && (isNamed || hasSpace)) return;
  findings.mended('jpeg2000', page);
  // A palette makes three channels of one.
  const hasPalette = headers.some(({ type }) => type === 'pclr');
  if (!hasSpace && !isNamed) stream.dict.set(PDFName.of('ColorSpace'), PDFName.of(hasPalette ? 'DeviceRGB' : space));
  if (isRight) return;
  const kept = headers
    .filter(({ type }) => type !== 'ihdr' && type !== 'bpcc')
    .map(({ start, end }) => data.subarray(start, end));
  const colour = Buffer.from([1, 0, 0, 0, 0, 0, enumerated[count] ?? 17]);
  const header = [imageHeader(picture), ...(isBare ? [box('colr', colour)] : kept)];
  stream.contents = Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', Buffer.concat(header)),
    box('jp2c', codestream(data)),
  ]);
}

/** Colours that PDF/A-3 knows by their number, and that stand for no press. */
const known = new Set([14, 16, 17, 18, 20, 21, 24]);

/** Whether the contents of a colour specification box name colours as PDF/A-3 allows. */
const namesColours = (colour: Buffer): boolean =>
  colour[0] === 2
    ? channelsOfProfile(colour.subarray(3)) !== undefined
    : colour[0] === 1 && colour.length >= 7 && known.has(colour.readUInt32BE(3));

const box = (type: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
};

function imageHeader({ width, height, depths }: Picture): Buffer {
  const data = Buffer.alloc(14);
  data.writeUInt32BE(height, 0);
  data.writeUInt32BE(width, 4);
  data.writeUInt16BE(depths.length, 8);
  data.set([depths[0] ?? 7, 7, 0, 0], 10);
  return box('ihdr', data);
}

/** The boxes between two places. */
function boxesOf(data: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let start = from;
  while (start + 8 <= to) {
    const short = data.readUInt32BE(start);
    const type = data.toString('latin1', start + 4, start + 8);
    const isLong = short === 1 && start + 16 <= to;
    const length = short === 0 ? to - start : isLong ? Number(data.readBigUInt64BE(start + 8)) : short;
    if (length < 8) break;
    const end = Math.min(to, start + length);
    boxes.push({ type, start, data: start + (isLong ? 16 : 8), end });
    start = end;
  }
  return boxes;
}

const isBoxed = (data: Buffer) => data.length > 12 && data.toString('latin1', 4, 8) === 'jP  ';
const outerBoxes = (data: Buffer) => (isBoxed(data) ? boxesOf(data, 0, data.length) : []);
/** The boxes of the header of a JPEG 2000 file. */
export const headersOf = (data: Buffer): Box[] =>
  outerBoxes(data)
    .filter(({ type }) => type === 'jp2h')
    .slice(0, 1)
    .flatMap(({ data: from, end }) => boxesOf(data, from, end));

function codestream(data: Buffer): Buffer {
  const found = outerBoxes(data).find(({ type }) => type === 'jp2c');
  return found ? data.subarray(found.data, found.end) : data;
}

/** What the SIZ marker of the codestream says. */
function codestreamOf(data: Buffer): Picture | undefined {
  const code = codestream(data);
  if (code.length < 42 || code.readUInt32BE(0) !== 0xff4fff51) return undefined;
  const side = (at: number) => code.readUInt32BE(at);
  const count = code.readUInt16BE(40);
  if (code.length < 42 + 3 * count) return undefined;
  return {
    width: side(8) - side(16),
    height: side(12) - side(20),
    depths: Array.from({ length: count }, (_, index) => code[42 + 3 * index] ?? 0),
  };
}

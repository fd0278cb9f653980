// The bytes of a PDF by what they are (ISO 32000-1, 7.2.2), and what is told of some of them.

/** By the byte: whether it is white space, as ISO 32000-1, 7.2.2 has it. */
export const white = Uint8Array.from({ length: 256 }, (_, byte) => Number([0, 9, 10, 12, 13, 32].includes(byte)));
const delimiting = Uint8Array.from({ length: 256 }, (_, byte) => Number(Buffer.from('()<>[]{}/%').includes(byte)));
export const isRegular = (byte: number | undefined): byte is number =>
  byte !== undefined && white[byte] === 0 && delimiting[byte] === 0;
export const isWhite = (byte: number | undefined) => byte !== undefined && white[byte] === 1;
export const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
export const isNumeric = (byte: number) => isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e;

/** The number that digits are. */
export function digitsIn(bytes: Buffer, start: number, end: number): number {
  if (end - start > 15) return Number(bytes.toString('latin1', start, end));
  let number = 0;
  for (let at = start; at < end; at += 1) number = number * 10 + (bytes[at] as number) - 0x30;
  return number;
}

/** Whether the bytes are those of a text. */
export function isSame(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = start; at < end; at += 1) if (bytes[at] !== text.charCodeAt(at - start)) return false;
  return true;
}

// Where the tokens of a content stream end (ISO 32000-1, 7.2, 7.3).

/** Of each byte: 1 white space, 2 a delimiter, 0 a regular character. */
export const classes = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) classes[byte] = 1;
for (const sign of '()<>[]{}/%') classes[sign.charCodeAt(0)] = 2;
export const isWhite = (byte: number | undefined) => byte !== undefined && classes[byte] === 1;
export const isRegular = (byte: number | undefined) => byte !== undefined && classes[byte] === 0;

export function endOfLine(buffer: Buffer, from: number): number {
  let position = from;
  while (position < buffer.length && buffer[position] !== 0x0a && buffer[position] !== 0x0d) position += 1;
  return position;
}

/** Behind the number, name, string, array or dictionary that begins at `from`; always behind `from`. */
export function endOfObject(buffer: Buffer, from: number): number {
  let depth = 0;
  let position = from;
  do {
    const byte = buffer[position];
    if (byte === 0x28) position = endOfString(buffer, position);
    else if (byte === 0x3c && buffer[position + 1] !== 0x3c) {
      const end = buffer.indexOf(0x3e, position);
      position = end < 0 ? buffer.length : end + 1;
    } else if (byte === 0x3c || byte === 0x5b) {
      depth += 1;
      position += byte === 0x5b ? 1 : 2;
    } else if (byte === 0x5d || byte === 0x3e) {
      depth -= 1;
      position += byte === 0x5d ? 1 : 2;
    } else if (byte === 0x25) position = endOfLine(buffer, position);
    else {
      position += 1;
      if (byte === 0x2f || isRegular(byte)) while (isRegular(buffer[position])) position += 1;
    }
  } while (depth > 0 && position < buffer.length);
  return Math.min(position, buffer.length);
}

function endOfString(buffer: Buffer, from: number): number {
  let depth = 0;
  for (let position = from; position < buffer.length; position += 1) {
    const byte = buffer[position];
    if (byte === 0x5c) position += 1;
    else if (byte === 0x28) depth += 1;
    else if (byte === 0x29) {
      depth -= 1;
      if (depth === 0) return position + 1;
    }
  }
  return buffer.length;
}

/** Whether a number may begin with it. */
export const isNumeric = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e;

/** What a hexadecimal digit counts; -1: it is none. */
export function digitOf(sign: number): number {
  if (sign >= 0x30 && sign <= 0x39) return sign - 0x30;
  const lower = sign | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

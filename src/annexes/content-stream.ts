/** One operation of a content stream: its operator, and where its operands and the whole stand. */
export interface Operation {
  operator: string;
  /** The operands as written. */
  operands: () => string[];
  start: number;
  end: number;
}

/** Of each byte: 1 white space, 2 a delimiter, 0 a regular character (ISO 32000-1, 7.2.2). */
const classes = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) classes[byte] = 1;
for (const sign of '()<>[]{}/%') classes[sign.charCodeAt(0)] = 2;
const isWhite = (byte: number | undefined) => byte !== undefined && classes[byte] === 1;
const isRegular = (byte: number | undefined) => byte !== undefined && classes[byte] === 0;

/** Operators of one and two bytes, by these: most are met ten thousand times. */
const shortNames = new Map<number, string>();
function nameAt(buffer: Buffer, from: number, to: number): string {
  if (to - from > 2) return buffer.toString('latin1', from, to);
  const key =
    to - from === 1 ? (buffer[from] as number) : (buffer[from] as number) * 256 + (buffer[from + 1] as number);
  let name = shortNames.get(key);
  if (name === undefined) {
    name = buffer.toString('latin1', from, to);
    shortNames.set(key, name);
  }
  return name;
}

/**
 * Calls `visit` for every operation of a content stream (ISO 32000-1, 7.8.2), in order; what is no operation is passed
 * over. Operands are to be asked for during the visit.
 */
export function scanContent(content: Uint8Array, visit: (operation: Operation) => void): void {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const { length } = buffer;
  let position = 0;
  /** Ends of each operand, one after the other. */
  const places: number[] = [];
  let count = 0;
  const operands = () => {
    const list: string[] = [];
    for (let at = 0; at < count; at += 2) list.push(buffer.toString('latin1', places[at], places[at + 1]));
    return list;
  };
  const add = (from: number, to: number) => {
    places[count] = from;
    places[count + 1] = to;
    count += 2;
  };
  while (position < length) {
    const byte = buffer[position] as number;
    if (classes[byte] === 1) position += 1;
    else if (byte === 0x25) position = endOfLine(buffer, position);
    else if (classes[byte] === 0 && !isNumeric(byte)) {
      const from = position;
      while (position < length && classes[buffer[position] as number] === 0) position += 1;
      const operator = nameAt(buffer, from, position);
      if (operator === 'true' || operator === 'false' || operator === 'null') {
        add(from, position);
        continue;
      }
      const start = count === 0 ? from : (places[0] as number);
      if (operator === 'BI') {
        position = endOfInlineImage(buffer, position);
        count = 0;
        add(from, position);
      }
      visit({ operator, operands, start, end: position });
      count = 0;
    } else {
      const from = position;
      position = endOfObject(buffer, position);
      add(from, position);
    }
  }
}

const isNumeric = (byte: number) => (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e;

function endOfLine(buffer: Buffer, from: number): number {
  let position = from;
  while (position < buffer.length && buffer[position] !== 0x0a && buffer[position] !== 0x0d) position += 1;
  return position;
}

/** Behind the number, name, string, array or dictionary that begins at `from`; always behind `from`. */
function endOfObject(buffer: Buffer, from: number): number {
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

/** Behind the EI of an inline image whose BI ends at `from`: an EI among white space, with text behind it. */
function endOfInlineImage(buffer: Buffer, from: number): number {
  const data = buffer.indexOf('ID', from);
  if (data < 0) return buffer.length;
  for (let found = buffer.indexOf('EI', data + 3); found >= 0; found = buffer.indexOf('EI', found + 1)) {
    const behind = buffer.subarray(found + 2, found + 12);
    const isText = behind.every((byte) => (byte >= 0x20 && byte < 0x7f) || isWhite(byte));
    if (isWhite(buffer[found - 1] ?? 0) && !isRegular(buffer[found + 2]) && isText) return found + 2;
  }
  return buffer.length;
}

/** Adds the codes of the strings in an operand of Tj or TJ, each of `width` bytes. */
export function collectCodes(operand: string, width: 1 | 2, codes: { add(code: number): void }): void {
  for (let position = 0; position < operand.length; position += 1) {
    const sign = operand[position];
    if (sign === '<') {
      const end = operand.indexOf('>', position);
      const hex = operand.slice(position + 1, end < 0 ? undefined : end).replaceAll(/[^0-9A-Fa-f]/g, '');
      for (let at = 0; at < hex.length; at += 2 * width)
        codes.add(Number.parseInt(hex.slice(at, at + 2 * width).padEnd(2 * width, '0'), 16));
      if (end < 0) return;
      position = end;
    } else if (sign === '(') {
      const start = position;
      let depth = 0;
      for (; position < operand.length; position += 1) {
        if (operand[position] === '\\') position += 1;
        else if (operand[position] === '(') depth += 1;
        else if (operand[position] === ')' && --depth === 0) break;
      }
      const bytes = unescaped(operand.slice(start + 1, position));
      for (let at = 0; at + width <= bytes.length; at += width)
        codes.add(width === 1 ? bytes.charCodeAt(at) : bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1));
    }
  }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A literal string's bytes (ISO 32000-1, 7.3.4.2), one character each. */
const unescaped = (written: string): string =>
  !/[\\\r]/.test(written)
    ? written
    : written
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/\\([0-7]{1,3}|\n|[\s\S])/g, (_, what: string) =>
          /[0-7]/.test(what)
            ? String.fromCharCode(Number.parseInt(what, 8) & 255)
            : what === '\n'
              ? ''
              : (escapes[what] ?? what),
        );

import { inlineImage } from './inline-images.ts';
import { type Edit, isOperator } from './operands.ts';
import { endOfLine, classes as ofBytes } from './tokens.ts';

// What readers make of damaged contents in different ways is written so that all read the same: whatever stands behind it
// keeps its place in the marks (ISO 14289-1, 7.1), and no half of a token is taken for an operator (ISO 19005-3, 6.2.2).

/** As in tokens.ts, and 3 what a number begins with. */
const classes = Uint8Array.from(ofBytes);
for (const sign of '0123456789+-.') classes[sign.charCodeAt(0)] = 3;
const isWord = (byte: number | undefined) => byte !== undefined && (classes[byte] === 0 || classes[byte] === 3);

const isConstant = (word: string) => word === 'true' || word === 'false' || word === 'null';
/** What some producers write where they have no number. */
const unknown = /^[^A-Za-z]*(inf|nan)/i;

/** How many coordinates the operators of paths have. */
const counts = new Map(Object.entries({ m: 2, l: 2, c: 6, v: 4, y: 4, re: 4 }));

/** A content without what breaks the reading of the rest; itself where it is sound. */
export function soundContent(content: Uint8Array): Uint8Array {
  const edits = new Repair(Buffer.from(content.buffer, content.byteOffset, content.byteLength)).edits();
  return edits.length === 0 ? content : edited(content, edits);
}

class Repair {
  readonly #buffer: Buffer;
  readonly #edits: Edit[] = [];
  #position = 0;
  /** Where each operand of the next operator begins and ends, one after the other. */
  #places: number[] = [];
  #operations = 0;
  /** How many operations there were behind the last inline image. */
  #lastImage = -1;
  /** Marks that are open. */
  #marks = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  edits(): Edit[] {
    const { length } = this.#buffer;
    while (this.#position < length) {
      const start = this.#position;
      const kind = classes[this.#buffer[start] as number];
      if (kind === 1) this.#position += 1;
      else if (kind === 0) this.#word();
      else {
        this.#operand();
        if (this.#buffer[start] !== 0x25) this.#places.push(start, this.#position);
      }
    }
    const [left] = this.#places;
    if (left !== undefined) this.#replace(left, length, '');
    if (this.#marks > 0) this.#replace(length, length, `\n${'EMC '.repeat(this.#marks)}`);
    return this.#edits;
  }

  #replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** An operator, or a word that is an operand. */
  #word(): void {
    const start = this.#position;
    this.#skip();
    const isShort = this.#position - start === 1;
    const word = this.#buffer.toString('latin1', start, this.#position);
    if (isConstant(word)) {
      this.#places.push(start, this.#position);
      return;
    }
    if (!isShort && !isOperator(word)) {
      const first = firstOf(word);
      if (first > 0) {
        this.#position = start + first;
        this.#replace(this.#position, this.#position, '');
        this.#operator(word.slice(0, first), start);
        return;
      }
    }
    this.#operator(word, start);
  }

  #operator(word: string, start: number): void {
    const from = this.#places[0] ?? start;
    const coordinates = counts.get(word);
    if (coordinates !== undefined) this.#coordinates(coordinates, word, from);
    else if (word === 'BDC' || word === 'BMC') {
      this.#marks += 1;
      const [tag, properties, ...more] = this.#places.flatMap((at, index) => (index % 2 === 0 ? this.#buffer[at] : []));
      const isList = properties === 0x2f || properties === 0x3c;
      if (tag !== 0x2f || more.length > 0 || (word === 'BDC' ? !isList : properties !== undefined))
        this.#replace(from, this.#position, '/Span BMC');
    } else if (word === 'EMC') {
      if (this.#marks === 0) this.#replace(from, this.#position, '');
      else this.#marks -= 1;
    } else if (word === 'BI') this.#inlineImage(start);
    this.#places.length = 0;
    this.#operations += 1;
  }

  /** The coordinates of a path are its last operands; those that are no numbers are 0. */
  #coordinates(count: number, word: string, from: number): void {
    const places = this.#places;
    const numbers: string[] = [];
    let isRight = places.length >= 2 * count;
    for (let at = Math.max(0, places.length - 2 * count); at < places.length; at += 2)
      if (classes[this.#buffer[places[at] as number] as number] !== 3) isRight = false;
    if (isRight) return;
    for (let at = places.length - 2 * count; at < places.length; at += 2) {
      const [start, end] = [places[at], places[at + 1]];
      const isNumber = start !== undefined && classes[this.#buffer[start] as number] === 3;
      const written = isNumber ? this.#buffer.toString('latin1', start, end) : '';
      numbers.push(/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(written) ? written : '0');
    }
    this.#replace(from, this.#position, `${numbers.join(' ')} ${word}`);
  }

  #skip(): void {
    while (isWord(this.#buffer[this.#position])) this.#position += 1;
  }

  #taken(): string {
    const start = this.#position;
    this.#skip();
    return this.#buffer.toString('latin1', start, this.#position);
  }

  /** An inline image needs its data and end, and entries alone before: without, readers show none. */
  #inlineImage(start: number): void {
    const { length } = this.#buffer;
    const image = inlineImage(this.#buffer, this.#position);
    if (this.#places[0] !== undefined) this.#replace(this.#places[0], start, '');
    if (image.data >= length) {
      this.#replace(start, this.#position, '');
      return;
    }
    this.#position = image.end;
    const isRead = image.entries.every(([key, value]) => /^\/./.test(key) && /^[-+.\d/[<(tfn]/.test(value));
    if (!isRead || image.entries.length === 0 || image.dataEnd <= image.data) this.#replace(start, image.end, '');
    else {
      // The reference validator takes two in a row for one.
      if (this.#lastImage === this.#operations) this.#replace(start, start, 'BX EX');
      this.#lastImage = this.#operations + 1;
      if (image.dataEnd === image.end) this.#replace(length, length, '\nEI');
    }
  }

  /** A number, a name, a string, an array, a dictionary or a comment; leaves out what is none of these. */
  #operand(): void {
    const buffer = this.#buffer;
    /** Brackets that are open: of arrays and of dictionaries. */
    const open: number[] = [];
    const from = this.#position;
    do {
      const start = this.#position;
      const byte = buffer[start] as number;
      const isDouble = buffer[start + 1] === byte;
      const kind = classes[byte];
      if (kind === 3) this.#number(start);
      else if (kind === 0) {
        if (!isConstant(this.#taken())) this.#replace(start, this.#position, '');
      } else if (byte === 0x25) {
        // The reference validator takes a sign of a comment for a part of what stands before it.
        if (isWord(buffer[start - 1])) this.#replace(start, start, ' ');
        this.#position = endOfLine(buffer, start);
      } else if (byte === 0x28) this.#string();
      else if (byte === 0x2f) {
        this.#position += 1;
        this.#skip();
      } else if (byte === 0x5b || (byte === 0x3c && isDouble)) {
        open.push(byte);
        this.#position += byte === 0x5b ? 1 : 2;
      } else if (byte === 0x3c) {
        const end = buffer.indexOf(0x3e, start);
        this.#position = end < 0 ? buffer.length : end + 1;
        if (end < 0) this.#replace(start, buffer.length, '');
      } else {
        const width = byte === 0x3e && isDouble ? 2 : 1;
        this.#position += width;
        const opened = byte === 0x5d ? 0x5b : width === 2 ? 0x3c : undefined;
        if (opened !== undefined && open.at(-1) === opened) open.pop();
        else if (kind !== 1) this.#replace(start, this.#position, '');
      }
    } while (open.length > 0 && this.#position < buffer.length);
    // What is not closed has no operator behind it.
    if (open.length > 0) this.#replace(from, buffer.length, '');
  }

  #string(): void {
    const start = this.#position;
    let depth = 0;
    for (let at = start; at < this.#buffer.length; at += 1) {
      const byte = this.#buffer[at];
      if (byte === 0x5c) at += 1;
      else if (byte === 0x28) depth += 1;
      else if (byte === 0x29) depth -= 1;
      if (depth > 0) continue;
      this.#position = at + 1;
      return;
    }
    this.#position = this.#buffer.length;
    this.#replace(start, this.#position, '');
  }

  /** A number ends where a letter follows, which begins an operator; of signs the first counts, of points too. */
  #number(start: number): void {
    const buffer = this.#buffer;
    let points = 0;
    let isRight = true;
    for (; classes[buffer[this.#position] as number] === 3; this.#position += 1) {
      const byte = buffer[this.#position] as number;
      if (byte === 0x2e) points += 1;
      else if (byte < 0x30 && this.#position > start) isRight = false;
    }
    if (isRight && points < 2 && !isWord(buffer[this.#position])) return;
    const end = this.#position;
    const written = buffer.toString('latin1', start, end);
    if (isWord(buffer[end]) && unknown.test(written + this.#taken())) return;
    this.#position = end;
    const [, sign = '', digits = ''] = /^([-+]?)[-+]*(\d*\.?\d*)/.exec(written) ?? [];
    this.#replace(start, end, /\d/.test(digits) ? sign + digits : '0');
  }
}

/** Where the first of operators ends that are written without space between them; 0: they are none. */
function firstOf(word: string): number {
  for (let end = Math.min(3, word.length - 1); end > 0; end -= 1) {
    const rest = word.slice(end);
    if (isOperator(word.slice(0, end)) && (isOperator(rest) || (rest.length < 12 && firstOf(rest) > 0))) return end;
  }
  return 0;
}

/** The parts of a content between its edits, and their texts; what lies within another edit goes with that. */
export function edited(content: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < position) {
      position = Math.max(position, end);
      continue;
    }
    parts.push(content.subarray(position, start), Buffer.from(`${text} `, 'latin1'));
    position = end;
  }
  return Buffer.concat([...parts, content.subarray(position)]);
}

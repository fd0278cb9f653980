import { DamagedAnnex } from '../problem.ts';
import { numberOf } from './lookup.ts';
import type { Parsing } from './parsing.ts';
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from './pdf.ts';
import { digitsIn, isDigit, isNumeric, isRegular, isSame, isWhite, white } from './signs.ts';

/** Words that no array or dictionary reaches over: one that is not closed ends here. */
const ends = new Set(['obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref']);
/** Arrays and dictionaries within each other. */
const deepest = 100;
/** Of an object (ISO 32000-1, Annex C.2): what refers to more refers to nothing. */
export const largestNumber = 8_388_607;

/** Thrown of an object, or a stream, that has no end. */
class BrokenObject extends DamagedAnnex {
  constructor() {
    super('オブジェクトが壊れています');
  }
}

/** Reads objects (ISO 32000-1, 7.3) as viewers do: what is wrong in them is passed over, and not written again. */
export class ObjectParser {
  position = 0;
  readonly bytes: Buffer;
  readonly #parsing: Parsing;
  /** Names by a number that their bytes make. */
  readonly #names = new Map<number, { written: string; name: PDFName }>();
  /** Words, and from where on they come no more. */
  readonly #missing = new Map<string, number>();

  constructor(bytes: Buffer, parsing: Parsing) {
    this.bytes = bytes;
    this.#parsing = parsing;
  }

  /** The object at `position`, whole; undefined where there is none. Throws DamagedAnnex. */
  objectAt(position: number): PDFObject | undefined {
    this.#spend(0);
    this.position = position;
    try {
      return this.#object(0);
    } finally {
      this.#spend(this.position - position);
    }
  }

  /** The same, with its number, and its data where it is a stream; `lengthOf` looks up a Length. */
  indirectAt(position: number, lengthOf: (ref: PDFRef) => number | undefined): [number, PDFObject] | undefined {
    this.position = position;
    const number = this.integer();
    if (number === undefined || this.integer() === undefined || this.word() !== 'obj') return undefined;
    const object = this.objectAt(this.position) ?? PDFNull;
    if (!(object instanceof PDFDict)) return [number, object];
    this.skip();
    if (!isSame(this.bytes, this.position, this.position + 6, 'stream')) return [number, object];
    this.position += 6;
    return [number, PDFRawStream.of(object, this.#data(object, lengthOf))];
  }

  /** The digits at the position; undefined, and nothing is passed, where there are none. */
  integer(): number | undefined {
    this.skip();
    const start = this.position;
    while (isDigit(this.bytes[this.position])) this.position += 1;
    return this.position === start ? undefined : digitsIn(this.bytes, start, this.position);
  }

  /** The regular characters at the position. */
  word(): string {
    this.skip();
    const start = this.position;
    while (isRegular(this.bytes[this.position])) this.position += 1;
    return this.bytes.toString('latin1', start, this.position);
  }

  /** Passes white space and comments. */
  skip(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.position];
      if (byte === undefined) return;
      if (white[byte]) this.position += 1;
      else if (byte === 0x25) while (this.position < bytes.length && !this.#isLineEnd()) this.position += 1;
      else return;
    }
  }

  #isLineEnd(): boolean {
    return this.bytes[this.position] === 0x0a || this.bytes[this.position] === 0x0d;
  }

  #object(depth: number): PDFObject | undefined {
    if (depth > deepest) throw new BrokenObject();
    this.skip();
    const byte = this.bytes[this.position];
    if (byte === undefined) return undefined;
    if (isNumeric(byte)) return this.#numberOrReference();
    if (byte === 0x2f) return this.#name();
    if (byte === 0x28) return this.#string();
    if (byte === 0x5b) return this.#array(depth);
    if (byte === 0x3c) return this.bytes[this.position + 1] === 0x3c ? this.#dictionary(depth) : this.#hexString();
    const start = this.position;
    const word = this.word();
    if (word === 'true') return PDFBool.True;
    if (word === 'false') return PDFBool.False;
    if (word === 'null') return PDFNull;
    this.position = start;
    return undefined;
  }

  /** Signs within a number, and a second point, are not counted; no digit is 0. */
  #numberOrReference(): PDFObject {
    const { bytes } = this;
    const start = this.position;
    let behind = start;
    while (isDigit(bytes[behind])) behind += 1;
    const byte = bytes[behind];
    if (byte === undefined || !isNumeric(byte)) {
      const number = digitsIn(bytes, start, behind);
      this.position = behind;
      this.skip();
      if (isDigit(bytes[this.position]) && this.integer() !== undefined && this.#isR()) {
        if (number < 1 || number > largestNumber) return PDFNull;
        return this.#parsing.ref(number);
      }
      this.position = behind;
      return this.#parsing.number(number);
    }
    while (behind < bytes.length && isNumeric(bytes[behind] as number)) behind += 1;
    this.position = behind;
    const text = bytes.toString('latin1', start, behind);
    const [whole = '', ...fraction] = text.replaceAll(/[+-]/g, '').split('.');
    const value = Number(`${whole || 0}.${fraction[0] || 0}`);
    return PDFNumber.of(text.startsWith('-') && value !== 0 ? -value : value);
  }

  /** Passes the word R. */
  #isR(): boolean {
    this.skip();
    const isThere = this.bytes[this.position] === 0x52 && !isRegular(this.bytes[this.position + 1]);
    if (isThere) this.position += 1;
    return isThere;
  }

  #name(): PDFName {
    const { bytes } = this;
    const start = this.position + 1;
    let end = start;
    let hash = 0;
    for (let byte = bytes[start]; isRegular(byte); byte = bytes[end]) {
      hash = (hash * 31 + byte) & 0xfffffff;
      end += 1;
    }
    this.position = end;
    const before = this.#names.get(hash);
    if (before && isSame(bytes, start, end, before.written)) return before.name;
    const written = bytes.toString('latin1', start, end);
    const plain = written.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    // The library takes what stands behind a # for an escape once more.
    const name = PDFName.of(plain.replaceAll('#', '#23'));
    this.#names.set(hash, { written, name });
    return name;
  }

  #string(): PDFString {
    const { bytes } = this;
    const start = this.position;
    let depth = 0;
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === 0x5c) at += 1;
      else if (byte === 0x28) depth += 1;
      else if (byte === 0x29) depth -= 1;
      if (depth > 0) continue;
      this.position = at + 1;
      return PDFString.of(bytes.toString('latin1', start + 1, at));
    }
    this.position = bytes.length;
    throw new BrokenObject();
  }

  /** Its digits alone, of even number (ISO 19005-3, 6.1.6). */
  #hexString(): PDFHexString {
    const end = this.bytes.indexOf(0x3e, this.position);
    const start = this.position + 1;
    this.position = end < 0 ? this.bytes.length : end + 1;
    if (end < 0) throw new BrokenObject();
    const digits = this.bytes.toString('latin1', start, end).replaceAll(/[^0-9A-Fa-f]/g, '');
    return PDFHexString.of(digits.length % 2 === 0 ? digits : `${digits}0`);
  }

  #array(depth: number): PDFArray {
    this.position += 1;
    const array = PDFArray.withContext(this.#parsing.context);
    for (;;) {
      const item = this.#object(depth + 1);
      if (item !== undefined) array.push(item);
      else if (this.bytes[this.position] === 0x5d) {
        this.position += 1;
        return array;
      } else if (this.#isClosed() || !this.#passed()) return array;
    }
  }

  /** What is null is not there (ISO 32000-1, 7.3.7). */
  #dictionary(depth: number): PDFDict {
    this.position += 2;
    const entries = new Map<PDFName, PDFObject>();
    for (;;) {
      this.skip();
      if (this.#isClosed()) {
        this.position += 2;
        break;
      }
      if (this.bytes[this.position] !== 0x2f) {
        if (this.#object(depth + 1) === undefined && !this.#passed()) break;
        continue;
      }
      const key = this.#name();
      const value = this.#object(depth + 1);
      if (value !== undefined && value !== PDFNull) entries.set(key, value);
      else entries.delete(key);
    }
    return PDFDict.fromMapWithContext(entries, this.#parsing.context);
  }

  #isClosed(): boolean {
    return this.bytes[this.position] === 0x3e && this.bytes[this.position + 1] === 0x3e;
  }

  /** Passes a word or a sign that means nothing here; false where an array or a dictionary ends without a bracket. */
  #passed(): boolean {
    const start = this.position;
    if (start >= this.bytes.length) return false;
    if (ends.has(this.word())) {
      this.position = start;
      return false;
    }
    if (this.position === start) this.position += 1;
    return true;
  }

  /** The data behind the word "stream", as long as the Length says where that is right (ISO 32000-1, 7.3.8). */
  #data(dict: PDFDict, lengthOf: (ref: PDFRef) => number | undefined): Buffer {
    const { bytes } = this;
    let start = this.position;
    while (bytes[start] === 0x20 || bytes[start] === 0x09) start += 1;
    if (bytes[start] === 0x0d || bytes[start] === 0x0a)
      start += bytes[start] === 0x0d && bytes[start + 1] === 0x0a ? 2 : 1;
    else start = this.position;
    const written = dict.get(PDFName.Length);
    const length = written instanceof PDFRef ? lengthOf(written) : numberOf(written);
    if (length !== undefined && Number.isInteger(length) && length >= 0 && start + length < bytes.length) {
      this.position = start + length;
      while (isWhite(bytes[this.position])) this.position += 1;
      if (this.word().startsWith('endstream')) return bytes.subarray(start, start + length);
    }
    let end = this.#next('endstream', start);
    if (end === bytes.length) end = this.#next('endobj', start);
    this.position = end;
    if (end === bytes.length) throw new BrokenObject();
    if (bytes[end - 1] === 0x0a && end > start) end -= 1;
    if (bytes[end - 1] === 0x0d && end > start) end -= 1;
    return bytes.subarray(start, end);
  }

  /** Where a word comes next from `from` on, or the end of the bytes. */
  #next(word: string, from: number): number {
    if (from >= (this.#missing.get(word) ?? Number.POSITIVE_INFINITY)) return this.bytes.length;
    const found = this.bytes.indexOf(word, from);
    if (found < 0) this.#missing.set(word, from);
    const next = found < 0 ? this.bytes.length : found;
    this.#spend(next - from);
    return next;
  }

  #spend(count: number): void {
    this.#parsing.left -= count;
    if (this.#parsing.left < 0) throw new Error('objects that lie in each other');
  }
}

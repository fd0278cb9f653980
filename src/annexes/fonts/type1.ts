import { notdef, standardEncoding } from './encodings.ts';
import { DamagedProgram, type Program } from './program.ts';

interface Charstring {
  name: string;
  /** Decrypted, with its first bytes that mean nothing. */
  code: Buffer;
  /** Where the encrypted bytes were in the private part. */
  from: number;
  to: number;
}

const eexecKey = 55665;
const charstringKey = 4330;

/** A program of Adobe Type 1 ("Adobe Type 1 Font Format", 1990); its glyphs by their order, the missing one first. */
export class Type1Program implements Program {
  readonly #clear: Buffer;
  readonly #private: Buffer;
  readonly #glyphs: Charstring[];
  readonly #subrs: Map<number, Buffer>;
  /** The private part before its glyphs and after them. */
  readonly #before: string;
  readonly #after: string;
  readonly #skipped: number;
  /** Whether the charstrings are encrypted, as they have to be. */
  readonly #isEncrypted: boolean;
  readonly #scale: number;
  /** Whether it is written as PDF wants it: in binary, without the segments of a file, its glyphs as the format shows. */
  readonly isPlain: boolean;

  /** Throws DamagedProgram, RangeError. */
  constructor(bytes: Uint8Array) {
    const data = withoutSegments(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    const mark = data.indexOf('eexec');
    if (mark < 0) throw new DamagedProgram();
    let start = mark + 5;
    while ([9, 10, 13, 32].includes(data.readUInt8(start))) start += 1;
    this.#clear = data.subarray(0, start);
    const isHex = /^[0-9A-Fa-f\s]{4}/.test(data.toString('latin1', start, start + 4));
    const found = data.lastIndexOf('cleartomark');
    const end = found < start ? data.length : found;
    const encrypted = isHex
      ? Buffer.from(data.toString('latin1', start, end).replaceAll(/[^0-9A-Fa-f]/g, ''), 'hex')
      : data.subarray(start, end);
    const whole = decrypted(encrypted, eexecKey);
    const close = whole.lastIndexOf('closefile');
    this.#private = close < 0 ? whole : whole.subarray(0, close + 9);
    const text = this.#private.toString('latin1');
    const skipped = Number(/\/lenIV\s+(-?\d+)/.exec(text)?.[1] ?? 4);
    this.#isEncrypted = skipped >= 0;
    this.#skipped = this.#isEncrypted ? skipped : 4;
    const factor = /\/FontMatrix\s*\[\s*([-+.\deE]+)/.exec(this.#clear.toString('latin1'))?.[1];
    this.#scale = Number(factor ?? 0.001) * 1000;
    const at = text.indexOf('/CharStrings');
    if (at < 0 || !(this.#scale > 0)) throw new DamagedProgram();
    const glyphs = this.#read(text, at + 12, /\/(\S*)\s+(\d+)\s+\S+ /y);
    const [first, last] = [glyphs[0], glyphs.at(-1)];
    if (!first || !last) throw new DamagedProgram();
    this.#before = text.slice(0, at).replace(/\/lenIV\s+-\d+/, '/lenIV 4');
    this.#after = text.slice(last.to).replace(/^\s*(?:noaccess\s+)?(?!end\b)\S+/, '');
    const head = /^\/CharStrings\s+(\d+)\s+dict\s+dup\s+begin\s*\/\S*\s+\d+\s+\S+ $/.exec(text.slice(at, first.from));
    const isOneWord = (_: unknown, index: number) =>
      /^\s*[^\s/]+\s*\/\S*\s+\d+\s+\S+ $/.test(text.slice(glyphs[index]?.to, glyphs[index + 1]?.from));
    this.isPlain =
      !isHex &&
      this.#isEncrypted &&
      data.length === bytes.length &&
      Number(head?.[1] ?? 0) >= glyphs.length &&
      glyphs.slice(1).every(isOneWord) &&
      /^\s*\S+\s+end\b/.test(text.slice(last.to, last.to + 40));
    this.#glyphs = glyphs.sort((a, b) => Number(b.name === notdef) - Number(a.name === notdef));
    const subrs = text.indexOf('/Subrs');
    const own = subrs < 0 ? [] : this.#read(text, subrs + 6, /dup\s+(\d+)\s+(\d+)\s+\S+ /y);
    this.#subrs = new Map(own.map(({ name, code }) => [Number(name), code.subarray(this.#skipped)]));
    if (!this.#isEncrypted && own.length > 0) throw new DamagedProgram();
    if (first.name !== notdef && this.#glyphs[0]?.name !== notdef)
      this.#glyphs.unshift({ name: notdef, code: this.#empty(), from: -1, to: -1 });
  }

  /** A glyph that draws nothing and has no width. */
  #empty(): Buffer {
    return Buffer.concat([Buffer.alloc(this.#skipped), Buffer.of(139, 139, 13, 14)]);
  }

  /** The strings from `at` on, as they follow each other with a few words between them. */
  #read(text: string, at: number, pattern: RegExp): Charstring[] {
    const strings: Charstring[] = [];
    const first = pattern.source.startsWith('dup') ? 'dup' : '/';
    let place = text.indexOf(first, at);
    while (place >= 0) {
      pattern.lastIndex = place;
      const found = pattern.exec(text);
      if (!found) break;
      const from = pattern.lastIndex;
      const to = from + Number(found[2]);
      if (to > this.#private.length) throw new DamagedProgram();
      strings.push({
        name: found[1] as string,
        code: this.#decrypted(this.#private.subarray(from, to)),
        from,
        to,
      });
      place = text.indexOf(first, to);
      if (place - to > 40) break;
    }
    return strings;
  }

  #decrypted(code: Buffer): Buffer {
    return this.#isEncrypted ? decrypted(code, charstringKey) : Buffer.concat([Buffer.alloc(this.#skipped), code]);
  }

  get count(): number {
    return this.#glyphs.length;
  }

  get names(): ReadonlyMap<string, number> {
    return new Map(this.#glyphs.map(({ name }, glyph) => [name, glyph]));
  }

  /** Names by code of the encoding that the program has. */
  get encoding(): ReadonlyMap<number, string> {
    const text = this.#clear.toString('latin1');
    if (/\/Encoding\s+StandardEncoding\s+def/.test(text)) return new Map(standardEncoding.entries());
    const codes = text.matchAll(/dup\s+(\d+|8#[0-7]+|16#[0-9a-fA-F]+)\s*\/(\S+)\s+put/g);
    return new Map([...codes].map(([, code, name]) => [codeOf(code as string), name as string]));
  }

  /** The charstring without its first bytes, with the subroutines expanded that come before the width is set. */
  #expanded(glyph: number): { code: Buffer; width: Operand | undefined } {
    let code = (this.#glyphs[glyph] as Charstring).code.subarray(this.#skipped);
    for (let calls = 0; calls < 10; calls += 1) {
      const { stack, at, operator } = operandsOf(code);
      if (operator === 13) return { code, width: stack[1] };
      if (operator === 1207) return { code, width: stack[2] };
      const called = stack.at(-1);
      const body = operator === 10 && called ? this.#subrs.get(called.value) : undefined;
      if (!body || !called) break;
      const inner = body.at(-1) === 11 ? body.subarray(0, -1) : body;
      code = Buffer.concat([code.subarray(0, called.from), inner, code.subarray(at + 1)]);
    }
    return { code, width: undefined };
  }

  width(glyph: number): number {
    const { width } = this.#expanded(glyph);
    if (!width) throw new DamagedProgram();
    return width.value * this.#scale;
  }

  isEmpty(glyph: number): boolean {
    const draws = (code: Buffer, depth: number): boolean => {
      let last = Number.NaN;
      for (let at = 0; at < code.length; ) {
        const number = numberAt(code, at);
        if (number) {
          last = number[0];
          at += number[1];
          continue;
        }
        const operator = code.readUInt8(at);
        if ([5, 6, 7, 8, 30, 31].includes(operator)) return true;
        if (operator === 12 && code.readUInt8(at + 1) === 6) return true; // an accented letter
        const body = operator === 10 ? this.#subrs.get(last) : undefined;
        if (body && (depth > 10 || draws(body, depth + 1))) return true;
        at += operator === 12 ? 2 : 1;
      }
      return false;
    };
    return !draws((this.#glyphs[glyph] as Charstring).code.subarray(this.#skipped), 0);
  }

  setWidth(glyph: number, width: number): void {
    const charstring = this.#glyphs[glyph] as Charstring;
    const { code, width: found } = this.#expanded(glyph);
    if (!found) throw new DamagedProgram();
    const operand = Buffer.alloc(5, 255);
    operand.writeInt32BE(Math.round(width / this.#scale), 1);
    const head = charstring.code.subarray(0, this.#skipped);
    charstring.code = Buffer.concat([head, code.subarray(0, found.from), operand, code.subarray(found.to)]);
  }

  add(like: number | undefined, width: number, key = notdef): number {
    const code = like === undefined ? this.#empty() : (this.#glyphs[like] as Charstring).code;
    this.#glyphs.push({ name: key, code, from: -1, to: -1 });
    this.setWidth(this.count - 1, width);
    return this.count - 1;
  }

  /** Its glyphs are written as the format shows it: some readers want every word so. */
  write(): Uint8Array {
    const reads = /\/([^\s/{]+)\s*\{\s*(?:string )?currentfile exch/.exec(this.#before)?.[1] ?? 'RD';
    const ends = /\/([^\s/{]+)\s*\{\s*(?:noaccess )?def\s*\}/.exec(this.#before)?.[1];
    const parts: Buffer[] = [Buffer.from(this.#before, 'latin1')];
    if (ends === undefined) parts.push(Buffer.from('/ND{noaccess def}executeonly def '));
    parts.push(Buffer.from(`/CharStrings ${this.count} dict dup begin\n`));
    for (const { name, code } of this.#glyphs)
      parts.push(
        Buffer.from(`/${name} ${code.length} ${reads} `, 'latin1'),
        encrypted(code, charstringKey),
        Buffer.from(` ${ends ?? 'ND'}\n`, 'latin1'),
      );
    // The last word needs an end of its own, encrypted too.
    parts.push(Buffer.from(`${this.#after.trim()}\n`, 'latin1'));
    return Buffer.concat([this.#clear, encrypted(Buffer.concat(parts), eexecKey), trailer]);
  }

  /** Lengths of the clear and the encrypted part of what `write` gave, and of the rest. */
  lengths(written: Uint8Array): [number, number, number] {
    return [this.#clear.length, written.length - this.#clear.length - trailer.length, trailer.length];
  }
}

/** What follows the encrypted part. */
const trailer = Buffer.from(`\n${`${'0'.repeat(64)}\n`.repeat(8)}cleartomark\n`);

export const isType1 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x25 && bytes[1] === 0x21) || (bytes[0] === 0x80 && bytes[1] === 1);

const codeOf = (code: string): number => {
  const [base, digits] = code.split('#');
  return digits === undefined ? Number(code) : Number.parseInt(digits, Number(base));
};

/** Without the heads of the segments that a PFB file has. */
function withoutSegments(data: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + 6 <= data.length && data[at] === 0x80 && (data[at + 1] === 1 || data[at + 1] === 2)) {
    const length = data.readUInt32LE(at + 2);
    parts.push(data.subarray(at + 6, at + 6 + length));
    at += 6 + length;
  }
  return parts.length > 0 ? Buffer.concat(parts) : data;
}

function decrypted(data: Buffer, key: number): Buffer {
  const plain = Buffer.alloc(data.length);
  let state = key;
  for (const [at, cipher] of data.entries()) {
    plain[at] = cipher ^ (state >> 8);
    state = ((cipher + state) * 52845 + 22719) & 0xffff;
  }
  return plain;
}

function encrypted(data: Buffer, key: number): Buffer {
  const result = Buffer.alloc(data.length);
  let state = key;
  for (const [at, plain] of data.entries()) {
    const cipher = plain ^ (state >> 8);
    result[at] = cipher;
    state = ((cipher + state) * 52845 + 22719) & 0xffff;
  }
  return result;
}

interface Operand {
  value: number;
  /** Where it is written. */
  from: number;
  to: number;
}

/** The operands before the first operator but div, and that; of two bytes as 1200 + the second. */
function operandsOf(code: Buffer): { stack: Operand[]; at: number; operator: number | undefined } {
  const stack: Operand[] = [];
  let at = 0;
  while (at < code.length) {
    const number = numberAt(code, at);
    if (number) {
      stack.push({ value: number[0], from: at, to: at + number[1] });
      at += number[1];
      continue;
    }
    const operator = code.readUInt8(at) === 12 ? 1200 + code.readUInt8(at + 1) : code.readUInt8(at);
    const [a, b] = operator === 1212 ? stack.splice(-2) : [];
    if (!a || !b) return { stack, at, operator };
    at += 2;
    stack.push({ value: a.value / b.value, from: a.from, to: at });
  }
  return { stack, at, operator: undefined };
}

/** A number of a charstring of type 1 and its length; undefined where an operator is. */
function numberAt(code: Buffer, at: number): [number, number] | undefined {
  const first = code.readUInt8(at);
  if (first < 32) return undefined;
  if (first < 247) return [first - 139, 1];
  if (first < 251) return [(first - 247) * 256 + code.readUInt8(at + 1) + 108, 2];
  if (first < 255) return [-(first - 251) * 256 - code.readUInt8(at + 1) - 108, 2];
  return [code.readInt32BE(at + 1), 5];
}

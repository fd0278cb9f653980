import { card16, type Dict, dictOf, indexAt, offsetOperand, writeDict, writeIndex } from './cff-parts.ts';
import { cffStrings, notdef } from './encodings.ts';
import { DamagedProgram, type Program } from './program.ts';
import { operandOf, type Reading2, readType2, type Subroutines } from './type2.ts';

interface Private {
  dict: Dict;
  subroutines: readonly Buffer[];
}

const op = { charset: 15, encoding: 16, charStrings: 17, private: 18, subrs: 19, defaultWidth: 20, nominalWidth: 21 };
const matrix = 1207;
const charstringType = 1206;
const ros = 1230;
const fdArray = 1236;
const fdSelect = 1237;

/** A program in the Compact Font Format (Adobe Technical Note 5176), keyed by names or by CIDs. */
export class CffProgram implements Program {
  readonly #data: Buffer;
  readonly #name: readonly Buffer[];
  readonly #top: Dict;
  readonly #strings: Buffer[];
  readonly #global: readonly Buffer[];
  readonly #charstrings: Buffer[];
  /** Names or CIDs, by glyph. */
  readonly #charset: number[];
  /** Whether the names of all glyphs are there: others give the whole program up where one is not. */
  readonly #hasNames: boolean;
  readonly #fonts: Dict[];
  readonly #privates: Private[];
  readonly #select: number[];
  readonly #readings = new Map<number, Reading2>();
  readonly isByCid: boolean;

  /** Throws DamagedProgram, RangeError. */
  constructor(bytes: Uint8Array) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#data = data;
    const name = indexAt(data, data.readUInt8(2));
    const top = indexAt(data, name.end);
    const strings = indexAt(data, top.end);
    this.#name = name.items;
    this.#top = dictOf(top.items[0] ?? Buffer.alloc(0));
    this.#strings = strings.items;
    this.#global = indexAt(data, strings.end).items;
    this.isByCid = this.#top.has(ros);
    const place = this.#top.get(op.charStrings)?.values.at(-1);
    if (place === undefined || (this.#top.get(charstringType)?.values[0] ?? 2) !== 2) throw new DamagedProgram();
    this.#charstrings = indexAt(data, place).items;
    const charset = this.#readCharset();
    const names = this.isByCid ? Number.POSITIVE_INFINITY : cffStrings.length + this.#strings.length;
    this.#charset = charset.map((name) => (name < names ? name : 0));
    this.#hasNames = charset.every((name) => name < names);
    const array = this.#top.get(fdArray)?.values[0];
    this.#fonts = this.isByCid && array !== undefined ? indexAt(data, array).items.map(dictOf) : [];
    this.#privates = (this.isByCid ? this.#fonts : [this.#top]).map((dict) => this.#readPrivate(dict));
    this.#select = this.isByCid ? this.#readSelect() : [];
    if (this.#charstrings.length === 0 || this.#privates.length === 0) throw new DamagedProgram();
  }

  #readCharset(): number[] {
    const at = this.#top.get(op.charset)?.values[0] ?? 0;
    const count = this.#charstrings.length;
    if (at === 1 || at === 2) throw new DamagedProgram(); // those of expert fonts
    if (at === 0) return Array.from({ length: count }, (_, glyph) => glyph);
    const data = this.#data;
    const format = data.readUInt8(at);
    const charset = [0];
    if (format === 0)
      for (let glyph = 1; glyph < count; glyph += 1) charset.push(data.readUInt16BE(at + 2 * glyph - 1));
    else
      for (let place = at + 1; charset.length < count; place += format === 1 ? 3 : 4) {
        const first = data.readUInt16BE(place);
        const left = format === 1 ? data.readUInt8(place + 2) : data.readUInt16BE(place + 2);
        for (let index = 0; index <= left && charset.length < count; index += 1) charset.push(first + index);
      }
    return charset;
  }

  #readPrivate(font: Dict): Private {
    const [size, offset] = font.get(op.private)?.values ?? [0, 0];
    if (size === undefined || offset === undefined || offset + size > this.#data.length) throw new DamagedProgram();
    const dict = dictOf(this.#data.subarray(offset, offset + size));
    const subrs = dict.get(op.subrs)?.values[0];
    return { dict, subroutines: subrs === undefined ? [] : indexAt(this.#data, offset + subrs).items };
  }

  #readSelect(): number[] {
    const at = this.#top.get(fdSelect)?.values[0];
    if (at === undefined) throw new DamagedProgram();
    const count = this.#charstrings.length;
    if (this.#data.readUInt8(at) === 0) return [...this.#data.subarray(at + 1, at + 1 + count)];
    const select: number[] = [];
    for (let range = 0; range < this.#data.readUInt16BE(at + 1); range += 1) {
      const place = at + 3 + 3 * range;
      while (select.length < Math.min(count, this.#data.readUInt16BE(place + 3)))
        select.push(this.#data.readUInt8(place + 2));
    }
    return select;
  }

  /** Whether its numbers are written as the format wants it, and its names are there. */
  get isPlain(): boolean {
    const dicts = [this.#top, ...this.#fonts, ...this.#privates.map(({ dict }) => dict)];
    return this.#hasNames && dicts.every((dict) => [...dict.values()].every(({ isWhole }) => isWhole));
  }

  get count(): number {
    return this.#charstrings.length;
  }

  /** The name of a glyph of a program that is keyed by names. */
  nameOf(glyph: number): string {
    const number = this.#charset[glyph] ?? 0;
    return cffStrings[number] ?? this.#strings[number - cffStrings.length]?.toString('latin1') ?? notdef;
  }

  /** Glyphs by name. */
  get names(): ReadonlyMap<string, number> {
    return new Map([...this.#charset.map((_, glyph) => [this.nameOf(glyph), glyph] as const), [notdef, 0]]);
  }

  /** Glyphs by CID. */
  get cids(): ReadonlyMap<number, number> {
    return new Map(this.#charset.map((cid, glyph) => [cid, glyph]));
  }

  /** Where the encoding is that the program has; undefined: it has a standard one. `end`: of all but the supplement. */
  #encodingPlace(): { at: number; format: number; end: number } | undefined {
    const at = this.#top.get(op.encoding)?.values[0] ?? 0;
    if (at <= 1) return undefined;
    const [format, count] = [this.#data.readUInt8(at) % 128, this.#data.readUInt8(at + 1)];
    return { at, format, end: at + 2 + count * (format === 0 ? 1 : 2) };
  }

  /** Names by code of the encoding that the program has; a number: a standard one. */
  get encoding(): ReadonlyMap<number, string> | 0 | 1 {
    const place = this.#encodingPlace();
    if (!place) return this.#top.get(op.encoding)?.values[0] === 1 ? 1 : 0;
    const data = this.#data;
    const names = new Map<number, string>();
    const isRun = place.format !== 0;
    for (let at = place.at + 2, glyph = 1; at < place.end; at += isRun ? 2 : 1)
      for (let by = 0; by <= (isRun ? data.readUInt8(at + 1) : 0); by += 1)
        names.set(data.readUInt8(at) + by, this.nameOf(glyph++));
    return names;
  }

  /** Names of more codes, which the validator does not read. */
  get supplement(): ReadonlyMap<number, string> {
    const { at = 0, end = 0 } = this.#encodingPlace() ?? {};
    const data = this.#data;
    const names = new Map<number, string>();
    if (end === 0 || data.readUInt8(at) < 128) return names;
    for (let place = end + 1; place < end + 1 + 3 * data.readUInt8(end); place += 3) {
      const glyph = this.#charset.indexOf(data.readUInt16BE(place + 1));
      if (glyph >= 0) names.set(data.readUInt8(place), this.nameOf(glyph));
    }
    return names;
  }

  #privateOf(glyph: number): Private {
    const found = this.#privates[this.#select[glyph] ?? 0];
    if (!found) throw new DamagedProgram();
    return found;
  }

  #reading(glyph: number): Reading2 {
    const subroutines: Subroutines = { global: this.#global, local: this.#privateOf(glyph).subroutines };
    const known = this.#readings.get(glyph) ?? readType2(this.#charstrings[glyph] ?? Buffer.of(14), subroutines);
    this.#readings.set(glyph, known);
    return known;
  }

  /** 1/1000 em of a unit of the glyphs. */
  #scale(glyph: number): number {
    const own = this.isByCid ? this.#fonts[this.#select[glyph] ?? 0]?.get(matrix)?.values[0] : undefined;
    const common = this.#top.get(matrix)?.values[0];
    return (own ?? (common === undefined ? 0.001 : 1)) * (common ?? 1) * 1000;
  }

  #number(glyph: number, operator: number): number {
    return Math.trunc(this.#privateOf(glyph).dict.get(operator)?.values.at(-1) ?? 0);
  }

  width(glyph: number): number {
    const { width } = this.#reading(glyph);
    const units =
      width === undefined ? this.#number(glyph, op.defaultWidth) : width + this.#number(glyph, op.nominalWidth);
    return units * this.#scale(glyph);
  }

  isEmpty(glyph: number): boolean {
    return !this.#reading(glyph).draws;
  }

  setWidth(glyph: number, width: number): void {
    const units = Math.round(width / this.#scale(glyph)) - this.#number(glyph, op.nominalWidth);
    const { expanded, from, to } = this.#reading(glyph);
    const operand = operandOf(Math.min(0x7fff, Math.max(-0x8000, units)));
    this.#charstrings[glyph] = Buffer.concat([expanded.subarray(0, from), operand, expanded.subarray(to)]);
    this.#readings.delete(glyph);
  }

  /** `key`: its name or CID. */
  add(like: number | undefined, width: number, key: string | number = notdef): number {
    const glyph = this.count;
    this.#charstrings.push(like === undefined ? Buffer.of(14) : (this.#charstrings[like] as Buffer));
    if (typeof key === 'string') {
      this.#charset.push(cffStrings.length + this.#strings.length);
      this.#strings.push(Buffer.from(key, 'latin1'));
    } else this.#charset.push(key);
    if (this.isByCid) this.#select.push(this.#select[like ?? 0] ?? 0);
    this.setWidth(glyph, width);
    return glyph;
  }

  write(): Uint8Array {
    const body: Buffer[] = [];
    const head = () => {
      const tops = writeIndex([writeDict(this.#top)]);
      return Buffer.concat([
        Buffer.of(1, 0, 4, 4),
        writeIndex(this.#name),
        tops,
        writeIndex(this.#strings),
        writeIndex(this.#global),
      ]);
    };
    const setOffset = (dict: Dict, operator: number, ...values: number[]) =>
      dict.set(operator, { values, bytes: Buffer.concat(values.map(offsetOperand)), isWhole: true });
    const encoding = this.#encodingBytes();
    const places = [op.charset, op.charStrings];
    if (encoding) places.push(op.encoding);
    if (this.isByCid) places.push(fdArray, fdSelect);
    for (const operator of places) setOffset(this.#top, operator, 0);
    if (!this.isByCid) setOffset(this.#top, op.private, 0, 0);
    let end = head().length;
    const put = (bytes: Buffer) => {
      body.push(bytes);
      end += bytes.length;
      return end - bytes.length;
    };
    setOffset(this.#top, op.charset, put(Buffer.concat([Buffer.of(0), ...this.#charset.slice(1).map(card16)])));
    if (encoding) setOffset(this.#top, op.encoding, put(encoding));
    if (this.isByCid) setOffset(this.#top, fdSelect, put(Buffer.from([0, ...this.#select])));
    setOffset(this.#top, op.charStrings, put(writeIndex(this.#charstrings)));
    for (const [index, { dict, subroutines }] of this.#privates.entries()) {
      if (subroutines.length > 0) setOffset(dict, op.subrs, 0);
      else dict.delete(op.subrs);
      const size = writeDict(dict).length;
      if (subroutines.length > 0) setOffset(dict, op.subrs, size);
      const offset = put(writeDict(dict));
      if (subroutines.length > 0) put(writeIndex(subroutines));
      setOffset(this.isByCid ? (this.#fonts[index] as Dict) : this.#top, op.private, size, offset);
    }
    if (this.isByCid) setOffset(this.#top, fdArray, put(writeIndex(this.#fonts.map(writeDict))));
    return Buffer.concat([head(), ...body]);
  }

  /** The encoding of the program as it stands there; undefined where it is a standard one. */
  #encodingBytes(): Buffer | undefined {
    const { at = 0, end = 0 } = this.#encodingPlace() ?? {};
    if (end === 0) return undefined;
    return this.#data.subarray(at, this.#data.readUInt8(at) < 128 ? end : end + 1 + 3 * this.#data.readUInt8(end));
  }
}

export const isCff = (bytes: Uint8Array): boolean =>
  bytes[0] === 1 && (bytes[2] ?? 0) >= 4 && (bytes[3] ?? 0) >= 1 && (bytes[3] ?? 9) <= 4;

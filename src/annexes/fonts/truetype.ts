import { macGlyphOrder } from './encodings.ts';
import { DamagedProgram, type Program } from './program.ts';
import { type Cmap, isWholePost, namesOf, readCmaps, readTables, type Tables, writeCmap, writeTables } from './sfnt.ts';

/** A program with outlines of the TrueType kind. */
export class TrueTypeProgram implements Program {
  readonly #tables: Tables;
  readonly unitsPerEm: number;
  readonly #longMetrics: number;
  /** Widths that were changed, by glyph, in units of the em. */
  readonly #changed = new Map<number, number>();
  /** Glyphs that were added: those whose outlines they have. */
  readonly #added: (number | undefined)[] = [];
  readonly #glyphs: number;
  #cmaps: Cmap[] = [];
  /** Whether it is one font, and what its tables say is there. */
  readonly isPlain: boolean;
  #names: Map<string, number> | undefined;

  /** Throws DamagedProgram. */
  constructor(bytes: Uint8Array) {
    this.#tables = readTables(bytes);
    const [head, hhea, maxp, hmtx] = ['head', 'hhea', 'maxp', 'hmtx'].map((tag) => this.table(tag)) as Buffer[];
    if (!head || !hhea || !maxp || !hmtx || head.length < 54 || hhea.length < 36 || maxp.length < 6)
      throw new DamagedProgram();
    this.unitsPerEm = head.readUInt16BE(18);
    this.#longMetrics = hhea.readUInt16BE(34);
    this.#glyphs = maxp.readUInt16BE(4);
    const isWhole = hmtx.length >= 4 * this.#longMetrics && this.#longMetrics > 0 && this.unitsPerEm > 0;
    if (!isWhole || this.#glyphs === 0 || !this.#tables.has('glyf') || !this.#tables.has('loca'))
      throw new DamagedProgram();
    const hasWholeCmaps = this.#readCmaps();
    // LibreOffice writes Apple's.
    const isKnown = bytes[0] === 0 || Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'true';
    this.isPlain = isKnown && isWholePost(this.#tables.get('post')) && hasWholeCmaps;
    // Only composite fonts do without.
    if (!hasWholeCmaps) this.#tables.delete('cmap');
  }

  /** False where they are not whole. */
  #readCmaps(): boolean {
    try {
      this.#cmaps = readCmaps(this.#tables.get('cmap'));
      return true;
    } catch {
      this.#cmaps = [];
      return false;
    }
  }

  /** Throws DamagedProgram where there is none. */
  table(tag: string): Buffer {
    const table = this.#tables.get(tag);
    if (!table) throw new DamagedProgram();
    return table;
  }

  get count(): number {
    return this.#glyphs + this.#added.length;
  }

  width(glyph: number): number {
    return (this.advance(glyph) * 1000) / this.unitsPerEm;
  }

  /** In units of the em; beyond the last glyph the first counts. */
  advance(glyph: number): number {
    const changed = this.#changed.get(glyph);
    if (changed !== undefined) return changed;
    const place = glyph < this.#longMetrics ? glyph : glyph < this.#glyphs ? this.#longMetrics - 1 : 0;
    return this.table('hmtx').readUInt16BE(4 * place);
  }

  #bearing(glyph: number): number {
    const at = glyph < this.#longMetrics ? 4 * glyph + 2 : 4 * this.#longMetrics + 2 * (glyph - this.#longMetrics);
    const hmtx = this.table('hmtx');
    return at + 2 <= hmtx.length ? hmtx.readInt16BE(at) : 0;
  }

  /** Where the glyph's outline is in `glyf`. */
  #place(glyph: number): [from: number, to: number] {
    const loca = this.table('loca');
    const isLong = this.table('head').readUInt16BE(50) !== 0;
    const [from, to] = [glyph, glyph + 1].map((index) => {
      if ((index + 1) * (isLong ? 4 : 2) > loca.length) return undefined;
      return isLong ? loca.readUInt32BE(4 * index) : 2 * loca.readUInt16BE(2 * index);
    });
    const end = Math.min(to ?? 0, this.table('glyf').length);
    return from === undefined || from >= end ? [0, 0] : [from, end];
  }

  /** A glyph's outline as it stands in the program; nothing for one that draws nothing. */
  outline(glyph: number): Buffer {
    return this.table('glyf').subarray(...this.#place(glyph));
  }

  isEmpty(glyph: number): boolean {
    const [from, to] = this.#place(this.#added[glyph - this.#glyphs] ?? glyph);
    return to - from < 10 || this.table('glyf').readInt16BE(from) === 0;
  }

  setWidth(glyph: number, width: number): void {
    this.#changed.set(glyph, Math.min(0xffff, Math.max(0, Math.round((width * this.unitsPerEm) / 1000))));
  }

  add(like: number | undefined, width: number): number {
    const glyph = this.count;
    this.#added.push(like);
    this.setWidth(glyph, width);
    return glyph;
  }

  /** Subtables of `cmap`; none where they cannot be read. */
  get cmaps(): readonly Cmap[] {
    return this.#cmaps;
  }

  cmap(platform: number, encoding: number): Cmap | undefined {
    return this.cmaps.find((cmap) => cmap.platform === platform && cmap.encoding === encoding);
  }

  /** A glyph by its name in `post`; 0 where there is none. */
  named(name: string): number {
    this.#names ??= namesOf(this.#tables.get('post'), macGlyphOrder);
    return this.#names.get(name) ?? 0;
  }

  /** Replaces all subtables; names of glyphs, which could tell others, are left out with them. */
  setCmaps(cmaps: readonly Pick<Cmap, 'platform' | 'encoding' | 'glyphs'>[]): void {
    this.#tables.set('cmap', writeCmap(cmaps));
    this.#leaveNames(this.#tables);
  }

  #leaveNames(tables: Tables): void {
    const post = Buffer.alloc(32);
    this.#tables.get('post')?.copy(post, 4, 4, 32);
    post.writeUInt32BE(0x30000, 0);
    tables.set('post', post);
  }

  write(): Uint8Array {
    const tables = new Map(this.#tables);
    if (this.#changed.size > 0) this.#writeMetrics(tables);
    if (this.#added.length > 0) this.#writeGlyphs(tables);
    if (this.#added.length > 0 || !isWholePost(tables.get('post'))) this.#leaveNames(tables);
    for (const tag of ['DSIG', 'hdmx', 'LTSH', 'VDMX']) tables.delete(tag);
    return writeTables(0x10000, tables);
  }

  #writeMetrics(tables: Tables): void {
    const hmtx = Buffer.alloc(4 * this.count);
    for (let glyph = 0; glyph < this.count; glyph += 1) {
      hmtx.writeUInt16BE(this.advance(glyph), 4 * glyph);
      const source = glyph < this.#glyphs ? glyph : this.#added[glyph - this.#glyphs];
      hmtx.writeInt16BE(source === undefined ? 0 : this.#bearing(source), 4 * glyph + 2);
    }
    const hhea = Buffer.from(this.table('hhea'));
    hhea.writeUInt16BE(this.count, 34);
    tables.set('hmtx', hmtx).set('hhea', hhea);
  }

  #writeGlyphs(tables: Tables): void {
    const glyf = this.table('glyf');
    const parts = [glyf, Buffer.alloc((4 - (glyf.length % 4)) % 4)];
    let end = Math.ceil(glyf.length / 4) * 4;
    const places = Array.from({ length: this.#glyphs }, (_, glyph) => this.#place(glyph)[0]);
    // An empty place between two outlines begins where the next one does.
    for (let glyph = this.#glyphs - 1; glyph >= 0; glyph -= 1) {
      const [from, to] = this.#place(glyph);
      if (to === 0 && from === 0) places[glyph] = places[glyph + 1] ?? end;
    }
    for (const like of this.#added) {
      places.push(end);
      const own = like === undefined ? Buffer.alloc(0) : this.outline(like);
      const outline = Buffer.concat([own, Buffer.alloc((4 - (own.length % 4)) % 4)]);
      parts.push(outline);
      end += outline.length;
    }
    places.push(end);
    const loca = Buffer.alloc(4 * places.length);
    for (const [index, place] of places.entries()) loca.writeUInt32BE(place, 4 * index);
    const head = Buffer.from(this.table('head'));
    head.writeUInt16BE(1, 50);
    const maxp = Buffer.from(this.table('maxp'));
    maxp.writeUInt16BE(this.count, 4);
    tables.set('glyf', Buffer.concat(parts)).set('loca', loca).set('head', head).set('maxp', maxp);
  }
}

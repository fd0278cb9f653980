import type { Program } from './program.ts';
import { tolerance } from './program.ts';

/** What a font's codes come to show, while program and dictionary are made to agree. */
export class Glyphs {
  readonly #program: Program;
  readonly #width: (code: number) => number;
  readonly #isVisible: boolean;
  readonly #text: (code: number) => string | undefined;
  readonly #add: (like: number | undefined, width: number, code: number) => number;
  /** What the glyph for what is missing stands for, by the texts of its codes. */
  readonly #signs = new Set<string>();
  /** Widths by glyph, as some code wants them. */
  readonly #wanted = new Map<number, number>();
  /** Codes without a glyph, where something is drawn in its place. */
  readonly missing = new Set<number>();
  /** Codes whose width the program cannot tell. */
  readonly unfit = new Set<number>();

  /**
   * `width`: 1/1000 em by code, as the dictionary says; `text`: what the font's own map says of a code; `add`: a new glyph
   * for a code.
   */
  constructor(
    program: Program,
    width: (code: number) => number,
    isVisible: boolean,
    text: (code: number) => string | undefined,
    add: (like: number | undefined, width: number, code: number) => number = (like, width) => program.add(like, width),
  ) {
    this.#program = program;
    this.#width = width;
    this.#isVisible = isVisible;
    this.#text = text;
    this.#add = add;
  }

  /**
   * The glyph for a code that shows `glyph` so far: itself, with the width that the dictionary tells, or one that draws
   * the same. Instead of the glyph for what is missing, where that draws nothing, an empty one; where one text alone has
   * it and it is no box, a sign that a subset was begun with, one that draws the same.
   */
  settle(code: number, glyph: number): number {
    const width = this.#width(code);
    const program = this.#program;
    const isMissing = glyph <= 0 || glyph >= program.count;
    if (isMissing && this.#isVisible && !(glyph >= program.count || program.isEmpty(0))) {
      const text = this.#text(code);
      if (text !== undefined) this.#signs.add(text);
      if (text !== undefined && this.#signs.size === 1 && program.isCurved(0))
        return this.#checked(code, this.#add(0, width, code));
      this.missing.add(code);
      return 0;
    }
    if (isMissing) return this.#checked(code, this.#add(undefined, width, code));
    const before = this.#wanted.get(glyph);
    if (before !== undefined && Math.abs(before - width) > tolerance)
      return this.#checked(code, this.#add(glyph, width, code));
    this.#wanted.set(glyph, before ?? width);
    if (Math.abs(program.width(glyph) - width) > tolerance) program.setWidth(glyph, width);
    return this.#checked(code, glyph);
  }

  #checked(code: number, glyph: number): number {
    this.#wanted.set(glyph, this.#wanted.get(glyph) ?? this.#width(code));
    if (Math.abs(this.#program.width(glyph) - this.#width(code)) > tolerance) this.unfit.add(code);
    return glyph;
  }
}

/** A font program whose glyphs are known by number: what its dictionary must agree with (ISO 19005-3, 6.2.11). */
export interface Program {
  /** Number of its glyphs; glyph 0 stands for what is missing. */
  readonly count: number;
  /** 1/1000 em */
  width(glyph: number): number;
  /** Whether the glyph draws nothing. */
  isEmpty(glyph: number): boolean;
  /** Whether the glyph, by its number, may be a letter: it has curves, which boxes have not. */
  isCurved(glyph: number): boolean;
  /** Changes the width that the program tells, and nothing that is drawn: PDF places glyphs by the dictionary's widths. */
  setWidth(glyph: number, width: number): void;
  /** A new glyph that draws the same as `like`, or nothing; its number. */
  add(like: number | undefined, width: number): number;
  /** The program with all changes. */
  write(): Uint8Array;
}

/** Thrown where a program cannot be read. */
export class DamagedProgram extends Error {}

/** Glyphs whose widths differ no more are taken as the same: 1/1000 em, as the validator counts. */
export const tolerance = 1;

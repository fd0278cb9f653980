import { PDFContext, PDFNumber, PDFRef } from './pdf.ts';

/** Numbers below are written often. */
const mostKnown = 10_000;

/** What the parsers of one file share. */
export class Parsing {
  readonly context = PDFContext.create();
  /** Bytes that may yet be read: objects that lie in each other would be read again and again. */
  left: number;
  // The library takes long to make them: those that were made are kept.
  readonly #refs = new Map<number, PDFRef>();
  readonly #numbers = new Map<number, PDFNumber>();

  constructor(left: number) {
    this.left = left;
  }

  ref(number: number): PDFRef {
    let ref = this.#refs.get(number);
    if (!ref) {
      ref = PDFRef.of(number);
      this.#refs.set(number, ref);
    }
    return ref;
  }

  /** A whole number. */
  number(number: number): PDFNumber {
    let known = this.#numbers.get(number);
    if (!known) {
      known = PDFNumber.of(number);
      if (number < mostKnown) this.#numbers.set(number, known);
    }
    return known;
  }
}

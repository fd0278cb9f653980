import { spliced } from '../../content/fix/written-file.ts';
import { positionsIn } from '../../content/yaml/positions.ts';
import type { Position, Splice } from '../../diagnostics/diagnostic.ts';

/** The text of a file while it is being mended: as the check reads it, and as it will be written. */
export class TextFile {
  /** Line ends are \n, without a mark at the beginning: the text that splices speak of. */
  text: string;
  #mark: string;
  /** What ends each line */
  #ends: string[] = [];
  /** Of each UTF-16 unit of the text where it was in the first one, and of the end */
  #origins: number[] = [];
  #positionAt: (offset: number) => Position = () => ({ line: 1, column: 1 });

  constructor(raw: string) {
    this.#mark = /^\ufeff*/.exec(raw)?.[0] ?? '';
    this.text = '';
    this.#read(raw.slice(this.#mark.length));
  }

  /** As it is written */
  get raw(): string {
    const lines = this.text.split('\n');
    return this.#mark + lines.map((line, index) => line + (this.#ends[index] ?? '')).join('');
  }

  /** Makes each mixture of CR and LF the line end that the file has elsewhere, or LF; returns which. */
  mendLineEnds(): 'LF' | 'CRLF' {
    const rest = this.raw.slice(this.#mark.length);
    const end = /(?<!\r)\r\n/.test(rest) ? '\r\n' : '\n';
    this.#read(rest.replaceAll(/\r+\n?/g, (written) => (written === '\r\n' ? written : end)));
    return end === '\n' ? 'LF' : 'CRLF';
  }

  /** The mark at the beginning goes; returns what it was. */
  dropMark(): string {
    const mark = this.#mark;
    this.#mark = '';
    return mark;
  }

  /** Where an offset of the text was at first. */
  positionOf(offset: number): Position {
    return this.#positionAt(this.#origins[offset] ?? 0);
  }

  splice(splices: readonly Splice[]): void {
    const origins: number[] = [];
    let at = 0;
    for (const { from, to, text } of [...splices].sort((a, b) => a.from - b.from)) {
      for (; at < from; at += 1) origins.push(this.#origins[at] ?? 0);
      for (let unit = 0; unit < text.length; unit += 1) origins.push(this.#origins[from] ?? 0);
      at = to;
    }
    for (; at < this.#origins.length; at += 1) origins.push(this.#origins[at] ?? 0);
    this.text = spliced(this.text, splices);
    this.#origins = origins;
  }

  #read(rest: string): void {
    this.#ends = rest.match(/\r?\n/g) ?? [];
    this.text = rest.replaceAll('\r\n', '\n');
    this.#origins = Array.from({ length: this.text.length + 1 }, (_, index) => index);
    this.#positionAt = positionsIn(this.text);
  }
}

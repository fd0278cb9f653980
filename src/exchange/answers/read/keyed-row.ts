// A row of a sheet that has a key: what stands in it, and whether key, 項目 and いまの内容 belong together.
import { cellName, type ReadCell, type ReadSheet } from '../../xlsx/book.ts';
import type { BaseRow } from '../base.ts';
import type { FormKey } from '../key.ts';
import { headings } from '../layout.ts';
import { type Columns, isLabel, type KeyedCell } from './columns.ts';
import { type Finding, notRead } from './told.ts';
import { isSame } from './typed.ts';
import { shownText, told } from './written.ts';

/** What the base has, by keyText. */
export interface BaseRows {
  rows: ReadonlyMap<string, BaseRow>;
  /** 番号 of its measures */
  numbers: ReadonlySet<string>;
  /** What its sheets have in rows without a key */
  around: ReadonlySet<string>;
  /** Rows of a measure by the texts that they have, by 番号 */
  homes: ReadonlyMap<string, ReadonlyMap<string, readonly BaseRow[]>>;
}

/** A place where a row's answer stands. A row has several where it, its sheet or the column was copied. */
export interface Place {
  text: string;
  base: BaseRow;
  sheet: string;
  row: number;
  column: number;
  /** What stands there; none for a blank cell */
  cell?: ReadCell | undefined;
}

export class KeyedRow {
  readonly sheet: ReadSheet;
  readonly key: KeyedCell;
  readonly columns: Columns | undefined;
  readonly base: BaseRow | undefined;
  readonly cells: ReadonlyMap<number, ReadCell>;
  /** What stands in 記入欄 */
  readonly answers: readonly (ReadCell | undefined)[];
  /** 項目 is not that of the key. */
  readonly otherLabel: boolean;
  /** いまの内容 is not that of the key. */
  readonly otherPresent: boolean;
  /** 記入欄 is not as it went out. */
  readonly changed: boolean;
  readonly #merges: readonly Merge[];
  /** `merges`: those that the row is in */
  constructor(sheet: ReadSheet, key: KeyedCell, columns: Columns | undefined, merges: readonly Merge[]) {
    const { base } = key;
    const cells: ReadonlyMap<number, ReadCell> = sheet.rows.get(key.row) ?? new Map();
    this.sheet = sheet;
    this.key = key;
    this.columns = columns;
    this.base = base;
    this.cells = cells;
    this.#merges = merges;
    this.answers = columns?.answer.map((column) => cells.get(column)) ?? [];
    const labels = this.#shownIn(columns?.label);
    this.otherLabel = !!base && labels.length > 0 && labels.every((column) => !isLabel(cells.get(column), base.label));
    this.otherPresent =
      !!base && this.#shownIn(columns?.present).some((column) => !isSame(cells.get(column), base.value));
    this.changed = !!base && this.answers.some((cell) => !isSame(cell, base.value));
  }

  labelText(): string {
    return shownText(this.cells.get(this.columns?.label[0] ?? -1));
  }

  presentText(): string {
    const { base, columns } = this;
    const column = columns?.present.find((one) => !isSame(this.cells.get(one), base?.value));
    return shownText(this.cells.get(column ?? -1));
  }

  /** Columns whose cell here is not hidden under another one that it was merged with */
  #shownIn(columns: readonly number[] = []): readonly number[] {
    return columns.filter((column) => !this.#swallowing(column));
  }

  /** The cells that are one with that of a column, which is not the first of them */
  #swallowing(column: number): Merge | undefined {
    const { row } = this.key;
    return this.#merges.find(
      ({ startRow, startCol, endCol }) =>
        column >= startCol && column <= endCol && !(row === startRow && column === startCol),
    );
  }

  finding(severity: Finding['severity'], what: string, column: number, message: string, hint: string): Finding {
    return { severity, what, sheet: this.sheet.name, row: this.key.row, column, message, hint };
  }

  /** What is told of a row that the base does not have */
  unknown({ numbers }: BaseRows): Finding[] {
    const { key } = this.key;
    if (this.base) return [];
    const answers = this.columns
      ? this.columns.answer
      : [...this.cells.keys()].filter((one) => one !== this.key.column);
    const present = this.columns?.present.map((column) => shownText(this.cells.get(column))) ?? [];
    const written = answers.filter((column) => {
      const text = shownText(this.cells.get(column));
      return text !== '' && !present.includes(text);
    });
    const name = nameOf(key);
    if (written.length === 0)
      return [
        this.finding(
          ...(['warning', `unknown ${key.number}`, this.key.column] as const),
          `取組 ${key.number} の「${name}」の行は、この回答ブックのものではないため、読んでいません。`,
          'ほかの回答ブックから写した行なら、消して構いません。',
        ),
      ];
    return written.map((column) =>
      this.finding(
        ...(['error', `unknown ${key.number} written`, column] as const),
        `取組 ${key.number} の「${name}」の行は、この回答ブックのものではありません。書かれている${told(shownText(this.cells.get(column)))}は読んでいません。`,
        numbers.has(key.number)
          ? `この取組のシートの正しい行の${headings.answer}に書き、この行を消してください。`
          : `取組 ${key.number} の回答ブックに書き、この行を消してください。`,
      ),
    );
  }

  /** Rows of the same measure that had a text when it went out */
  homesOf(text: string, { homes }: BaseRows): readonly BaseRow[] {
    return homes.get(this.key.key.number)?.get(text) ?? [];
  }

  /** What is told where the row cannot be believed as it stands. */
  problem(all: BaseRows): Finding | undefined {
    const { base, columns } = this;
    if (!base || !columns) return undefined;
    const answers = columns.answer.map((column) => ({
      ...{ row: this.key.row, column, text: shownText(this.cells.get(column)) },
    }));
    const lost = this.changed ? notRead(answers) : '';
    if (this.otherLabel)
      return this.finding(
        ...(['error', 'label', columns.label[0] ?? 0] as const),
        `この行の${headings.label}(${told(this.labelText())})と鍵(「${base.label}」)が合いません。${lost}`,
        `${headings.label}を「${base.label}」に戻すか、元の回答ブックに書き直してください。書きかえるのは${headings.answer}だけです。`,
      );
    if (!this.otherPresent) return undefined;
    const column = columns.present[0] ?? 0;
    const text = this.presentText();
    const isTypedTwice = text !== '' && this.answers.some((cell) => shownText(cell) === text);
    if (isTypedTwice && this.homesOf(text, all).length === 0)
      return this.finding(
        ...(['warning', 'present too', column] as const),
        `「${base.label}」の${headings.present}も書きかえられています。${headings.answer}に同じ${told(text)}があるので、それを読みました。`,
        `${headings.present}は見くらべるためのものです。書きかえるのは${headings.answer}だけです。`,
      );
    return this.finding(
      ...(['error', 'present', column] as const),
      `「${base.label}」の${headings.present}が書きかえられています(元は${told(base.value)}、いまは${told(text)})。${lost}`,
      `${told(text)}が回答なら、${headings.answer}に書いてください。そうでなければ、${headings.present}を元に戻してください。`,
    );
  }

  places(findings: Finding[]): Place[] {
    const { base, columns, key } = this;
    if (!base || !columns) return [];
    return columns.answer.flatMap((column): Place[] => {
      const merge = this.#swallowing(column);
      if (!merge)
        return [{ text: key.text, base, sheet: this.sheet.name, row: key.row, column, cell: this.cells.get(column) }];
      const at = cellName(merge.startRow, merge.startCol);
      const why = `「${base.label}」の${headings.answer}が、${at} と結合されています。`;
      findings.push(
        base.value === undefined
          ? this.finding(
              ...(['warning', 'merged', column] as const),
              `${why}${at} の値は、その行の回答としてだけ読みました。`,
              `「${base.label}」にも書くなら、結合を解き、この行に書いてください。`,
            )
          : this.finding(
              ...(['error', 'merged', column] as const),
              `${why}元の${told(base.value)}をどうするのかがわかりません。`,
              '結合を解き、行ごとに書いてください。',
            ),
      );
      return [];
    });
  }
}

type Merge = ReadSheet['merges'][number];

/** The merges of each row of a sheet that has cells */
export function mergesByRow({ rows, merges }: ReadSheet): ReadonlyMap<number, readonly Merge[]> {
  const byRow = new Map<number, Merge[]>([...rows.keys()].map((row) => [row, []]));
  for (const merge of merges) {
    const { startRow, endRow } = merge;
    if (endRow - startRow < byRow.size) for (let row = startRow; row <= endRow; row += 1) byRow.get(row)?.push(merge);
    else for (const [row, own] of byRow) if (row >= startRow && row <= endRow) own.push(merge);
  }
  return byRow;
}

const nameOf = ({ field, year, part }: FormKey): string =>
  [year, field, typeof part === 'object' ? `内訳${part.place} ${part.of}` : part]
    .filter((one) => one !== undefined)
    .join(' ');

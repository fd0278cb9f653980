// The rows of a table, each given to its measure.
import type { Measure } from '../../model/measure.ts';
import { fillCells } from './cells.ts';
import type { Column, Mapped } from './columns.ts';
import type { Draft, Gathered, Label } from './drafts.ts';
import { placeAt, plain, quoted, textAt } from './table.ts';
import { numberOf } from './values.ts';

/** What is filled down while rows are read. */
interface Above {
  category: Label;
  group: Label;
  draft?: Draft;
}

/** Reads all rows of a table; returns how many measures it tells of. */
export function readRows(mapped: Mapped, gathered: Gathered): number {
  const { table, from } = mapped;
  const reader = new RowReader(mapped, gathered);
  for (const row of [...table.rows.keys()].sort((a, b) => a - b)) if (row >= from) reader.read(row);
  return reader.touched.size;
}

class RowReader {
  readonly touched = new Set<Draft>();
  readonly #mapped: Mapped;
  readonly #gathered: Gathered;
  readonly #above: Above = { category: {}, group: {} };
  readonly #long: boolean;

  constructor(mapped: Mapped, gathered: Gathered) {
    this.#mapped = mapped;
    this.#gathered = gathered;
    this.#long = mapped.columns.some(({ target }) => target.to === 'year');
  }

  read(row: number): void {
    const { table, columns } = this.#mapped;
    const filled = columns.filter(({ index }) => textAt(table, row, index) !== '');
    const others = [...(table.rows.get(row)?.keys() ?? [])].filter((column) => textAt(table, row, column) !== '');
    if (others.length === 0 || this.#isHeading(filled, row)) return;
    if (this.#isTotal(row, others)) {
      this.#gathered.tell('warning', placeAt(table, row), '合計の行は読んでいません。');
      return;
    }
    if (this.#isBand(row, others, filled)) return;
    this.#labels(row);
    if (filled.length > 0 && filled.every(({ target }) => target.to === 'category' || target.to === 'group')) {
      const texts = filled.map(({ index }) => quoted(textAt(table, row, index))).join('、');
      this.#gathered.tell('warning', placeAt(table, row), `${texts}の行を、下の取組の大項目や中項目として読みました。`);
      return;
    }
    const draft = this.#draftOf(row);
    if (!draft) {
      this.#gathered.tell(
        'error',
        placeAt(table, row),
        `この行は取組の名前も番号もないため、読み込んでいません(${others
          .map((column) => quoted(textAt(table, row, column)))
          .slice(0, 3)
          .join('、')})。`,
      );
      return;
    }
    const continues = this.#above.draft === draft && this.touched.has(draft);
    this.#above.draft = draft;
    this.touched.add(draft);
    fillCells({ mapped: this.#mapped, gathered: this.#gathered, row, draft, continues });
  }

  #columnOf(to: string, part?: string): Column | undefined {
    return this.#mapped.columns.find(
      ({ target }) => target.to === to && ('part' in target ? target.part : undefined) === part,
    );
  }

  #fieldColumn(property: keyof Measure): Column | undefined {
    return this.#mapped.columns.find(({ target }) => target.to === 'field' && target.field.property === property);
  }

  /** Whether the headings stand there again, as on each printed page. */
  #isHeading(filled: readonly Column[], row: number): boolean {
    const { table } = this.#mapped;
    const isSame = ({ index, heading }: Column) => plain(heading).endsWith(plain(textAt(table, row, index)));
    return filled.length > 1 && filled.every(isSame);
  }

  #isTotal(row: number, others: readonly number[]): boolean {
    const title = this.#fieldColumn('title');
    const texts = others.map((column) => plain(textAt(this.#mapped.table, row, column)));
    const isTotal = (text: string) => /^(?:総|小|中|合|累)?合?計(?:\(.*\))?$/.test(text);
    const titled = title ? plain(textAt(this.#mapped.table, row, title.index)) : '';
    return texts.some(isTotal) && (titled === '' || isTotal(titled));
  }

  /** A row with one text alone is a heading among the rows where no column has these, or a note. */
  #isBand(row: number, others: readonly number[], filled: readonly Column[]): boolean {
    const [only] = others;
    const isAlone = only !== undefined && others.length === 1;
    const title = this.#fieldColumn('title');
    if (!isAlone || (title && title.index === only && filled.length === 1 && !this.#spans(row, only))) return false;
    const text = textAt(this.#mapped.table, row, only);
    const place = placeAt(this.#mapped.table, row, only);
    if (/^(?:[※*]|\(?注|備考|資料|出典)/.test(plain(text))) {
      this.#gathered.tell('warning', place, `表の注は読んでいません(${quoted(text)})。`);
      return true;
    }
    const has = (to: string) => this.#mapped.columns.some(({ target }) => target.to === to);
    const level = !has('category') ? 'category' : !has('group') ? 'group' : undefined;
    if (level === undefined || filled.some(({ target }) => target.to === 'category' || target.to === 'group'))
      return false;
    if (this.#long || numberOf(text)) return false;
    this.#above[level] = labelOf(text);
    if (level === 'category') this.#above.group = {};
    this.#gathered.tell(
      'warning',
      place,
      `${quoted(text)}の行を、下の取組の${level === 'category' ? '大項目' : '中項目'}として読みました。`,
    );
    return true;
  }

  #spans(row: number, column: number): boolean {
    return this.#mapped.table.merges.some(
      (one) => one.startRow === row && one.startCol === column && one.endCol > column,
    );
  }

  /** 大項目 and 中項目 of the row, or those above it: they are often written once for many rows. */
  #labels(row: number): void {
    for (const level of ['category', 'group'] as const) {
      const text = (part?: string) => {
        const column = this.#columnOf(level, part);
        return column ? textAt(this.#mapped.table, row, column.index) : '';
      };
      const [plainText, number, name] = [text(), text('number'), text('name')];
      const label: Label = {
        ...(plainText === '' ? {} : labelOf(plainText)),
        ...(number === '' ? {} : numberLabel(number)),
        ...(name === '' ? {} : { name: name.replaceAll('\n', '') }),
      };
      if (Object.keys(label).length === 0) continue;
      if (JSON.stringify(label) === JSON.stringify(this.#above[level])) continue;
      this.#above[level] = label;
      if (level === 'category') this.#above.group = {};
    }
  }

  /** The measure that a row is of: by its number, its name, or else the one above. */
  #draftOf(row: number): Draft | undefined {
    const { table } = this.#mapped;
    const at = (column: Column | undefined) => (column ? textAt(table, row, column.index) : '');
    const [numberColumn, itemColumn, titleColumn] = [
      this.#columnOf('number'),
      this.#columnOf('item'),
      this.#fieldColumn('title'),
    ];
    const written = at(numberColumn);
    const title = at(titleColumn);
    const place = placeAt(table, row, numberColumn?.index ?? titleColumn?.index);
    const cell = numberColumn && table.rows.get(row)?.get(numberColumn.index)?.value;
    const day = typeof cell === 'object' ? cell.date.slice(0, 10) : undefined;
    const read = written === '' ? undefined : numberOf(day ?? written);
    if (read?.wasDate)
      this.#gathered.tell(
        'warning',
        place,
        `番号${quoted(written)}は日付になっています。${read.number} と読みました。`,
      );
    const item = plain(at(itemColumn));
    const { category, group } = this.#above;
    const number =
      read?.number ??
      (category.number && group.number && /^[1-9]\d*$/.test(item)
        ? `${category.number}-${group.number}-${item}`
        : undefined);
    const isNew = title !== '' || number !== undefined || written !== '';
    if (!isNew) {
      const { draft } = this.#above;
      const isSame = (one: Label, other: Label) => JSON.stringify(one) === JSON.stringify(other);
      return draft && isSame(draft.category, category) && isSame(draft.group, group) ? draft : undefined;
    }
    const known = number === undefined ? this.#byTitle(title) : this.#byNumber(number, title, place);
    if (known) return known;
    if (number === undefined && /\D/.test(plain(written)))
      this.#gathered.tell(
        'warning',
        place,
        `番号${quoted(written)}は 大項目-中項目-小項目 の形(例: 1-1-2)ではないため、別に番号を付けました。`,
      );
    else if (number === undefined && written !== '')
      this.#gathered.count('通し番号などは 番号(大項目-中項目-小項目)ではないため、上から順に番号を付けました', place);
    return this.#gathered.add(placeAt(table, row, titleColumn?.index ?? numberColumn?.index), title, {
      category,
      group,
      ...(number === undefined ? {} : { number }),
    });
  }

  #byNumber(number: string, title: string, place: string): Draft | undefined {
    const known = this.#gathered.byNumber.get(number);
    const other = known?.values.get('title')?.value;
    if (!known || title === '' || other === undefined || other === title || this.#long) return known;
    this.#gathered.tell(
      'error',
      place,
      `番号 ${number} は ${known.place} の${quoted(String(other))}にも付いています。${quoted(title)}には別の番号を付けました。`,
    );
    return this.#gathered.add(place, title, { category: this.#above.category, group: this.#above.group });
  }

  /** Of another table, or in a table of 年度 the same one again. */
  #byTitle(title: string): Draft | undefined {
    if (title === '') return undefined;
    const { category, group } = this.#above;
    const agrees = (own: Label, other: Label) =>
      own.name === undefined || other.name === undefined || own.name === other.name;
    const same = (this.#gathered.byTitle.get(title) ?? []).filter(
      (one) => (this.#long || !this.touched.has(one)) && agrees(one.category, category) && agrees(one.group, group),
    );
    return same.length === 1 || this.#long ? same[0] : undefined;
  }
}

const numberLabel = (text: string): Label => {
  const found = /^(\d+)(?:-(\d+))?$/.exec(plain(text));
  return found ? { number: String(Number(found[2] ?? found[1])) } : { name: text };
};

/** 1 安全, 1-2 防災, 基本目標1: the number in front of a name, or a number alone. */
export function labelOf(text: string): Label {
  const line = text.replaceAll('\n', '');
  const alone = /^(?:\d+-)?(\d+)$/.exec(plain(line));
  if (alone) return { number: String(Number(alone[1])) };
  const [, number, name] =
    /^\(?(?:\d+-)?(\d{1,3})[)..、:]?[ \u3000]*([^\d\s.、:)年月日%-].*)$/su.exec(line.normalize('NFKC')) ?? [];
  if (number === undefined || name === undefined || !/^\(?(?:\d+-)?\d{1,3}[)..、:\s]/.test(line.normalize('NFKC')))
    return { name: line };
  return { number: String(Number(number)), name: line.slice(line.length - name.length) };
}

// Numbers of all measures, and the 大項目 and 中項目 that they stand in.
import { compareNumbers, numberCells } from '../../model/numbers.ts';
import type { Draft, Gathered, Label } from './drafts.ts';

interface NumberedGroup {
  number: string;
  name?: string;
}
export interface NumberedCategory extends NumberedGroup {
  groups: NumberedGroup[];
}

/** A 大項目 or 中項目 while numbers are given. */
interface Place {
  number: number;
  name?: string;
  below: Places;
}

/** The 大項目 of an edition, or the 中項目 of a 大項目; of a 中項目 no more than the numbers of its measures. */
class Places {
  readonly all: Place[] = [];
  #last = 0;

  /** That of a label: by its number, by its name, or a new one. */
  at({ number, name }: Label, conflict: (place: Place) => void): Place {
    const known =
      number === undefined
        ? this.all.find((place) => place.name === name)
        : this.all.find((place) => place.number === Number(number));
    if (known) {
      if (known.name === undefined) {
        if (name !== undefined) known.name = name;
      } else if (name !== undefined && known.name !== name) conflict(known);
      return known;
    }
    const place: Place = {
      number: number === undefined ? this.free() : Number(number),
      below: new Places(),
      ...(name === undefined ? {} : { name }),
    };
    this.take(place.number);
    this.all.push(place);
    return place;
  }

  take(number: number): void {
    this.#last = Math.max(this.#last, number);
  }

  /** The first number behind all that are taken. */
  free(): number {
    return this.#last + 1;
  }
}

/** Gives each measure its number: the one that the table has, or else the next one in its 中項目. */
export function numbered(gathered: Gathered): { numbers: Map<Draft, string>; categories: NumberedCategory[] } {
  const { drafts } = gathered;
  const categories = new Places();
  const homes = new Map<Draft, { category: Place; group: Place }>();
  // Those with numbers first: the others come behind them.
  const inTurn = [...drafts].sort((a, b) => hasNumber(b) - hasNumber(a));
  for (const draft of inTurn) {
    const [category, group] = labelsOf(draft);
    const conflict = (what: string, label: Label) => (place: Place) =>
      gathered.tell(
        'error',
        draft.place,
        `${what} ${place.number} の名称「${label.name}」は読み込んでいません。ほかの行では「${place.name}」です。`,
      );
    const home = categories.at(category, conflict('大項目', category));
    homes.set(draft, { category: home, group: home.below.at(group, conflict('中項目', group)) });
  }
  const numbers = new Map<Draft, string>();
  for (const [draft, { group }] of homes) {
    if (draft.number === undefined) continue;
    group.below.take(Number(numberCells(draft.number)[2]));
    numbers.set(draft, draft.number);
  }
  const fresh = drafts.filter((draft) => !numbers.has(draft));
  for (const draft of fresh) {
    const { category, group } = homes.get(draft) as { category: Place; group: Place };
    const item = group.below.free();
    group.below.take(item);
    numbers.set(draft, `${category.number}-${group.number}-${item}`);
  }
  if (fresh.length > 0)
    gathered.tell(
      'warning',
      fresh[0]?.place ?? '',
      `番号のない取組 ${fresh.length} 件に、中項目の中の順に番号を付けました(ここは ${numbers.get(fresh[0] as Draft)})。`,
    );
  return { numbers, categories: structureOf(categories, gathered) };
}

const hasNumber = ({ number }: Draft): number => Number(number !== undefined);

/** 大項目 and 中項目 of a measure by its number, with the names that its row has. */
function labelsOf({ number, category, group }: Draft): [Label, Label] {
  if (number === undefined) return [category, group];
  const [first, second] = numberCells(number);
  const named = ({ name }: Label) => (name === undefined ? {} : { name });
  return [
    { number: first, ...named(category) },
    { number: second, ...named(group) },
  ];
}

function structureOf(categories: Places, gathered: Gathered): NumberedCategory[] {
  const byNumber = (a: Place, b: Place) => a.number - b.number;
  const named = ({ name }: Place) => (name === undefined ? {} : { name });
  const borrowed: string[] = [];
  const structure = categories.all.sort(byNumber).map((category) => ({
    number: String(category.number),
    ...named(category),
    groups: category.below.all.sort(byNumber).map((group) => {
      const isOnly = group.name === undefined && category.below.all.length === 1 && category.name !== undefined;
      if (isOnly) borrowed.push(`${category.number}-${group.number}`);
      return { number: `${category.number}-${group.number}`, ...(isOnly ? named(category) : named(group)) };
    }),
  }));
  if (borrowed.length > 0)
    gathered.tell(
      'warning',
      '',
      `中項目の名称が表にないため、大項目と同じ名前にしました(${borrowed.sort(compareNumbers).join('、')})。`,
    );
  return structure;
}

import type { Comparison } from '../compare/change.ts';
import type { ComparedEdition } from '../compare/read.ts';
import { numberCells } from '../model/numbers.ts';
import { type DocumentData, documentData, type MeasureData, type YearData } from '../render/data.ts';
import type { Text } from './marked-text.ts';

/** What templates/pictures.typ reads: the sheets of changed measures before and after, changed cells framed. */
export interface PicturesData {
  editions: Record<'before' | 'after', Pick<DocumentData, 'years' | 'plans' | 'indicatorLabels'>>;
  pictures: { edition: 'before' | 'after'; sheet: object }[];
}

/** The pictures and a name for each: 1-1-1_前, 1-1-1_後; 1-1-1_新設, 1-1-1_削除. The number is that of head where it has one. */
export function picturesData(
  comparison: Comparison,
  base: ComparedEdition,
  head: ComparedEdition,
): { data: PicturesData; names: string[] } {
  const sheets = (edition: ComparedEdition['edition'], ids: readonly (string | undefined)[]) => {
    const chosen = new Set(ids.filter((id) => id !== undefined));
    const data = documentData(edition, { whole: false, ids: chosen, part: '個票' });
    const measures = data.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
    return { data, measures: new Map(measures.map((measure) => [measure.id, measure])) };
  };
  const old = sheets(
    base.edition,
    comparison.measures.map((change) => change.base?.id),
  );
  const fresh = sheets(
    head.edition,
    comparison.measures.map((change) => change.head?.id),
  );
  const names: string[] = [];
  const pictures: PicturesData['pictures'] = [];
  const put = (edition: 'before' | 'after', sheet: object, name: string) => {
    pictures.push({ edition, sheet });
    names.push(name);
  };
  for (const change of comparison.measures) {
    const before = old.measures.get(change.base?.id ?? '');
    const after = fresh.measures.get(change.head?.id ?? '');
    if (before && after) {
      put('before', framed(before, after, old.data, fresh.data), `${after.id}_前`);
      put('after', framed(after, before, fresh.data, old.data), `${after.id}_後`);
    } else if (after) put('after', unlinked(after), `${after.id}_新設`);
    else if (before) put('before', unlinked(before), `${before.id}_削除`);
  }
  const columns = ({ years, plans, indicatorLabels }: DocumentData) => ({ years, plans, indicatorLabels });
  return { data: { editions: { before: columns(old.data), after: columns(fresh.data) }, pictures }, names };
}

const unlinked = (measure: MeasureData): MeasureData => ({ ...measure, reprintLink: false, begins: [] });

type FramedText = Text | { runs: { kind: 'kept'; text: string; number: number }[]; framed: true };

/** `measure` with a frame around each cell that is another one in `other`. */
function framed(measure: MeasureData, other: MeasureData, own: DocumentData, others: DocumentData): object {
  const frame = (text: string | null, counterpart: string | null | undefined): FramedText =>
    (text ?? '') === (counterpart ?? '')
      ? (text ?? '')
      : { runs: [{ kind: 'kept', text: text ?? '', number: 0 }], framed: true };
  const [numbers, otherNumbers] = [numberCells(measure.id), numberCells(other.id)];
  const year = (entry: YearData, name: string | undefined) => {
    const counterpart = other.years[others.years.indexOf(name ?? '')];
    return {
      mark: frame(entry.mark, counterpart?.mark),
      plan: frame(entry.plan, counterpart?.plan),
      budget: entry.budget,
      framed: JSON.stringify(entry.budget) !== JSON.stringify(counterpart?.budget),
      result: frame(entry.result, counterpart?.result),
    };
  };
  const note = ({ reprint }: MeasureData) => (reprint === null ? null : `※再掲(${reprint})`);
  return {
    ...unlinked(measure),
    kind: frame(measure.kind, other.kind),
    title: frame(measure.title, other.title),
    departments: frame(measure.departments, other.departments),
    sections: frame(measure.sections, other.sections),
    numbers: numbers.map((part, index) => frame(part, otherNumbers[index])),
    description: frame(measure.description, other.description),
    reprintNote: frame(note(measure) ?? '', note(other)),
    effect: frame(measure.effect, other.effect),
    indicators: frame(measure.indicators, other.indicators),
    years: measure.years.map((entry, index) => year(entry, own.years[index])),
    flags: measure.flags.map((flag, index) => frame(flag, other.flags[others.plans.indexOf(own.plans[index] ?? '')])),
  };
}

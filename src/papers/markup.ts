import { type Comparison, goneOf } from '../compare/change.ts';
import { listRuns } from '../compare/words.ts';
import type { Edition } from '../model/edition.ts';
import { measuresOf } from '../model/edition.ts';
import type { Run, Text } from '../model/marked.ts';
import { type MarkedKind, markedWords } from '../model/words.ts';
import {
  type CategoryData,
  type DocumentData,
  documentData,
  type GroupData,
  type MeasureData,
  type RevisionData,
} from '../render/data.ts';
import { asFarAsRead, type Columns, type MarkedMeasure, markedMeasure, removedKey } from './marked-measure.ts';
import { marked, markText } from './marked-text.ts';

/** DocumentData for 見え消し: the same shape, but that texts may be marked; what only marked ones need comes last. */
export interface MarkedDocument
  extends Omit<DocumentData, 'years' | 'indicatorLabels' | 'plans' | 'categories' | 'history'> {
  legend: Record<MarkedKind, string>;
  /** Of the cover */
  cover: Record<Exclude<keyof DocumentData['book'], 'date'>, Text>;
  years: Text[];
  indicatorLabels: Text[];
  plans: Text[];
  history: MarkedRevision[];
  categories: MarkedCategory[];
}
export interface MarkedRevision {
  /** In the list of head, and of what only base has behind it */
  index: number;
  date: Text;
  text: Text;
  /** Anything of it is marked. */
  changed: boolean;
}
export interface MarkedCategory extends Omit<CategoryData, 'groups' | 'label'> {
  groups: MarkedGroup[];
  /** Number and name */
  label: Text;
}
export interface MarkedGroup extends Omit<GroupData, 'measures' | 'label'> {
  measures: MarkedMeasure[];
  label: Text;
}
/**
 * Both editions in one document, in the order of `head`, what `base` alone has behind its forerunner. Every printed
 * text is compared, not only what `comparison` lists: names that were replaced throughout stand in many cells.
 */
export function markedDocument(base: Edition, head: Edition, comparison: Comparison): MarkedDocument {
  const [old, fresh] = [documentData(base, { whole: true }), documentData(head, { whole: true })];
  const baseOf = baseNumbers(comparison);
  const columns: Columns = {
    years: listRuns(old.years, fresh.years),
    plans: listRuns(old.plans, fresh.plans),
    baseYears: old.years,
    headYears: fresh.years,
    basePlans: old.plans,
    headPlans: fresh.plans,
    fields: head.fields,
  };
  const measuresBefore = new Map<string | undefined, MeasureData>(
    measuresOf(old).map((measure) => [measure.id, measure]),
  );
  const gone = goneOf(comparison);
  const isGone = new Set(gone);
  const twin = (id: string) => measuresBefore.get(baseOf.measure(id));
  const mergeMeasures = (before: readonly MeasureData[], after: readonly MeasureData[]): MarkedMeasure[] => {
    const partner = new Map(
      after.flatMap((measure) => {
        const other = twin(measure.id);
        return other ? [[other.id, measure.id] as const] : [];
      }),
    );
    return interleaved(
      before.filter(({ id }) => isGone.has(id) || partner.has(id)),
      after,
      ({ id }) => (isGone.has(id) ? undefined : partner.get(id)),
      ({ id }) => id,
    ).map(({ before, after }) =>
      markedMeasure(after ? asFarAsRead(twin(after.id), after, comparison.unread, columns) : before, after, columns),
    );
  };
  const mergeGroups = (before: readonly GroupData[], after: readonly GroupData[]): MarkedGroup[] =>
    interleaved(
      before,
      after,
      ({ number }) => baseOf.inHead(number),
      ({ number }) => number,
    ).flatMap((pair) => {
      const measures = mergeMeasures(pair.before?.measures ?? [], pair.after?.measures ?? []);
      const group = pair.after ?? pair.before;
      if (!group || measures.length === 0) return [];
      return [{ ...group, ...named(pair.before, pair.after), measures }];
    });
  const categories = interleaved(
    old.categories,
    fresh.categories,
    ({ number }) => baseOf.inHead(number),
    ({ number }) => number,
  ).flatMap((pair): MarkedCategory[] => {
    const groups = mergeGroups(pair.before?.groups ?? [], pair.after?.groups ?? []);
    const category = pair.after ?? pair.before;
    return !category || groups.length === 0 ? [] : [{ ...category, ...named(pair.before, pair.after), groups }];
  });
  for (const category of categories)
    for (const [index, group] of category.groups.entries())
      for (const [place, measure] of group.measures.entries())
        measure.begins = place > 0 ? [] : [...(index === 0 ? [category.number] : []), group.number];

  const { date: _, ...cover } = fresh.book;
  const coverKeys = Object.keys(cover) as (keyof typeof cover)[];
  return {
    book: fresh.book,
    cover: Object.fromEntries(
      coverKeys.map((key) => [key, markText(old.book[key], fresh.book[key])]),
    ) as MarkedDocument['cover'],
    legend: { removed: `${markedWords.removed}部分`, added: `${markedWords.added}部分` },
    parts: fresh.parts.filter((part) => !(part in fresh.annexes)),
    annexes: {},
    years: columns.years.map(asText),
    plans: columns.plans.map(asText),
    signs: fresh.signs,
    widths: fresh.widths,
    indicatorLabels: listRuns(old.indicatorLabels, fresh.indicatorLabels).map(asText),
    history: markedHistory(old.history, fresh.history),
    sections: fresh.sections,
    categories,
  };
}

/** Entries of the same 年月 are set against each other, the first of them against the first. */
function markedHistory(before: readonly RevisionData[], after: readonly RevisionData[]): MarkedRevision[] {
  const keyed = (entries: readonly RevisionData[]) => {
    const seen = new Map<string, number>();
    return entries.map((entry) => {
      const count = (seen.get(entry.date) ?? 0) + 1;
      seen.set(entry.date, count);
      return { ...entry, key: `${entry.date} ${count}` };
    });
  };
  const keyOf = ({ key }: { key: string }) => key;
  return interleaved(keyed(before), keyed(after), keyOf, keyOf).map(({ before: was, after: is }, at) => ({
    index: is?.index ?? after.length + at,
    date: markText(was?.date ?? '', is?.date ?? ''),
    text: markText(was?.text ?? '', is?.text ?? ''),
    changed: was?.date !== is?.date || was?.text !== is?.text,
  }));
}

const asText = (run: Run): Text => (run.kind === 'kept' ? run.text : marked([run]));

/** Which of base a measure of head was; which of head a 大項目 or 中項目 of base is. */
function baseNumbers({ measures, structure }: Comparison) {
  const old = new Map(measures.flatMap(({ head, base }) => (head ? [[head.id, base?.id] as const] : [])));
  const fresh = new Map(structure.flatMap(({ base, head }) => (base ? [[base.number, head?.number] as const] : [])));
  const among = (changed: ReadonlyMap<string, string | undefined>) => (number: string) =>
    changed.has(number) ? changed.get(number) : number;
  return { measure: among(old), inHead: among(fresh) };
}

/** `after` in its order; what only `before` has stands behind its forerunner. `partner`: the key in `after`. */
function interleaved<T>(
  before: readonly T[],
  after: readonly T[],
  partner: (item: T) => string | undefined,
  key: (item: T) => string,
): { before?: T; after?: T }[] {
  const keys = new Set(after.map(key));
  const partners = new Map<string, T>();
  const behind = new Map<string, T[]>();
  let last = '';
  for (const item of before) {
    const mine = partner(item);
    if (mine !== undefined && keys.has(mine)) {
      partners.set(mine, item);
      last = mine;
    } else behind.set(last, [...(behind.get(last) ?? []), item]);
  }
  const left = (place: string) => (behind.get(place) ?? []).map((item) => ({ before: item }));
  return [
    ...left(''),
    ...after.flatMap((item) => {
      const other = partners.get(key(item));
      return [{ after: item, ...(other === undefined ? {} : { before: other }) }, ...left(key(item))];
    }),
  ];
}

function named(
  before: { number: string; name: string } | undefined,
  after: { number: string; name: string } | undefined,
): { number: string; label: Text } {
  const text = (item: { number: string; name: string } | undefined) => (item ? `${item.number}. ${item.name}` : '');
  return { number: after?.number ?? removedKey(before?.number ?? ''), label: markText(text(before), text(after)) };
}

// Measures of the model from what the rows tell.
import { type Field, fieldOf, sheetTexts } from '../../model/fields.ts';
import { kinds, type Measure, type YearEntry } from '../../model/measure.ts';
import { inOneLine } from '../../model/names.ts';
import { placeholderDepartment, placeholderSection, placeholderTitle } from '../../model/words.ts';
import type { Draft, Gathered } from './drafts.ts';
import { plain, quoted } from './table.ts';

/** The measures of all drafts, in no order. `years` are those of the edition. */
export function measuresOfDrafts(
  gathered: Gathered,
  numbers: ReadonlyMap<Draft, string>,
  years: readonly string[],
): Measure[] {
  const lacking = new Lacking(gathered);
  const targets = targetsOf(gathered, numbers);
  const measures = [...numbers.keys()].map((draft) =>
    measureOf(draft, targets.get(draft), { gathered, numbers, years, lacking }),
  );
  lacking.tell(gathered.drafts.length);
  return measures;
}

/** What many measures lack is told once. */
class Lacking {
  readonly #gathered: Gathered;
  readonly #places = new Map<string, string[]>();
  constructor(gathered: Gathered) {
    this.#gathered = gathered;
  }
  add(what: string, place: string): void {
    const known = this.#places.get(what);
    if (known) known.push(place);
    else this.#places.set(what, [place]);
  }
  tell(all: number): void {
    for (const [what, [first = '', ...others]] of this.#places) {
      const isAll = others.length + 1 === all;
      const more =
        others.length === 0
          ? ''
          : `(ほか ${others.length} 件: ${others.slice(0, 5).join('、')}${others.length > 5 ? ' など' : ''})`;
      this.#gathered.tell('warning', isAll ? '' : first, isAll ? `どの取組にも${what}` : `${what}${more}`);
    }
  }
}

/** 再掲先 by draft: as a column names it, or of a title that ends in (再掲) the other measure of that title. */
function targetsOf(gathered: Gathered, numbers: ReadonlyMap<Draft, string>): Map<Draft, Draft> {
  const { drafts } = gathered;
  const targets = new Map<Draft, Draft>();
  const titleOf = (draft: Draft) => String(draft.values.get('title')?.value ?? '');
  const byNumber = new Map([...numbers].map(([draft, number]) => [number, draft]));
  for (const draft of drafts) {
    const written = draft.values.get('reprintOf');
    if (written) {
      const target = byNumber.get(String(written.value));
      if (target) targets.set(draft, target);
      else gathered.tell('error', written.place, `再掲先の ${written.value} が表にないため、再掲にしていません。`);
      continue;
    }
    const title = titleOf(draft);
    const bare = title.replace(/[(\uff08〔[【]再掲[)\uff09〕\]】]$/u, '').trimEnd();
    if (bare === title) continue;
    const same = drafts.filter((other) => other !== draft && titleOf(other) === bare);
    const [only] = same;
    if (only && same.length === 1) {
      targets.set(draft, only);
      draft.values.set('title', { value: bare, place: draft.place });
      gathered.tell('warning', draft.place, `${quoted(title)}を、${numbers.get(only)} の再掲として読みました。`);
    }
  }
  return targets;
}

interface Context {
  gathered: Gathered;
  numbers: ReadonlyMap<Draft, string>;
  years: readonly string[];
  lacking: Lacking;
}

function measureOf(draft: Draft, target: Draft | undefined, { gathered, numbers, years, lacking }: Context): Measure {
  const textOf = (property: keyof Measure, of: Draft | undefined = draft) =>
    of?.values.get(property)?.value as string | undefined;
  const namesOf = (property: keyof Measure, of: Draft | undefined = draft) =>
    of?.values.get(property)?.value as string[] | undefined;
  const orElse = <T>(value: T | undefined, instead: T, what: string): T => {
    if (value !== undefined) return value;
    lacking.add(what, draft.place);
    return instead;
  };
  const still = kinds[1];
  const kind = orElse(
    textOf('kind') ?? textOf('kind', target),
    still,
    `区分がないため、${still} としました。違うものは直してください。`,
  );
  const title = orElse(
    textOf('title') ?? textOf('title', target),
    placeholderTitle,
    `取組の名前がないため、仮に「${placeholderTitle}」としました。`,
  );
  const sections = orElse(
    namesOf('sections') ?? namesOf('sections', target),
    [placeholderSection],
    `担当課がないため、仮に「${placeholderSection}」としました。`,
  );
  const departments = orElse(
    namesOf('departments') ?? namesOf('departments', target),
    [placeholderDepartment],
    `担当局・部がないため、仮に「${placeholderDepartment}」としました。`,
  );
  /** Its own, else what its target has where it is the same as that, else what it follows. */
  const overview = (
    own: 'overviewTitle' | 'overviewSection',
    followed: 'title' | 'sections',
    value: string | string[],
  ) => textOf(own) ?? (target && sameAs(draft, target, followed) ? textOf(own, target) : undefined) ?? inOneLine(value);
  const measure: Measure = {
    id: numbers.get(draft) ?? '',
    kind,
    title,
    departments,
    sections,
    schedule: {},
    overviewTitle: overview('overviewTitle', 'title', title),
    overviewSection: overview('overviewSection', 'sections', sections),
  };
  if (target) {
    measure.reprintOf = numbers.get(target) ?? '';
    tellLeftOut(draft, target, gathered, measure.reprintOf);
    return measure;
  }
  for (const { property } of sheetTexts(gathered.fields)) {
    const text = textOf(property);
    if (text !== undefined) measure[property] ??= text;
  }
  const indicators = [measure.indicators ?? [], ...draft.indicators].flat().join('\n');
  if (indicators !== '') measure.indicators = indicators;
  for (const year of years) measure.schedule[year] = draft.schedule.get(year) ?? {};
  if (draft.plans) measure.relatedPlans = [...gathered.plans].filter((plan) => draft.plans?.has(plan));
  return measure;
}

const writtenOf = (draft: Draft, property: keyof Measure): string => JSON.stringify(draft.values.get(property)?.value);
const sameAs = (draft: Draft, target: Draft, property: keyof Measure): boolean =>
  !draft.values.has(property) || writtenOf(draft, property) === writtenOf(target, property);

/** What the row of a 再掲 has and its file cannot. */
function tellLeftOut(draft: Draft, target: Draft, gathered: Gathered, number: string): void {
  const tell = (name: string, value: string, place: string) =>
    gathered.tell(
      'error',
      place,
      `再掲は再掲先(${number})の${name}を印刷するため、${name}${quoted(value)}は読み込んでいません。`,
    );
  for (const [property, { value, place }] of draft.values) {
    const field: Field<keyof Measure> = fieldOf(gathered.fields.measure, property);
    if (field.reprint === undefined && writtenOf(draft, property) !== writtenOf(target, property))
      tell(field.name, String(value), place);
  }
  for (const [year, entry] of draft.schedule) {
    if (JSON.stringify(entry) === JSON.stringify(target.schedule.get(year) ?? {})) continue;
    for (const [property, value] of Object.entries(entry))
      tell(
        `${year} ${fieldOf(gathered.fields.year, property as keyof YearEntry).name}`,
        plain(JSON.stringify(value)),
        draft.place,
      );
  }
  if (draft.indicators.length > 0 && draft.indicators.join('\n') !== target.indicators.join('\n'))
    tell('現状・実績・目標', draft.indicators.join('、'), draft.place);
}

import fc from 'fast-check';
import { type ComparedEdition, readEdition } from '../../src/compare/read.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { type Edition, type Group, measuresOf } from '../../src/model/edition.ts';
import type { Measure } from '../../src/model/measure.ts';

const lake = readEdition('lake', readWorkingTree('tests/lake'), new ParsedFiles());

/** A 課 of the lake under a new name, and under the name of another one. */
const [first = '', second = ''] = lake.organization.flatMap(({ 課 }) => 課);
const lakeRenames = [
  [first, `新しい${first}`],
  [second, first],
];

const word = fc.constantFrom(
  '窓口',
  '電子申請',
  'を行う。',
  '1,200件',
  '・',
  '\n',
  'AI-OCR',
  '、',
  '(R11)',
  '実施',
  '🙂',
  'か\u3099',
  '|',
  '<b>',
);
export const text = fc
  .array(word, { minLength: 1, maxLength: 8 })
  .map((words) => words.join(''))
  .filter((joined) => joined.trim() !== ''); // a blank text is no value
const name = fc.constantFrom('窓口課', '総合窓口課', '(発注)漁港課', '港湾課', '学校課', '新しい課');
const amount = fc.oneof(fc.integer({ min: 0, max: 9_999_999 }), fc.constant('—' as const));
const budget = fc.oneof(amount, fc.array(fc.record({ label: name, amount }), { minLength: 1, maxLength: 3 }));
const index = fc.nat({ max: 10_000 });

export interface EditionState {
  edition: Edition;
  organization: ComparedEdition['organization'];
}
/** Something that an editor may do to an edition. */
export type Edit = (state: EditionState) => void;
const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list.length === 0 ? undefined : list[at % list.length];
const groupsOf = (edition: Edition): Group[] => edition.categories.flatMap(({ groups }) => groups);
const ownOf = (edition: Edition) => measuresOf(edition).filter(({ reprintOf }) => reprintOf === undefined);
const nextId = (group: Group) =>
  `${group.number}-${Math.max(0, ...group.measures.map(({ id }) => Number(id.split('-')[2]))) + 1}`;
const unreferenced = (edition: Edition, id: string) => measuresOf(edition).every(({ reprintOf }) => reprintOf !== id);
const holder = (edition: Edition, { id }: Measure) =>
  groupsOf(edition).find(({ measures }) => measures.some((one) => one.id === id)) as Group;
function give(edition: Edition, measure: Measure, id: string): void {
  for (const other of measuresOf(edition)) if (other.reprintOf === measure.id) other.reprintOf = id;
  measure.id = id;
}

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ at: index, key: fc.constantFrom('description', 'effect', 'indicators'), value: fc.option(text) }).map(
    ({ at, key, value }): Edit =>
      ({ edition }) => {
        const measure = pick(ownOf(edition), at);
        if (measure && value === null) delete measure[key as 'effect'];
        else if (measure && value !== null) measure[key as 'effect'] = value;
      },
  ),
  fc.record({ at: index, title: text, overview: fc.boolean() }).map(
    ({ at, title, overview }): Edit =>
      ({ edition }) => {
        const measure = pick(measuresOf(edition), at);
        if (measure)
          Object.assign(measure, { title, ...(overview ? { overviewTitle: title.replaceAll('\n', '') } : {}) });
      },
  ),
  fc.record({ at: index, sections: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }) }).map(
    ({ at, sections }): Edit =>
      ({ edition }) => {
        const measure = pick(measuresOf(edition), at);
        if (measure) Object.assign(measure, { sections, overviewSection: sections.join('、') });
      },
  ),
  fc.record({ at: index, year: index, value: fc.option(budget), result: fc.option(text) }).map(
    ({ at, year, value, result }): Edit =>
      ({ edition }) => {
        const measure = pick(ownOf(edition), at);
        const key = pick(edition.years, year);
        if (!measure || key === undefined) return;
        measure.schedule[key] = {
          ...(value === null ? {} : { budget: value }),
          ...(result === null ? {} : { result }),
          mark: '○',
        };
      },
  ),
  fc.record({ at: index, title: text }).map(
    ({ at, title }): Edit =>
      ({ edition }) => {
        const group = pick(groupsOf(edition), at);
        const model = pick(ownOf(edition), at);
        if (group && model) group.measures.push({ ...structuredClone(model), id: nextId(group), title });
      },
  ),
  index.map(
    (at): Edit =>
      ({ edition }) => {
        const measure = pick(measuresOf(edition), at);
        if (!measure || !unreferenced(edition, measure.id)) return;
        const group = holder(edition, measure);
        group.measures = group.measures.filter((one) => one !== measure);
        // The later ones move up.
        for (const [place, one] of group.measures.entries()) give(edition, one, `${group.number}-${place + 1}`);
      },
  ),
  fc.tuple(index, index).map(
    ([at, to]): Edit =>
      ({ edition }) => {
        const [measure, group] = [pick(measuresOf(edition), at), pick(groupsOf(edition), to)];
        if (!measure || !group) return;
        const old = holder(edition, measure);
        old.measures = old.measures.filter((one) => one !== measure);
        give(edition, measure, nextId(group));
        group.measures.push(measure);
      },
  ),
  fc.tuple(index, index).map(
    ([at, to]): Edit =>
      ({ edition }) => {
        const [measure, target] = [pick(measuresOf(edition), at), pick(ownOf(edition), to)];
        if (!measure || !target || measure === target || !unreferenced(edition, measure.id)) return;
        for (const key of ['description', 'effect', 'indicators', 'relatedPlans'] as const) delete measure[key];
        Object.assign(measure, { ...structuredClone(target), ...measure, reprintOf: target.id, schedule: {} });
        for (const key of ['description', 'effect', 'indicators', 'relatedPlans'] as const) delete measure[key];
      },
  ),
  index.map(
    (at): Edit =>
      ({ edition }) => {
        const measure = pick(measuresOf(edition), at);
        if (measure) delete measure.reprintOf;
      },
  ),
  fc.constantFrom(['窓口課', '総合窓口課'], ['学校課', '窓口課'], ...lakeRenames).map(
    ([before = '', after = '']): Edit =>
      (state) => {
        const fresh = (written: string) =>
          written.replace(/^\(.*\)/, '') === before ? written.replace(before, after) : written;
        for (const measure of measuresOf(state.edition)) {
          const follows = measure.overviewSection === measure.sections.join('、');
          measure.sections = [...new Set(measure.sections.map(fresh))];
          if (follows) measure.overviewSection = measure.sections.join('、');
          for (const entry of Object.values(measure.schedule))
            if (Array.isArray(entry.budget)) for (const part of entry.budget) part.label = fresh(part.label);
        }
        for (const department of state.organization) department.課 = [...new Set(department.課.map(fresh))];
      },
  ),
  fc.record({ at: index, name: text }).map(
    ({ at, name: title }): Edit =>
      ({ edition }) => {
        const group = pick(groupsOf(edition), at);
        if (group) group.name = title;
      },
  ),
  fc.record({ at: index, section: name }).map(
    ({ at, section }): Edit =>
      ({ organization }) => {
        const department = pick(organization, at);
        if (department)
          department.課 = department.課.includes(section)
            ? department.課.filter((one) => one !== section)
            : [...department.課, section];
      },
  ),
  fc.constantFrom<Edit>(
    ({ edition }) => {
      const [first = ''] = edition.years.splice(0, 1);
      edition.years.push('R99');
      for (const measure of measuresOf(edition)) delete measure.schedule[first];
    },
    ({ edition }) => {
      edition.years.push('R98');
      edition.years.shift();
      for (const measure of measuresOf(edition)) measure.kind = '継続';
    },
    ({ edition }) => {
      for (const measure of measuresOf(edition)) measure.kind = measure.kind === '新規' ? '継続' : '新規';
    },
    ({ edition }) => {
      const [first = ''] = edition.relatedPlans.splice(0, 1);
      for (const measure of measuresOf(edition))
        if (measure.relatedPlans) measure.relatedPlans = measure.relatedPlans.filter((plan) => plan !== first);
    },
    ({ edition }) => {
      edition.revised = '令和14年1月';
      edition.licence = 'CC BY 4.0';
    },
  ),
);

export const editionEdits: fc.Arbitrary<Edit[]> = fc.array(edit, { maxLength: 20 });

import type { Comparison } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import type { ComparedEdition } from '../../src/compare/read.ts';
import type { Edition } from '../../src/model/edition.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Run } from '../../src/model/marked.ts';
import type { Measure } from '../../src/model/measure.ts';
import { categoryOf, groupOf } from '../../src/model/numbers.ts';

/** A measure that says nothing but its number, title and who is in charge; `more` says the rest. */
export function measure(id: string, more: Partial<Measure> = {}): Measure {
  const { title = `取組${id}`, sections = ['窓口課'] } = more;
  return {
    id,
    kind: '継続',
    title,
    departments: ['市民局'],
    sections,
    schedule: {},
    overviewTitle: title.replaceAll('\n', ''),
    overviewSection: sections.join('、'),
    ...more,
  };
}

/** A 再掲 of `target`, which says nothing by itself. */
export const reprint = (id: string, target: Measure, more: Partial<Measure> = {}): Measure => ({
  id,
  kind: target.kind,
  reprintOf: target.id,
  title: target.title,
  departments: target.departments,
  sections: target.sections,
  schedule: {},
  overviewTitle: target.overviewTitle,
  overviewSection: target.overviewSection,
  ...more,
});

/** An edition with these measures, in 大項目 and 中項目 that are named by `names`, or 大1 and 中1-1. */
export function edition(
  measures: readonly Measure[],
  { names = {}, ...more }: Partial<Edition> & { names?: Record<string, string> } = {},
): Edition {
  const groups = [
    ...new Set([...measures.map(({ id }) => groupOf(id)), ...Object.keys(names).filter((n) => /-/.test(n))]),
  ];
  const categories = [...new Set([...groups.map(categoryOf), ...Object.keys(names).filter((n) => !/-/.test(n))])];
  return {
    planName: '湾岸計画',
    planPeriod: '2028→2031',
    title: '取組集',
    established: '令和9年4月',
    revised: '令和12年12月1日',
    publisher: '港町市',
    years: ['R10', 'R11'],
    indicatorYears: [{ label: '現状', year: 'R10' }],
    relatedPlans: ['総合計画', '防災計画'],
    parts: ['表紙', '個票'],
    beforeAfter: { after: '改正後', before: '改正前', left: 'after' },
    categories: categories.sort().map((number) => ({
      number,
      name: names[number] ?? `大${number}`,
      groups: groups
        .filter((group) => categoryOf(group) === number)
        .sort()
        .map((group) => ({
          number: group,
          name: names[group] ?? `中${group}`,
          measures: measures.filter(({ id }) => groupOf(id) === group),
        })),
    })),
    fields: sheetFields,
    ...more,
  };
}

/** One side of a comparison. */
export const side = (of: Edition, more: Partial<ComparedEdition> = {}): ComparedEdition => ({
  edition: of,
  organization: [{ 名称: '市民局', 課: ['窓口課'] }],
  unread: [],
  name: 'v1',
  annexes: new Map(),
  diagnostics: [],
  errors: [],
  sources: () => undefined,
  ...more,
});

/** What is found between two lists of measures. */
export const between = (
  base: readonly Measure[],
  head: readonly Measure[],
  more: Parameters<typeof edition>[1] = {},
): Comparison => compare(side(edition(base, more)), side(edition(head, more)));

/** Runs in one line: kept[-removed-]{+added+} */
export const runsText = (runs: readonly Run[]): string =>
  runs.map(({ kind, text }) => (kind === 'kept' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');

const json = JSON.stringify;
const fieldText = (change: Comparison['measures'][number]['fields'][number]): string => {
  const label = `${change.year === undefined ? '' : `${change.year} `}${change.field}`;
  if (change.type === 'text') return `${label} ${runsText(change.runs)}`;
  if (change.type === 'list') return `${label} (${change.items.map((item) => runsText([item])).join(' ')})`;
  const difference = change.type === 'budget' && change.difference !== undefined ? ` (${change.difference})` : '';
  return `${label} ${json(change.before) ?? '·'} → ${json(change.after) ?? '·'}${difference}`;
};

/** What became of the measures, a line each; of one that is new or gone its number alone. */
export const measuresTold = ({ measures }: Comparison): string[] =>
  measures.map(({ kind, base, head, renumbered, moved, reprint: flipped, fields }) => {
    if (kind === 'added') return `+ ${head?.id}`;
    if (kind === 'removed') return `- ${base?.id}`;
    const flags = [renumbered && `← ${base?.id}`, moved && 'moved', flipped].filter(Boolean);
    const found = fields.map(fieldText).join('; ');
    return [head?.id, ...flags].join(' ') + (found === '' ? '' : `: ${found}`);
  });

/** All else that is found, a line each. */
export const othersTold = (comparison: Comparison): string[] => [
  ...comparison.edition.map((change) => `版 ${fieldText(change)}`),
  ...(comparison.continued.length === 0 ? [] : [`新規 → 継続 (${comparison.continued})`]),
  ...comparison.structure.map(({ level, base, head, runs }) => {
    const name = ({ number, name: text }: { number: string; name: string }) => `${number} ${text}`;
    if (!base) return `${level} + ${head && name(head)}`;
    if (!head) return `${level} - ${name(base)}`;
    const number = base.number === head.number ? head.number : `${base.number} → ${head.number}`;
    return `${level} ${number} ${runs ? runsText(runs) : head.name}`;
  }),
  ...comparison.renames.map(({ field, before, after, measures }) => `${field} ${before} → ${after} (${measures})`),
  ...comparison.organization.map(
    ({ kind, department, section, from }) =>
      `${{ added: '+', removed: '-', moved: '→' }[kind]} ${[department, section].filter(Boolean).join('/')}${from === undefined ? '' : ` ← ${from}`}`,
  ),
  ...comparison.annexes.map(({ kind, path }) => `別冊 ${kind} ${path}`),
  ...comparison.unread.map(
    ({ side: of, file, field, year }) => `? ${[of, file, year, field].filter(Boolean).join(' ')}`,
  ),
];

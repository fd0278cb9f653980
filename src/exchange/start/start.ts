// A folder of content from a city's own tables: what their columns and rows say, as files, and what is to be told of it.
import { editionSchema } from '../../content/schema.ts';
import { type NewFiles, withFiles } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import type { Fixed } from '../../diagnostics/fixed.ts';
import { fixContent } from '../../edit/fix/fix.ts';
import { eraDate, eras, fiscalYear } from '../../model/era-date.ts';
import { type Fields, sheetFields } from '../../model/fields.ts';
import { type Mapped, mappedTable } from './columns.ts';
import { Gathered } from './drafts.ts';
import { type StartedEdition, startedFiles } from './files.ts';
import { measuresOfDrafts } from './measures.ts';
import { numbered } from './numbering.ts';
import { departmentsOf } from './organization.ts';
import { readRows } from './rows.ts';
import { quoted, type Remark, type Table } from './table.ts';

export interface Started {
  files: NewFiles;
  /** The tables that were read, with how many measures each tells of */
  read: { mapped: Mapped; measures: number }[];
  /** Tables without headings that mean something */
  unread: Table[];
  remarks: Remark[];
  /** What has been mended in the files */
  fixed: Fixed[];
  measures: number;
}

/** `root`: the content folder, as users are told it. Without any measure there are no files. */
export function started(tables: readonly Table[], root: string, fields: Fields = sheetFields): Started {
  const source: ContentSource = { root, entries: new Map([['measures', { kind: 'folder' }]]) };
  const gathered = new Gathered(fields);
  const unread: Table[] = [];
  const mapped = tables.flatMap((table) => {
    const found = mappedTable(table, fields);
    if (!found && table.rows.size > 0) unread.push(table);
    return found ?? [];
  });
  // Those with numbers come first: rows of others are found by their titles.
  mapped.sort((a, b) => weightOf(b) - weightOf(a));
  for (const { target, year } of mapped.flatMap(({ columns }) => columns))
    if (target.to === 'plan') gathered.plans.add(target.name);
    else if (target.to === 'year-field' && year !== undefined) gathered.years.add(year);
  const read = mapped.map((one) => ({ mapped: one, measures: readRows(one, gathered) }));
  for (const [what, { count, place }] of gathered.counts)
    gathered.tell('warning', place, `${what}${count > 1 ? `(ほか ${count - 1} か所)` : ''}。`);
  const nothing = { files: new Map(), read, unread, remarks: gathered.remarks, fixed: [], measures: 0 };
  if (gathered.drafts.length === 0) return nothing;

  for (const [label, year] of gathered.labels) {
    if (gathered.years.size > 0 && !gathered.years.has(year))
      gathered.tell(
        'warning',
        '',
        `「${label}」の年度 ${year} には、ほかの欄がありません。スケジュールの年度にも ${year} を入れました(edition.yaml)。`,
      );
    gathered.years.add(year);
  }
  const years = inOrder([...gathered.years]);
  const { numbers, categories } = numbered(gathered);
  const measures = measuresOfDrafts(gathered, numbers, years);
  const edition = editionOf(gathered, years);
  const files = startedFiles(
    { edition, categories, departments: departmentsOf(measures), measures, years, fields },
    source,
  );
  const { files: mended, fixed } = fixContent(withFiles(source, files));
  return { ...nothing, files: new Map([...files, ...mended]), fixed, measures: measures.length };
}

const weightOf = ({ columns }: Mapped): number =>
  (columns.some(({ target }) => target.to === 'year') ? 0 : 1) +
  (columns.some(({ target }) => target.to === 'number' || target.to === 'item') ? 2 : 0);

/** The oldest first; names that are no years stay as they came. */
function inOrder(years: readonly string[]): string[] {
  const known = years.every((year) => fiscalYear(year) !== undefined);
  return known ? years.toSorted((a, b) => (fiscalYear(a) ?? 0) - (fiscalYear(b) ?? 0)) : [...years];
}

/** What edition.yaml must have, as far as the tables say it. */
function editionOf(gathered: Gathered, years: readonly string[]): StartedEdition['edition'] {
  const given = (key: string) => {
    const found = gathered.edition.get(key);
    if (!found || (key !== '改定' && key !== '策定')) return found?.value;
    const date = eraDate(found.value) ? found.value : eraDateOf(found.value);
    if (date === undefined)
      gathered.tell(
        'error',
        found.place,
        `${key}${quoted(found.value)}は読み込んでいません。令和8年3月 のような年月が入ります。`,
      );
    return date;
  };
  const known: StartedEdition['edition'] = {
    年度: years.length > 0 ? [...years] : undefined,
    '現状・実績・目標': Object.fromEntries(gathered.labels),
    関連計画: [...gathered.plans],
    構成: ['表紙', '目次', '取組事項一覧', '個票'],
  };
  return Object.fromEntries(
    Object.entries(editionSchema.shape).flatMap(([key, schema]) => {
      const value = known[key] ?? given(key);
      return value === undefined && schema.safeParse(undefined).success ? [] : [[key, value]];
    }),
  );
}

/** 2026-03 → 令和8年3月, 2026-03-01 → 令和8年3月1日: as our own export has dates. */
function eraDateOf(text: string): string | undefined {
  const [, year = '', month = '', day] = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$/.exec(text) ?? [];
  if (year === '') return undefined;
  for (const [era, before] of Object.entries(eras).toReversed()) {
    const count = Number(year) - before;
    if (count < 1) continue;
    const date = `${era}${count === 1 ? '元' : count}年${Number(month)}月${day === undefined ? '' : `${Number(day)}日`}`;
    return eraDate(date) ? date : undefined;
  }
  return undefined;
}

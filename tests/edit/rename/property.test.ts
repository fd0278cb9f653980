import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../../src/compare/compare.ts';
import { comparedEdition } from '../../../src/compare/read.ts';
import { renamed } from '../../../src/compare/renames.ts';
import { checkContent } from '../../../src/content/check.ts';
import { type NewFiles, withFiles, writtenText } from '../../../src/content/source/new-files.ts';
import type { ContentSource } from '../../../src/content/source/source.ts';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import { isError } from '../../../src/diagnostics/diagnostic.ts';
import { UserError } from '../../../src/diagnostics/user-error.ts';
import { givenIn, kinds, namesOf, successorOf } from '../../../src/edit/rename/kinds.ts';
import { usedIn } from '../../../src/edit/rename/name-edits.ts';
import { planRename, type RenameRequest } from '../../../src/edit/rename/rename.ts';
import { type Edition, measuresOf } from '../../../src/model/edition.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { withoutRole } from '../../../src/model/names.ts';
import { city } from '../../content/city.ts';
import { madeEdition } from './made-editions.ts';

const runs = Number(process.env.RUNS ?? 20);
/** Of the names of an edition that is there, as many; all of them with RENAMES=all. */
const most = process.env.RENAMES === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.RENAMES ?? 12);

interface Side {
  source: ContentSource;
  checked: ReturnType<typeof checkContent>;
}
const sideOf = (source: ContentSource, parsed: ParsedFiles): Side => ({
  source,
  checked: checkContent(source, parsed),
});
const errorsOf = ({ checked }: Side) =>
  checked.diagnostics.filter(isError).map(({ code, file, actual }) => [code, file, actual]);
const textsOf = (source: ContentSource) =>
  Object.fromEntries(
    [...source.entries].flatMap(([path, { kind }]) => (kind === 'file' ? [[path, writtenText(source, path)]] : [])),
  );
const rename = ({ source, checked }: Side, request: RenameRequest): NewFiles =>
  planRename({ source, files: checked.files }, request).files;
const namesIn = ({ checked }: Side) => kinds.flatMap((kind) => givenIn(checked.files, kind).map(({ name }) => name));

/** One name of an edition gets one that it does not have, and the old one again. */
function thereAndBack(base: Side, before: string, after: string, parsed: ParsedFiles): void {
  const { files } = base.checked;
  const written = textsOf(base.source);
  const changed = rename(base, { before, after });
  for (const path of changed.keys()) expect(written[path]).toContain(before);
  const head = sideOf(withFiles(base.source, changed), parsed);
  expect(errorsOf(head)).toEqual([]);

  const used = kinds.flatMap((kind) => {
    const of = successorOf(kind, before, after);
    const key = sheetFields.measure.find(({ names }) => names !== undefined && names === kind.source)?.key;
    const names = [...files].flatMap(([path, yaml]) => usedIn(path, yaml?.value, kind));
    const bare = new Set(names.map((name) => (kind.source === 'sections' ? withoutRole(name) : name)));
    return [...bare].flatMap((name) => (of(name) === undefined ? [] : [`${key} ${name} → ${of(name)}`]));
  });
  const comparison = compare(
    comparedEdition('いま', base.source, base.checked),
    comparedEdition('後', head.source, head.checked),
  );
  expect(comparison.renames.map((one) => `${one.field} ${one.before} → ${one.after}`).sort()).toEqual(used.sort());
  const headings = kinds.flatMap((kind) =>
    kind.source === undefined ? givenIn(files, kind).filter(({ name }) => name === before) : [],
  );
  expect(comparison.structure.map((one) => [one.base?.name, one.head?.name])).toEqual(
    headings.map(() => [before, after]),
  );
  // Of a 課 that only a 区分 or a wording has, nobody can tell that it is the same one.
  const isTold = used.some((one) => one.startsWith('担当課')) || !holdsAlone(base, before);
  if (isTold) expect(comparison.measures).toEqual([]);

  const back = withFiles(head.source, rename(head, { before: after, after: before }));
  // Quotes that a name needs stay behind.
  if (isPlain.test(after)) expect(textsOf(back)).toEqual(written);
  else expect(valuesOf(sideOf(back, parsed))).toEqual(valuesOf(base));
}

const isPlain = /^(?!null$)\p{L}[\p{L}\p{N}ー・ ]*$/u;
const valuesOf = ({ checked }: Side) => [...checked.files].map(([path, yaml]) => [path, yaml?.value]);

const holdsAlone = ({ checked }: Side, name: string): boolean =>
  [...checked.files].some(([path, yaml]) => path.startsWith('measures/') && yaml?.text.includes(name));

/** Names that a 課, a 計画 or a heading may get. */
const freshName = fc
  .oneof(
    fc.constantFrom(
      ...['新しい課', '経営企画課室', 'X企画課', '新総務局 企画部', '一つの 名前', 'null', '~', '1e3', '00123', 'true'],
      ...["it's課", '課 # 1', '#課', '- 課', '課:', 'a: b', '"課"', '[課]', '{課}', '*課', '&課', '!課', '%課', '@課'],
      ...['課,室', '|', '>', '?', 'R10', '々課', 'ー課', '1-1', '太田・課', '課\\n'],
    ),
    fc.string({
      unit: fc.constantFrom(...'企画課局部室新旧Aa1 ・ーのカ#:"\'[]{},&*!|>%@`\\?-'),
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map((name) => name.trim().replaceAll(/ +/g, ' '));

test('of random editions: the rename is told, no measure changes, and back again is the same bytes', () => {
  fc.assert(
    fc.property(madeEdition, freshName, fc.nat(), (made, after, at) => {
      const parsed = new ParsedFiles();
      const base = sideOf(city(made).source, parsed);
      expect(errorsOf(base)).toEqual([]);
      const names = namesIn(base);
      const before = names[at % names.length] ?? '';
      const isFree = names.every((name) => !`${name} `.startsWith(`${after} `) && !after.startsWith(`${name} `));
      // A role is no name; a dash alone is a mistake.
      fc.pre(isFree && after !== '' && !/^[-ー]+$/.test(after));
      thereAndBack(base, before, after, parsed);
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 5) },
  );
}, 600_000);

test('two names made one: in every measure what compare makes of it, and the old one is nowhere', () => {
  let joined = 0;
  fc.assert(
    fc.property(madeEdition, fc.nat(), fc.nat(), fc.nat(), (made, which, from, to) => {
      const parsed = new ParsedFiles();
      const base = sideOf(city(made).source, parsed);
      const listed = kinds.filter(({ source }) => source !== undefined);
      const kind = listed[which % listed.length] as (typeof listed)[number];
      const names = namesOf(base.checked.files, kind);
      const [before, after] = [names[from % names.length] ?? '', names[to % names.length] ?? ''];
      const isOther = kinds.every(
        (one) => one === kind || !namesOf(base.checked.files, one).some((name) => name.split(' ')[0] === before),
      );
      fc.pre(before !== after && !`${after} `.startsWith(`${before} `) && isOther);
      let changed: NewFiles;
      try {
        changed = rename(base, { before, after });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const has = (text: string) => [before, after].every((name) => text.includes(name));
        expect(
          [...made.values()].some((text) => text.split('\n').some((line) => /区分: /.test(line) && has(line))),
        ).toBe(true);
        return;
      }
      joined += 1;
      const head = sideOf(withFiles(base.source, changed), parsed);
      expect(errorsOf(head)).toEqual([]);
      expect(
        namesOf(head.checked.files, kind).filter((name) => successorOf(kind, before, after)(name) !== undefined),
      ).toEqual([]);
      const field = sheetFields.measure.find((one) => one.names === kind.source)?.key ?? '';
      const renames = names.flatMap((name) => {
        const fresh = successorOf(kind, before, after)(name);
        return fresh === undefined ? [] : [{ field, before: name, after: fresh }];
      });
      const measures = ({ checked }: Side) => measuresOf(checked.edition as Edition);
      expect(measures(head)).toEqual(measures(base).map((one) => renamed(one, renames, sheetFields)));
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 5) },
  );
  expect(joined).toBeGreaterThan(runs / 4);
}, 600_000);

test('with texts: names as without, and once is as twice', () => {
  fc.assert(
    fc.property(
      madeEdition,
      fc.nat(),
      fc.constantFrom('危機管理室', '新しい企画課', 'AI課', '課'),
      (made, at, after) => {
        const parsed = new ParsedFiles();
        const base = sideOf(city(made).source, parsed);
        const names = namesIn(base);
        const before = names[at % names.length] ?? '';
        const head = sideOf(withFiles(base.source, rename(base, { before, after, texts: true })), parsed);
        expect(errorsOf(head)).toEqual([]);
        const without = sideOf(withFiles(base.source, rename(base, { before, after })), parsed);
        expect(listsOf(head)).toEqual(listsOf(without));
        expect([...rename(head, { before, after, texts: true }).keys()]).toEqual([]);
      },
    ),
    { numRuns: runs, seed: Number(process.env.SEED ?? 5) },
  );
}, 600_000);

/** All names, where they are given and where they are used. */
const listsOf = ({ checked: { files } }: Side) =>
  kinds
    .filter(({ source }) => source !== undefined)
    .map((kind) => [namesOf(files, kind), [...files].map(([path, yaml]) => usedIn(path, yaml?.value, kind))]);

const readFolder = (folder: string) =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name))]),
  );

test.each(['tests/city', 'tests/lake', 'content'])(
  'every name of %s, once each',
  (folder) => {
    const parsed = new ParsedFiles();
    const base = sideOf(city(readFolder(folder)).source, parsed);
    const departments = kinds.filter(({ source }) => source === 'departments');
    const words = departments.flatMap((kind) =>
      givenIn(base.checked.files, kind).map(({ name }) => name.split(' ')[0] ?? ''),
    );
    const all = [...new Set([...namesIn(base), ...words])];
    for (let at = 0; at < all.length; at += Math.max(1, all.length / most)) {
      const before = all[Math.floor(at)] ?? '';
      thereAndBack(base, before, `改めた${before}`, parsed);
    }
  },
  600_000,
);

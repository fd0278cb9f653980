// Whatever a section answers and whatever the content changes meanwhile: what both said is there, and nothing else changed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellsOf, keyOf } from '../../../src/compare/cells.ts';
import { checkContent } from '../../../src/content/check.ts';
import { isError } from '../../../src/diagnostics/diagnostic.ts';
import { type CellEdit, edit } from '../../../src/edit/edit.ts';
import type { BaseRow } from '../../../src/exchange/answers/base.ts';
import { cellsOfRows, type RowValue } from '../../../src/exchange/answers/form.ts';
import { baseOfEdition } from '../../../src/exchange/answers/send/base-of.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { kinds, marks } from '../../../src/model/measure.ts';
import { MemoryContent } from '../../compare/contents.ts';
import { answersOf, type Filled, settledWith, toldLines } from './answering.ts';

const runs = Number(process.env.RUNS ?? 6);

const city = () => {
  const content = new MemoryContent();
  for (const [file, text] of content.files)
    if (file.startsWith('measures/')) content.write(file, text.replaceAll(/^( *)(内容|取組):/gm, '$1# 覚え書き\n$&'));
  return content;
};
const source = city().source();
const { edition } = checkContent(source).readable();
const { years, fields } = edition;
const own = measuresOf(edition).filter(({ reprintOf }) => reprintOf === undefined);
const base = baseOfEdition({ edition, digest: '', numbers: own.map(({ id }) => id), sections: [] });

const isFilledPart = ({ key, value }: BaseRow, row: BaseRow) =>
  typeof key.part === 'object' && value !== undefined && keyOf(key) === keyOf(row.key);

/** Cells that may have another value by one of their rows. */
const places = base.measures.flatMap(({ number, rows }) =>
  rows.flatMap((row) => {
    const { field, part } = row.key;
    const isPart = typeof part === 'object';
    if (isPart && (part.of === '区分' || row.value === undefined)) return []; // half of a part is none
    if (field === '予算額' && !isPart && rows.some((other) => isFilledPart(other, row))) return [];
    if (typeof part === 'number') return []; // names have to be given
    return [{ number, row, rows }];
  }),
);
type Place = (typeof places)[number];

/** Another value of a row; null for a blank one. */
function another({ row }: Place, seed: number): RowValue | null {
  const { field } = row.key;
  const of = <T extends RowValue>(values: readonly T[]) => {
    const others = values.filter((value) => value !== row.value);
    return others[seed % others.length] as T;
  };
  if (field === '区分') return of(kinds);
  if (field === '項目') return seed % 7 === 0 && row.value !== undefined ? null : of(marks);
  if (field === '予算額') return of([seed, seed + 1, '—']);
  if (field === '関連計画') return of(['○', '×']);
  const texts = [`${seed}件`, `一行目\n二行目 ${seed}`, `- ${seed}: #注`, `"${seed}"`];
  return seed % 11 === 0 && row.value !== undefined && field !== '取組' ? null : of(texts);
}

const cellsAfter = ({ rows, row }: Place, value: RowValue | null): Cell[] =>
  cellsOfRows(
    rows.map((one) => ({ key: one.key, value: one === row ? (value ?? undefined) : one.value })),
    fields,
  ).cells;

const change = fc.record({ at: fc.integer({ min: 0, max: places.length - 1 }), seed: fc.nat(500) });

const cellsIn = (texts: ReadonlyMap<string, string>) => {
  const { edition: read } = checkContent(new MemoryContent(texts).source()).readable();
  return new Map(
    measuresOf(read).map((measure) => [
      measure.id,
      new Map(cellsOf(measure, undefined, years, sheetFields).map((cell) => [keyOf(cell), cell.value])),
    ]),
  );
};

test('both, and nothing else, in whatever order the workbooks come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(change, { maxLength: 8, selector: ({ at }) => cellOf(places[at] as Place) }),
      fc.nat(8),
      async (changes, split) => {
        const [ours, theirs] = [changes.slice(0, split), changes.slice(split)];
        const now = city();
        for (const { at, seed } of ours) write(now, places[at] as Place, seed);
        const filled = (of: typeof theirs): Filled =>
          Object.fromEntries(
            of.map(({ at, seed }) => {
              const place = places[at] as Place;
              return [`${place.number} ${place.row.label}`, another(place, seed)];
            }),
          );
        const books = [0, 1, 2].map((book) =>
          answersOf(source, filled(theirs.filter((_, index) => index % 3 === book)), { file: `${book}.xlsx` }),
        );
        const before = cellsIn(now.files);
        const { outcome, conflicts, out, texts } = await settledWith(now.source(), books);
        expect(conflicts).toEqual([]);
        expect([...out]).toEqual([]);
        const result = new Map([...now.files, ...([...outcome.files] as [string, string][])]);
        const after = cellsIn(result);
        for (const { at, seed } of theirs) {
          const place = places[at] as Place;
          const { field, year, value } = editOf(place, another(place, seed));
          const key = keyOf(year === undefined ? { field } : { field, year });
          const cells = before.get(place.number);
          if (value === undefined) cells?.delete(key);
          else cells?.set(key, value);
        }
        const plain = (cells: typeof after) =>
          [...cells].map(([id, values]) => [id, Object.fromEntries([...values].sort())]);
        // A 再掲 is of the 区分 of its target.
        const withoutReprints = (cells: typeof after) =>
          plain(new Map([...cells].filter(([id]) => own.some((measure) => measure.id === id))));
        expect(withoutReprints(after)).toEqual(withoutReprints(before));
        const remarks = (of: ReadonlyMap<string, string>) =>
          [...of.values()].map((text) => text.match(/^ *# 覚え書き$/gm)?.length);
        if (theirs.every(({ at }) => !/内容|取組/.test(places[at]?.row.key.field ?? '')))
          expect(remarks(result)).toEqual(remarks(now.files));
        const again = await settledWith(now.source(), [...books].reverse());
        expect(again.texts).toEqual(texts);
      },
    ),
    { numRuns: runs, seed: 15 },
  );
});

/** Rows of names too, and any text. */
const anywhere = [
  ...places,
  ...base.measures.flatMap(({ number, rows }) =>
    rows.flatMap((row) => (typeof row.key.part === 'number' ? [{ number, row, rows }] : [])),
  ),
];
const anyChange = fc.record({
  at: fc.integer({ min: 0, max: anywhere.length - 1 }),
  seed: fc.nat(20),
  text: fc.oneof(
    fc.constantFrom('窓口課', '防災課', '(発注)学校課', '市民局', 'ﾊﾝｶｸ', '○', '1-1-2', ': #', "'"),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
});

test('whatever is answered: no error reaches the content, nothing depends on the order, nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyChange, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      fc.array(change, { maxLength: 3 }),
      async (answered, meanwhile) => {
        const now = city();
        for (const { at, seed } of meanwhile) {
          const place = places[at] as Place;
          if (place.row.key.field === '区分') continue; // its 再掲 would have to follow
          write(now, place, seed);
        }
        const books = answered.map((changes, book) => {
          const filled = changes.map(({ at, seed, text }): [string, RowValue | null] => {
            const place = anywhere[at] as Place;
            const isFree = place.row.key.field !== '予算額' && place.row.key.field !== '関連計画';
            const value = isFree && seed > 3 ? text.trim() || null : another(place, seed);
            return [`${place.number} ${place.row.label}`, value];
          });
          return answersOf(source, Object.fromEntries(filled), { file: `${book}.xlsx` });
        });
        const settled = await settledWith(now.source(), books);
        expect(settled.outcome.result.diagnostics.filter(isError)).toEqual([]);
        const again = await settledWith(now.source(), [...books].reverse());
        const all = ({ texts, out, told, conflicts }: typeof settled) => [
          ...[texts, [...out].sort(), toldLines(told), conflicts],
        ];
        expect(all(again)).toEqual(all(settled));
        // Who stays out is told why.
        for (const file of settled.out)
          expect(
            settled.told.some((one) => one.file === file && isError(one)) ||
              settled.conflicts.some(({ answers }) => answers.some((one) => one.file === file)),
          ).toBe(true);
      },
    ),
    { numRuns: runs, seed: 16 },
  );
});

const cellOf = ({ number, row }: Place) => `${number} ${keyOf(row.key)}`;

function editOf(place: Place, value: RowValue | null): CellEdit {
  const { field, year } = place.row.key;
  const cell = cellsAfter(place, value).find((one) => keyOf(one) === keyOf(place.row.key));
  return { field, ...(year === undefined ? {} : { year }), ...(cell ? { value: cell.value } : {}) };
}

/** Another value of a row, written in the content. */
function write(content: MemoryContent, place: Place, seed: number): void {
  const file = `measures/${place.number}.yaml`;
  content.write(file, edit(content.read(file), [editOf(place, another(place, seed))], years));
}

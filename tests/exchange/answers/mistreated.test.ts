import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answers, Told } from '../../../src/exchange/answers/answers.ts';
import type { Base, BaseRow } from '../../../src/exchange/answers/base.ts';
import type { RowValue } from '../../../src/exchange/answers/form.ts';
import { keyText } from '../../../src/exchange/answers/key.ts';
import { answersOf } from '../../../src/exchange/answers/read/read-answers.ts';
import { rowForm } from '../../../src/exchange/answers/read/typed.ts';
import { cellName } from '../../../src/exchange/xlsx/book.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { editionOf } from './editions.ts';
import { type Step, Writer } from './mistreat.ts';
import { bookOf } from './sheets.ts';

/** RUNS=20000 npx vitest run tests/exchange/answers/mistreated.test.ts tries as many workbooks. */
const settings = { numRuns: Number(process.env.RUNS ?? 1000), seed: 15 };

const books = ['tests/city', 'tests/lake', 'content'].flatMap((folder) => {
  const edition = editionOf(folder);
  const own = measuresOf(edition).flatMap(({ id, reprintOf }) => (reprintOf === undefined ? [id] : []));
  const step = Math.ceil(own.length / 12);
  return [0, 1, 2].flatMap((from) => {
    const only = own.filter((_, index) => index % step === 0).slice(from * 2, from * 2 + 2);
    return only.length === 0
      ? []
      : [bookOf(edition, { only, openYears: from === 1 ? edition.years.slice(1) : [...edition.years] })];
  });
});

const steps = fc.array(fc.tuple(fc.nat(9999), fc.nat(9999), fc.nat(9999), fc.nat(9999)), {
  minLength: 1,
  maxLength: 9,
});

/** Whether one of `told` names a place: by itself, in its list of cells, or by its sheet as a whole. */
function isNamed(told: readonly Told[], sheet: string, row: number, column: number): boolean {
  const cell = cellName(row, column);
  return told.some((one) => {
    if (one.message.includes(`${sheet}!`)) return true;
    if (one.sheet !== sheet) return false;
    if (one.cell === undefined || one.cell === cell || one.message.includes('このシートからは何も')) return true;
    return [...one.message.matchAll(/([A-Z]+)(\d+)(?::[A-Z]+(\d+))?/g)].some(
      ([, letters, from, to]) =>
        cell.replace(/\d+/, '') === letters && row + 1 >= Number(from) && row + 1 <= Number(to ?? from),
    );
  });
}

/**
 * Of 記入欄 alone, moved by a few rows, nobody can tell that it was not typed so, unless a value is in a field of another
 * kind than the one that had it, and has it no longer.
 */
function couldBeTyped({ measures }: Base, key: string, value: RowValue | undefined, given: Answers['given']): boolean {
  if (value === undefined || value === '—') return true;
  const rows = measures.flatMap((measure) => measure.rows);
  const kindOf = (row: BaseRow) => rowForm(row, sheetFields).kind;
  const own = rows.find((row) => keyText(row.key) === key) as BaseRow;
  const homes = rows.filter((row) => row.key.number === own.key.number && row.value === value);
  const isAsBefore = (row: BaseRow) => given.get(keyText(row.key))?.value === row.value;
  return homes.every(isAsBefore) || homes.some((row) => kindOf(row) === kindOf(own));
}

test(
  'however a workbook was mistreated, no value gets into another field, and each that is not taken is named',
  () => {
    const seen = { taken: 0, named: 0, missing: 0 };
    fc.assert(
      fc.property(fc.nat(books.length - 1), steps, (which, all) => {
        const { base, book } = books[which] as (typeof books)[number];
        const writer = new Writer(book, base);
        for (const step of all) writer.do(step as Step);
        const { given, told } = answersOf('回答.xlsx', writer.book, base, sheetFields);
        const about = () =>
          JSON.stringify(
            { done: writer.done, told: told.map((one) => [one.severity, one.sheet, one.cell, one.message]) },
            null,
            1,
          );
        const typings = new Map<string, Set<string>>();
        for (const { key, value } of writer.typed.values())
          if (key !== undefined) typings.set(key, (typings.get(key) ?? new Set()).add(String(value)));
        // What was taken is what was typed there.
        for (const [key, { value }] of given) {
          const row = writer.rows.get(key);
          if (value === row?.value) continue;
          const right = value === undefined ? writer.emptied.has(key) : typings.get(key)?.has(String(value));
          if (!right && writer.movedAlone && couldBeTyped(base, key, value, given)) continue;
          if (!right) throw new Error(`${key} has ${value}\n${about()}`);
          seen.taken += 1;
        }
        // What stands in the workbook and was typed is taken, or named.
        const keys = new Set<string>();
        for (const { name, rows } of writer.book.sheets)
          for (const [row, cells] of rows)
            for (const [column, cell] of cells) {
              if (typeof cell.value === 'string' && writer.rows.has(cell.value)) keys.add(cell.value);
              const typing = writer.typed.get(cell);
              if (!typing) continue;
              const { key, value } = typing;
              if (key !== undefined && (writer.rows.get(key)?.value === value || given.get(key)?.value === value))
                continue;
              if (writer.movedAlone && [...given.values()].some((answer) => String(answer.value) === String(value)))
                continue;
              if (!isNamed(told, name, row, column))
                throw new Error(`${name}!${cellName(row, column)} ${value} of ${key} is lost\n${about()}`);
              seen.named += 1;
            }
        for (const { number, rows } of base.measures) {
          const missing = rows.filter(({ key, open }) => open && !keys.has(keyText(key)));
          seen.missing += missing.length;
          if (missing.length === 0) continue;
          for (const { key } of missing) expect(given.has(keyText(key))).toBe(false);
          expect(
            told.some(({ message }) => message.includes(`取組 ${number}`) && message.includes('回答されていない')),
          ).toBe(true);
        }
      }),
      settings,
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(settings.numRuns / 4);
  },
  60_000 + 50 * settings.numRuns,
);

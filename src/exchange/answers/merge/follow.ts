// Which measure of the content as it is now a measure of a workbook is: numbers change, names of 課 do.
import type { Rename } from '../../../compare/change.ts';
import { matchMeasures } from '../../../compare/match.ts';
import { findRenames, knownNames } from '../../../compare/renames.ts';
import type { ReadableEdition } from '../../../content/readable.ts';
import { measuresOf } from '../../../model/edition.ts';
import { groupedBy } from '../../../model/grouped-by.ts';
import type { Measure } from '../../../model/measure.ts';
import type { Base } from '../base.ts';
import { cellsOfRows } from '../form.ts';
import { measureOfCells } from './measure-of-cells.ts';

export interface Followed {
  /** By the number in the workbook; undefined for a measure that is no more */
  now(number: string): Measure | undefined;
  /** Names that the content has in place of those of the workbook */
  renames: readonly Rename[];
}

/** What the content is now, and what it was. */
export interface Present extends ReadableEdition {
  /** See contentDigest */
  digest: string;
  /** The content that a base was made from, where that can be read */
  madeFrom(base: Base): ReadableEdition | undefined;
}

/** Workbooks that were made from the same content are followed alike, each once. */
export function followed(bases: readonly Base[], present: Present): (base: Base) => Followed {
  const alike = groupedBy(bases, ({ digest }) => digest);
  const known = new Map([...alike].map(([digest, of]) => [digest, follow(of as [Base, ...Base[]], present)]));
  return ({ digest }) => {
    const found = known.get(digest);
    if (!found) throw new Error(`no base ${digest}`);
    return found;
  };
}

function follow(bases: readonly [Base, ...Base[]], present: Present): Followed {
  const after = measuresOf(present.edition);
  const byNumber = new Map(after.map((measure) => [measure.id, measure]));
  if (bases[0].digest === present.digest) return { now: (number) => byNumber.get(number), renames: [] };
  const { fields } = present.edition;
  const whole = present.madeFrom(bases[0]);
  const before = whole ? measuresOf(whole.edition) : measuresIn(bases, fields);
  const { headOf } = matchMeasures(before, after, fields);
  const pairs = before.flatMap((old) => {
    const fresh = headOf.get(old.id);
    return fresh ? [{ old, fresh }] : [];
  });
  const names = whole ? knownNames(whole) : { departments: [], sections: [], plans: [] };
  return {
    now: (number) => headOf.get(number),
    renames: findRenames({ pairs, base: names, head: knownNames(present), fields }),
  };
}

/** As the workbooks themselves tell them. */
const measuresIn = (bases: readonly Base[], fields: Present['edition']['fields']): Measure[] => [
  ...new Map(
    bases.flatMap(({ measures, years }) =>
      measures.map(({ number, rows }) => [
        number,
        measureOfCells(number, cellsOfRows(rows, fields).cells, years, fields),
      ]),
    ),
  ).values(),
];

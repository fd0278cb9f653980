import { type Edition, measuresOf } from '../model/edition.ts';
import { kinds, type Measure } from '../model/measure.ts';
import { measureFile } from '../model/numbers.ts';
import type { Rename } from './change.ts';
import { type Matching, matchMeasures } from './match.ts';
import type { ComparedEdition } from './read.ts';
import { findRenames, knownNames } from './renames.ts';
import { compareStructure, type StructureMatching } from './structure.ts';
import { unreadFiles } from './unread.ts';

/** Two editions, and what of the one is what of the other. */
export interface Pairing {
  base: ComparedEdition;
  head: ComparedEdition;
  /** Measures that can be read in both editions as far as they are there, in the order of each. */
  before: readonly Measure[];
  after: readonly Measure[];
  matching: Matching;
  structure: StructureMatching;
  renames: readonly Rename[];
  /** See Comparison. */
  continued: readonly string[];
  /** Whether all of a file, by its path below the content folder, can be read on both sides. */
  isWhole(file: string): boolean;
}

export function pairEditions(base: ComparedEdition, head: ComparedEdition): Pairing {
  const unread = [...base.unread, ...head.unread];
  const missing = new Set(unreadFiles(unread));
  const readable = (edition: Edition) => measuresOf(edition).filter(({ id }) => !missing.has(measureFile(id)));
  const [before, after] = [readable(base.edition), readable(head.edition)];
  const { fields } = head.edition;
  const matching = matchMeasures(before, after, fields);
  const pairs = after.flatMap((fresh) => {
    const old = matching.baseOf.get(fresh.id);
    return old ? [{ old, fresh }] : [];
  });
  return {
    base,
    head,
    before,
    after,
    matching,
    structure: compareStructure(base.edition, head.edition),
    renames: findRenames({ pairs, base: knownNames(base), head: knownNames(head), fields }),
    continued: isRolled(base.edition, head.edition)
      ? pairs.flatMap(({ old, fresh }) => (old.kind === kinds[0] && fresh.kind === kinds[1] ? [fresh.id] : []))
      : [],
    isWhole: (file) => !unread.some((part) => part.file === file),
  };
}

/** 年度 moved on: some came, some went. */
const isRolled = ({ years: before }: Edition, { years: after }: Edition) =>
  before.some((year) => !after.includes(year)) && after.some((year) => !before.includes(year));

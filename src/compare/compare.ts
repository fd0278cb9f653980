import type { UnreadPart } from '../content/readable.ts';
import { measuresOf } from '../model/edition.ts';
import { budgetTotals } from './budgets.ts';
import type { Comparison, Side, Unread } from './change.ts';
import { compareAnnexes, compareEditionFields, editionFields } from './edition-fields.ts';
import { measureChanges } from './measure-changes.ts';
import { pairEditions } from './pairing.ts';
import type { ComparedEdition } from './read.ts';
import { compareOrganization } from './structure.ts';
import { unreadField } from './unread.ts';

/** All that differs between two editions; what cannot be read in either is left out and listed. */
export function compare(base: ComparedEdition, head: ComparedEdition): Comparison {
  const pairing = pairEditions(base, head);
  const { structure, isWhole } = pairing;
  const renames = [...pairing.renames];
  const unread = editionUnread([...base.unread, ...head.unread]);
  return {
    base: sideOf(base),
    head: sideOf(head),
    edition: compareEditionFields(base.edition, head.edition, unread),
    continued: [...pairing.continued],
    structure: isWhole('structure.yaml') ? structure.changes : [],
    organization: isWhole('organization.yaml')
      ? compareOrganization(base.organization, head.organization, renames)
      : [],
    renames,
    annexes: unread.has('構成') ? [] : compareAnnexes(base, head, isWhole),
    measures: measureChanges(pairing),
    budgets: budgetTotals(base.edition, head.edition, structure.categories),
    unread: [...unreadOf('base', base.unread), ...unreadOf('head', head.unread)],
  };
}

function sideOf({ name, edition, diagnostics }: ComparedEdition): Side {
  const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const measures = measuresOf(edition);
  const reprints = measures.filter(({ reprintOf }) => reprintOf !== undefined).length;
  return {
    name,
    ...(edition.revised ? { revised: edition.revised } : {}),
    errors: count('error'),
    warnings: count('warning'),
    measures: measures.length - reprints,
    reprints,
  };
}

const unreadOf = (side: Unread['side'], parts: readonly UnreadPart[]): Unread[] =>
  parts.map(({ file, path }) => ({ side, file, ...unreadField(path) }));

/** Keys of edition.yaml that one of the editions does not let read. */
function editionUnread(parts: readonly UnreadPart[]): ReadonlySet<string> {
  const own = parts.filter(({ file }) => file === 'edition.yaml');
  return new Set(own.flatMap(({ path }) => (path.length === 0 ? editionFields : [String(path[0])])));
}

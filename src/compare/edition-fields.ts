import { widthFields } from '../content/sheet-columns.ts';
import type { AnnexPart, Edition } from '../model/edition.ts';
import type { SignMeaning } from '../model/meanings.ts';
import type { Value } from './cells.ts';
import type { AnnexChange, EditionField, FieldChange } from './change.ts';
import { compareValues } from './values.ts';
import { textRuns } from './words.ts';

/** What edition.yaml says, key by key. */
export function compareEditionFields(
  base: Edition,
  head: Edition,
  unread: ReadonlySet<string>,
): FieldChange<EditionField>[] {
  return editionFields.flatMap((field): FieldChange<EditionField>[] => {
    const read = readers[field];
    const change = unread.has(field) ? undefined : compareValues(read(base), read(head));
    return change ? [{ field, ...change }] : [];
  });
}

const text = (value: string | undefined): Value | undefined => (value ? { type: 'text', text: value } : undefined);
const list = (names: readonly string[]): Value => ({ type: 'list', names });

const legend = (meanings: readonly SignMeaning[] | undefined): Value | undefined =>
  meanings && list(meanings.map(({ sign, word }) => `${sign}: ${word}`));

/** What each key of edition.yaml says. */
const readers: Record<EditionField, (edition: Edition) => Value | undefined> = {
  計画名: ({ planName }) => text(planName),
  計画期間: ({ planPeriod }) => text(planPeriod),
  書名: ({ title }) => text(title),
  策定: ({ established }) => text(established),
  改定: ({ revised }) => text(revised),
  発行者: ({ publisher }) => text(publisher),
  ライセンス: ({ licence }) => text(licence),
  年度: ({ years }) => list(years),
  項目の印: ({ meanings }) => legend(meanings?.mark),
  予算額の印: ({ meanings }) => legend(meanings?.budget),
  '現状・実績・目標': ({ indicatorYears }) => list(indicatorYears.map(({ label, year }) => `${label}: ${year}`)),
  関連計画: ({ relatedPlans }) => list(relatedPlans),
  構成: ({ parts }) => list(parts.map((part) => (typeof part === 'string' ? part : `別冊 ${part.annex}`))),
  改定履歴: ({ history }) => history && list(history.map(({ date, text }) => `${date} ${text}`)),
  列幅: ({ widths, fields }) =>
    widths &&
    list(
      widthFields(fields).flatMap(({ property, key }) =>
        widths[property] === undefined ? [] : [`${key}: ${widths[property]}`],
      ),
    ),
};

/** The keys of edition.yaml that are compared, in its order. */
export const editionFields = Object.keys(readers) as EditionField[];

/** 別冊 by path; digests tell one file from another, where `isWhole` says that both could be read. */
export function compareAnnexes(
  base: { edition: Edition; annexes: ReadonlyMap<string, string> },
  head: { edition: Edition; annexes: ReadonlyMap<string, string> },
  isWhole: (path: string) => boolean,
): AnnexChange[] {
  const parts = ({ edition }: { edition: Edition }) =>
    new Map(edition.parts.flatMap((part) => (typeof part === 'string' ? [] : [[part.annex, part] as const])));
  const told = ({ annex, title, alternative }: AnnexPart) => ({
    path: annex,
    title,
    ...(alternative === undefined ? {} : { alternative }),
  });
  const [before, after] = [parts(base), parts(head)];
  const changes: AnnexChange[] = [];
  for (const [path, part] of after) {
    const old = before.get(path);
    if (!old) {
      changes.push({ kind: 'added', ...told(part) });
      continue;
    }
    const words = {
      ...(old.title === part.title ? {} : { titleBefore: old.title }),
      ...(old.alternative === part.alternative
        ? {}
        : { alternativeRuns: textRuns(old.alternative ?? '', part.alternative ?? '') }),
    };
    const replaced = isWhole(path) && base.annexes.get(path) !== head.annexes.get(path);
    if (replaced) changes.push({ kind: 'replaced', ...told(part), ...words });
    else if (Object.keys(words).length > 0) changes.push({ kind: 'reworded', ...told(part), ...words });
  }
  for (const [path, part] of before) if (!after.has(path)) changes.push({ kind: 'removed', ...told(part) });
  return changes;
}

import { UserError } from '../diagnostics/user-error.ts';
import { inFileName } from '../files.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import { withoutRole } from '../model/names.ts';
import type { Selection } from './data.ts';

/** What of an edition is asked for: all, one 課's sheets, or the sheets of some numbers; on A4 portrait if so wished. */
export interface Choice {
  section?: string;
  only?: string[];
  portrait?: boolean;
}

/** Every 課 that has measures, without its role, once. */
export const sectionsOf = (edition: Edition): string[] => [
  ...new Set(measuresOf(edition).flatMap((measure) => measure.sections.map(withoutRole))),
];

/** The measures of `choice` and a file name for them. Throws UserError for a number or a 課 that the edition does not have. */
export function select(edition: Edition, choice: Choice): { selection: Selection; name: string } {
  const { ids, suffix } = chosen(edition, choice);
  const name = inFileName([edition.title, ...suffix, ...(choice.portrait ? ['A4'] : [])].join('_'));
  if (!ids && !choice.portrait) return { selection: { whole: true }, name };
  const all = measuresOf(edition).map(({ id }) => id);
  return { selection: { whole: false, ids: new Set(ids ?? all), part: choice.portrait ? 'A4個票' : '個票' }, name };
}

/** The numbers asked for, in the edition's order; none when it is all of them. */
function chosen(edition: Edition, { section, only }: Choice): { ids?: string[]; suffix: string[] } {
  const measures = measuresOf(edition);
  if (section !== undefined) {
    const ids = measures
      .filter((measure) => measure.sections.some((name) => withoutRole(name) === section))
      .map(({ id }) => id);
    if (ids.length > 0) return { ids, suffix: [section] };
    const near = sectionsOf(edition).filter((name) => name.includes(section) || section.includes(name));
    throw new UserError(
      `「${section}」が担当する取組はありません。${near.length > 0 ? `もしかして: ${near.join('、')}` : '課の名前は content/organization.yaml にあるとおりに書いてください。'}`,
    );
  }
  if (!only) return { suffix: [] };
  const unknown = only.filter((id) => !measures.some((measure) => measure.id === id));
  if (unknown.length > 0)
    throw new UserError(`番号 ${unknown.join('、')} の取組はありません。番号は 1-1-1 のように半角で書いてください。`);
  const ids = measures.filter(({ id }) => only.includes(id)).map(({ id }) => id);
  return { ids, suffix: ids.length <= 3 ? ids : [`${ids[0]}ほか${ids.length - 1}件`] };
}

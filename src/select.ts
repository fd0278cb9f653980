import type { Edition } from './content/edition.ts';
import { withoutRole } from './content/organization.ts';
import { inFileName } from './files.ts';
import type { Selection } from './render/data.ts';

/** What of an edition is asked for: all, one 課's sheets, or the sheets of some numbers. */
export interface Choice {
  section?: string;
  only?: string[];
}

/** A number or a 課 that the content does not have: wrong usage. */
export class UnknownName extends Error {
  override name = 'UnknownName';
}

/** The measures of `choice` and a file name for them. Throws UnknownName. */
export function select(edition: Edition, { section, only }: Choice): { selection: Selection; name: string } {
  const measures = edition.categories.flatMap((category) => category.groups.flatMap((group) => group.measures));
  const named = (suffix: string) => inFileName(`${edition.title}_${suffix}`);
  if (section !== undefined) {
    const ids = measures
      .filter((measure) => measure.sections.some((name) => withoutRole(name) === section))
      .map((measure) => measure.id);
    if (ids.length === 0) {
      const known = [...new Set(measures.flatMap((measure) => measure.sections.map(withoutRole)))];
      const near = known.filter((name) => name.includes(section) || section.includes(name));
      throw new UnknownName(
        `「${section}」が担当する取組はありません。${near.length > 0 ? `もしかして: ${near.join('、')}` : '課の名前は content/organization.yaml にあるとおりに書いてください。'}`,
      );
    }
    return { selection: { whole: false, ids: new Set(ids) }, name: named(section) };
  }
  if (only) {
    const known = new Set(measures.map((measure) => measure.id));
    const unknown = only.filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new UnknownName(
        `番号 ${unknown.join('、')} の取組はありません。番号は 1-1-1 のように半角で書いてください。`,
      );
    const ids = measures.filter((measure) => only.includes(measure.id)).map((measure) => measure.id);
    return {
      selection: { whole: false, ids: new Set(ids) },
      name: named(ids.length <= 3 ? ids.join('_') : `${ids[0]}ほか${ids.length - 1}件`),
    };
  }
  return { selection: { whole: true }, name: inFileName(edition.title) };
}

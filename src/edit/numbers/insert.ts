import { type Organization, organizationOf } from '../../content/organization.ts';
import { type ReadFiles, readableEdition } from '../../content/readable.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { measuresOf } from '../../model/edition.ts';
import { fieldOf, pathOf, sheetFields } from '../../model/fields.ts';
import { kinds, type Measure } from '../../model/measure.ts';
import { withoutRole } from '../../model/names.ts';
import { measureFile } from '../../model/numbers.ts';
import { placeholderTitle } from '../../model/words.ts';
import { orderOf } from '../orders.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import type { Written, YamlEdit } from '../yaml/edits.ts';
import { askedPlace, refuseGaps } from './asked.ts';
import { layoutOf, measureAt, numbersIn } from './layout.ts';
import { withMeasure } from './move.ts';
import { type NumbersPlan, renumbered, type WrittenContent } from './renumbered.ts';

export interface InsertOptions {
  /** 取組 */
  title?: string | undefined;
  /** 担当課, with their roles */
  sections?: readonly string[] | undefined;
  texts?: boolean | undefined;
}

/** Stands in a layout for what has no number yet. */
const nobody = '';

/** A new measure at a place; those there and behind it make room. Throws UserError where that cannot be. */
export function inserted(content: WrittenContent, asked: string, options: InsertOptions): NumbersPlan {
  const { source, files } = content;
  const { title = placeholderTitle, sections, texts } = options;
  if (title !== title.trim())
    throw new UserError(`取組の名前「${title}」の前後に空白か改行があります。空白のない名前を書いてください。`);
  refuseGaps(files);
  const before = layoutOf(files);
  const { group, index } = askedPlace(files, before, asked);
  const beside = nearestFirst(before.find((one) => one.group === group)?.measures ?? [], index);
  const { edition, organization } = readableEdition(files);
  const byNumber = new Map(measuresOf(edition).map((measure) => [measure.id, measure]));
  const neighbours = beside.flatMap((number) => byNumber.get(number) ?? []);
  const charge = sections
    ? { sections, departments: departmentsOf(sections, organizationOf(organization), neighbours) }
    : neighbours[0];
  if (!charge)
    throw new UserError(
      `中項目 ${group} にはまだ取組がなく、担当が分かりません。--section に担当課を書いてください(organization.yaml の名前)。`,
    );
  const values: [keyof Measure, Written][] = [
    ['kind', kinds[0]],
    ['title', title],
    ['departments', charge.departments],
    ['sections', charge.sections],
  ];
  const path = measureFile(asked);
  const schedule = pathAt('schedule');
  const text = editYaml(
    `${languageServer(files, beside)}${pathAt('id')}: ${asked}\n`,
    [
      ...values.map(([property, value]): YamlEdit => ({ path: pathAt(property), value })),
      ...edition.years.map((year) => ({ path: [...schedule, year], value: {} })),
    ],
    orderOf(path, edition.years),
  );
  const plan = renumbered(content, { layout: withMeasure(before, group, index, nobody), texts });
  const open = sheetFields.measure.filter(
    ({ reprint, within, property }) =>
      within === undefined && (reprint === undefined || (property === 'title' && options.title === undefined)),
  );
  return {
    files: new Map([...plan.files, [path, text]]),
    notes: [
      ...plan.notes,
      `次に、${source.root}/${path} の ${open.map(({ key }) => key).join('、')} を書いてください。`,
    ],
  };
}

const pathAt = (property: keyof Measure): string[] => pathOf(fieldOf(sheetFields.measure, property));

/** The measures around a place; of two as near the one above it. */
function nearestFirst(measures: readonly string[], index: number): string[] {
  const distance = (number: string) => {
    const at = measures.indexOf(number);
    return at < index ? index - at - 0.5 : at - index + 1;
  };
  return measures.toSorted((a, b) => distance(a) - distance(b));
}

/** What tells editors the schema, as the other files have it. */
function languageServer(files: ReadFiles, beside: readonly string[]): string {
  const first = [...beside, ...numbersIn(files)]
    .map((number) => measureAt(files, number)?.text.split('\n', 1)[0] ?? '')
    .find((line) => line.startsWith('#') && line.includes('yaml-language-server'));
  return first === undefined ? '' : `${first}\n`;
}

/** The 局・部 of these 課; of several that have one the one that the nearest neighbour is of. */
function departmentsOf(
  sections: readonly string[],
  organization: Organization,
  neighbours: readonly Measure[],
): string[] {
  const departments = sections.map((written) => {
    const section = withoutRole(written);
    const homes = organization.homes(section);
    if (homes.length === 1) return homes[0] ?? '';
    if (homes.length === 0) {
      const { nearest } = organization.nearestSection(section);
      throw new UserError(
        `課「${section}」は organization.yaml にありません。${nearest === undefined ? '名前を確かめるか、新しい課なら先に organization.yaml に足してください。' : `「${nearest}」の間違いではありませんか。`}`,
      );
    }
    const used = neighbours
      .map((one) => homes.filter((home) => one.departments.some((name) => organization.covered(name).includes(home))))
      .find((found) => found.length === 1);
    if (used?.[0] !== undefined) return used[0];
    throw new UserError(
      `課「${section}」は ${homes.join('、')} にあり、どれか決まりません。--section を付けずに実行し、できたファイルの担当局・部と担当課を直してください。`,
    );
  });
  return [...new Set(departments)];
}

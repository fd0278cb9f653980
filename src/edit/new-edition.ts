import type { CheckedContent } from '../content/check.ts';
import { type NewFiles, writtenText } from '../content/source/new-files.ts';
import type { ContentSource } from '../content/source/source.ts';
import { yearMeant } from '../content/years.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { dueOf } from '../model/due.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import { eraDate } from '../model/era-date.ts';
import { fieldOf, pathOf } from '../model/fields.ts';
import { kinds, type Measure } from '../model/measure.ts';
import { measureFile } from '../model/numbers.ts';
import { orderOf } from './orders.ts';
import { editYaml } from './yaml/edit-yaml.ts';
import type { YamlEdit } from './yaml/edits.ts';

export interface NewEditionRequest {
  /** The 年度 that comes, as the user wrote it */
  year: string;
  /** 改定 of the new edition; without it, a year behind that of the present one */
  revised?: string;
}

/**
 * The edition of the next year: 年度 move on by one, with them 現状・実績・目標; what was 新規 is 継続; 改定 is a later one.
 * Of content with errors nothing is planned. Throws UserError for what cannot be done.
 */
export function newEdition(
  source: ContentSource,
  { edition, files }: Pick<CheckedContent, 'edition' | 'files'>,
  request: NewEditionRequest,
): { files: NewFiles; notes: string[] } {
  if (!edition) return { files: new Map(), notes: [] };
  const { years } = edition;
  const next = nextYear(request.year, years);
  const [oldest = ''] = years;
  const revised =
    request.revised === undefined ? yearLater(edition.revised) : laterThan(edition.revised, request.revised);
  const yearBehind = new Map(years.map((year, index) => [year, years[index + 1] ?? next]));
  const labels = edition.indicatorYears.map(({ label, year }) => ({ label, year: yearBehind.get(year) ?? year }));

  const written = new Map<string, string>();
  const order = orderOf('measures/', [...years, next], edition.fields);
  const change = (path: string, edits: readonly YamlEdit[]) => {
    const before = writtenText(source, path);
    const text = editYaml(before, edits, order, files.get(path));
    if (text !== before) written.set(path, text);
  };
  // The new one comes first: no list and no schedule is without any meanwhile.
  change('edition.yaml', [
    { path: ['改定'], value: revised },
    { path: ['年度', years.length], insert: next },
    { path: ['年度', 0], remove: true },
    ...labels.map(({ label, year }): YamlEdit => ({ path: ['現状・実績・目標', label], value: year })),
  ]);
  for (const measure of measuresOf(edition))
    change(measureFile(measure.id), measureEdits(measure, edition, oldest, next));
  const notes = notesOf(edition, { labels, revised, next, assumed: request.revised === undefined });
  return { files: written, notes };
}

function measureEdits({ kind, reprintOf }: Measure, { fields }: Edition, oldest: string, next: string): YamlEdit[] {
  const [fresh, still] = kinds;
  const schedule = pathOf(fieldOf(fields.measure, 'schedule'));
  return [
    ...(kind === fresh ? [{ path: pathOf(fieldOf(fields.measure, 'kind')), value: still }] : []),
    ...(reprintOf === undefined
      ? [
          { path: [...schedule, next], value: {} },
          { path: [...schedule, oldest], remove: true as const },
        ]
      : []),
  ];
}

/** The 年度 behind the last one: the same name with the next number. */
function nextYear(wanted: string, years: readonly string[]): string {
  const last = years.at(-1) ?? '';
  const [, before = '', digits = '', after = ''] = /^(\D*)(\d{1,8})(\D*)$/.exec(last) ?? [];
  if (digits === '')
    throw new UserError(
      `最後の年度の名前「${last}」に数がない(または2つ以上ある)ため、次の年度の名前が決まりません。edition.yaml とすべての取組の年度を、R8 のように数の1つ入った名前にしてください。`,
    );
  const next = `${before}${String(Number(digits) + 1).padStart(digits.length, '0')}${after}`;
  if (years.includes(next))
    throw new UserError(
      `年度(${years.join('、')})が古い順に並んでいないため、次の年度が決まりません。edition.yaml の「年度」を古い順に直してください。`,
    );
  if (wanted === next) return next;
  const present = years.includes(wanted) ? wanted : yearMeant(wanted, years);
  if (present !== undefined)
    throw new UserError(
      `年度 ${present} は、もうこの版にあります(年度: ${years.join('、')})。何も書き換えていません。次の年度は ${next} です。`,
    );
  const meant = yearMeant(wanted, [next]) === undefined ? '' : `「${wanted}」ではなく、`;
  throw new UserError(
    `この版の年度は ${years.join('、')} なので、次の年度は ${next} です。${meant}npx shisakushu new-edition ${next} のように書いてください。`,
  );
}

/** The same month, and day, of the next year. */
function yearLater(revised: string): string {
  const later = revised.replace(
    /^(\D{2})(元|\d{1,2})年/,
    (_, era, count) => `${era}${count === '元' ? 2 : Number(count) + 1}年`,
  );
  if (later !== revised && eraDate(later)) return later;
  throw new UserError(`改定「${revised}」の1年後の年月が決まりません。--revised に新しい版の改定を書いてください。`);
}

function laterThan(present: string, wanted: string): string {
  const plain = wanted.normalize('NFKC').replaceAll(/\s/g, '');
  const date = eraDate(plain);
  if (!date || plain !== wanted)
    throw new UserError(
      `--revised の「${wanted}」は、改定の年月として読めません。${date ? plain : yearLater(present)} のように、元号と半角数字で書いてください。`,
    );
  const days = (one: typeof date | undefined) => (one ? Date.UTC(one.year, one.month - 1, one.day) : 0);
  if (days(date) <= days(eraDate(present)))
    throw new UserError(
      `--revised の「${wanted}」は、今の版の改定(${present})より後ではありません。新しい版の改定を書いてください。`,
    );
  return wanted;
}

interface Rolled {
  labels: Edition['indicatorYears'];
  revised: string;
  /** Nobody said it. */
  assumed: boolean;
  next: string;
}

/** What the tool cannot know, and who runs the plan must do next. */
function notesOf({ years, history }: Edition, { labels, revised, assumed, next }: Rolled): string[] {
  const due = dueOf({ 年度: [...years.slice(1), next], 改定: revised }).years;
  const headings = labels.map(({ label, year }) => `${label}(${year})`).join('、');
  return [
    ...(assumed
      ? [`改定は、今の版の1年後の ${revised} としました。違うときは edition.yaml の「改定」を直してください。`]
      : []),
    '次にすること:',
    `  ${next} の 項目、内容、予算額 を、取組ごとに書き込みます。${years[0]} の欄は消えました(前の版は git に残っています)。`,
    ...(labels.length > 0
      ? [`  「現状・実績・目標」の見出しは ${headings} になりました。取組ごとの値を書き改めます。`]
      : []),
    ...(history ? [`  edition.yaml の「改定履歴」に、${revised} の行を足します。`] : []),
    `  ${due.length > 0 ? `${due.join('、')} の事業実績を書きます。` : ''}まだ空いている欄は、npx shisakushu status で課ごとに見られます。`,
  ];
}

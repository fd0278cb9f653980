import { cellsOf } from '../../../compare/cells.ts';
import { dueOf, unfilledOf } from '../../../model/due.ts';
import { type Edition, measuresOf } from '../../../model/edition.ts';
import { editionData } from '../../../model/edition-json.ts';
import type { Base, BaseMeasure } from '../base.ts';
import { type FormOf, type FormRow, formRows } from '../form.ts';

/** What an answer workbook is to be made of. */
export interface BaseRequest {
  edition: Edition;
  /** See contentDigest */
  digest: string;
  commit?: string | undefined;
  /** Which measures; a 再掲 among them is left out. */
  numbers: readonly string[];
  /** 課 that is to answer */
  sections: readonly string[];
  /** 年度 that may be written; all of them where nobody said which */
  openYears?: readonly string[] | undefined;
}

/** The form of an edition's measures: see formRows. */
export const formOf = (edition: Edition, openYears: readonly string[] = edition.years): FormOf => ({
  ...{ fields: edition.fields, years: edition.years, plans: edition.relatedPlans },
  openYears,
});

/** The rows of these measures of an edition, by 番号; a 再掲 has none. */
export function rowsOfEdition(edition: Edition, of: FormOf, numbers: readonly string[]): Map<string, FormRow[]> {
  const chosen = new Set(numbers);
  const own = measuresOf(edition).filter(({ id, reprintOf }) => reprintOf === undefined && chosen.has(id));
  return new Map(
    own.map((measure) => [
      measure.id,
      formRows(measure.id, cellsOf(measure, undefined, edition.years, edition.fields), of),
    ]),
  );
}

/** What an answer workbook is made from. */
export function baseOfEdition({ edition, digest, commit, numbers, sections, openYears }: BaseRequest): Base {
  const data = editionData(edition);
  const due = openYears ?? dueOf(data).years;
  const rows = rowsOfEdition(edition, formOf(edition, openYears), numbers);
  const measures = data.取組.flatMap((measure): BaseMeasure[] => {
    const own = rows.get(measure.番号);
    if (!own) return [];
    const blank = unfilledOf(measure, due);
    const isDue = ({ key, value }: FormRow) =>
      value === undefined && blank.some(({ field, year }) => key.field === field && key.year === year);
    return [
      {
        number: measure.番号,
        title: measure.取組,
        rows: own.map((row) => ({
          key: row.key,
          label: row.label,
          ...(row.value === undefined ? {} : { value: row.value }),
          open: row.open,
          due: row.open && isDue(row),
        })),
      },
    ];
  });
  return {
    ...{ plan: edition.planName, publisher: edition.publisher, title: edition.title, revised: edition.revised },
    ...(commit === undefined ? {} : { commit }),
    digest,
    sections: [...sections],
    years: [...edition.years],
    openYears: [...(openYears ?? edition.years)],
    measures,
  };
}

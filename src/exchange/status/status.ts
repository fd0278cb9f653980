import type { ReadableEdition } from '../../content/readable.ts';
import { type Diagnostic, inOrder, isError } from '../../diagnostics/diagnostic.ts';
import { type Due, dueOf, type Unfilled, unfilledOf } from '../../model/due.ts';
import { editionData } from '../../model/edition-json.ts';
import { withoutRole } from '../../model/names.ts';
import { measureFile } from '../../model/numbers.ts';

/** What is still to be filled in, by 課. */
export interface Status {
  /** 改定, which decides what is due */
  revised: string;
  due: Due;
  /** Each measure once */
  total: Counts;
  /** 課 that have measures, as organization.yaml has them, other names behind */
  sections: SectionStatus[];
  /** All of them, in the edition's order */
  measures: MeasureStatus[];
}

export interface Counts {
  measures: number;
  /** Those of them that are 再掲, which have nothing to fill in */
  reprints: number;
  /** 年度 whose 事業実績 is due and blank */
  results: number;
  /** Blank 現状・実績・目標 */
  indicators: number;
  /** Warnings of the check */
  notices: number;
}

export interface SectionStatus extends Counts {
  /** 担当課, without a role in front; empty of measures whose 担当課 cannot be read */
  section: string;
  /** Its measures with anything to do */
  open: MeasureStatus[];
}

export interface MeasureStatus {
  number: string;
  title: string;
  /** As diagnostics name it */
  file: string;
  reprint: boolean;
  /** 担当課, without a role in front */
  sections: string[];
  unfilled: Unfilled[];
  notices: Diagnostic[];
}

/**
 * Of an edition as far as it reads, whose files lie below `root`. What is written and cannot be read is an error, which the
 * check tells: it is not blank.
 */
export function statusOf(
  { edition, organization, unread }: ReadableEdition,
  diagnostics: readonly Diagnostic[],
  root: string,
): Status {
  const data = editionData(edition);
  const due = dueOf(data);
  const warnings = inOrder(diagnostics).filter((diagnostic) => !isError(diagnostic));
  const measures = data.取組.map((measure): MeasureStatus => {
    const file = measureFile(measure.番号);
    const dropped = unread.filter((part) => part.file === file).map(({ path }) => path);
    const isRead = ({ field, year }: Unfilled) => {
      const path = year === undefined ? [field] : ['スケジュール', year, field];
      return !dropped.some((part) => part.every((key, at) => key === path[at]));
    };
    return {
      number: measure.番号,
      title: measure.取組,
      file: `${root}/${file}`,
      reprint: measure.再掲 !== null,
      sections: [...new Set(measure.担当課.map(withoutRole))],
      unfilled: unfilledOf(measure, due.years).filter(isRead),
      notices: warnings.filter((warning) => warning.file === `${root}/${file}`),
    };
  });
  const sections = new Set([...organization.flatMap(({ 課 }) => 課), ...measures.flatMap(namesOf)]);
  return {
    revised: data.改定,
    due,
    total: countsOf(measures),
    sections: [...sections].flatMap((section): SectionStatus[] => {
      const own = measures.filter((measure) => namesOf(measure).includes(section));
      return own.length === 0 ? [] : [{ section, ...countsOf(own), open: own.filter(isOpen) }];
    }),
    measures,
  };
}

const isOpen = ({ unfilled, notices }: MeasureStatus): boolean => unfilled.length + notices.length > 0;

/** The 課 that a measure counts at. */
const namesOf = ({ sections }: MeasureStatus): string[] => (sections.length === 0 ? [''] : sections);

function countsOf(measures: readonly MeasureStatus[]): Counts {
  const unfilled = measures.flatMap((measure) => measure.unfilled);
  return {
    measures: measures.length,
    reprints: measures.filter(({ reprint }) => reprint).length,
    results: unfilled.filter(({ field }) => field === '事業実績').length,
    indicators: unfilled.filter(({ field }) => field === '現状・実績・目標').length,
    notices: measures.reduce((sum, { notices }) => sum + notices.length, 0),
  };
}

import { checkContent } from '../../../src/content/check.ts';
import { contentDigest } from '../../../src/content/source/digest.ts';
import { withFiles } from '../../../src/content/source/new-files.ts';
import type { ContentSource } from '../../../src/content/source/source.ts';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import type { Answer, Answers, Told } from '../../../src/exchange/answers/answers.ts';
import type { RowValue } from '../../../src/exchange/answers/form.ts';
import { keyText } from '../../../src/exchange/answers/key.ts';
import type { Present } from '../../../src/exchange/answers/merge/follow.ts';
import { type Settled, settleAnswers } from '../../../src/exchange/answers/merge/settle.ts';
import { baseOfEdition } from '../../../src/exchange/answers/send/base-of.ts';
import { measuresOf } from '../../../src/model/edition.ts';

/** Answers by 番号 and 項目: "1-1-1 R11 事業実績"; null for a cell that is emptied. */
export type Filled = Readonly<Record<string, RowValue | null>>;

export interface Made {
  file: string;
  numbers?: readonly string[];
  sections?: readonly string[];
  commit?: string;
  told?: readonly Told[];
}

const parsed = new ParsedFiles();

/** What a workbook says that was made from `source`: the sheet of each measure is its 番号, rows begin at 2, in column C. */
export function answersOf(source: ContentSource, filled: Filled, { file, sections = [], ...more }: Made): Answers {
  const { edition } = checkContent(source, parsed.copy()).readable();
  const numbers = more.numbers ?? measuresOf(edition).map(({ id }) => id);
  const base = baseOfEdition({ edition, digest: contentDigest(source), commit: more.commit, numbers, sections });
  const given = new Map<string, Answer>();
  const left = new Map(Object.entries(filled));
  for (const { number, rows } of base.measures)
    for (const [index, { key, label, value }] of rows.entries()) {
      const name = `${number} ${label}`;
      const typed = left.has(name) ? left.get(name) : value;
      left.delete(name);
      const is = typed === null || typed === undefined ? {} : { value: typed };
      given.set(keyText(key), { key, ...is, sheet: number, cell: `C${index + 2}` });
    }
  if (left.size > 0) throw new Error(`no row ${[...left.keys()].join(', ')}`);
  return { file, base, given, told: more.told ?? [] };
}

export const presentOf = (source: ContentSource, madeFrom: Present['madeFrom'] = () => undefined): Present => ({
  ...checkContent(source, parsed.copy()).readable(),
  digest: contentDigest(source),
  madeFrom,
});

interface Outcome {
  before: ReturnType<typeof checkContent>['diagnostics'];
  result: ReturnType<typeof checkContent>;
  found: ReturnType<typeof checkContent>['diagnostics'];
  files: ReadonlyMap<string, string | undefined>;
}

/** What becomes of the content by the answers. */
export async function settledWith(
  source: ContentSource,
  answers: readonly Answers[],
  { theirs = [], ours = [], madeFrom }: { theirs?: string[]; ours?: string[]; madeFrom?: Present['madeFrom'] } = {},
): Promise<Settled<Outcome> & { texts: Record<string, string> }> {
  const before = checkContent(source, parsed.copy()).diagnostics;
  const settled = await settleAnswers(answers, {
    present: presentOf(source, madeFrom),
    source,
    decisions: { theirs: new Set(theirs), ours: new Set(ours) },
    check: async (files): Promise<Outcome> => {
      const result = checkContent(withFiles(source, files), parsed.copy());
      return { before, result, found: result.diagnostics, files };
    },
  });
  const texts = Object.fromEntries(
    [...settled.outcome.files].map(([path, text]) => [path.replace(/^measures\/|\.yaml$/g, ''), text ?? '']),
  );
  return { ...settled, texts };
}

/** A label of each thing that is told, for tests to look at. */
export const toldLines = (told: readonly Told[]): string[] =>
  told
    .map(({ severity, file, sheet, cell, message }) => `${severity} ${file} ${sheet ?? ''}!${cell ?? ''} ${message}`)
    .sort();

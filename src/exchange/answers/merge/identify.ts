// Whether a workbook is one of this edition, and which of them are of one 課.
import { isDeepStrictEqual } from 'node:util';
import { groupedBy } from '../../../model/grouped-by.ts';
import type { Answers, Told } from '../answers.ts';
import type { Base } from '../base.ts';
import type { Present } from './follow.ts';

/** What is wrong with a workbook of another city, or worth telling of one of another edition. */
export function identified({ file, base }: Answers, present: Present): Told | undefined {
  const { edition } = present;
  const here = nameOf(edition.publisher, edition.planName);
  const there = nameOf(base.publisher, base.plan);
  if (here !== there && base.digest !== present.digest && !present.madeFrom(base))
    return {
      severity: 'error',
      file,
      message: `${there}の回答ブックです。この内容のフォルダは${here}のものです。`,
      hint: '受け取ったファイルを確かめ、ここに取り込むものでなければフォルダから外してください。',
    };
  if (base.title === edition.title && base.revised === edition.revised && isDeepStrictEqual(base.years, edition.years))
    return undefined;
  const [made, now] = [editionName(base), editionName(edition)];
  return {
    severity: 'warning',
    file,
    message: `${made}から作られた回答ブックです。いまの版は${now}です。`,
    hint: '回答ブックを作ったときの値と比べて、そこから変えた所だけを取り込みます。',
  };
}

const nameOf = (publisher: string, plan: string) => `${publisher}「${plan}」`;

const editionName = ({ title, revised, years }: Pick<Base, 'title' | 'revised' | 'years'>) =>
  `「${title}」(${revised}改定、${years.join('、')})`;

/** Workbooks that came from one 課. */
export function sameSection(all: readonly Answers[]): Told[] {
  const named = all.filter(({ base }) => base.sections.length > 0);
  return [...groupedBy(named, ({ base }) => JSON.stringify(base.sections)).values()].flatMap((of) => {
    const files = of.map(({ file }) => file).sort();
    const [first = '', ...rest] = files;
    if (rest.length === 0) return [];
    const isOneBase = new Set(of.map(({ base }) => base.digest)).size === 1;
    return [
      {
        severity: 'warning' as const,
        file: first,
        message: `${of[0]?.base.sections.join('、') ?? ''}の回答ブックが ${files.length} つあります(${files.join('、')})。${isOneBase ? '' : '作られたときの内容がそれぞれ違います。'}`,
        hint: 'どれもそれぞれの元の値と比べ、変えた所を合わせて取り込みます。古いほうが要らなければ、外してもう一度実行してください。',
      },
    ];
  });
}

import { mentionsIn } from '../../../content/mentions.ts';
import type { Told } from '../answers.ts';
import type { AnsweredMeasure } from './answered.ts';
import type { Followed } from './follow.ts';

/** Numbers in texts that were answered, of measures that have another number by now. */
export function movedMentions(measures: readonly AnsweredMeasure[], { now }: Followed): Told[] {
  return measures.flatMap(({ file, cells }) =>
    cells.flatMap(({ base, theirs, rows }): Told[] => {
      const [row] = rows;
      if (theirs?.type !== 'text' || !row) return [];
      const known = new Set(base?.type === 'text' ? mentionsIn(base.text).map(({ number }) => number) : []);
      const numbers = new Set(mentionsIn(theirs.text).map(({ number }) => number));
      return [...numbers].flatMap((number): Told[] => {
        const id = now(number)?.id ?? number;
        if (id === number || known.has(number)) return [];
        return [
          {
            ...{ severity: 'warning', file, sheet: row.sheet, cell: row.cell },
            message: `文の中に番号「${number}」があります。回答ブックを作ったときの ${number} の取組は、いまは ${id} です。`,
            hint: `その取組のことなら、取り込んだ後に ${id} に書き直してください。`,
          },
        ];
      });
    }),
  );
}

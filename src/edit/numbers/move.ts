import { askedMeasure, askedPlace, refuseEmpty, refuseGaps } from './asked.ts';
import { type GroupLayout, layoutOf } from './layout.ts';
import { type NumbersPlan, renumbered, type WrittenContent } from './renumbered.ts';

/** A measure at another place, of its 中項目 or of another one. Throws UserError where it cannot be. */
export function moved(content: WrittenContent, from: string, to: string, texts?: boolean): NumbersPlan {
  const { files } = content;
  const number = askedMeasure(files, from);
  refuseGaps(files);
  const others = layoutOf(files).map(({ group, measures }) => ({
    group,
    measures: measures.filter((one) => one !== number),
  }));
  const { group, index } = askedPlace(files, others, to);
  if (number === to) return { files: new Map(), notes: [`取組 ${number} は、もうその番号です。`] };
  const layout = withMeasure(others, group, index, number);
  refuseEmpty(files, layout);
  return renumbered(content, { layout, texts });
}

/** The layout with a measure at a place. */
export const withMeasure = (layout: readonly GroupLayout[], group: string, index: number, number: string) =>
  layout.map((one) => (one.group === group ? { group, measures: one.measures.toSpliced(index, 0, number) } : one));

import type { EditionData, MeasureData } from '../../../model/edition-json.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import type { Narrowing } from '../narrowing.ts';

/** Says which conditions are on and how many measures count, and takes the conditions away; nothing without any. */
export function narrowingBanner(narrowing: Narrowing): {
  root: HTMLElement;
  show(measures: readonly MeasureData[]): void;
} {
  const told = element('p', { role: 'status' });
  const clear = element('button', { type: 'button', class: 'screen' }, '条件をすべて消す');
  clear.addEventListener('click', () => narrowing.clear());
  const root = element('div', { class: 'narrowing' }, told, clear);
  return {
    root,
    show(measures) {
      const { conditions } = narrowing;
      const count = measures.filter((measure) => narrowing.counts(measure)).length;
      const text =
        conditions.length === 0
          ? ''
          : `${conditions.join('、')} の取組 ${count} 件(全 ${measures.length} 件)の数字です。`;
      if (told.textContent !== text) told.textContent = text;
      clear.hidden = text === '';
      root.classList.toggle('on', text !== '');
    },
  };
}

/** A comparison as far as conditions leave it. */
export type NarrowedComparison = Pick<Comparison, 'ref' | 'differences' | 'waiting'> & {
  /** What is not told while conditions are on; undefined without any. */
  left?: string;
};

/** Only the measures that count; sums of the old edition, whose measures nobody asked, are left out. */
export function narrowed(
  { ref, differences, waiting }: Comparison,
  narrowing: Narrowing,
  { 取組 }: EditionData,
): NarrowedComparison {
  if (narrowing.conditions.length === 0 || !differences) return { ref, differences, waiting };
  const counted = new Set(取組.filter((measure) => narrowing.counts(measure)).map(({ 番号 }) => 番号));
  const measures = differences.measures.filter(({ kind, id }) => kind !== 'removed' && counted.has(id));
  const left = '絞り込んだ取組だけの変化です。廃止された取組と大項目ごとの予算額の比較は、条件を消すと出ます。';
  return { ref, differences: { ...differences, measures }, waiting, left };
}

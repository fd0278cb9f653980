import { changeWords } from '../model/words.ts';
import { type Comparison, isLayout, isOnlyRenumbered, latest, type MeasureChange } from './change.ts';

/** What and how many, in words: every change is counted once. */
export interface Count {
  name: string;
  count: number;
}

/** All that changed, by kinds; those that are not there are left out. */
export function countsOf({ measures, ...others }: Comparison): Count[] {
  const found = new Map<string, number>();
  for (const change of measures) found.set(kindOf(change), (found.get(kindOf(change)) ?? 0) + 1);
  const layout = others.edition.filter(isLayout).length;
  return [
    ...measureKinds.map((name) => ({ name, count: found.get(name) ?? 0 })),
    { name: '改称', count: others.renames.length },
    { name: '版の変更', count: others.edition.length - layout + (others.continued.length > 0 ? 1 : 0) },
    { name: '体裁の変更', count: layout },
    { name: '大項目・中項目の変更', count: others.structure.length },
    { name: '組織の変更', count: others.organization.length },
    { name: '別冊の変更', count: others.annexes.length },
  ].filter(({ count }) => count > 0);
}

const measureKinds = [
  `取組の${changeWords.changed}`,
  `取組の${changeWords.added}`,
  `取組の${changeWords.removed}`,
  '取組の番号だけの変更',
  `再掲の${changeWords.added}`,
  `再掲の${changeWords.removed}`,
  '再掲にした取組',
  '再掲をやめた取組',
] as const;

function kindOf(change: MeasureChange): (typeof measureKinds)[number] {
  const { kind, reprint } = change;
  if (reprint) return reprint === 'made' ? '再掲にした取組' : '再掲をやめた取組';
  if (isOnlyRenumbered(change)) return '取組の番号だけの変更';
  const what = kind !== 'changed' && latest(change).reprintOf !== undefined ? '再掲' : '取組';
  return `${what}の${changeWords[kind]}` as (typeof measureKinds)[number];
}

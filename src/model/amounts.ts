import type { Budget } from './measure.ts';

/** With separators, on any locale: 3700000 → "3,700,000"; what is no number stays as it is. */
export function grouped(amount: number | string): string {
  const text = String(amount);
  const [, before = '', digits = ''] = /^(\D*)(\d+)$/.exec(text) ?? [];
  if (digits === '') return text;
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return before + groups.join(',');
}

/** With its sign: "+1,200", "−300", "±0". */
export const signed = (amount: number): string =>
  `${amount < 0 ? '−' : amount > 0 ? '+' : '±'}${grouped(Math.abs(amount))}`;

/** How many 千円 one of it is */
export type Unit = 0.001 | 1 | 10 | 1000 | 100_000;
/** Those that people write amounts in */
export const units: Readonly<Record<string, Unit>> = { 円: 0.001, 千円: 1, 万円: 10, 百万円: 1000, 億円: 100_000 };

/** An amount of a unit in 千円; one in 円 is divided, which is exact where the result is whole. */
export const inThousands = (amount: number, unit: Unit): number => (unit === 0.001 ? amount / 1000 : amount * unit);

/** 千円 of a 予算額; "—" and a blank cell are 0, parts are added up. */
export const sumOf = (budget: Budget | null | undefined): number =>
  (Array.isArray(budget) ? budget.map(({ amount }) => amount) : [budget]).reduce<number>(
    (sum, amount) => sum + (typeof amount === 'number' ? amount : 0),
    0,
  );

/** What 予算額 in parts adds up to; undefined where it has one part, has no amount, or says its sum itself. */
export function totalOf(budget: Budget | undefined): number | undefined {
  if (!Array.isArray(budget) || budget.length < 2 || budget.some(({ label }) => sums.has(label))) return undefined;
  return budget.some(({ amount }) => typeof amount === 'number') ? sumOf(budget) : undefined;
}
export const totalLabel = '合計';
const sums = new Set([totalLabel, '計', '総額']);

/** How charts shorten amounts of 千円 (0 or more), so that the largest has few digits. */
export interface AmountUnit {
  name: '千円' | '百万円';
  shown(amount: number): string;
}

export function amountUnit(largest: number): AmountUnit {
  if (largest < 10_000) return { name: '千円', shown: grouped };
  return {
    name: '百万円',
    shown: (amount) => {
      if (amount === 0) return '0';
      if (amount < 100) return '0.1未満';
      // From 100 on, a tenth is not worth its place.
      if (amount >= 100_000) return grouped(Math.round(amount / 1000));
      return String(Math.round(amount / 100) / 10);
    },
  };
}

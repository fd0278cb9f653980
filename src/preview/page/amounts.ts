/** 1234567 → "1,234,567"; the same in every browser. */
export const separated = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** With its sign: "+1,200", "−300", "±0". */
export function signed(number: number): string {
  if (number === 0) return '±0';
  return `${number > 0 ? '+' : '−'}${separated(Math.abs(number))}`;
}

/** How charts shorten amounts of 千円 (0 or more), so that the largest has few digits. */
export interface AmountUnit {
  name: '千円' | '百万円';
  shown(amount: number): string;
}

export function amountUnit(largest: number): AmountUnit {
  if (largest < 10_000) return { name: '千円', shown: separated };
  return {
    name: '百万円',
    shown: (amount) => {
      if (amount === 0) return '0';
      if (amount < 100) return '0.1未満';
      // From 100 on, a tenth is not worth its place.
      if (amount >= 100_000) return separated(Math.round(amount / 1000));
      const tenths = Math.round(amount / 100);
      return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
    },
  };
}

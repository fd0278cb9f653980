/**
 * How a 予算額 that is split among 課 is to be written, from one that names 課 and amounts in another way: [窓口課: 10],
 * 窓口課 10, { 窓口課: 10 }. Undefined when the parts have their form, or nothing names a 課.
 */
export function budgetForm(value: unknown): string | undefined {
  const parts = pairsOf(value);
  if (parts === undefined || parts.length === 0) return undefined;
  return `[${parts.map(({ label, amount }) => `{ 区分: ${label || '…'}, 額: ${amount || '…'} }`).join(', ')}]`;
}

interface Pair {
  label: string;
  amount: string;
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll(',', '') : '';

function pairsOf(value: unknown): Pair[] | undefined {
  if (typeof value === 'string') {
    const pairs = value.split(/[、\n]/).map(pairOf);
    return pairs.includes(undefined) ? undefined : (pairs as Pair[]);
  }
  if (Array.isArray(value)) {
    if (value.length > 1 && value.every((part) => isRightPart(part) && Object.keys(part).length === 1))
      return [rightPair(Object.assign({}, ...value))];
    return value.every(isRightPart) ? undefined : value.flatMap(itemPairs);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (isRightPart(value)) return [rightPair(value)];
  const keys = Object.keys(value);
  const glued = keys.flatMap((key) => [...key.matchAll(/^(区分|額)：(.*)/gs)].map(([, name, rest]) => [name, rest]));
  if (keys.length > 0 && glued.length === keys.length) return [rightPair(Object.fromEntries(glued))];
  return Object.entries(value).map(([key, amount]) =>
    amount === null ? (pairOf(key) ?? { label: key, amount: '' }) : { label: key, amount: shown(amount) },
  );
}

/** Has a key of a part, whatever else is wrong with it; "区分:窓口課" is one that lacks a blank. */
const isRightPart = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(?:区分|額)(?::|$)/.test(key));

const itemPairs = (item: unknown): Pair[] =>
  isRightPart(item)
    ? [rightPair(item)]
    : typeof item === 'number'
      ? [{ label: '', amount: String(item) }]
      : (pairsOf(item) ?? [{ label: shown(item), amount: '' }]);

const rightPair = (part: Record<string, unknown>): Pair => ({ label: shown(part.区分), amount: shown(part.額) });

/** 窓口課 10, 窓口課:10千円 */
function pairOf(text: string): Pair | undefined {
  const [, name = '', amount = ''] = /^([^\d０-９]+)([\d０-９][\d０-９,]*)(?:千?円)?$/.exec(text.trim()) ?? [];
  const label = name.replaceAll(/[\s:：]/g, '');
  return label.length > 1 && label.length < name.length
    ? { label, amount: amount.normalize('NFKC').replaceAll(',', '') }
    : undefined;
}

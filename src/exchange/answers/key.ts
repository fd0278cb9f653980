/** Which cell of which measure a row of an answer workbook stands for, or which part of it. */
export interface FormKey {
  /** 番号 of the measure */
  number: string;
  /** The field's name: 取組内容, 一覧表・担当課 */
  field: string;
  year?: string;
  /** Of a list of names the place from 1; of 関連計画 the plan; of a split 予算額 the place from 1 and which of the two. */
  part?: FormPart;
}
export type FormPart = number | string | { place: number; of: '区分' | '額' };

/** The key as JSON has it. */
export const keyJson = ({ number, field, year, part }: FormKey): (string | number | null)[] => [
  number,
  field,
  year ?? null,
  ...(part === undefined ? [] : typeof part === 'object' ? [part.place, part.of] : [part]),
];

/** The key as it stands in the hidden column: exact, whatever names have in them. */
export const keyText = (key: FormKey): string => JSON.stringify(keyJson(key));

/** undefined for what is no key of ours. */
export function keyOfText(text: string): FormKey | undefined {
  try {
    return keyOfJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The same of what keyJson makes */
export function keyOfJson(read: unknown): FormKey | undefined {
  if (!Array.isArray(read) || read.length < 3 || read.length > 5) return undefined;
  const [number, field, year, first, second] = read;
  if (typeof number !== 'string' || typeof field !== 'string') return undefined;
  if (year !== null && typeof year !== 'string') return undefined;
  const part = partOf(first, second, read.length);
  if (part === null) return undefined;
  return { number, field, ...(year === null ? {} : { year }), ...(part === undefined ? {} : { part }) };
}

function partOf(first: unknown, second: unknown, length: number): FormPart | undefined | null {
  if (length === 3) return undefined;
  const isPlace = typeof first === 'number' && Number.isInteger(first) && first > 0;
  if (length === 4) return isPlace || typeof first === 'string' ? (first as number | string) : null;
  return isPlace && (second === '区分' || second === '額') ? { place: first as number, of: second } : null;
}

/** A value that differs between two editions as JSON; absent on one side where there is none. */
export interface JsonChange {
  /** 番号 of the measure; absent for what concerns the whole edition. */
  measure?: string;
  /** Keys down to the value, a fiscal year by its name: ["スケジュール", "R2", "予算額"]. */
  path: string[];
  before?: unknown;
  after?: unknown;
}

type Json = Record<string, unknown>;

/** What differs between two editions as editionJson writes them; `before` may be anything. In the edition's order. */
export function jsonChanges(before: unknown, after: unknown): JsonChange[] {
  const { 取組: oldMeasures, ...old } = recordOf(before);
  const { 取組: newMeasures, ...current } = recordOf(after);
  const [olds, news] = [byKey(oldMeasures, '番号'), byKey(newMeasures, '番号')];
  return [
    ...changes(old, current, []),
    ...[...new Set([...news.keys(), ...olds.keys()])].flatMap((measure) => {
      const [was, is] = [olds.get(measure), news.get(measure)];
      if (was && is) return changes(was, is, []).map((change) => ({ measure, ...change }));
      return [{ measure, path: [], ...(was ? { before: was.取組 } : { after: is?.取組 }) }];
    }),
  ];
}

function changes(before: unknown, after: unknown, path: string[]): JsonChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [olds, news] = [fieldsOf(before), fieldsOf(after)];
  if (!olds || !news)
    return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  return [...new Set([...news.keys(), ...olds.keys()])].flatMap((key) =>
    changes(olds.get(key), news.get(key), [...path, key]),
  );
}

/** The fields of an object, or of a list of fiscal years by their names; none for other values. */
function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value))
    return value.some((item) => recordOf(item).年度 !== undefined) ? byKey(value, '年度') : undefined;
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

const recordOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

function byKey(list: unknown, key: string): Map<string, Json> {
  return new Map((Array.isArray(list) ? list : []).map((item) => [String(recordOf(item)[key]), recordOf(item)]));
}

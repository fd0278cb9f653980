import { stringify } from 'yaml';
import { forms } from './schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: zod's definitions are a union that has no common reader
export type AnySchema = any;

const escaped = (text: string) => text.replaceAll(/[\\$}]/g, '\\$&');

/** A value as it stands in YAML, in a list of one line too. */
const written = (value: string | number): string =>
  typeof value === 'string' && isPlain(value) ? value : quoted(value);

/** What YAML takes for the text that it is, without asking a writer of it. */
const isPlain = (text: string) => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+$/u.test(text);
const quoted = (value: string | number): string =>
  stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim().slice(1, -1);

/** A value as a snippet's text; what begins with ^ loses that sign. */
export const choice = (value: string | number): string => escaped(written(value)).replace(/^\^/, '^^');

/** The places of a snippet where the cursor stops, in their order. */
class Stops {
  #last = 0;
  next(text: string): string {
    this.#last += 1;
    return `\${${this.#last}:${escaped(text)}}`;
  }
  among(values: readonly string[]): string {
    this.#last += 1;
    return `\${${this.#last}|${values.map((value) => written(value).replaceAll(/[\\$},|]/g, '\\$&')).join(',')}|}`;
  }
}

/** What stands behind a key until something is written there. */
function sampleOf(schema: AnySchema, key: string, indent: string, stops: Stops): string {
  const { def } = schema;
  if (def.type === 'optional' && def.innerType.def.type === 'string') return ` |-\n${indent}  ${stops.next(key)}`;
  if (def.type === 'optional') return sampleOf(def.innerType, key, indent, stops);
  if (def.type === 'object') return `\n${lines(Object.entries(def.shape), `${indent}  `, stops)}`;
  if (def.type === 'array') return ` [${sampleOf(def.element, key, indent, stops).trim()}]`;
  if (def.type === 'enum' && Object.keys(def.entries).length > 0) return ` ${stops.among(Object.values(def.entries))}`;
  if (def.type === 'union') {
    const named = def.options.find((option: AnySchema) => option.def.type === 'enum');
    return named ? sampleOf(named, key, indent, stops) : ` ${stops.next('0')}`;
  }
  return ` ${stops.next(forms.get(schema)?.expected ?? key)}`;
}

const lines = (shape: readonly (readonly [string, AnySchema])[], indent: string, stops: Stops): string =>
  shape.map(([key, schema]) => `${indent}${key}:${sampleOf(schema, key, indent, stops)}`).join('\n');

/** The name of the file, as editors put it in */
const fileName = `\${TM_FILENAME_BASE}`;

/** Keys with what may stand behind them, below each other; the first is that of the file's name. */
export function keysSample(shape: Record<string, AnySchema>): string {
  const [[key] = [''], ...rest] = Object.entries(shape);
  return `${key}: ${fileName}\n${lines(rest, '', new Stops())}`;
}

/** One of the maps of `years`, under a 年度 that is chosen. */
export function yearSample(years: Record<string, AnySchema>): string {
  const stops = new Stops();
  const [year] = Object.values(years);
  return `${stops.among(Object.keys(years))}:${year === undefined ? ' {}' : sampleOf(year, '', '', stops)}`;
}

/** A list of parts in one line: as a sentence shows it, or as a snippet for two of them. */
export function partsSample({ def }: AnySchema, isSnippet = false): string {
  const stops = new Stops();
  const entries = Object.entries(def.shape);
  const part = () =>
    `{ ${entries.map(([key, schema]) => `${key}:${isSnippet ? sampleOf(schema, key, '', stops) : ' …'}`).join(', ')} }`;
  return `[${part()}, ${isSnippet ? part() : '…'}]`;
}

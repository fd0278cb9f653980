import { atStart, type Code, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { messages } from '../diagnostics/messages.ts';
import { forms } from './schema.ts';
import { type AnySchema, choice, partsSample } from './snippets.ts';

export type JsonSchema = Record<string, unknown>;

/**
 * What an editor checks of a value, in draft 7 with the keywords of the YAML language server. It speaks as the check does:
 * `errorMessage` belongs to a whole schema, so each thing that can be wrong has a schema of its own, reached by if/then/else;
 * anyOf would put several headings above one value. Keywords whose message cannot be chosen (minLength, minItems, minimum)
 * stand in conditions only.
 */
export function editorSchema(schema: AnySchema, subject: string): JsonSchema {
  const { description, def } = schema;
  const told = description === undefined ? {} : { description };
  if (def.type === 'optional') return { ...editorSchema(def.innerType, subject), ...told };
  if (def.type === 'object') return { ...told, ...mapSchema(schema, subject) };
  if (def.type === 'record')
    return { ...told, additionalProperties: editorSchema(def.valueType, subject), ...filled(subject, map(subject)) };
  if (def.type === 'array')
    return { ...told, items: editorSchema(def.element, subject), ...filled(subject, list(schema, subject)) };
  if (def.type === 'union') return { ...told, ...unionSchema(schema, subject) };
  const values = valuesOf(schema);
  if (values) return { ...told, ...offered(schema, values), ...filled(subject, oneOf(schema, subject, values)) };
  return { ...told, ...oneValue, ...filled(subject, plain(schema, subject)) };
}

/** A value under its own key */
export const keySchema = (schema: AnySchema, key: string): JsonSchema => ({ title: key, ...editorSchema(schema, key) });

/** What the check says, of a value that is not known yet. */
export function say(code: Code, more: Partial<Diagnostic> = {}): string {
  const diagnostic: Diagnostic = { code, severity: 'error', file: '', ...atStart, ...more };
  return `${messages[code].message(diagnostic)}${messages[code].hint(diagnostic)}`;
}

export const when = (condition: JsonSchema, yes: JsonSchema | undefined, no?: JsonSchema): JsonSchema => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  ...(yes ? { then: yes } : {}),
  ...(no ? { else: no } : {}),
});

/** Of a type that the value does not have where this is reached */
const refused = (type: string, errorMessage: string): JsonSchema => ({ type, errorMessage });

/** An editor that completes a key writes a colon and waits for one value; `type` would also offer true, false and null. */
const oneValue: JsonSchema = { anyOf: [{}] };

const nothing: JsonSchema = { type: ['null', 'string'], maxLength: 0 };
const filled = (subject: string, rest: JsonSchema): JsonSchema =>
  when(nothing, refused('boolean', say('empty-value', { subject })), rest);

const wrongType = (subject: string, expected: string) => say('wrong-type', { subject, expected });
const map = (subject: string): JsonSchema => refused('object', wrongType(subject, '「キー: 値」のまとまり'));

/** A map: its keys, those that must be there, and what is said of others. */
export function mapSchema(schema: AnySchema, subject: string, wrong = map(subject)): JsonSchema {
  const shape: [string, AnySchema][] = Object.entries(schema.def.shape);
  const { unknown = 'unknown-key', missing = 'missing-key', expected } = forms.get(schema) ?? {};
  const isYears = missing === 'missing-year';
  const keys = shape.map(([key]) => key).join('、');
  const required = shape.flatMap(([key, inner]) =>
    inner.def.type === 'optional' ? [] : [{ required: [key], errorMessage: say(missing, { subject: key }) }],
  );
  const properties = shape.map(([key, inner]) => {
    const own = keySchema(inner, key);
    return [key, isYears ? { ...own, ...when(nothing, emptyYear(key)) } : own];
  });
  // The server knows a key that is a figure as one of a pattern only.
  const figures = shape.flatMap(([key]) => (/^\d+$/.test(key) ? [[`^${key}$`, {}]] : []));
  return {
    properties: Object.fromEntries(properties),
    ...(figures.length === 0 ? {} : { patternProperties: Object.fromEntries(figures) }),
    additionalProperties: false,
    errorMessage: say(unknown, { subject, expected: expected ?? keys }),
    ...filled(subject, { ...wrong, ...(required.length === 0 ? {} : { allOf: required }) }),
  };
}

const emptyYear = (year: string) => refused('boolean', say('empty-value', { subject: year, expected: `${year}: {}` }));

function list(schema: AnySchema, subject: string): JsonSchema {
  const { min_length: minItems, max_length: maxItems } = checksOf(schema);
  const counted = {
    ...(minItems ? { contains: {}, errorMessage: say('empty-value', { subject }) } : {}),
    ...(maxItems
      ? when({ maxItems }, undefined, refused('null', say('list-too-long', { subject, expected: String(maxItems) })))
      : {}),
  };
  return when({ type: 'array' }, counted, refused('array', wrongType(subject, '一覧')));
}

/** Values of which there are few; undefined where any text will do. */
function valuesOf({ def }: AnySchema): string[] | undefined {
  if (def.type === 'enum') return Object.values(def.entries);
  return def.type === 'literal' ? def.values : undefined;
}

/** They are offered as snippets: what is checked stands behind a condition, where no editor looks for what to offer. */
function offered(schema: AnySchema, values: readonly (string | number)[]): { defaultSnippets?: object[] } {
  const { words } = forms.get(schema) ?? {};
  const snippets = values.map((value) => {
    const description = words?.(String(value)) ?? schema.description;
    return { label: String(value), body: choice(value), ...(description === undefined ? {} : { description }) };
  });
  return snippets.length === 0 ? {} : { defaultSnippets: snippets };
}

function known(schema: AnySchema, subject: string, values: readonly string[]): JsonSchema {
  const { code = 'unknown-value', expected = values.join('、'), words } = forms.get(schema) ?? {};
  const descriptions = values.map((value) => words?.(value) ?? '');
  return {
    enum: values,
    ...(descriptions.some((text) => text !== '') ? { enumDescriptions: descriptions } : {}),
    errorMessage: say(code, { subject, expected }),
  };
}

const oneOf = (schema: AnySchema, subject: string, values: readonly string[]): JsonSchema =>
  when({ type: 'string' }, known(schema, subject, values), refused('string', wrongType(subject, '文字')));

/** A text, a 番号, a number. To editors a plain figure is a number, to the check it is text where text is meant. */
function plain(schema: AnySchema, subject: string): JsonSchema {
  const { code, expected } = forms.get(schema) ?? {};
  const own = code === undefined ? undefined : say(code, { subject, expected: expected ?? '' });
  const condition = conditionOf(schema);
  if (schema.def.type !== 'string') return when(condition, undefined, refused('null', own ?? wrongType(subject, '数')));
  const { pattern } = condition;
  return {
    type: pattern === undefined || schema.safeParse('1').success ? ['string', 'number', 'boolean'] : 'string',
    errorMessage: wrongType(subject, '文字'),
    ...(pattern === undefined ? {} : { pattern, patternErrorMessage: own }),
  };
}

/** What a plain value has to be, without what an editor would say of it. */
function conditionOf(schema: AnySchema): JsonSchema {
  const { greater_than: minimum, less_than: maximum, string_format: pattern } = checksOf(schema);
  const all = {
    ...{
      type: schema.def.format ? 'integer' : schema.def.type,
      pattern,
      minimum,
    },
    maximum: maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A list or a map is told by its form; of what stands in one line, some is told by its form and the rest by its words. */
function unionSchema(schema: AnySchema, subject: string): JsonSchema {
  const options: AnySchema[] = schema.def.options;
  const form = forms.get(schema);
  const values = options.flatMap((option) => valuesOf(option) ?? []);
  const lists = options.filter(({ def }) => def.type === 'array');
  const maps = options.filter(({ def }) => def.type === 'object');
  const plains = options.filter((option) => ['number', 'string'].includes(option.def.type));
  const named = options.find((option) => forms.has(option)) ?? schema;
  let rest = known(form ? schema : named, subject, values);
  for (const option of plains) rest = when(conditionOf(option), undefined, rest);
  for (const option of maps) rest = when({ type: 'object' }, mapSchema(option, subject), rest);
  for (const option of lists) {
    const { element } = option.def;
    const wrong = say('budget-form', { subject, expected: partsSample(element) });
    const items = mapSchema(element, subject, refused('object', wrong));
    rest = when({ type: 'object' }, refused('null', wrong), rest);
    rest = when({ type: 'array' }, { items, contains: {}, errorMessage: say('empty-value', { subject }) }, rest);
  }
  const zero = plains.some(({ def }) => def.type === 'number') ? [0] : [];
  const own = offered(form ? schema : named, [...zero, ...values]);
  const parts = lists.map(({ def }) => ({
    label: '内訳',
    body: partsSample(def.element, true),
    description: schema.description,
  }));
  const snippets = [...(own.defaultSnippets ?? []), ...parts];
  return { ...(snippets.length === 0 ? {} : { defaultSnippets: snippets }), ...filled(subject, rest) };
}

/** What a schema asks beside its type, by the name that zod has for it. */
const checksOf = ({ def }: AnySchema): Record<string, string | number | undefined> =>
  Object.fromEntries(
    (def.checks ?? []).map(({ _zod: { def: own } }: AnySchema) => [
      own.check,
      own.minimum ?? own.maximum ?? own.value ?? own.pattern?.source ?? own.format,
    ]),
  );

import type { Edition } from './edition.ts';
import { type Field, sheetFields } from './fields.ts';
import { legendKey, signsOf } from './meanings.ts';

/** The JSON Schema (2020-12) of what editionJson writes, from the table of fields. */
export function editionSchemaJson({ fields }: Pick<Edition, 'fields'> = { fields: sheetFields }): string {
  const years = object({
    年度: text('この版の年度。'),
    西暦年度: { type: ['integer', 'null'], description: '年度の西暦。わからなければ null。' },
    ...Object.fromEntries(fields.year.map((field) => [field.key, cell(field)])),
  });
  const numbered = object({ 番号: text('番号。'), 名称: text('名前。') });
  const measure: Record<string, object> = {
    番号: text('大項目-中項目-小項目。'),
    大項目: numbered,
    中項目: numbered,
  };
  const inner: Record<string, Record<string, object>> = {};
  for (const field of fields.measure) {
    if (field.within !== undefined) {
      inner[field.within] = { ...inner[field.within], [field.key]: text(field.formNote ?? field.note) };
      measure[field.within] = object(inner[field.within] as Record<string, object>);
    } else
      measure[field.key] =
        field.kind === 'years'
          ? { type: ['array', 'null'], items: years, description: '年度ごとの欄。再掲なら null。' }
          : cell(field);
  }
  const legends = fields.year.filter((field) => signsOf(field).length > 0);
  const list = { type: 'array', items: { type: 'string' } };
  const date = { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}(-\\d{2})?$' };
  const history = { type: 'array', items: object({ 年月: text('年月。'), 西暦年月: date, 内容: text('内容。') }) };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: '施策のデータ',
    ...object(
      {
        ...Object.fromEntries(['計画名', '計画期間', '書名', '策定'].map((key) => [key, text(`${key}。`)])),
        ...{ 策定年月: date, 改定: text('改定。'), 改定年月: date, 発行者: text('発行者。') },
        ライセンス: { type: ['string', 'null'], description: 'データの利用条件。書かれていなければ null。' },
        年度: list,
        予算額の単位: { const: '千円' },
        ...Object.fromEntries(
          legends.map((field) => [
            legendKey(field),
            {
              type: ['object', 'null'],
              properties: Object.fromEntries(signsOf(field).map((sign) => [sign, { type: 'string' }])),
              additionalProperties: false,
              description: `${field.key}の印と空欄の意味。書かれていなければ null。`,
            },
          ]),
        ),
        '現状・実績・目標': { type: 'object', additionalProperties: { type: 'string' } },
        関連計画: list,
        改定履歴: history,
        取組: { type: 'array', items: object(measure) },
      },
      ['改定履歴'],
    ),
  };
  return `${JSON.stringify(schema, undefined, 1)}\n`;
}

const text = (description: string) => ({ type: 'string', description });

const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

/** What a cell holds; null where it is blank. */
function cell({ kind, choices, required, note, formNote }: Field): object {
  const description = formNote ?? note;
  const blank = required ? [] : ['null'];
  const amount = { anyOf: [{ type: 'integer', minimum: 0 }, { const: '—' }] };
  if (kind === 'budget')
    return {
      anyOf: [
        ...amount.anyOf,
        { type: 'array', minItems: 1, items: object({ 区分: text('内訳の名前。'), 額: amount }) },
        { type: 'null' },
      ],
      description: `千円。${description}`,
    };
  if (kind === 'names' || kind === 'flags')
    return { type: ['array', ...blank], items: { type: 'string' }, description };
  return {
    type: ['string', ...blank],
    ...(choices && { enum: [...choices, ...(required ? [] : [null])] }),
    description,
  };
}

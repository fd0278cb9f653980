import * as z from 'zod';
import type { Code } from '../diagnostics/diagnostic.ts';
import { partNames } from '../model/edition.ts';
import { type Field, type Fields, fieldOf, isOwnOfReprint, sheetFields } from '../model/fields.ts';
import { blankSign, legendKey, type Meanings, meaningOf, signsOf, withMeaning } from '../model/meanings.ts';
import type { YearEntry } from '../model/measure.ts';
import { categoryNumber, groupNumber, measureNumber } from '../model/numbers.ts';
import { restColumn, type WidthField, widthFields } from './sheet-columns.ts';

/** Names that the edition and the organization give; what is absent is not restricted. */
export interface Names {
  years?: readonly string[] | undefined;
  plans?: readonly string[] | undefined;
  departments?: readonly string[] | undefined;
  sections?: readonly string[] | undefined;
  /** What the signs of a 年度 mean */
  meanings?: Meanings | undefined;
  /** The 局・部 of a 課 */
  homes?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** How a value is reported that does not have the form of its schema, where that has a code of its own. */
export interface Form {
  code?: Code;
  /** What may stand there, as the message shows it */
  expected?: string;
  /** Of a map: when a key is missing, and when one is not known */
  missing?: Code;
  unknown?: Code;
  /** What editors are told of a value that may stand there */
  words?: (value: string) => string | undefined;
}
export const forms = z.registry<Form>();

const text = (description: string) => z.string().min(1).describe(description);
const oneOf = (names: readonly string[] | undefined): z.ZodType<string> =>
  names ? z.enum(names as [string, ...string[]]) : z.string().min(1);
const numbered = (pattern: RegExp, expected: string, description: string) =>
  z.string().regex(pattern).describe(description).register(forms, { code: 'not-a-number', expected });

/** measures/<番号>.yaml: a measure of its own, and a 再掲 that names another one. */
export function measureSchemas(names: Names, fields = sheetFields) {
  const shape = (chosen: readonly Field[], isRequired: (field: Field) => boolean) => {
    const entries = chosen
      .filter(({ within }) => within === undefined)
      .map((field) => [field.key, optional(schemaOf(field, names, fields), !isRequired(field))] as const);
    const inner = chosen.filter(({ within }) => within !== undefined);
    const overview = z
      .strictObject(Object.fromEntries(inner.map((field) => [field.key, schemaOf(field, names, fields).optional()])))
      .describe('取組事項一覧の文言が個票と違うときだけ、違う欄を書きます。');
    return z.strictObject({
      ...Object.fromEntries(entries),
      ...Object.fromEntries(inner.map(({ within = '' }) => [within, overview.optional()])),
    });
  };
  const own = fields.measure.filter(({ reprint }) => reprint !== 'only');
  return {
    regular: shape(own, ({ required }) => required ?? false) as unknown as z.ZodObject<RegularShape>,
    reprint: shape(
      fields.measure.filter(isOwnOfReprint),
      ({ reprint }) => reprint !== 'may',
    ) as unknown as z.ZodObject<ReprintShape>,
  };
}

const optional = (schema: z.ZodType, isOptional: boolean): z.ZodType => (isOptional ? schema.optional() : schema);

/** What a field may hold. */
function schemaOf(field: Field, names: Names, fields: Fields): z.ZodType {
  const { kind, note, choices = [], signs, names: source, property } = field;
  const meaning = (value: string) => meaningOf(names.meanings, property as keyof YearEntry, value);
  if (kind === 'text') return text(note);
  if (kind === 'choice') {
    const choice = z.enum(choices as [string, ...string[]]).describe(note);
    return signs
      ? choice.register(forms, { code: 'unknown-mark', expected: choices.join(' '), words: meaning })
      : choice;
  }
  if (kind === 'number') return numbered(measureNumber, '2-3-16', note);
  if (kind === 'budget') return budgetSchema.describe(note).register(forms, { code: 'not-an-amount', words: meaning });
  if (kind === 'years')
    return scheduleSchema(names, fields)
      .describe(note)
      .register(forms, { missing: 'missing-year', unknown: 'unknown-year' });
  const known = source && names[source];
  const code = source && unknownNames[source];
  const words = source === 'sections' ? (name: string) => names.homes?.get(name)?.join('、') : undefined;
  const one = oneOf(known).register(forms, { ...(code ? { code } : {}), ...(words ? { words } : {}) });
  const name = source === 'sections' && known ? z.union([one, z.string().regex(/^[(\uff08]/)]) : one;
  // An empty list of 関連計画 says that none has ○.
  return (kind === 'flags' ? z.array(name) : z.array(name).min(1)).describe(note);
}

const unknownNames = {
  departments: 'unknown-department',
  sections: 'unknown-section',
  plans: 'unknown-plan',
} as const;

const amount = z.union([z.int().min(0), z.literal('—')]);
const budgetSchema = z.union([
  z.int().min(0),
  z.literal('—'),
  z
    .array(
      z.strictObject({
        区分: text('額の内訳の名前(課の名前など)。'),
        額: amount.describe('千円。半角の整数、または —。').register(forms, { code: 'not-an-amount' }),
      }),
    )
    .min(1),
]);

/** With what the edition says of its signs behind its note. */
function explained(field: Fields['year'][number], meanings: Meanings | undefined): Field {
  const told = meanings?.[field.property]?.map(({ sign, word }) => withMeaning(sign, word));
  return told ? { ...field, note: `${field.note}${legendKey(field)}: ${told.join('、')}。` } : field;
}

function scheduleSchema({ years, meanings }: Names, fields: Fields) {
  const year = z.strictObject(
    Object.fromEntries(
      fields.year.map((field) => [field.key, schemaOf(explained(field, meanings), { meanings }, fields).optional()]),
    ),
  );
  if (!years) return z.record(z.string(), year);
  return z.strictObject(
    Object.fromEntries(years.map((name) => [name, year.describe(`${name} 年度。4欄とも空欄なら {} と書きます。`)])),
  );
}

const date = (what: string) => text(`${what}の年月(例: 令和8年3月)。`);

/** Rows of a sheet, and columns: more have no room on any page. */
const mostYears = 20;
const mostPlans = 50;

/** What signs mean, sign by sign. */
const legendSchema = (field: Field) =>
  z
    .strictObject(
      Object.fromEntries(
        signsOf(field).map((sign) => [
          sign,
          text(sign === blankSign ? '空欄の意味。' : `${field.key}の ${sign} の意味。`).optional(),
        ]),
      ) as Record<string, z.ZodOptional<z.ZodString>>,
    )
    .describe(
      `${field.key}の印と空欄が何を表すか(書けるのは ${signsOf(field).join('、')})。書いた言葉が、個票の下、読み上げ、プレビュー、データに出ます。`,
    )
    .register(forms, { unknown: 'unknown-mark', expected: signsOf(field).join('、') })
    .optional();
const legendOf = (property: keyof YearEntry) => legendSchema(fieldOf(sheetFields.year, property));
const widthOf = ({ key, property, least, most }: WidthField) =>
  z
    .number()
    .min(least)
    .max(most)
    .describe(
      `${key}の欄の幅、mm(${least}〜${most})。${property === restColumn ? '書かなければ、ほかの欄の残りの幅。' : '書かなければ、道具がもとから持つ幅。'}`,
    )
    .register(forms, { code: 'not-a-width', expected: `${least}〜${most}` })
    .optional();

/** edition.yaml */
export const editionSchema = z.strictObject({
  計画名: text('計画の名前。'),
  計画期間: text('計画の期間(例: 2021→2030)。'),
  書名: text('この文書の名前。PDF のファイル名にもなります。'),
  策定: date('策定'),
  改定: date('改定'),
  発行者: text('発行する市の名前。'),
  ライセンス: text('データの利用条件(例: CC BY 4.0)。書き出すデータと PDF の情報に入ります。').optional(),
  年度: z.array(z.string().min(1)).min(1).max(mostYears).describe('スケジュールの年度、古い順(例: [R1, R2, R3, R4])。'),
  項目の印: legendOf('mark'),
  予算額の印: legendOf('budget'),
  '現状・実績・目標': z
    .record(z.string(), z.string().min(1))
    .describe('見出しに出す欄の名前と年度(例: { 現状: R1, 目標値: R4 })。'),
  関連計画: z.array(z.string().min(1)).max(mostPlans).describe('関連計画の欄の名前、左から順。'),
  構成: z
    .array(
      z
        .union([
          z.enum(partNames),
          z.strictObject({
            別冊: text('annexes/ の PDF。'),
            題名: text('しおりと目次に出す名前。'),
            代替テキスト: text(
              '読み上げる文。タグのない PDF(画像の取り込みなど)に要ります。タグのある PDF では、説明のない図に使われます。',
            ).optional(),
          }),
        ])
        .register(forms, { code: 'unknown-part', expected: partNames.join('、') }),
    )
    .min(1)
    .describe('文書に入れるもの、前から順。'),
  改定履歴: z
    .array(
      z.strictObject({
        年月: date('その改定'),
        内容: text('そのとき何を改めたか。改行はそのまま印刷されます。'),
      }),
    )
    .min(1)
    .describe('いつ何を改めたか、古い順。構成に 改定履歴 を書くと印刷されます。')
    .optional(),
  列幅: z
    .strictObject(Object.fromEntries(widthFields(sheetFields).map((field) => [field.key, widthOf(field)])))
    .describe(
      '個票の欄の幅(mm)。体裁だけで、内容ではありません。npx shisakushu column-widths --write が、版の全部の文に合う幅を書きます。',
    )
    .optional(),
  新旧対照表: z
    .strictObject({
      新: text('新しいほうの欄の見出し(例: 改正案)。書かなければ 改正後。').optional(),
      旧: text('古いほうの欄の見出し(例: 現行)。書かなければ 改正前。').optional(),
      左: z.enum(['新', '旧']).describe('左に置く欄。書かなければ 新。').optional(),
    })
    .describe('diff --pdf で作る新旧対照表の体裁。')
    .optional(),
});

/** structure.yaml */
export const structureSchema = z.strictObject({
  大項目: z
    .array(
      z.strictObject({
        番号: numbered(categoryNumber, '2', '1 からの番号。'),
        名称: text('大項目の名前。'),
        中項目: z
          .array(
            z.strictObject({
              番号: numbered(groupNumber, '2-3', '大項目-中項目の番号(例: 1-1)。'),
              名称: text('中項目の名前。'),
            }),
          )
          .min(1)
          .describe('中項目、番号の順。'),
      }),
    )
    .min(1)
    .describe('大項目、番号の順。'),
});

/** organization.yaml */
export const organizationSchema = z.strictObject({
  '局・部': z
    .array(
      z.strictObject({
        名称: text('局・部の名前。局と部の間は半角の空白1つ。'),
        課: z.array(z.string().min(1)).describe('その局・部の課の名前。'),
      }),
    )
    .min(1)
    .describe('担当局・部と担当課に書ける名前。'),
});

export type EditionFile = z.infer<typeof editionSchema>;
export type StructureFile = z.infer<typeof structureSchema>;
export type OrganizationFile = z.infer<typeof organizationSchema>;
/** A measure's file, as far as rules speak of single keys; all of them are in the table of fields. */
export interface RegularFile {
  番号: string;
  区分: string;
  取組: string;
  '担当局・部': string[];
  担当課: string[];
  スケジュール: Record<string, object | null>;
  関連計画?: string[];
}
export interface ReprintFile extends Partial<Omit<RegularFile, 'スケジュール' | '関連計画'>> {
  番号: string;
  区分: string;
  再掲: string;
}
type ShapeOf<File> = {
  [Key in keyof Required<File>]: undefined extends File[Key]
    ? z.ZodOptional<z.ZodType<NonNullable<File[Key]>>>
    : z.ZodType<File[Key]>;
};
type RegularShape = ShapeOf<RegularFile>;
type ReprintShape = ShapeOf<ReprintFile>;

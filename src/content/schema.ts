import * as z from 'zod';
import { kinds, marks, partNames } from '../model/edition.ts';

/** Names that the edition and the organization give; what is absent is not restricted. */
export interface Names {
  years?: readonly string[] | undefined;
  plans?: readonly string[] | undefined;
  departments?: readonly string[] | undefined;
  sections?: readonly string[] | undefined;
}

const text = (description: string) => z.string().min(1).describe(description);
const oneOf = (names: readonly string[] | undefined) =>
  names && names.length > 0 ? z.enum(names as [string, ...string[]]) : z.string().min(1);
const numbered = (pattern: RegExp, description: string) => z.string().regex(pattern).describe(description);

/** measures/<番号>.yaml: a measure of its own, and a 再掲 that names another one. */
export function measureSchemas(names: Names) {
  const amount = z.union([z.int().min(0), z.literal('—')]);
  const year = z.strictObject({
    項目: z
      .enum(marks)
      .describe('→ 継続、◎ 実施・完了、○ 一部実施、△ 検討・準備、— なし。空欄ならこの行を書きません。')
      .optional(),
    内容: text('その年度に行うこと。').optional(),
    予算額: z
      .union([
        z.int().min(0),
        z.literal('—'),
        z
          .array(
            z.strictObject({
              区分: text('額の内訳の名前(課の名前など)。'),
              額: amount.describe('千円。半角の整数、または —。'),
            }),
          )
          .min(1),
      ])
      .describe(
        '千円。半角の整数でコンマなし(例: 1914)、または —。課ごとに違うときは [{ 区分: 課の名前, 額: 0 }, …]。空欄ならこの行を書きません。',
      )
      .optional(),
    事業実績: text('その年度の結果。').optional(),
  });
  const schedule = names.years
    ? z.strictObject(
        Object.fromEntries(
          names.years.map((name) => [name, year.describe(`${name} 年度。4欄とも空欄なら {} と書きます。`)]),
        ),
      )
    : z.record(z.string(), year);
  const section = names.sections ? z.union([oneOf(names.sections), z.string().regex(/^\(/)]) : z.string().min(1);
  const overview = z
    .strictObject({
      取組事項: text('取組事項一覧での取組の名前。').optional(),
      担当課: text('取組事項一覧での担当課。').optional(),
    })
    .describe('取組事項一覧の文言が個票と違うときだけ、違う欄を書きます。');
  const head = {
    番号: numbered(/^[1-9]\d*-[1-9]\d*-[1-9]\d*$/, '大項目-中項目-小項目。ファイル名と同じにします(例: 2-3-16)。'),
    区分: z.enum(kinds).describe('新規 または 継続。'),
  };
  const who = {
    取組: text('取組の名前。'),
    '担当局・部': z.array(oneOf(names.departments)).min(1).describe('担当する局・部の一覧(organization.yaml の名前)。'),
    担当課: z
      .array(section)
      .min(1)
      .describe('担当する課の一覧(organization.yaml の名前)。前に「(発注)」のような役割を付けられます。'),
  };
  const regular = z.strictObject({
    ...head,
    ...who,
    取組内容: text('取組の内容。改行はそのまま印刷されます。').optional(),
    '効果・KPI': text('効果と KPI。').optional(),
    '現状・実績・目標': text('値を1行に1つ(例: 587件(R1))。').optional(),
    スケジュール: schedule.describe('年度ごとの 項目、内容、予算額、事業実績。この版の年度をすべて書きます。'),
    関連計画: z
      .array(oneOf(names.plans))
      .describe('○ の付く関連計画の一覧。[] ならすべて ×、書かなければ空欄。')
      .optional(),
    一覧表: overview.optional(),
  });
  const reprint = z.strictObject({
    ...head,
    再掲: numbered(/^[1-9]\d*-[1-9]\d*-[1-9]\d*$/, '再掲先の番号。再掲先と違う欄だけを書きます。'),
    取組: who.取組.optional(),
    '担当局・部': who['担当局・部'].optional(),
    担当課: who.担当課.optional(),
    一覧表: overview.optional(),
  });
  return { regular, reprint };
}

const date = (what: string) => text(`${what}の年月(例: 令和8年3月)。`);

/** edition.yaml */
export const editionSchema = z.strictObject({
  計画名: text('計画の名前。'),
  計画期間: text('計画の期間(例: 2021→2030)。'),
  書名: text('この文書の名前。PDF のファイル名にもなります。'),
  策定: date('策定'),
  改定: date('改定'),
  発行者: text('発行する市の名前。'),
  ライセンス: text('データの利用条件(例: CC BY 4.0)。書き出す CSV と JSON に入ります。').optional(),
  年度: z.array(z.string().min(1)).min(1).describe('スケジュールの年度、古い順(例: [R1, R2, R3, R4])。'),
  '現状・実績・目標': z
    .record(z.string(), z.string().min(1))
    .describe('見出しに出す欄の名前と年度(例: { 現状: R1, 目標値: R4 })。'),
  関連計画: z.array(z.string().min(1)).describe('関連計画の欄の名前、左から順。'),
  構成: z
    .array(
      z.union([
        z.enum(partNames),
        z.strictObject({
          別冊: text('annexes/ の PDF。'),
          題名: text('しおりと目次に出す名前。'),
          代替テキスト: text(
            '読み上げる文。タグのない PDF(画像の取り込みなど)に要ります。タグのある PDF では、説明のない図に使われます。',
          ).optional(),
        }),
      ]),
    )
    .min(1)
    .describe('文書に入れるもの、前から順。'),
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
        番号: numbered(/^[1-9]\d*$/, '1 からの番号。'),
        名称: text('大項目の名前。'),
        中項目: z
          .array(
            z.strictObject({
              番号: numbered(/^[1-9]\d*-[1-9]\d*$/, '大項目-中項目の番号(例: 1-1)。'),
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
export type RegularFile = z.infer<ReturnType<typeof measureSchemas>['regular']>;
export type ReprintFile = z.infer<ReturnType<typeof measureSchemas>['reprint']>;

import type { PDFDict } from '../source/pdf.ts';

/** What an annex can break of ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1): the clause, and what is wrong in the user's words. */
export const rules = {
  // Objects
  'long-string': ['PDF/A-3 6.1.13', '32,767バイトより長い文字列'],
  'long-name': ['PDF/A-3 6.1.13', '127バイトより長い名前'],
  'number-range': ['PDF/A-3 6.1.13', '範囲の外の数'],
  'hex-string': ['PDF/A-3 6.1.6', '16進でない文字列'],
  'page-size': ['PDF/A-3 6.1.13', '3〜14,400ポイントでないページ'],
  'name-encoding': ['PDF/A-3 6.1.8', 'UTF-8 でない名前'],
  filter: ['PDF/A-3 6.1.7.2', '使えない圧縮方式'],
  'external-data': ['PDF/A-3 6.1.7.1', '別のファイルにあるデータ'],
  'embedded-file': ['PDF/A-3 6.8', '中に入れたファイル'],
  metadata: ['PDF/A-3 6.6.2', '部品のメタデータ'],
  'graphics-state': ['PDF/A-3 6.2.5', '描画の状態の、印刷機のための設定'],
  'rendering-intent': ['PDF/A-3 6.2.6', '決まりのないレンダリングインテント'],
  'blend-mode': ['PDF/A-3 6.2.10', '決まりのない描画モード'],
  image: ['PDF/A-3 6.2.8', '画像の、使えない項目'],
  'image-bits': ['PDF/A-3 6.2.8', '画像の色の段階の数'],
  jpeg2000: ['PDF/A-3 6.2.8.3', 'JPEG 2000 の画像の形式'],
  form: ['PDF/A-3 6.2.9', '部品の、使えない項目'],
  postscript: ['PDF/A-3 6.2.9', 'PostScript'],
  // Colours
  cmyk: ['PDF/A-3 6.2.4.3', 'カラープロファイルのない CMYK'],
  'colour-profile': ['PDF/A-3 6.2.4.2', '使えないカラープロファイル'],
  'device-n': ['PDF/A-3 6.2.4.4', '成分の説明のない DeviceN の色'],
  // Content
  operator: ['PDF/A-3 6.2.2', '決まりのない描画命令'],
  resources: ['PDF/A-3 6.2.2', '部品の中にない資源'],
  nesting: ['PDF/A-3 6.1.13', '28段より深い描画の状態'],
  unmarked: ['PDF/UA-1 7.1', 'タグも飾りの印もない中身'],
  'artifact-inside': ['PDF/UA-1 7.1', 'タグの中の飾り、または飾りの中のタグ'],
  'mark-language': ['PDF/UA-1 7.2', '中身の印の、形の正しくない言語'],
  'shared-form': ['PDF/UA-1 7.20', 'タグのある部品の2度の使用'],
  // Fonts
  'font-kind': ['PDF/A-3 6.2.11.2', '書体の種類や名前'],
  'font-widths-missing': ['PDF/A-3 6.2.11.2', '字幅の表がない、または数の合わない書体'],
  'font-program': ['PDF/A-3 6.2.11.4.1', '書体が埋め込まれていない、または読めない'],
  'font-glyph': ['PDF/A-3 6.2.11.4.1', '書体にない字'],
  'font-width': ['PDF/A-3 6.2.11.5', '書体の中と違う字幅'],
  'font-encoding': ['PDF/A-3 6.2.11.6', 'TrueType の書体の文字コードの表'],
  'font-unicode': ['PDF/A-3 6.2.11.7.2', '文字を読み取れない字'],
  'font-private': ['PDF/A-3 6.2.11.7.3', '外字(私用領域)の字'],
  'font-notdef': ['PDF/A-3 6.2.11.8', '「字がない」という字(.notdef)'],
  'font-collection': ['PDF/A-3 6.2.11.3.1', '文字の集まりの食い違う書体'],
  'font-glyph-map': ['PDF/A-3 6.2.11.3.2', '字の対応(CIDToGIDMap)のない書体'],
  'font-code-map': ['PDF/A-3 6.2.11.3.3', '決まりのない文字コードの表(CMap)'],
  // Structure
  containment: ['PDF/UA-1 7.2', '一覧・表・目次の中に入れられないタグ'],
  'table-grid': ['PDF/UA-1 7.2', '行や列の数のそろわない表'],
  headings: ['PDF/UA-1 7.4', '段の飛んだ見出し'],
  'table-headers': ['PDF/UA-1 7.5', '見出しのわからない表'],
  note: ['PDF/UA-1 7.9', '名前(ID)が空の注'],
  alternative: ['PDF/UA-1 7.3', '説明のない図や数式'],
} as const satisfies Record<string, readonly [clause: string, what: string]>;

export type Rule = keyof typeof rules;

/** Where a rule is broken. */
interface Places {
  pages: Set<number>;
  /** Fonts, operators, colours … */
  names: Set<string>;
}

/** The rules that an annex breaks. */
export class Breaches {
  readonly found = new Map<Rule, Places>();

  /** Notes a breach on a page (its index) of what has this name. */
  add(rule: Rule, page?: number, name?: string): void {
    const places = this.found.get(rule) ?? { pages: new Set(), names: new Set() };
    this.found.set(rule, places);
    if (page !== undefined) places.pages.add(page);
    if (name !== undefined) places.names.add(name);
  }
}

/** What a value that is used is, by the way that leads to it. */
export type Role =
  | 'form'
  | 'image'
  | 'pattern'
  | 'pattern shading'
  | 'shading'
  | 'space'
  | 'bare space'
  | 'group'
  | 'state'
  | 'mask'
  | 'blend mode'
  | 'intent'
  | 'procedures'
  | 'procedure';

/** Where something is used. */
export interface Where {
  page: number;
  /** Resources of the page */
  ofPage: PDFDict | undefined;
  /** Whether DeviceCMYK means the profile that the resources name for it. */
  hasPress: boolean;
  /** Resources that serve where a stream has none: of the font for glyphs of Type 3, else of the page. */
  inherited?: PDFDict | undefined;
}

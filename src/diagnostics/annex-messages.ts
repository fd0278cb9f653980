import type { AnnexCode, Diagnostic } from './diagnostic.ts';
import { quoted, type Sentences } from './sentences.ts';

const subject = (d: Diagnostic) => quoted(d.subject);
const expected = (d: Diagnostic) => d.expected ?? '';
const where = (d: Diagnostic) => (d.actual === undefined ? '' : `(${d.actual})`);

/** Of what is inside the PDFs that an edition names; the subject is their path. */
export const annexMessages: Record<AnnexCode, Sentences> = {
  'annex-damaged': {
    message: (d) => `別冊${subject(d)}を読めません(${d.actual ?? ''})。`,
    hint: () => 'PDF を閲覧ソフトで開けるか確かめ、元の文書から書き出し直すか、写し直してください。',
  },
  'annex-encrypted': {
    message: (d) => `別冊${subject(d)}は暗号化されています(パスワードや、印刷・編集の制限)。`,
    hint: () => '元の文書から、セキュリティの設定なしで PDF に書き出し直してください。',
  },
  'annex-too-large': {
    message: (d) => `別冊${subject(d)}が大きすぎます(${d.actual ?? ''})。上限は ${expected(d)} です。`,
    hint: () => '画像の解像度を下げて書き出し直すか、いくつかの別冊に分けてください。',
  },
  'annex-untagged': {
    message: (d) => `別冊${subject(d)}にはタグがなく、読み上げに使えません。`,
    hint: () =>
      '元の文書から「タグ付き PDF」で書き出し直してください。取り込んだ画像などでそれができないときは、edition.yaml のこの別冊に「代替テキスト: 内容を伝える文」を書くと、全体が1つの図として入ります。',
  },
  'annex-figure-without-text': {
    message: (d) => `別冊${subject(d)}に、説明のない図があります(${d.actual ?? ''})。`,
    hint: () =>
      '元の文書で図に代替テキストを付けて書き出し直すか、edition.yaml のこの別冊に「代替テキスト: 図の説明」を書いてください。',
  },
  'annex-font-not-embedded': {
    message: (d) => `別冊${subject(d)}に、埋め込まれていない書体があります(${d.actual ?? ''})。`,
    hint: () => '書き出すときに「フォントをすべて埋め込む」か「PDF/A」を選んでください。',
  },
  'annex-font-without-unicode': {
    message: (d) =>
      `別冊${subject(d)}の書体からは文字を読み取れません(${d.actual ?? ''})。読み上げも検索もできません。`,
    hint: () => '「PDF/A」か「タグ付き PDF」で書き出し直してください(文字の対応表 ToUnicode が入ります)。',
  },
  'annex-missing-glyph': {
    message: (d) => `別冊${subject(d)}に、書体にない文字(四角や空白になる文字)があります(${d.actual ?? ''})。`,
    hint: () => '元の文書でその文字を直すか、その文字のある書体に変えて書き出し直してください。',
  },
  'annex-text-unreadable': {
    message: (d) =>
      `別冊${subject(d)}の一部の文字は、書体から読み取れません(${d.actual ?? ''})。検索や写しができません(読み上げは代替テキストです)。`,
    hint: () => '直すには「PDF/A」か「タグ付き PDF」で書き出し直してください。そのままでも PDF はできます。',
  },
  'annex-cmyk': {
    message: (d) =>
      `別冊${subject(d)}の色が、どの印刷機のものか決まっていない CMYK です(${d.actual ?? ''})。一般的な印刷の色とみなします。`,
    hint: () =>
      '画面での色を確かめてください。色を決めるには、RGB か、出力インテント(カラープロファイル)のある PDF/A または PDF/X で書き出してください。',
  },
  'annex-jpeg2000': {
    message: (d) => `別冊${subject(d)}に、長期保存用の PDF に入れられない JPEG 2000 の画像があります${where(d)}。`,
    hint: () =>
      '元の文書から「PDF/A」で書き出し直すか、書き出すときの画像の圧縮を JPEG か ZIP に変えてください(Acrobat では「PDF の最適化」の「画像」で変えられます)。',
  },
  'annex-forbidden': {
    message: (d) =>
      `別冊${subject(d)}に、長期保存用の PDF に入れられないものがあります(${d.actual ?? ''}${d.expected === undefined ? '' : `、${d.expected} でなければなりません`})。`,
    hint: () => '「PDF/A」で書き出し直してください。',
  },
  'annex-nonconforming': {
    message: (d) =>
      `別冊${subject(d)}は、直しても PDF/A-3a と PDF/UA-1 に合いません(${d.actual ?? ''}。規則 ${expected(d)})。`,
    hint: () =>
      '元の文書から「PDF/A」と「タグ付き PDF」で書き出し直すか、その箇所を作り直してください。PDF/A と PDF/UA の検証に合格する PDF でこの誤りが出るときは、このツールの誤りかもしれません。PDF を添えて、開発者に知らせてください。',
  },
  'annex-form': {
    message: (d) => `別冊${subject(d)}の入力欄は入りません${where(d)}。欄の中の文字も消えます。`,
    hint: () => '文字を残すには、PDF に印刷し直すなどして、入力欄のない PDF にしてください。',
  },
  'annex-script': {
    message: (d) => `別冊${subject(d)}のスクリプトや動作は入りません${where(d)}。`,
    hint: () => '長期保存用の PDF には入れられません。要らなければ、元の文書から外すとこの注意は出なくなります。',
  },
  'annex-attachment': {
    message: (d) => `別冊${subject(d)}の添付ファイルは入りません${where(d)}。`,
    hint: () => '配る必要のあるファイルは、市のページなどに別に載せてください。',
  },
  'annex-annotation': {
    message: (d) => `別冊${subject(d)}の注釈(コメント、印、動画など)は入りません${where(d)}。`,
    hint: () => '残すには本文に書いてください。要らなければ、元の PDF から消すとこの注意は出なくなります。',
  },
  'annex-link': {
    message: (d) =>
      `別冊${subject(d)}に、行き先のない、または別の PDF へのリンクがあります${where(d)}。リンクは外れます。`,
    hint: () => '元の文書でリンク先を直して書き出し直してください。',
  },
};

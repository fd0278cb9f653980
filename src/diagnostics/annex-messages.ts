import { exportInShort } from './annex-exports.ts';
import type { AnnexCode, Diagnostic } from './diagnostic.ts';
import { quoted, type Sentences } from './sentences.ts';

/** Left out where the file is told already (`annex FILE`). */
const subject = (d: Diagnostic) => (d.subject === undefined ? '' : quoted(d.subject));
const expected = (d: Diagnostic) => d.expected ?? '';
const where = (d: Diagnostic) => (d.actual === undefined ? '' : `(${d.actual})`);

/** How to write the PDF anew, in short: `annex FILE` itself goes on with the whole of it. */
const inShort = (d: Diagnostic) => (d.subject === undefined ? '' : `(${exportInShort})`);
const wholeStory = (d: Diagnostic) => {
  if (d.subject === undefined) return '';
  const path = `${d.file.slice(0, d.file.lastIndexOf('/') + 1)}${d.subject}`;
  // What every shell takes as it is.
  const file = /^[\p{L}\p{M}\p{N}_./-]+$/u.test(path) && !path.startsWith('-') ? path : 'ファイル';
  return ` ほかのソフトでは: npx shisakushu annex ${file}`;
};

/** Of what is inside the PDFs that an edition names; the subject is their path. */
export const annexMessages: Record<AnnexCode, Sentences> = {
  'annex-damaged': {
    message: (d) => `別冊${subject(d)}を読めません(${d.actual ?? ''})。`,
    hint: () =>
      'PDF を閲覧ソフトで開いて確かめてください。開けなければ、もう一度受け取るか写し直してください。開けるなら、元の文書から書き出し直してください。',
  },
  'annex-encrypted': {
    message: (d) => `別冊${subject(d)}は暗号化されています(パスワードや、印刷・編集の制限)。`,
    hint: () =>
      '元の文書から、パスワードや制限(セキュリティ)の設定なしで書き出し直してください。Acrobat では「文書のプロパティ」の「セキュリティ」を「セキュリティなし」にして保存できます。',
  },
  'annex-too-large': {
    message: (d) => `別冊${subject(d)}が大きすぎます(${d.actual ?? ''})。上限は ${expected(d)} です。`,
    hint: () => '画像の解像度を下げて(印刷には 300 dpi で足ります)書き出し直すか、いくつかの別冊に分けてください。',
  },
  'annex-untagged': {
    message: (d) => `別冊${subject(d)}にはタグ(見出し、段落、表などの印)がなく、このままでは読み上げられません。`,
    hint: (d) =>
      `元の文書から「タグ付き PDF」で書き出し直すと、文のまま読み上げられます${inShort(d)}。スキャンした紙などでそれができないときは、edition.yaml のこの別冊に「代替テキスト: 内容を伝える文」を書くと、全体が1つの図として入ります。${wholeStory(d)}`,
  },
  'annex-tags-incomplete': {
    message: (d) =>
      `別冊${subject(d)}には、タグ(${expected(d)}個)に入っていない文字や図があります(${d.actual ?? ''})。${d.severity === 'error' ? 'そこは読み上げられません。' : 'タグは使わず、全体を1つの図として入れます。'}`,
    hint: (d) =>
      `元の文書から「タグ付き PDF」で書き出し直すと、文のまま読み上げられます${inShort(d)}。${d.severity === 'error' ? 'それができないときは、edition.yaml のこの別冊に「代替テキスト: 内容を伝える文」を書くと、全体が1つの図として入ります。' : ''}${wholeStory(d)}`,
  },
  'annex-figure-without-text': {
    message: (d) => `別冊${subject(d)}に、説明のない図があります(${d.actual ?? ''})。`,
    hint: () =>
      '元の文書で図を右クリックして代替テキストを付け(飾りなら装飾とし)、書き出し直してください。それができないときは、edition.yaml のこの別冊に「代替テキスト: 図の説明」を書くと、説明のない図のすべてでその文が読まれます。',
  },
  'annex-font-not-embedded': {
    message: (d) =>
      `別冊${subject(d)}に、埋め込まれていない書体があります(${d.actual ?? ''})。見る機械によって、文字の形が変わります。`,
    hint: (d) =>
      `書体を埋め込んで(「PDF/A」を選ぶと埋め込まれます)書き出し直してください${inShort(d)}。${wholeStory(d)}`,
  },
  'annex-font-replaced': {
    message: (d) =>
      `別冊${subject(d)}の埋め込まれていない書体を、字幅の同じ書体に置き換えます(${d.actual ?? ''})。文字の形が少し変わります。`,
    hint: () =>
      '紙面を確かめてください。元の書体のままにするには、書き出すときに「フォントをすべて埋め込む」か「PDF/A」を選んでください。',
  },
  'annex-font-without-unicode': {
    message: (d) =>
      `別冊${subject(d)}に、何の文字かわからない書体があります(${d.actual ?? ''})。読み上げも検索もできません。`,
    hint: (d) =>
      `「PDF/A」と「タグ付き PDF」を選んで書き出し直すと、文字の対応表(ToUnicode)が入ります${inShort(d)}。それでも変わらない書体は、元の文書で別の書体に変えてください。${wholeStory(d)}`,
  },
  'annex-missing-glyph': {
    message: (d) => `別冊${subject(d)}に、書体にない文字(四角や空白になる文字)があります(${d.actual ?? ''})。`,
    hint: () => '元の文書で四角や空白になっている文字を探し、その文字のある書体に変えて書き出し直してください。',
  },
  'annex-font-damaged': {
    message: (d) => `別冊${subject(d)}に、埋め込まれたデータが壊れている書体があります(${d.actual ?? ''})。`,
    hint: () =>
      '元の文書から「PDF/A」で書き出し直してください。それでも同じときは、元の文書でその書体を別のもの(BIZ UDゴシックなど)に変えてから書き出してください。',
  },
  'annex-font-widths': {
    message: (d) =>
      `別冊${subject(d)}に、字幅の記録が埋め込まれた書体と食い違う書体があります(${d.actual ?? ''})。長期保存用の PDF にできません。`,
    hint: () =>
      '元の文書から「PDF/A」で書き出し直してください。それでも同じときは、元の文書でその書体を別のもの(BIZ UDゴシックなど)に変えてから書き出してください。',
  },
  'annex-text-unreadable': {
    message: (d) =>
      `別冊${subject(d)}の一部の文字は、何の文字かわかりません(${d.actual ?? ''})。その文字は検索も写しもできません(読み上げは代替テキストです)。`,
    hint: (d) =>
      `そのままでも PDF はできます。検索できるようにするには「PDF/A」と「タグ付き PDF」を選んで書き出し直してください${inShort(d)}。${wholeStory(d)}`,
  },
  'annex-cmyk': {
    message: (d) =>
      `別冊${subject(d)}の色が、どの印刷機のものか決まっていない CMYK です(${d.actual ?? ''})。一般的な印刷の色とみなします。`,
    hint: () =>
      '画面での色を確かめてください。色を決めるには、RGB で書き出すか、InDesign や Illustrator のプリセット「PDF/X-4」のように、カラープロファイル(出力インテント)を付けて書き出してください。',
  },
  'annex-smoothing': {
    message: (d) =>
      `別冊${subject(d)}の画像のなめらかな表示(補間)は、長期保存用の PDF では使えないので外します${where(d)}。粗い画像を大きく見せているところでは、画素の角が見えます。`,
    hint: () =>
      '拡大して見て確かめてください。気になるときは、画像を解像度の高いもの(印刷には 300 dpi)に替えて書き出し直してください。',
  },
  'annex-jpeg2000': {
    message: (d) => `別冊${subject(d)}に、長期保存用の PDF に入れられない JPEG 2000 の画像があります${where(d)}。`,
    hint: () =>
      '元の文書から「PDF/A」で書き出し直すか、書き出すときの画像の圧縮を JPEG か ZIP に変えてください(Acrobat では「PDF の最適化」の「画像」で変えられます)。',
  },
  'annex-forbidden': {
    message: (d) =>
      `別冊${subject(d)}に、長期保存用の PDF に入れられないものがあります(${d.actual ?? ''}${d.expected === undefined ? '' : `、${d.expected} でなければなりません`})。`,
    hint: (d) => `「PDF/A」を選んで書き出し直してください${inShort(d)}。${wholeStory(d)}`,
  },
  'annex-nonconforming': {
    message: (d) =>
      `別冊${subject(d)}は、直しても PDF/A-3a と PDF/UA-1 に合いません(${d.actual ?? ''}。規則 ${expected(d)})。`,
    hint: () =>
      '元の文書から「PDF/A」と「タグ付き PDF」で書き出し直すか、その箇所を作り直してください。PDF/A と PDF/UA の検証に合格する PDF でこの誤りが出るときは、このツールの誤りかもしれません。PDF を添えて、開発者に知らせてください。',
  },
  'annex-form': {
    message: (d) => `別冊${subject(d)}の入力欄は入りません${where(d)}。欄の中の文字も消えます。`,
    hint: () =>
      '欄の中の文字を残すには、元の文書でふつうの文字にして書き出し直すか、Acrobat の「プリフライト」でフォームフィールドを統合してください。',
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
    hint: () => '元の文書でリンク先を直して書き出し直してください。外れてよければ、そのままで構いません。',
  },
};

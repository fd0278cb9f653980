// What keeps a file from being read as a workbook, told to those who never saw a ZIP file.

/** What a file is that is no workbook to read, or why one cannot be read. */
export type Refusal =
  | 'empty'
  | 'cut'
  | 'damaged'
  | 'locked'
  | 'macros'
  | 'binary'
  | 'old'
  | 'old-xml'
  | 'ods'
  | 'numbers'
  | 'google-link'
  | 'html'
  | 'csv'
  | 'pdf'
  | 'word'
  | 'powerpoint'
  | 'packed-workbook'
  | 'archive'
  | 'large'
  | 'no-sheet'
  | 'unknown';

const saveAs =
  'Excel で開き、「名前を付けて保存」で種類に「Excel ブック (*.xlsx)」を選んで保存したファイルを使ってください。拡張子を書き換えるだけでは直りません。';
const again = 'もとのファイルを Excel で開けるか確かめ、もう一度送ってもらうか、保存し直したものを使ってください。';

const told: Record<Refusal, [message: string, hint: string]> = {
  empty: ['中身のないファイルです。', `送る途中や保存の途中で失われたと思われます。${again}`],
  cut: ['途中で切れているファイルです。', `送る途中やコピーの途中で切れたと思われます。${again}`],
  damaged: [
    '壊れていて読めない Excel のファイルです。',
    'Excel で開いてください。修復するか尋ねられたら、修復した内容を確かめてから「名前を付けて保存」で「Excel ブック (*.xlsx)」として保存し直したものを使ってください。開けなければ、もう一度送ってもらってください。',
  ],
  locked: [
    'パスワードで保護されているか、暗号化されているファイルです。',
    'Excel で開き、「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」でパスワードを消して、保存し直したものを使ってください。',
  ],
  macros: ['マクロを含む形式(.xlsm)のブックです。マクロを含むブックは読みません。', saveAs],
  binary: ['Excel バイナリ ブック(.xlsb)です。', saveAs],
  old: ['古い Excel の形式(.xls)のブックです。', saveAs],
  'old-xml': ['古い XML の形式(XML スプレッドシート 2003 など)の表です。', saveAs],
  ods: [
    'OpenDocument の形式(.ods)の表です。',
    'LibreOffice か Excel で開き、「名前を付けて保存」で種類に「Excel ブック (*.xlsx)」(LibreOffice では「Excel 2007-365 (.xlsx)」)を選んで保存したファイルを使ってください。',
  ],
  numbers: [
    'Numbers の書類(.numbers)です。',
    'Numbers で開き、「ファイル」→「書き出す」→「Excel…」で書き出した .xlsx を使ってください。',
  ],
  'google-link': [
    'Google スプレッドシートへのリンクで、表そのものではありません。',
    'Google スプレッドシートで開き、「ファイル」→「ダウンロード」→「Microsoft Excel (.xlsx)」で保存したファイルを使ってください。',
  ],
  html: ['ウェブページの形式(HTML)のファイルで、Excel のブックではありません。', saveAs],
  csv: ['文字だけのファイル(CSV など)で、Excel のブックではありません。', saveAs],
  pdf: ['PDF のファイルで、Excel のブックではありません。', 'PDF にする前の Excel のブック(.xlsx)を使ってください。'],
  word: ['Word の文書で、Excel のブックではありません。', '表が書かれた Excel のブック(.xlsx)を使ってください。'],
  powerpoint: [
    'PowerPoint の文書で、Excel のブックではありません。',
    '表が書かれた Excel のブック(.xlsx)を使ってください。',
  ],
  'packed-workbook': [
    'Excel のブックを圧縮したファイル(ZIP)です。',
    '圧縮したファイルを展開し、中の Excel のブック(.xlsx)を使ってください。',
  ],
  archive: [
    '圧縮したファイル(ZIP など)で、Excel のブックではありません。',
    '圧縮したファイルを展開し、中に Excel のブック(.xlsx)があればそれを使ってください。',
  ],
  large: [
    'ブックが大きすぎます。',
    '表に要らないシートや、表の外に広く付いた罫線・色・式を消し、写真を除いて、Excel で保存し直したものを使ってください。',
  ],
  'no-sheet': ['表のシートが一つもないブックです。', '表が書かれた Excel のブック(.xlsx)を使ってください。'],
  unknown: ['Excel のブックではありません。', saveAs],
};

/** Why a file is not read: its message and hint are for the user. */
export class BookProblem extends Error {
  override name = 'BookProblem';
  readonly refusal: Refusal;
  /** What to do next */
  readonly hint: string;

  /** `detail`: what of it, as a sentence */
  constructor(refusal: Refusal, detail = '') {
    const [message, hint] = told[refusal];
    super(`${message}${detail}`);
    this.refusal = refusal;
    this.hint = hint;
  }
}

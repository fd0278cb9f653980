/** How a program is made to write a PDF that can be merged; names of menus are those of the Japanese versions. */
export interface Export {
  /** Programs by name, each with what tells it in the names that a PDF gives of its makers (Creator, Producer). */
  programs: Readonly<Record<string, RegExp>>;
  /** From the menu to the file. */
  way: string;
  /** What else there is to know. */
  note: string;
}

const printer = 'PDF プリンター(Microsoft Print to PDF、Adobe PDF、CubePDF、DocuWorks など)';

/** Programs in which something is written come before those through which it only passes. */
export const annexExports: readonly Export[] = [
  {
    programs: { Word: /\bWord\b/, Excel: /\bExcel\b/, PowerPoint: /\bPowerPoint\b/ },
    way: '「ファイル」→「名前を付けて保存」(または「エクスポート」)→ 種類「PDF」→「オプション」で「アクセシビリティ用のドキュメント構造タグ」と「PDF/A 準拠」(版により「ISO 19005-1 に準拠 (PDF/A)」)に印を付け、パスワードの印は外して保存します。',
    note: '先に、見出しには「見出し 1」などのスタイルを、図には右クリックで代替テキストを付けておきます(「校閲」→「アクセシビリティチェック」で確かめられます)。印刷(Microsoft Print to PDF など)ではタグが付きません。Mac では「電子配布とアクセシビリティに最適」を選びます。',
  },
  {
    programs: { LibreOffice: /LibreOffice|OpenOffice|Collabora/ },
    way: '「ファイル」→「エクスポート」→「PDF としてエクスポート」→「全般」で「アーカイブ (PDF/A, ISO 19005)」と「ユニバーサルアクセシビリティ (PDF/UA)」に印を付け、「エクスポート」します。',
    note: '古い版に PDF/UA がなければ「タグ付き PDF」に印を付けます。図には、先に右クリックで代替テキストを付けておきます。',
  },
  {
    programs: { 一太郎: /一太郎|ichitaro|JUST ?PDF|JUSTSYSTEM/i },
    way: '「ファイル」メニューの PDF の保存(「他形式の保存/開く」→「PDF保存」など)で、フォントを埋め込み、セキュリティを設定せずに保存します。',
    note: 'タグが付かないときは、代替テキストを書くか、Word の形式で保存して Word か LibreOffice から書き出します。',
  },
  {
    programs: { InDesign: /InDesign/ },
    way: '「ファイル」→「書き出し」→「Adobe PDF(プリント)」→ プリセット「PDF/X-4」を選び、「一般」の「タグ付き PDF を作成」に印を付けて書き出します。',
    note: '図の代替テキストは「オブジェクト」→「オブジェクト書き出しオプション」で、見出しのタグは段落スタイルの「タグを書き出し」で付けます。',
  },
  {
    programs: { Illustrator: /Illustrator/ },
    way: '「ファイル」→「別名で保存」(または「コピーを保存」)→「Adobe PDF」→ プリセット「PDF/X-4」を選んで保存します。',
    note: 'タグは付かないので、代替テキストを書きます。埋め込めない書体は「書式」→「アウトラインを作成」で図形にします。',
  },
  {
    programs: { Chrome: /Skia\/PDF|\bChrom(?:e|ium)\b/, Edge: /\bEdge?\b/ },
    way: '「印刷」→ 送信先「PDF に保存」(Edge は「PDF として保存」)で保存します。',
    note: '「Microsoft Print to PDF」など、ほかの送信先ではタグが付きません。',
  },
  {
    programs: {
      [printer]: /PScript5|Print To PDF|Distiller|Ghostscript|CubePDF|PDFCreator|DocuWorks|Quartz PDFContext/i,
    },
    way: '印刷ではタグが付きません。元の文書を作ったソフト(Word など)から、印刷ではなく、そのソフトの書き出し方で書き出します。',
    note: '元の文書がないときは、書体をすべて埋め込む設定で印刷し直し、代替テキストを書きます。',
  },
  {
    programs: {
      '複合機、スキャナー':
        /\bscan|ScanSnap|RICOH|KONICA|bizhub|Canon|Xerox|Apeos|DocuCentre|\bSHARP\b|e-STUDIO|KYOCERA|TASKalfa|\bBrother\b|\bOKI\b/i,
    },
    way: 'ファイル形式「PDF/A」(なければ、暗号化しない「PDF」)で読み取ります。文字の検索もしたければ「サーチャブル PDF」(OCR)にします。',
    note: 'タグは付かないので、代替テキストを書きます。元の文書があるなら、それを作ったソフトから書き出すと、文のまま読み上げられます。',
  },
  {
    programs: { Acrobat: /Acrobat|Adobe PDF Library/i },
    way: '「すべてのツール」→「アクセシビリティを準備」で自動タグ付けをしたあと、「ファイル」→「その他の形式で保存」→「アーカイブ可能な PDF (PDF/A)」で保存します。',
    note: '元の文書があるなら、それを作ったソフトから書き出すほうが確かです。パスワードや制限は「ファイル」→「文書のプロパティ」→「セキュリティ」で「セキュリティなし」にします。',
  },
];

/** What most people need of it, in a message of one line. */
export const exportInShort =
  'Word、Excel、PowerPoint は保存の「オプション」で「ドキュメント構造タグ」と「PDF/A」に、LibreOffice は「PDF/A」と「PDF/UA」に印を付けます';

/** The first way out that fits the names that a PDF gives of its makers, with the program's name. */
export function exportOf(names: readonly string[]): (Omit<Export, 'programs'> & { program: string }) | undefined {
  for (const { programs, ...rest } of annexExports)
    for (const [program, made] of Object.entries(programs))
      if (names.some((name) => made.test(name))) return { program, ...rest };
  return undefined;
}

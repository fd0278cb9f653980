/** What is put right in an annex without a change of what is seen or read, as `annex` tells it. */
export const annexMends = {
  'content-marks': 'タグのない罫線や背景などに、読み上げない飾り(Artifact)の印を付けます',
  'heading-levels': '飛んだ見出しの段(見出し1の次が見出し3、など)を詰めます',
  'header-scopes': '表の見出しに、列と行のどちらの見出しかを書きます',
  'table-grid': '表の升目がそろわないところに空の升目を足し、はみ出す結合を縮めます',
  'list-and-table-parts': '箇条書きや表のタグの入れ子を、規格のとおりに包み直します',
  'mark-info': 'タグ付きの印(MarkInfo)がなくても、タグがすべての文字と図にあるので、タグ付きとして読みます',
  'tag-holes': 'タグの一覧の壊れたところを飛ばします(すべての文字と図は、ほかのタグにあります)',
  'font-programs': '書体の字幅や符号の書き方を、埋め込まれた書体そのものに合わせます',
  'unseen-fonts': '空白や見えない文字だけに使われ、埋め込まれていない書体に、何も描かない書体を埋め込みます',
  'text-maps': '文字の対応表(ToUnicode)を書き足し、読み上げと検索ができるようにします',
  'colour-profiles': '壊れたカラープロファイルを外し、閲覧ソフトが代わりに使う色にします',
  colorants: '混ぜた特色(DeviceN)に、それぞれの色の説明を書きます',
  jpeg2000: 'JPEG 2000 の画像の、色や階調の説明を書き直します(画像は変わりません)',
  nesting: '何もしない、深い入れ子(q と Q)を外します',
  operands: '規格の上限を超える数、名前、文字列と、行中の画像の書き方を直します',
  operators: '閲覧ソフトが読み飛ばす、規格にない命令を外します',
  'private-entries': '表示に要らない記録(メタデータ、作成ソフトのデータなど)を外します',
  'stream-filters': 'データの圧縮を、規格にあるとおりに改めます(データは変わりません)',
} as const;

export type MendCode = keyof typeof annexMends;

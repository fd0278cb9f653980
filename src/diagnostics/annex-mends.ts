/** What is put right in an annex without a change of what is seen or read, as `annex` tells it. */
export const annexMends = {
  'content-marks': '印のない飾りや、タグの一覧にない印を、読み上げない飾り(Artifact)にします',
  'heading-levels': '飛んだ見出しの段を詰めます',
  'header-scopes': '表の見出しに、どちらの向きの見出しかを書きます',
  'table-grid': '表の升目がそろわないところに空の升目を足し、はみ出す結合を縮めます',
  'mark-info': 'タグ付きと記されていなくても、タグがすべての文字と図にあるので、タグ付きとして読みます',
  'tag-holes': 'タグの一覧の壊れたところを飛ばします(すべての文字と図は、ほかのタグにあります)',
  'list-and-table-parts': '一覧や表の中の並びを、規格のとおりに包み直します',
  'font-programs': '書体の字幅や符号化の書き方を、埋め込まれた書体に合わせます',
  'font-substitutes': '埋め込まれていない書体を、字幅の同じ書体で置き換えて埋め込みます',
  'text-maps': '文字の対応表(ToUnicode)を書き足します',
} as const;

export type MendCode = keyof typeof annexMends;

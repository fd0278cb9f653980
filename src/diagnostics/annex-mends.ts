/** What is put right in an annex without a change of what is seen or read, as `annex` tells it. */
export const annexMends = {
  'content-marks': '印のない飾りや、タグの一覧にない印を、読み上げない飾り(Artifact)にします',
  'heading-levels': '飛んだ見出しの段を詰めます',
  'header-scopes': '表の見出しに、どちらの向きの見出しかを書きます',
  'list-and-table-parts': '一覧や表の中の並びを、規格のとおりに包み直します',
  'font-programs': '書体の字幅や符号化の書き方を、埋め込まれた書体に合わせます',
  'unseen-fonts': '空白や見えない文字だけに使われ、埋め込まれていない書体に、何も描かない書体を埋め込みます',
  'text-maps': '文字の対応表(ToUnicode)を書き足します',
} as const;

export type MendCode = keyof typeof annexMends;

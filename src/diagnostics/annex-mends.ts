/** What is put right in an annex without a change of what is seen or read, as `annex` tells it. */
export const annexMends = {
  'content-marks': '印のない飾りや、タグの一覧にない印を、読み上げない飾り(Artifact)にします',
  'colour-profiles': '壊れたカラープロファイルを外し、閲覧ソフトが代わりに使う色にします',
  colorants: '混ぜた特色(DeviceN)に、それぞれの色の説明を書きます',
  'heading-levels': '飛んだ見出しの段を詰めます',
  'header-scopes': '表の見出しに、どちらの向きの見出しかを書きます',
  jpeg2000: 'JPEG 2000 の画像の、色や階調の説明を書き直します(画像は変わりません)',
  'list-and-table-parts': '一覧や表の中の並びを、規格のとおりに包み直します',
  nesting: '何もしない、深い入れ子(q と Q)を外します',
  operands: '規格の上限を超える数、名前、文字列と、行中の画像の書き方を直します',
  operators: '閲覧ソフトが読み飛ばす、規格にない命令を外します',
  'private-entries': '表示に要らない記録(メタデータ、作成ソフトのデータなど)を外します',
  'stream-filters': '古い圧縮(LZW)を、規格にある圧縮に改めます',
  'text-maps': '文字の対応表(ToUnicode)を書き足します',
} as const;

export type MendCode = keyof typeof annexMends;

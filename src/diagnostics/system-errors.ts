const close = 'PDF をほかのソフトで開いていれば閉じ、読み書きの権限を確かめてください。';
const link = 'リンクのつながりを直すか、別の場所を指定してください。';
const room = '要らないファイルを消すか、別の場所を指定してください。';
const network = 'ネットワークのつながりを確かめてから、もう一度実行してください。';
const again = '少し待ってから、もう一度実行してください。';
const many = 'ほかのプログラムを終えるか、上限(ulimit -n)を上げてから、もう一度実行してください。';

/** What the commoner codes mean, and what to do next. */
const known: Readonly<Record<string, readonly [meaning: string, advice: string]>> = {
  EACCES: ['権限がありません', close],
  EPERM: ['許されていない操作です', close],
  EBUSY: ['ほかのプログラムが使っています', close],
  ETXTBSY: ['実行中のプログラムです', 'そのプログラムを終えてから、もう一度実行してください。'],
  ENOENT: ['ファイルかフォルダがありません', '場所と名前を確かめてください。'],
  EEXIST: ['同じ名前のものがすでにあります', '同じ名前のファイルやリンクを消すか移してください。'],
  ENOTDIR: ['フォルダがあるべき所にファイルがあります', '同じ名前のファイルを消すか移してください。'],
  EISDIR: ['ファイルがあるべき所にフォルダがあります', '同じ名前のフォルダを消すか移してください。'],
  ENOTEMPTY: ['フォルダが空ではありません', '中のファイルを移してください。'],
  ENOSPC: ['空き容量がありません', room],
  EDQUOT: ['割り当てられた容量を使い切りました', room],
  EFBIG: ['ファイルの大きさの上限を超えます', '上限(ulimit -f)を確かめるか、別の場所を指定してください。'],
  EROFS: ['読み取り専用の場所です', '書き込める場所を --out などで指定してください。'],
  EIO: ['装置の読み書きに失敗しました', '装置やネットワークのつながりを確かめ、別の場所でも試してください。'],
  ENAMETOOLONG: ['名前が長すぎます', '名前を短くしてください。'],
  ELOOP: ['リンクが堂々めぐりしています', link],
  EXDEV: ['別の装置にまたがっています', link],
  EMLINK: ['リンクが多すぎます', link],
  EMFILE: ['一度に開けるファイルの数を超えました', many],
  ENFILE: ['一度に開けるファイルの数を超えました', many],
  ENOMEM: ['メモリが足りません', 'ほかのプログラムを終えてから、もう一度実行してください。'],
  EAGAIN: ['いまは使えません', again],
  ENODEV: ['装置がありません', '装置のつながりを確かめてください。'],
  ENXIO: ['装置がありません', '装置のつながりを確かめてください。'],
  ESTALE: ['ネットワーク上のファイルが失われました', network],
  ETIMEDOUT: ['時間内に答えがありません', network],
  EHOSTDOWN: ['相手の機械が動いていません', network],
  EINVAL: ['この場所では使えない名前か操作です', '別の名前か場所を指定してください。'],
  EILSEQ: ['この場所では使えない文字が名前にあります', '別の名前か場所を指定してください。'],
  ENOTSUP: ['この場所ではできない操作です', '別の場所を指定してください。'],
  ENOSYS: ['この場所ではできない操作です', '別の場所を指定してください。'],
};

/** "ENOSPC: 空き容量がありません"; a code that is not known stands alone. */
export function codeWithMeaning(code: string): string {
  const [meaning] = known[code] ?? [];
  return meaning === undefined ? code : `${code}: ${meaning}`;
}

/** What to do next. */
export const adviceFor = (code: string): string =>
  known[code]?.[1] ?? '権限、空き容量、装置やネットワークのつながりを確かめてください。';

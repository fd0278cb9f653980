import type { Provenance } from '../assemble/provenance.ts';
import type { ReadBack } from '../assemble/read-back.ts';
import type { CheckedContent } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { JsonChange } from '../exchange/json-changes.ts';
import { visible } from '../model/visible.ts';

export interface Verification {
  content: CheckedContent;
  /** Why the content cannot be built; then nothing is compared. */
  errors: Diagnostic[];
  /** What the PDF tells of itself. */
  provenance: Provenance;
  /** Why the commit of the content is not known, though there is a repository. */
  commitProblem?: string;
  /** Entries in which PDF and content differ; the commit among them alone is no difference of the content. */
  differences: { name: keyof Provenance; pdf: string; content: string }[];
  /** Where the content differs and the PDF carries its own as JSON. */
  changes?: JsonChange[];
  /** How its bytes compare with those of a build now; absent where what it is made of differs already. */
  bytes?: 'same' | 'appended' | 'cut' | 'altered';
  /** Bytes after or missing at the end of the build's. */
  count?: number;
}
export type Unreadable = Extract<ReadBack, { problem: string }>;

const labels: Record<keyof Provenance, string> = {
  plan: '計画名',
  title: '書名',
  revised: '改定',
  parts: '構成',
  measures: '収めた取組',
  commit: '内容のコミット',
  content: '内容の SHA-256',
  annexes: '別冊の SHA-256',
  fonts: 'フォントの SHA-256',
  tool: '道具',
};

const problems: Record<Unreadable['problem'], string> = {
  'no-pdf': 'は PDF ではありません。施策集の PDF を指定してください。',
  cut: 'は途中で切れているため読めません。もう一度受け取るか、作り直してください。',
  encrypted: 'は暗号化されていて読めません。パスワードなどで保護する前の PDF を指定してください。',
  broken:
    'は shisakushu が作った PDF のようですが、作ったときの記録が壊れているか欠けています。配布元からもう一度受け取ってください。',
  foreign:
    'には shisakushu が作ったという記録がありません。ほかの道具が作った PDF か、保存し直されて記録が消えた PDF です。',
};

/** Differences told one by one; more are counted. */
const most = 40;

/** What `verify` says, and its exit status: 0 the build of this content, 1 not, 2 not to be told. */
export function verificationReport(
  file: string,
  folder: string,
  result: Verification | Unreadable,
): { text: string; status: 0 | 1 | 2 } {
  if ('problem' in result) return { text: visible(`${file} ${problems[result.problem]}`), status: 2 };
  const { provenance, errors } = result;
  const facts = (Object.keys(labels) as (keyof Provenance)[])
    .filter((name) => provenance[name] !== undefined)
    .map((name) => `  ${labels[name]}: ${provenance[name]}`);
  const made = ['PDF に書かれている記録:', ...facts];
  if (errors.length > 0)
    return {
      text: textOf([
        `${folder} には誤りがあり、PDF を作れません。誤りを直してから、もう一度確かめてください。`,
        '',
        ...made,
      ]),
      status: 1,
    };
  const { same, lines } = judged(file, folder, result);
  return { text: textOf([...lines, '', ...made]), status: same ? 0 : 1 };
}

/** What a PDF says of itself comes from anywhere. */
const textOf = (lines: readonly string[]): string => lines.map(visible).join('\n');

function judged(file: string, folder: string, result: Verification): { same: boolean; lines: string[] } {
  const { differences, changes, bytes, count, commitProblem } = result;
  const commit = differences.filter(({ name }) => name === 'commit');
  const real = differences.filter(({ name }) => name !== 'commit');
  const told = (found: typeof differences) =>
    found.flatMap(({ name, pdf, content }) => [
      `  ${labels[name]}`,
      `    PDF: ${pdf || '(記録なし)'}`,
      `    ${folder}: ${content || (name === 'commit' && commitProblem) || '(なし)'}`,
    ]);
  if (real.length > 0) {
    const contentDiffers = real.some(({ name }) => name === 'content');
    return {
      same: false,
      lines: [
        contentDiffers
          ? `${file} は、${folder} の今の内容から作った PDF ではありません。違うところ:`
          : `${file} の内容は ${folder} と同じですが、次が違います。1バイトまで同じかは確かめられません。`,
        ...told(differences),
        ...(contentDiffers ? changeLines(changes) : []),
      ],
    };
  }
  const note =
    commit.length > 0
      ? ['内容は同じですが、コミットは違います(注釈の書き換えや、コミットしていない変更など):', ...told(commit)]
      : [];
  const verdicts: Record<NonNullable<Verification['bytes']>, string> = {
    same: `${file} は、${folder} の内容から作ったままの PDF です(1バイトまで同じです)。`,
    appended: `${file} は ${folder} の内容から作った PDF ですが、作ったあとに ${count} バイトが書き足されています(電子署名、注釈、しおりなど)。`,
    cut: `${file} は ${folder} の内容から作った PDF ですが、終わりの ${count} バイトが欠けています。もう一度受け取るか、作り直してください。`,
    altered: `${file} は ${folder} の内容から作ったと記録されていますが、中身が違います。作ったあとに変えられたか(別の道具で保存し直しただけの場合も)、同じ版番号の道具の中身が違います。`,
  };
  return { same: bytes === 'same', lines: [...(bytes ? [verdicts[bytes]] : []), ...note] };
}

function changeLines(changes: readonly JsonChange[] | undefined): string[] {
  if (!changes) return ['  どの取組が違うかは、この PDF からはわかりません(データが添付されていないか、読めません)。'];
  const lines = changes.map(({ measure, path, ...values }) => {
    const place = [measure, path.join(' › ')].filter((part) => part).join(' ');
    if (!('after' in values)) return `  ${place}: PDF にだけあります(${shown(values.before)})`;
    if (!('before' in values)) return `  ${place}: 内容にだけあります(${shown(values.after)})`;
    const [before, after] = shortened(shown(values.before), shown(values.after));
    return `  ${place}: PDF は ${before}、内容は ${after}`;
  });
  const rest = lines.length - most;
  return [
    '',
    `データの違い(${lines.length} か所):`,
    ...lines.slice(0, most),
    ...(rest > 0 ? [`  ほか ${rest} か所`] : []),
  ];
}

const shown = (value: unknown): string =>
  value === null ? '空欄' : `「${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\n', ' ')}」`;

/** Long texts from a little before the first sign that differs. */
function shortened(before: string, after: string): [string, string] {
  const [a, b] = [[...before], [...after]];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const from = Math.max(0, same - 8);
  const part = (signs: string[]) =>
    (from > 1 ? '「…' : signs.slice(0, from).join('')) +
    signs.slice(from, from + 40).join('') +
    (signs.length > from + 40 ? '…」' : '');
  return [part(a), part(b)];
}

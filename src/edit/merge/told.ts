import type { Conflict, Why } from './conflict.ts';

/** What git calls the two sides, where it says so: a branch, a commit. */
export interface Labels {
  ours?: string;
  theirs?: string;
}

const reasons: Readonly<Record<Why, string>> = {
  changed: '両方が違う値に変えています。',
  new: '両方が新しく作ったファイルで、値が違います。',
  added: '元にはなく、両方が違う値を入れています。',
  removed: '一方が消し、もう一方が変えています。',
  renumbered: '一方が番号を変え、もう一方が中身を変えています。番号はファイルの名前と同じにします。',
  reprint: '一方が再掲に変えたか再掲をやめ、もう一方が中身を変えています。',
  replaced:
    '一方ではこの番号が別の取組になり、もう一方は元の取組を変えています。変更は、元の取組のいまの番号のファイルに書きます。',
};

/** What a person is told of the conflicts of a file, and what to do: lines. */
export function conflictLines(file: string, conflicts: readonly Conflict[], { ours, theirs }: Labels): string[] {
  const named = (name: string, label: string | undefined) => (label ? `${name}(${label})` : name);
  const path = /^[\w./-]+$/.test(file) ? file : `"${file.replaceAll(/["\\$`]/g, '\\$&')}"`;
  const whole = conflicts.some(({ why }) => why === 'new' || why === 'reprint' || why === 'replaced');
  return [
    `${file}: ${conflicts.length} か所で、2人の変更が合いません。${whole ? 'このファイルは「こちら」のままです。' : 'ほかの変更は合わせました。'}`,
    ...conflicts.flatMap(({ field, year, why, ...values }) => [
      `  ${year === undefined ? '' : `${year} `}${field}: ${reasons[why]}`,
      ...valueLines('元', values.base),
      ...valueLines(named('こちら', ours), values.ours),
      ...valueLines(named('あちら', theirs), values.theirs),
    ]),
    `  → いまファイルにあるのは「こちら」です。残す値に書き直し(両方要るなら合わせて書き)、git add ${path} と git commit を実行してください(rebase の途中なら git commit ではなく git rebase --continue)。`,
    `  → ファイルを丸ごと「あちら」にするには git checkout --theirs -- ${path}、合わせ直してこの説明をもう一度見るには git checkout --merge -- ${path} を実行します(どちらも、その後の手直しは消えます)。`,
    ...(ours || theirs
      ? []
      : [
          '  (「こちら」は git が HEAD とする側です。merge では自分のブランチ、rebase では移る先のブランチで、自分の変更は「あちら」です。)',
        ]),
  ];
}

function valueLines(name: string, value: unknown): string[] {
  const lines = shown(value).split('\n');
  return lines.length === 1 ? [`    ${name}: ${lines[0]}`] : [`    ${name}:`, ...lines.map((line) => `      ${line}`)];
}

/** As a file has it, in one line; a text in its own. */
function shown(value: unknown): string {
  if (value === undefined) return '(なし)';
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return '{}';
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${shown(inner)}`)
      .join(', ')} }`;
  return String(value);
}

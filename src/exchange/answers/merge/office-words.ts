import type { Code, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { sentences } from '../../../diagnostics/report.ts';

/** What to do next where that is another thing in a workbook than in YAML. */
const hints: Partial<Record<Code, (diagnostic: Diagnostic) => string>> = {
  'missing-key': () => 'この欄は空欄にできません。値を書いてください。',
  'empty-value': () => '値を書いてください。',
  'unknown-mark': (d) =>
    `記号を1つだけ一覧から選ぶか、空欄にしてください${d.nearest === undefined ? '' : `(「${d.nearest}」の間違いではありませんか)`}。文は「内容」に書きます。`,
  'not-an-amount': () =>
    '千円単位の整数だけを書いてください(例: 1914)。額がない年度は — と書き、決まっていなければ空欄にします。',
  'unknown-section': (d) => unknownName(d, '課'),
  'unknown-department': (d) => unknownName(d, '局・部'),
  'section-elsewhere': (d) =>
    `いまの組織では「${d.nearest ?? ''}」の課です。担当局・部か担当課のどちらかを直してください。`,
  'unknown-plan': (d) => `この版の関連計画は ${d.expected ?? ''} です。この行は空欄にしてください。`,
  'duplicate-value': () => 'どちらか一方を空欄にしてください。',
  'wrong-type': () => '欄の説明にある形で書いてください。',
  'budget-form': () => '内訳の区分(課の名前)と額を、1行ずつ書いてください。',
  'text-too-wide': () => '切れ目のない長い語や数字を短くするか、セルの中で改行してください(Alt + Enter)。',
};

const unknownName = ({ nearest }: Diagnostic, kind: string) =>
  `${nearest === undefined ? '' : `「${nearest}」の間違いではありませんか。`}一覧にある名前を書いてください。新しい${kind}なら、とりまとめの担当が先に organization.yaml に足します。`;

/** The sentences of the check, as whoever fills in a workbook understands them. */
export function officeWords(diagnostic: Diagnostic): { message: string; hint: string } {
  // Nobody mends a workbook by a command.
  const { fix: _, ...plain } = asOfMeasure(diagnostic);
  const { message, hint } = sentences(plain);
  const { code, subject } = plain;
  return {
    message: code === 'missing-key' ? `「${subject ?? ''}」が空欄です。` : message,
    hint: hints[code]?.(plain) ?? hint,
  };
}

/** A name that is not given, which the check tells where names are given, as what it is where it was written. */
function asOfMeasure(diagnostic: Diagnostic): Diagnostic {
  const { code, subject = '' } = diagnostic;
  const unknown = code === 'name-not-given' ? unknownNames[subject] : undefined;
  if (!unknown) return diagnostic;
  const { nearest: _, expected: __, ...rest } = diagnostic;
  return { ...rest, code: unknown };
}

const unknownNames: Readonly<Record<string, Code>> = { 課: 'unknown-section', '局・部': 'unknown-department' };

import { atStart, type Diagnostic, type Position } from '../../diagnostics/diagnostic.ts';
import type { ContentSource } from './source.ts';

/** Bytes; a measure is about 2 kB. */
const largest = 256 * 1024;

export interface TextFile {
  /** As diagnostics name it. */
  file: string;
  /** Line ends are \n; undefined when there is no text to check. */
  text?: string;
  diagnostics: Diagnostic[];
}

/** The text of one file of `source`, or why there is none. */
export function readText(source: ContentSource, path: string): TextFile {
  const file = `${source.root}/${path}`;
  const diagnostics: Diagnostic[] = [];
  const report = (code: Diagnostic['code'], more: Partial<Diagnostic> = {}): TextFile => {
    diagnostics.push({ code, severity: 'error', file, ...atStart, ...more });
    return { file, diagnostics };
  };
  const entry = source.entries.get(path);
  if (!entry) return report('file-missing', { subject: path });
  if (entry.kind !== 'file') {
    return report('not-a-file', {
      actual: { folder: 'フォルダ', link: 'リンク', other: '特殊なファイル' }[entry.kind],
    });
  }
  const tooLarge = (size: number) =>
    report('file-too-large', { actual: `${Math.ceil(size / 1024)} kB`, expected: `${largest / 1024} kB` });
  let bytes: Uint8Array;
  try {
    // Before it is read: a file of some GB would be read for minutes, or not at all.
    const size = entry.size?.() ?? 0;
    if (size > largest) return tooLarge(size);
    bytes = entry.read();
  } catch (error) {
    return report('file-unreadable', { actual: (error as NodeJS.ErrnoException).code ?? '不明' });
  }
  if (bytes.length > largest) return tooLarge(bytes.length);
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return report('not-utf8', { ...firstInvalid(bytes), ...(utf16 ? { actual: 'UTF-16' } : otherEncoding(bytes)) });
  }
  if (text.startsWith('\ufeff')) {
    report('byte-order-mark');
    text = text.slice(1);
  }
  text = text.replaceAll('\r\n', '\n');
  if (!/^[^\s#]/m.test(text.replaceAll(/^[ \t]+/gm, ''))) return report('empty-file');
  return { file, text, diagnostics };
}

function firstInvalid(bytes: Uint8Array): { start: Position; end: Position } {
  const before = new TextDecoder('utf-8').decode(bytes).split('\ufffd', 1)[0] ?? '';
  const lines = before.split('\n');
  const start = { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
  return { start, end: { ...start, column: start.column + 1 } };
}

function otherEncoding(bytes: Uint8Array): { actual?: string } {
  for (const [label, name] of [
    ['shift_jis', 'Shift_JIS'],
    ['euc-jp', 'EUC-JP'],
  ] as const) {
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes);
      return { actual: name };
    } catch {}
  }
  return {};
}

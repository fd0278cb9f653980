import { atStart, type Diagnostic, type Position } from '../../diagnostics/diagnostic.ts';
import { positionsIn } from '../yaml/positions.ts';
import { parseYaml } from '../yaml/yaml-file.ts';
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
  const isWide = isUtf16(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const found = isWide ? { actual: 'UTF-16' } : { ...firstInvalid(bytes), ...otherEncoding(bytes) };
    return report('not-utf8', found);
  }
  if (isWide) return report('not-utf8', { actual: 'UTF-16' });
  // Editors on Windows write U+FEFF in front of a text; it is no part of it.
  text = text.replace(/^\ufeff+/, '').replaceAll('\r\n', '\n');
  if (text.includes('\r')) {
    const at = text.indexOf('\r');
    const start = positionsIn(text)(at);
    const isEveryLine = text.split('\n').every((line, index, all) => line.endsWith('\r') || index === all.length - 1);
    const form = !text.includes('\n') ? 'CR' : isEveryLine ? 'CR CR LF' : undefined;
    const ended = text.replaceAll(/\r+\n?/g, '\n');
    report('line-ends', {
      ...{ start, end: { ...start, column: start.column + 1 } },
      ...{ actual: form ?? '文字の間の CR' },
      ...(form !== undefined || isWellWritten(file, ended) ? { fix: { lineEnds: true } } : {}),
    });
    // What else is wrong can be told only where it is plain which of them end a line.
    if (form === undefined) return { file, diagnostics };
    text = ended;
  }
  if (!/^[ \t]*[^\s#]/m.test(text)) return report('empty-file');
  return { file, text, diagnostics };
}

/** Whether each line of a text is one of YAML: then a CR within them has ended a line. */
const isWellWritten = (file: string, text: string): boolean =>
  parseYaml(file, text).diagnostics.every(({ code }) => !code.startsWith('yaml-'));

/** By its mark; or without one by its line ends and spaces, every other byte of which is 0. */
function isUtf16(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  const beginning = bytes.subarray(0, 1024);
  if (!beginning.includes(0)) return false;
  const zeros = [0, 1].map((side) => beginning.filter((byte, index) => byte === 0 && index % 2 === side).length);
  return Math.max(...zeros) > 3 && Math.min(...zeros) === 0;
}

function firstInvalid(bytes: Uint8Array): { start: Position; end: Position } {
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = positionsIn(text)(text.indexOf('\ufffd'));
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

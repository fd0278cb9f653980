// What a file is, by its bytes alone: names lie.

import { BookProblem, type Refusal } from './problem.ts';
import { type Archive, openArchive, unpack } from './zip.ts';

/** A first entry, no entry at all, or parts of a split file */
const zipStarts = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/** The entries of a workbook (.xlsx); a BookProblem for whatever else the bytes are. */
export function openBook(bytes: Uint8Array): Archive {
  if (!zipStarts.some((start) => startsWith(bytes, start))) throw new BookProblem(kindOf(bytes));
  const archive = openArchive(bytes);
  const kind = kindOfArchive(archive);
  if (kind !== undefined) throw new BookProblem(kind);
  return archive;
}

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
const startsWith = (bytes: Uint8Array, text: string) => latin(bytes, 0, text.length) === text;

/** undefined for a workbook */
function kindOfArchive(archive: Archive): Refusal | undefined {
  const has = (name: string) => archive.entries.has(name.toLowerCase());
  const names = [...archive.entries.keys()];
  if (has('[Content_Types].xml') || has('_rels/.rels')) {
    const types = textOf(archive, '[content_types].xml');
    if (has('xl/workbook.bin') || types.includes('sheet.binary.')) return 'binary';
    if (/sheet\.macroEnabled|template\.macroEnabled|addin\.macroEnabled/.test(types)) return 'macros';
    if (has('xl/vbaProject.bin')) return 'macros';
    if (types.includes('spreadsheetml') || has('xl/workbook.xml')) return undefined;
    if (types.includes('wordprocessingml') || has('word/document.xml')) return 'word';
    if (types.includes('presentationml') || has('ppt/presentation.xml')) return 'powerpoint';
  }
  const type = textOf(archive, 'mimetype');
  if (type.startsWith('application/vnd.oasis.opendocument.'))
    return type.includes('spreadsheet') ? 'ods' : type.includes('text') ? 'word' : 'unknown';
  if (has('index.zip') || names.some((name) => /^index\/.*\.iwa$/.test(name))) return 'numbers';
  if (names.length === 0) return 'empty';
  return names.some((name) => /\.xls[xm]?$/.test(name)) ? 'packed-workbook' : 'archive';
}

/** Of a small entry; as much of a large one as there is no need of. */
function textOf(archive: Archive, name: string): string {
  const entry = archive.entries.get(name);
  if (!entry || entry.unpacked > 1024 * 1024) return '';
  return new TextDecoder().decode(unpack(archive, entry));
}

const byStart: readonly [start: string, kind: Refusal][] = [
  ['{\\rtf', 'word'],
  ['Rar!', 'archive'],
  ['7z\xbc\xaf', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['\x09\x08\x10\x00', 'old'],
  ['\x09\x04\x06\x00', 'old'],
  ['\x09\x02\x06\x00', 'old'],
  ['\x09\x00\x04\x00', 'old'],
  ['\x09\x00\x06\x00', 'old'],
];

/** Of what is no ZIP */
function kindOf(bytes: Uint8Array): Refusal {
  if (bytes.every((byte) => byte === 0)) return 'empty';
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return kindOfCompound(bytes);
  const known = byStart.find(([start]) => startsWith(bytes, start));
  if (known) return known[1];
  if (latin(bytes, 0, 1024).includes('%PDF-')) return 'pdf';
  const text = startOfText(bytes);
  return text === undefined ? 'unknown' : kindOfText(text);
}

/** Names of the streams in an OLE file: entries of 128 bytes, each with a name in UTF-16, its length and its type. */
function kindOfCompound(bytes: Uint8Array): Refusal {
  const names = new Set<string>();
  for (let at = 512; at + 128 <= bytes.length; at += 128) {
    const length = (bytes[at + 64] ?? 0) + 256 * (bytes[at + 65] ?? 0);
    const type = bytes[at + 66] ?? 0;
    if (length < 4 || length > 64 || length % 2 === 1 || (type !== 1 && type !== 2)) continue;
    const name = Buffer.from(bytes.subarray(at, at + length - 2)).toString('utf16le');
    if (/^\p{Cc}?[A-Za-z0-9 ]+$/u.test(name)) names.add(name);
  }
  const streams: readonly [string, Refusal][] = [
    ['EncryptedPackage', 'locked'],
    ['Workbook', 'old'],
    ['Book', 'old'],
    ['WordDocument', 'word'],
    ['PowerPoint Document', 'powerpoint'],
  ];
  // Without its directory it is cut off.
  return streams.find(([name]) => names.has(name))?.[1] ?? (names.size === 0 ? 'cut' : 'unknown');
}

/** The first characters, where they are text at all: by its mark, or in UTF-8 or cp932. */
function startOfText(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 64 * 1024);
  const marked = startsWith(bytes, '\xff\xfe') ? 'utf-16le' : startsWith(bytes, '\xfe\xff') ? 'utf-16be' : undefined;
  for (const encoding of marked ? [marked] : ['utf-8', 'shift_jis', 'euc-jp'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(start, { stream: bytes.length > start.length });
      if (!/\p{Cc}/u.test(text.replaceAll(/[\t\r\n\f\v]/g, ''))) return text;
    } catch {
      // Another encoding, then
    }
  return undefined;
}

function kindOfText(text: string): Refusal {
  const start = text.trimStart().slice(0, 4096).toLowerCase();
  if (start === '') return 'empty';
  if (start.includes('urn:schemas-microsoft-com:office:spreadsheet') || start.includes('opendocument'))
    return 'old-xml';
  if (/^(?:<\?xml|<!doctype html|<!--|<(?:html|head|body|meta|table|style|div)\b|mime-version:)/.test(start))
    return 'html';
  if (start.startsWith('{') && start.includes('docs.google.com')) return 'google-link';
  return 'csv';
}

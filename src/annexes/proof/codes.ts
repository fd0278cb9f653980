import { type PDFDict, PDFRawStream } from '@cantoo/pdf-lib';
import { collectCodes } from '../content-stream.ts';
import { decoded, value } from '../file.ts';

/** How the strings of a composite font are told apart, and which CID each code is (ISO 32000-1, 9.7.5). */
export interface CodeMap {
  /** Codes of `length` bytes, from … to. */
  spaces: { length: number; from: number; to: number }[];
  cid(code: number): number;
}

/** Codes that one range may have: more is no map. */
const most = 65536;

/** An embedded CMap; undefined where it stands on another one. */
export function codeMapOf(font: PDFDict): CodeMap | undefined {
  const stream = value(font, 'Encoding');
  if (!(stream instanceof PDFRawStream) || value(stream.dict, 'UseCMap') !== undefined) return undefined;
  const text = Buffer.from(decoded(stream)).toString('latin1');
  if (/\busecmap\b/.test(text)) return undefined;
  const number = (hex: string) => Number.parseInt(hex.replaceAll(/\s/g, ''), 16) || 0;
  const cids = new Map<number, number>();
  for (const block of blocksOf(text, 'cidchar'))
    for (const [, code = '', cid] of block.matchAll(/<([^>]*)>\s*(\d+)/g)) cids.set(number(code), Number(cid));
  for (const block of blocksOf(text, 'cidrange'))
    for (const [, from = '', to = '', cid] of block.matchAll(/<([^>]*)>\s*<([^>]*)>\s*(\d+)/g)) {
      const [start, end] = [number(from), Math.min(number(to), number(from) + most)];
      for (let code = start; code <= end; code += 1) cids.set(code, Number(cid) + code - start);
    }
  const missing = blocksOf(text, 'notdefrange').flatMap((block) =>
    [...block.matchAll(/<([^>]*)>\s*<([^>]*)>\s*(\d+)/g)].map(([, from = '', to = '', cid]) => ({
      from: number(from),
      to: number(to),
      cid: Number(cid),
    })),
  );
  const spaces = blocksOf(text, 'codespacerange').flatMap((block) =>
    [...block.matchAll(/<([^>]*)>\s*<([^>]*)>/g)].map(([, from = '', to = '']) => ({
      length: Math.ceil(from.replaceAll(/\s/g, '').length / 2),
      from: number(from),
      to: number(to),
    })),
  );
  return {
    spaces,
    cid: (code) => cids.get(code) ?? missing.find(({ from, to }) => code >= from && code <= to)?.cid ?? 0,
  };
}

function blocksOf(text: string, kind: string): string[] {
  const [, ...blocks] = text.split(`begin${kind}`);
  return blocks.map((block) => block.split(`end${kind}`, 1)[0] as string);
}

/** The codes of strings as they are written in the content; what is in no space is code 0. */
export function codesIn(shown: Iterable<string>, { spaces }: CodeMap): Map<number, number> {
  const lengths = new Map<number, number>();
  const shortest = Math.max(1, Math.min(...spaces.map(({ length }) => length)));
  for (const operand of shown) {
    const bytes: number[] = [];
    collectCodes(operand, 1, { add: (byte) => bytes.push(byte) });
    for (let at = 0; at < bytes.length; ) {
      let [code, length] = [0, 0];
      let isWhole = false;
      while (!isWhole && length < 4 && at + length < bytes.length) {
        code = code * 256 + (bytes[at + length] as number);
        length += 1;
        isWhole = spaces.some((space) => fits(code, length, space));
      }
      if (!isWhole) [code, length] = [0, shortest];
      lengths.set(code, length);
      at += length;
    }
  }
  return lengths;
}

/** Every byte of a code lies between those of the ends of a space. */
function fits(code: number, length: number, space: CodeMap['spaces'][number]): boolean {
  if (space.length !== length) return false;
  for (let shift = 0; shift < length; shift += 1) {
    const byte = (number: number) => Math.floor(number / 256 ** shift) % 256;
    if (byte(code) < byte(space.from) || byte(code) > byte(space.to)) return false;
  }
  return true;
}

import { type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import { programOf } from './font.ts';
import type { Reading } from './reader.ts';

/** How the shown codes of a composite font lead to CIDs (ISO 32000-1, 9.7.5). */
export interface CodeMap {
  /** By code; 0 where it leads to none. */
  cids: ReadonlyMap<number, number>;
  /** First and last code of each range, in hexadecimal. */
  spaces: readonly (readonly [string, string])[];
  /** 1: vertical */
  mode: number;
  /** Whether it may stand as it is (ISO 19005-3, 6.2.11.3.1, 6.2.11.3.3). */
  isSound: boolean;
}

const identity: CodeMap['spaces'] = [['0000', 'ffff']];

/** Undefined where the map is one that has a name and is none of this program's knowledge. */
export function codesOf(font: PDFDict, use: FontUse, reading: Reading | undefined): CodeMap | undefined {
  const encoding = value(font, 'Encoding');
  if (!(encoding instanceof PDFRawStream)) {
    if (use.bytes !== 2) return undefined;
    const cids = new Map([...use.codes].map((code) => [code, code]));
    return { cids, spaces: identity, mode: nameOf(encoding) === 'Identity-V' ? 1 : 0, isSound: true };
  }
  if (!reading) return undefined;
  const text = Buffer.from(decoded(encoding, true)).toString('latin1');
  const used = nameOf(value(encoding.dict, 'UseCMap')) ?? /\/(\S+)\s+usecmap/.exec(text)?.[1];
  const isIdentity = used === 'Identity-H' || used === 'Identity-V';
  if ((used !== undefined && !isIdentity) || value(encoding.dict, 'UseCMap') instanceof PDFRawStream) return undefined;
  const spaces = rowsOf(text, 'codespacerange', 2).map(([from, to]) => [hexOf(from), hexOf(to)] as const);
  const ranges = [
    ...rowsOf(text, 'cidrange', 3).map(([from, to, cid]) => ({
      from: numberIn(from),
      to: numberIn(to),
      cid: Number(cid),
    })),
    ...rowsOf(text, 'cidchar', 2).map(([from, cid]) => ({
      from: numberIn(from),
      to: numberIn(from),
      cid: Number(cid),
    })),
  ];
  // What comes last counts.
  ranges.reverse();
  const cidOf = (code: number) => {
    const range = ranges.find(({ from, to }) => code >= from && code <= to);
    return range ? range.cid + code - range.from : isIdentity ? code : 0;
  };
  const codes = [...reading.glyphs.keys()];
  const inside = Number(/\/WMode\s+(\d)/.exec(text)?.[1] ?? 0);
  return {
    cids: new Map(codes.map((code) => [code, cidOf(code)])),
    spaces: spaces.length > 0 ? spaces : identity,
    mode: inside,
    isSound:
      spaces.length > 0 &&
      inside === (numberOf(value(encoding.dict, 'WMode')) ?? 0) &&
      isSameSystem(dictOf(value(programOf(font), 'CIDSystemInfo')), dictOf(value(encoding.dict, 'CIDSystemInfo'))),
  };
}

const isSameSystem = (font: PDFDict | undefined, map: PDFDict | undefined): boolean =>
  ['Registry', 'Ordering'].every((key) => {
    const text = stringOf(value(font, key));
    return text !== undefined && text === stringOf(value(map, key));
  }) && (numberOf(value(font, 'Supplement')) ?? 0) <= (numberOf(value(map, 'Supplement')) ?? 0);

/** The operands of all blocks of a kind, `count` in a row. */
function rowsOf(text: string, kind: string, count: number): [string, string, string][] {
  const [, ...blocks] = text.split(`begin${kind}`);
  return blocks.flatMap((block) => {
    const words = (block.split(`end${kind}`, 1)[0] as string).match(/<[^>]*>|\d+/g) ?? [];
    const rows: [string, string, string][] = [];
    for (let at = 0; at + count <= words.length; at += count)
      rows.push(words.slice(at, at + count) as unknown as [string, string, string]);
    return rows;
  });
}
const hexOf = (word: string) => word.replaceAll(/[^0-9A-Fa-f]/g, '').toLowerCase();
const numberIn = (word: string) => Number.parseInt(hexOf(word), 16);

/** A CMap of the font's own, of the shown codes (ISO 32000-1, 9.7.5.4). */
export function writeCodes(font: PDFDict, { spaces, mode }: CodeMap, cids: ReadonlyMap<number, number>): void {
  const { context } = font;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'))?.clone(context) ?? context.obj({});
  const text = (key: string) => (stringOf(value(system, key)) ?? '').replaceAll(/[^ -'*-[\]-~]/g, '');
  const name = `Codes-${mode === 1 ? 'V' : 'H'}`;
  const width = (code: number) =>
    spaces.find(([from, to]) => numberIn(from) <= code && code <= numberIn(to))?.[0].length ?? 4;
  const lines = [...cids].map(([code, cid]) => `<${code.toString(16).padStart(width(code), '0')}> ${cid}`);
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks.push(`${block.length} begincidchar\n${block.join('\n')}\nendcidchar`);
  }
  const supplement = numberOf(value(system, 'Supplement')) ?? 0;
  const map = [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    `/CIDSystemInfo 3 dict dup begin /Registry (${text('Registry')}) def /Ordering (${text('Ordering')}) def /Supplement ${supplement} def end def`,
    `/CMapName /${name} def /CMapType 1 def /WMode ${mode} def`,
    `${spaces.length} begincodespacerange`,
    ...spaces.map(([from, to]) => `<${from}> <${to}>`),
    'endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
  const stream = context.flateStream(map, { Type: 'CMap', CMapName: name, WMode: mode });
  stream.dict.set(PDFName.of('CIDSystemInfo'), system);
  font.set(PDFName.of('Encoding'), context.register(stream));
}

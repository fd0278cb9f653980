import type { FontUse } from '../content/usage.ts';
import { dictOf, nameOf, numberOf, stringOf, value } from '../source/file.ts';
import { type PDFDict, PDFName, PDFRawStream } from '../source/pdf.ts';
import { programOf } from './font.ts';
import type { Reading } from './reader.ts';
import { type CodeRange, codespaces } from './unicode-map.ts';

/** How the shown codes of a composite font lead to CIDs (ISO 32000-1, 9.7.5). */
export interface CodeMap {
  /** By code; 0 where it leads to none. */
  cids: ReadonlyMap<number, number>;
  codespace: readonly CodeRange[];
  isVertical: boolean;
  /** Whether it may stand as it is (ISO 19005-3, 6.2.11.3.1, 6.2.11.3.3). */
  isSound: boolean;
}

/** The CMaps that need not be embedded, without their direction, by collection and supplement (ISO 32000-1, Table 118). */
const predefined: [ordering: string, supplement: number, names: string][] = [
  ['GB1', 0, 'GB-EUC GBpc-EUC'],
  ['GB1', 2, 'GBK-EUC GBKp-EUC'],
  ['GB1', 4, 'GBK2K UniGB-UCS2 UniGB-UTF16'],
  ['CNS1', 0, 'B5pc ETen-B5 ETenms-B5 CNS-EUC'],
  ['CNS1', 3, 'HKscs-B5 UniCNS-UCS2'],
  ['CNS1', 4, 'UniCNS-UTF16'],
  ['Japan1', 1, '83pv-RKSJ 90pv-RKSJ Add-RKSJ EUC'],
  ['Japan1', 2, '90ms-RKSJ 90msp-RKSJ Ext-RKSJ'],
  ['Japan1', 4, 'UniJIS-UCS2 UniJIS-UCS2-HW'],
  ['Japan1', 5, 'UniJIS-UTF16'],
  ['Korea1', 0, 'KSC-EUC KSCpc-EUC'],
  ['Korea1', 1, 'KSCms-UHC KSCms-UHC-HW UniKS-UCS2'],
  ['Korea1', 2, 'UniKS-UTF16'],
];
/** The collections of their CIDs, all of Adobe. */
export const collections = new Map<string, { ordering: string; supplement: number }>();
for (const [ordering, supplement, names] of predefined)
  for (const name of names.split(' '))
    for (const direction of ['H', 'V']) collections.set(`${name}-${direction}`, { ordering, supplement });
for (const direction of ['H', 'V']) collections.set(direction, { ordering: 'Japan1', supplement: 1 });
for (const none of ['83pv-RKSJ-V', '90pv-RKSJ-V', 'KSCpc-EUC-V']) collections.delete(none);

/** Whether all readers know a CMap of that name (ISO 19005-3, 6.2.11.3.3). */
export const isPredefined = (name: string): boolean => collections.has(name) || /^Identity-[HV]$/.test(name);

/** Undefined where nobody has read it. */
export function codesOf(font: PDFDict, use: FontUse, reading: Reading | undefined): CodeMap | undefined {
  const encoding = value(font, 'Encoding');
  if (use.bytes === 2) {
    const cids = new Map([...use.codes].map((code) => [code, code]));
    return { cids, codespace: codespaces[2], isVertical: nameOf(encoding) === 'Identity-V', isSound: true };
  }
  if (!reading) return undefined;
  const { cids, codespace, isVertical } = reading;
  return { cids, codespace, isVertical, isSound: codespace.length > 0 && isSound(font, isVertical) };
}

function isSound(font: PDFDict, isVertical: boolean): boolean {
  const encoding = value(font, 'Encoding');
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'));
  const [registry, ordering] = ['Registry', 'Ordering'].map((key) => stringOf(value(system, key)));
  const supplement = numberOf(value(system, 'Supplement')) ?? 0;
  if (!(encoding instanceof PDFRawStream)) {
    const collection = collections.get(nameOf(encoding) ?? '');
    return registry === 'Adobe' && ordering === collection?.ordering && supplement <= (collection?.supplement ?? 0);
  }
  const own = dictOf(value(encoding.dict, 'CIDSystemInfo'));
  const used = value(encoding.dict, 'UseCMap');
  return (
    registry !== undefined &&
    ordering !== undefined &&
    registry === stringOf(value(own, 'Registry')) &&
    ordering === stringOf(value(own, 'Ordering')) &&
    supplement <= (numberOf(value(own, 'Supplement')) ?? 0) &&
    (numberOf(value(encoding.dict, 'WMode')) ?? 0) === (isVertical ? 1 : 0) &&
    (used === undefined || isPredefined(nameOf(used) ?? ''))
  );
}

/** A CMap of the font's own, of the shown codes (ISO 32000-1, 9.7.5.4). */
export function writeCodes(font: PDFDict, { codespace, isVertical }: CodeMap, cids: ReadonlyMap<number, number>): void {
  const { context } = font;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'))?.clone(context) ?? context.obj({});
  const text = (key: string) => (stringOf(value(system, key)) ?? '').replaceAll(/[^ -'*-[\]-~]/g, '');
  const mode = isVertical ? 1 : 0;
  const name = `Codes-${isVertical ? 'V' : 'H'}`;
  const hex = (code: number, bytes: number) => `<${code.toString(16).padStart(2 * bytes, '0')}>`;
  const bytesOf = (code: number) => codespace.find(({ first, last }) => code >= first && code <= last)?.bytes ?? 2;
  const ranges = codespace.length > 0 ? codespace : codespaces[2];
  const lines = [...cids].map(([code, cid]) => `${hex(code, bytesOf(code))} ${cid}`);
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
    `${ranges.length} begincodespacerange`,
    ...ranges.map(({ first, last, bytes }) => `${hex(first, bytes)} ${hex(last, bytes)}`),
    'endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
  const stream = context.flateStream(map, { Type: 'CMap', CMapName: name, WMode: mode });
  stream.dict.set(PDFName.of('CIDSystemInfo'), system);
  font.set(PDFName.of('Encoding'), context.register(stream));
}

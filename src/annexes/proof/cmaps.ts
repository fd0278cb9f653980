/** The predefined CMaps of PDF 1.7 by the collection of their CIDs and its supplement (ISO 32000-1, table 118); H and V after each. */
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
type Collection = readonly [registry: string | undefined, ordering: string | undefined, supplement: number];
const byName = new Map<string, Collection>(
  predefined.flatMap(([ordering, supplement, names]) =>
    names
      .split(' ')
      .flatMap((name) =>
        ['H', 'V'].map((way): [string, Collection] => [`${name}-${way}`, ['Adobe', ordering, supplement]]),
      ),
  ),
);
for (const way of ['H', 'V']) byName.set(way, ['Adobe', 'Japan1', 1]);
for (const without of ['83pv-RKSJ-V', '90pv-RKSJ-V', 'KSCpc-EUC-V']) byName.delete(without);

/** Whether all readers know the CMap (ISO 19005-3, 6.2.11.3.3). */
export const isPredefined = (name: string): boolean => byName.has(name) || /^Identity-[HV]$/.test(name);

/** Registry, ordering and supplement of a predefined CMap's CIDs. */
export const collectionOf = (name: string): Collection => byName.get(name) ?? [undefined, undefined, 0];

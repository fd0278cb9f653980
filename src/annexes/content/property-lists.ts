import { dictOf, numberOf, value } from '../source/file.ts';
import type { PDFDict } from '../source/pdf.ts';

const namedProperties = (name: string, resources: PDFDict | undefined) =>
  dictOf(value(dictOf(value(resources, 'Properties')), name.slice(1)));

/** Whether a property list, written in the content or named in the resources, has an ActualText. */
export const hasActualText = (properties: string, resources: PDFDict | undefined): boolean =>
  properties.startsWith('/')
    ? value(namedProperties(properties, resources), 'ActualText') !== undefined
    : /\/ActualText\b/.test(properties);

/** The MCID of a property list, written in the content or named in the resources. */
export function mcidOf(properties: string, resources: PDFDict | undefined): number | undefined {
  if (properties.startsWith('/')) return numberOf(value(namedProperties(properties, resources), 'MCID'));
  const written = /\/MCID\s+(\d+)/.exec(properties)?.[1];
  return written === undefined ? undefined : Number(written);
}

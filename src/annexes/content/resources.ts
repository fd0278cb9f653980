import { dictOf, raw, value } from '../source/file.ts';
import { PDFDict, PDFName, type PDFObject, PDFRef } from '../source/pdf.ts';

/** The resources of a form, a pattern or a font of glyphs; what has none gets its own (ISO 19005-3, 6.2.2). */
export function ownResources(dict: PDFDict, around: PDFDict | undefined): { own: PDFDict; isNew: boolean } {
  const found = dictOf(value(dict, 'Resources'));
  if (found) return { own: found, isNew: false };
  const own = dict.context.obj({});
  dict.set(PDFName.of('Resources'), own);
  for (const key of ['DefaultGray', 'DefaultRGB', 'DefaultCMYK'])
    if (around && dictOf(value(around, 'ColorSpace'))?.has(PDFName.of(key)))
      resourceOf(own, [around], 'ColorSpace', key);
  return { own, isNew: true };
}

/** What a name means: where its content's resources do not know it, what those around mean is written into them. */
export function resourceOf(
  resources: PDFDict,
  around: readonly PDFDict[],
  kind: string,
  key: string,
): PDFObject | undefined {
  const group = dictOf(value(resources, kind));
  const own = group && raw(group, key);
  if (own !== undefined || key === '') return own;
  for (const outer of around) {
    const others = dictOf(value(outer, kind));
    const found = others && raw(others, key);
    if (!others || found === undefined || others === group) continue;
    const { context } = resources;
    // An object of its own: one that leads to itself could not be written.
    const shared = found instanceof PDFRef || !(found instanceof PDFDict) ? found : context.register(found);
    if (shared !== found) others.set(PDFName.of(key), shared);
    if (group) group.set(PDFName.of(key), shared);
    else resources.set(PDFName.of(kind), context.obj({ [key]: shared }));
    return shared;
  }
  return undefined;
}

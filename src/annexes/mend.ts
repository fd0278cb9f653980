import { PDFArray, type PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { nameOf, raw, value } from './file.ts';

/** What an object is, by the way that leads to it: names of resources are free, so keys alone tell nothing. */
export type Kind =
  | 'resources'
  | 'fonts'
  | 'font'
  | 'descriptor'
  | 'image'
  | 'form'
  | 'procedures'
  | 'procedure'
  | 'states'
  | 'state'
  | 'other';

export interface Entry {
  key: string;
  object: PDFObject;
  kind: Kind;
}

const below: Partial<Record<Kind, Record<string, Kind>>> = {
  form: { Resources: 'resources' },
  font: { CharProcs: 'procedures', Resources: 'resources', FontDescriptor: 'descriptor', DescendantFonts: 'font' },
  resources: { Font: 'fonts', ExtGState: 'states' },
};
const members: Partial<Record<Kind, Kind>> = { fonts: 'font', procedures: 'procedure', states: 'state' };

/** What PDF/A-3 and PDF/UA-1 forbid and no page needs (ISO 19005-3, 6.2.5, 6.2.8, 6.2.9, 6.2.11.4.2). */
const forbidden: Partial<Record<Kind, readonly string[]>> = {
  descriptor: ['CIDSet', 'CharSet'],
  image: ['Alternates', 'OPI', 'Interpolate', 'Metadata', 'AF', 'StructParent', 'PieceInfo'],
  form: [
    'OPI',
    'PS',
    'Subtype2',
    'Ref',
    'Metadata',
    'AF',
    'StructParent',
    'StructParents',
    'PieceInfo',
    'LastModified',
  ],
  state: ['TR', 'HTP', 'HT', 'OPM'],
};
const intents = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
const blendModes = new Set(
  (
    'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference ' +
    'Exclusion Hue Saturation Color Luminosity'
  ).split(' '),
);
const ofTheFile = new Set(['Length', 'DL', 'F', 'FFilter', 'FDecodeParms']);

/** What a stream is, whatever leads to it. */
export function kindOfStream(stream: PDFRawStream, kind: Kind): Kind {
  const subtype = nameOf(value(stream.dict, 'Subtype'));
  if (subtype === 'Image') return 'image';
  return subtype === 'Form' || raw(stream.dict, 'PatternType') !== undefined ? 'form' : kind;
}

/** A dictionary's entries without what the standards forbid; of a stream, without what its bytes decide. */
export function mendedEntries(dict: PDFDict, kind: Kind, isStream: boolean): Entry[] {
  const entries: Entry[] = [];
  for (const [name, object] of dict.entries()) {
    const key = name.asString().slice(1);
    if (forbidden[kind]?.includes(key) || (isStream && ofTheFile.has(key))) continue;
    const written = nameOf(value(dict, key));
    if (kind === 'state' && key === 'TR2' && written !== 'Default') continue;
    if (((kind === 'state' && key === 'RI') || (kind === 'image' && key === 'Intent')) && !intents.has(written ?? ''))
      continue;
    if (kind === 'state' && key === 'BM' && !blendModes.has(written ?? '')) {
      entries.push({ key, object: PDFName.of('Normal'), kind: 'other' });
      continue;
    }
    entries.push({ key, object, kind: below[kind]?.[key] ?? members[kind] ?? 'other' });
  }
  // A font of type 2 must name its glyphs' map (ISO 19005-3, 6.2.11.3.2).
  if (kind === 'font' && nameOf(value(dict, 'Subtype')) === 'CIDFontType2' && raw(dict, 'CIDToGIDMap') === undefined)
    entries.push({ key: 'CIDToGIDMap', object: PDFName.of('Identity'), kind: 'other' });
  return entries;
}

/** Visits every object that `roots` lead to, as it will be copied; indirect ones only when not in `seen`, by their reference. */
export function visitObjects(
  roots: { object: PDFObject | undefined; kind: Kind }[],
  context: PDFDict['context'],
  seen: Set<string>,
  visit: (object: PDFObject, kind: Kind, key: string) => void,
): void {
  const stack = [...roots];
  while (stack.length > 0) {
    const top = stack.pop() as (typeof stack)[number];
    let { object } = top;
    let key = '';
    if (object instanceof PDFRef) {
      if (seen.has(object.tag)) continue;
      seen.add(object.tag);
      key = object.tag;
      object = context.lookup(object);
    }
    if (object === undefined) continue;
    const kind = object instanceof PDFRawStream ? kindOfStream(object, top.kind) : top.kind;
    visit(object, kind, key);
    if (object instanceof PDFArray) for (const item of object.asArray()) stack.push({ object: item, kind });
    else {
      const dict = object instanceof PDFRawStream ? object.dict : (object as PDFDict);
      if (typeof dict.entries !== 'function' || nameOf(value(dict, 'Type')) === 'Page') continue;
      stack.push(...mendedEntries(dict, kind, object instanceof PDFRawStream));
    }
  }
}

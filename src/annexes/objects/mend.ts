import type { Marker, Names } from '../content/marking.ts';
import { ownResources } from '../content/resources.ts';
import type { Findings } from '../problem.ts';
import { dictOf, languageOf, nameOf, numberOf, raw, value } from '../source/file.ts';
import { longest, unicodeName, withinLimits } from '../source/limits.ts';
import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '../source/pdf.ts';
import type { Colours } from './colours.ts';
import { checkObject } from './conformance.ts';
import { mendJpeg2000 } from './jpeg2000.ts';
import { intents, type Kind, kindOfEntry, kindOfMember } from './kinds.ts';

/** Something that is copied, and what it is. */
export interface Root {
  object: PDFObject | undefined;
  kind: Kind;
}

/** What the pages of an annex share while all that they lead to is mended. */
export interface Walk {
  context: PDFContext;
  marker: Marker;
  colours: Colours;
  findings: Findings;
  /** References of the objects that were mended already. */
  seen: Set<string>;
}

const blendModes = new Set(
  (
    'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference ' +
    'Exclusion Hue Saturation Color Luminosity'
  ).split(' '),
);
/** Entries that the writing of a stream decides. */
const ofTheFile = new Set(['Length', 'DL']);

interface Step extends Root {
  /** Of what encloses it: what its names mean where it has no resources of its own. */
  resources: PDFDict;
}

/** Mends every object that `roots` lead to from a page, each once and in its place. Throws DamagedAnnex. */
export function mendObjects(roots: readonly Root[], walk: Walk, page: number, resources: PDFDict): void {
  const { context, seen, colours, findings } = walk;
  const stack: Step[] = roots.map((root) => ({ ...root, resources }));
  const look = (object: PDFObject | undefined) => (object instanceof PDFRef ? context.lookup(object) : object);
  while (stack.length > 0) {
    const { object, kind, resources: around } = stack.pop() as Step;
    const found = look(object);
    if (found instanceof PDFArray && (kind === 'space' || kind === 'spot')) colours.found(found, kind === 'spot', page);
    let key = '';
    if (object instanceof PDFRef) {
      if (seen.has(object.tag)) {
        walk.marker.again(dictOf(value(dictOf(found), 'Resources')), page);
        continue;
      }
      seen.add(object.tag);
      key = object.tag;
    }
    if (found === undefined) continue;
    const own = found instanceof PDFRawStream ? kindOfStream(found, kind) : kind;
    checkObject(found, { kind: own, page, findings });
    /** A member put right; what leads further is looked into in its turn. */
    const mended = (member: PDFObject, as: Kind, inner: PDFDict): PDFObject => {
      let better = withinLimits(member);
      if (as === 'space') better = colours.mended(better, page) ?? better;
      if (as === 'data' && better instanceof PDFString && better.asString().length > longest.string)
        better = context.register(context.flateStream(better.asBytes() as never));
      if (isLong(better)) findings.report(tooLong(page));
      if (!isPlain(better)) stack.push({ object: better, kind: as, resources: inner });
      return better;
    };
    if (found instanceof PDFArray) {
      const family = nameOf(look(found.get(0)));
      for (let index = 0; index < found.size(); index += 1) {
        const member = found.get(index);
        const better = mended(member, kindOfMember(own, family, index), around);
        if (better !== member) found.set(index, better);
      }
      continue;
    }
    const isStream = found instanceof PDFRawStream;
    if (isStream && own === 'image') mendJpeg2000(found, findings, page);
    const dict = dictOf(found);
    if (!dict || nameOf(value(dict, 'Type')) === 'Page') continue;
    mendEntries(dict, own, isStream, page, findings);
    const names = namesIn(dict, own, around);
    if (isStream && (own === 'form' || own === 'procedure' || own === 'pattern'))
      walk.marker.markUnseen(key, found, names, page);
    const long: PDFName[] = [];
    for (const name of dict.keys()) {
      const member = dict.get(name, true) as PDFObject;
      const as = own === 'plain' ? own : (kindOfEntry(own, name.asString().slice(1), isStream) ?? 'plain');
      const better = mended(member, as, names.own);
      if (better !== member) dict.set(name, better);
      if (withinLimits(name) !== name) long.push(name);
    }
    for (const name of long) {
      dict.set(withinLimits(name) as PDFName, dict.get(name) as PDFObject);
      dict.delete(name);
    }
  }
}

const isPlain = (object: PDFObject) =>
  object instanceof PDFName ||
  object instanceof PDFNumber ||
  object instanceof PDFString ||
  object instanceof PDFHexString;
const isLong = (object: PDFObject) =>
  (object instanceof PDFString || object instanceof PDFHexString) &&
  object.asString().length > longest.string &&
  object.asBytes().length > longest.string;
const tooLong = (page: number) =>
  ({ code: 'annex-forbidden', severity: 'error', actual: `${page + 1}ページの長すぎる文字列` }) as const;

/** What a stream is: an XObject says it itself. */
function kindOfStream(stream: PDFRawStream, kind: Kind): Kind {
  const subtype = nameOf(value(stream.dict, 'Subtype'));
  return kind !== 'xobject' ? kind : subtype === 'Image' ? 'image' : subtype === 'Form' ? 'form' : kind;
}

/** Takes out of a dictionary what the standards forbid and no page needs, and puts in what they want. */
function mendEntries(dict: PDFDict, kind: Kind, isStream: boolean, page: number, findings: Findings): void {
  if (kind === 'plain') return;
  const drop = (key: string) => dict.delete(PDFName.of(key));
  let isDropped = false;
  for (const name of dict.keys()) {
    const key = name.asString().slice(1);
    if (kindOfEntry(kind, key, isStream) !== undefined) continue;
    if (kind === 'image' && key === 'Interpolate' && String(value(dict, key)) === 'true') findings.smoothed.add(page);
    dict.delete(name);
    isDropped ||= !(isStream && ofTheFile.has(key));
  }
  if (isDropped) findings.mended('private-entries', page);
  const name = (key: string) => nameOf(value(dict, key));
  if (kind === 'state') {
    if (raw(dict, 'TR2') !== undefined && name('TR2') !== 'Default') drop('TR2');
    if (raw(dict, 'RI') !== undefined && !intents.has(name('RI') ?? '')) drop('RI');
    const mode = value(dict, 'BM');
    if (mode !== undefined && !blendModes.has(nameOf(mode) ?? '')) {
      const known =
        mode instanceof PDFArray ? mode.asArray().find((item) => blendModes.has(nameOf(item) ?? '')) : undefined;
      dict.set(PDFName.of('BM'), known ?? PDFName.of('Normal'));
    }
  } else if (kind === 'image') {
    if (raw(dict, 'Intent') !== undefined && !intents.has(name('Intent') ?? '')) drop('Intent');
    const bits = rightBits(dict);
    if (bits !== undefined) dict.set(PDFName.of('BitsPerComponent'), PDFNumber.of(bits));
    else if (!depths.has(numberOf(value(dict, 'BitsPerComponent')) ?? 8))
      findings.report({ code: 'annex-forbidden', severity: 'error', actual: `${page + 1}ページの画像の階調` });
  } else if (kind === 'font' || kind === 'descriptor') {
    for (const key of ['BaseFont', 'FontName']) {
      const written = value(dict, key);
      if (written instanceof PDFName) dict.set(PDFName.of(key), unicodeName(written));
    }
    // A font of type 2 must name its glyphs' map (ISO 19005-3, 6.2.11.3.2).
    if (name('Subtype') === 'CIDFontType2' && raw(dict, 'CIDToGIDMap') === undefined)
      dict.set(PDFName.of('CIDToGIDMap'), PDFName.of('Identity'));
  } else if (kind === 'property' && raw(dict, 'Lang') !== undefined) {
    const language = languageOf(dict);
    if (language === undefined) drop('Lang');
    else dict.set(PDFName.of('Lang'), PDFString.of(language));
  }
}

/** Bits of a component that a picture may have (ISO 19005-3, 6.2.8). */
const depths = new Set([1, 2, 4, 8, 16]);

/** The bits that the data of a picture have, whatever it says: of a mask and by its filter; undefined: what it says. */
function rightBits(dict: PDFDict): number | undefined {
  const bits = numberOf(value(dict, 'BitsPerComponent'));
  if (bits === undefined) return undefined;
  const filters = value(dict, 'Filter');
  const filter = nameOf(filters instanceof PDFArray ? filters.lookup(filters.size() - 1) : filters) ?? '';
  const own = String(value(dict, 'ImageMask')) === 'true' ? 1 : ofFilters[filter];
  return own === bits ? undefined : depths.has(bits) && own !== 1 ? undefined : own;
}
const ofFilters: Record<string, number> = { CCITTFaxDecode: 1, JBIG2Decode: 1, DCTDecode: 8, JPXDecode: 8 };

/** What the names of a content within a dictionary mean: of forms, patterns and glyphs their own. */
function namesIn(dict: PDFDict, kind: Kind, around: PDFDict): Names {
  if (kind === 'resources') return { own: dict, around: [] };
  const isGlyphs = kind === 'font' && nameOf(value(dict, 'Subtype')) === 'Type3';
  const isTiling = kind === 'pattern' && numberOf(value(dict, 'PatternType')) === 1;
  if (kind !== 'form' && !isTiling && !isGlyphs) return { own: around, around: [] };
  const { own, isNew } = ownResources(dict, around);
  return { own, around: isNew ? [around] : [] };
}

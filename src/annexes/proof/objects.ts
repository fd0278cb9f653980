import type { Annex } from '../annex.ts';
import { dictOf, filtersOf, nameOf, raw, value } from '../source/file.ts';
import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '../source/pdf.ts';
import { proveProfile, proveSpace } from './colours.ts';
import { ContentProof, intents } from './content.ts';
import { breaksJpeg2000 } from './jpeg2000.ts';
import type { Breaches, Role, Rule, Where } from './rules.ts';

/** What an entry of it is. */
const below = new Map<string, Role>([
  ['form Group', 'group'],
  ['pattern Shading', 'pattern shading'],
  ['pattern ExtGState', 'state'],
  ['image ColorSpace', 'space'],
  ['image SMask', 'image'],
  ['image Mask', 'image'],
  ['image Intent', 'intent'],
  ['shading ColorSpace', 'space'],
  ['pattern shading ColorSpace', 'bare space'],
  ['group CS', 'space'],
  ['state SMask', 'mask'],
  ['state BM', 'blend mode'],
  ['state RI', 'intent'],
  ['mask G', 'form'],
]);

/** Entries that may not be: of what, which, unless their value is this. */
const forbidden: [Role, string, Rule, allowed?: string][] = [
  ['state', 'TR', 'graphics-state'],
  ['state', 'TR2', 'graphics-state', '/Default'],
  ['state', 'HTP', 'graphics-state'],
  ['image', 'Alternates', 'image'],
  ['image', 'OPI', 'image'],
  ['image', 'Interpolate', 'image', 'false'],
  ['form', 'OPI', 'form'],
  ['form', 'PS', 'form'],
  ['form', 'Ref', 'form'],
  ['form', 'Subtype2', 'form', '/Form'],
];
const filters =
  /^(ASCIIHexDecode|ASCII85Decode|FlateDecode|RunLengthDecode|CCITTFaxDecode|JBIG2Decode|DCTDecode|JPXDecode)$/;
const blendModes = new Set(
  (
    'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference ' +
    'Exclusion Hue Saturation Color Luminosity'
  ).split(' '),
);

interface Use {
  object: PDFObject | undefined;
  role: Role;
}

/** Checks the objects that an annex brings, as they will be written. */
export class ObjectProof {
  readonly #annex: Annex;
  readonly #breaches: Breaches;
  readonly #content: ContentProof;
  readonly #written = new Set<string>();
  readonly #used = new Set<unknown>();

  constructor(annex: Annex, breaches: Breaches) {
    this.#annex = annex;
    this.#breaches = breaches;
    this.#content = new ContentProof(annex, breaches, (object, role, where) => this.use(object, role, where));
  }

  page(content: Uint8Array, resources: PDFDict | undefined, page: number): void {
    this.#content.page(content, resources, page);
  }

  /** Follows all that an object leads to: values, names and filters, used or not. */
  follow(root: PDFObject | undefined, page: number): void {
    const stack = [root];
    while (stack.length > 0) {
      let object = stack.pop();
      if (object instanceof PDFRef) {
        if (this.#written.has(object.tag)) continue;
        this.#written.add(object.tag);
        object = this.#annex.context.lookup(object);
      }
      const dict = dictOf(object);
      if (object instanceof PDFRawStream) this.#stored(object, page);
      if (object instanceof PDFArray) for (const item of object.asArray()) stack.push(item);
      else if (!dict) this.#value(object, page);
      else if (nameOf(value(dict, 'Type')) !== 'Page') {
        this.#keys(dict, page);
        for (const item of dict.values()) stack.push(item);
      }
    }
  }

  /** Follows the attributes of an element: most are a few numbers and names, not worth more. */
  attributes(object: PDFObject | undefined): void {
    if (object instanceof PDFRef) this.follow(object, 0);
    else if (object instanceof PDFArray) for (const item of object.asArray()) this.attributes(item);
    else if (object instanceof PDFDict) for (const item of object.values()) this.attributes(item);
    else this.#value(object, 0);
  }

  /** Follows what the content uses, by what it is, each object once. */
  use(root: PDFObject | undefined, of: Role, where: Where): void {
    const stack: Use[] = [{ object: root, role: of }];
    for (let use = stack.pop(); use; use = stack.pop()) {
      const { object, role } = use;
      const found = object instanceof PDFRef ? this.#annex.context.lookup(object) : object;
      if (found instanceof PDFDict || found instanceof PDFArray || found instanceof PDFRawStream) {
        if (this.#used.has(found)) continue;
        this.#used.add(found);
      }
      if (role === 'space' || role === 'bare space') this.#space(found, where.hasPress && role === 'space', where.page);
      else if (found instanceof PDFArray) for (const item of found.asArray()) stack.push({ object: item, role });
      else if (found instanceof PDFRawStream) this.#stream(found, object, role, where, stack);
      else if (found instanceof PDFDict) this.#dict(found, role, where.page, stack);
      else if (found instanceof PDFName) this.#name(nameOf(found) as string, role, where.page);
    }
  }

  #stored(stream: PDFRawStream, page: number): void {
    if (['F', 'FFilter', 'FDecodeParms'].some((key) => raw(stream.dict, key) !== undefined))
      this.#breaches.add('external-data', page);
    for (const filter of filtersOf(stream))
      if (!filters.test(filter ?? '') && filter !== 'LZWDecode') this.#breaches.add('filter', page, filter);
  }

  #keys(dict: PDFDict, page: number): void {
    for (const key of dict.keys()) if (key.asString().length > 128) this.#breaches.add('long-name', page);
    if (raw(dict, 'EF') !== undefined) this.#breaches.add('embedded-file', page);
    if (value(dict, 'Metadata') instanceof PDFRawStream) this.#breaches.add('metadata', page);
  }

  #value(object: PDFObject | undefined, page: number): void {
    const breach = (rule: Rule, name?: string) => this.#breaches.add(rule, page, name);
    if (object instanceof PDFNumber) {
      const number = object.asNumber();
      const size = Math.abs(number);
      const isWhole = Number.isInteger(number);
      if (isWhole ? number > 2147483647 || number < -2147483648 : size > 3.403e38 || size < 1.175e-38)
        breach('number-range', String(number));
    } else if (object instanceof PDFName) {
      if (object.asString().length > 128 && object.asBytes().length > 127) breach('long-name');
    } else if (object instanceof PDFHexString) {
      const digits = object.asString().replaceAll(/\s/g, '');
      if (digits.length % 2 === 1 || !/^[0-9A-Fa-f]*$/.test(digits)) breach('hex-string');
      if (digits.length > 65534) breach('long-string');
    } else if (object instanceof PDFString && object.asString().length > 32767 && object.asBytes().length > 32767)
      breach('long-string');
  }

  #name(name: string, role: Role, page: number): void {
    if (role === 'blend mode' && !blendModes.has(name)) this.#breaches.add('blend-mode', page, name);
    if (role === 'intent' && !intents.has(name)) this.#breaches.add('rendering-intent', page, name);
  }

  #dict(dict: PDFDict, role: Role, page: number, stack: Use[]): void {
    for (const [of, key, rule, allowed] of forbidden) {
      const entry = of === role ? value(dict, key) : undefined;
      if (entry !== undefined && String(entry) !== allowed) this.#breaches.add(rule, page, key);
    }
    for (const [name, object] of dict.entries()) {
      const inner = role === 'procedures' ? 'procedure' : below.get(`${role} ${nameOf(name)}`);
      if (inner) stack.push({ object, role: inner });
    }
  }

  #stream(stream: PDFRawStream, object: PDFObject | undefined, asked: Role, where: Where, stack: Use[]): void {
    const { dict } = stream;
    const subtype = nameOf(value(dict, 'Subtype'));
    const isPattern = raw(dict, 'PatternType') !== undefined;
    const role: Role = isPattern ? 'pattern' : subtype === 'Image' ? 'image' : subtype === 'Form' ? 'form' : asked;
    if (subtype === 'PS') this.#breaches.add('postscript', where.page);
    if (role === 'image') this.#image(stream, where.page);
    if ((isPattern || role === 'form' || role === 'procedure') && object instanceof PDFRef)
      this.#content.stream(object.tag, stream, { ...where, known: undefined });
    this.#dict(dict, role, where.page, stack);
  }

  #image(stream: PDFRawStream, page: number): void {
    const { dict } = stream;
    const bits = String(value(dict, 'BitsPerComponent') ?? 1);
    const isMask = String(value(dict, 'ImageMask')) === 'true';
    if (!(isMask ? ['1'] : ['1', '2', '4', '8', '16']).includes(bits)) this.#breaches.add('image-bits', page, bits);
    if (
      filtersOf(stream).at(-1) === 'JPXDecode' &&
      breaksJpeg2000(stream.contents, raw(dict, 'ColorSpace') !== undefined)
    )
      this.#breaches.add('jpeg2000', page);
  }

  #space(space: PDFObject | undefined, isMeant: boolean, page: number): void {
    proveSpace(space, { breaches: this.#breaches, page, isMeant });
    const isOurs = space instanceof PDFArray && space.get(1) === this.#annex.commonProfile;
    if (!isOurs) proveProfile(space, this.#breaches, page);
  }
}

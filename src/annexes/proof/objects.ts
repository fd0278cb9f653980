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
} from '@cantoo/pdf-lib';
import type { Annex } from '../annex.ts';
import { filtersOf, nameOf, raw, value } from '../file.ts';
import { type Kind, kindOfStream, mendedEntries } from '../mend.ts';
import { proveProfile, proveSpace, type Separations } from './colours.ts';
import { type ContentProof, intents } from './content.ts';
import { breaksJpeg2000 } from './jpeg2000.ts';
import type { Breaches, Rule } from './rules.ts';

/** What a value is, by the way that leads to it. */
type Role =
  | `${'font' | 'state' | 'xobject' | 'space' | 'pattern' | 'shading'}s`
  | 'resources'
  | 'form'
  | 'image'
  | 'font'
  | 'descendant'
  | 'procedures'
  | 'procedure'
  | 'state'
  | 'mask'
  | 'space'
  | 'pattern'
  | 'shading'
  | 'group'
  | 'group space'
  | 'blend mode'
  | 'intent'
  | 'other';

const below: Partial<Record<Role, Record<string, Role>>> = {
  resources: {
    Font: 'fonts',
    ExtGState: 'states',
    XObject: 'xobjects',
    ColorSpace: 'spaces',
    Pattern: 'patterns',
    Shading: 'shadings',
  },
  form: { Resources: 'resources', Group: 'group' },
  pattern: { Resources: 'resources', Shading: 'shading', ExtGState: 'state' },
  image: { ColorSpace: 'space', SMask: 'image', Mask: 'image', Intent: 'intent' },
  shading: { ColorSpace: 'space' },
  group: { CS: 'group space' },
  font: { Resources: 'resources', CharProcs: 'procedures' },
  state: { SMask: 'mask', BM: 'blend mode', RI: 'intent' },
  mask: { G: 'form' },
};
const members: Partial<Record<Role, Role>> = {
  fonts: 'font',
  states: 'state',
  xobjects: 'form',
  spaces: 'space',
  patterns: 'pattern',
  shadings: 'shading',
  procedures: 'procedure',
};

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

interface Step {
  object: PDFObject | undefined;
  kind: Kind;
  role: Role;
}

/** Checks every object that an annex brings, as it will be written, each once. */
export class ObjectProof {
  readonly #annex: Annex;
  readonly #breaches: Breaches;
  readonly #content: ContentProof;
  readonly #seen = new Set<string>();
  readonly #separations: Separations = new Map();

  constructor(annex: Annex, breaches: Breaches, content: ContentProof) {
    this.#annex = annex;
    this.#breaches = breaches;
    this.#content = content;
  }

  /** Follows what a page's resources lead to; indirect objects that were seen before are not looked at again. */
  follow(object: PDFObject | undefined, role: 'resources' | 'group' | 'other', page: number, ofPage?: PDFDict): void {
    const stack: Step[] = [{ object, kind: role === 'resources' ? 'resources' : 'other', role }];
    for (let step = stack.pop(); step; step = stack.pop()) {
      let { object: found } = step;
      let key = '';
      if (found instanceof PDFRef) {
        if (this.#seen.has(found.tag)) continue;
        this.#seen.add(found.tag);
        key = found.tag;
        found = this.#annex.context.lookup(found);
      }
      if (step.role === 'space' || step.role === 'group space') this.#space(found, step.role, page);
      if (found instanceof PDFArray)
        for (const item of found.asArray())
          stack.push({
            ...step,
            object: item,
            role: step.role === 'blend mode' || step.role === 'image' ? step.role : 'other',
          });
      else if (found instanceof PDFRawStream) this.#stream(found, { ...step, key, page, ofPage, stack });
      else if (found instanceof PDFDict) this.#dict(found, { kind: step.kind, role: step.role, page, stack }, false);
      else this.#value(found, step.role, page);
    }
  }

  #value(object: PDFObject | undefined, role: Role, page: number): void {
    const breach = (rule: Rule, name?: string) => this.#breaches.add(rule, page, name);
    if (object instanceof PDFNumber) {
      const number = object.asNumber();
      const size = Math.abs(number);
      if (Number.isInteger(number) ? number > 2147483647 || number < -2147483648 : size > 3.403e38 || size < 1.175e-38)
        breach('number-range', String(number));
    } else if (object instanceof PDFName) {
      const name = nameOf(object) as string;
      if (name.length > 127 && object.asBytes().length > 127) breach('long-name');
      if (role === 'blend mode' && !blendModes.has(name)) breach('blend-mode', name);
      if (role === 'intent' && !intents.has(name)) breach('rendering-intent', name);
    } else if (object instanceof PDFHexString) {
      const digits = object.asString();
      if (digits.length % 2 === 1 || !/^[0-9A-Fa-f]*$/.test(digits)) breach('hex-string');
      if (digits.length > 65534) breach('long-string');
    } else if (object instanceof PDFString && object.asString().length > 32767 && object.asBytes().length > 32767)
      breach('long-string');
  }

  #dict(
    dict: PDFDict,
    { kind, role, page, stack }: Omit<Step, 'object'> & { page: number; stack: Step[] },
    isStream: boolean,
  ): void {
    for (const [of, key, rule, allowed] of forbidden) {
      if (of !== role) continue;
      const entry = value(dict, key);
      if (
        entry !== undefined &&
        String(entry) !== allowed &&
        mendedEntries(dict, kind, isStream).some((one) => one.key === key)
      )
        this.#breaches.add(rule, page, key);
    }
    if (nameOf(value(dict, 'Type')) === 'Page') return;
    for (const { key, object, kind: inner } of mendedEntries(dict, kind, isStream)) {
      if (key.length > 127) this.#breaches.add('long-name', page);
      if (key === 'EF') this.#breaches.add('embedded-file', page);
      stack.push({ object, kind: inner, role: below[role]?.[key] ?? members[role] ?? 'other' });
    }
  }

  #stream(
    stream: PDFRawStream,
    {
      kind: outer,
      role: asked,
      key,
      page,
      ofPage,
      stack,
    }: Omit<Step, 'object'> & { key: string; page: number; ofPage: PDFDict | undefined; stack: Step[] },
  ): void {
    const { dict } = stream;
    const kind = kindOfStream(stream, outer);
    const subtype = nameOf(value(dict, 'Subtype'));
    const isPattern = raw(dict, 'PatternType') !== undefined;
    const role: Role = isPattern ? 'pattern' : subtype === 'Image' ? 'image' : subtype === 'Form' ? 'form' : asked;
    const breach = (rule: Rule, name?: string) => this.#breaches.add(rule, page, name);
    const changed = this.#annex.forms.has(key);
    for (const filter of changed ? [] : filtersOf(stream))
      if (!filters.test(filter ?? '') && filter !== 'LZWDecode') breach('filter', filter);
    if (subtype === 'PS') breach('postscript');
    if (role === 'image') this.#image(stream, page);
    if (isPattern || subtype === 'Form' || role === 'procedure')
      this.#content.stream(key, stream, { ofPage, page, known: undefined });
    this.#dict(dict, { kind, role, page, stack }, true);
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

  #space(space: PDFObject | undefined, role: 'space' | 'group space', page: number): void {
    const hasProfile = this.#annex.cmykProfile !== undefined;
    proveSpace(space, {
      breaches: this.#breaches,
      page,
      separations: this.#separations,
      means: (where) => hasProfile && where !== 'process' && role !== 'group space',
    });
    proveProfile(space, this.#breaches, page);
  }
}

import type { Annex } from '../annex.ts';
import { collectCodes, type Operation, scanContent } from '../content/content-stream.ts';
import { endOfObject, isWhite } from '../content/tokens.ts';
import { bytesOf, decoded, dictOf, nameOf, numberOf, raw, value } from '../source/file.ts';
import { type PDFDict, type PDFObject, PDFRawStream, PDFRef } from '../source/pdf.ts';
import type { Breaches, Role, Rule, Where } from './rules.ts';

/** What an operator does, as far as it matters here. */
interface Operator {
  paints?: boolean;
  /** It changes what the scan goes by. */
  sets?: boolean;
  shows?: boolean;
  /** It names a resource: where that stands, and what it is. */
  names?: [kind: string, role: Role | 'font'];
}
const plain: Operator = {};
/** All operators (ISO 32000-1, Annex A). */
const operators = new Map<string, Operator>([
  ...(
    'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG ' +
    'rg ri s S SC sc SCN scn sh T* Tc Td TD Tf TL Tm Tr Ts Tw Tz v w W W* y'
  )
    .split(' ')
    .map((name): [string, Operator] => [name, plain]),
  ...['q', 'Q', 'BX', 'EX', 'BMC', 'BDC', 'EMC', 'ri', 'k', 'K'].map((name): [string, Operator] => [
    name,
    { sets: true },
  ]),
  ['BI', { paints: true, sets: true }],
  ...['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*'].map((name): [string, Operator] => [name, { paints: true }]),
  ...['Tj', 'TJ', "'", '"'].map((name): [string, Operator] => [name, { paints: true, shows: true }]),
  ['Do', { paints: true, names: ['XObject', 'form'] }],
  ['sh', { paints: true, names: ['Shading', 'shading'] }],
  ['Tf', { names: ['Font', 'font'] }],
  ['gs', { names: ['ExtGState', 'state'] }],
  ['cs', { names: ['ColorSpace', 'space'] }],
  ['CS', { names: ['ColorSpace', 'space'] }],
  ['scn', { names: ['Pattern', 'pattern'] }],
  ['SCN', { names: ['Pattern', 'pattern'] }],
]);
export const intents = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
const inlineFilters =
  /^(ASCIIHexDecode|ASCII85Decode|FlateDecode|RunLengthDecode|CCITTFaxDecode|DCTDecode|AHx|A85|Fl|RL|CCF|DCT)$/;
const language = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
const deepest = 28; // levels of q
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Whether ten digits stand in a row: only such content is searched for numbers that are out of range. */
function hasLongNumber(content: Uint8Array): boolean {
  for (let at = 9; at < content.length; at += 10) {
    if (!isDigit(content[at])) continue;
    let [from, to] = [at, at];
    while (isDigit(content[from - 1])) from -= 1;
    while (isDigit(content[to + 1])) to += 1;
    if (to - from >= 9) return true;
  }
  return false;
}

const isOutOfRange = (number: string) => Math.abs(Number(number)) > (number.includes('.') ? 3.403e38 : 2147483647);
const numbersIn = (operand: string) =>
  withoutLiterals(operand)
    .replaceAll(/<[^<>]*>/g, ' ')
    .split(/[[\]\s]+/)
    .filter((word) => /^[-+.\d]/.test(word));
/**
 * What is wrong in an operand of Tj or TJ: half a byte in hexadecimal (ISO 19005-3, 6.1.6), a number without digits, as some
 * producers write them between strings.
 */
function wrongIn(content: Buffer, from: number, to: number): Rule | undefined {
  for (let at = from; at < to; ) {
    const byte = content[at] as number;
    if (isWhite(byte) || byte === 0x5b || byte === 0x5d) {
      at += 1;
      continue;
    }
    const end = endOfObject(content, at);
    if (byte === 0x3c) {
      let signs = 0;
      for (let inner = at + 1; inner < end - 1; inner += 1) if (!isWhite(content[inner])) signs += 1;
      if (signs % 2 === 1) return 'hex-string';
    } else if (byte === 0x2b || byte === 0x2d || byte === 0x2e) {
      let inner = at;
      while (inner < end && !isDigit(content[inner])) inner += 1;
      if (inner === end) return 'number-range';
    }
    at = end;
  }
  return undefined;
}

/** An operand, its strings in brackets left out. */
function withoutLiterals(operand: string): string {
  let kept = '';
  for (let at = 0, depth = 0; at < operand.length; at += 1) {
    const sign = operand[at] as string;
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (depth > 0) at += sign === '\\' ? 1 : 0;
    else kept += sign;
    if (depth === 0 && sign === ')') kept += ' ';
  }
  return kept;
}

/** A content stream, and where it is painted. */
interface Painted extends Where {
  resources: PDFDict | undefined;
  /** MCIDs that the structure tree names in it; undefined where marks around it serve. */
  known: ReadonlyMap<number, boolean> | undefined;
}

type MarkKind = 'tagged' | 'artifact';

/** The marks that are open: of tagged content, of an artifact, or of neither. */
class OpenMarks {
  readonly #kinds: (MarkKind | undefined)[] = [];
  readonly #counts = { tagged: 0, artifact: 0 };

  push(kind: MarkKind | undefined): void {
    this.#kinds.push(kind);
    if (kind) this.#counts[kind] += 1;
  }

  pop(): void {
    const kind = this.#kinds.pop();
    if (kind) this.#counts[kind] -= 1;
  }

  has(kind: MarkKind): boolean {
    return this.#counts[kind] > 0;
  }

  get isMarked(): boolean {
    return this.has('tagged') || this.has('artifact');
  }
}

/** Checks what the content streams of an annex draw, each once. */
export class ContentProof {
  readonly #annex: Annex;
  readonly #breaches: Breaches;
  /** Follows what the content uses. */
  readonly #use: (object: PDFObject | undefined, role: Role, where: Where) => void;
  readonly #seen = new Set<string>();
  /** Forms with tags of their own that were painted. */
  readonly #tagged = new Set<string>();

  constructor(
    annex: Annex,
    breaches: Breaches,
    use: (object: PDFObject | undefined, role: Role, where: Where) => void,
  ) {
    this.#annex = annex;
    this.#breaches = breaches;
    this.#use = use;
  }

  page(content: Uint8Array, resources: PDFDict | undefined, page: number): void {
    const known = this.#annex.structure
      ? (this.#annex.structure.known.get(String(page)) ?? new Map())
      : new Map([[0, false]]);
    this.#scan(content, { resources, ofPage: resources, page, known, hasPress: false });
  }

  /** A form, a tiling or a glyph of Type 3, once. */
  stream(key: string, stream: PDFRawStream, where: Omit<Painted, 'resources'>): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const resources = dictOf(value(stream.dict, 'Resources')) ?? where.inherited ?? where.ofPage;
    this.#scan(this.#annex.forms.get(key) ?? decoded(stream), { ...where, resources });
  }

  #scan(content: Uint8Array, { resources, ofPage, page, known }: Painted): void {
    const breaches = this.#breaches;
    const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const open = new OpenMarks();
    let depth = 0;
    /** Levels of BX, in which readers pass over what they do not know. */
    let lenient = 0;
    const hasPress = value(dictOf(value(resources, 'ColorSpace')), 'DefaultCMYK') !== undefined;
    const where: Where = { ofPage, page, hasPress };
    const targets = new Map<string, Map<string, PDFObject | undefined>>();
    /** The resource of a name; followed when it is first met. */
    const resource = ([kind, role]: NonNullable<Operator['names']>, name: string) => {
      const known = targets.get(kind) ?? new Map<string, PDFObject | undefined>();
      targets.set(kind, known);
      if (known.has(name)) return known.get(name);
      const own = dictOf(value(resources, kind));
      const found = own && raw(own, name);
      known.set(name, found);
      if (found === undefined && resources !== ofPage) {
        const inherited = dictOf(value(ofPage, kind));
        if (inherited && raw(inherited, name) !== undefined) breaches.add('resources', page, name);
      }
      if (role === 'font') this.#type3(found, where);
      else if (role !== 'form') this.#use(found, role, where);
      return found;
    };
    const hasLong = hasLongNumber(content);
    scanContent(content, (operation) => {
      const { operator, places } = operation;
      if (hasLong && operator !== 'BI' && operation.operands().some((one) => numbersIn(one).some(isOutOfRange)))
        breaches.add('number-range', page, operator);
      const does = operators.get(operator);
      if (!does && lenient <= 0) breaches.add('operator', page, operator.slice(0, 10));
      if (!does || does === plain) return;
      if (does.sets) {
        if (operator === 'q') depth += 1;
        else if (operator === 'Q') depth -= 1;
        else if (operator === 'BX') lenient += 1;
        else if (operator === 'EX') lenient -= 1;
        else if (operator === 'EMC') open.pop();
        else if (operator === 'BMC' || operator === 'BDC') this.#mark(operation, { open, known, resources, page });
        else if (operator === 'BI') this.#inlineImage(operation.operand(0), where);
        else if (operator !== 'ri') {
          if (!hasPress) breaches.add('cmyk', page);
        } else if (!intents.has(operation.operand(0).slice(1))) breaches.add('rendering-intent', page);
        if (depth > deepest) breaches.add('nesting', page);
      }
      if (does.shows && places.length > 0) {
        const rule = wrongIn(buffer, places.at(-2) as number, places.at(-1) as number);
        if (rule) breaches.add(rule, page);
      }
      const isMarked = known === undefined || open.isMarked;
      if (does.names) {
        const name = operation.operand(operator === 'Tf' ? 0 : -1);
        if (name === '/DeviceCMYK' && !hasPress) breaches.add('cmyk', page);
        const target = name.startsWith('/') ? resource(does.names, name.slice(1)) : undefined;
        if (operator === 'Do') {
          const isForm = this.#form(target, where, isMarked);
          this.#use(target, 'form', where);
          if (isForm) return;
        }
      }
      if (does.paints && !isMarked) breaches.add('unmarked', page);
    });
  }

  #mark(
    operation: Operation,
    { open, known, resources, page }: Pick<Painted, 'known' | 'resources' | 'page'> & { open: OpenMarks },
  ): void {
    const [tag, properties] = [operation.operand(0), operation.operand(1)];
    const list = properties.startsWith('/')
      ? dictOf(value(dictOf(value(resources, 'Properties')), properties.slice(1)))
      : undefined;
    const written = /\/MCID\s+(\d+)/.exec(properties)?.[1];
    const mcid = list ? numberOf(value(list, 'MCID')) : written === undefined ? undefined : Number(written);
    const isTagged = known !== undefined && mcid !== undefined && known.has(mcid);
    const kind = isTagged ? 'tagged' : tag === '/Artifact' ? 'artifact' : undefined;
    const other = kind === 'tagged' ? 'artifact' : 'tagged';
    if (kind !== undefined && (open.has(other) || (isTagged && tag === '/Artifact')))
      this.#breaches.add('artifact-inside', page);
    open.push(kind);
    const said = /\/Lang\s*(\([^()]*\)|<[^<>]*>)/.exec(properties)?.[1];
    const bytes: number[] = [];
    if (said !== undefined) collectCodes(said, 1, { add: (byte) => bytes.push(byte) });
    const spoken = list ? bytesOf(value(list, 'Lang')) : said && String.fromCharCode(...bytes);
    if (spoken !== undefined && !language.test(spoken)) this.#breaches.add('mark-language', page);
  }

  /** The glyphs of a font of Type 3, with the resources of the font. */
  #type3(font: PDFObject | undefined, where: Where): void {
    const { context } = this.#annex;
    const dict = dictOf(font instanceof PDFRef ? context.lookup(font) : font);
    if (nameOf(value(dict, 'Subtype')) !== 'Type3') return;
    const inherited = dictOf(value(dict, 'Resources')) ?? context.obj({});
    this.#use(value(dict, 'CharProcs'), 'procedures', { ...where, inherited });
  }

  /** Looks into a form that is painted; true when it has tags of its own and so needs no mark around it. */
  #form(target: unknown, where: Where, isMarked: boolean): boolean {
    const form = target instanceof PDFRef ? this.#annex.context.lookup(target) : undefined;
    if (!(target instanceof PDFRef) || !(form instanceof PDFRawStream)) return false;
    if (nameOf(value(form.dict, 'Subtype')) !== 'Form') return false;
    const known = this.#annex.structure?.known.get(target.tag);
    if (known && this.#tagged.has(target.tag)) this.#breaches.add('shared-form', where.page);
    if (known) this.#tagged.add(target.tag);
    this.stream(target.tag, form, { ...where, known: isMarked ? undefined : known });
    return known !== undefined && !isMarked;
  }

  #inlineImage(image: string, { page, hasPress }: Where): void {
    const head = image.split(/\bID\b/, 1)[0] as string;
    const filters = /\/(?:F|Filter)\s*(\[[^\][]*\]|\/\w*)/.exec(head)?.[1] ?? '';
    for (const [, filter = ''] of filters.matchAll(/\/(\w*)/g))
      if (!inlineFilters.test(filter)) this.#breaches.add('filter', page, filter);
    if (/\/(?:CMYK|DeviceCMYK)\b/.test(head) && !hasPress) this.#breaches.add('cmyk', page);
    if (/\/(?:I|Interpolate)\s+true\b/.test(head)) this.#breaches.add('image', page, 'Interpolate');
  }
}

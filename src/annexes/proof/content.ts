import { type PDFDict, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import type { Annex } from '../annex.ts';
import { scanContent } from '../content-stream.ts';
import { decoded, dictOf, nameOf, numberOf, raw, value } from '../file.ts';
import type { Breaches } from './rules.ts';

/** All operators (ISO 32000-1, Annex A). */
const operators = new Set(
  (
    'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri ' +
    's S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y \' "'
  ).split(' '),
);
const painting = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh', 'Do', 'Tj', 'TJ', "'", '"', 'BI']);
/** Operators that name a resource, and of which kind. */
const named: Record<string, string> = {
  Do: 'XObject',
  Tf: 'Font',
  gs: 'ExtGState',
  sh: 'Shading',
  cs: 'ColorSpace',
  CS: 'ColorSpace',
  scn: 'Pattern',
  SCN: 'Pattern',
};
export const intents = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
const inlineFilters =
  /^(ASCIIHexDecode|ASCII85Decode|FlateDecode|RunLengthDecode|CCITTFaxDecode|DCTDecode|AHx|A85|Fl|RL|CCF|DCT)$/;
const language = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
const deepest = 28; // levels of q

/** A content stream, and where it is painted. */
interface Painted {
  /** Undefined where those of the page serve. */
  resources: PDFDict | undefined;
  ofPage: PDFDict | undefined;
  page: number;
  /** MCIDs that the structure tree names in it; undefined where marks around it serve. */
  known: ReadonlySet<number> | undefined;
}

/** Checks what the content streams of an annex draw, each once. */
export class ContentProof {
  readonly #annex: Annex;
  readonly #breaches: Breaches;
  readonly #seen = new Set<string>();
  /** Forms with tags of their own that were painted. */
  readonly #tagged = new Set<string>();

  constructor(annex: Annex, breaches: Breaches) {
    this.#annex = annex;
    this.#breaches = breaches;
  }

  page(content: Uint8Array, resources: PDFDict | undefined, page: number): void {
    const known = this.#annex.structure ? (this.#annex.structure.known.get(String(page)) ?? new Set()) : new Set([0]);
    this.#scan(content, { resources, ofPage: resources, page, known });
  }

  /** A form, a tiling or a glyph of Type 3, once. */
  stream(key: string, stream: PDFRawStream, where: Omit<Painted, 'resources'>): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const resources = dictOf(value(stream.dict, 'Resources'));
    this.#scan(this.#annex.forms.get(key) ?? decoded(stream), { ...where, resources });
  }

  #scan(content: Uint8Array, { resources, ofPage, page, known }: Painted): void {
    const breaches = this.#breaches;
    /** Of each mark that is open: of tagged content, of an artifact, or of neither. */
    const open: ('tagged' | 'artifact' | undefined)[] = [];
    let depth = 0;
    const resource = (kind: string, name: string) => {
      const own = dictOf(value(resources, kind));
      const found = own && raw(own, name);
      if (found !== undefined || !resources || resources === ofPage) return found;
      const inherited = dictOf(value(ofPage, kind));
      if (inherited && raw(inherited, name) !== undefined) breaches.add('resources', page, name);
      return undefined;
    };
    scanContent(content, ({ operator, operands }) => {
      if (!operators.has(operator)) breaches.add('operator', page, operator.slice(0, 10));
      else if (operator === 'q') {
        depth += 1;
        if (depth > deepest) breaches.add('nesting', page);
      } else if (operator === 'Q') depth -= 1;
      else if (operator === 'BMC' || operator === 'BDC') this.#mark(operands(), { open, known, resources, page });
      else if (operator === 'EMC') open.pop();
      else if (operator === 'ri' && !intents.has((operands()[0] ?? '').slice(1)))
        breaches.add('rendering-intent', page);
      else if (operator === 'k' || operator === 'K') this.#cmyk(page);
      else if (operator === 'BI') this.#inlineImage(operands()[0] ?? '', page);

      const kind = named[operator];
      const isMarked = known === undefined || open.some((mark) => mark !== undefined);
      if (kind !== undefined) {
        const list = operands();
        const name = operator === 'Tf' ? list[0] : list.at(-1);
        if (name === '/DeviceCMYK') this.#cmyk(page);
        const target = name?.startsWith('/') ? resource(kind, name.slice(1)) : undefined;
        if (operator === 'Do' && this.#form(target, { ofPage, page, isMarked })) return;
      }
      if (!isMarked && painting.has(operator)) breaches.add('unmarked', page);
    });
  }

  #mark(
    [tag = '', properties = '']: string[],
    { open, known, resources, page }: Pick<Painted, 'known' | 'resources' | 'page'> & { open: (string | undefined)[] },
  ): void {
    const list = properties.startsWith('/')
      ? dictOf(value(dictOf(value(resources, 'Properties')), properties.slice(1)))
      : undefined;
    const written = /\/MCID\s+(\d+)/.exec(properties)?.[1];
    const mcid = list ? numberOf(value(list, 'MCID')) : written === undefined ? undefined : Number(written);
    const isTagged = known !== undefined && mcid !== undefined && known.has(mcid);
    const kind = isTagged ? 'tagged' : tag === '/Artifact' ? 'artifact' : undefined;
    const other = kind === 'tagged' ? 'artifact' : 'tagged';
    if (kind !== undefined && (open.includes(other) || (isTagged && tag === '/Artifact')))
      this.#breaches.add('artifact-inside', page);
    open.push(kind);
    const said = /\/Lang\s*\(([^()]*)\)/.exec(properties)?.[1];
    if (said !== undefined && !language.test(said)) this.#breaches.add('mark-language', page, said);
  }

  /** Looks into a form that is painted; true when it has tags of its own and so needs no mark around it. */
  #form(
    target: unknown,
    { ofPage, page, isMarked }: Pick<Painted, 'ofPage' | 'page'> & { isMarked: boolean },
  ): boolean {
    const form = target instanceof PDFRef ? this.#annex.context.lookup(target) : undefined;
    if (!(target instanceof PDFRef) || !(form instanceof PDFRawStream)) return false;
    if (nameOf(value(form.dict, 'Subtype')) !== 'Form') return false;
    const known = this.#annex.structure?.known.get(target.tag);
    if (known && this.#tagged.has(target.tag)) this.#breaches.add('shared-form', page);
    if (known) this.#tagged.add(target.tag);
    this.stream(target.tag, form, { ofPage, page, known: isMarked ? undefined : known });
    return known !== undefined && !isMarked;
  }

  #inlineImage(image: string, page: number): void {
    const head = image.split(/\bID\b/, 1)[0] as string;
    const filters = /\/(?:F|Filter)\s*(\[[^\]]*\]|\/\w+)/.exec(head)?.[1] ?? '';
    for (const [, filter = ''] of filters.matchAll(/\/(\w+)/g))
      if (!inlineFilters.test(filter)) this.#breaches.add('filter', page, filter);
    if (/\/(?:CMYK|DeviceCMYK)\b/.test(head)) this.#cmyk(page);
    if (/\/(?:I|Interpolate)\s+true\b/.test(head)) this.#breaches.add('image', page, 'Interpolate');
  }

  /** DeviceCMYK means the profile that every resources dictionary gets, where there is one. */
  #cmyk(page: number): void {
    if (this.#annex.cmykProfile === undefined) this.#breaches.add('cmyk', page);
  }
}

import { type PDFDict, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { collectCodes, scanContent } from './content-stream.ts';
import { decoded, dictOf, nameOf, numberOf, value } from './file.ts';
import { Nesting } from './nesting.ts';
import { type Edit, isVoid, rightOperands } from './operands.ts';
import type { Findings } from './problem.ts';
import { ownResources, resourceOf } from './resources.ts';

export interface FontUse {
  /** Indices of the pages that show it. */
  pages: Set<number>;
  visible: boolean;
  /** Of one byte each in a simple font, of two in a composite one with an Identity CMap; else not told apart. */
  codes: Set<number>;
  /** Those of `codes` that are shown where no ActualText speaks for them. */
  unspoken: Set<number>;
  bytes: 1 | 2 | undefined;
  /** Operands of Tj and TJ as they are written, where the codes are not told apart. */
  shown: Set<string>;
}

/** What the pages draw with, found while their content is read. */
export interface Usage {
  /** The codes that each font shows, and whether it shows any visibly. */
  fonts: Map<PDFDict, FontUse>;
  /** Pages, by index, that use DeviceCMYK. */
  cmyk: Set<number>;
  /** Resources of contents that use it. */
  cmykResources: Set<PDFDict>;
}

/**
 * How a content stream's marked content is made right (ISO 14289-1, 7.1): `tagged` keeps the MCIDs that the structure
 * tree knows and makes artifacts of all else; `plain` has none of its own, because the whole is marked from outside.
 */
export type Marking = { kind: 'tagged'; knows: (mcid: number) => boolean } | { kind: 'plain' };

/** What the names in a content mean: its resources, and those of what it is drawn in. */
export interface Names {
  own: PDFDict;
  around: readonly PDFDict[];
}
interface State {
  font: PDFDict | undefined;
  /** Text rendering mode; 3 is invisible. */
  mode: number;
}

const paths = new Set(['m', 're']);
const painting = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh', 'Do', 'Tj', 'TJ', "'", '"', 'BI']);
const showing = new Set(['Tj', 'TJ', "'", '"']);
/** Marked content may not cross these: a run of artifacts ends before them. */
const barriers = new Set(['BT', 'ET', 'q', 'Q', 'BMC', 'BDC', 'EMC']);

export class Marker {
  /** Content of form XObjects that had to be changed, by reference. */
  readonly forms = new Map<string, Uint8Array>();
  readonly usage: Usage = { fonts: new Map(), cmyk: new Set(), cmykResources: new Set() };
  /** References of forms that were read, and whether they hold marked content of their own. */
  readonly #seen = new Map<string, boolean>();
  readonly #findings: Findings;
  /** Resources of the page that is read: names that a form's own do not know mean these. */
  #page: PDFDict[] = [];
  readonly #knowsOf: (stream: string) => (mcid: number) => boolean;

  /** `knowsOf` tells which MCIDs of a form XObject the structure tree names. */
  constructor(knowsOf: (stream: string) => (mcid: number) => boolean, findings: Findings) {
    this.#knowsOf = knowsOf;
    this.#findings = findings;
  }

  /** Goes on to a page. */
  enter(resources: PDFDict | undefined): void {
    this.#page = resources ? [resources] : [];
  }

  /** Reads the content of a page; returns it changed, or undefined when it is right as it is. */
  markPage(content: Uint8Array, resources: PDFDict, marking: Marking, page: number): Uint8Array | undefined {
    this.enter(resources);
    return this.#mark(content, { own: resources, around: [] }, marking, page);
  }

  #mark(
    content: Uint8Array,
    { own: resources, around }: Names,
    marking: Marking,
    page: number,
  ): Uint8Array | undefined {
    const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const edits: Edit[] = [];
    const nesting = new Nesting();
    /** Of each mark that is open, whether what it holds is an artifact or has a tag. */
    const open: boolean[] = [];
    /** Of each mark that is open, whether its ActualText speaks for what it holds. */
    const spoken: boolean[] = [];
    const states: State[] = [];
    let state: State = { font: undefined, mode: 0 };
    let path: number | undefined;
    let artifact: Edit[] | undefined;
    const closeArtifact = () => {
      artifact = undefined;
    };
    const resource = (kind: string, name: string) => resourceOf(resources, around, kind, name.slice(1));
    const useCmyk = () => {
      this.usage.cmyk.add(page);
      this.usage.cmykResources.add(resources);
    };

    scanContent(content, (operation) => {
      const { operator, operands, start, end } = operation;
      if (isVoid(operation)) {
        edits.push({ start, end, text: '' });
        this.#findings.mended('operators', page);
        return;
      }
      nesting.note(operator, end - 1);
      const right = rightOperands(buffer, operation, resources.context);
      if (right.length > 0) this.#findings.mended('operands', page);
      let rewritten: string | undefined;
      if (paths.has(operator)) path ??= start;
      if (barriers.has(operator)) closeArtifact();
      if (operator === 'q') states.push({ ...state });
      else if (operator === 'Q') state = states.pop() ?? state;
      else if (operator === 'Tf') state.font = dictOf(lookedUp(resource('Font', operands()[0] ?? ''), resources));
      else if (operator === 'Tr') state.mode = Number(operands()[0]);
      else if (operator === 'k' || operator === 'K') useCmyk();
      else if (operator === 'BI') {
        const [space = ''] = (operands()[0] as string).split(/\bID\b/, 1);
        if (/\/(CMYK|DeviceCMYK)\b/.test(space)) useCmyk();
      } else if (operator in named) {
        const name = operands().at(-1) ?? '';
        if (name === '/DeviceCMYK' && named[operator] === 'ColorSpace') useCmyk();
        if (name.startsWith('/')) resource(named[operator] as string, name);
      } else if (operator === 'BMC' || operator === 'BDC') {
        const [tag = '', properties = ''] = operands();
        if (properties.startsWith('/')) resource('Properties', properties);
        const mcid = mcidOf(properties, resources);
        spoken.push(hasActualText(properties, resources));
        const known = mcid !== undefined && marking.kind === 'tagged' && marking.knows(mcid);
        const isInside = open.includes(true);
        if (known && !isInside) open.push(true);
        else if ((tag === '/Artifact' || mcid !== undefined) && !isInside && marking.kind === 'tagged') {
          open.push(true);
          if (tag !== '/Artifact') rewritten = '/Artifact BMC';
        } else {
          open.push(false);
          if (tag === '/Artifact' || mcid !== undefined) rewritten = '/NonStruct BMC';
        }
      } else if (operator === 'EMC') {
        open.pop();
        spoken.pop();
      }
      edits.push(...(rewritten === undefined ? right : [{ start, end, text: rewritten }]));
      if (showing.has(operator) && state.font)
        this.#use(state.font, operands().at(-1) ?? '', {
          page,
          visible: state.mode !== 3,
          spoken: spoken.includes(true),
        });

      if (!painting.has(operator)) {
        if (operator === 'n') path = undefined;
        return;
      }
      const from = path ?? start;
      path = undefined;
      const marked = marking.kind === 'plain' || open.includes(true);
      if (
        operator === 'Do' &&
        this.#paintsContentOfItsOwn(resource('XObject', operands()[0] ?? ''), { own: resources, around }, marked, page)
      ) {
        closeArtifact();
        return;
      }
      if (marked) return;
      if (artifact) (artifact[1] as Edit).start = (artifact[1] as Edit).end = end;
      else {
        artifact = [
          { start: from, end: from, text: '/Artifact BMC ' },
          { start: end, end, text: ' EMC' },
        ];
        edits.push(...artifact);
      }
    });
    const shallower = nesting.edits();
    if (shallower === undefined)
      this.#findings.report({
        code: 'annex-forbidden',
        severity: 'error',
        actual: `${page + 1}ページの深すぎる入れ子(q)`,
      });
    else if (shallower.length > 0) this.#findings.mended('nesting', page);
    edits.push(...(shallower ?? []));
    return edits.length === 0 ? undefined : edited(content, edits);
  }

  #use(
    font: PDFDict,
    shown: string,
    { page, visible, spoken }: { page: number; visible: boolean; spoken: boolean },
  ): void {
    let use = this.usage.fonts.get(font);
    if (!use) {
      const isComposite = nameOf(value(font, 'Subtype')) === 'Type0';
      const isIdentity = /^Identity-[HV]$/.test(nameOf(value(font, 'Encoding')) ?? '');
      const bytes = isComposite ? (isIdentity ? 2 : undefined) : 1;
      use = { pages: new Set(), visible: false, codes: new Set(), unspoken: new Set(), bytes, shown: new Set() };
      this.usage.fonts.set(font, use);
    }
    use.pages.add(page);
    use.visible ||= visible;
    if (use.bytes === undefined) use.shown.add(shown);
    else {
      collectCodes(shown, use.bytes, use.codes);
      if (!spoken) collectCodes(shown, use.bytes, use.unspoken);
    }
  }

  /** Marks a form XObject in turn; true when it holds marked content of its own, and so needs no mark around it. */
  #paintsContentOfItsOwn(target: unknown, { own: outer, around }: Names, marked: boolean, page: number): boolean {
    if (!(target instanceof PDFRef)) return false;
    const form = outer.context.lookup(target);
    if (!(form instanceof PDFRawStream) || nameOf(value(form.dict, 'Subtype')) !== 'Form') return false;
    const key = target.tag;
    const before = this.#seen.get(key);
    if (before !== undefined) return before && !marked;
    const owns = !marked && numberOf(value(form.dict, 'StructParents')) !== undefined;
    this.#seen.set(key, owns);
    const marking: Marking = owns ? { kind: 'tagged', knows: this.#knowsOf(key) } : { kind: 'plain' };
    const { own, isNew } = ownResources(form.dict, outer);
    const names = { own, around: isNew ? [outer, ...around] : this.#page };
    const changed = this.#mark(decoded(form), names, marking, page);
    if (changed) this.forms.set(key, changed);
    return owns;
  }

  /** Reads a content that no page's content names directly: of groups of soft masks, patterns, glyphs. */
  markUnseen(key: string, stream: PDFRawStream, { own, around }: Names, page: number): void {
    if (this.#seen.has(key)) return;
    this.#seen.set(key, false);
    const names = { own, around: [...around, ...this.#page] };
    const changed = this.#mark(decoded(stream), names, { kind: 'plain' }, page);
    if (changed) this.forms.set(key, changed);
  }
}

/** Operators that name a resource, and of which kind. */
const named: Record<string, string> = {
  cs: 'ColorSpace',
  CS: 'ColorSpace',
  scn: 'Pattern',
  SCN: 'Pattern',
  gs: 'ExtGState',
  sh: 'Shading',
};

const lookedUp = (object: unknown, resources: PDFDict | undefined) =>
  object instanceof PDFRef ? resources?.context.lookup(object) : (object as PDFDict | undefined);

const namedProperties = (name: string, resources: PDFDict | undefined) =>
  dictOf(value(dictOf(value(resources, 'Properties')), name.slice(1)));

/** Whether a property list, written in the content or named in the resources, has an ActualText. */
const hasActualText = (properties: string, resources: PDFDict | undefined): boolean =>
  properties.startsWith('/')
    ? value(namedProperties(properties, resources), 'ActualText') !== undefined
    : /\/ActualText\b/.test(properties);

/** The MCID of a property list, written in the content or named in the resources. */
function mcidOf(properties: string, resources: PDFDict | undefined): number | undefined {
  if (properties.startsWith('/')) return numberOf(value(namedProperties(properties, resources), 'MCID'));
  const written = /\/MCID\s+(\d+)/.exec(properties)?.[1];
  return written === undefined ? undefined : Number(written);
}

function edited(content: Uint8Array, edits: Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(content.subarray(position, start), Buffer.from(`${text} `, 'latin1'));
    position = end;
  }
  return Buffer.concat([...parts, content.subarray(position)]);
}

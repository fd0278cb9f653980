import { type PDFDict, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { collectCodes, scanContent } from './content-stream.ts';
import { decoded, dictOf, nameOf, numberOf, raw, value } from './file.ts';

export interface FontUse {
  /** Indices of the pages that show it. */
  pages: Set<number>;
  visible: boolean;
  /** Of one byte each in a simple font, of two in a composite one with an Identity CMap; else not told apart. */
  codes: Set<number>;
  /** Those of `codes` that are shown where no ActualText speaks for them. */
  unspoken: Set<number>;
  bytes: 1 | 2 | undefined;
  /** Operands of Tj and TJ as they are written, where the codes are not told apart; whether any is unspoken. */
  shown: Map<string, boolean>;
}

/** What the pages draw with, found while their content is read. */
export interface Usage {
  /** The codes that each font shows, and whether it shows any visibly. */
  fonts: Map<PDFDict, FontUse>;
  /** Pages, by index, that use DeviceCMYK. */
  cmyk: Set<number>;
}

/**
 * How a content stream's marked content is made right (ISO 14289-1, 7.1): `tagged` keeps the MCIDs that the structure
 * tree knows and makes artifacts of all else; `plain` has none of its own, because the whole is marked from outside.
 */
export type Marking = { kind: 'tagged'; knows: (mcid: number) => boolean } | { kind: 'plain' };

interface Edit {
  start: number;
  end: number;
  text: string;
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
  readonly usage: Usage = { fonts: new Map(), cmyk: new Set() };
  readonly #seen = new Set<string>();
  readonly #knowsOf: (stream: string) => (mcid: number) => boolean;

  /** `knowsOf` tells which MCIDs of a form XObject the structure tree names. */
  constructor(knowsOf: (stream: string) => (mcid: number) => boolean) {
    this.#knowsOf = knowsOf;
  }

  /** Reads a content stream of a page; returns it changed, or undefined when it is right as it is. */
  mark(content: Uint8Array, resources: PDFDict | undefined, marking: Marking, page: number): Uint8Array | undefined {
    const edits: Edit[] = [];
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
    const resource = (kind: string, name: string) => {
      const group = dictOf(value(resources, kind));
      return group && raw(group, name.slice(1));
    };

    scanContent(content, ({ operator, operands, start, end }) => {
      if (paths.has(operator)) path ??= start;
      if (barriers.has(operator)) closeArtifact();
      if (operator === 'q') states.push({ ...state });
      else if (operator === 'Q') state = states.pop() ?? state;
      else if (operator === 'Tf') state.font = dictOf(lookedUp(resource('Font', operands()[0] ?? ''), resources));
      else if (operator === 'Tr') state.mode = Number(operands()[0]);
      else if (operator === 'k' || operator === 'K') this.usage.cmyk.add(page);
      else if ((operator === 'cs' || operator === 'CS') && operands()[0] === '/DeviceCMYK') this.usage.cmyk.add(page);
      else if (operator === 'BI') {
        const head = (operands()[0] as string).split(/\bID\b/, 1)[0] as string;
        if (/\/(CMYK|DeviceCMYK)\b/.test(head)) this.usage.cmyk.add(page);
        // A picture may not be smoothed (ISO 19005-3, 6.2.8).
        const smooth = /\/(I|Interpolate)\s+true/.exec(head);
        if (smooth) edits.push({ start: start + smooth.index, end: start + smooth.index + smooth[0].length, text: '' });
      } else if (operator === 'BMC' || operator === 'BDC') {
        const [tag = '', properties = ''] = operands();
        const mcid = mcidOf(properties, resources);
        spoken.push(hasActualText(properties, resources));
        const known = mcid !== undefined && marking.kind === 'tagged' && marking.knows(mcid);
        const isInside = open.includes(true);
        if (known && !isInside) open.push(true);
        else if ((tag === '/Artifact' || mcid !== undefined) && !isInside && marking.kind === 'tagged') {
          open.push(true);
          if (tag !== '/Artifact') edits.push({ start, end, text: '/Artifact BMC' });
        } else {
          open.push(false);
          if (tag === '/Artifact' || mcid !== undefined) edits.push({ start, end, text: '/NonStruct BMC' });
        }
      } else if (operator === 'EMC') {
        open.pop();
        spoken.pop();
      }
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
        this.#paintsContentOfItsOwn(resource('XObject', operands()[0] ?? ''), resources, marked, page)
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
      use = { pages: new Set(), visible: false, codes: new Set(), unspoken: new Set(), bytes, shown: new Map() };
      this.usage.fonts.set(font, use);
    }
    use.pages.add(page);
    use.visible ||= visible;
    if (use.bytes === undefined) use.shown.set(shown, use.shown.get(shown) === true || !spoken);
    else {
      collectCodes(shown, use.bytes, use.codes);
      if (!spoken) collectCodes(shown, use.bytes, use.unspoken);
    }
  }

  /** Marks a form XObject in turn; true when it holds marked content of its own, and so needs no mark around it. */
  #paintsContentOfItsOwn(target: unknown, resources: PDFDict | undefined, marked: boolean, page: number): boolean {
    if (!(target instanceof PDFRef)) return false;
    const form = (resources as PDFDict).context.lookup(target);
    if (!(form instanceof PDFRawStream) || nameOf(value(form.dict, 'Subtype')) !== 'Form') return false;
    const key = target.tag;
    const owns = !marked && numberOf(value(form.dict, 'StructParents')) !== undefined;
    if (this.#seen.has(key)) return owns;
    this.#seen.add(key);
    const marking: Marking = owns ? { kind: 'tagged', knows: this.#knowsOf(key) } : { kind: 'plain' };
    const changed = this.mark(decoded(form), dictOf(value(form.dict, 'Resources')) ?? resources, marking, page);
    if (changed) this.forms.set(key, changed);
    return owns;
  }

  /** Reads a form XObject or a pattern that no page's content names directly: groups of soft masks, tilings. */
  markUnseen(key: string, stream: PDFRawStream, page: number): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const changed = this.mark(decoded(stream), dictOf(value(stream.dict, 'Resources')), { kind: 'plain' }, page);
    if (changed) this.forms.set(key, changed);
  }
}

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
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(content.subarray(position, start), Buffer.from(`${text} `));
    position = end;
  }
  return Buffer.concat([...parts, content.subarray(position)]);
}

import type { Findings } from '../problem.ts';
import { decoded, dictOf, itemsOf, nameOf, value } from '../source/file.ts';
import { type PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from '../source/pdf.ts';
import { scanContent } from './content-stream.ts';
import { type Edit, isVoid, rightOperands } from './operands.ts';
import { deedOf } from './operators.ts';
import { hasActualText, mcidOf } from './property-lists.ts';
import { ownResources, resourceOf } from './resources.ts';
import { SavedStates } from './saved-states.ts';
import { edited, soundContent } from './sound-content.ts';
import { type Usage, useFont } from './usage.ts';

/**
 * How a content stream's marked content is made right (ISO 14289-1, 7.1): `tagged` keeps the MCIDs that the structure
 * tree knows and makes artifacts of all else; `plain` has none of its own, because the whole is marked from outside.
 */
export type Marking =
  | {
      kind: 'tagged';
      knows: (mcid: number) => boolean;
      /** Whether an ActualText of its element speaks for it. */
      speaks: (mcid: number) => boolean;
    }
  | { kind: 'plain' };

/** The MCIDs that the structure tree names, by 'page index' or the form XObject's reference, as Structure has them. */
type Known = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

/** The marking of a content of which the tree knows these. */
export const tagged = (known: ReadonlyMap<number, boolean> = new Map()): Marking => ({
  kind: 'tagged',
  knows: (mcid) => known.has(mcid),
  speaks: (mcid) => known.get(mcid) === true,
});

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

interface Lacking {
  stream: PDFRawStream;
  names: [kind: string, name: string][];
}

/** What a mark that is open says of what it holds. */
interface Mark {
  /** It is an artifact or has a tag. */
  isTold: boolean;
  /** The tree does not name it though it should. */
  isUntold: boolean;
  /** An ActualText speaks for it. */
  isSpoken: boolean;
}
function count(open: Record<keyof Mark, number>, { isTold, isUntold, isSpoken }: Mark, by: 1 | -1): void {
  if (isTold) open.isTold += by;
  if (isUntold) open.isUntold += by;
  if (isSpoken) open.isSpoken += by;
}

export class Marker {
  /** Content of form XObjects that had to be changed, by reference. */
  readonly forms = new Map<string, Uint8Array>();
  readonly usage: Usage = { fonts: new Map(), cmyk: new Set(), cmykResources: new Set(), untold: new Set() };
  /** Form XObjects whose own marks the structure tree names, each painted once (ISO 14289-1, 7.20). */
  readonly owners = new Set<string>();
  readonly #copies = new Map<string, PDFRef>();
  readonly #seen = new Set<string>();
  /** Contents with names that nothing on their page meant, by their resources: another page may know them. */
  readonly #lacking = new Map<PDFDict, Map<string, Lacking>>();
  #lacks: Lacking['names'] = [];
  readonly #findings: Findings;
  /** Resources of the page that is read: names that a form's own do not know mean these. */
  #page: PDFDict[] = [];
  readonly #known: Known;

  /** `known`: the MCIDs that the structure tree names, by form XObject. */
  constructor(known: Known, findings: Findings) {
    this.#known = known;
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
    written: Uint8Array,
    { own: resources, around }: Names,
    marking: Marking,
    page: number,
  ): Uint8Array | undefined {
    const content = soundContent(written);
    if (content !== written) this.#findings.mended('operators', page);
    const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const edits: Edit[] = [];
    const saved = new SavedStates();
    const marks: Mark[] = [];
    /** How many of the open marks are such. */
    const open: Record<keyof Mark, number> = { isTold: 0, isUntold: 0, isSpoken: 0 };
    const states: State[] = [];
    let state: State = { font: undefined, mode: 0 };
    let path: number | undefined;
    let artifact: Edit[] | undefined;
    const closeArtifact = () => {
      artifact = undefined;
    };
    const found = new Map<string, Map<string, PDFObject>>();
    /** What a name means, by the kind of the resource; written into the resources when it is first met. */
    const resource = (kind: string, name: string) => {
      const known = found.get(kind) ?? new Map<string, PDFObject>();
      found.set(kind, known);
      const before = known.get(name);
      if (before) return before;
      const object = resourceOf(resources, around, kind, name.slice(1));
      if (object) known.set(name, object);
      else this.#lacks.push([kind, name.slice(1)]);
      return object;
    };
    const useCmyk = () => {
      this.usage.cmyk.add(page);
      this.usage.cmykResources.add(resources);
    };

    scanContent(content, (operation) => {
      const { operator, start, end } = operation;
      if (isVoid(operation)) {
        edits.push({ start, end, text: '' });
        this.#findings.mended('operators', page);
        return;
      }
      saved.note(operator, end - 1);
      const right = rightOperands(buffer, operation, resources.context);
      if (right.length > 0) this.#findings.mended('operands', page);
      const does = deedOf(operator);
      if (!does) {
        for (const edit of right) edits.push(edit);
        return;
      }
      let rewritten: string | undefined;
      if (does.isPath) path ??= start;
      if (does.isBarrier) closeArtifact();
      if (operator === 'q') states.push({ ...state });
      else if (operator === 'Q') state = states.pop() ?? state;
      else if (operator === 'Tf' && operation.places.length > 0)
        state.font = dictOf(lookedUp(resource('Font', operation.operand(0)), resources));
      else if (operator === 'Tr') state.mode = Number(operation.operand(0));
      else if (operator === 'k' || operator === 'K') useCmyk();
      else if (operator === 'BI') {
        const [space = ''] = operation.operand(0).split(/\bID\b/, 1);
        if (/\/(CMYK|DeviceCMYK)\b/.test(space)) useCmyk();
        if (/\/(I|Interpolate)\s+true\b/.test(space)) this.#findings.smoothed.add(page);
      } else if (does.names) {
        const [kind, name] = [does.names, operation.operand(-1)];
        if (name === '/DeviceCMYK' && kind === 'ColorSpace') useCmyk();
        const meant = name.startsWith('/') ? resource(kind, name) : undefined;
        const [font] = operator === 'gs' ? itemsOf(value(dictOf(lookedUp(meant, resources)), 'Font')) : [];
        if (font) state.font = dictOf(lookedUp(font, resources));
      } else if (operator === 'BMC' || operator === 'BDC') {
        const [tag, properties] = [operation.operand(0), operation.operand(1)];
        if (properties.startsWith('/')) resource('Properties', properties);
        const mcid = mcidOf(properties, resources);
        const speaks = mcid !== undefined && marking.kind === 'tagged' && marking.speaks(mcid);
        const known = mcid !== undefined && marking.kind === 'tagged' && marking.knows(mcid);
        const isInside = open.isTold > 0;
        const isTagged = marking.kind === 'tagged' && !isInside;
        const isTold = !isInside && (known || ((tag === '/Artifact' || mcid !== undefined) && isTagged));
        if (!isTold && (tag === '/Artifact' || mcid !== undefined)) rewritten = '/NonStruct BMC';
        else if (isTold && !known && tag !== '/Artifact') rewritten = '/Artifact BMC';
        const mark: Mark = {
          isTold,
          isUntold: isTagged && mcid !== undefined && !known && tag !== '/Artifact',
          isSpoken: speaks || hasActualText(properties, resources),
        };
        marks.push(mark);
        count(open, mark, 1);
      } else if (operator === 'EMC') {
        const mark = marks.pop();
        if (mark) count(open, mark, -1);
      }
      if (rewritten !== undefined) edits.push({ start, end, text: rewritten });
      else for (const edit of right) edits.push(edit);
      if (does.shows && state.font)
        useFont(this.usage.fonts, state.font, operation.operand(-1), {
          page,
          visible: state.mode !== 3,
          spoken: open.isSpoken > 0,
        });
      if (!does.paints) {
        if (operator === 'n') path = undefined;
        return;
      }
      const from = path ?? start;
      path = undefined;
      const marked = marking.kind === 'plain' || open.isTold > 0;
      const name = operator === 'Do' ? operation.operand(0) : '';
      const form =
        name === '' ? undefined : this.#paintForm(resource('XObject', name), { own: resources, around }, marked, page);
      if (form === 'own') {
        closeArtifact();
        return;
      }
      if (does.tells && marking.kind === 'tagged' && (!marked || open.isUntold > 0)) this.usage.untold.add(page);
      if (artifact) (artifact[1] as Edit).start = (artifact[1] as Edit).end = end;
      else if (!marked) {
        artifact = [
          { start: from, end: from, text: '/Artifact BMC ' },
          { start: end, end, text: ' EMC' },
        ];
        edits.push(...artifact);
      }
      if (!form) return;
      const copy = `${name}-${form.objectNumber}`;
      dictOf(value(resources, 'XObject'))?.set(PDFName.of(copy.slice(1)), form);
      edits.push({ start, end, text: `${copy} Do` });
    });
    const shallower = saved.edits();
    if (shallower === undefined)
      this.#findings.report({
        code: 'annex-forbidden',
        severity: 'error',
        actual: `${page + 1}ページの深すぎる入れ子(q)`,
      });
    else if (shallower.length > 0) this.#findings.mended('nesting', page);
    for (const edit of shallower ?? []) edits.push(edit);
    if (edits.length > 0) return edited(content, edits);
    return content === written ? undefined : content;
  }

  /**
   * Marks a form XObject in turn: `own` when it holds marked content of its own, and so needs no mark around it; a copy to
   * be painted instead where such a form is painted again.
   */
  #paintForm(
    target: unknown,
    { own: outer, around }: Names,
    marked: boolean,
    page: number,
  ): 'own' | PDFRef | undefined {
    if (!(target instanceof PDFRef)) return undefined;
    const { context } = outer;
    const form = context.lookup(target);
    if (!(form instanceof PDFRawStream) || nameOf(value(form.dict, 'Subtype')) !== 'Form') return undefined;
    const known = this.#known.get(target.tag);
    const owns = known !== undefined && !marked && !this.owners.has(target.tag);
    if (owns) this.owners.add(target.tag);
    let copy: PDFRef | undefined;
    if (known && !owns) {
      copy = this.#copies.get(target.tag) ?? context.register(PDFRawStream.of(form.dict.clone(context), form.contents));
      this.#copies.set(target.tag, copy);
    }
    const key = (copy ?? target).tag;
    if (this.#seen.has(key)) return copy;
    this.#seen.add(key);
    const { own, isNew } = ownResources(form.dict, outer);
    const names = { own, around: isNew ? [outer, ...around] : this.#page };
    const changed = this.#mark(decoded(form), names, owns ? tagged(known) : { kind: 'plain' }, page);
    if (changed) this.forms.set(key, changed);
    return owns ? 'own' : copy;
  }

  /** Reads a content that no page's content names directly: of groups of soft masks, patterns, glyphs. */
  markUnseen(key: string, stream: PDFRawStream, { own, around }: Names, page: number): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#lacks = [];
    const names = { own, around: [...around, ...this.#page] };
    const changed = this.#mark(decoded(stream), names, { kind: 'plain' }, page);
    if (changed) this.forms.set(key, changed);
    if (this.#lacks.length === 0) return;
    this.#lacking.set(own, (this.#lacking.get(own) ?? new Map()).set(key, { stream, names: this.#lacks }));
  }

  /** Goes on to a page that uses these resources as one before did. */
  again(own: PDFDict | undefined, page: number): void {
    const lacking = own && this.#lacking.get(own);
    for (const [key, { stream, names }] of [...(lacking ?? [])]) {
      if (!names.some(([kind, name]) => dictOf(value(this.#page[0], kind))?.has(PDFName.of(name)))) continue;
      lacking?.delete(key);
      this.#seen.delete(key);
      this.markUnseen(key, stream, { own: own as PDFDict, around: [] }, page);
    }
  }
}

const lookedUp = (object: unknown, resources: PDFDict | undefined) =>
  object instanceof PDFRef ? resources?.context.lookup(object) : (object as PDFDict | undefined);

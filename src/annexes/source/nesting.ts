import { scanContent } from '../content/content-stream.ts';
import { LargeAnnex } from '../problem.ts';
import { decoded } from './filters.ts';
import { dictOf, nameOf, raw, value } from './lookup.ts';
import { type PDFDict, PDFRawStream, PDFRef } from './pdf.ts';

/** Forms and patterns that one may paint, each as often as it is painted: readers paint more for hours. */
const mostPainted = 1_000_000;
/** Forms within each other. */
const deepest = 100;

/** Tells forms and tiling patterns that paint themselves (ISO 32000-1, 8.10.1), which some readers follow without end. */
export class Nesting {
  /** How many forms each paints, itself too; infinite where it paints itself. */
  readonly #counts = new Map<PDFRef, number>();
  readonly #looked = new Set<PDFDict>();
  readonly #open = new Set<PDFRef>();

  /** Whether something that these resources name paints itself. Throws LargeAnnex, DamagedAnnex. */
  paintsItself(resources: PDFDict | undefined): boolean {
    if (!resources || this.#looked.has(resources)) return false;
    this.#looked.add(resources);
    return groupsOf(resources).some(([, ref]) => this.#countOf(ref, resources) === Number.POSITIVE_INFINITY);
  }

  #countOf(ref: PDFRef, around: PDFDict | undefined): number {
    const known = this.#counts.get(ref);
    if (known !== undefined) return known;
    if (this.#open.has(ref)) return Number.POSITIVE_INFINITY;
    if (this.#open.size > deepest) throw tooMany();
    this.#open.add(ref);
    const count = this.#counted(ref, around);
    this.#open.delete(ref);
    if (count > mostPainted && count !== Number.POSITIVE_INFINITY) throw tooMany();
    this.#counts.set(ref, count);
    return count;
  }

  #counted(ref: PDFRef, around: PDFDict | undefined): number {
    const form = (around as PDFDict).context.lookup(ref) as PDFRawStream;
    const resources = dictOf(value(form.dict, 'Resources')) ?? around;
    const named = new Map(groupsOf(resources));
    let count = 1;
    if (named.size === 0) return count;
    scanContent(decoded(form), (operation) => {
      const { operator } = operation;
      if (operator !== 'Do' && operator !== 'scn' && operator !== 'SCN') return;
      const painted = named.get(`${operator === 'Do' ? 'XObject' : 'Pattern'} ${operation.operand(-1)}`);
      if (painted) count += this.#countOf(painted, resources);
    });
    return count;
  }
}

const tooMany = () => new LargeAnnex('重なった図形の数', `${mostPainted}`);

/** The forms and the tiling patterns of resources, by kind and name. */
function groupsOf(resources: PDFDict | undefined): [string, PDFRef][] {
  return ['XObject', 'Pattern'].flatMap((kind) =>
    (dictOf(value(resources, kind))?.entries() ?? []).flatMap(([name, ref]): [string, PDFRef][] => {
      const stream = ref instanceof PDFRef ? resources?.context.lookup(ref) : undefined;
      const paints =
        stream instanceof PDFRawStream &&
        (nameOf(value(stream.dict, 'Subtype')) === 'Form' || raw(stream.dict, 'PatternType') !== undefined);
      return paints ? [[`${kind} ${name.asString()}`, ref as PDFRef]] : [];
    }),
  );
}

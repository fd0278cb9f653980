import { setImmediate } from 'node:timers/promises';
import type { Comparison } from '../compare/change.ts';
import type { ComparedEdition } from '../compare/read.ts';
import type { Compared } from '../compare/two-editions.ts';
import type { Edition } from '../model/edition.ts';
import { type Field, type Fields, sheetTexts, yearTexts } from '../model/fields.ts';
import { numberCells } from '../model/numbers.ts';
import { changeWords } from '../model/words.ts';
import { type DocumentData, documentData, figuresOf, type MeasureData, type YearData } from '../render/data.ts';
import type { Rasterizer } from '../render/rasterizer.ts';
import type { Typesetter } from './papers.ts';
import { printable } from './printable.ts';

/** Pixels per pt: 110 dpi. */
const scale = 110 / 72;

/** Pictures that are laid out at a time: enough to have much in common, few enough to be drawn while the next are laid out. */
const batch = 8;
/** Laid out, drawn, encoded, written: a batch in each keeps all threads busy, and memory does not grow with the revision. */
const stages = 4;

/** Hands each changed sheet before and after, as a PNG file, to `write` as soon as it is drawn. Throws for defects of ours. */
export async function pictures(
  { comparison, base, head }: Compared,
  typesetter: Pick<Typesetter, 'typeset'>,
  rasterizer: Pick<Rasterizer, 'files'>,
  write: (picture: Picture) => void,
): Promise<void> {
  const { data, names } = picturesData(comparison, base, head);
  const { editions, pictures } = printable(data);
  const inTurn = async (first: number) => {
    for (let start = first; start < names.length; start += stages * batch) {
      const some = { editions, pictures: pictures.slice(start, start + batch) };
      const { pdf } = await typesetter.typeset({ main: 'pictures.typ', data: some });
      for (const [index, png] of (await rasterizer.files(pdf, scale)).entries()) {
        write({ name: `${names[start + index]}.png`, png });
        await setImmediate(); // what threads have done meanwhile goes on its way
      }
    }
  };
  await Promise.all(Array.from({ length: stages }, (_, index) => inTurn(index * batch)));
}

export interface Picture {
  /** 1-1-1_前.png */
  name: string;
  png: Uint8Array;
}

/** What templates/pictures.typ reads: the sheets of changed measures before and after, changed cells framed. */
export interface PicturesData {
  editions: Record<'before' | 'after', PicturedEdition>;
  pictures: { edition: 'before' | 'after'; sheet: object }[];
}

/** What the columns of its sheets follow from */
type PicturedEdition = Pick<DocumentData, 'years' | 'plans' | 'widths' | 'indicatorLabels'> & { figures: string[] };

/** The pictures and a name for each: 1-1-1_前, 1-1-1_後; 1-1-1_新設, 1-1-1_廃止. The number is that of head where it has one. */
export function picturesData(
  comparison: Comparison,
  base: ComparedEdition,
  head: ComparedEdition,
): { data: PicturesData; names: string[] } {
  const sheets = (edition: ComparedEdition['edition'], ids: readonly (string | undefined)[]) => {
    const chosen = new Set(ids.filter((id) => id !== undefined));
    const data = documentData(edition, { whole: false, ids: chosen, part: '個票' });
    const measures = data.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
    return { data, measures: new Map(measures.map((measure) => [measure.id, measure])) };
  };
  const old = sheets(
    base.edition,
    comparison.measures.map((change) => change.base?.id),
  );
  const fresh = sheets(
    head.edition,
    comparison.measures.map((change) => change.head?.id),
  );
  const names: string[] = [];
  const pictures: PicturesData['pictures'] = [];
  const put = (edition: 'before' | 'after', sheet: object, name: string) => {
    pictures.push({ edition, sheet });
    names.push(name);
  };
  for (const change of comparison.measures) {
    const before = old.measures.get(change.base?.id ?? '');
    const after = fresh.measures.get(change.head?.id ?? '');
    if (before && after) {
      const [left, right] = [
        { measure: before, data: old.data },
        { measure: after, data: fresh.data },
      ];
      put('before', framed(left, right, head.edition.fields), `${after.id}_前`);
      put('after', framed(right, left, head.edition.fields), `${after.id}_後`);
    } else if (after) put('after', unlinked(after), `${after.id}_${changeWords.added}`);
    else if (before) put('before', unlinked(before), `${before.id}_${changeWords.removed}`);
  }
  const columns = (data: DocumentData, edition: Edition): PicturedEdition => {
    const { years, plans, widths, indicatorLabels } = data;
    return { years, plans, widths, indicatorLabels, figures: figuresOf(documentData(edition, { whole: true })) };
  };
  return {
    data: { editions: { before: columns(old.data, base.edition), after: columns(fresh.data, head.edition) }, pictures },
    names,
  };
}

const unlinked = (measure: MeasureData): MeasureData => ({ ...measure, reprintLink: false, begins: [] });

type FramedText = string | { runs: { kind: 'kept'; text: string; strokes: [] }[]; framed: true };

/** A measure in its edition. */
interface Sheet {
  measure: MeasureData;
  data: DocumentData;
}

/** The measure with a frame around each cell that is another one in the other edition. */
function framed({ measure, data: own }: Sheet, { measure: other, data: others }: Sheet, fields: Fields): object {
  const frame = (text: string | null, counterpart: string | null | undefined): FramedText =>
    (text ?? '') === (counterpart ?? '')
      ? (text ?? '')
      : { runs: [{ kind: 'kept', text: text ?? '', strokes: [] }], framed: true };
  const framedTexts = (texts: readonly Field[], record: object, counterpart: object | undefined) => {
    const text = (of: object | undefined, property: string) =>
      (of as Record<string, string | null> | undefined)?.[property];
    return Object.fromEntries(
      texts.map(({ property }) => [property, frame(text(record, property) ?? null, text(counterpart, property))]),
    );
  };
  const [numbers, otherNumbers] = [numberCells(measure.id), numberCells(other.id)];
  const year = (entry: YearData, name: string | undefined) => {
    const counterpart = other.years[others.years.indexOf(name ?? '')];
    return {
      mark: frame(entry.mark, counterpart?.mark),
      ...framedTexts(yearTexts(fields), entry, counterpart),
      budget: entry.budget,
      framed: JSON.stringify(entry.budget) !== JSON.stringify(counterpart?.budget),
    };
  };
  return {
    ...unlinked(measure),
    kind: frame(measure.kind, other.kind),
    ...framedTexts(sheetTexts(fields), measure, other),
    departments: frame(measure.departments, other.departments),
    sections: frame(measure.sections, other.sections),
    numbers: numbers.map((part, index) => frame(part, otherNumbers[index])),
    reprintNote: frame(measure.reprintNote, other.reprintNote),
    years: measure.years.map((entry, index) => year(entry, own.years[index])),
    flags: measure.flags.map((flag, index) => frame(flag, other.flags[others.plans.indexOf(own.plans[index] ?? '')])),
  };
}

import { zlibSync } from 'fflate';
import type { Annex } from '../../annexes/annex.ts';
import { dictOf, nameOf, value } from '../../annexes/source/file.ts';
import { PDFArray, PDFDict, PDFInvalidObject, type PDFObject, PDFRawStream, PDFRef } from '../../annexes/source/pdf.ts';
import { addStream, type PdfObjects, put } from '../objects.ts';

/** Copies objects of one annex into the document, each once, with new numbers. */
export interface Copier {
  /** The number that the object of a reference has, or will have, in the document. */
  number(ref: PDFRef): number;
  /** A value as it is written in the document. */
  write(object: PDFObject | undefined): string;
  /** Writes all objects that are referred to. */
  drain(): void;
  addDeflated(entries: string, data: Uint8Array): number;
}

/** What all annexes of a document share. */
export interface Shared {
  /** Object number of the profile for CMYK that has none. */
  commonProfile(): number;
  /** The one Separation of each colorant, by its name. */
  spots: Map<string, { digest: string; number: number }>;
}

/** `formKeys` gives a form XObject that holds marked content its StructParents. */
export function copierOf(
  file: PdfObjects,
  annex: Annex,
  formKeys: (form: string) => number | string | undefined,
  { commonProfile, spots }: Shared,
): Copier {
  const { context } = annex;
  const numbers = new Map<string, number>();
  /** Objects that are still to be written. */
  const queue: { ref: PDFRef; number: number }[] = [];

  const number = (ref: PDFRef): number => {
    const known = numbers.get(ref.tag);
    if (known !== undefined) return known;
    const shared = ref.tag === annex.commonProfile?.tag ? commonProfile() : spotNumber(context.lookup(ref));
    const own = shared ?? file.next++;
    numbers.set(ref.tag, own);
    if (shared === undefined) queue.push({ ref, number: own });
    return own;
  };

  const write = (object: PDFObject | undefined): string => {
    if (object === undefined) return 'null';
    if (object instanceof PDFRef) {
      const target = context.lookup(object);
      // A page, or nothing: a place that is written otherwise.
      if (target === undefined || nameOf(value(dictOf(target), 'Type')) === 'Page') return 'null';
      return `${number(object)} 0 R`;
    }
    if (object instanceof PDFArray) {
      const shared = spotNumber(object);
      return shared === undefined ? arrayOf(object) : `${shared} 0 R`;
    }
    if (object instanceof PDFDict) return `<< ${entriesOf(object).join(' ')} >>`;
    if (object instanceof PDFRawStream) throw new Error('a stream that is no object of its own');
    return object.toString();
  };
  const entriesOf = (dict: PDFDict): string[] => dict.entries().map(([name, entry]) => `${name} ${write(entry)}`);
  const items = (array: PDFArray): string => array.asArray().map(write).join(' ');
  /** A Separation that is another than the document's of its name becomes a DeviceN of one (ISO 19005-3, 6.2.4.4). */
  const arrayOf = (array: PDFArray): string => {
    const spot = annex.spots.get(array);
    if (!spot) return `[${items(array)}]`;
    const [name, ...colours] = [1, 2, 3].map((index) => write(array.get(index)));
    return `[/DeviceN [${name}] ${colours.join(' ')} << /Colorants << ${name} ${spots.get(spot.name)?.number} 0 R >> >>]`;
  };
  /** The number of the document's Separation of a name, where `object` is the same. */
  const spotNumber = (object: PDFObject | undefined): number | undefined => {
    const spot = object instanceof PDFArray ? annex.spots.get(object) : undefined;
    if (!spot) return undefined;
    const known = spots.get(spot.name);
    // None paints nothing; what Colorants list is not seen.
    if (known) return known.digest === spot.digest || spot.listed || spot.name === 'None' ? known.number : undefined;
    const own = file.next++;
    spots.set(spot.name, { digest: spot.digest, number: own });
    put(file, own, `[${items(object as PDFArray)}]`);
    return own;
  };

  const addDeflated = (entries: string, data: Uint8Array): number =>
    addStream(file, `${entries} /Filter /FlateDecode`, zlibSync(data));

  const writeStream = (stream: PDFRawStream, key: string, target: number) => {
    const changed = annex.forms.get(key);
    const entries = entriesOf(stream.dict).filter(
      (entry) => !/^\/(Length|StructParents) /.test(entry) && !(changed && /^\/(Filter|DecodeParms) /.test(entry)),
    );
    const structParents = nameOf(value(stream.dict, 'Subtype')) === 'Form' ? formKeys(key) : undefined;
    if (structParents !== undefined) entries.push(`/StructParents ${structParents}`);
    if (changed) entries.push('/Filter /FlateDecode');
    const next = file.next;
    file.next = target;
    addStream(file, entries.join(' '), changed ? zlibSync(changed) : stream.contents);
    file.next = next;
  };

  const drain = (): void => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const object = context.lookup(next.ref);
      if (object instanceof PDFRawStream) writeStream(object, next.ref.tag, next.number);
      else {
        if (object instanceof PDFInvalidObject) throw new Error('a broken object that reading did not report');
        put(file, next.number, object instanceof PDFArray ? arrayOf(object) : write(object));
      }
    }
  };
  return { number, write, drain, addDeflated };
}

import { PDFArray, PDFDict, PDFInvalidObject, PDFName, type PDFObject, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { zlibSync } from 'fflate';
import type { Annex } from '../../annexes/annex.ts';
import { dictOf, nameOf, raw, value } from '../../annexes/file.ts';
import { type Kind, kindOfStream, mendedEntries } from '../../annexes/mend.ts';
import { addStream, type PdfObjects, put } from '../objects.ts';

/** Copies objects of one annex into the document, each once, with new numbers. */
export interface Copier {
  /** The number that the object of a reference has, or will have, in the document. */
  number(ref: PDFRef, kind?: Kind): number;
  /** A value as it is written in the document. */
  write(object: PDFObject | undefined, kind?: Kind): string;
  /** Writes all objects that are referred to; forms without resources use `resources`. */
  drain(resources: PDFDict | undefined): void;
  addDeflated(entries: string, data: Uint8Array): number;
}

/** An object of the annex that is still to be written, and its number in the document. */
interface Queued {
  ref: PDFRef;
  number: number;
  kind: Kind;
}

/** `formKeys` gives a form XObject that holds marked content its StructParents; `commonProfile` is that of CMYK without one. */
export function copierOf(
  file: PdfObjects,
  annex: Annex,
  formKeys: (form: string) => number | undefined,
  commonProfile: () => number,
): Copier {
  const { context } = annex;
  const numbers = new Map<string, number>();
  const queue: Queued[] = [];

  const number = (ref: PDFRef, kind: Kind = 'other'): number => {
    const known = numbers.get(ref.tag);
    if (known !== undefined) return known;
    const fresh = file.next++;
    numbers.set(ref.tag, fresh);
    queue.push({ ref, number: fresh, kind });
    return fresh;
  };

  const write = (object: PDFObject | undefined, kind: Kind = 'other'): string => {
    if (object === undefined) return 'null';
    if (object instanceof PDFRef) {
      const target = context.lookup(object);
      // A page, or nothing: a place that is written otherwise.
      if (target === undefined || nameOf(value(dictOf(target), 'Type')) === 'Page') return 'null';
      return `${number(object, kind)} 0 R`;
    }
    if (object instanceof PDFArray)
      return `[${object
        .asArray()
        .map((item) => write(item, kind))
        .join(' ')}]`;
    if (object instanceof PDFDict) return `<< ${entriesOf(object, kind).join(' ')} >>`;
    if (object instanceof PDFRawStream) throw new Error('a stream that is no object of its own');
    return object.toString();
  };

  const entriesOf = (dict: PDFDict, kind: Kind, isStream = false): string[] => {
    const entries = mendedEntries(dict, kind, isStream)
      .filter(({ key }) => !(kind === 'resources' && key === 'ColorSpace' && annex.cmykProfile))
      .map(({ key, object, kind: inner }) => `/${key} ${write(object, inner)}`);
    if (kind === 'resources' && annex.cmykProfile)
      entries.push(`/ColorSpace << ${colorSpaces(dict, annex.cmykProfile)} >>`);
    return entries;
  };

  /** DeviceCMYK means the annex's own profile (ISO 19005-3, 6.2.4.3). */
  const colorSpaces = (resources: PDFDict, profile: PDFRef | 'common'): string => {
    const spaces = dictOf(value(resources, 'ColorSpace'));
    const own = spaces ? entriesOf(spaces, 'other') : [];
    if (!spaces?.has(PDFName.of('DefaultCMYK')))
      own.push(`/DefaultCMYK [/ICCBased ${profile === 'common' ? commonProfile() : number(profile)} 0 R]`);
    return own.join(' ');
  };

  const addDeflated = (entries: string, data: Uint8Array): number =>
    addStream(file, `${entries} /Filter /FlateDecode`, zlibSync(data));

  const writeStream = (
    stream: PDFRawStream,
    { ref, number: target, kind: outer }: Queued,
    resources: PDFDict | undefined,
  ) => {
    const key = ref.tag;
    const kind = kindOfStream(stream, outer);
    const changed = annex.forms.get(key);
    const entries = entriesOf(stream.dict, kind, true).filter(
      (entry) => changed === undefined || !/^\/(Filter|DecodeParms) /.test(entry),
    );
    const isForm = nameOf(value(stream.dict, 'Subtype')) === 'Form';
    const structParents = isForm ? formKeys(key) : undefined;
    if (structParents !== undefined) entries.push(`/StructParents ${structParents}`);
    if (kind === 'form' && raw(stream.dict, 'Resources') === undefined)
      entries.push(`/Resources ${resources ? write(resources, 'resources') : '<< >>'}`);
    const data = changed ? zlibSync(changed) : stream.contents;
    if (changed) entries.push('/Filter /FlateDecode');
    const next = file.next;
    file.next = target;
    addStream(file, entries.join(' '), data);
    file.next = next;
  };

  const drain = (resources: PDFDict | undefined): void => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const object = context.lookup(next.ref);
      if (object instanceof PDFRawStream) writeStream(object, next, resources);
      else {
        if (object instanceof PDFInvalidObject) throw new Error('a broken object that reading did not report');
        put(file, next.number, write(object, next.kind));
      }
    }
  };
  return { number, write, drain, addDeflated };
}

import { PDFArray, type PDFContext, PDFName, PDFNull, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { zlibSync } from 'fflate';
import { decoded, dictOf, filtersOf, itemsOf, value } from './file.ts';
import type { Findings } from './problem.ts';

/** A stream whose filters PDF/A-3 allows (ISO 19005-3, 6.1.7.2): LZW is unpacked, Crypt does nothing. Throws DamagedAnnex. */
export function mendFilters(stream: PDFRawStream, context: PDFContext, findings: Findings, page: number): PDFRawStream {
  const filters = filtersOf(stream);
  const last = filters.findLastIndex((filter) => filter === 'LZWDecode' || filter === 'Crypt');
  if (last < 0) return stream;
  const written = value(stream.dict, 'DecodeParms');
  const parameters = (written instanceof PDFArray ? itemsOf(written) : [written]).map(dictOf);
  const isLzw = filters.includes('LZWDecode');
  const outer = filters
    .slice(0, last + 1)
    .flatMap((filter, index) => (filter === 'Crypt' ? [] : [{ filter, parameters: parameters[index] }]));
  const packed = PDFRawStream.of(
    context.obj({
      Filter: outer.map(({ filter }) => PDFName.of(filter ?? '')),
      DecodeParms: outer.map(({ parameters: own }) => own ?? null),
    }),
    stream.contents,
  );
  const left = filters.slice(last + 1).map((filter, index) => ({ filter, own: parameters[last + 1 + index] }));
  const kept = isLzw
    ? [{ filter: 'FlateDecode', own: undefined }, ...left]
    : [...outer.map(({ filter, parameters: own }) => ({ filter, own })), ...left];
  stream.dict.delete(PDFName.of('Filter'));
  stream.dict.delete(PDFName.of('DecodeParms'));
  if (kept.length > 0)
    stream.dict.set(
      PDFName.of('Filter'),
      onlyOf(
        kept.map(({ filter }) => PDFName.of(filter ?? '')),
        context,
      ),
    );
  if (kept.some(({ own }) => own))
    stream.dict.set(
      PDFName.of('DecodeParms'),
      onlyOf(
        kept.map(({ own }) => own ?? PDFNull),
        context,
      ),
    );
  findings.mended('stream-filters', page);
  return PDFRawStream.of(stream.dict, isLzw ? zlibSync(decoded(packed, true)) : stream.contents);
}

/** An array, or the one that stands alone. */
const onlyOf = (objects: PDFObject[], context: PDFContext): PDFObject =>
  objects.length === 1 ? (objects[0] as PDFObject) : context.obj(objects);

import { DamagedAnnex } from '../problem.ts';
import {
  type CrossReferences,
  dataOf,
  findObjects,
  lengthAt,
  membersOf,
  readCrossReferences,
  unlessBroken,
} from './cross-references.ts';
import { mendFilters } from './filters.ts';
import { numberOf } from './lookup.ts';
import { ObjectParser } from './object-parser.ts';
import { Parsing } from './parsing.ts';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFInvalidObject,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from './pdf.ts';

/** What the catalog of a PDF leads to; no catalog where a password or a restriction closes it. */
export interface LoadedObjects {
  context: PDFContext;
  catalog: PDFDict | undefined;
}

const cutOff = () => new DamagedAnnex('ファイルが途中で切れています');

/**
 * Reads the objects that a PDF's catalog leads to, where its tables say they are; by a search through the whole file where
 * they are not there, or where what they tell is not whole, as viewers do. References are told apart by their numbers
 * alone. Throws DamagedAnnex.
 */
export function loadObjects(bytes: Buffer, isWhole: (loaded: LoadedObjects) => boolean): LoadedObjects {
  const direct = new Loader(bytes, (_, isPlaced) => {
    if (isPlaced) throw new Misplaced();
    return undefined;
  });
  const tables = unlessBroken(() => readCrossReferences(direct.parser));
  const loaded = tables && direct.load(tables);
  if (loaded && (!loaded.catalog || isWhole(loaded))) return loaded;

  const hasEnd = /startxref|%%EOF\s*$/.test(bytes.toString('latin1', Math.max(0, bytes.length - 2048)));
  const searching = new Loader(bytes, (number, isPlaced) => {
    if (!hasEnd) throw cutOff();
    return isPlaced || tables?.places.get(number) ? PDFInvalidObject.of(new Uint8Array()) : undefined;
  });
  const found = searching.load(findObjects(searching.parser));
  if (!found) throw hasEnd ? new DamagedAnnex('文書の目録がありません') : cutOff();
  return found;
}

/** Thrown where an object is not in the place that the tables say. */
class Misplaced extends Error {}

class Loader {
  readonly parser: ObjectParser;
  readonly #context: PDFContext;
  readonly #parsing: Parsing;
  readonly #absent: (number: number, isPlaced: boolean) => PDFObject | undefined;
  /** Object streams by their numbers. */
  readonly #containers = new Map<number, { parser: ObjectParser; members: Map<number, number> } | undefined>();
  #places: CrossReferences['places'] = new Map();

  /** `absent` tells what stands for an object that has no place, or is not in its place. */
  constructor(bytes: Buffer, absent: (number: number, isPlaced: boolean) => PDFObject | undefined) {
    this.#parsing = new Parsing(8 * bytes.length + 1024 * 1024);
    this.#context = this.#parsing.context;
    this.parser = new ObjectParser(bytes, this.#parsing);
    this.#absent = absent;
  }

  /** All that the catalog leads to; undefined where something is not in its place, or there is no catalog. */
  load({ places, trailers }: CrossReferences): LoadedObjects | undefined {
    const context = this.#context;
    if (trailers.some((trailer) => trailer.get(PDFName.of('Encrypt')))) return { context, catalog: undefined };
    this.#places = places;
    try {
      for (const trailer of trailers) {
        const root = trailer.get(PDFName.of('Root'));
        const catalog = root instanceof PDFRef ? this.#read(root) : root;
        if (!(catalog instanceof PDFDict) || !catalog.get(PDFName.of('Pages'))) continue;
        const info = trailers.map((one) => one.get(PDFName.of('Info'))).find((one) => one);
        context.trailerInfo = { Root: root as PDFObject, ...(info ? { Info: info } : {}) };
        this.#loadAll([root as PDFObject, ...(info ? [info] : [])]);
        return { context, catalog: context.lookup(root) as PDFDict };
      }
      return undefined;
    } catch (error) {
      if (error instanceof Misplaced) return undefined;
      throw error;
    }
  }

  #loadAll(stack: PDFObject[]): void {
    const context = this.#context;
    const known = new Set<PDFRef>();
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (next instanceof PDFRef) {
        if (known.has(next)) continue;
        known.add(next);
        // Numbers of what is not there stay free of what mending adds.
        context.largestObjectNumber = Math.max(context.largestObjectNumber, next.objectNumber);
        const object = this.#read(next);
        if (object === undefined || object === PDFNull) continue;
        context.assign(next, object);
        if (object instanceof PDFArray || object instanceof PDFDict || object instanceof PDFRawStream)
          stack.push(object);
        continue;
      }
      const dict = next instanceof PDFRawStream ? next.dict : next;
      for (const inner of dict instanceof PDFArray ? dict.asArray() : (dict as PDFDict).values())
        if (inner instanceof PDFRef || inner instanceof PDFArray || inner instanceof PDFDict) stack.push(inner);
    }
    for (const [, object] of context.enumerateIndirectObjects())
      if (object instanceof PDFRawStream) mendFilters(object);
  }

  /** The object of a reference; undefined where there is none, or where it leads to others without end. */
  #read(ref: PDFRef, depth = 0): PDFObject | undefined {
    const number = ref.objectNumber;
    const place = this.#places.get(number);
    if (!place) return this.#absent(number, false);
    const object = unlessBroken(() => {
      if ('container' in place) return this.#member(place.container, number);
      const [found, object] = this.parser.indirectAt(place.offset, this.#lengthOf) ?? [];
      return found === number ? object : undefined;
    });
    if (object instanceof PDFRef) return depth < 10 ? this.#read(object, depth + 1) : undefined;
    return object ?? this.#absent(number, true);
  }

  readonly #lengthOf = (ref: PDFRef): number | undefined => {
    const place = this.#places.get(ref.objectNumber);
    if (!place) return undefined;
    if ('offset' in place) return lengthAt(this.parser, place.offset);
    const length = unlessBroken(() => this.#member(place.container, ref.objectNumber));
    return numberOf(length);
  };

  #member(container: number, number: number): PDFObject | undefined {
    if (!this.#containers.has(container)) {
      // One that needs itself to be read is none.
      this.#containers.set(container, undefined);
      const place = this.#places.get(container);
      const stream = place && 'offset' in place ? this.parser.indirectAt(place.offset, this.#lengthOf)?.[1] : undefined;
      if (!(stream instanceof PDFRawStream)) return undefined;
      const data = dataOf(stream);
      const parser = new ObjectParser(data, this.#parsing);
      this.#parsing.left += 2 * data.length;
      this.#containers.set(container, { parser, members: membersOf(stream, data) });
    }
    const found = this.#containers.get(container);
    const start = found?.members.get(number);
    return start === undefined ? undefined : (found?.parser.objectAt(start) ?? PDFNull);
  }
}

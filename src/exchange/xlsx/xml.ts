// The XML of a workbook's parts, read piece by piece: elements by their local names, since each program has prefixes of
// its own, or none.
import { SaxesParser } from 'saxes';
import { BookProblem } from './problem.ts';

export interface Handler {
  /** `path`: local names from the root to this element. */
  open?(path: readonly string[], attributes: Attributes): void;
  /** Text directly within the element at `path`; a long one comes in pieces. */
  text?(path: readonly string[], text: string): void;
  close?(path: readonly string[]): void;
}

/** The value of an attribute by its local name; `prefixed` says whether a prefix is asked for: r:id, not id. */
export type Attributes = (local: string, prefixed?: boolean) => string | undefined;

/** Elements within elements, and what may stand between two tags: the longest text of a cell, escaped, has a quarter of it. */
const deepest = 100;
const longest = 1024 * 1024;

const damaged = () => new BookProblem('damaged');

/** Reads a part to its end; throws a BookProblem where it is no well-formed XML. */
export async function readXml(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  handler: Handler,
): Promise<void> {
  const { parser, write } = parserFor(handler);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const piece of pieces) {
      decoder ??= decoderOf(piece);
      write(decoder.decode(piece, { stream: true }));
    }
    write(decoder?.decode() ?? '');
  } catch (error) {
    // Bytes that are no text of this encoding
    if (error instanceof TypeError && 'code' in error) throw damaged();
    throw error;
  }
  parser.close();
}

function parserFor(handler: Handler) {
  const parser = new SaxesParser({ position: false });
  const path: string[] = [];
  /** Characters since a tag: the parser keeps them until the next one. */
  let kept = 0;
  const refuse = () => {
    throw damaged();
  };
  parser.on('error', refuse);
  // No part has a document type: it could say what entities are.
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    kept = 0;
    path.push(localOf(name));
    if (path.length > deepest) throw damaged();
    handler.open?.(path, (local, prefixed = false) => {
      for (const key in attributes)
        if (localOf(key) === local && key.includes(':') === prefixed) return attributes[key] as string;
      return undefined;
    });
  });
  const text = (piece: string) => {
    if (path.length > 0) handler.text?.(path, piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    kept = 0;
    handler.close?.(path);
    path.pop();
  });
  const write = (piece: string) => {
    kept += piece.length;
    parser.write(piece);
    if (kept > longest) throw new BookProblem('large');
  };
  return { parser, write };
}

function decoderOf([first, second]: Uint8Array): InstanceType<typeof TextDecoder> {
  const [a = 0, b = 0] = [first, second];
  const little = (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0);
  const big = (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c);
  return new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8', { fatal: true });
}

const localOf = (name: string) => name.slice(name.indexOf(':') + 1);

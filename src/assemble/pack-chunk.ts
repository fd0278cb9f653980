import type { Chunk } from './chunk.ts';
import { streamBody } from './objects.ts';
import { objectStreams, type PackedObjects } from './pack.ts';
import { resolved, type SharedNumbers } from './references.ts';

/** A chunk's objects, and what the joined file calls the first of them, its keys and what all chunks share. */
export interface ChunkToPack extends Pick<Chunk, 'objects'> {
  first: number;
  firstKey: number;
  shared: SharedNumbers;
}

/** A chunk's objects as the joined file has them. */
export function packChunk({ objects, ...place }: ChunkToPack): PackedObjects {
  const streams: PackedObjects['streams'] = [];
  const others: { number: number; body: Buffer }[] = [];
  for (const [index, object] of objects.entries()) {
    const number = place.first + index;
    if (typeof object === 'string') others.push({ number, body: Buffer.from(resolved(object, place), 'latin1') });
    else streams.push({ number, body: streamBody(resolved(object.dictionary, place), object.data) });
  }
  return { streams, objectStreams: objectStreams(others) };
}

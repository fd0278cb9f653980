import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import { hostStructure } from '../assemble/annexes/host-structure.ts';
import { joinAnnexes, type MergedAnnexes } from '../assemble/annexes/join.ts';
import type { WrittenAnnexes } from '../assemble/annexes/write.ts';
import { type Seal, seal } from '../assemble/assemble.ts';
import type { Chunk } from '../assemble/chunk.ts';
import { type AnnexPages, joinChunks } from '../assemble/join.ts';
import { addStream, type PdfObjects } from '../assemble/objects.ts';
import { packObjects } from '../assemble/pack.ts';
import { packChunk } from '../assemble/pack-chunk.ts';
import { writeStructureTree } from '../assemble/structure-tree.ts';
import { packagePath } from '../package.ts';

/** The one that Typst writes, for documents of annexes alone; public domain, see profiles/LICENSE. */
const sRgb = 'profiles/sRGB-v4.icc';

/** Joins the sections of a document, and the annexes among them, and writes its file; `sealed` tells what it says of itself. */
export function documentOf(
  sections: readonly (Chunk | AnnexPages)[],
  annexes: WrittenAnnexes | undefined,
  sealed: (merged: MergedAnnexes | undefined) => Omit<Seal, 'merged'>,
): Uint8Array {
  const joined = joinChunks(sections);
  const { file, structure } = joined;
  // Below 書名, where the cover comes before.
  const cover = joined.pages.findIndex(({ number }) => number === joined.places.get('part-表紙')?.page);
  const places = joined.annexes.map(
    (place) => ({ ...place, depth: cover >= 0 && cover < place.first ? 1 : 0 }) as const,
  );
  const names = [...joined.places.keys(), ...places.map(({ part }) => `part-${part}`)];
  const profile = joined.profile || (annexes ? addProfile(file) : 0);
  const merged = annexes && joinAnnexes(file, hostStructure(structure), places, annexes, profile, names);
  writeStructureTree(file, structure);
  return packObjects(seal(joined, { ...sealed(merged), merged }), joined.chunks.map(packChunk));
}

const addProfile = (file: PdfObjects): number =>
  addStream(file, '/N 3 /Filter /FlateDecode', zlibSync(readFileSync(packagePath(sRgb))));

import { type Seal, seal } from '../../src/assemble/assemble.ts';
import { packAttachment } from '../../src/assemble/attachments.ts';
import type { Chunk } from '../../src/assemble/chunk.ts';
import { joinChunks } from '../../src/assemble/join.ts';
import { packObjects } from '../../src/assemble/pack.ts';
import { packChunk } from '../../src/assemble/pack-chunk.ts';
import { writeStructureTree } from '../../src/assemble/structure-tree.ts';
import { paragraph } from './chunks.ts';

/** Three pages with one paragraph each, every one a chunk of its own with a place: a, b, c. */
export const threePages: Chunk[] = ['a', 'b', 'c'].map((id, index) =>
  paragraph(
    {
      pages: [{ number: 1, height: 800.25 + index }],
      anchors: [{ id, page: 1, x: 20, y: 100.004 + index }],
    },
    `[0 0 595.2 ${800.25 + index}]`,
  ),
);
export const bookmark = (title: string, anchor: string, ...children: Seal['bookmarks']) => ({
  title,
  anchor,
  children,
});
export const usual: Seal = {
  title: '書名',
  author: '市',
  bookmarks: [],
  labels: '<< /Nums [0 << /S /D >>] >>',
  attachments: [],
  date: { year: 2030, month: 12, day: 1 },
  provenance: { plan: 'p', title: 't', revised: 'r', parts: 'x', content: 'c', fonts: 'f', tool: 't' },
};
/** The bytes of a file of these pages. */
export function sealed(own: Partial<Seal> = {}, pages: readonly Chunk[] = threePages): Buffer {
  const joined = joinChunks(pages);
  writeStructureTree(joined.file, joined.structure);
  return Buffer.from(packObjects(seal(joined, { ...usual, ...own }), joined.chunks.map(packChunk)));
}
export const attachment = (plainName: string) =>
  packAttachment({
    plainName,
    name: plainName,
    type: 'text/csv',
    description: 'd',
    relationship: 'Data',
    text: plainName,
  });

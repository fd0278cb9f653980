import { zlibSync } from 'fflate';
import type { Chunk, ChunkStream } from '../../src/assemble/chunk.ts';

/** A stream as a chunk holds it. */
export const deflated = (text: string): ChunkStream => {
  const data = zlibSync(Buffer.from(text));
  return { dictionary: `<< /Filter /FlateDecode /Length ${data.length} >>`, data };
};

/** A page with a paragraph, as a chunk of its own: 1 the page, 2 its content, 3 the paragraph, 4 the page's contents, 5 sRGB. */
export const paragraph = (own: Partial<Chunk> = {}, box = '[0 0 100 100]'): Chunk => ({
  objects: [
    `<< /Type /Page /Parent @pages 0 R /MediaBox ${box} /Contents 2 1 R /Resources << /ColorSpace << /C [/ICCBased 5 1 R] >> >> ` +
      '/StructParents 0 2 R >>',
    deflated('/P <</MCID 0>> BDC EMC'),
    '<< /Type /StructElem /S /P /P @document 0 R /Pg 1 1 R /K [0] >>',
    '[3 1 R]',
    { dictionary: '<< /N 3 /Range [0 1 0 1 0 1] /Length 4 >>', data: Buffer.from('sRGB') },
  ],
  pages: [{ number: 1, height: 100 }],
  kids: [{ kind: 'element', elements: [3] }],
  ids: [],
  parents: [4],
  anchors: [],
  profile: 5,
  ...own,
});

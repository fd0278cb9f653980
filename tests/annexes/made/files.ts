import { deflateSync } from 'node:zlib';
import { onePage, stream, tagged } from '../pdf.ts';

// PDFs that viewers read though they are not right: what is made of them must be right.

const content = '0 0 9 9 re f';
const zipped = deflateSync(content);
const good = onePage({ content });
const text = good.toString('latin1');
const latin1 = (written: string) => Buffer.from(written, 'latin1');
const packed = (data: string | Uint8Array, entries: string) => onePage({ objects: { 4: stream(data, entries) } });
/** A picture of two pixels, and a page that shows it. */
const picture = (data: string | Uint8Array, entries: string) =>
  onePage({
    content: 'q 100 0 0 50 0 0 cm /X Do Q',
    resources: '/XObject << /X 5 0 R >>',
    objects: {
      5: stream(
        data,
        `/Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ${entries}`,
      ),
    },
  });

export const made: Record<string, () => Uint8Array> = {
  'no-table': () => latin1(text.replace(/xref\n0[\s\S]*trailer/, 'trailer')),
  'table-off': () => latin1(text.replaceAll(/^00000(\d{5}) 00000 n/gm, '00001$1 00000 n')),
  'no-end': () => good.subarray(0, text.indexOf('startxref')),
  'length-wrong': () => latin1(text.replace(/\/Length \d+/, '/Length 1')),
  'no-contents': () => onePage({ objects: { 3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>' } }),
  'no-boxes': () => onePage({ content, objects: { 3: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>' } }),
  'contents-of-nothing': () => onePage({ objects: { 4: '[null 9 0 R 5 0 R << >>]', 5: stream(content) } }),
  'empty-stream': () => packed('', '/Filter /FlateDecode'),
  'no-check-sum': () => packed(zipped.subarray(0, -4), '/Filter /FlateDecode'),
  'check-sum-wrong': () => packed(Buffer.concat([zipped.subarray(0, -4), latin1('sums')]), '/Filter /FlateDecode'),
  'short-names': () => packed(`${zipped.toString('hex')}>`, '/Filter [/AHx /Fl]'),
  'null-parameters': () => packed(zipped, '/Filter [/FlateDecode] /DecodeParms [null]'),
  'picture-short-names': () => picture('00ff', '/Filter /AHx'),
  'picture-by-runs': () => picture(Buffer.from([1, 0, 255]), '/Filter [/RL] /DecodeParms [null]'),
  'picture-lzw': () => picture(Buffer.from('800003fc04', 'hex'), '/Filter /LZW'),
  'picture-no-check-sum': () => picture(deflateSync(Buffer.from([0, 255])).subarray(0, -4), '/Filter /FlateDecode'),
  'hexadecimal-odd': () => tagged('P[0]', { catalog: '/Lang <6A61 6>' }),
  'page-twice': () =>
    tagged('H1[0] P[1]', {
      page: '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) >> >>]',
      objects: { 2: '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>' },
    }),
};

import { type Objects, onePage, type Parts, profileOf, type Stream, stream } from '../pdf.ts';

// Annexes of what a page leads to, each against one clause of ISO 19005-3 unless it is mended: names begin with the clause.

/** The head of a bare JPEG 2000 codestream of 2 × 2 pixels, its components of these depths less one. */
export function codestream(depths: number[]): Buffer {
  const size = Buffer.alloc(42 + 3 * depths.length + 2);
  size.writeUInt32BE(0xff4fff51);
  size.writeUInt16BE(38 + 3 * depths.length, 4);
  for (const at of [8, 12, 24, 28]) size.writeUInt32BE(2, at);
  size.writeUInt16BE(depths.length, 40);
  for (const [index, depth] of depths.entries()) size.set([depth, 1, 1], 42 + 3 * index);
  size.writeUInt16BE(0xffd9, size.length - 2);
  return size;
}
export const box = (type: string, data: Uint8Array | number[]): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + data.length);
  head.write(type, 4);
  return Buffer.concat([head, Buffer.from(data)]);
};
/** A picture of these components; in a file with the header `boxes`, where they are given. */
export function jpeg2000(depths: number[], boxes?: Buffer[], entries = '/ColorSpace /DeviceRGB'): Stream {
  const code = codestream(depths);
  const data = boxes
    ? Buffer.concat([box('jP  ', [13, 10, 135, 10]), box('jp2h', Buffer.concat(boxes)), box('jp2c', code)])
    : code;
  return stream(data, `/Type /XObject /Subtype /Image /Width 2 /Height 2 /Filter /JPXDecode ${entries}`);
}

const xmp = stream('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a:b xmlns:a="urn:a"/></x:xmpmeta>', '/Type /Metadata /Subtype /XML');
const square = '0 0 9 9 re f';
const of = (parts: Parts) => () => onePage(parts);
const drawn = (content: string, resources: string, objects: Objects = {}) => of({ content, resources, objects });
const image = (entries: string, data: string | Uint8Array = 'abcd') =>
  stream(data, `/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 ${entries}`);
const form = (data: string, entries = '') =>
  stream(data, `/Type /XObject /Subtype /Form /BBox [0 0 99 99] ${entries}`);
const tint = (channels: number, inputs = 1) =>
  stream(`{ ${'pop '.repeat(inputs)}${'0.5 '.repeat(channels)}}`, functionOf(channels, inputs));
const functionOf = (channels: number, inputs: number) =>
  `/FunctionType 4 /Domain [${'0 1 '.repeat(inputs)}] /Range [${'0 1 '.repeat(channels)}]`;
const filled = (space: string, objects: Objects, colours = '1') =>
  drawn(`/S cs ${colours} scn ${square}`, `/ColorSpace << /S ${space} >>`, objects);

export const made: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
  '6.1.6-1 odd hexadecimal strings': drawn(`/Span <</E <612>>> BDC ${square} EMC`, '/Properties << /A << /E <41G> >> >>'),
  '6.1.7.2-1 LZW': drawn('/X Do', '/XObject << /X 10 0 R >>', {
    10: image('/ColorSpace /DeviceGray /Filter [/Crypt /LZWDecode]', Buffer.from('800B6050220C0C8501', 'hex')),
  }),
  '6.1.8-1 a colorant in Shift_JIS': filled('[/Separation /#8BE0 /DeviceRGB 10 0 R]', { 10: tint(3) }),
  '6.1.10-1 an inline picture in LZW': of({
    content: Buffer.concat([
      Buffer.from('q 9 0 0 9 0 0 cm BI /W 10 /H 1 /BPC 8 /CS /G /F /LZW ID '),
      Buffer.from('800B6050220C0C8501', 'hex'),
      Buffer.from('\nEI Q'),
    ]),
  }),
  '6.1.13-1 an integer too large': drawn(`1 0 0 1 99999999999 0 cm ${square}`, '/ExtGState << /G << /LW 3000000000 >> >>'),
  '6.1.13-3 a string too long': drawn('/P <</MCID 0>> BDC BT /F 1 Tf ET EMC', '', {}),
  '6.1.13-4 a name too long': drawn(`/${'n'.repeat(200)} gs ${square}`, `/ExtGState << /${'n'.repeat(200)} << /CA 1 >> >>`),
  '6.1.13-5 a number too small': drawn(`0.${'0'.repeat(40)}1 w 0 0 9 9 re S`, ''),
  '6.1.13-8 a nesting too deep': drawn(`${'q '.repeat(40)}${square} ${'Q '.repeat(40)}`, ''),
  '6.2.2-1 operators that are none': drawn(`BX 1 (a) foo EX ${square} 5 bar`, ''),
  '6.2.2-2 names of the page in a form': drawn('/X Do', '/XObject << /X 10 0 R >> /ExtGState << /G << /CA 1 >> >>', {
    10: form(`/G gs ${square}`, '/Resources << /ProcSet [] >>'),
  }),
  '6.2.4.2-1 a profile that is none': filled('[/ICCBased 10 0 R]', { 10: stream('none', '/N 3') }, '1 0 0'),
  '6.2.4.2-1 a profile of another class': filled(
    '[/ICCBased 10 0 R]',
    { 10: stream(profileOf('link', 3), '/N 3 /Alternate /DeviceRGB') },
    '1 0 0',
  ),
  '6.2.4.3-3 CMYK in a shading': drawn('/S sh', '/Shading << /S 10 0 R >>', {
    10: '<< /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >> >>',
  }),
  '6.2.4.3-3 CMYK as an alternate': filled('[/Separation /Gold /DeviceCMYK 10 0 R]', { 10: tint(4) }),
  '6.2.4.3-3 CMYK as a base': filled('[/Indexed /DeviceCMYK 0 <00000000>]', {}, '0'),
  '6.2.4.3-3 CMYK in a group': of({ page: '/Group << /S /Transparency /CS /DeviceCMYK >>', content: square }),
  '6.2.4.3-3 CMYK in a soft mask': drawn(`/G gs ${square}`, '/ExtGState << /G << /SMask << /S /Luminosity /G 10 0 R >> >> >>', {
    10: form(`0 0 0 1 k ${square}`, '/Group << /S /Transparency /CS /DeviceCMYK >>'),
  }),
  '6.2.4.3-3 CMYK in a pattern': drawn(`/Pattern cs /P scn ${square}`, '/Pattern << /P 10 0 R >>', {
    10: stream(`0 0 0 1 k ${square}`, '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9'),
  }),
  '6.2.4.3-3 CMYK in a picture': drawn('/X Do', '/XObject << /X 10 0 R >>', { 10: image('/ColorSpace /DeviceCMYK') }),
  '6.2.4.3-3 CMYK in an inline picture': drawn('BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd\nEI', ''),
  '6.2.4.4-1 colorants that are not described': filled(
    '[/DeviceN [/Gold /Cyan /Silver] /DeviceRGB 10 0 R]',
    { 10: tint(3, 3) },
    '1 0 1',
  ),
  '6.2.4.4-1 of samples': filled(
    '[/DeviceN [/Gold /Silver] /DeviceGray 10 0 R]',
    { 10: stream('abcd', '/FunctionType 0 /Domain [0 1 0 1] /Range [0 1] /Size [2 2] /BitsPerSample 8') },
    '1 0',
  ),
  '6.2.4.4-2 two meanings of one colorant': drawn(
    `/S cs 1 scn ${square} /T cs 1 scn ${square}`,
    '/ColorSpace << /S [/Separation /Gold /DeviceRGB 10 0 R] /T [/Separation /Gold /DeviceGray 11 0 R] >>',
    { 10: tint(3), 11: tint(1) },
  ),
  '6.2.5-1 transfer functions and halftones': drawn(
    `/G gs ${square}`,
    '/ExtGState << /G << /TR /Identity /TR2 /Identity /HT << /HalftoneType 6 >> /HTP [0 0] >> >>',
  ),
  '6.2.6-1 unknown intents': drawn(`/Foo ri /G gs ${square} /X Do`, '/ExtGState << /G << /RI /Foo >> >> /XObject << /X 10 0 R >>', {
    10: image('/ColorSpace /DeviceGray /Intent /Foo'),
  }),
  '6.2.8-3 smoothed pictures': drawn('/X Do BI /W 1 /H 1 /BPC 8 /CS /G /I true ID a\nEI', '/XObject << /X 10 0 R >>', {
    10: image('/ColorSpace /DeviceGray /Interpolate true /Alternates [] /OPI << >>'),
  }),
  '6.2.8-5 a mask of 8 bits': drawn('/X Do', '/XObject << /X 10 0 R >>', { 10: image('/ImageMask true') }),
  '6.2.8.3-1 a bare codestream': drawn('/X Do', '/XObject << /X 10 0 R >>', { 10: jpeg2000([7, 7, 7]) }),
  '6.2.8.3-2 colours named twice': drawn('/X Do', '/XObject << /X 10 0 R >>', {
    10: jpeg2000(
      [7, 7, 7],
      [
        box('ihdr', [0, 0, 0, 2, 0, 0, 0, 2, 0, 3, 7, 7, 0, 0]),
        box('colr', [1, 0, 0, 0, 0, 0, 16]),
        box('colr', [1, 0, 0, 0, 0, 0, 17]),
      ],
      '',
    ),
  }),
  '6.2.8.3-5 depths in a box of their own': drawn('/X Do', '/XObject << /X 10 0 R >>', {
    10: jpeg2000([7, 7, 7], [box('ihdr', [0, 0, 0, 2, 0, 0, 0, 2, 0, 3, 255, 7, 0, 0]), box('bpcc', [7, 7, 7])]),
  }),
  '6.2.10-1 unknown blend modes': drawn(`/G gs ${square}`, '/ExtGState << /G << /BM [/Foo /Multiply] >> >>'),
  '6.6.2.3.1-1 metadata of what a page draws': drawn(
    `/OC /L BDC /X Do EMC /I Do`,
    '/Properties << /L 12 0 R >> /XObject << /X 10 0 R /I 13 0 R >>',
    {
      10: form(square, '/Metadata 11 0 R /PieceInfo << >> /LastModified (D:2026)'),
      11: xmp,
      12: '<< /Type /OCG /Name (a) /Metadata 11 0 R >>',
      13: image('/ColorSpace /DeviceGray /Metadata 11 0 R'),
    },
  ),
  '6.7.4-1 a language that is none': drawn(
    `/Span /A BDC ${square} EMC /Span <</Lang (not a language)>> BDC ${square} EMC`,
    '/Properties << /A << /Lang (not a language) >> >>',
  ),
};

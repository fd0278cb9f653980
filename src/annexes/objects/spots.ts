import { zlibSync } from 'fflate';
import { DamagedAnnex } from '../problem.ts';
import { decoded, dictOf, itemsOf, numberOf, value } from '../source/file.ts';
import { type PDFArray, type PDFContext, PDFName, type PDFObject, PDFRawStream } from '../source/pdf.ts';

/**
 * The Separation of one colorant of a DeviceN: what the mixture's tint transform makes of it alone (ISO 32000-1, 8.6.6.5).
 * It tells what a printing plate holds; what is shown on a screen is the mixture's own.
 */
export function spotOf(context: PDFContext, mixture: PDFArray, index: number): PDFArray {
  const count = itemsOf(mixture.lookup(1)).length;
  const name = (mixture.lookup(1) as PDFArray).get(index);
  return context.obj([
    PDFName.of('Separation'),
    name,
    mixture.get(2),
    count === 1 ? mixture.get(3) : tintAlone(context, mixture.lookup(3), index, count),
  ] as never) as unknown as PDFArray;
}

function tintAlone(context: PDFContext, tint: PDFObject | undefined, index: number, count: number): PDFObject {
  const dict = dictOf(tint);
  const type = numberOf(value(dict, 'FunctionType'));
  const range = itemsOf(value(dict, 'Range')).map((side) => numberOf(side) ?? 0);
  if (tint instanceof PDFRawStream && type === 4) {
    const code = codeOf(tint);
    const start = code.indexOf('{') + 1;
    const alone = `${'0 exch '.repeat(index)}${'0 '.repeat(count - 1 - index)}`;
    const entries = { FunctionType: 4, Domain: [0, 1], Range: range, Filter: 'FlateDecode' };
    const data = Buffer.from(`${code.slice(0, start)} ${alone}${code.slice(start)}`, 'latin1');
    return context.register(PDFRawStream.of(context.obj(entries), zlibSync(data)));
  }
  const channels = Math.max(1, range.length / 2);
  const [none, full] = tint instanceof PDFRawStream && type === 0 ? corners(tint, index, count, channels) : [];
  const entries = { FunctionType: 2, Domain: [0, 1], N: 1, C0: none ?? range.filter((_, at) => at % 2 === 0) };
  return context.register(context.obj({ ...entries, C1: full ?? range.filter((_, at) => at % 2 === 1) }));
}

function codeOf(tint: PDFRawStream): string {
  try {
    return Buffer.from(decoded(tint)).toString('latin1');
  } catch (error) {
    if (error instanceof DamagedAnnex) return '{}';
    throw error;
  }
}

/** Of a sampled function, its values where all inputs are least, and where one of them is most (ISO 32000-1, 7.10.2). */
function corners(tint: PDFRawStream, index: number, count: number, channels: number): number[][] {
  const size = itemsOf(value(tint.dict, 'Size')).map((length) => numberOf(length) ?? 1);
  const bits = numberOf(value(tint.dict, 'BitsPerSample')) ?? 8;
  const range = itemsOf(value(tint.dict, 'Decode') ?? value(tint.dict, 'Range')).map((side) => numberOf(side) ?? 0);
  if (size.length !== count || (bits !== 8 && bits !== 16 && bits !== 32)) return [];
  const data = Buffer.from(codeOf(tint), 'latin1');
  const step = size.slice(0, index).reduce((product, length) => product * length, 1);
  return [0, ((size[index] ?? 1) - 1) * step].map((sample) =>
    Array.from({ length: channels }, (_, channel) => {
      const at = ((sample * channels + channel) * bits) / 8;
      const share = at + bits / 8 <= data.length ? data.readUIntBE(at, bits / 8) / (2 ** bits - 1) : 0;
      const [least = 0, most = 1] = range.slice(2 * channel);
      return Number((least + share * (most - least)).toFixed(5));
    }),
  );
}

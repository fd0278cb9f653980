import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Encodings, Font, FontNames } from '@cantoo/pdf-lib/standard-fonts';
import { dictOf, itemsOf, value } from '../source/file.ts';
import { isComposite, type ShownFont } from './font.ts';
import type { Code } from './shown-codes.ts';

/** Symbol and ZapfDingbats, which are not letters: programs that pdf.js brings along, whose widths are the standard ones. */
const standard = [
  {
    names: /^(?:symbol|symbolmt)(?:[,-](?:bold|italic|bolditalic|regular))?$/i,
    file: 'FoxitSymbol.pfb',
    name: 'FoxitSymbol',
    metrics: FontNames.Symbol,
    encoding: Encodings.Symbol,
    box: [-180, -294, 1090, 1010],
  },
  {
    names: /^(?:itc)?zapfdingbats$/i,
    file: 'FoxitDingbats.pfb',
    name: 'FoxitDingbats',
    metrics: FontNames.ZapfDingbats,
    encoding: Encodings.ZapfDingbats,
    box: [-1, -164, 981, 826],
  },
];

/** Embeds a program of signs for a standard font of signs; its name, or undefined when there is none with the widths. */
export async function embedSymbols({ dict, name }: ShownFont, codes: readonly Code[]): Promise<string | undefined> {
  const found = standard.find(({ names }) => names.test(name));
  if (!found || isComposite(dict)) return undefined;
  const { context } = dict;
  const metrics = Font.load(found.metrics);
  const own = new Map(
    found.encoding.supportedCodePoints.map((point) => {
      const { code, name } = found.encoding.encodeUnicodeCodePoint(point);
      return [code, name];
    }),
  );
  const hasDifferences = itemsOf(value(dictOf(value(dict, 'Encoding')), 'Differences')).length > 0;
  const widths = new Map<number, number>();
  const differences: (number | string)[] = [];
  for (const { code, name, width } of codes) {
    const glyph = (hasDifferences ? name : undefined) ?? own.get(code);
    const standardWidth = glyph === undefined ? undefined : metrics.getWidthOfGlyph(glyph);
    if (glyph === undefined || standardWidth === undefined || Math.abs(standardWidth - width) > 1) return undefined;
    widths.set(code, width);
    differences.push(code, glyph);
  }
  const [first, last] = [Math.min(...widths.keys()), Math.max(...widths.keys())];
  const program = context.flateStream(await programOf(found.file), { Subtype: 'Type1C' });
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: found.name,
    Flags: 4,
    FontBBox: found.box,
    ItalicAngle: 0,
    Ascent: 0,
    Descent: 0,
    CapHeight: 0,
    StemV: 80,
    FontFile3: context.register(program),
  });
  const made = context.obj({
    Type: 'Font',
    Subtype: 'Type1',
    BaseFont: found.name,
    FirstChar: first,
    LastChar: last,
    Widths: Array.from({ length: last - first + 1 }, (_, index) => widths.get(first + index) ?? 0),
    Encoding: { Type: 'Encoding', Differences: differences },
    FontDescriptor: context.register(descriptor),
  });
  for (const [key, object] of made.entries()) dict.set(key, object);
  return found.name;
}

/** A program in CFF; behind its data its licence, which must go with it. */
async function programOf(file: string): Promise<Uint8Array> {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  const folder = join(dirname(manifest), 'standard_fonts');
  return Buffer.concat([await readFile(join(folder, file)), await readFile(join(folder, 'LICENSE_FOXIT'))]);
}

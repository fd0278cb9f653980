import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { FontUse } from '../content/usage.ts';
import { dictOf, nameOf, value } from '../source/file.ts';
import { classOf, PDFContext, type PDFDict, PDFName, type PDFRef } from '../source/pdf.ts';
import { hasBaseEncoding, isComposite, mapOf, programOf } from './font.ts';
import { type CodeRange, codespaces, writeMap } from './unicode-map.ts';

const [PDFObjectCopier, PDFWriter] = await Promise.all([
  classOf('PDFObjectCopier', ''),
  classOf('PDFWriter', 'writers/'),
]);

/** What pdf.js, as a reader that others rely on, makes of a font and of the codes that it shows. */
export interface Reading {
  glyphs: Map<number, ReadGlyph>;
  codespace: readonly CodeRange[];
  /** CIDs of the codes of a composite font; 0 where its CMap has none. */
  cids: ReadonlyMap<number, number>;
  isVertical: boolean;
  /** Whether the texts are known at all: from the font's own map, its encoding or its program; else they are codes. */
  knowsTexts: boolean;
  /** The font program could not be read, or there is none. */
  missingProgram: boolean;
  /** The program as pdf.js writes it anew: OpenType, with the glyphs' own widths; absent where there is none. */
  program: Uint8Array | undefined;
}
export interface ReadGlyph {
  /** By the font's own map, its encoding or its program; '' where nothing is known. */
  text: string;
  /** The same without the font's own map. */
  derived: string;
  /** What pdf.js shows: the code as a character where nothing is known. */
  shown: string;
  /** The glyph's name by the encoding that the dictionary of a simple font tells. */
  name: string | undefined;
  /** The character that the CMap of a composite font has for the code; 0 where it has none. */
  cid: number;
  /** As the font's dictionary says, 1/1000 of the size. */
  width: number;
  /** Whether the program has a glyph for it. */
  isInFont: boolean;
  /** The character by which `program` has the glyph. */
  place: string;
}

/** The build of pdf.js for Node.js 20 puts slower built-in functions in the place of those of Node.js, for the whole process. */
async function pdfjs() {
  const { push } = Array.prototype;
  const { parse, stringify } = JSON;
  const module = await import('pdfjs-dist/legacy/build/pdf.mjs');
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
  Array.prototype.push = push;
  Object.assign(JSON, { parse, stringify });
  return module;
}

/**
 * Reads fonts of one annex; of a font that cannot be read at all there is nothing. Tells codes apart where only the
 * font's CMap can.
 */
export async function readFonts(fonts: ReadonlyMap<PDFDict, FontUse>): Promise<Map<PDFDict, Reading>> {
  const { getDocument, OPS } = await pdfjs();
  const folder = `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/`;
  const document = await getDocument({
    data: await probe(fonts),
    verbosity: 0,
    fontExtraProperties: true,
    useSystemFonts: false,
    isEvalSupported: false,
    cMapUrl: `${folder}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}standard_fonts/`,
  }).promise;

  /** What a page of the probe shows; the codes of its second text are those that an ActualText speaks for. */
  async function read(number: number) {
    const page = await document.getPage(number);
    const { fnArray, argsArray } = await page.getOperatorList();
    const glyphs = new Map<number, ShownGlyph>();
    const unspoken = new Set<number>();
    let name: string | undefined;
    let texts = 0;
    for (const [place, operator] of fnArray.entries()) {
      if (operator === OPS.setFont) name = argsArray[place][0];
      if (operator === OPS.beginText) texts += 1;
      if (operator !== OPS.showText) continue;
      for (const glyph of argsArray[place][0] as (ShownGlyph | number | null)[]) {
        if (typeof glyph !== 'object' || glyph === null) continue;
        glyphs.set(glyph.originalCharCode, glyph);
        if (texts === 1) unspoken.add(glyph.originalCharCode);
      }
    }
    const font: ReadFont | undefined = name === undefined ? undefined : page.commonObjs.get(name);
    return font?.isInvalidPDFjsFont === false ? { font, glyphs, unspoken } : undefined;
  }

  const readings = new Map<PDFDict, Reading>();
  try {
    let number = 1;
    for (const [dict, use] of fonts) {
      const full = await read(number++).catch(() => undefined);
      const bare = hasMap(dict) ? await read(number++).catch(() => undefined) : full;
      if (!full) continue;
      if (use.bytes === undefined) {
        for (const code of full.glyphs.keys()) use.codes.add(code);
        for (const code of full.unspoken) use.unspoken.add(code);
      }
      const { font } = full;
      const known = ({ toUnicode }: ReadFont, code: number) => toUnicode?._map?.[code] ?? '';
      const glyphs = [...full.glyphs].map(([code, glyph]): [number, ReadGlyph] => [
        code,
        {
          text: known(font, code),
          derived: bare ? known(bare.font, code) : '',
          shown: glyph.unicode,
          name: font.differences?.[code] ?? (hasBaseEncoding(dict) ? font.defaultEncoding?.[code] : undefined),
          cid: cidOf(dict, font, code),
          width: glyph.width,
          isInFont: glyph.isInFont,
          place: glyph.fontChar,
        },
      ]);
      readings.set(dict, {
        glyphs: new Map(glyphs),
        codespace: codespaceOf(
          font,
          glyphs.map(([code]) => code),
        ),
        cids: new Map(glyphs.map(([code]) => [code, cidOf(dict, font, code)])),
        isVertical: font.vertical === true,
        knowsTexts: font.toUnicode?._map !== undefined,
        missingProgram: font.missingFile === true,
        program: font.data,
      });
    }
  } finally {
    await document.destroy();
  }
  return readings;
}

/** As pdf.js gives them. */
interface ShownGlyph {
  originalCharCode: number;
  unicode: string;
  width: number;
  isInFont: boolean;
  fontChar: string;
}
interface ReadFont {
  isInvalidPDFjsFont: boolean;
  missingFile: boolean;
  data: Uint8Array | undefined;
  composite?: boolean;
  toUnicode?: { _map?: Record<number, string> };
  differences?: Record<number, string>;
  defaultEncoding?: Record<number, string>;
  /** By bytes of a code: first and last of each range, one after the other. */
  cMap?: { codespaceRanges: number[][]; _map?: Record<number, number | string> };
  vertical?: boolean;
}

/** The number of the character that a code means. */
function cidOf(dict: PDFDict, { cMap }: ReadFont, code: number): number {
  if (!cMap?._map || /^Identity-[HV]$/.test(nameOf(value(dict, 'Encoding')) ?? '')) return code;
  const cid = cMap._map[code];
  return typeof cid === 'number' ? cid : 0;
}

/** The ranges of the font's CMap that have one of the codes. */
function codespaceOf({ cMap }: ReadFont, codes: readonly number[]): CodeRange[] {
  if (!cMap) return [{ first: 0, last: 0xff, bytes: 1 }];
  const ranges = cMap.codespaceRanges.flatMap((limits, index) =>
    limits.flatMap((first, place) =>
      place % 2 === 0 ? [{ first, last: limits[place + 1] as number, bytes: index + 1 }] : [],
    ),
  );
  const used = new Set(codes.map((code) => ranges.find(({ first, last }) => code >= first && code <= last)));
  return ranges.filter((range) => used.has(range));
}

/** A PDF with a page for each font that shows its codes and nothing else, and another without its ToUnicode map. */
async function probe(fonts: ReadonlyMap<PDFDict, FontUse>): Promise<Uint8Array> {
  const context = PDFContext.create();
  const root = context.nextRef();
  const kids: PDFRef[] = [];
  for (const [font, use] of fonts) {
    const content = context.register(context.stream(contentOf(use)));
    const copied = PDFObjectCopier.for(font.context, context).copy(partOf(font));
    // A font without any name is not read.
    const descriptor = dictOf(value(programOf(copied), 'FontDescriptor'));
    if (descriptor && nameOf(value(descriptor, 'FontName')) === undefined)
      descriptor.set(PDFName.of('FontName'), PDFName.of('Font'));
    const bare = copied.clone(context);
    bare.delete(PDFName.of('ToUnicode'));
    const map = smallMap(font, use);
    if (map) copied.set(PDFName.of('ToUnicode'), context.register(context.stream(map)));
    for (const F of hasMap(font) ? [copied, bare] : [bare]) {
      const resources = context.obj({ Font: { F: context.register(F) } });
      const entries = { Type: 'Page', Parent: root, MediaBox: [0, 0, 9, 9], Contents: content, Resources: resources };
      kids.push(context.register(context.obj(entries)));
    }
  }
  context.assign(root, context.obj({ Type: 'Pages', Kids: kids, Count: kids.length }));
  context.trailerInfo.Root = context.register(context.obj({ Type: 'Catalog', Pages: root }));
  return PDFWriter.forContext(context, 1000).serializeToBuffer();
}

const hasMap = (font: PDFDict) => font.has(PDFName.of('ToUnicode'));

/** A font without what draws its glyphs by operators. */
function partOf(font: PDFDict): PDFDict {
  const part = font.clone();
  part.delete(PDFName.of('Resources'));
  if (nameOf(value(font, 'Subtype')) === 'Type3') part.set(PDFName.of('CharProcs'), font.context.obj({}));
  const program = programOf(font);
  if (isComposite(font) && program && !value(program, 'FontDescriptor')) {
    // Without one, pdf.js takes the codes for single bytes.
    const described = program.clone();
    described.set(PDFName.of('FontDescriptor'), font.context.obj({ Type: 'FontDescriptor', Flags: 4 }));
    part.set(PDFName.of('DescendantFonts'), font.context.obj([described]));
  }
  return part;
}

/** Of a ToUnicode map what it says of the codes that are shown: there are maps that say it of millions. */
function smallMap(font: PDFDict, { codes, bytes }: FontUse): Uint8Array | undefined {
  const map = bytes && mapOf(font, codes);
  if (!map || map.usesAnother) return undefined;
  return writeMap(new Map([...map.texts].filter(([, text]) => text !== '')), codespaces[bytes]);
}

const contentOf = ({ codes, unspoken, bytes, shown }: FontUse): string => {
  const texts = [true, false].map((wanted) =>
    bytes === undefined
      ? [...shown].map(([operand, isUnspoken]) =>
          isUnspoken === wanted ? `${operand} ${operand.startsWith('[') ? 'TJ' : 'Tj'}\n` : '',
        )
      : [...codes].map((code) =>
          unspoken.has(code) === wanted ? `<${code.toString(16).padStart(2 * bytes, '0')}> Tj\n` : '',
        ),
  );
  return texts.map((operations) => `BT /F 1 Tf ${operations.join('')} ET`).join(' ');
};

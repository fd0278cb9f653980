import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { PDFContext, type PDFDict, PDFObjectCopier, type PDFRef, PDFWriter } from '@cantoo/pdf-lib';
import type { FontUse } from '../marking.ts';

/** What pdf.js, as a reader that others rely on, makes of a font and of the codes that it shows. */
export interface Reading {
  /** By code. Where a code has several widths in one font, codes below 256 are of one byte. */
  glyphs: Map<number, ReadGlyph>;
  /** Whether the texts are known at all: from the font's own map, its encoding or its program; else they are codes. */
  knowsTexts: boolean;
  /** The font program could not be read, or there is none. */
  missingProgram: boolean;
  /** The program as pdf.js writes it anew: OpenType, with the glyphs' own widths; absent where there is none. */
  program: Uint8Array | undefined;
}
export interface ReadGlyph {
  /** '' where nothing is known. */
  text: string;
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

/** Reads fonts of one annex; of a font that cannot be read at all there is nothing. */
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
  const readings = new Map<PDFDict, Reading>();
  try {
    for (const [index, font] of [...fonts.keys()].entries()) {
      const page = await document.getPage(index + 1);
      const { fnArray, argsArray } = await page.getOperatorList();
      const glyphs: Reading['glyphs'] = new Map();
      let name: string | undefined;
      for (const [place, operator] of fnArray.entries()) {
        if (operator === OPS.setFont) name = argsArray[place][0];
        if (operator !== OPS.showText) continue;
        for (const glyph of argsArray[place][0])
          if (typeof glyph === 'object' && glyph !== null)
            glyphs.set(glyph.originalCharCode, {
              text: glyph.unicode ?? '',
              width: glyph.width,
              isInFont: glyph.isInFont,
              place: glyph.fontChar,
            });
      }
      const read = name === undefined ? undefined : page.commonObjs.get(name);
      if (!read) continue;
      readings.set(font, {
        glyphs,
        knowsTexts: read.toUnicode?._map !== undefined,
        missingProgram: read.missingFile === true,
        program: read.data,
      });
    }
  } finally {
    await document.destroy();
  }
  return readings;
}

/** A PDF with a page for each font, which shows its codes and nothing else. */
async function probe(fonts: ReadonlyMap<PDFDict, FontUse>): Promise<Uint8Array> {
  const context = PDFContext.create();
  const root = context.nextRef();
  const kids: PDFRef[] = [];
  for (const [font, use] of fonts) {
    const copied = PDFObjectCopier.for(font.context, context).copy(font);
    const content = context.register(context.stream(`BT /F 1 Tf ${shownOf(use)} ET`));
    const resources = { Font: { F: copied } };
    const page = context.obj({ Type: 'Page', Parent: root, MediaBox: [0, 0, 9, 9], Contents: content });
    page.set(context.obj({ Resources: 0 }).keys()[0] as never, context.obj(resources as never));
    kids.push(context.register(page));
  }
  context.assign(root, context.obj({ Type: 'Pages', Kids: kids, Count: kids.length }));
  context.trailerInfo.Root = context.register(context.obj({ Type: 'Catalog', Pages: root }));
  return PDFWriter.forContext(context, 1000).serializeToBuffer();
}

const shownOf = ({ codes, bytes, shown }: FontUse): string =>
  bytes === undefined
    ? [...shown].map((operand) => `${operand} ${operand.startsWith('[') ? 'TJ' : 'Tj'}`).join('\n')
    : `<${[...codes].map((code) => code.toString(16).padStart(2 * bytes, '0')).join('')}> Tj`;

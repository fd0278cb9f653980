import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cmyk,
  decodePDFRawStream,
  degrees,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { afterEach, describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { checkAnnexes } from '../../src/annexes/check.ts';
import type { Problem } from '../../src/annexes/problem.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { runHere } from '../cli/run.ts';
import { cityWithAnnexes } from './city.ts';

const file = (name: string) => readFileSync(`tests/annexes/${name}.pdf`);
/** The annex `name`, changed. */
async function changed(name: string, change: (document: PDFDocument) => unknown): Promise<Uint8Array> {
  const document = await PDFDocument.load(file(name));
  await change(document);
  return document.save();
}
async function drawn(draw: (document: PDFDocument) => unknown): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([300, 400]);
  await draw(document);
  return document.save();
}
const dicts = (document: PDFDocument) =>
  document.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFDict ? [object] : []));
const without = (document: PDFDocument, key: string) => {
  for (const dict of dicts(document)) dict.delete(PDFName.of(key));
};
const annotate = (document: PDFDocument, annotation: Record<string, unknown>) => {
  const { context } = document;
  const ref = context.register(context.obj({ Type: 'Annot', Rect: [10, 10, 50, 50], ...annotation } as never));
  document.getPage(0).node.set(PDFName.of('Annots'), context.obj([ref]));
};

const spoken = '港の地図';
// What is wrong, the bytes, 代替テキスト, what must be told: code and what stands in the sentence.
const cases: [string, () => Promise<Uint8Array> | Uint8Array, string | undefined, string[]][] = [
  ['no PDF', () => Buffer.from('港町'.repeat(1000)), spoken, ['error annex-damaged PDF ではありません']],
  ['an empty file', () => Buffer.alloc(0), spoken, ['error annex-damaged PDF ではありません']],
  ['cut off', () => file('chromium').subarray(0, 20_000), spoken, ['error annex-damaged ファイルが途中で切れています']],
  [
    'cut off at the very end',
    () => file('chromium').subarray(0, -12),
    spoken,
    ['error annex-damaged ファイルが途中で切れています'],
  ],
  [
    'a page whose content is not what it was',
    () => {
      const bytes = Buffer.from(file('ghostscript'));
      const start = bytes.indexOf('stream') + 40;
      bytes.fill(0x41, start, start + 40);
      return bytes;
    },
    spoken,
    ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
  ],
  ['a page that is missing', removedPage, spoken, ['error annex-damaged ページの一覧が壊れています']],
  [
    'no page',
    () =>
      Buffer.from(
        file('chromium')
          .toString('latin1')
          .replace(/\/Pages (?=\d)/, '/Pagez '),
        'latin1',
      ),
    spoken,
    ['error annex-damaged ページの一覧が壊れています'],
  ],
  [
    'a password',
    () => changed('chromium', (document) => document.encrypt({ userPassword: 'a', ownerPassword: 'b' })),
    spoken,
    ['error annex-encrypted'],
  ],
  [
    'restrictions without a password',
    () => changed('chromium', (document) => document.encrypt({ ownerPassword: 'b', permissions: {} })),
    spoken,
    ['error annex-encrypted'],
  ],
  [
    '5,001 pages',
    () =>
      drawn((document) => {
        for (let page = 1; page <= 5000; page += 1) document.addPage([100, 100]);
      }),
    spoken,
    ['error annex-too-large 5000ページより多い'],
  ],
  ['no tags', () => file('ghostscript'), undefined, ['error annex-untagged']],
  [
    'tags that are marked as none',
    () => changed('chromium', ({ catalog }) => catalog.delete(PDFName.of('MarkInfo'))),
    undefined,
    ['error annex-untagged'],
  ],
  [
    'a figure without a text',
    () => changed('chromium', (document) => without(document, 'Alt')),
    undefined,
    ['error annex-figure-without-text 1ページ'],
  ],
  [
    'a figure without a text, but 代替テキスト',
    () => changed('chromium', (document) => without(document, 'Alt')),
    spoken,
    [],
  ],
  [
    'a font that is not embedded',
    () =>
      drawn(async (document) =>
        document.getPage(0).drawText('harbour', { font: await document.embedFont(StandardFonts.Helvetica) }),
      ),
    spoken,
    ['error annex-font-not-embedded Helvetica'],
  ],
  [
    'a font without Unicode',
    () => changed('chromium', (document) => without(document, 'ToUnicode')),
    spoken,
    ['error annex-font-without-unicode BIZUDPGothic-Bold、BIZUDPGothic-Regular'],
  ],
  [
    'a figure whose text nobody can read',
    () =>
      changed('ghostscript', (document) => {
        without(document, 'ToUnicode');
        without(document, 'Encoding');
      }),
    spoken,
    ['warning annex-text-unreadable BIZUDPGothic-Regular'],
  ],
  [
    'a sign that its font lacks',
    () =>
      changed('chromium', ({ context }) => {
        for (const [, object] of context.enumerateIndirectObjects()) {
          if (!(object instanceof PDFRawStream)) continue;
          const text = Buffer.from(decodePDFRawStream(object).decode()).toString('latin1');
          if (!text.includes('<02c6> Tj') && !/<02C6> Tj/.test(text)) continue;
          object.dict.delete(PDFName.of('Filter'));
          object.updateContents(Buffer.from(text.replace(/<02c6> Tj/i, '<0000> Tj'), 'latin1'));
        }
      }),
    spoken,
    ['error annex-missing-glyph BIZUDPGothic-Regular'],
  ],
  [
    'CMYK of no press',
    () => drawn((document) => document.getPage(0).drawRectangle({ width: 9, height: 9, color: cmyk(1, 0, 0, 0) })),
    spoken,
    ['warning annex-cmyk 1ページ'],
  ],
  [
    'CMYK of a known press',
    () =>
      drawn((document) => {
        document.getPage(0).drawRectangle({ width: 9, height: 9, color: cmyk(1, 0, 0, 0) });
        pressProfile(document);
      }),
    spoken,
    [],
  ],
  [
    'a page too small',
    () => drawn((document) => document.addPage([2, 400])),
    spoken,
    ['error annex-forbidden 2ページの大きさ'],
  ],
  [
    'data in another file',
    () => drawn((document) => xObject(document, { Subtype: 'Image', F: 'picture.jpg' })),
    spoken,
    ['error annex-forbidden 1ページの別のファイルにあるデータ'],
  ],
  [
    'PostScript',
    () => drawn((document) => xObject(document, { Subtype: 'PS' })),
    spoken,
    ['error annex-forbidden 1ページのPostScript'],
  ],
  [
    'a form',
    () => changed('chromium', (document) => document.getForm().createTextField('name').addToPage(document.getPage(1))),
    undefined,
    ['warning annex-form 2ページ'],
  ],
  [
    'a script',
    () => changed('chromium', (document) => document.addJavaScript('open', 'app.alert(1)')),
    undefined,
    ['warning annex-script'],
  ],
  [
    'a script in a link',
    () => changed('chromium', (document) => annotate(document, { Subtype: 'Link', A: { S: 'JavaScript' } })),
    undefined,
    ['warning annex-script 1ページ'],
  ],
  [
    'an attachment',
    () => changed('chromium', (document) => document.attach(Buffer.from('a'), 'a.txt')),
    undefined,
    ['warning annex-attachment'],
  ],
  [
    'a comment',
    () => changed('chromium', (document) => annotate(document, { Subtype: 'Text' })),
    undefined,
    ['warning annex-annotation 1ページ'],
  ],
  [
    'a link to nowhere',
    () => changed('chromium', (document) => annotate(document, { Subtype: 'Link', Dest: 'nowhere' })),
    undefined,
    ['warning annex-link 1ページ'],
  ],
  [
    'a page that is turned',
    () => changed('chromium', (document) => document.getPage(0).setRotation(degrees(90))),
    undefined,
    [],
  ],
];

async function removedPage(): Promise<Uint8Array> {
  return changed('chromium', (document) => document.context.delete(document.getPage(1).ref));
}
function xObject(document: PDFDocument, entries: Record<string, string>): void {
  const { context } = document;
  const ref = context.register(context.stream('', { Type: 'XObject', ...entries }));
  document.getPage(0).node.setXObject(PDFName.of('X'), ref);
}
function pressProfile(document: PDFDocument): void {
  const { context, catalog } = document;
  const profile = context.register(context.stream('profile', { N: 4 }));
  catalog.set(PDFName.of('OutputIntents'), context.obj([{ S: 'GTS_PDFX', DestOutputProfile: profile }] as never));
}
const told = ({ severity, code, actual }: Problem) => `${severity} ${code} ${actual ?? ''}`.trim();

const shown = new Set<string>();
describe('an annex with', () => {
  test.each(cases)('%s', async (_, make, alternative, expected) => {
    const start = performance.now();
    const { annex, problems } = await readAnnex(await make(), alternative);
    expect(performance.now() - start).toBeLessThan(10_000);
    for (const { code } of problems) shown.add(code);
    expect(problems.map(told)).toEqual(expected.map((line) => expect.stringContaining(line)));
    if (!problems.some(({ severity }) => severity === 'error')) expect(annex?.pages.length).toBeGreaterThan(0);
  });

  test('more than 200 MB is not even read', async () => {
    const place = { file: 'city/edition.yaml', start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
    const read = () => {
      throw new Error('was read');
    };
    const annex = { path: 'annexes/a.pdf', alternative: undefined, place, size: 201 * 1024 * 1024, read };
    const { diagnostics } = await checkAnnexes([annex]);
    expect(diagnostics).toEqual([
      {
        code: 'annex-too-large',
        severity: 'error',
        ...place,
        subject: 'annexes/a.pdf',
        actual: '201 MB',
        expected: '200 MB',
      },
    ]);
  });

  test('every problem of annexes is shown above', () => {
    const codes = Object.keys(messages).filter((code) => code.startsWith('annex-') && code !== 'annex-missing');
    expect([...shown].sort()).toEqual(codes.sort());
  });
});

describe('at the command line', () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('all problems of all annexes in one run, each at its line, beside those of other files; the last good PDF stays', async () => {
    folder = cityWithAnnexes([{ name: 'typst' }, { name: 'chromium' }, { name: 'ghostscript', alternative: spoken }]);
    expect(await runHere(folder, ['build'])).toMatchObject({ status: 0, stderr: '' });
    const good = readFileSync(join(folder, 'out/取組集.pdf'));
    const path = (name: string) => join(folder, 'content', name);
    truncateSync(path('annexes/typst.pdf'), 9000);
    writeFileSync(
      path('annexes/chromium.pdf'),
      await changed('chromium', (document) => document.encrypt({ userPassword: 'a', ownerPassword: 'b' })),
    );
    const measure = readFileSync(path('measures/1-1-1.yaml'), 'utf8');
    writeFileSync(path('measures/1-1-1.yaml'), measure.replace(/^区分: .*/m, '区分: 継続中'));
    for (const command of ['build', 'check']) {
      const { status, stdout, stderr } = await runHere(folder, [command]);
      const output = stdout + stderr;
      expect(status).toBe(1);
      expect(output).toContain(
        'content/edition.yaml:16:11 誤り 別冊「annexes/typst.pdf」を読めません(ファイルが途中で切れています)。 [annex-damaged]',
      );
      expect(output).toContain('content/edition.yaml:17:11 誤り 別冊「annexes/chromium.pdf」は暗号化されています');
      expect(output).toContain('measures/1-1-1.yaml');
      expect(output).toContain('誤り 3 件');
      expect(output).not.toMatch(/\n\s+at /);
    }
    expect(readFileSync(join(folder, 'out/取組集.pdf')).equals(good)).toBe(true);
  }, 60_000);

  test('what is dropped is a warning, and is not in the PDF', async () => {
    const bytes = await changed('chromium', (document) => {
      document.addJavaScript('open', 'app.alert("harbour")');
      document.attach(Buffer.from('a'), 'secret.txt');
      document.getForm().createTextField('name').addToPage(document.getPage(0));
    });
    folder = cityWithAnnexes([{ name: 'all', bytes }]);
    const { status, stderr } = await runHere(folder, ['build']);
    expect(status).toBe(0);
    expect(stderr).toContain('注意 3 件');
    const built = await PDFDocument.load(readFileSync(join(folder, 'out/取組集.pdf')));
    const names = built.catalog.lookup(PDFName.of('Names'), PDFDict);
    expect(names.keys().map(String).sort()).toEqual(['/Dests', '/EmbeddedFiles']);
    expect(built.catalog.has(PDFName.of('AcroForm'))).toBe(false);
    const streams = built.context.enumerateIndirectObjects().filter(([, object]) => object instanceof PDFRawStream);
    expect(streams.length).toBeGreaterThan(5);
    expect(
      built.context
        .enumerateIndirectObjects()
        .map(([, object]) => String(object instanceof PDFRawStream ? object.dict : object))
        .join(),
    ).not.toMatch(/secret|JavaScript|Widget/);
  }, 60_000);
});

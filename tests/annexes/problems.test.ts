import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePDFRawStream, PDFDict, PDFDocument, PDFName, PDFRawStream, StandardFonts } from '@cantoo/pdf-lib';
import { afterEach, describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { edit, runHere } from '../cli/run.ts';
import { cityWithAnnexes } from './city.ts';
import { jpeg2000 } from './made/walk.ts';
import { onePage, stream, tagged, told } from './pdf.ts';

// Every problem of annexes is told; where producers' own bytes matter, of their files.

const file = (name: string) => readFileSync(`tests/annexes/${name}.pdf`);
/** The annex `name`, changed. */
async function changed(name: string, change: (document: PDFDocument) => unknown): Promise<Uint8Array> {
  const document = await PDFDocument.load(file(name));
  await change(document);
  return document.save();
}
const without = ({ context }: PDFDocument, key: string) => {
  for (const [, object] of context.enumerateIndirectObjects())
    if (object instanceof PDFDict) object.delete(PDFName.of(key));
};
const annotated = (annotation: string) => tagged('P[0]', { page: `/Annots [<< /Rect [0 0 9 9] ${annotation} >>]` });

const spoken = '港の地図';
// What is wrong, the bytes, 代替テキスト, what must be told: code and what stands in the sentence.
const onePixel = '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray';
const cases: [string, () => Promise<Uint8Array> | Uint8Array, string | undefined, string[]][] = [
  [
    'a file cut off',
    () => file('chromium').subarray(0, 9000),
    spoken,
    ['error annex-damaged ファイルが途中で切れています'],
  ],
  [
    'a page whose content is not what it was',
    () => {
      const bytes = Buffer.from(file('ghostscript'));
      const start = bytes.indexOf('stream') + 40;
      return bytes.fill(0x41, start, start + 40);
    },
    spoken,
    ['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません'],
  ],
  [
    'a password',
    () => changed('typst', (document) => document.encrypt({ userPassword: 'a', ownerPassword: 'b' })),
    spoken,
    ['error annex-encrypted'],
  ],
  [
    'restrictions without a password',
    () => changed('typst', (document) => document.encrypt({ ownerPassword: 'b', permissions: {} })),
    spoken,
    ['error annex-encrypted'],
  ],
  [
    'a picture in JPEG 2000 whose two channels PDF/A does not know',
    () => onePage({ resources: '/XObject << /X 10 0 R >>', objects: { 10: jpeg2000([7, 7]) } }),
    spoken,
    ['error annex-jpeg2000 1ページ、色の成分が2つ'],
  ],
  [
    'one page listed again and again',
    () => onePage({ objects: { 2: `<< /Kids [${'3 0 R '.repeat(5001)}] /Count 5001 >>` } }),
    spoken,
    ['error annex-too-large 5000ページより多い (5000ページ)'],
  ],
  ['no tags', () => file('ghostscript'), undefined, ['error annex-untagged']],
  [
    'figures without a text',
    () => changed('chromium', (document) => without(document, 'Alt')),
    undefined,
    ['error annex-figure-without-text 1ページ'],
  ],
  [
    'a font that is not embedded, and has a free twin',
    async () => {
      const document = await PDFDocument.create();
      const font = await document.embedFont(StandardFonts.Helvetica);
      document.addPage([300, 400]).drawText('harbour', { font });
      return document.save();
    },
    spoken,
    ['warning annex-font-replaced Helvetica → Arimo-Regular(1ページ)'],
  ],
  [
    'fonts without Unicode',
    () => changed('chromium', (document) => without(document, 'ToUnicode')),
    spoken,
    ['error annex-font-without-unicode BIZUDPGothic-Bold(1、2ページ)、BIZUDPGothic-Regular(1、2ページ)'],
  ],
  [
    'a figure whose text nobody can read',
    () =>
      changed('ghostscript', (document) => {
        without(document, 'ToUnicode');
        without(document, 'Encoding');
      }),
    spoken,
    ['warning annex-text-unreadable BIZUDPGothic-Regular(1、2ページ)'],
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
    ['error annex-missing-glyph BIZUDPGothic-Regular(1、2ページ)'],
  ],
  ['CMYK of no press', () => onePage({ content: '0 0 0 1 k' }), spoken, ['warning annex-cmyk 1ページ']],
  [
    'PostScript',
    () => onePage({ resources: '/XObject << /X 9 0 R >>', objects: { 9: stream('', '/Subtype /PS') } }),
    spoken,
    ['error annex-forbidden 1ページのPostScript'],
  ],
  [
    'pictures that are smoothed, named and in the content',
    () =>
      onePage({
        content: '/I Do /J Do BI /W 1 /H 1 /CS /G /BPC 8 /Interpolate true ID x EI',
        resources: '/XObject << /I 10 0 R /J 11 0 R >>',
        objects: {
          10: stream('x', `${onePixel} /Interpolate true`),
          11: stream('x', `${onePixel} /Interpolate false`),
        },
      }),
    '図',
    ['warning annex-smoothing 1ページ'],
  ],
  [
    'pictures that are not smoothed',
    () =>
      onePage({
        content: '/J Do BI /W 1 /H 1 /CS /G /BPC 8 /I false ID x EI',
        resources: '/XObject << /J 11 0 R >>',
        objects: { 11: stream('x', `${onePixel} /Interpolate false`) },
      }),
    '図',
    [],
  ],
  ['a form', () => annotated('/Subtype /Widget'), undefined, ['warning annex-form 1ページ']],
  ['a script', () => annotated('/Subtype /Link /A << /S /JavaScript >>'), undefined, ['warning annex-script 1ページ']],
  ['an attachment', () => tagged('P[0]', { catalog: '/AF []' }), undefined, ['warning annex-attachment']],
  [
    'tags that name not all that is shown',
    () => tagged('P[0]', { catalog: '/MarkInfo << >>', content: '/P <</MCID 0>> BDC EMC BT (a) Tj ET' }),
    undefined,
    ['error annex-tags-incomplete 1ページ (1)'],
  ],
  ['a comment', () => annotated('/Subtype /Text'), undefined, ['warning annex-annotation 1ページ']],
  ['a link to nowhere', () => annotated('/Subtype /Link /Dest (nowhere)'), undefined, ['warning annex-link 1ページ']],
];

describe('an annex with', () => {
  test.each(cases)('%s', async (_, make, alternative, expected) => {
    const { annex, problems } = await readAnnex(await make(), alternative);
    expect(problems.map((problem) => told(problem))).toEqual(expected);
    if (!problems.some(({ severity }) => severity === 'error')) expect(annex?.pages.length).toBeGreaterThan(0);
  });

  test('every problem of annexes is shown, here or where it has a test of its own', () => {
    const codes = Object.keys(messages).filter((code) => code.startsWith('annex-'));
    const shown = cases.flatMap(([, , , expected]) => expected.map((line) => line.split(' ')[1] as string));
    // Of a file that is not there tests/cases tells; of one that is too large check.test.ts; of programs and fonts that
    // are not embedded fonts/; of what slips through proof.test.ts.
    const elsewhere = [
      'annex-missing',
      'annex-too-large',
      'annex-font-damaged',
      'annex-font-not-embedded',
      'annex-font-widths',
      'annex-nonconforming',
    ];
    expect([...new Set([...shown, ...elsewhere])].sort()).toEqual(codes.sort());
  });
});

describe('at the command line', () => {
  let folder: string;
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('all problems of all annexes in one run, each at its line, beside those of other files; the last good PDF stays', async () => {
    const carrying = tagged('P[0]', {
      catalog: '/AF [9 0 R] /AA << /WC << /S /JavaScript /JS (secret) >> >>',
      page: '/Annots [<< /Subtype /Widget /T (secret) >>]',
      objects: { 9: '<< /Type /Filespec /UF (secret.txt) >>' },
    });
    folder = cityWithAnnexes([
      { name: 'typst' },
      { name: 'carrying', bytes: carrying },
      { name: 'map', bytes: onePage({}), alternative: spoken },
    ]);
    const first = await runHere(folder, ['build']);
    expect(first).toMatchObject({ status: 0, stderr: expect.stringContaining('注意 3 件') });
    const built = join(folder, 'out/取組集.pdf');
    const good = readFileSync(built);
    // What is left out with a warning is nowhere in the PDF.
    const { context, catalog } = await PDFDocument.load(good);
    expect(catalog.has(PDFName.of('AcroForm'))).toBe(false);
    const written = context
      .enumerateIndirectObjects()
      .map(([, object]) => String(object instanceof PDFRawStream ? object.dict : object));
    expect(written.length).toBeGreaterThan(50);
    expect(written.join()).not.toMatch(/secret|JavaScript|Widget/);

    expect(await runHere(folder, ['verify', built])).toMatchObject({ status: 0 });
    edit(folder, 'edition.yaml', spoken, '港と駅の地図');
    const { status, stdout } = await runHere(folder, ['verify', built]);
    expect(status).toBe(1);
    expect(stdout).toContain('別冊の SHA-256');

    const path = (name: string) => join(folder, 'content', name);
    writeFileSync(path('annexes/typst.pdf'), file('typst').subarray(0, 9000));
    writeFileSync(path('annexes/map.pdf'), 'a map');
    edit(folder, 'measures/1-1-1.yaml', /^区分: .*/m, '区分: 継続中');
    for (const command of ['build', 'check']) {
      const { status, stdout, stderr } = await runHere(folder, [command]);
      const output = stdout + stderr;
      expect(status).toBe(1);
      expect(output).toContain(
        'content/edition.yaml:16:11 誤り 別冊「annexes/typst.pdf」を読めません(ファイルが途中で切れています)。 [annex-damaged]',
      );
      expect(output).toContain(
        'content/edition.yaml:18:11 誤り 別冊「annexes/map.pdf」を読めません(PDF ではありません)。',
      );
      expect(output).toContain('measures/1-1-1.yaml');
      expect(output).toContain('誤り 3 件、注意 3 件');
      expect(output).not.toMatch(/\n\s+at /);
    }
    expect(readFileSync(built).equals(good)).toBe(true);
  });
});

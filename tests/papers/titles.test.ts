// Headings are set with characters without a glyph beside their brackets: what reads the tags does not hear of them.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edit, runHere } from '../cli/run.ts';
import { readPdf } from '../pdf/read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const title = '「書かない」・「待たない」窓口『市民』（本庁）';

beforeAll(async () => {
  cpSync('tests/city', join(folder, 'base'), { recursive: true });
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  edit(folder, 'measures/1-1-1.yaml', '取組: 書かない窓口', `取組: ${title}`);
  for (const args of [['build'], ['build', '--portrait'], ['diff', './base', './content', '--pdf', '--out', 'out']])
    expect((await runHere(folder, args)).status).toBe(0);
});

test('titles and texts of every PDF are the words of the content', async () => {
  const files = readdirSync(join(folder, 'out'));
  expect(files.length).toBe(4);
  for (const file of files) {
    const path = join(folder, 'out', file);
    const document = await PDFDocument.load(readFileSync(path));
    const titles = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const found = object instanceof PDFDict ? object.get(PDFName.of('T')) : undefined;
      return found instanceof PDFString || found instanceof PDFHexString ? [found.decodeText()] : [];
    });
    expect(
      titles.some((one) => one.includes('待たない')),
      file,
    ).toBe(true);
    expect(titles.filter((one) => /[\u200b\u2060]/.test(one))).toEqual([]);
    const { pages, bookmarks } = await readPdf(path);
    const text = pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
    expect(text).toContain('待たない');
    expect(text + bookmarks.map((bookmark) => bookmark.title).join('')).not.toMatch(/[\u200b\u2060]/);
  }
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { annexExports, exportInShort, exportOf } from '../../src/diagnostics/annex-exports.ts';
import { annexMends } from '../../src/diagnostics/annex-mends.ts';
import { annexMessages } from '../../src/diagnostics/annex-messages.ts';
import { type AnnexCode, atStart, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const guide = 'docs/annexes.md';
const rows = annexExports.map(
  ({ programs, way, note }) => `| ${Object.keys(programs).join('、')} | ${way} | ${note} |`,
);
const lists: Record<string, string> = {
  exports: ['| 作ったソフト | 書き出し方 | ほかに |', '|---|---|---|', ...rows].join('\n'),
  mends: Object.values(annexMends)
    .map((sentence) => `- ${sentence}。`)
    .join('\n'),
};

test('docs/annexes.md has the lists that the command tells: WRITE=1 writes them', () => {
  const before = readFileSync(guide, 'utf8');
  let after = before;
  for (const [name, list] of Object.entries(lists)) {
    const [from, to] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    expect(after.split(from)).toHaveLength(2);
    const [head = '', rest = ''] = after.split(from);
    after = `${head}${from}\n${list}\n\n${to}${rest.split(to)[1]}`;
  }
  if (process.env.WRITE) writeFileSync(guide, after);
  else expect(before).toBe(after);
});

test('the program in which a document was written comes before those through which it passed', () => {
  const told = (...names: string[]) => exportOf(names)?.program;
  expect(told('Microsoft® Word 2016')).toBe('Word');
  expect(told('Acrobat PDFMaker 25 for Excel', 'Adobe PDF Library 25.1')).toBe('Excel');
  expect(told('Microsoft PowerPoint', 'macOS Version 14.4.1 Quartz PDFContext')).toBe('PowerPoint');
  expect(told('Writer', 'LibreOffice 7.4')).toBe('LibreOffice');
  expect(told('JUST PDF 5')).toBe('一太郎');
  expect(told('Adobe InDesign CC 14.0 (Macintosh)', 'Adobe PDF Library 15.0')).toBe('InDesign');
  expect(told('Adobe Illustrator CS5', 'Adobe PDF library 9.90')).toBe('Illustrator');
  expect(told('Chromium', 'Skia/PDF m120')).toBe('Chrome');
  expect(told('PScript5.dll Version 5.2.2', 'Acrobat Distiller 9.0')).toMatch(/^PDF プリンター/);
  expect(told('Microsoft: Print To PDF')).toMatch(/^PDF プリンター/);
  expect(told('RICOH MP C3003')).toBe('複合機、スキャナー');
  expect(told('Adobe Acrobat Pro (64-bit) 23.1', 'Adobe Acrobat Pro')).toBe('Acrobat');
  expect(told('WordPerfect', 'sharpPDF')).toBe(undefined);
  expect(told()).toBe(undefined);
});

const told = (code: AnnexCode, rest: Partial<Diagnostic>) =>
  annexMessages[code].hint({ code, severity: 'error', ...atStart, file: 'content/edition.yaml', ...rest });

test('in the report of an edition a hint says the way out in short, and where the whole of it is told', () => {
  const hint = told('annex-forbidden', { subject: 'annexes/資料編.pdf' });
  expect(hint).toContain(exportInShort);
  expect(hint).toContain('npx shisakushu annex content/annexes/資料編.pdf');
});

test('what a shell would not take as it is stands in no command', () => {
  for (const subject of ['annexes/a b.pdf', 'annexes/$(x).pdf', 'annexes/`x`.pdf', 'annexes/a;b.pdf'])
    expect(told('annex-forbidden', { subject })).toContain('npx shisakushu annex ファイル');
});

test('where the file is known, the sentences do without it', () => {
  for (const [code, { message, hint }] of Object.entries(annexMessages)) {
    const alone: Diagnostic = { code: code as AnnexCode, severity: 'error', ...atStart, file: '' };
    expect(message(alone), code).toMatch(/^別冊(?!「)/);
    expect(`${message(alone)}${hint(alone)}`, code).not.toMatch(/npx|undefined/);
    expect(message({ ...alone, subject: 'annexes/a.pdf' }), code).toMatch(/^別冊「annexes\/a\.pdf」/);
  }
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { annexesText, type Judgement } from '../../src/commands/annex-report.ts';
import { onePage, stream, tagged } from '../annexes/pdf.ts';
import { run, runHere } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const saved = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return name;
};
const annex = (...args: string[]) => runHere(folder, ['annex', ...args]);
const sample = (name: string) => resolve(`tests/annexes/${name}.pdf`);
/** As one line: how it is broken is for the width of the terminal. */
const inOne = (text: string) => text.replaceAll(/\n +/g, '');
const json = async (...args: string[]) => JSON.parse((await annex('--format', 'json', ...args)).stdout).files;
/** The PDF with the name of its maker: a string as it stands in a PDF. */
const madeBy = (program: string, bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replace('/Root 1 0 R', `$& /Info << /Creator ${program} >>`), 'latin1');
const plain = () => tagged('P[0]');
const postScript = () => onePage({ resources: '/XObject << /X 9 0 R >>', objects: { 9: stream('', '/Subtype /PS') } });

describe('what would become of a PDF', () => {
  test('it is merged as it is: status 0, its pages, tags and maker, the line of edition.yaml', async () => {
    const file = saved('資料.pdf', madeBy('(Writer)', plain()));
    const { status, stdout, stderr } = await annex(file);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^資料\.pdf: 入ります\n {2}1ページ\(71 × 106 mm\)、2 kB、タグ付き\(要素 1\)\n/);
    expect(stdout).toContain('作ったソフト: Writer\n');
    expect(stdout).toContain('  - { 別冊: annexes/資料.pdf, 題名: 資料 }\n');
    expect(stdout).not.toMatch(/理由|注意|書き出し方/);
  });

  test('it is mended: each mend with its pages', async () => {
    const { status, stdout } = await annex(saved('mended.pdf', tagged('P[0]', { content: '0 0 9 9 re f' })));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^mended\.pdf: 直して入ります\n/);
    expect(stdout).toMatch(/■ 自動で直すところ\n {2}・.*飾り\(Artifact\).*\(1ページ\)\n/);
  });

  test('it needs a 代替テキスト: no refusal; what is left out all the same is told', async () => {
    const file = saved('地図 1.pdf', onePage({ content: '0 0 0 1 k 0 0 9 9 re f' }));
    const { status, stdout } = await annex(file);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^地図 1\.pdf: 代替テキストを書けば入ります\(注意 1 件\)\n/);
    expect(inOne(stdout)).toContain('■ 要るもの・別冊にはタグ');
    expect(inOne(stdout)).toContain('docs/annexes.md');
    const [, entry = ''] = /^ {2}(- \{.*\})$/m.exec(stdout) ?? [];
    expect(parse(entry)).toEqual([{ 別冊: 'annexes/地図 1.pdf', 題名: '地図 1', 代替テキスト: '内容を伝える文' }]);
    const given = await annex('--alternative', '港: "地図"', file);
    expect(given.status).toBe(0);
    expect(given.stdout).toMatch(/^地図 1\.pdf: 入ります\(注意 1 件\)\n/);
    const [, written = ''] = /^ {2}(- \{.*\})$/m.exec(given.stdout) ?? [];
    expect(parse(written)[0].代替テキスト).toBe('港: "地図"');
  });

  test('it is refused: status 1, why, and how the program that made it writes it anew', async () => {
    const { status, stdout } = await annex(saved('refused.pdf', madeBy('(Microsoft Word 2019)', postScript())));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^refused\.pdf: 入りません\n/);
    const titles = [...stdout.matchAll(/^■ (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['入らない理由', 'ほかに要るもの', '書き出し方: Word']);
    expect(inOne(stdout)).toContain('PostScript');
    expect(stdout).not.toContain('LibreOffice');
    expect(stdout).not.toContain('edition.yaml の構成に書く行');
  });

  test('the maker unknown: the way out of each program', async () => {
    const { status, stdout } = await annex(saved('unknown.pdf', postScript()));
    expect(status).toBe(1);
    for (const program of ['Word、Excel、PowerPoint', 'LibreOffice', '一太郎', 'InDesign', '複合機', 'Acrobat'])
      expect(stdout).toContain(`  ・${program}`);
  });

  test('many of one kind are counted, what to do about them is told once', async () => {
    const numbers = Array.from({ length: 9 }, (_, index) => 40 + index);
    const objects = Object.fromEntries(numbers.map((number) => [number, stream('', '/Subtype /PS')]));
    const resources = `/XObject << ${numbers.map((number) => `/X${number} ${number} 0 R`).join(' ')} >>`;
    const { stdout } = await annex(saved('many.pdf', onePage({ resources, objects })));
    expect(stdout.match(/PostScript/g)).toHaveLength(5);
    expect(stdout).toContain('  ・ほか 4 件\n    → 「PDF/A」を');
  });
});

test('several files: each by itself, then how many of which; one refused is status 1', async () => {
  const { status, stdout } = await annex(
    saved('plain.pdf', plain()),
    sample('scan'),
    saved('broken.pdf', Buffer.from('x')),
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/broken\.pdf: 入りません\n/);
  expect(stdout).toMatch(/\n\n3 件: 入ります 1、代替テキストを書けば入ります 1、入りません 1\n$/);
});

test('JSON for other programs', async () => {
  const [own, libreoffice, scan, encrypted] = await json(
    saved('plain.pdf', plain()),
    sample('libreoffice'),
    sample('scan'),
    saved('encrypted.pdf', await lockedPdf()),
  );
  expect(own).toEqual({
    file: 'plain.pdf',
    verdict: 'accepted',
    bytes: plain().length,
    pages: 1,
    elements: 1,
    programs: [],
    problems: [],
    conditions: [],
    mends: [],
  });
  expect(libreoffice).toMatchObject({ pages: 2, programs: ['Writer', 'LibreOffice 7.4'] });
  expect(libreoffice.export.program).toBe('LibreOffice');
  expect(scan).toMatchObject({ verdict: 'needs-alternative', elements: 0, problems: [] });
  expect(scan.conditions.map(({ code }: { code: string }) => code)).toEqual(['annex-untagged']);
  expect(encrypted).toMatchObject({ verdict: 'refused', programs: [], problems: [{ code: 'annex-encrypted' }] });
  expect(encrypted).not.toHaveProperty('pages');
  const [mended] = await json(saved('again.pdf', tagged('P[0]', { content: '0 0 9 9 re f' })));
  expect(mended.mends).toEqual([{ code: 'content-marks', message: expect.stringContaining('Artifact'), pages: [1] }]);
  const [word] = await json(saved('word.pdf', madeBy('(Word)', postScript())));
  expect(word.export).toEqual({ program: 'Word', way: expect.any(String), note: expect.any(String) });
});

async function lockedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage().drawText('harbour', { font: await document.embedFont(StandardFonts.Helvetica) });
  document.encrypt({ userPassword: 'a', ownerPassword: 'b' });
  return document.save();
}

describe('status 2: nothing is looked into', () => {
  test.each([
    ['no file', ['none.pdf'], 'PDF「none.pdf」がありません。'],
    ['one of several is none', [sample('typst'), 'none.pdf'], 'PDF「none.pdf」がありません。'],
    ['a folder', ['.'], '「.」はファイルではありません。'],
    ['no name', [], '引数が足りません。'],
    ['a 代替テキスト of blanks', ['--alternative', ' ', sample('typst')], '--alternative には'],
  ])('%s', async (_, args, told) => {
    const { status, stdout, stderr } = await annex(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(told);
  });
});

describe('in short', () => {
  const pagesOf = (...sizes: [number, number][]) =>
    annexesText([{ ...judgement, pages: sizes }], { color: false, width: 100 }).split('\n')[1];
  const judgement: Judgement = {
    file: 'a.pdf',
    bytes: 3 * 1024 * 1024,
    alternative: undefined,
    problems: [],
    conditions: [],
    mends: new Map(),
    programs: [],
  };

  test('the paper of the pages by its name, upright or not', () => {
    expect(pagesOf([595, 842], [596, 841])).toBe('  2ページ(A4 縦)、3.0 MB');
    expect(pagesOf([595, 842], [1191, 842], [595, 842])).toBe('  3ページ(A4 縦 2、A3 横 1)、3.0 MB');
    expect(pagesOf([100, 200])).toBe('  1ページ(35 × 71 mm)、3.0 MB');
    expect(pagesOf([100, 200], [100, 300], [100, 400], [100, 500])).toBe('  4ページ(大きさは 4 通り)、3.0 MB');
  });

  test('a mend on every page', () => {
    const mends = new Map([['text-maps' as const, new Set([0, 1])]]);
    const text = (count: number) => {
      const pages = Array.from({ length: count }, (): [number, number] => [595, 842]);
      return annexesText([{ ...judgement, mends, pages }], { color: false, width: 100 });
    };
    expect(text(2)).toContain('(すべてのページ)');
    expect(text(3)).toContain('(1、2ページ)');
  });

  test('no line is wider than the terminal, and none begins with a stop', () => {
    const problems = [{ code: 'annex-forbidden' as const, severity: 'error' as const, actual: '1ページのPostScript' }];
    const lines = annexesText([{ ...judgement, problems }], { color: false, width: 60 }).split('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(60);
      expect(line).not.toMatch(/^ *[、。」)]/);
    }
  });
});

test('a file too large is refused without reading it', async () => {
  const file = saved('large.pdf', Buffer.from('%PDF-1.7'));
  truncateSync(join(folder, file), 201 * 1024 * 1024);
  const { status, stdout } = await annex(file);
  expect(status).toBe(1);
  expect(inOne(stdout)).toContain('大きすぎます(201 MB)。上限は 200 MB です。');
});

test('nothing in names or in what a PDF says steers the terminal', async () => {
  const bytes = madeBy('<FEFF0057006F00720064001B005B0032004A>', postScript());
  const { stdout } = await annex(saved('a\u001b[2Jb.pdf', bytes));
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('a\\u{1b}[2Jb.pdf: 入りません');
  expect(stdout).toContain('作ったソフト: Word\\u{1b}[2J');
});

test('as a process of its own: no colour where none is wanted, and not a word of the library', () => {
  const odd = tagged('P[0]', { page: `/Odd ${'6'.repeat(30)}` }); // "number that is too large for some PDF readers"
  const { status, stdout, stderr } = run(folder, ['annex', saved('plain.pdf', odd)], { NO_COLOR: '1' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^plain\.pdf: 入ります\n/);
});

describe('what a PDF names as its makers', () => {
  const makers = async (name: string, bytes: Uint8Array) => (await json(saved(name, bytes)))[0].programs;
  const withMetadata = (xmp: string) =>
    tagged('P[0]', { catalog: '/Metadata 9 0 R', objects: { 9: stream(xmp, '/Type /Metadata /Subtype /XML') } });

  test('in its metadata, as elements or attributes', async () => {
    const elements = '<xmp:CreatorTool>Word</xmp:CreatorTool><pdf:Producer>Distiller</pdf:Producer>';
    expect(await makers('elements.pdf', withMetadata(elements))).toEqual(['Word', 'Distiller']);
    const emptied = madeBy('()', withMetadata(elements));
    expect(await makers('emptied.pdf', emptied)).toEqual(['Word', 'Distiller']);
    const attributes = `<rdf:Description xmp:CreatorTool='Excel' pdf:Producer="Distiller"/>`;
    expect(await makers('attributes.pdf', withMetadata(attributes))).toEqual(['Excel', 'Distiller']);
  });

  test('the program that printed is told by the title', async () => {
    const printed = madeBy('(PScript5.dll) /Title (Microsoft Excel - a.xls)', plain());
    expect(await makers('printed.pdf', printed)).toEqual(['Microsoft Excel', 'PScript5.dll']);
  });

  test('no name is none, and no text is none', async () => {
    expect(await makers('empty.pdf', madeBy('() /Producer 7', plain()))).toEqual([]);
    expect(await makers('broken.pdf', withMetadata('<xmp:CreatorTool><a>'))).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bare, isBody, readPdf, textOf } from '../pdf/read-pdf.ts';
import { cityFolder, edit, runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = cityFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const word = 'W'.repeat(40);
const measure = 'measures/1-1-1.yaml';

describe('what does not fit is an error at its YAML field, and the last good PDF stays', () => {
  // Each column and its boundary: tests/pdf/boundary.test.ts.
  test('too wide, in every file and part at once: each told at its field', async () => {
    expect((await runHere(folder, ['build'])).status).toBe(0);
    const before = readFileSync(join(folder, 'out/取組集.pdf'));
    const edits: [file: string, from: string, to: string, place: string, text: string][] = [
      [measure, '取組: 書かない窓口', `取組: 窓口${'W'.repeat(120)}`, '4:7', `${word}…`],
      [measure, '・証明書の交付', `・証明書の交付 ${word}`, '10:11', word],
      [measure, '内容: 導入', `内容: 導入 ${word}`, '24:12', word],
      [measure, '事業実績: —', `事業実績: ${word}`, '21:11', word],
      [measure, '予算額: 12500', '予算額: 123456789012345', '25:10', '123,456,789,012,345'],
      ['edition.yaml', '発行者: 港町市', `発行者: ${word.repeat(2)}`, '7:6', `${word}…`],
      ['edition.yaml', '[R10, R11, R12]', '[R10, R11, FY2030]', '8:16', 'FY2030'],
      ['edition.yaml', '目標値: R12', `${word}: R11`, '9:11', `${word}…`],
      ['edition.yaml', '総合計画, 防災計画', `総合計画, ${word}`, '10:14', word],
      ['structure.yaml', '名称: 仕事', `名称: ${word}`, '9:9', word],
    ];
    for (const [file, from, to] of edits) edit(folder, file, from, to);
    for (const name of readdirSync(join(folder, 'content/measures'))) renameYear(name);
    dropPlan();
    const { status, stderr } = await runHere(folder, ['build']);
    for (const [file, , , place, text] of edits)
      expect(stderr).toContain(`content/${file}:${place} 誤り 「${text}」が欄の幅に収まりません(必要 `);
    // 3-1-1, a 再掲 of 1-1-1 with the same name, is not told beside it.
    expect(stderr.match(/誤り 「/g)).toHaveLength(edits.length);
    expect(status).toBe(1);
    expect(readFileSync(join(folder, 'out/取組集.pdf')).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'out'))).toEqual(['取組集.pdf']);
  });

  test('too tall: a text that no page can hold', async () => {
    edit(folder, measure, '  ・証明書の交付\n', '  ・証明書の交付\n'.repeat(120));
    const { status, stderr } = await runHere(folder, ['build']);
    expect(stderr).toContain(`content/${measure}:7:7 誤り 「取組内容」が長すぎて1ページの高さに収まりません(必要 `);
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('too many 関連計画 for the page', async () => {
    edit(
      folder,
      'edition.yaml',
      '総合計画, 防災計画',
      `総合計画, 防災計画, ${Array.from({ length: 14 }, (_, i) => `計画${i}`)}`,
    );
    const { status, stderr } = await runHere(folder, ['build']);
    expect(stderr).toContain('content/edition.yaml:10:7 誤り 「関連計画」が欄の幅に収まりません(必要 ');
    expect(status).toBe(1);
  });

  test.each([[''], ['総合計画']])('few 関連計画: %j', async (plans) => {
    edit(folder, 'edition.yaml', '総合計画, 防災計画', plans);
    for (const name of readdirSync(join(folder, 'content/measures'))) {
      const path = join(folder, 'content/measures', name);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^関連計画: .*/m, `関連計画: [${plans}]`));
    }
    expect(await runHere(folder, ['build'])).toMatchObject({ status: 0, stderr: '' });
    const { pages } = await readPdf(join(folder, 'out/取組集.pdf'));
    const rows = pages.flatMap(({ rows }) => rows).filter((row) => isBody(row) && row.length > 10);
    for (const row of rows) expect(row).toHaveLength(15 + (plans === '' ? 0 : 1));
  });

  const renameYear = (name: string) => {
    const file = `measures/${name}`;
    if (readFileSync(join(folder, 'content', file), 'utf8').includes('  R12:'))
      edit(folder, file, '  R12:', '  FY2030:');
  };
  const dropPlan = () => {
    for (const name of readdirSync(join(folder, 'content/measures'))) {
      const text = readFileSync(join(folder, 'content/measures', name), 'utf8');
      if (/^関連計画: .*防災計画/m.test(text)) edit(folder, `measures/${name}`, /^関連計画: .*/m, '関連計画: []');
    }
  };
});

test('a measure taller than a page breaks between fiscal years, its left cells repeated, nothing lost', async () => {
  const long = (year: string) => Array.from({ length: 30 }, (_, index) => `${year}の実績その${index + 1}`);
  for (const [year, from] of [
    ['R10', '事業実績: —'],
    ['R11', '予算額: 12500'],
    ['R12', '予算額: 3200'],
  ] as const) {
    const keep = from.startsWith('予算額') ? `${from}\n    ` : '';
    edit(folder, measure, from, `${keep}事業実績: |-\n      ${long(year).join('\n      ')}`);
  }
  expect(await runHere(folder, ['build'])).toMatchObject({ status: 0, stderr: '' });
  const { pages } = await readPdf(join(folder, 'out/取組集.pdf'));
  const rows = pages.flatMap((page, index) => page.rows.map((row) => ({ page: index + 1, texts: row.map(textOf) })));
  const begins = rows.filter(({ texts }) => texts.slice(4, 7).join('-') === '1-1-1');
  expect(new Set(begins.map(({ page }) => page)).size).toBe(begins.length);
  expect(begins.length).toBeGreaterThan(1);
  for (const { texts } of begins)
    expect(texts.slice(0, 7)).toEqual(['市民局', '窓口課', '書かない窓口', '新規', '1', '1', '1']);
  const text = rows.flatMap(({ texts }) => texts).join('');
  for (const year of ['R10', 'R11', 'R12']) expect(text.split(bare(long(year).join(''))).length).toBe(2);
  const bottom = Math.min(...pages.flatMap(({ pieces }) => pieces.map(({ y0 }) => y0)));
  expect(bottom).toBeGreaterThan(14);
});

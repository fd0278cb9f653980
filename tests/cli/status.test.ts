import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cityFolder, edit, runHere } from './run.ts';

test('the table by 課 and what is to be done, whatever is open: status 0', async () => {
  const { status, stdout, stderr } = await runHere(cityFolder(), ['status']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^事業実績を書く年度は、改定\(令和12年12月1日\)の前に終わった R10、R11 です。\n\n課 /);
  expect(stdout).toMatch(/^窓口課 +3 +1 +1 +1 +0$/m);
  expect(stdout).toContain('  1-1-1 書かない窓口 content/measures/1-1-1.yaml\n    未記入: R11 事業実績\n');
});

test('JSON is one object; CSV is a file for a spreadsheet', async () => {
  const folder = cityFolder();
  const json = await runHere(folder, ['status', '--format', 'json']);
  expect(json).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({ total: { measures: 7 }, diagnostics: [] });
  const csv = await runHere(folder, ['status', '--format', 'csv', '--out', 'lists']);
  expect(csv).toEqual({ status: 0, stdout: 'lists/未記入.csv を書きました。\n', stderr: '' });
  const text = readFileSync(join(folder, 'lists/未記入.csv'), 'utf8');
  // Without a place it goes to whoever reads standard output.
  const plain = text.replace('\ufeff', '').replaceAll('\r\n', '\n');
  expect(await runHere(folder, ['status', '--format', 'csv'])).toEqual({ status: 0, stdout: plain, stderr: '' });
  expect(text).toMatch(/^\uFEFF課,.*\r\n窓口課,1,1,1,書かない窓口,R11,事業実績,,content\/measures\/1-1-1\.yaml,\r\n/);
});

test('of content with errors, these are told, and what can be read is counted: status 1', async () => {
  const folder = cityFolder();
  edit(folder, 'measures/1-2-1.yaml', '予算額: 100', '予算額: 百');
  writeFileSync(join(folder, 'content/measures/2-1-1.yaml'), '取組: [閉じていない\n');
  const { status, stdout, stderr } = await runHere(folder, ['status']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/measures\/1-2-1\.yaml:.*誤り/);
  expect(stderr).toMatch(/\n誤りのため読めないところは、数えていません。\n$/);
  expect(stdout).toMatch(/^窓口課 +3 /m);
  expect(stdout).toMatch(/^担当課が読めない取組 +1 +0 +0 +0 +0$/m);
  const json = await runHere(folder, ['status', '--format', 'json']);
  expect(json).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(json.stdout).diagnostics.length).toBeGreaterThan(1);
  expect(await runHere(folder, ['status', '--format', 'csv'])).toMatchObject({ status: 1 });
});

test('no content folder, an unknown form: status 2', async () => {
  expect(await runHere(cityFolder(), ['status', '--content', 'nowhere'])).toMatchObject({ status: 2, stdout: '' });
  expect(await runHere(cityFolder(), ['status', '--format', 'xlsx'])).toMatchObject({ status: 2, stdout: '' });
});

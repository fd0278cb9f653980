import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cityRepository, commit, git } from '../compare/repository.ts';
import { runHere } from './run.ts';

test('the edition of the next year: told, written, and compared with the one before', async () => {
  const folder = cityRepository();
  const { status, stdout, stderr } = await runHere(folder, ['new-edition', 'R13']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('年度: [-R10-]、R11、R12、{+R13+}');
  expect(stdout).toContain('区分: [-新規-] → {+継続+} (取組 3 件)');
  expect(stdout).not.toContain('取組の変更');
  expect(stdout).toContain('改定は、今の版の1年後の 令和13年12月1日 としました。');
  expect(stdout).toContain('  R13 の 項目、内容、予算額 を、取組ごとに書き込みます。R10 の欄は消えました');
  expect(readFileSync(join(folder, 'content/measures/1-2-1.yaml'), 'utf8')).toContain('  R12: {}\n  R13: {}\n');

  // What is not committed could be lost.
  expect((await runHere(folder, ['new-edition', 'R14'])).status).toBe(2);
  commit(folder, 'v1');
  const again = await runHere(folder, ['new-edition', 'R13']);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('年度 R13 は、もうこの版にあります(年度: R11、R12、R13)。');
  expect(git(folder, 'status', '--porcelain')).toBe('');

  const compared = JSON.parse((await runHere(folder, ['diff', 'v0', '--format', 'json'])).stdout);
  expect(compared.measures).toEqual([]);
  expect(compared.continued).toEqual(['1-1-1', '2-1-1', '3-1-1']);
  expect(compared.budgets.years).toEqual(['R11', 'R12']);
  expect((await runHere(folder, ['check'])).status).toBe(0);
});

test('wrong words are wrong usage, and nothing is written', async () => {
  const folder = cityRepository();
  for (const [args, said] of [
    [['r13'], '「r13」ではなく、npx shisakushu new-edition R13'],
    [['R13', '--revised', '令和12年12月1日'], '今の版の改定(令和12年12月1日)より後ではありません'],
    [[], '年度'],
  ] as const) {
    const { status, stdout, stderr } = await runHere(folder, ['new-edition', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  }
  expect(git(folder, 'status', '--porcelain')).toBe('');
});

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cityRepository, git } from '../compare/repository.ts';
import { edit, runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = cityRepository();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => runHere(folder, ['check', ...args]);
const path = (name: string) => join(folder, 'content', name);
const text = (name: string) => readFileSync(path(name), 'utf8');
const commit = () => git(folder, 'commit', '--all', '--quiet', '-m', 'x');
const amount = '「１００千円」 → 「100」 [not-an-amount]';

describe('check --fix', () => {
  test('says what it mends, writes it, then tells that nothing is wrong', async () => {
    const before = text('measures/1-2-1.yaml');
    edit(folder, 'measures/1-2-1.yaml', '予算額: 100', '予算額: １００千円');
    expect((await command()).stdout).toContain('`npx shisakushu check --fix` で直せます。');
    commit();
    const { status, stdout, stderr } = await command('--fix');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`content/measures/1-2-1.yaml:13:10 ${amount}\n1 か所を直しました。`);
    expect(stdout).toContain('元に戻すには: git restore content');
    expect(stdout.endsWith('誤りはありません。\n')).toBe(true);
    expect(text('measures/1-2-1.yaml')).toBe(before);
  });

  test('mends what it can, and tells the rest', async () => {
    edit(folder, 'measures/1-2-1.yaml', '予算額: 100', '予算額: １００千円');
    edit(folder, 'measures/1-2-1.yaml', '区分: 継続', '区分: 継続中');
    commit();
    const { status, stdout } = await command('--fix');
    expect(status).toBe(1);
    expect(stdout).toContain(amount);
    expect(stdout).toContain('「区分」に「継続中」とは書けません。');
    expect(text('measures/1-2-1.yaml')).toContain('予算額: 100\n');
    const again = await command('--fix');
    expect([again.status, again.stdout.split('\n')[0]]).toEqual([1, '自動で直せる誤りはありません。']);
  });

  test('refuses where undo would lose something, unless it is told to', async () => {
    edit(folder, 'measures/1-2-1.yaml', '予算額: 100', '予算額: １００千円');
    const before = text('measures/1-2-1.yaml');
    const refused = await command('--fix');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('コミットしていない変更があります');
    expect(text('measures/1-2-1.yaml')).toBe(before);
    const { status, stdout } = await command('--fix', '--force');
    expect(status).toBe(0);
    expect(stdout).not.toContain('git restore');
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect((await command('--force')).status).toBe(2);
  });

  test('gives a file its name, and its schema the names that are mended', async () => {
    renameSync(path('measures/1-2-1.yaml'), path('measures/1-2-1.yml'));
    edit(folder, 'organization.yaml', '流通課', '流通\u200b課');
    const { status, stdout } = await command('--fix', '--force');
    expect(status).toBe(0);
    expect(stdout).toContain('content/measures/1-2-1.yml:1:1 「1-2-1.yml」 → 「1-2-1.yaml」 [wrong-extension]');
    expect(existsSync(path('measures/1-2-1.yml'))).toBe(false);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  test('for programs: what was mended beside what is left', async () => {
    writeFileSync(
      path('measures/1-2-1.yaml'),
      text('measures/1-2-1.yaml').replace('予算額: 100', '予算額: １００千円  '),
    );
    const { stdout, status } = await command('--fix', '--force', '--format', 'json');
    expect(status).toBe(0);
    const place = { file: 'content/measures/1-2-1.yaml', line: 13 };
    expect(JSON.parse(stdout)).toEqual({
      errors: 0,
      warnings: 0,
      diagnostics: [],
      fixed: [
        { code: 'not-an-amount', ...place, column: 10, was: '１００千円', is: '100' },
        { code: 'trailing-blanks', ...place, column: 15, was: '  ', is: '' },
      ],
    });
    expect(JSON.parse((await command('--format', 'json')).stdout).fixed).toBeUndefined();
    expect((await command('--fix', '--format', 'github')).stdout).toBe('自動で直せる誤りはありません。\n');
  });
});

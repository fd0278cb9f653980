import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cityRepository, git } from '../compare/repository.ts';
import { edit, runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = cityRepository();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rename = (...args: string[]) => runHere(folder, ['rename', ...args]);
const changed = () => git(folder, 'diff', '--name-only', '--', 'content').split('\n').filter(Boolean);

test('one finding is shown, the files are written, and back again nothing has changed', async () => {
  const { status, stdout, stderr } = await rename('漁港課', '港湾課');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/■ 改称\n {2}担当課: \[-漁港課-\] → \{\+港湾課\+\} \(取組 1 件\)\n/);
  expect(stdout).toContain('\n課「漁港課」を「港湾課」に変えます。\n');
  expect(changed()).toEqual(['content/measures/2-1-1.yaml', 'content/organization.yaml']);
  expect((await runHere(folder, ['check'])).status).toBe(0);
  const refused = await rename('港湾課', '漁港課');
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('コミットしていない変更')]);
  expect((await rename('港湾課', '漁港課', '--force')).status).toBe(0);
  expect(changed()).toEqual([]);
});

test('mentions are told first, and changed by the command that is told', async () => {
  edit(folder, 'measures/2-1-1.yaml', 'スケジュール:', '取組内容: 漁港課が選ぶ。\nスケジュール:');
  git(folder, 'commit', '-qam', 'x');
  const { stdout } = await rename('漁港課', '港湾課');
  expect(stdout).toContain('npx shisakushu rename 漁港課 港湾課 --texts を実行してください(1 か所):\n');
  expect(stdout).toContain('  content/measures/2-1-1.yaml:9 漁港課が選ぶ。\n');
  git(folder, 'commit', '-qam', 'y');
  expect((await rename('漁港課', '港湾課', '--texts')).status).toBe(0);
  expect(readFileSync(join(folder, 'content/measures/2-1-1.yaml'), 'utf8')).toContain('取組内容: 港湾課が選ぶ。\n');
});

test('what cannot be is refused, and nothing is written', async () => {
  const { status, stderr } = await rename('漁港科', '港湾課');
  expect([status, stderr]).toEqual([2, expect.stringContaining('課「漁港課」のことではありませんか')]);
  expect((await rename('漁港課', '流通課')).stderr).toContain('content/measures/2-1-1.yaml:13。');
  expect(changed()).toEqual([]);
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unfinishedFile } from '../../src/content/unfinished.ts';
import { cityRepository, git } from '../compare/repository.ts';
import { runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = cityRepository();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => runHere(folder, args);
const text = (id: string) => readFileSync(join(folder, `content/measures/${id}.yaml`), 'utf8');
const measures = () => readdirSync(join(folder, 'content/measures')).map((name) => name.replace('.yaml', ''));
const clean = () => expect(git(folder, 'status', '--porcelain')).toBe('');

describe('commands that change numbers', () => {
  test('remove asks what becomes of 再掲, and does as told', async () => {
    const asked = await command('remove', '1-1-1');
    expect(asked.status).toBe(2);
    expect(asked.stderr).toContain('取組 1-1-1 には再掲があります(3-1-1)');
    clean();
    const { status, stdout, stderr } = await command('remove', '1-1-1', '--reprints', 'drop');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('取組の廃止 1 件、取組の番号だけの変更 3 件、再掲の廃止 1 件');
    expect(measures()).toEqual(['1-1-1', '1-2-1', '2-1-1', '3-1-1', '3-1-2']);
    expect(text('3-1-1')).toContain('番号: 3-1-1\n区分: 継続\n再掲: 1-2-1\n');
    expect((await command('check')).status).toBe(0);
  });

  test('the first 再掲 stays as a measure of its own', async () => {
    const before = text('1-1-1');
    expect((await command('remove', '1-1-1', '--reprints', 'own')).status).toBe(0);
    expect(text('3-1-1')).toBe(before.replace('番号: 1-1-1', '番号: 3-1-1'));
    expect((await command('check')).status).toBe(0);
  });

  test.each([
    ['with a space', '計画 $1', 'git restore "計画 \\$1"'],
    ['plain', 'content', 'git restore content'],
  ])('what undoes it undoes it, whatever the folder is called: %s', async (_, name, undo) => {
    if (name !== 'content') git(folder, 'mv', 'content', name);
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    for (const [args, lines] of [
      [
        ['insert', '1-1-1', '--title', '窓口'],
        [undo, undo.replace('restore', 'clean -f')],
      ],
      [['rename', '窓口課', '受付課'], [undo]],
    ] as const) {
      const { stdout } = await command(...args, '--content', name);
      const told = stdout.trim().split('元に戻すには: ')[1]?.split(' と ');
      expect(told).toEqual(lines);
      for (const line of lines) execFileSync('sh', ['-c', line], { cwd: folder });
      clean();
    }
  });

  test('what finishes another command says that it has not done its own', async () => {
    writeFileSync(
      join(folder, 'content', unfinishedFile),
      JSON.stringify({ command: 'renumber', files: { 'measures/1-1-3.yaml': { before: null, text: text('1-1-2') } } }),
    );
    const { status, stdout } = await command('remove', '1-1-1');
    expect(status).toBe(0);
    expect(stdout).toContain('途中で止まっていた「renumber」の書き換えを終えました');
    expect(stdout).toContain('「remove 1-1-1」はまだ実行していません。');
    expect(measures()).toContain('1-1-3');
  });

  test('move and back', async () => {
    expect((await command('move', '1-1-2', '3-1-1')).stdout).toContain('1-1-2 → 3-1-1');
    expect(measures()).toEqual(['1-1-1', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3', '3-1-4']);
    expect((await command('move', '3-1-1', '1-1-2', '--force')).status).toBe(0);
    clean();
    const nothing = await command('move', '1-1-2', '1-1-2');
    expect([nothing.status, nothing.stdout]).toEqual([
      0,
      '取組 1-1-2 は、もうその番号です。\n書き換える所はありません。\n',
    ]);
  });

  test('insert says what to write next; check warns of a name that is none', async () => {
    const { status, stdout } = await command('insert', '2-1-1', '--section', '漁港課', '流通課');
    expect(status).toBe(0);
    expect(stdout).toContain('次に、content/measures/2-1-1.yaml の 取組、取組内容、');
    expect(text('2-1-1')).toContain('担当局・部: [産業局 水産部]\n担当課: [漁港課, 流通課]\n');
    const { stdout: told, status: checked } = await command('check');
    expect(checked).toBe(0);
    expect(told).toContain('取組の名前が、仮の「新しい取組」のままです。');
  });

  test('renumber closes what was deleted by hand, and says when there is nothing to close', async () => {
    const nothing = await command('renumber');
    expect([nothing.status, nothing.stdout]).toEqual([0, '番号に飛びはありません。\n書き換える所はありません。\n']);
    rmSync(join(folder, 'content/measures/3-1-1.yaml'));
    expect((await command('renumber')).stderr).toContain('コミットしていない変更があります');
    git(folder, 'commit', '-qam', 'x');
    expect((await command('renumber')).status).toBe(0);
    expect(measures()).toEqual(['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2']);
  });

  test('with errors that are none of its own nothing is written', async () => {
    writeFileSync(join(folder, 'content/measures/2-1-1.yaml'), text('2-1-1').replace('漁港課', '魚港課'));
    git(folder, 'commit', '-qam', 'x');
    const { status, stderr } = await command('remove', '1-1-2');
    expect([status, stderr]).toEqual([1, expect.stringContaining('内容に誤りがあるため、何も書き換えていません')]);
    clean();
  });
});

import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { visible } from '../../src/model/visible.ts';
import { cityRepository, commit } from '../compare/repository.ts';
import { cityFolder, edit, runHere } from './run.ts';

const evil = 'x\u001b[31m\u0007\r\n::error::\u202e\u009b2J';
const written = 'x\\u{1b}[31m\\u{7}\\u{d}\\u{a}::error::\\u{202e}\\u{9b}2J';

/** All that a command prints, in which nothing is hidden and the name is written out. */
async function printed(cwd: string, args: string[]): Promise<string> {
  const { stdout, stderr } = await runHere(cwd, args);
  const all = stdout + stderr;
  expect(visible(all.replaceAll('\n', ''))).toBe(all.replaceAll('\n', ''));
  expect(all).not.toMatch(/^::error::/m);
  return all;
}

// Windows has no such names.
const posix = test.skipIf(process.platform === 'win32');

posix('names of files: checked, built, exported, compared', async () => {
  const folder = cityFolder();
  writeFileSync(join(folder, 'content/measures', `${evil}.yaml`), `取組: ${evil}\n`);
  for (const args of [
    ['check'],
    ['check', '--format', 'github'],
    ['build'],
    ['export', 'csv'],
    ['status'],
    ['status', '--format', 'csv'],
    ['diff', './content', './content'],
  ])
    expect(await printed(folder, args), String(args)).toContain(args[0] === 'diff' ? 'x' : written);
  expect(await printed(folder, ['check', '--format', 'json'])).toContain(
    'x\\u001b[31m\\u0007\\r\\n::error::\\u202e\\u009b2J',
  );
});

posix('names of folders and PDFs', async () => {
  const folder = cityFolder();
  expect(await printed(folder, ['build', '--out', evil])).toContain(written);
  cpSync(join(folder, evil), join(folder, 'copy'), { recursive: true });
  renameSync(join(folder, 'copy/取組集.pdf'), join(folder, `${evil}.pdf`));
  expect(await printed(folder, ['verify', `${evil}.pdf`])).toContain(written);
  renameSync(join(folder, 'content'), join(folder, `${evil}.d`));
  expect(await printed(folder, ['verify', `${evil}.pdf`, '--content', `${evil}.d`])).toContain(written);
  expect(await printed(folder, ['export', 'json', '--content', `${evil}.d`, '--out', evil])).toContain(written);
  expect(await printed(folder, ['schema', '--content', `${evil}.d`])).toContain(written);
  expect(await printed(folder, ['diff', `./${evil}.d`, `./${evil}.d`])).toContain(written);
});

posix('what is typed: names of versions, options, commands', async () => {
  const folder = cityRepository();
  for (const args of [
    ['diff', evil],
    ['diff', evil.replaceAll('\n', '')],
    ['diff', `./${evil}`],
    ['check', '--content', evil],
    ['verify', evil],
    [evil],
    ['check', `--${evil}`],
    ['check', '--format', evil],
    ['preview', '--port', evil],
    ['build', '--only', evil],
    ['build', '--section', evil],
  ])
    expect(await printed(folder, args), String(args)).toMatch(/\\u\{1b\}|版の名前が空か|指定の値が正しくありません/);
});

posix('what a comparison and its papers say', { timeout: 60_000 }, async () => {
  const folder = cityRepository();
  edit(folder, 'measures/1-1-1.yaml', /^取組: .*$/m, `取組: "\\e[31m\\a${'\\u202e'}改め"`);
  mkdirSync(join(folder, 'content/annexes'));
  writeFileSync(join(folder, 'content/annexes', `${evil}.pdf`), '');
  commit(folder, 'v1');
  expect(await printed(folder, ['diff', 'v0', 'v1'])).toContain('\\u{1b}[31m\\u{7}');
  expect(await printed(folder, ['diff', 'v0', '--format', 'markdown'])).toContain('&#92;u&#123;1b&#125;');
  expect(await printed(folder, ['diff', 'v0', '--format', 'html'])).toContain('\\u{1b}');
  expect(await printed(folder, ['diff', 'v0', '--format', 'json'])).toContain('\\u001b');
  await printed(folder, ['pr', 'v0', '--out', evil]);
});

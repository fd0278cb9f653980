// Workbooks that another program has opened and saved say what they said: not a byte of the content changes.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../cli/run.ts';
import { git, temporary } from '../compare/repository.ts';
import { savedByLibreOffice, savedByOpenpyxl } from './programs.ts';
import { commitContent } from './repository.ts';

const folder = temporary();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with a city's content, and its workbooks, one for each 課. */
function exported(name: string, content: string): { repository: string; workbooks: string } {
  const repository = join(folder, name);
  commitContent(repository, content, ['out']);
  const { status, stdout, stderr } = run(repository, ['export', 'xlsx', '--split']);
  expect(status, stdout + stderr).toBe(0);
  return { repository, workbooks: join(repository, 'out/回答') };
}

/** The workbooks of a folder, taken in: nothing is told but that nothing changes. */
function bringsNothing(repository: string, workbooks: string): void {
  const { status, stdout, stderr } = run(repository, ['import', 'xlsx', workbooks, '--write']);
  expect(status, stdout + stderr).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain('書き換える所はありません');
  expect(git(repository, 'status', '--porcelain')).toBe('');
}

test.each([
  ['edition', 'content'],
  ['city', 'tests/city'],
  ['lake', 'tests/lake'],
])('%s: as exported, saved by LibreOffice, by openpyxl, by both', (name, content) => {
  const { repository, workbooks } = exported(name, content);
  bringsNothing(repository, workbooks);
  const again = savedByLibreOffice(workbooks, join(folder, 'profile'));
  bringsNothing(repository, again);
  savedByOpenpyxl(again);
  bringsNothing(repository, again);
  savedByOpenpyxl(workbooks);
  bringsNothing(repository, workbooks);
  expect(existsSync(join(repository, 'content/.unfinished.yaml'))).toBe(false);
});

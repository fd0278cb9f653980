import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { terminalText } from '../../src/compare/terminal.ts';
import { diff } from '../../src/compare/two-editions.ts';
import { run, runHere } from '../cli/run.ts';
import { history } from './history.ts';
import { Content, cityRepository, commit, git } from './repository.ts';

let folder: string;
beforeAll(() => {
  folder = cityRepository();
  const content = new Content(folder);
  for (const [index, { change }] of history.entries()) {
    change(content);
    commit(folder, `v${index + 1}`);
  }
});

test('each kind of change is told as itself, and nothing else', async () => {
  const told = history.map(({ name }, index) => {
    const { comparison } = diff(`v${index}`, `v${index + 1}`, join(folder, 'content'));
    return `## ${name}\n\n${terminalText(comparison, { color: false, width: 100 })}`;
  });
  await expect(told.join('\n')).toMatchFileSnapshot('../refs/diff/history.txt');
  expect(git(folder, 'status', '--porcelain')).toBe('');
});

test('over all of them at once: the same to the working tree, to a ref, to a folder; and back', async () => {
  const [last] = [`v${history.length - 1}`];
  git(folder, 'checkout', '-q', last);
  const whole = async (args: string[]) =>
    JSON.parse((await runHere(folder, ['diff', ...args, '--format', 'json'])).stdout);
  const refs = await whole(['v0', last]);
  const tree = await whole(['v0']);
  git(folder, 'worktree', 'add', '-q', join(folder, '..', `${folder.split('/').at(-1)}-old`), 'v0');
  const old = join(folder, '..', `${folder.split('/').at(-1)}-old`, 'content');
  const folders = await whole([old, './content']);
  const findings = ({ base: _, head: __, diagnostics: ___, ...rest }: Record<string, unknown>) => rest;
  expect(findings(tree)).toEqual(findings(refs));
  expect(findings(folders)).toEqual(findings(refs));
  expect(refs.same).toBe(false);
  expect((await whole([last, last])).same).toBe(true);
  git(folder, 'checkout', '-q', 'main');
});

test('--exit-code: 1 with changes, 0 without; errors in the content are told and are no failure', async () => {
  expect((await runHere(folder, ['diff', 'v0', 'v1'])).status).toBe(0);
  expect(run(folder, ['diff', 'v0', 'v1', '--exit-code']).status).toBe(1);
  expect((await runHere(folder, ['diff', 'v1', 'v1', '--exit-code'])).status).toBe(0);
  expect((await runHere(folder, ['diff', 'v14', 'v15', '--exit-code'])).status).toBe(0);
  const broken = await runHere(folder, ['diff', `v${history.length}`, 'v1']);
  expect(broken.status).toBe(0);
  expect(broken.stderr).toContain(`v${history.length}:content/measures/2-1-1.yaml:`);
  expect(readFileSync(join(folder, 'content/measures/2-1-1.yaml'), 'utf8')).toContain('閉じていない');
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refChoices } from '../../src/preview/ref-choices.ts';
import { cityRepository, git, temporary } from '../compare/repository.ts';

const date = Date.UTC(2030, 0, 1);

test('branches, tags and the last commits; the tag is likely where the main branch is worked on', () => {
  const folder = cityRepository();
  const branch = git(folder, 'branch', '--show-current');
  const id = git(folder, 'rev-parse', '--short', 'HEAD');
  const subject = git(folder, 'log', '-1', '--format=%s');
  expect(refChoices(join(folder, 'content'))).toEqual({
    branches: [{ name: branch, date, subject, current: true }],
    tags: [{ name: 'v0', date, subject, current: false }],
    commits: [{ name: id, date, subject, current: true }],
    likely: 'v0',
  });
});

test('a branch beside the main one: that is likely; names of other branches and of files are none', () => {
  const folder = cityRepository();
  git(folder, 'branch', '-M', 'main');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(folder, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  git(folder, 'switch', '-q', '-c', '改定/令和12年');
  git(folder, 'tag', 'a-file', 'HEAD:content/edition.yaml');
  git(folder, 'tag', '-m', '第1版', 'v1');
  git(folder, 'commit', '-q', '--allow-empty', '-m', '改定の\n続き\n\n本文');
  const answer = refChoices(join(folder, 'content'));
  if ('problem' in answer) throw new Error(answer.problem);
  expect(answer.branches.map(({ name, current }) => [name, current]).sort()).toEqual([
    ['main', false],
    ['origin/main', false],
    ['改定/令和12年', true],
  ]);
  expect(answer.tags.map(({ name, subject }) => [name, subject])).toContainEqual(['v1', '第1版']);
  expect(answer.tags.map(({ name }) => name).sort()).toEqual(['v0', 'v1']);
  expect(answer.commits.map(({ current }) => current)).toEqual([true, false]);
  expect(answer.commits[0]?.subject).toBe('改定の 続き');
  expect(answer.likely).toBe('main');
});

test('a repository without a commit has nothing to choose; without a repository that is said', () => {
  const folder = temporary();
  expect(refChoices(folder)).toEqual({ problem: expect.stringContaining('git のリポジトリの中ではありません') });
  git(folder, 'init', '-q');
  expect(refChoices(folder)).toEqual({ branches: [], tags: [], commits: [] });
});

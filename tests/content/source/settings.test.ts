import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitOf } from '../../../src/content/source/commit.ts';
import { readGitRef } from '../../../src/content/source/git.ts';
import { type Files, git, objectOf, put, repositoryOf, workTreeOf } from './history.ts';

const contentOf = (folder: string) => join(folder, 'content');
const small = (text = 'a: 1\n'): Files => ({ 'content/edition.yaml': text, 'content/measures/1-1-1.yaml': 'b: 1\n' });

/** Settings as the file of a repository has them. */
const settings = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => {
      const [section = '', ...rest] = name.split('.');
      const key = rest.pop();
      return `[${section}${rest.length > 0 ? ` "${rest.join('.')}"` : ''}]\n\t${key} = "${value}"\n`;
    })
    .join('');

const looks = {
  'log.showSignature': 'true',
  'log.showRoot': 'false',
  'log.date': 'raw',
  'log.abbrevCommit': 'true',
  'log.follow': 'true',
  'log.decorate': 'full',
  'format.pretty': 'fuller',
  'core.quotePath': 'true',
  'core.abbrev': '4',
  'color.ui': 'always',
  'color.status': 'always',
  'i18n.logOutputEncoding': 'Shift_JIS',
  'status.short': 'true',
  'status.branch': 'true',
  'status.showUntrackedFiles': 'no',
  'alias.rev-list': '!false',
  'alias.cat-file': '!false',
  'pager.rev-list': 'true',
  'pager.ls-tree': 'true',
};

const programs = [
  'core.fsmonitor',
  'core.pager',
  'core.editor',
  'core.askPass',
  'core.sshCommand',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'credential.helper',
  'diff.external',
  'diff.trap.textconv',
  'diff.trap.command',
  'filter.trap.clean',
  'filter.trap.smudge',
  'gpg.program',
  'uploadpack.packObjectsHook',
];

test('settings change nothing of what is read', async () => {
  const annex = '内容の写し.txt';
  const folder = workTreeOf({ v0: small(), v1: { ...small(), [`content/${annex}`]: 'x' } });
  writeFileSync(join(folder, '.git/config'), settings(looks), { flag: 'a' });
  expect(git(folder, 'config', 'core.abbrev')).toBe('4');
  expect(await commitOf(contentOf(folder))).toEqual({ id: git(folder, 'rev-parse', 'v1') });
  expect(readGitRef('v1', contentOf(folder)).entries.has(annex)).toBe(true);
  expect(readGitRef('v0', contentOf(folder)).entries.has(annex)).toBe(false);
  writeFileSync(join(contentOf(folder), 'new'), 'x');
  expect(await commitOf(contentOf(folder))).toEqual({});
});

test.skipIf(process.platform === 'win32')('settings start no program of theirs', async () => {
  const folder = repositoryOf({ v0: small(), v1: small('a: 2\n'), v2: small('a: 2\n') });
  put(folder, { ...small('a: 2\n'), '.gitattributes': '*.yaml filter=trap diff=trap\n' });
  git(folder, 'read-tree', 'v2');
  const ran = join(folder, '.git/ran');
  const trap = join(folder, '.git/trap');
  writeFileSync(trap, `#!/bin/sh\ntouch '${ran}'\ncat\n`, { mode: 0o755 });
  mkdirSync(join(folder, '.git/hooks'));
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout'])
    cpSync(trap, join(folder, '.git/hooks', hook));
  const values = {
    ...Object.fromEntries(programs.map((name) => [name, trap])),
    'core.untrackedCache': 'true',
    'remote.origin.url': 'ssh://example.invalid/x',
    'remote.origin.promisor': 'true',
    'extensions.partialClone': 'origin',
  };
  writeFileSync(join(folder, '.git/config'), settings(values), { flag: 'a' });
  const touched = () => {
    for (const name of readdirSync(join(contentOf(folder), 'measures')))
      utimesSync(join(contentOf(folder), 'measures', name), new Date(), new Date(Date.now() + 10_000));
  };
  touched();
  git(folder, 'status', '--porcelain');
  expect(existsSync(ran), 'the trap is none').toBe(true);
  rmSync(ran);
  touched();
  expect((await commitOf(contentOf(folder))).id).toBe(git(folder, 'rev-parse', 'v1'));
  rmSync(ran, { force: true });
  expect(readGitRef('v0', contentOf(folder)).entries.size).toBe(3);
  rmSync(objectOf(folder, 'v0:content/edition.yaml'));
  rmSync(ran, { force: true });
  expect(() => readGitRef('v0', contentOf(folder))).toThrow('partial clone');
  expect(existsSync(ran)).toBe(false);
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  gitEnvironment,
  gitFailure,
  gitOptions,
  hasGitFolder,
  notStarted,
} from '../../../src/content/source/git-program.ts';
import { temporary } from '../../compare/repository.ts';

/** What git gets of process.env with these variables in it. */
function kept(variables: Record<string, string>): NodeJS.ProcessEnv {
  const before = { ...process.env };
  try {
    Object.assign(process.env, variables);
    const found = gitEnvironment();
    return Object.fromEntries(Object.keys(variables).map((name) => [name, found[name]]));
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

describe('what git gets of the environment', () => {
  test.each([
    'GIT_EXEC_PATH',
    'GIT_CEILING_DIRECTORIES',
    'GIT_DISCOVERY_ACROSS_FILESYSTEM',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_SYSTEM',
    'GIT_CONFIG_NOSYSTEM',
    'GIT_CONFIG_PARAMETERS',
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_KEY_0',
    'GIT_CONFIG_KEY_12',
    'GIT_CONFIG_VALUE_0',
    'GIT_CONFIG_VALUE_12',
    'git_config_global',
    'PATH_OF_MINE',
    'MY_GIT_DIR',
    'HTTPS_PROXY_',
  ])('%s stays', (name) => {
    expect(kept({ [name]: 'x' })).toEqual({ [name]: 'x' });
  });

  test.each([
    'GIT_DIR',
    'git_dir',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_COMMON_DIR',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'GIT_NAMESPACE',
    'GIT_PREFIX',
    'GIT_CONFIG',
    'GIT_CONFIG_KEY_',
    'GIT_CONFIG_KEY_X',
    'GIT_CONFIG_GLOBAL_X',
    'GIT_X_GIT_CONFIG_GLOBAL',
    'GIT_EXTERNAL_DIFF',
    'GIT_TRACE',
    'GIT_SSH_COMMAND',
    'GIT_REPLACE_REF_BASE',
  ])('%s goes', (name) => {
    expect(kept({ [name]: 'x' })).toEqual({ [name]: undefined });
  });

  test('it speaks English, asks nothing, locks nothing, fetches nothing', () => {
    expect(gitEnvironment()).toMatchObject({
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      PATH: process.env.PATH,
    });
    expect(kept({ LC_ALL: 'ja_JP.UTF-8', GIT_OPTIONAL_LOCKS: '1', GIT_ALLOW_PROTOCOL: 'https' })).toEqual({
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_ALLOW_PROTOCOL: 'none',
    });
    expect(gitOptions).toEqual(['--no-pager', '--literal-pathspecs', '-c', 'core.fsmonitor=']);
  });
});

test('why git could not be started', () => {
  const error = (code: string, message: string) => Object.assign(new Error(message), { code });
  expect(notStarted(error('ENOENT', 'spawn git ENOENT'))).toBe('git がありません。');
  expect(notStarted(error('EACCES', 'spawn git EACCES'))).toBe('git を実行できません(spawn git EACCES)。');
});

test.each([
  [
    "fatal: detected dubious ownership in repository at '/a/b'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory '/a/b c'\n",
    "git がこのリポジトリを開きません(持ち主が違います)。中身を信じてよいことを確かめてから、次を実行してください: git config --global --add safe.directory '/a/b c'",
  ],
  [
    "fatal: unsafe repository ('/a' is owned by someone else)\n",
    'git がこのリポジトリを開きません(持ち主が違います)。中身を信じてよいことを確かめてから、次を実行してください: git config --global --add safe.directory <リポジトリのいちばん上のフォルダ>',
  ],
  [
    'fatal: could not fetch 1a2b from promisor remote\n',
    '「v0」の一覧が手元にありません。このリポジトリは一部だけの複製(partial clone)です。元のリポジトリにつながる所で git fetch --refetch --no-filter を実行してから、もう一度試してください。',
  ],
  [
    'warning: lazy fetching disabled; some objects may not be available\nfatal: bad object\n',
    '「v0」の一覧が手元にありません。このリポジトリは一部だけの複製(partial clone)です。元のリポジトリにつながる所で git fetch --refetch --no-filter を実行してから、もう一度試してください。',
  ],
  [
    'fatal: not a git repository: /nowhere\n',
    '.git はありますが、git はリポジトリとして開けません(git: not a git repository: /nowhere)。.git を動かしたり消したりしていないか確かめ、元に戻すか、複製し直してください。',
  ],
  [
    "error: open('.git/HEAD'): Permission denied\n",
    "「v0」の一覧を読む権限がありません(git: open('.git/HEAD'): Permission denied)。.git フォルダの権限を確かめてください。",
  ],
  [
    'fatal: Expected git repo version <= 1, found 9\n',
    'この git では開けない形のリポジトリです(git: Expected git repo version <= 1, found 9)。git を新しい版にしてください。',
  ],
  [
    'fatal: unknown repository extension found:\n\tx\n',
    'この git では開けない形のリポジトリです(git: unknown repository extension found:)。git を新しい版にしてください。',
  ],
  [
    'fatal: bad config line 1 in file .git/config\n',
    'git の設定に誤りがあります(git: bad config line 1 in file .git/config)。設定のファイルや環境変数のその所を直してください。',
  ],
  [
    'error: missing config key GIT_CONFIG_KEY_0\nfatal: unable to parse command-line Config\n',
    'git の設定に誤りがあります(git: unable to parse command-line Config)。設定のファイルや環境変数のその所を直してください。',
  ],
  [
    'x\n\nerror: object file is empty\nerror: y\n',
    '「v0」の一覧を git が読めません(git: object file is empty)。リポジトリのファイルが足りないか壊れています。git fsck で確かめ、元のリポジトリから複製し直すか、控えから戻してください。',
  ],
  [
    'some fatal: words\nsome error: words\n',
    '「v0」の一覧を git が読めません。リポジトリのファイルが足りないか壊れています。git fsck で確かめ、元のリポジトリから複製し直すか、控えから戻してください。',
  ],
  [
    '',
    '「v0」の一覧を git が読めません。リポジトリのファイルが足りないか壊れています。git fsck で確かめ、元のリポジトリから複製し直すか、控えから戻してください。',
  ],
])('git says %j', (stderr, told) => {
  expect(gitFailure(stderr, '「v0」の一覧')).toBe(told);
});

test('a .git in the folder or above it, be it a folder or a file', () => {
  const folder = temporary();
  mkdirSync(join(folder, 'a/b/c'), { recursive: true });
  expect(hasGitFolder(join(folder, 'a/b/c'))).toBe(false);
  writeFileSync(join(folder, 'a/.git'), 'gitdir: /nowhere\n');
  expect(hasGitFolder(join(folder, 'a/b/c'))).toBe(true);
  expect(hasGitFolder(join(folder, 'a'))).toBe(true);
  expect(hasGitFolder(folder)).toBe(false);
  expect(hasGitFolder(join(folder, 'a/not/there'))).toBe(true);
  expect(hasGitFolder(join(folder, 'not/there'))).toBe(false);
  // A link is followed.
  mkdirSync(join(folder, 'd'));
  symlinkSync(join(folder, 'a/b'), join(folder, 'd/link'), 'junction');
  symlinkSync(join(folder, 'd'), join(folder, 'a/link'), 'junction');
  expect(hasGitFolder(join(folder, 'd/link/c'))).toBe(true);
  expect(hasGitFolder(join(folder, 'a/link'))).toBe(false);
});

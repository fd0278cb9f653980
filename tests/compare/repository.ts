import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryContent } from './contents.ts';

export { Content } from './contents.ts';

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: '試験',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_NAME: '試験',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
  GIT_AUTHOR_DATE: '2030-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2030-01-01T00:00:00Z',
};

function gitWith(folder: string, args: string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
    ...(input === undefined ? {} : { input }),
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

export const git = (folder: string, ...args: string[]): string => gitWith(folder, args);

export const temporary = (): string => mkdtempSync(join(tmpdir(), 'shisakushu-'));

let made: string | undefined;

/** A repository with the second city in content/, committed as tag "v0": a copy of one made once. */
export function cityRepository(): string {
  made ??= repositoryOf([new MemoryContent()]);
  const folder = temporary();
  cpSync(made, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** A repository whose commits hold these states in content/, tagged v0, v1, …; the last one is checked out. */
export function repositoryOf(states: readonly MemoryContent[]): string {
  const folder = temporary();
  git(folder, 'init', '-q', '-b', 'main');
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = states.map(({ files }, index) => {
    const person = '試験 <test@example.invalid> 1893456000 +0000';
    const written = [...files].map(([path, text]) => `M 100644 inline content/${path}\n${data(text)}`).join('');
    const commit = `commit refs/heads/main\nauthor ${person}\ncommitter ${person}\n${data(`v${index}`)}deleteall\n${written}`;
    return `${commit}\nreset refs/tags/v${index}\nfrom refs/heads/main\n\n`;
  });
  gitWith(folder, ['fast-import', '--quiet'], stream.join(''));
  git(folder, 'reset', '-q', '--hard', 'main');
  return folder;
}

export function commit(folder: string, tag: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', tag);
  git(folder, 'tag', tag);
}

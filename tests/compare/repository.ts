import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

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

export function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

export const temporary = (): string => mkdtempSync(join(tmpdir(), 'shisakushu-'));

/** A repository with the second city in content/, committed as tag "v0". */
export function cityRepository(): string {
  const folder = temporary();
  git(folder, 'init', '-q', '-b', 'main');
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  commit(folder, 'v0');
  return folder;
}

export function commit(folder: string, tag: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', tag);
  git(folder, 'tag', tag);
}

/** Changes to the content folder of a repository; each throws when there is nothing to change. */
export class Content {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = join(folder, 'content');
  }
  read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
    writeFileSync(join(this.#folder, file), text);
  }
  remove(file: string): void {
    rmSync(join(this.#folder, file));
  }
  replace(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replaceAll(from, to);
    if (before === after) throw new Error(`${file} has no ${from}`);
    this.write(file, after);
  }
  renumber(from: string, to: string): void {
    const path = (id: string) => join(this.#folder, 'measures', `${id}.yaml`);
    if (existsSync(path(to))) throw new Error(`${to} is taken`);
    renameSync(path(from), path(to));
    this.replace(`measures/${to}.yaml`, `番号: ${from}`, `番号: ${to}`);
  }
}

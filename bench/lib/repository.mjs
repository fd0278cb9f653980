import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { content, work } from './processes.mjs';

/**
 * The edition, committed in a repository of its own.
 * @returns copy: its content folder; git: runs git there
 */
export function committedCopy(name) {
  const folder = join(work, name);
  const copy = join(folder, 'content');
  cpSync(content, copy, { recursive: true });
  const git = (...args) => execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@x', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
  return { copy, git };
}

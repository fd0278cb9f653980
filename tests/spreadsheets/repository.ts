import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../compare/repository.ts';

/** Makes a repository of `folder` with this content in content/, committed; git does not see what is `ignored`. */
export function commitContent(folder: string, content: string, ignored: readonly string[]): void {
  cpSync(content, join(folder, 'content'), { recursive: true });
  writeFileSync(join(folder, '.gitignore'), ignored.map((name) => `${name}\n`).join(''));
  git(folder, 'init', '-q');
  commit(folder);
}

export function commit(folder: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'x');
}

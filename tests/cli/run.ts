import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const cli = resolve('dist/cli.js');

/** The command as a user runs it, in `cwd`. */
export function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

export function start(cwd: string, args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [cli, ...args], { cwd });
}

/** A folder of its own with the second city in content/. */
export function cityFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  return folder;
}

/** Replaces `from`, which must be there, in a content file. */
export function edit(folder: string, file: string, from: string | RegExp, to: string): void {
  const path = join(folder, 'content', file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, after);
}

import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { keepThreads } from './lasting-threads.ts';

keepThreads();

export const cli = resolve('dist/cli.js');

const streams = [process.stdout, process.stderr];

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The command as a user runs it, in `cwd`, as a process of its own. */
export function run(cwd: string, args: string[], env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const command = pathToFileURL(cli).href;
let runs = 0;

/**
 * The same in this process, where all but the entry is loaded already: for tests that ask what a command does. How a
 * process of its own starts and ends, and what it takes from its environment, is for `run`.
 */
export async function runHere(cwd: string, args: string[]): Promise<Ran> {
  const before = { argv: process.argv, folder: process.cwd(), exitCode: process.exitCode };
  const listeners = streams.map((stream) => stream.listeners('error'));
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += chunk;
      return true;
    }),
  );
  try {
    process.argv = [process.execPath, cli, ...args];
    process.chdir(cwd);
    process.exitCode = undefined;
    runs += 1;
    await import(/* @vite-ignore */ `${command}?run=${runs}`);
    return { status: Number(process.exitCode ?? 0), ...written };
  } finally {
    process.argv = before.argv;
    process.chdir(before.folder);
    process.exitCode = before.exitCode;
    for (const spy of spies) spy.mockRestore();
    for (const [index, stream] of streams.entries())
      for (const listener of stream.listeners('error'))
        if (!listeners[index]?.includes(listener)) stream.off('error', listener as () => void);
  }
}

/** Ends a process when this one does, however it does: its input ends then. */
const notAlone = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.stdin.on('end', () => process.exit(1)).resume().unref();
`)}`;

/** The command as a process of its own that goes on meanwhile. */
export function start(cwd: string, args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', notAlone, cli, ...args], { cwd });
}

/** How a process ends that is told to; it may have ended already. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<[number | null, string | null]> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return [child.exitCode, child.signalCode];
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

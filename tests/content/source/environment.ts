import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../../compare/repository.ts';

/** A test that may set variables in process.env: behind it they are as before. */
export const ownEnvironment = (body: () => unknown) => async (): Promise<void> => {
  const before = { ...process.env };
  try {
    await body();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

/** In such a test: git as it is, but for what `command` does in its place where the words of a call hold `call`. */
export function replaced(call: string, command: string): void {
  const [real] = (process.env.PATH ?? '').split(':').filter((path) => existsSync(join(path, 'git')));
  const folder = temporary();
  const script = `#!/bin/sh\ncase "$*" in *${call}*) ${command} ;; *) exec '${real}/git' "$@" ;; esac\n`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  process.env.PATH = `${folder}:${process.env.PATH}`;
}

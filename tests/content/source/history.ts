import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from '../../compare/repository.ts';

/** A file by its text or bytes; a link by where it leads; another repository by its commit. */
export type Kept = string | Uint8Array | { link: string } | { commit: string };
/** All files of a commit by path. */
export type Files = Record<string, Kept>;

/** The invented city as content/. */
export function cityFiles(): Files {
  return Object.fromEntries(
    readdirSync('tests/city', { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.replace('tests/city', 'content'), readFileSync(path)]),
  );
}

const who = { name: '試験', email: 'test@example.invalid', date: '1893456000 +0000' };
const environment = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: who.name, GIT_AUTHOR_EMAIL: who.email, GIT_AUTHOR_DATE: who.date },
  ...{ GIT_COMMITTER_NAME: who.name, GIT_COMMITTER_EMAIL: who.email, GIT_COMMITTER_DATE: who.date },
};

/** Of git in `folder`, trimmed. */
export function git(folder: string, ...args: (string | { input: Uint8Array })[]): string {
  const [input] = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.input]));
  const words = args.filter((arg) => typeof arg === 'string');
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, input, env: environment });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout.toString().trim();
}

/**
 * A repository on the branch main with the commits of `history` by their tags, the oldest first, made by two processes;
 * nothing is taken out of it.
 */
export function repositoryOf(history: Record<string, Files>, ...options: string[]): string {
  const folder = temporary();
  git(folder, 'init', '-q', '-b', 'main', '--template=', ...options);
  const quoted = (path: string) => `"${path.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  const data = (bytes: Uint8Array) => [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
  const line = (text: string) => [Buffer.from(`${text}\n`)];
  const parts = Object.entries(history).flatMap(([tag, files]) => [
    ...line(`commit refs/heads/main\ncommitter ${who.name} <${who.email}> ${who.date}`),
    ...data(Buffer.from(tag)),
    ...line('deleteall'),
    ...Object.entries(files).flatMap(([path, kept]) => {
      if (typeof kept === 'string' || kept instanceof Uint8Array)
        return [...line(`M 100644 inline ${quoted(path)}`), ...data(Buffer.from(kept))];
      if ('link' in kept) return [...line(`M 120000 inline ${quoted(path)}`), ...data(Buffer.from(kept.link))];
      return line(`M 160000 ${kept.commit} ${quoted(path)}`);
    }),
    ...line(`reset refs/tags/${tag}\nfrom refs/heads/main\n`),
  ]);
  git(folder, '-c', 'core.ignoreCase=false', 'fast-import', '--quiet', { input: Buffer.concat(parts) });
  return folder;
}

/** The same with the files of the newest commit in its folder. */
export function workTreeOf(history: Record<string, Files>, ...options: string[]): string {
  const folder = repositoryOf(history, ...options);
  put(folder, Object.values(history).at(-1) ?? {});
  return folder;
}

export function put(folder: string, files: Files): void {
  for (const [path, kept] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    if (typeof kept === 'string' || kept instanceof Uint8Array) writeFileSync(join(folder, path), kept);
  }
}

/** The file of an object of its own. */
export function objectOf(folder: string, name: string): string {
  const id = git(folder, 'rev-parse', name);
  return join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
}

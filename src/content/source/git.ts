import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../../diagnostics/user-error.ts';
import { belongs, type ContentSource, type Entry } from './source.ts';

/** Bytes; larger files are read one by one, when asked for. */
const largestAtOnce = 256 * 1024;

/**
 * The content folder as commit `ref` has it, read by git itself: no file of the work tree and no index is touched, and
 * a bare, shallow or linked repository will do. Diagnostics name its files `<ref>:<path>`, as git show does.
 * Throws UserError for a ref, a repository or a git that is not as it must be.
 */
export function readGitRef(ref: string, folder: string): ContentSource {
  const { git, path } = repositoryOf(folder);
  const commit = commitOf(git, ref);
  const tree = path === '' ? commit : `${commit}:${path}`;
  const listing = text(git('ls-tree', '-r', '-t', '-z', '-l', '--full-tree', tree));
  if (listing === undefined)
    throw new UserError(
      path === '' || text(git('cat-file', '-t', tree)) === 'tree'
        ? 'git がフォルダの一覧を読めません。リポジトリが壊れているか、ファイルが足りません。git fsck で確かめてください。'
        : `「${ref}」には内容のフォルダ「${path}」がありません。フォルダの名前が違っていたころの版なら、その版を別のフォルダに取り出し(git worktree add)、フォルダ同士を比べてください。`,
    );
  const files = new Map<string, { id: string; size: number }>();
  const entries = new Map<string, Entry>();
  for (const line of listing.split('\0').filter(Boolean)) {
    const [, mode = '', id = '', size = '', name = ''] = /^(\d+) \w+ (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    const file = name.normalize('NFC');
    if (!belongs(file)) continue;
    if (mode.startsWith('100')) files.set(file, { id, size: Number(size) });
    entries.set(file, { kind: mode === '040000' ? 'folder' : mode === '120000' ? 'link' : 'other' });
  }
  const wanted = [...files].filter(([file, { size }]) => file.endsWith('.yaml') && size <= largestAtOnce);
  const blobs = readBlobs(
    git,
    wanted.map(([, { id }]) => id),
  );
  for (const [file, { id, size }] of files)
    entries.set(file, {
      kind: 'file',
      read: () => blobs.get(id) ?? git('cat-file', 'blob', id).stdout,
      size: () => size,
    });
  return { root: `${ref}:${path || '.'}`, entries };
}

/** Whether `ref` names a commit of the repository of `folder`; false too where there is no repository. */
export function isCommit(ref: string, folder: string): boolean {
  try {
    const { git } = repositoryOf(folder);
    commitOf(git, ref);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

type Git = (...args: (string | { input: string })[]) => { status: number | null; stdout: Uint8Array; stderr: string };

const text = ({ status, stdout }: { status: number | null; stdout: Uint8Array }): string | undefined =>
  status === 0 ? new TextDecoder().decode(stdout).trimEnd() : undefined;

/** git, started in `folder` or the nearest folder above that is there. */
function gitIn(folder: string): Git {
  return (...args) => {
    const input = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.input]));
    const words = args.filter((arg): arg is string => typeof arg === 'string');
    const result = spawnSync('git', words, {
      cwd: folder,
      ...(input[0] === undefined ? {} : { input: input[0] }),
      maxBuffer: 2 ** 30,
      // Messages in English whatever the locale; no index refresh, no prompt.
      env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    });
    if (result.error)
      throw new UserError(
        (result.error as NodeJS.ErrnoException).code === 'ENOENT'
          ? 'git がありません。版を比べるには git を入れてください。フォルダ同士なら git なしで比べられます。'
          : `git を実行できません(${result.error.message})。`,
      );
    return { status: result.status, stdout: result.stdout, stderr: result.stderr.toString() };
  };
}

/** The repository that `folder` is in, or, being bare, the working directory; and the folder's path in it. */
function repositoryOf(folder: string): { git: Git; path: string } {
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const git = gitIn(nearest);
  const found = git('rev-parse', '--is-inside-work-tree', '--show-prefix');
  if (found.status !== 0) {
    const owner = /dubious ownership/.test(found.stderr);
    throw new UserError(
      owner
        ? `git がこのリポジトリを開きません(持ち主が違います)。確かめてから git config --global --add safe.directory ${nearest} を実行してください。`
        : `「${nearest}」は git のリポジトリの中ではありません。リポジトリの中で実行するか、フォルダ同士を比べてください。`,
    );
  }
  const [inside, prefix = ''] = new TextDecoder().decode(found.stdout).split('\n');
  const rest = relative(nearest, resolve(folder)).split(sep).join('/');
  if (inside === 'true') return { git, path: `${prefix}${rest}`.replace(/\/$/, '') };
  // Bare, or inside .git: there is no work tree, the folder's name alone counts.
  const path = relative(realpathSync('.'), resolve(realpathSync('.'), folder))
    .split(sep)
    .join('/');
  if (path.startsWith('..'))
    throw new UserError(`リポジトリには「${folder}」という内容のフォルダはありません。--content を確かめてください。`);
  return { git, path };
}

/** The commit that `ref` names. A ref that begins with "-" never reaches git, which would take it for an option. */
function commitOf(git: Git, ref: string): string {
  const advice =
    'ブランチ、タグ、コミットの名前(例: main、HEAD~1)を書いてください。名前の一覧は git branch -a で見られます。';
  if (ref.startsWith('-')) throw new UserError(`「${ref}」は - で始まるため、版の名前にできません。${advice}`);
  if (ref === '' || /[\0\n]/.test(ref)) throw new UserError(`版の名前が空か、使えない文字を含みます。${advice}`);
  const commit = text(git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`));
  if (commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  const kind = text(git('cat-file', '-t', ref));
  if (kind === 'blob' || kind === 'tree')
    throw new UserError(
      `「${ref}」は${kind === 'blob' ? 'ファイル' : 'フォルダ'}で、版(コミット)ではありません。${advice}`,
    );
  const shallow = text(git('rev-parse', '--is-shallow-repository')) === 'true';
  throw new UserError(
    `「${ref}」という版はありません。${shallow ? 'このリポジトリには履歴の一部しかありません。git fetch --unshallow で取り寄せるか、' : ''}${advice}`,
  );
}

/** The contents of `ids` by one process. */
function readBlobs(git: Git, ids: readonly string[]): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  const unique = [...new Set(ids)];
  if (unique.length === 0) return blobs;
  const { status, stdout, stderr } = git('cat-file', '--batch', { input: `${unique.join('\n')}\n` });
  if (status !== 0) throw new UserError(`git がファイルを読めません: ${stderr.trim()}`);
  let at = 0;
  for (const id of unique) {
    // "<id> blob <size>\n<bytes>\n", or "<id> missing\n"
    const end = stdout.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(new TextDecoder().decode(stdout.subarray(at, end)))?.[1]);
    if (end < 0 || Number.isNaN(size))
      throw new UserError(`git のリポジトリが壊れているか、ファイル ${id} が足りません。git fsck で確かめてください。`);
    blobs.set(id, stdout.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}

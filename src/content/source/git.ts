import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../../diagnostics/user-error.ts';
import { gitEnvironment, gitFailure, gitOptions, hasGitFolder, notStarted } from './git-program.ts';
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
  const listed = git('ls-tree', '-r', '-t', '-z', '-l', '--full-tree', `${commit}:${path}`);
  if (listed.status !== 0) throw new UserError(notListed(git, ref, { commit, path, stderr: listed.stderr }));
  const files = new Map<string, { id: string; size: number }>();
  const entries = new Map<string, Entry>();
  for (const line of decoded(listed.stdout).split('\0')) {
    const tab = line.indexOf('\t');
    const [mode, , id, size] = line.slice(0, tab).split(/ +/) as [string, string, string, string];
    const file = line.slice(tab + 1).normalize('NFC');
    if (!belongs(file)) continue;
    if (mode.startsWith('100')) files.set(file, { id, size: Number(size) });
    entries.set(file, { kind: mode === '040000' ? 'folder' : mode === '120000' ? 'link' : 'other' });
  }
  if (!entries.has('edition.yaml') && !entries.has('measures'))
    throw new UserError(
      `「${ref}」の「${path || '.'}」は施策集の内容のフォルダではありません(edition.yaml も measures もありません)。--content と版の名前を確かめてください。`,
    );
  const named = (file: string) => `「${ref}」の ${path === '' ? file : `${path}/${file}`} `;
  // The size of what is missing is no number: it is asked for, so that its name is told.
  const wanted = [...files].filter(([file, { size }]) => file.endsWith('.yaml') && !(size > largestAtOnce));
  const blobs = readBlobs(git, new Map(wanted.map(([file, { id }]) => [id, named(file)])));
  for (const [file, { id, size }] of files)
    entries.set(file, {
      kind: 'file',
      read: () => blobs.get(id) ?? readBlob(git, id, named(file)),
      size: () => size,
    });
  return { root: `${ref}:${path || '.'}`, entries };
}

/** Why the content folder of a commit cannot be listed. */
function notListed(
  git: Git,
  ref: string,
  { commit, path, stderr }: { commit: string; path: string; stderr: string },
): string {
  const entry = git('ls-tree', '-z', '--full-tree', commit, '--', path);
  if (entry.status !== 0) return gitFailure(stderr, `「${ref}」のファイルの一覧`);
  const mode = decoded(entry.stdout).split(' ')[0];
  const elsewhere =
    'フォルダの名前が違っていたころの版なら、その版を別のフォルダに取り出し(git worktree add)、フォルダ同士を比べてください。';
  if (mode === '') return `「${ref}」には内容のフォルダ「${path}」がありません。${elsewhere}`;
  if (mode === '160000')
    return `「${ref}」の「${path}」はサブモジュールで、取り出されていません。git submodule update --init を実行し、その中の版の名前で比べてください。`;
  if (mode !== '040000')
    return `「${ref}」の「${path}」は内容のフォルダではなく${mode === '120000' ? 'リンク' : 'ファイル'}です。${elsewhere}`;
  return gitFailure(stderr, `「${ref}」の ${path} の一覧`);
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

/** The names of the tags of the repository of `folder`, the oldest first. Throws UserError. */
export function tagsOf(folder: string): string[] {
  const order = ['--sort=version:refname', '--sort=creatordate']; // the last one first
  const listed = repositoryOf(folder).git('for-each-ref', ...order, '--format=%(refname)', 'refs/tags');
  if (listed.status !== 0) throw new UserError(gitFailure(listed.stderr, 'タグの一覧'));
  return decoded(listed.stdout)
    .split('\n')
    .filter((name) => name !== '')
    .map((name) => name.slice('refs/tags/'.length));
}

/** A branch, a tag or a commit, as people choose among them. */
export interface NamedCommit {
  /** As git takes it, and nothing else is called so: main, v1.2, a short id */
  name: string;
  /** ms since 1970 */
  date: number;
  /** The first line of its message */
  subject: string;
  /** It is where the working tree stands. */
  current: boolean;
}

/** Of each kind, at most */
const mostNamed = 50;

/** Branches, tags and the last commits of the repository of `folder`, each the newest first. Throws UserError. */
export function namedCommits(folder: string): Record<'branches' | 'tags' | 'commits', NamedCommit[]> {
  const { git } = repositoryOf(folder);
  const refs = (...kinds: string[]): NamedCommit[] => {
    const fields = [
      'refname:short',
      'creatordate:unix',
      'contents:subject',
      'HEAD',
      'symref',
      'objecttype',
      '*objecttype',
    ];
    const format = `--format=${fields.map((field) => `%(${field})`).join('%00')}`;
    const listed = git('for-each-ref', '--sort=refname', '--sort=-creatordate', format, ...kinds);
    return lines(listed).flatMap((line) => {
      const [name = '', seconds, subject = '', head, points, ...types] = line.split('\0');
      // origin/HEAD is another name of a branch; a tag may name a file.
      if (points !== '' || !types.includes('commit')) return [];
      return [{ name, date: Number(seconds) * 1000, subject, current: head === '*' }];
    });
  };
  const format = '--format=%h%x00%ct%x00%s';
  const commits = lines(
    git('rev-list', `--max-count=${mostNamed}`, '--abbrev-commit', '--encoding=UTF-8', format, 'HEAD'),
  )
    .filter((line) => line.includes('\0')) // "commit <id>" above each
    .map((line, index) => {
      const [name = '', seconds, subject = ''] = line.split('\0');
      return { name, date: Number(seconds) * 1000, subject, current: index === 0 };
    });
  return {
    branches: refs('refs/heads', 'refs/remotes').slice(0, mostNamed),
    tags: refs('refs/tags').slice(0, mostNamed),
    commits,
  };
}

/** What git printed by lines; where it failed (no commit yet), none. */
const lines = (result: Result): string[] =>
  text(result)
    .split('\n')
    .filter((line) => line !== '');

type Result = { status: number | null; stdout: Uint8Array; stderr: string };
type Git = (...args: (string | { input: string })[]) => Result;

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What git printed; where it failed, nothing. */
const text = ({ status, stdout }: Result): string => (status === 0 ? decoded(stdout).trimEnd() : '');

/** git, started in `folder`. */
function gitIn(folder: string): Git {
  return (...args) => {
    const input = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.input]));
    const words = args.filter((arg): arg is string => typeof arg === 'string');
    const result = spawnSync('git', [...gitOptions, ...words], {
      cwd: folder,
      input: input[0],
      maxBuffer: 2 ** 30,
      env: gitEnvironment(),
    });
    // Of a git that ended before it read what it was asked, its own words are told.
    if (result.error && (result.error as NodeJS.ErrnoException).code !== 'EPIPE')
      throw new UserError(
        `${notStarted(result.error)}版を比べるには git が要ります。フォルダ同士なら git なしで比べられます。`,
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
  if (found.status !== 0)
    throw new UserError(
      /not a git repository/.test(found.stderr) && !hasGitFolder(nearest)
        ? `「${nearest}」は git のリポジトリの中ではありません。リポジトリの中で実行するか、フォルダ同士を比べてください。`
        : gitFailure(found.stderr, 'リポジトリ'),
    );
  // The name of a folder may hold a line break.
  const [inside, ...prefix] = decoded(found.stdout).slice(0, -1).split('\n');
  const rest = relative(nearest, resolve(folder)).split(sep).join('/');
  if (inside === 'true') return { git, path: `${prefix.join('\n')}${rest}`.replace(/\/$/, '') };
  // Bare, or inside .git: there is no work tree, the folder's name alone counts.
  const path = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  if (path === '..' || path.startsWith('../'))
    throw new UserError(`リポジトリには「${folder}」という内容のフォルダはありません。--content を確かめてください。`);
  return { git, path };
}

/** The commit that `ref` names. A ref that begins with "-" never reaches git, which would take it for an option. */
function commitOf(git: Git, ref: string): string {
  const advice =
    'ブランチ、タグ、コミットの名前(例: main、HEAD~1)を書いてください。名前の一覧は git branch -a で見られます。';
  if (ref.startsWith('-')) throw new UserError(`「${ref}」は - で始まるため、版の名前にできません。${advice}`);
  if (ref === '' || /[\0\n]/.test(ref)) throw new UserError(`版の名前が空か、使えない文字を含みます。${advice}`);
  if (ref.length > longestRef) throw new UserError(`版の名前が長すぎます(${longestRef}文字まで)。${advice}`);
  const named = git('rev-parse', '--verify', ref);
  const id = text(named);
  const isId = /^[0-9a-f]/.test(id);
  // Not ref^{commit}, which in :/words would be words too.
  const peeled = isId ? git('rev-parse', '--verify', `${id}^{commit}`) : named;
  if (isId && peeled.status === 0) return text(peeled);
  const kind = isId ? text(git('cat-file', '-t', id)) : undefined;
  if (kind === 'blob' || kind === 'tree')
    throw new UserError(
      `「${ref}」は${kind === 'blob' ? 'ファイル' : 'フォルダ'}で、版(コミット)ではありません。${advice}`,
    );
  if (/short .*is ambiguous/.test(named.stderr))
    throw new UserError(`「${ref}」で始まるものがいくつもあります。もっと長く書いてください。`);
  // A branch or a tag is there, what it names is not; but of an id alone nobody knows whether it ever was.
  if ((isId && id !== ref.toLowerCase()) || /is corrupt|unable to unpack|promisor|lazy fetching/.test(peeled.stderr))
    throw new UserError(gitFailure(peeled.stderr, `「${ref}」の版`));
  const shallow = text(git('rev-parse', '--is-shallow-repository')) === 'true';
  throw new UserError(
    `「${ref}」という版はありません。${shallow ? 'このリポジトリには履歴の一部しかありません。git fetch --unshallow で取り寄せるか、' : ''}${advice}`,
  );
}

/** Characters; a command line holds no more than some 100,000. */
const longestRef = 1000;

/** The contents of files by one process; `wanted` names each by its id. */
function readBlobs(git: Git, wanted: ReadonlyMap<string, string>): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  const { status, stdout, stderr } = git('cat-file', '--batch', { input: `${[...wanted.keys()].join('\n')}\n` });
  const failed = (name: string) => new UserError(gitFailure(stderr, name));
  let at = 0;
  for (const [id, name] of wanted) {
    // "<id> blob <size>\n<bytes>\n", or "<id> missing\n"; cut short where git gave up.
    const end = stdout.indexOf(10, at);
    const size = Number(/ blob (\d+)/.exec(decoded(stdout.subarray(at, end)))?.[1]);
    if (end < 0 || Number.isNaN(size) || end + size + 2 > stdout.length) throw failed(name);
    blobs.set(id, stdout.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  if (status !== 0) throw failed('ファイル');
  return blobs;
}

function readBlob(git: Git, id: string, name: string): Uint8Array {
  const { status, stdout, stderr } = git('cat-file', 'blob', id);
  if (status !== 0) throw new UserError(gitFailure(stderr, name));
  return stdout;
}

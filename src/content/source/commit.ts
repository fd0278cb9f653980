import { execFile } from 'node:child_process';

/**
 * The commit that the content stands for: the last one that touched the folder, when nothing in it was changed since.
 * So neither work elsewhere in the repository nor a change not yet committed shows. None outside git, and none in a
 * shallow clone that does not reach back to that commit: two clones must not tell different things.
 */
export async function commitOf(folder: string): Promise<string | undefined> {
  const [log, status] = await Promise.all([
    git(folder, 'log', '-1', '--format=%H %P', '--', '.'),
    git(folder, 'status', '--porcelain', '--untracked-files=normal', '--', '.'),
  ]);
  const [commit, parent] = log?.trim().split(' ') ?? [];
  if (!commit || status !== '') return undefined;
  // Where a shallow clone ends, a commit without parents seems to have made everything.
  if (!parent && (await git(folder, 'rev-parse', '--is-shallow-repository'))?.trim() !== 'false') return undefined;
  return commit;
}

/** What git prints; undefined when it fails, or there is none. */
function git(folder: string, ...args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', ['--no-optional-locks', '-C', folder, ...args], { timeout: 10_000 }, (error, output) =>
      resolve(error ? undefined : output),
    );
  });
}

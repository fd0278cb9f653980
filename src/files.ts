import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserError } from './diagnostics/user-error.ts';

/** A title or a name as part of a file's name, on any system. */
export const inFileName = (text: string): string => text.replaceAll(/[\\/:*?"<>|\s\p{Cc}\p{Cf}\p{Cs}]/gu, '_');

/**
 * Writes a file beside its place and renames it: whatever ends the process, and whenever, leaves the old file or the new
 * one, whole. Where a link stands, the file that it leads to is written. Throws what the file system throws, with the
 * path that was asked for, and UserError for what is no file.
 */
export const writeWhole = (path: string, bytes: Uint8Array | string): void => writeAllWhole([[path, bytes]]);

/** Files that are open at a time: what waits for the disk waits once for all of them. */
const atOnce = 64;

/** The same of many files, each by itself. */
export function writeAllWhole(files: Iterable<readonly [path: string, bytes: Uint8Array | string]>): void {
  const folders = new Set<string>();
  const parts = Array.from(files, ([path, bytes]) => {
    const { target, mode } = placeOf(path);
    const folder = dirname(target);
    if (!folders.has(folder)) {
      makeFolder(folder);
      removeLeftovers(folder);
      folders.add(folder);
    }
    return { path, bytes, mode, target, temporary: join(folder, temporaryName()) };
  });
  for (let first = 0; first < parts.length; first += atOnce) replaceFiles(parts.slice(first, first + atOnce));
  for (const folder of folders) keepName(folder);
}

interface Part {
  path: string;
  bytes: Uint8Array | string;
  mode: number | undefined;
  target: string;
  temporary: string;
  /** While it is open */
  file?: number | undefined;
}

/** Bytes reach the disk before the names do: after a power cut there is no empty file under a good name. */
function replaceFiles(parts: readonly Part[]): void {
  let path = '';
  const close = (part: Part) => {
    const { file } = part;
    part.file = undefined;
    if (file !== undefined) closeSync(file);
  };
  try {
    for (const part of parts) {
      path = part.path;
      part.file = openSync(part.temporary, 'wx');
      writeFileSync(part.file, part.bytes);
    }
    for (const part of parts) {
      path = part.path;
      sync(part.file as number, part.mode);
      close(part);
    }
    for (const part of parts) {
      path = part.path;
      renameSync(part.temporary, part.target);
    }
  } catch (error) {
    for (const part of parts) {
      attempt(() => close(part));
      rmSync(part.temporary, { force: true });
    }
    throw Object.assign(error as Error, { path });
  }
}

function sync(file: number, mode: number | undefined): void {
  if (mode !== undefined) attempt(() => fchmodSync(file, mode));
  try {
    fsyncSync(file);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** The bytes of a file. Throws what the file system throws, with the path. */
export function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
}

/** The file to be replaced: the one behind a link. Throws UserError for a folder, a pipe and the like. */
function placeOf(path: string): { target: string; mode?: number } {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile())
    throw new UserError(
      `「${path}」は${kindOf(found)}なので、ファイルを書き込めません。それを消すか移すか、別の場所を指定してください。`,
    );
  let target = path;
  while (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
    target = resolve(realpathSync(dirname(target)), readlinkSync(target));
    // Perhaps a share that is not connected: making the folder would write to another place than the one meant.
    if (!statSync(dirname(target), { throwIfNoEntry: false }))
      throw new UserError(
        `「${path}」はリンクですが、リンク先のフォルダ「${dirname(target)}」がありません。リンクを消すか、リンク先につながっているかを確かめてください。`,
      );
  }
  return { target, ...(found ? { mode: found.mode & 0o777 } : {}) };
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'フォルダ';
  if (found.isFIFO()) return '名前付きパイプ';
  return found.isSocket() ? 'ソケット' : '装置';
}

/** Like mkdir -p. Node's own way never ends where the system says of a folder that its parent is not there (/proc). */
function makeFolder(folder: string): void {
  const isThere = () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isThere()) throw error; // another process may have made it meanwhile
  }
}

/** The new name reaches the disk, on systems where a folder can be opened. */
const keepName = (folder: string): void =>
  attempt(() => {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  });

/** Another machine may write into the same folder. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const temporaryName = () => `.shisakushu-${machine}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
const temporaryPattern = /^\.shisakushu-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.tmp$/;
/** ms after which nobody is writing a file any more. */
const longAgo = 3_600_000;

/** Removes what a process that was ended while it wrote has left in `folder`; nothing of one that still runs. */
export function removeLeftovers(folder: string): void {
  attempt(() => {
    for (const name of readdirSync(folder)) {
      const [, host, process] = temporaryPattern.exec(name) ?? [];
      if (host === undefined) continue;
      const path = join(folder, name);
      attempt(() => {
        const { mtimeMs } = lstatSync(path);
        if (Date.now() - mtimeMs > longAgo || (host === machine && !isWriting(Number(process)))) rmSync(path);
      });
    }
  });
}

/** Whether a process may be writing now. This one is not: whoever had its number before left what is there. */
function isWriting(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** For what is good to have done and no reason to fail. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {}
}

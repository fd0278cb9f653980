import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { isCommit, readGitRef } from '../content/source/git.ts';
import { type ContentSource, readWorkingTree } from '../content/source/source.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { type Comparison, isSame } from './change.ts';
import { compare } from './compare.ts';
import { type ComparedEdition, readEdition } from './read.ts';

export interface Compared {
  base: ComparedEdition;
  head: ComparedEdition;
  comparison: Comparison;
  changed: boolean;
}

/**
 * Compares `base` with `head`, or with the working tree's content folder. Each is a git ref or a folder with content.
 * Throws UserError for what is neither.
 */
export function diff(base: string, head: string | undefined, content: string): Compared {
  // Head first: what base has in common with it is not parsed again.
  const parsed = new ParsedFiles();
  const fresh = side(head ?? content, head === undefined ? readFolder(content) : sourceOf(head, content), parsed);
  const old = side(base, sourceOf(base, content), parsed);
  const comparison = compare(old, fresh);
  return { base: old, head: fresh, comparison, changed: !isSame(comparison) };
}

const side = (name: string, source: ContentSource, parsed: ParsedFiles) => readEdition(name, source, parsed);

function sourceOf(name: string, content: string): ContentSource {
  // A ref is never written like this.
  if (isAbsolute(name) || /^\.{1,2}([\\/]|$)|[\\/]$/.test(name)) return readFolder(name);
  if (!isFolder(name)) return readGitRef(name, content);
  if (isCommit(name, content))
    throw new UserError(
      `「${name}」は版の名前でもフォルダの名前でもあります。フォルダなら ./${name}、ブランチなら refs/heads/${name} のように書いてください。`,
    );
  return readFolder(name);
}

/** A name that no file system takes is no folder's. */
function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    return false;
  }
}

function readFolder(folder: string): ContentSource {
  if (!isFolder(folder))
    throw new UserError(
      `フォルダ「${folder}」がありません。リポジトリのいちばん上のフォルダで実行するか、比べるものの名前を確かめてください。`,
    );
  const source = readWorkingTree(folder);
  if (source.entries.get('edition.yaml') || source.entries.get('measures')) return source;
  throw new UserError(
    `「${folder}」は施策集の内容のフォルダではありません(edition.yaml も measures もありません)。内容のフォルダ、または版の名前を書いてください。`,
  );
}

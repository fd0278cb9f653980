// What all commands have in common that change content: refuse where undo would lose something, show what they do, leave no
// errors, write all or nothing.
import { Option } from 'commander';
import type { CheckedEdition, ContentCache } from '../annexes/checked-edition.ts';
import type { Renderer } from '../book/renderer.ts';
import type { NewFiles } from '../content/source/new-files.ts';
import type { ContentSource } from '../content/source/source.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { shellWord } from '../model/shell-word.ts';
import { contentOption, existing, type Folders, print, printText, report, shown, terminalOf } from './terminal.ts';

/** The content as it is, every file of it readable as YAML. */
export interface PresentContent {
  source: ContentSource;
  checked: CheckedEdition;
  /** What is not read again */
  cache: ContentCache;
}

export interface ContentPlan {
  /** What becomes of which files; with none, nothing is written. */
  files: NewFiles;
  /** Lines to tell behind what changes: mentions that are left, what to fill in next. */
  notes?: readonly string[];
}

/** What every command that changes content can be told. */
export type ChangeOptions = Pick<Folders, 'content'> & { force?: boolean };
export const changeOptions = (): Option[] => [contentOption(), forceOption()];
export const forceOption = () =>
  new Option('--force', 'コミットしていない変更があっても書き換えます(git では元に戻せなくなります)');
/** Of commands that change numbers. */
export const textsOption = () => new Option('--texts', '文の中の番号も書き換えます(書かなければ、場所だけを示します)');

export interface ChangeRequest extends ChangeOptions {
  /** The command as the user would type it again: new-edition R9 */
  command: string;
  /** Throws UserError for what cannot be done. */
  plan(present: PresentContent): ContentPlan | Promise<ContentPlan>;
}

/** Does what a plan says; prints and sets the exit code. */
export async function changeContent({ content, force, command, plan }: ChangeRequest): Promise<void> {
  existing(content);
  if (await finishEarlier(content, command)) return;
  const { Renderer } = await import('../book/renderer.ts');
  const renderer = new Renderer(); // its thread starts while the rest is being loaded
  try {
    await change({ content, command, plan, ...(force ? { force } : {}) }, renderer);
  } finally {
    await renderer.close();
  }
}

async function change({ content, force, command, plan }: ChangeRequest, renderer: Renderer): Promise<void> {
  const present = await readPresent(content, { force: force ?? false });
  if (!present) return;
  const { source, checked } = present;
  const { files, notes = [] } = await plan(present);
  const { isError } = await import('../diagnostics/diagnostic.ts');
  const outcome = await outcomeOf(present, files, renderer);
  const { planned, result, found } = outcome;
  if (found.some(isError)) {
    const before = checked.diagnostics.filter(isError);
    if (before.length > 0)
      return refuse(
        '内容に誤りがあるため、何も書き換えていません。直してから、もう一度実行してください。',
        before,
        checked,
      );
    return refuse(
      '書き換えるとこの誤りになるため、何も書き換えていません(示した行は、書き換えた後のものです)。',
      found.filter(isError),
      result,
    );
  }

  if (planned.size === 0) {
    for (const note of notes) print(note);
    print('書き換える所はありません。');
    return;
  }
  await printChanges(present, outcome);
  await report(fresh(found, checked.diagnostics), result.sources);
  for (const note of notes) print(note);
  const { writeFiles } = await import('../edit/write.ts');
  writeFiles(content, planned, command);
  print(writtenLine(content, planned, source, force));
}

/** The content as it is; undefined where a file of it cannot be read, which is told. Throws UserError: see refuseUncommitted. */
export async function readPresent(content: string, { force }: { force: boolean }): Promise<PresentContent | undefined> {
  const committed = force ? undefined : refuseUncommitted(content);
  committed?.catch(() => {}); // told when it is awaited
  const { checkAll, ContentCache } = await import('../annexes/checked-edition.ts');
  const { readWorkingTree } = await import('../content/source/source.ts');
  const cache = new ContentCache();
  const source = readWorkingTree(content);
  const checked = await checkAll(source, cache);
  await committed;
  if ([...checked.files.values()].every((yaml) => yaml && 'value' in yaml)) return { source, checked, cache };
  await refuse(
    '内容に読めない所があるため、何も書き換えていません。誤りを直してから、もう一度実行してください。',
    checked.diagnostics,
    checked,
  );
  return undefined;
}

/** What was found, and that therefore nothing was written. */
export async function refuse(line: string, found: readonly Diagnostic[], { sources }: CheckedEdition): Promise<void> {
  await report(found, sources);
  print(line, process.stderr);
  process.exitCode = 1;
}

/** What the content would be. */
export interface Outcome {
  /** With the schemas that follow */
  planned: NewFiles;
  after: ContentSource;
  result: CheckedEdition;
  /** What the check says of it, and what does not fit */
  found: Diagnostic[];
  /** Those of them that do not fit on their page */
  misfits: Diagnostic[];
}

/** The content with `files`, as it is checked. */
export async function outcomeOf(
  { source, cache }: PresentContent,
  files: NewFiles,
  renderer: Renderer,
): Promise<Outcome> {
  const { checkAll } = await import('../annexes/checked-edition.ts');
  const { withFiles } = await import('../content/source/new-files.ts');
  const { checkFit } = await import('../render/check-fit.ts');
  const planned = await withSchemas(source, files);
  const after = withFiles(source, planned);
  const result = await checkAll(after, cache);
  const misfits = await checkFit(result, renderer);
  return { planned, after, result, found: [...result.diagnostics, ...misfits], misfits };
}

/** What changes, as `diff` shows it. */
export async function printChanges({ source, checked }: PresentContent, { after, result }: Outcome): Promise<void> {
  const { compare } = await import('../compare/compare.ts');
  const { comparedEdition } = await import('../compare/read.ts');
  const { terminalText } = await import('../compare/terminal.ts');
  const comparison = compare(comparedEdition('いま', source, checked), comparedEdition('書き換えた後', after, result));
  printText(terminalText(comparison, terminalOf(process.stdout)), process.stdout);
}

/** What was written, and how to undo it: where `before` had not all of the files, they have to go. */
export function writtenLine(content: string, files: NewFiles, before: ContentSource, force = false): string {
  const line = `${shown(content)} の ${files.size} ファイルを書き換えました。`;
  if (force) return line;
  const folder = shellWord(shown(content));
  const hasNew = [...files].some(([path, text]) => text !== undefined && !before.entries.has(path));
  return `${line}元に戻すには: git restore ${folder}${hasNew ? ` と git clean -f ${folder}` : ''}`;
}

/** Goes on with what a run that was ended has left, if there is any, and tells so. */
export async function finishEarlier(content: string, command: string): Promise<boolean> {
  const { readWorkingTree } = await import('../content/source/source.ts');
  const { finishWriting } = await import('../edit/write.ts');
  const finished = finishWriting(content, readWorkingTree(content));
  if (!finished) return false;
  print(
    `途中で止まっていた「${finished.command}」の書き換えを終えました(${Object.keys(finished.files).length} ファイル)。変わった所は npx shisakushu diff HEAD で見られます。`,
  );
  if (finished.command !== command)
    print(`「${command}」はまだ実行していません。変わった所を見てコミットしてから、もう一度実行してください。`);
  return true;
}

/** Undo is git: throws UserError where something in the folder is not committed. */
export async function refuseUncommitted(content: string): Promise<void> {
  const { uncommittedFiles } = await import('../content/source/commit.ts');
  const found = await uncommittedFiles(content);
  const anyway = 'それでも書き換えるなら --force を付けてください。';
  if (found === undefined)
    throw new UserError(
      `「${content}」は git のリポジトリの中ではないため、書き換えると元に戻せません。控えを取ってから${anyway.replace('それでも', '')}`,
    );
  if ('problem' in found)
    throw new UserError(`「${content}」の変更がコミットしてあるかを確かめられません。${found.problem}${anyway}`);
  if (found.files.length === 0) return;
  const named = found.files.slice(0, 5).join('、');
  throw new UserError(
    `「${content}」にコミットしていない変更があります(${named}${found.files.length > 5 ? ` ほか ${found.files.length - 5} 件` : ''})。書き換えた後で元に戻せるように、先にコミットしてください(git add ${shellWord(shown(content))} と git commit)。${anyway}`,
  );
}

/** `files`, and the schemas that follow from the names that they give. */
export async function withSchemas(source: ContentSource, files: NewFiles): Promise<NewFiles> {
  if (!files.has('edition.yaml') && !files.has('organization.yaml')) return files;
  const { jsonSchemas, schemaText } = await import('../content/schema-files.ts');
  const { withFiles } = await import('../content/source/new-files.ts');
  const all = new Map(files);
  for (const [name, schema] of Object.entries(jsonSchemas(withFiles(source, files)))) {
    const entry = source.entries.get(name);
    if (entry?.kind !== 'file') continue; // the folder has none
    const text = schemaText(schema);
    if (Buffer.from(entry.read()).toString() !== text) all.set(name, text);
  }
  return all;
}

/** Those that were not there before, wherever they stood. */
function fresh(found: readonly Diagnostic[], before: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ code, subject, actual, expected, nearest }: Diagnostic) =>
    JSON.stringify([code, subject, actual, expected, nearest]);
  const known = new Set(before.map(key));
  return found.filter((diagnostic) => !known.has(key(diagnostic)));
}

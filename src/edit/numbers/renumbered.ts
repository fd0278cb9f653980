import type { ReadFiles } from '../../content/readable.ts';
import { type NewFiles, withFiles, writtenText } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import { readText } from '../../content/source/text-file.ts';
import { parseYaml, type YamlFile } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { compareNumbers, measureFile, numberOfFile } from '../../model/numbers.ts';
import { normalized } from '../yaml/line-ends.ts';
import {
  idOf,
  idPath,
  type Layout,
  measureAt,
  newNumbers,
  numbersIn,
  placeIn,
  reprintOf,
  reprintPath,
} from './layout.ts';
import { mentionsOf, notesOf, type ToldMention, writtenLike } from './mentions.ts';
import { spliceAt } from './splice.ts';

/** Files with their texts as they are written, and as they are read. */
export interface WrittenContent {
  source: ContentSource;
  files: ReadFiles;
}

export interface NumbersPlan {
  files: NewFiles;
  notes: string[];
}

export interface Renumbering {
  /** All measures that stay, in their places. */
  layout: Layout;
  /** The numbers of those that go */
  gone?: readonly string[];
  /** What else changes in structure.yaml */
  structure?: readonly Splice[];
  /** Whether mentions in texts are changed too */
  texts: boolean | undefined;
}

/**
 * The measures by the numbers of their places: files, 番号, 再掲 of others, and what texts say of them, which is told and
 * only changed when asked for. Throws UserError where it is not plain what is what.
 */
export function renumbered(content: WrittenContent, { layout, gone = [], structure, texts }: Renumbering): NumbersPlan {
  const { source, files } = content;
  const numbers = newNumbers(layout);
  const before = new Set(numbersIn(files));
  const after = new Set(numbers.values());
  const taken = [...before].find((number) => after.has(number) && !numbers.has(number) && !gone.includes(number));
  if (taken !== undefined)
    throw new UserError(
      `${source.root}/${measureFile(taken)} は、中項目が structure.yaml にない取組です。中項目を structure.yaml に足すか、このファイルを消すか名前を直してから、もう一度実行してください。`,
    );
  refuseLost(files, before);
  const mentions: ToldMention[] = [];
  const found = new Map<string, string>();
  /** Writes a file anew, at its new path, where something of it changes. */
  const put = (path: string, to: string, yaml: YamlFile, own: readonly Splice[]) => {
    const splices = [...own];
    const told: ToldMention[] = [];
    for (const { path: at, index, written, number } of mentionsOf(yaml, numberOfFile(path) !== undefined)) {
      const fresh = numbers.get(number);
      const kind = fresh !== undefined ? 'changed' : gone.includes(number) ? 'gone' : 'none';
      if (fresh === number || (kind === 'none' && !after.has(number))) continue;
      const text = fresh === undefined ? written : writtenLike(written, fresh);
      const splice = spliceAt(yaml, at, index, written.length, text);
      told.push({ kind, file: to, line: yaml.positionAt(splice.from).line, written, text });
      if (texts && fresh !== undefined) splices.push(splice);
    }
    mentions.push(...told.sort((a, b) => a.line - b.line));
    if (splices.length > 0 || path !== to) found.set(to, normalized(writtenText(source, path)).spliced(splices));
  };
  for (const [path, more] of [['edition.yaml'], ['structure.yaml', structure]] as const) {
    const yaml = files.get(path);
    if (yaml) put(path, path, yaml, more ?? []);
  }
  const left: string[] = [...gone];
  const staying = [...before]
    .filter((number) => !gone.includes(number))
    .map((number) => ({ number, to: numbers.get(number) ?? number }));
  for (const { number, to } of staying.sort((a, b) => compareNumbers(a.to, b.to))) {
    const yaml = measureAt(files, number);
    if (!yaml) throw new Error(`no measure ${number}`);
    if (to !== number) left.push(number);
    const target = reprintOf(files, number);
    const own: Splice[] = [];
    const replace = (at: string[], value: string, fresh: string | undefined) => {
      if (fresh !== undefined && fresh !== value) own.push(spliceAt(yaml, at, 0, value.length, fresh));
    };
    if (idOf(files, number) === number) replace(idPath, number, to);
    if (target !== undefined) replace(reprintPath, target, numbers.get(target));
    put(measureFile(number), measureFile(to), yaml, own);
  }
  const removed = left.map((number): [string, undefined] => [measureFile(number), undefined]);
  return { files: new Map([...removed, ...found]), notes: notesOf(mentions, source.root, texts) };
}

/** A 再掲 of a measure that is gone would become one of the measure that gets its number. */
function refuseLost(files: ReadFiles, numbers: ReadonlySet<string>): void {
  const lost = [...numbers].flatMap((number) => {
    const [yaml, target] = [measureAt(files, number), reprintOf(files, number)];
    return yaml && target !== undefined && !numbers.has(target)
      ? [`${placeIn(yaml, reprintPath)} の再掲先「${target}」`]
      : [];
  });
  if (lost.length > 0)
    throw new UserError(
      `再掲先の取組がない再掲があります(${lost.join('、')})。番号を詰めると別の取組の再掲になるおそれがあります。先に再掲先の番号を直すか、その再掲を消してください。`,
    );
}

/** The content with other texts of its files. */
export function changed({ source, files }: WrittenContent, fresh: ReadonlyMap<string, string>): WrittenContent {
  const after = withFiles(source, fresh);
  const read = new Map(files);
  for (const path of fresh.keys())
    read.set(path, parseYaml(`${source.root}/${path}`, readText(after, path).text ?? ''));
  return { source: after, files: read };
}

import type { ReadFiles } from '../../content/readable.ts';
import { type NewFiles, withFiles, writtenText } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import { readText } from '../../content/source/text-file.ts';
import { type Place, parseYaml, placeOf, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { compareNumbers, numberOfFile } from '../../model/numbers.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import type { YamlEdit } from '../yaml/edits.ts';
import { givenIn, type Kind, kinds, namesOf, type Renaming, successorOf } from './kinds.ts';
import { mentionsIn, withMentions } from './mentions.ts';
import { fileNames, keyOf, knownNames, usedIn } from './name-edits.ts';
import { checkNames, checkNewName, unknownName } from './names.ts';
import { type Mention, mentionAt, mentionNotes, moved, renamingNote } from './notes.ts';
import { isHistory, textsIn } from './texts.ts';

export interface RenameRequest {
  before: string;
  after: string;
  /** Also where texts mention it */
  texts?: boolean;
}

/** Content whose files can all be read as YAML. */
export interface ReadContent {
  source: ContentSource;
  files: ReadFiles;
}

/**
 * The files in which a 課, 局・部, 局, 関連計画, 大項目 or 中項目 has another name, everywhere it stands as a name; what texts
 * mention is told, and changed too where that is asked for. Throws UserError for what cannot be renamed.
 */
export function planRename(
  { source, files }: ReadContent,
  { texts = false, ...written }: RenameRequest,
): { files: NewFiles; notes: string[] } {
  const [before, after] = [written.before.normalize('NFC'), written.after.normalize('NFC')];
  checkNames(before, after);
  const holding = filesWith(before, files);
  const renamings = kinds.flatMap((kind): Renaming[] => {
    const of = successorOf(kind, before, after);
    const isOne = (name: string) => of(name) !== undefined;
    const given = givenIn(files, kind).filter(({ name }) => isOne(name));
    const isUsed = holding.some(({ path, yaml: { value } }) => usedIn(path, value, kind).some(isOne));
    return given.length === 0 && !isUsed ? [] : [{ kind, given, of, joins: checkNewName(files, kind, before, after) }];
  });
  // The names may be changed already, and some texts not yet.
  const isOther = (kind: Kind) => namesOf(files, kind).includes(after);
  const meant = renamings.length > 0 || !texts ? renamings.map(({ kind }) => kind) : kinds.filter(isOther);
  if (meant.length === 0) throw unknownName(files, before, after);

  const others = kinds
    // Headings have words in them; other names are one.
    .filter((kind) => kind.source !== undefined || meant.includes(kind))
    .flatMap((kind) => namesOf(files, kind))
    .filter((name) => !renamings.some(({ of }) => of(name) !== undefined));
  const office = meant.some(({ file }) => file === 'organization.yaml');
  const mentioned = { name: before, others: [...others, after], office };

  const known = knownNames(files);
  const mentions: Mention[] = [];
  const results = new Map<string, string>();
  const planned = holding.map(({ path, yaml }) => ({
    path,
    yaml,
    names: fileNames(path, yaml.value, renamings, known),
  }));
  const clashes = planned.flatMap(({ yaml, names }) => names.clashes.map((at) => placed(placeOf(yaml, at))));
  if (clashes.length > 0) throw clashing(clashes, before, after);
  for (const { path, yaml, names } of planned) {
    const { value } = yaml;
    const edits = [...names.edits];
    const found = textsIn(path, yaml).flatMap((at) => {
      const own = String(valueAt(value, at));
      const named = names.texts.get(keyOf(at)) ?? own;
      const found = mentionsIn(named, mentioned);
      const here = isHistory(at) ? found.map((one) => ({ ...one, alone: false })) : found;
      const fresh = texts ? withMentions(named, here, before, after) : named;
      if (fresh !== own) edits.push({ path: at, value: fresh });
      return here.map((one) => ({ at, mention: mentionAt(yaml, at, named, before, one) }));
    });
    const result = withEdits(source, path, yaml, edits);
    if (result !== undefined) results.set(path, result);
    const isShorter = found.length > 0 && edits.some((edit) => 'remove' in edit);
    const later = isShorter ? parsedAgain(source, path, result) : yaml;
    mentions.push(...found.map(({ at, mention }) => moved(mention, at, yaml, later)));
  }
  return {
    files: results,
    notes: [
      ...renamings.map((renaming) => renamingNote(renaming, before, after)),
      ...mentionNotes(mentions, before, after, texts),
    ],
  };
}

/** A file with edits, none of which writes a key that was not there; undefined without any. */
function withEdits(
  source: ContentSource,
  path: string,
  yaml: YamlFile,
  edits: readonly YamlEdit[],
): string | undefined {
  return edits.length > 0 ? editYaml(writtenText(source, path), edits, () => [], yaml) : undefined;
}

function parsedAgain(source: ContentSource, path: string, text: string | undefined): YamlFile {
  const { file, text: read = '' } = readText(withFiles(source, new Map([[path, text]])), path);
  return parseYaml(file, read);
}

/** The files whose text has a name in it, or may have it written otherwise: "\u8ab2", 'it''s'. */
function filesWith(name: string, files: ReadFiles): { path: string; yaml: YamlFile }[] {
  const may = (text: string) =>
    text.includes(name) || text.includes('\\') || (name.includes("'") && text.includes("''"));
  return [...files]
    .flatMap(([path, yaml]) => (yaml && may(yaml.text) ? [{ path, yaml }] : []))
    .sort((a, b) => compareNumbers(numberOfFile(a.path) ?? '', numberOfFile(b.path) ?? ''));
}

const placed = ({ file, start }: Place) => `${file}:${start.line}`;

function clashing(places: readonly string[], before: string, after: string): UserError {
  const told = `${places.slice(0, mostPlaces).join('、')}${places.length > mostPlaces ? ` ほか ${places.length - mostPlaces} か所` : ''}`;
  return new UserError(
    `「${before}」と「${after}」を1つにすると、予算額に同じ区分が2つできるため、何も書き換えていません: ${told}。どちらの額を残すか、足すかは決められません。先に、そこの「${before}」の項目をなくしてから(額を「${after}」に足すか、消します)、もう一度実行してください。`,
  );
}
const mostPlaces = 8;

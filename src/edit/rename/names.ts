import { nearest } from '../../content/nearest.ts';
import type { ReadFiles } from '../../content/readable.ts';
import { findCharacters, findDecomposed, findHyphens } from '../../content/yaml/characters.ts';
import { placeOf, type YamlFile } from '../../content/yaml/yaml-file.ts';
import { atStart } from '../../diagnostics/diagnostic.ts';
import { messages } from '../../diagnostics/messages.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { roleOf } from '../../model/names.ts';
import { givenIn, hasRoles, type Kind, kinds } from './kinds.ts';

/** Throws UserError for names that are none, whatever they are names of. */
export function checkNames(before: string, after: string): void {
  if (before.trim() === '' || after.trim() === '')
    throw new UserError(
      'いまの名前と新しい名前を、この順に書いてください(例: npx shisakushu rename 企画課 経営企画課)。空白を含む名前は "総務局 市長公室" のように引用符で囲みます。',
    );
  if (before === after)
    throw new UserError(`いまの名前と新しい名前が、どちらも「${after}」です。違う名前を書いてください。`);
  if (after.includes('\n')) throw new UserError('新しい名前の中に改行があります。改行のない名前を書いてください。');
  if (after !== after.trim() || after.includes('  '))
    throw new UserError(
      `新しい名前「${after}」の前後に空白があるか、空白が続いています。空白は言葉の間に1つだけにしてください。`,
    );
  const [wrong] = [findCharacters(after), findDecomposed(after), findHyphens(after)]
    .flat()
    .filter(({ severity }) => severity === 'error');
  if (!wrong) return;
  const { message, hint } = messages[wrong.code];
  const diagnostic = { ...wrong, subject: '新しい名前', file: '', ...atStart };
  throw new UserError(`新しい名前「${after}」: ${message(diagnostic)}${hint(diagnostic)}`);
}

/** Signs between names. */
const separator = /[、，､；;]/;

/**
 * Whether the new name is one of the kind already, so that two become one. Throws UserError where it cannot be a name of
 * it, or where two cannot become one.
 */
export function checkNewName(files: ReadFiles, kind: Kind, before: string, after: string): boolean {
  const { subject, source } = kind;
  const given = givenIn(files, kind).find(({ name }) => name === after);
  if (source === undefined) {
    if (!given) return false;
    const { file, start } = placeOf(files.get(kind.file) as YamlFile, given.path);
    throw new UserError(
      `${subject}「${after}」はもうあります(${file}:${start.line})。見出しは2つを1つにできないため、別の名前にしてください。取組を移すなら npx shisakushu move を使います。`,
    );
  }
  const sign = separator.exec(after)?.[0];
  if (sign !== undefined)
    throw new UserError(
      `${subject}の名前「${after}」に「${sign}」は使えません(名前と名前の区切りと見分けられません)。この字のない名前にしてください。`,
    );
  if (after.includes('\u3000'))
    throw new UserError(
      `${subject}の名前「${after}」に全角の空白は使えません。空白は半角1つにしてください(例: "総務局 市長公室")。`,
    );
  const role = hasRoles(kind) ? roleOf(after) : '';
  if (role !== '')
    throw new UserError(
      `${subject}の名前は、役割「${role.trim()}」を付けずに書いてください: npx shisakushu rename ${before} ${after.slice(role.length)}。いまの役割はそのまま残ります。`,
    );
  return given !== undefined;
}

/** What to tell of a name that stands nowhere as one. */
export function unknownName(files: ReadFiles, before: string, after: string): UserError {
  const all = kinds.map((kind) => ({ kind, names: [...new Set(givenIn(files, kind).map(({ name }) => name))] }));
  const told = (kind: Kind, name: string) => `${kind.subject}「${name}」`;
  const bare = before.slice(roleOf(before).length);
  const near = all.flatMap(({ kind, names }) => {
    if (hasRoles(kind) && bare !== before && names.includes(bare))
      return [`${told(kind, bare)}(役割を付けずに書きます)`];
    const { nearest: one } = nearest(before, names);
    return one === undefined ? [] : [told(kind, one)];
  });
  const containing = all.flatMap(({ kind, names }) =>
    names.filter((name) => name.includes(before)).map((name) => told(kind, name)),
  );
  const proposals = near.length > 0 ? near : containing.slice(0, 5);
  const subjects = all.map(({ kind }) => kind.subject).join('、');
  const isDone = all.some(({ names }) => names.includes(after));
  return new UserError(
    `「${before}」という名前の${subjects}はありません。${
      proposals.length > 0 ? `${proposals.join('、')}のことではありませんか。` : ''
    }${
      isDone
        ? `「${after}」はあります。もう名前を変えた後で、文の中だけを変えるなら --texts を付けてください。`
        : `名前は ${[...new Set(kinds.map(({ file }) => file))].join('、')} にあるとおりに書いてください。`
    }`,
  );
}

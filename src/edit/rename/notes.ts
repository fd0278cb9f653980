import { isScalar } from 'yaml';
import { offsetsOf } from '../../content/yaml/scalar-source.ts';
import { type Path, placeOf, type YamlFile } from '../../content/yaml/yaml-file.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Renaming } from './kinds.ts';
import type { Found } from './mentions.ts';

export function renamingNote({ kind, given, joins }: Renaming, before: string, after: string): string {
  const { subject, file, source } = kind;
  if (joins && given.length > 0)
    return `${subject}「${before}」を、今ある${subject}「${after}」と1つにします(${file} の「${before}」はなくなります)。`;
  const longer = given.flatMap(({ name }) => (name === before ? [] : [name]));
  const also = longer.length > 0 ? `(${longer.join('、')} も)` : '';
  const places = source === undefined && given.length > 1 ? `(${given.length} か所)` : '';
  return `${subject}「${before}」を「${after}」に変えます${also}${places}。`;
}

/** Where a text mentions a name, and what it says there. */
export interface Mention extends Pick<Found, 'alone'> {
  file: string;
  line: number;
  excerpt: string;
}

/** A mention in a file as it is after other lines of it have gone. */
export const moved = (mention: Mention, path: Path, before: YamlFile, after: YamlFile): Mention => ({
  ...mention,
  line: mention.line + placeOf(after, path).start.line - placeOf(before, path).start.line,
});

/** Signs that are shown in front of a name and behind it. */
const around = 16;

/** A mention in the text at a path of a file; `text` is as it is to be, where other names in it have changed. */
export function mentionAt(yaml: YamlFile, path: Path, text: string, name: string, { index, alone }: Found): Mention {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  const line = text.slice(start, end < 0 ? text.length : end);
  const from = Math.max(0, index - start - around);
  const to = index - start + name.length + around;
  const excerpt = `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
  return { alone, file: yaml.file, line: lineOf(yaml, path, text, index), excerpt };
}

function lineOf(yaml: YamlFile, path: Path, text: string, index: number): number {
  const node = yaml.document.getIn(path, true);
  if (!isScalar(node) || !String(node.value).startsWith(text)) return placeOf(yaml, path).start.line;
  return yaml.positionAt(offsetsOf(node, yaml.text)[index] ?? 0).line;
}

/** Of those that stay most likely other words. */
const most = 10;

export function mentionNotes(mentions: readonly Mention[], before: string, after: string, texts: boolean): string[] {
  const [alone, parts] = [mentions.filter((one) => one.alone), mentions.filter((one) => !one.alone)];
  const later = `npx shisakushu rename ${shellWord(before)} ${shellWord(after)} --texts`;
  return [
    ...headed(
      texts
        ? `文の中の「${before}」も書き換えました`
        : `文の中の「${before}」は書き換えていません。これも変えるには、この変更をコミットしてから ${later} を実行してください`,
      alone,
    ),
    ...headed(
      `次の「${before}」は、ほかの名前か言葉の一部、または前の改定の記録のようなので、書き換えていません。違うものがあれば手で直してください`,
      parts,
      most,
    ),
  ];
}

function headed(head: string, mentions: readonly Mention[], shown = mentions.length): string[] {
  if (mentions.length === 0) return [];
  const rest = mentions.length - shown;
  return [
    `${head}(${mentions.length} か所):`,
    ...mentions.slice(0, shown).map(({ file, line, excerpt }) => `  ${file}:${line} ${excerpt}`),
    ...(rest > 0 ? [`  ほか ${rest} か所`] : []),
  ];
}

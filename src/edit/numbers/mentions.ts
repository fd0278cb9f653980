import { type Mention, mentionsIn, textPaths, valuePaths } from '../../content/mentions.ts';
import { type Path, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';

/** A mention of a number, and where: at a path, in a line. */
export interface FoundMention extends Mention {
  path: Path;
}

/** Keys of edition.yaml whose values others refer to (names, years, files), or that tell of editions before. */
const kept: ReadonlySet<string> = new Set(['年度', '現状・実績・目標', '関連計画', '別冊', '改定履歴']);

/** What may be the number of a measure in the texts of a file: a measure, edition.yaml, structure.yaml. */
export function mentionsOf(yaml: YamlFile, isMeasure: boolean): FoundMention[] {
  const paths = isMeasure ? textPaths(yaml) : valuePaths(yaml.value, kept);
  return paths.flatMap((path) => {
    const text = valueAt(yaml.value, path);
    return typeof text === 'string' ? mentionsIn(text).map((found) => ({ ...found, path })) : [];
  });
}

const digitsOrSigns = /[0-9０-９]+|[^0-9０-９]/g;

/** `number` in the writing of `written`: full-width digits, the signs between them. */
export function writtenLike(written: string, number: string): string {
  const parts = number.split('-');
  return (written.match(digitsOrSigns) ?? [])
    .map((piece, index) => {
      const part = parts[index / 2];
      if (part === undefined || piece.normalize('NFKC') === part) return piece;
      return piece >= '０'
        ? part.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
        : part;
    })
    .join('');
}

/** A mention that a change of numbers concerns. */
export interface ToldMention {
  /** It gets another number, its measure is gone, or it comes to name one and named none. */
  kind: 'changed' | 'gone' | 'none';
  /** Below the content folder, by its new name */
  file: string;
  line: number;
  written: string;
  /** What it is to be */
  text: string;
}

/** Lines for the user; `texts`: they were changed where there is a new number. */
export function notesOf(mentions: readonly ToldMention[], root: string, texts: boolean | undefined): string[] {
  const heads: Record<ToldMention['kind'], string> = {
    changed: texts
      ? '文の中の番号を書き換えました'
      : '文の中の番号は書き換えていません。新しい番号にするなら、次の行を直すか、元に戻してから --texts を付けて実行してください',
    gone: 'なくなった取組の番号が文の中にあります。書き換えていません。次の行を確かめてください',
    none: 'これまで取組のなかった番号が文の中にあり、この後は取組を指します。次の行を確かめてください',
  };
  return Object.entries(heads).flatMap(([kind, head]) => {
    const found = mentions.filter((one) => one.kind === kind);
    if (found.length === 0) return [];
    const lines = found.map(
      ({ file, line, written, text }) =>
        `  ${root}/${file}:${line} ${written}${kind === 'changed' ? ` → ${text}` : ''}`,
    );
    return [`${head}(${found.length} か所):`, ...lines];
  });
}

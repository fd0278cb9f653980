import { textPaths, valuePaths } from '../../content/mentions.ts';
import { type Path, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';
import { numberOfFile } from '../../model/numbers.ts';

/** Keys whose values are names, number something or refer to it. */
const kept: ReadonlySet<string> = new Set(['番号', '年度', '現状・実績・目標', '局・部', '関連計画', '別冊']);

/** Where the texts of a file are, by its path below the content folder. */
export function textsIn(file: string, yaml: YamlFile): Path[] {
  const paths = numberOfFile(file) === undefined ? valuePaths(yaml.value, kept) : textPaths(yaml);
  // Single values of a list are names of parts.
  return paths.filter((path) => typeof path.at(-1) === 'string' && typeof valueAt(yaml.value, path) === 'string');
}

/** Whether a text tells of editions before, in the words of that time. */
export const isHistory = (path: Path): boolean => path[0] === '改定履歴';

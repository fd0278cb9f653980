import type { Scalar } from 'yaml';
import { offsetsOf } from '../../content/yaml/scalar-source.ts';
import type { Path, YamlFile } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';

/** The units of the value at `path` from `index` on, as many as `length`, give way to `text`. */
export function spliceAt(yaml: YamlFile, path: Path, index: number, length: number, text: string): Splice {
  const node = yaml.document.getIn(path, true) as Scalar;
  const offsets = offsetsOf(node, yaml.text);
  return { from: offsets[index] ?? 0, to: offsets[index + length] ?? 0, text };
}

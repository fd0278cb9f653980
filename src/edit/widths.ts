import { type Widths, widthFields } from '../content/sheet-columns.ts';
import { parseYaml, valueAt } from '../content/yaml/yaml-file.ts';
import { sheetFields } from '../model/fields.ts';
import { orderOf } from './orders.ts';
import { editYaml } from './yaml/edit-yaml.ts';
import type { YamlEdit } from './yaml/edits.ts';

/** edition.yaml with `widths` as its 列幅, and nothing else changed. */
export function widthEdits(text: string, widths: Widths): string {
  const yaml = parseYaml('edition.yaml', text);
  const written = 'value' in yaml ? valueAt(yaml.value, ['列幅']) : undefined;
  const fields = widthFields(sheetFields);
  const entries = fields.flatMap(({ property, key }) =>
    widths[property] === undefined ? [] : [[key, widths[property]] as const],
  );
  const isMap = typeof written === 'object' && written !== null && !Array.isArray(written);
  const edits: YamlEdit[] = isMap
    ? [
        ...entries.map(([key, value]): YamlEdit => ({ path: ['列幅', key], value })),
        ...Object.keys(written)
          .filter((key) => !entries.some(([own]) => own === key))
          .map((key): YamlEdit => ({ path: ['列幅', key], remove: true })),
      ]
    : [{ path: ['列幅'], value: Object.fromEntries(entries) }];
  return editYaml(text, edits, orderOf('edition.yaml'));
}

import { Lexer } from 'yaml';
import { writtenText } from '../../content/source/new-files.ts';
import { valueAt } from '../../content/yaml/yaml-file.ts';
import { type Field, fieldOf, pathOf, sheetFields } from '../../model/fields.ts';
import { measureFile } from '../../model/numbers.ts';
import { orderOf } from '../orders.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import type { Written, YamlEdit } from '../yaml/edits.ts';
import { normalized } from '../yaml/line-ends.ts';
import { idPath, measureAt, reprintPath } from './layout.ts';
import type { WrittenContent } from './renumbered.ts';
import { spliceAt } from './splice.ts';

/** The first 再掲 of a measure made one of its own, which the others reprint. */
export function withOwn(
  content: WrittenContent,
  number: string,
  reprints: readonly string[],
): { files: ReadonlyMap<string, string>; notes: string[] } {
  const { source, files } = content;
  const [first = '', ...others] = reprints;
  const [target, own] = [measureAt(files, number), measureAt(files, first)];
  if (!target || !own) throw new Error(`no measure ${number} or ${first}`);
  const edits = ownEdits(target.value, own.value);
  const path = measureFile(number);
  const text = editYaml(writtenText(source, path), [{ path: idPath, value: first }, ...edits], orderOf(path));
  const changed = new Map([[measureFile(first), text]]);
  for (const one of others) {
    const yaml = measureAt(files, one);
    if (!yaml) throw new Error(`no measure ${one}`);
    const path = measureFile(one);
    changed.set(
      path,
      normalized(writtenText(source, path)).spliced([spliceAt(yaml, reprintPath, 0, number.length, first)]),
    );
  }
  const kept = commentsIn(target.text);
  const lost = commentsIn(own.text).filter((comment) => !kept.includes(comment));
  const notes = [`再掲のファイルにあった注記は、新しいファイルに入れていません(${own.file}):`, ...lost];
  return { files: changed, notes: lost.length === 0 ? [] : notes };
}

/** What makes the measure say what its 再掲 says. */
function ownEdits(target: unknown, own: unknown): YamlEdit[] {
  const written = (value: unknown, field: Field) => valueAt(value, pathOf(field)) as Written | undefined;
  const fields = sheetFields.measure.filter(({ reprint }) => reprint === 'may');
  return fields.flatMap((field): YamlEdit[] => {
    const [path, value] = [pathOf(field), written(own, field)];
    if (value !== undefined) return [{ path, value }];
    // The wording of the overview follows from what the 再掲 has of its own, not from what the measure has.
    const followed = field.follows && written(own, fieldOf(sheetFields.measure, field.follows));
    const goes = followed !== undefined && written(target, field) !== undefined;
    return goes ? [{ path, remove: true, emptied: true }] : [];
  });
}

const commentsIn = (text: string): string[] => [...new Lexer().lex(text)].filter((token) => token.startsWith('#'));

import type { ReadFiles } from '../../content/readable.ts';
import { writtenText } from '../../content/source/new-files.ts';
import { type Path, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { compareNumbers, groupNumber, groupOf, measureFile, measureNumber } from '../../model/numbers.ts';
import { normalized } from '../yaml/line-ends.ts';
import {
  type GroupLayout,
  groupsIn,
  idOf,
  idPath,
  layoutOf,
  measureAt,
  newNumbers,
  numbersIn,
  placeIn,
  reprintOf,
  reprintPath,
} from './layout.ts';
import { changed, type NumbersPlan, renumbered, type WrittenContent } from './renumbered.ts';
import { spliceAt } from './splice.ts';

/** The content with all numbers in a row: 大項目, 中項目 and measures. Throws UserError where it is not plain what is what. */
export function inARow(content: WrittenContent, texts?: boolean): NumbersPlan {
  const { files: mended, wrong } = withIdsOfFiles(content);
  const named = changed(content, mended);
  const { layout, splices } = structureInARow(named);
  const plan = renumbered(named, { layout, structure: splices, texts });
  const numbers = newNumbers(layout);
  const told = wrong.map(({ number, written }) => {
    const to = numbers.get(number) ?? number;
    return `${content.source.root}/${measureFile(to)}: 番号「${written}」を、ファイル名に合わせて「${to}」にしました。`;
  });
  const files = new Map([...mended, ...plan.files]);
  return { files, notes: files.size === 0 ? ['番号に飛びはありません。'] : [...told, ...plan.notes] };
}

/** A file by its name, and 番号 in it. */
interface Wrong {
  number: string;
  written: string;
}

/** Files whose 番号 is that of their name, and which it was not in. */
function withIdsOfFiles({ source, files }: WrittenContent): { files: ReadonlyMap<string, string>; wrong: Wrong[] } {
  const numbers = numbersIn(files);
  const ids = new Map(numbers.map((number) => [number, idOf(files, number) ?? number]));
  const wrong = numbers.flatMap((number) => {
    const written = ids.get(number) ?? number;
    return written === number ? [] : [{ number, written }];
  });
  refuseTwoOrders(files, ids, wrong);
  const mended = wrong.map(({ number, written }): [string, string] => {
    const yaml = measureAt(files, number) as YamlFile;
    const path = measureFile(number);
    return [path, normalized(writtenText(source, path)).spliced([spliceAt(yaml, idPath, 0, written.length, number)])];
  });
  return { files: new Map(mended), wrong };
}

/** The name of a file is right where its 番号 is that of another one, or tells the same order: else it is not plain. */
function refuseTwoOrders(files: ReadFiles, ids: ReadonlyMap<string, string>, wrong: readonly Wrong[]): void {
  const numbers = [...ids.keys()];
  const written = [...ids.values()];
  if (new Set(written).size < written.length || !written.every((id) => measureNumber.test(id))) return;
  const placeAt = (number: string, path: Path) => placeIn(measureAt(files, number) as YamlFile, path);
  const told = wrong.map(({ number, written: id }) => `${placeAt(number, idPath)} の番号は「${id}」`).join('、');
  const sorted = written.toSorted(compareNumbers);
  if (
    numbers.some(
      (number, index) => groupOf(number) !== groupOf(written[index] ?? '') || sorted[index] !== written[index],
    )
  )
    throw new UserError(
      `ファイル名と番号の食い違いが、どちらの順にすればよいか決まりません(${told}です)。番号かファイル名を直してから、もう一度実行してください。`,
    );
  const doubtful = new Set(wrong.flatMap((one) => [one.number, one.written]));
  const reprint = numbers.find((number) => doubtful.has(reprintOf(files, number) ?? ''));
  if (reprint !== undefined)
    throw new UserError(
      `${placeAt(reprint, reprintPath)} の再掲先「${reprintOf(files, reprint)}」が、ファイル名と番号のどちらを指すか決まりません(${told}です)。番号をファイル名と同じにし、再掲先を確かめてから、もう一度実行してください。`,
    );
}

/** 大項目 and 中項目 numbered by their places, and what changes in structure.yaml. */
function structureInARow({ files }: WrittenContent): { layout: GroupLayout[]; splices: Splice[] } {
  const yaml = files.get('structure.yaml');
  const groups = groupsIn(files);
  const categories = valueAt(yaml?.value, ['大項目']);
  const layout = layoutOf(files);
  // What has another form is an error of its own.
  if (!yaml || !Array.isArray(categories) || !groups.every(({ number }) => groupNumber.test(number)))
    return { layout, splices: [] };
  const twice = groups.find(({ number }, index) => groups.findIndex((one) => one.number === number) < index);
  if (twice)
    throw new UserError(
      `${placeIn(yaml, twice.path)} で中項目「${twice.number}」が2つ目になり、取組がどちらのものか決まりません。片方を、まだ使っていない番号に直してから、もう一度実行してください。`,
    );
  const places = groups.map(({ path: [, category, , group] }) => `${Number(category) + 1}-${Number(group) + 1}`);
  const replaced = (path: Path, fresh: string): Splice[] => {
    const written = valueAt(yaml.value, path);
    return typeof written === 'string' && written !== fresh ? [spliceAt(yaml, path, 0, written.length, fresh)] : [];
  };
  return {
    layout: layout.map(({ measures }, index) => ({ group: places[index] ?? '', measures })),
    splices: [
      ...categories.flatMap((_, index) => replaced(['大項目', index, '番号'], String(index + 1))),
      ...groups.flatMap(({ path }, index) => replaced(path, places[index] ?? '')),
    ],
  };
}

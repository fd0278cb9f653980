import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Annex, largest } from '../annexes/annex.ts';
import { sizeProblem } from '../annexes/check.ts';
import { readProven } from '../annexes/proof/proof.ts';
import { openFile } from '../annexes/source/file.ts';
import { makersOf } from '../annexes/source/makers.ts';
import { elementsOf } from '../annexes/tags/structure.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { readWhole } from '../files.ts';
import { annexesJson, annexesText, type Judgement } from './annex-report.ts';
import { printText, shown, terminalOf } from './terminal.ts';

interface Options {
  alternative?: string;
  format: 'pretty' | 'json';
}

export const command = (): Command =>
  new Command('annex')
    .description(
      '別冊にする PDF を調べ、入るか、どこを直すか、入らない理由と書き出し方を示します(終了コード 0: 入る、1: 入らない)',
    )
    .argument('<PDF...>', '調べる PDF(いくつでも)')
    .option('--alternative <文>', 'edition.yaml に書く代替テキスト')
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json']).default('pretty'))
    .action(run);

async function run(files: string[], { alternative, format }: Options): Promise<void> {
  if (alternative?.trim() === '') throw new UserError('--alternative には、代替テキストの文を書いてください。');
  const found = files.map((file) => ({ file, bytes: sizeOf(file) })); // all of them, before any is read
  const judgements: Judgement[] = [];
  for (const { file, bytes } of found) judgements.push(await judge(file, bytes, alternative));
  const text = format === 'json' ? annexesJson(judgements) : annexesText(judgements, terminalOf(process.stdout));
  printText(text, process.stdout);
  if (judgements.some(({ problems }) => problems.some(isError))) process.exitCode = 1;
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new UserError(`PDF「${file}」がありません。場所と名前を確かめてください。`);
  if (!found.isFile()) throw new UserError(`「${file}」はファイルではありません。PDF ファイルを指定してください。`);
  return found.size;
}

/** What would become of an annex; where only a 代替テキスト is missing, with one. */
async function judge(path: string, size: number, alternative: string | undefined): Promise<Judgement> {
  const known = { file: shown(path), bytes: size, alternative, conditions: [], programs: [] };
  if (size > largest.bytes) return { ...known, problems: [sizeProblem(size)], mends: new Map() };
  const bytes = readWhole(path);
  let { annex, ...found } = await readProven(bytes, alternative);
  let conditions = found.problems.filter(isError);
  if (alternative === undefined && conditions.length > 0) {
    ({ annex, ...found } = await readProven(bytes, '図'));
    const lasting = new Set(found.problems.filter(isError).map(({ code }) => code));
    conditions = conditions.filter(({ code }) => !lasting.has(code));
  } else conditions = [];
  const facts = annex ? factsOf(annex) : {};
  return { ...known, ...found, ...facts, conditions, programs: await programsIn(bytes, annex) };
}

const factsOf = ({ pages, structure }: Annex): Pick<Judgement, 'pages' | 'elements'> => ({
  pages: pages.map(({ width, height }) => [width, height]),
  elements: [...elementsOf(structure?.kids ?? [])].length,
});

async function programsIn(bytes: Uint8Array, annex: Annex | undefined): Promise<string[]> {
  try {
    return makersOf(annex?.context ?? (await openFile(bytes)).context);
  } catch {
    return []; // why it cannot be opened is told already
  }
}

import type { Annex } from '../annexes/annex.ts';
import { sizeProblem } from '../annexes/files.ts';
import { largest } from '../annexes/open.ts';
import { readProven } from '../annexes/proof/proof.ts';
import { openFile } from '../annexes/source/file.ts';
import { makersOf } from '../annexes/source/makers.ts';
import { elementsOf } from '../annexes/tags/structure.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { readWhole } from '../files.ts';
import type { Judgement } from './annex-report.ts';
import { shown } from './terminal.ts';

/** What would become of an annex; where only a 代替テキスト is missing, with one. */
export async function judge(path: string, size: number, alternative: string | undefined): Promise<Judgement> {
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

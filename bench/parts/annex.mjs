// What merging an annex of 100 tagged pages adds to a build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { withAnnexes } from '../../scripts/with-annexes.mjs';
import { buildCommand, content, inTurn, root, work } from '../lib/processes.mjs';
import { ratio } from '../lib/table.mjs';
import { yardstickCommand } from '../lib/yardstick.mjs';

export function* rows() {
  const compiler = NodeCompiler.create({ workspace: join(root, 'bench') });
  const { result } = compiler.compile({ mainFilePath: join(root, 'bench/annex.typ') });
  const annex = join(work, 'annex.pdf');
  writeFileSync(annex, compiler.pdf(result, {}));
  const annexed = join(work, 'content-annexed');
  withAnnexes(content, annexed, [annex]);
  const { yardstick, build, merged } = inTurn(
    { yardstick: yardstickCommand(content), build: buildCommand(content), merged: buildCommand(annexed) },
    9,
  );
  const own = { ms: merged.ms - build.ms, cpu: merged.cpu - build.cpu };
  yield ratio(`annex of ${result.numOfPages} tagged pages / yardstick`, own, yardstick, { reach: 0.5, aim: 0.3 });
  yield ratio('build with it / build', merged, build);
}

// The edition as it is: a build and a check from a cold start, beside the yardstick.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand, cli, content, inTurn, work } from '../lib/processes.mjs';
import { memory, ratio } from '../lib/table.mjs';
import { yardstickCommand } from '../lib/yardstick.mjs';

export function* rows() {
  const { yardstick, build, check } = inTurn(
    { yardstick: yardstickCommand(content), build: buildCommand(content), check: [cli, 'check', '--content', content] },
    9,
  );
  yield ratio('build / yardstick', build, yardstick, { reach: 1.35, aim: 1.1 });
  yield ratio('check / yardstick', check, yardstick);
  yield memory('peak memory, build', build, { reach: 355, aim: 300 });
  yield memory('peak memory, yardstick', yardstick);
  const out = join(work, 'out');
  const pdf = readdirSync(out).find((name) => name.endsWith('.pdf'));
  yield { figure: 'file size', result: statSync(join(out, pdf)).size / 1000, unit: 'kB' };
}

// Ten and thirty times the content, every copy with texts and amounts of its own.
import { join } from 'node:path';
import { writeCopies } from '../lib/copies.mjs';
import { buildCommand, content, inTurn, root, work } from '../lib/processes.mjs';
import { memory, ratio } from '../lib/table.mjs';
import { yardstickCommand } from '../lib/yardstick.mjs';

function copies(times) {
  const folder = join(work, `content-x${times}`);
  writeCopies(content, folder, times, join(root, 'fonts'));
  return folder;
}

export function* rows() {
  const [ten, thirty] = [copies(10), copies(30)];
  const commands = {
    one: buildCommand(content),
    yardstick: yardstickCommand(content),
    ten: buildCommand(ten),
    yardstickTen: yardstickCommand(ten),
    thirty: buildCommand(thirty),
  };
  const around = ['one', 'yardstick', 'one'];
  const times = inTurn(commands, 3, [...around, 'ten', ...around, 'yardstickTen', ...around]);
  yield ratio('×10 / ×1', times.ten, times.one, { reach: 9, aim: 7 });
  yield ratio('build ×10 / yardstick ×10', times.ten, times.yardstickTen, { reach: 0.9, aim: 0.7 });
  yield ratio('yardstick ×10 / yardstick ×1', times.yardstickTen, times.yardstick);
  yield memory('peak memory, build ×10', times.ten, { reach: 1200, aim: 800 });
  yield memory('peak memory, yardstick ×10', times.yardstickTen);
  const { one, thirty: most } = inTurn(commands, 1, ['one', 'one', 'thirty', 'one']);
  yield ratio('×30 / ×1', most, one, { reach: 28, aim: 22 });
  yield memory('peak memory, build ×30', most, { reach: 3000, aim: 1500 });
}

// What `watch` takes for a save of one field, beside a build from a cold start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildCommand, cli, content, median, run, work } from '../lib/processes.mjs';
import { ratio } from '../lib/table.mjs';

const rounds = 9;

export async function* rows() {
  const folder = join(work, 'content-watched');
  cpSync(content, folder, { recursive: true });
  const edited = join(folder, 'measures', readdirSync(join(folder, 'measures'))[0]);
  const original = readFileSync(edited, 'utf8');
  const watch = spawn(process.execPath, [cli, 'watch', '--content', folder, '--out', join(work, 'watched')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
  /** ms of the next build, as its line tells them. */
  const built = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('watch ended');
      const seconds = /([\d.]+)秒/.exec(value)?.[1];
      if (seconds !== undefined) return Number(seconds) * 1000;
    }
  };
  const [own, seen, cold] = [[], [], []];
  try {
    await built();
    for (let round = 0; round < rounds; round += 1) {
      cold.push(run(buildCommand(content)).ms);
      const start = performance.now();
      writeFileSync(edited, original.replace(/^取組: .*/m, `取組: 試験${round}`));
      own.push(await built());
      seen.push(performance.now() - start);
    }
  } finally {
    watch.kill('SIGTERM');
    await once(watch, 'exit');
  }
  const build = { ms: median(cold) };
  yield ratio('rebuild after one field / cold build', { ms: median(own) }, build, { reach: 0.35, aim: 0.25 });
  yield ratio('save → file written / cold build', { ms: median(seen) }, build);
}

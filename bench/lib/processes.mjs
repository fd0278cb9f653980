import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cli = join(root, 'dist/cli.js');
export const content = join(root, 'content');
/** Everything that is written while measuring; `removeWork` at the end. */
export const work = mkdtempSync(join(tmpdir(), 'shisakushu-bench-'));
export const removeWork = () => rmSync(work, { recursive: true, force: true });

const preload = pathToFileURL(join(root, 'bench/lib/peak.mjs'));
const peaks = join(work, 'peaks');

/**
 * Runs `node …command` to its end.
 * @returns ms: by the clock; cpu: ms of the processors, all threads; peak: bytes of memory, that of every Node.js process added up
 */
export function run(command) {
  rmSync(peaks, { force: true });
  const start = performance.now();
  execFileSync(process.execPath, command, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, BENCH_PEAK: peaks },
  });
  const ms = performance.now() - start;
  const ended = existsSync(peaks) ? readFileSync(peaks, 'utf8').trimEnd().split('\n') : [];
  const sum = (column) => ended.reduce((all, line) => all + Number(line.split(' ')[column]), 0);
  return { ms, cpu: sum(1), peak: sum(0) };
}

/** The commands by name, `rounds` times in the given order, so that a slow moment hits all alike; the median of each. */
export function inTurn(commands, rounds, order = Object.keys(commands)) {
  const runs = Object.fromEntries(order.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const name of order) runs[name].push(run(commands[name]));
  return Object.fromEntries(
    Object.entries(runs).map(([name, all]) => {
      const of = (property) => median(all.map((one) => one[property]));
      return [name, { ms: of('ms'), cpu: of('cpu'), peak: of('peak') }];
    }),
  );
}

/** The value below which `share` of them are. */
export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
export const median = (values) => quantile(values, 0.5);

export const buildCommand = (folder) => [cli, 'build', '--content', folder, '--out', join(work, 'out')];

// Whatever ends a run, and whenever: what it writes is the old or the new, whole, and the next run leaves nothing behind.
// tests/files.test.ts has every step of a write, and that nothing else writes; here processes are really killed: by
// default the quick commands, once each, when they begin to write.
// KILLS=200 npx vitest run tests/cli/killed.test.ts: every command at so many moments.
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityFolder, edit, runHere, start } from './run.ts';

const moments = Number(process.env.KILLS ?? 1);

let folder: string;
beforeAll(() => {
  folder = cityFolder();
  cpSync(join(folder, 'content'), join(folder, 'base'), { recursive: true });
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501');
  cpSync(join(folder, 'content'), join(folder, 'first'), { recursive: true });
  // Every kind of output differs: PDFs and data by the publisher, pictures by the amount, schemas by the names of 課.
  edit(folder, 'edition.yaml', '発行者: 港町市', '発行者: 新港町市');
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12501', '予算額: 12502');
  edit(folder, 'organization.yaml', '[窓口課', '[受付課, 窓口課');
  cpSync(join(folder, 'content'), join(folder, 'second'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of a folder but for YAML, by name. */
const filesOf = (place: string): Map<string, string> =>
  new Map(
    readdirSync(join(folder, place), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.yaml'))
      .map(({ name }) => [name, readFileSync(join(folder, place, name), 'latin1')]),
  );

const commands: [string, string, string[]][] = [
  ['build', 'out', ['build', '--out', 'out']],
  ['schema', 'content', ['schema']],
  ['diff --pdf', 'papers', ['diff', './base', '--pdf', '--out', 'papers']],
  ['diff --pages', 'pages', ['diff', './base', '--pages', 'pages']],
  ['export', 'data', ['export', 'csv', '--out', 'data']],
];
test.each(commands.slice(0, process.env.KILLS ? commands.length : 2))(
  '%s',
  { timeout: 60_000 + moments * 5_000 },
  async (_, place, args) => {
    mkdirSync(join(folder, place), { recursive: true });
    const whole = async (variant: string) => {
      cpSync(join(folder, variant), join(folder, 'content'), { recursive: true });
      expect((await runHere(folder, args)).status).toBe(0);
      return filesOf(place);
    };
    const results = { first: await whole('first'), second: await whole('second') };
    expect(results.first).not.toEqual(results.second);
    expect([...results.first.keys()]).toEqual([...results.second.keys()]);

    let lasts = 0;
    if (process.env.KILLS) {
      const started = performance.now();
      await once(start(folder, args), 'exit');
      lasts = performance.now() - started;
    }
    let left = 0;
    for (let moment = 0; moment < moments; moment += 1) {
      const variant = moment % 2 === 0 ? 'first' : 'second';
      cpSync(join(folder, variant), join(folder, 'content'), { recursive: true });
      const child = start(folder, args);
      const ended = once(child, 'exit');
      const kill = () => void child.kill('SIGKILL');
      // Every other time when it begins to write, which lasts some ms only.
      const whenWriting = moment % 4 < 2;
      const writing = watch(join(folder, place), (_, name) => {
        if (whenWriting && name?.endsWith('.tmp')) kill();
      });
      const timer = whenWriting ? undefined : setTimeout(kill, (lasts * 1.1 * moment) / moments);
      await ended;
      clearTimeout(timer);
      writing.close();

      const after = filesOf(place);
      for (const [name, bytes] of results.first)
        expect([bytes, results.second.get(name)].includes(after.get(name)), `${name} at moment ${moment}`).toBe(true);
      left += [...after.keys()].filter((name) => !results.first.has(name)).length;
      expect((await runHere(folder, args)).status).toBe(0);
      expect(filesOf(place)).toEqual(results[variant]);
    }
    if (process.env.KILLS)
      console.log(`${args[0]}: ${moments} moments, ${left} leftovers, all removed by the next run`);
  },
);

// Whatever ends a run, and whenever: what it writes is the old or the new, whole, and the next run leaves nothing behind.
// tests/files.test.ts has every step of a write, and that nothing else writes; here processes are really killed: by
// default the quick commands, once each, when they begin to write.
// KILLS=200 npx vitest run tests/cli/killed.test.ts: every command at so many moments.
// Of a command that changes content all is old or all is new, or the next run writes the rest.
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityRepository, git } from '../compare/repository.ts';
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

test('new-edition', { timeout: 60_000 + moments * 5_000 }, async () => {
  const repository = cityRepository();
  const args = ['new-edition', 'R13'];
  const content = () =>
    Object.fromEntries(
      readdirSync(join(repository, 'content'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /^[^.].*\.yaml$/.test(name))
        .map((name) => [name, readFileSync(join(repository, 'content', name), 'utf8')]),
    );
  const back = () => {
    git(repository, 'checkout', '-q', 'content');
    git(repository, 'clean', '-q', '-f', '-x', 'content');
  };
  const old = content();
  const began = performance.now();
  expect((await runHere(repository, args)).status).toBe(0);
  const lasts = performance.now() - began;
  const fresh = content();
  expect(fresh).not.toEqual(old);
  const counts = { old: 0, halfway: 0, fresh: 0 };
  try {
    for (let moment = 0; moment < moments; moment += 1) {
      back();
      const child = start(repository, args);
      const exit = once(child, 'exit');
      // One after the other of the names that come and go while it writes.
      let seen = 0;
      const kill = () => {
        seen += 1;
        if (seen > moment % 24) child.kill('SIGKILL');
      };
      const writing = ['content', 'content/measures'].map((place) => watch(join(repository, place), kill));
      const timer =
        moment % 4 === 3 ? setTimeout(() => child.kill('SIGKILL'), (2 * lasts * moment) / moments) : undefined;
      await exit;
      clearTimeout(timer);
      for (const one of writing) one.close();

      if (existsSync(join(repository, 'content/.unfinished.yaml'))) {
        counts.halfway += 1;
        const { status, stdout } = await runHere(repository, ['check']);
        expect([status, stdout]).toEqual([1, expect.stringContaining('npx shisakushu new-edition R13')]);
        const next = await runHere(repository, args);
        expect([next.status, next.stderr]).toEqual([0, '']);
        expect(next.stdout).toContain('new-edition R13');
        expect(content()).toEqual(fresh);
      } else {
        const left = JSON.stringify(content());
        expect([JSON.stringify(old), JSON.stringify(fresh)], `moment ${moment}`).toContain(left);
        counts[left === JSON.stringify(old) ? 'old' : 'fresh'] += 1;
      }
    }
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
  if (process.env.KILLS) console.log(`new-edition: ${JSON.stringify(counts)}`);
});

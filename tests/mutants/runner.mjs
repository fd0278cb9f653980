import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { getFn } from '@vitest/runner';
import { getNames } from '@vitest/runner/utils';
import { TestRunner } from 'vitest';

const { MUTANTS_LOG: log, MUTANTS_SLOW: slow } = process.env;

/** What the instrumented code asks for the mutant that is switched on, and tells which it passed. */
globalThis.__stryker__ ??= { mutantCoverage: { static: {}, perTest: {} } };
const stryker = globalThis.__stryker__;

const say = (line) => appendFileSync(log, `${JSON.stringify(line)}\n`);
const said = readFileSync(log, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const killed = new Set(said.flatMap((line) => line.killed ?? []));
const done = new Set(said.flatMap((line) => line.done ?? []));

/**
 * Runs each test twice as it is, then once with each living mutant that it came past: modules are loaded once, so that a
 * mutant costs what the test costs. A mutant whose test fails, hangs or does a hundredfold of the work is killed.
 */
export default class MutantsRunner extends TestRunner {
  onAfterRunFiles() {
    super.onAfterRunFiles();
    say({ loaded: Object.keys(stryker.mutantCoverage.static) });
  }

  async runTask(test) {
    if (!slow) return getFn(test)();
    const name = `${relative(process.cwd(), test.file.filepath)} > ${getNames(test).slice(1).join(' > ')}`;
    if (done.has(name)) return;
    const run = async (mutant, hits, patience) => {
      this.onBeforeTryTask(test);
      Object.assign(stryker, { activeMutant: mutant, currentTestId: name, hitCount: 0, hitLimit: hits * 100 + 10_000 });
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('late')), patience);
      });
      try {
        await Promise.race([getFn(test)(), late]);
        return true;
      } catch {
        return false;
      } finally {
        clearTimeout(timer);
        Object.assign(stryker, { activeMutant: '', currentTestId: undefined });
      }
    };
    say({ started: name });
    const [begin, used] = [performance.now(), process.cpuUsage()];
    const asItIs = await run('', 0, 120_000);
    const whole = performance.now() - begin;
    const { user, system } = process.cpuUsage(used);
    // Of a test that waits, a fifth of its time counts: other work of the machine is not its own.
    const time = Math.max((user + system) / 1000, whole / 5);
    const hitsOf = () => stryker.mutantCoverage.perTest[name] ?? {};
    const first = Object.keys(hitsOf()).filter((mutant) => !killed.has(mutant));
    stryker.mutantCoverage.perTest = {};
    const again = first.length === 0 || time > slow || (asItIs && (await run('', 0, 120_000)));
    // What a test comes past once only was computed when it loaded a module: switched on later it does nothing.
    const hits = hitsOf();
    const living = first.filter((mutant) => mutant in hits);
    say({ passed: living, loaded: first.filter((mutant) => !(mutant in hits)) });
    if (!asItIs || !again) say({ useless: name, why: asItIs ? 'fails when it runs twice' : 'fails' });
    else if (time > slow) say({ slow: name, time, living: first.length });
    else
      for (const mutant of living) {
        say({ trying: mutant });
        if (await run(mutant, hits[mutant], whole * 10 + 2_000)) continue;
        killed.add(mutant);
        say({ killed: mutant, by: name });
        // What the mutant left in a module's memory would fail others: a new process, without this test.
        if (!(await run('', 0, 120_000))) {
          say({ spoilt: name, by: mutant });
          process.kill(process.pid, 'SIGKILL');
        }
      }
    stryker.mutantCoverage.perTest = {};
    done.add(name);
    say({ done: name });
  }
}

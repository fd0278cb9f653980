// Commands that change content, each on the edition as it is committed; and the merge of all its measures by field.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { buildCommand, cli, median, root, run } from '../lib/processes.mjs';
import { committedCopy } from '../lib/repository.mjs';
import { ratio } from '../lib/table.mjs';

const rounds = 5;

export async function* rows() {
  const { copy, git } = committedCopy('change');

  const texts = readdirSync(join(copy, 'measures')).map((name) => readFileSync(join(copy, 'measures', name), 'utf8'));
  const measures = texts.map((text) => parse(text));
  const years = parse(readFileSync(join(copy, 'edition.yaml'), 'utf8')).年度;
  const next = years.at(-1).replace(/\d+$/, (count) => Number(count) + 1);
  const section = measures.find(({ 担当課 }) => 担当課).担当課[0];
  const commands = {
    'new-edition': ['new-edition', next],
    rename: ['rename', section, '名前の変わった課'],
    remove: ['remove', measures.find(({ 番号 }) => 番号.endsWith('-1')).番号, '--reprints', 'drop'],
    insert: ['insert', measures[0].番号],
  };
  const times = { build: [], ...Object.fromEntries(Object.keys(commands).map((name) => [name, []])) };
  for (let round = 0; round < rounds; round += 1) {
    times.build.push(run(buildCommand(copy)));
    for (const [name, command] of Object.entries(commands)) {
      times[name].push(run([cli, ...command, '--content', copy]));
      git('reset', '-q', '--hard');
      git('clean', '-q', '-f');
    }
  }
  const of = (name) => ({
    ms: median(times[name].map(({ ms }) => ms)),
    cpu: median(times[name].map(({ cpu }) => cpu)),
  });
  for (const name of Object.keys(commands)) yield ratio(`${name} / build`, of(name), of('build'), { reach: 0.7 });
  yield ratio(`merge of ${texts.length} measures / build`, { ms: await mergedIn(texts) }, of('build'), { reach: 0.5 });
}

/** ms to merge every measure, changed in another cell by each side. */
async function mergedIn(texts) {
  const load = (file) => import(pathToFileURL(join(root, 'dist/edit', file)));
  const [{ edit }, { merge }] = await Promise.all([load('edit.js'), load('merge/merge.js')]);
  const changed = (text, field) => edit(text, [{ field, value: { type: 'text', text: 'ほかの値' } }]);
  const sides = texts.map((base) => ({ base, ours: changed(base, '取組'), theirs: changed(base, '一覧表・担当課') }));
  const start = performance.now();
  for (const texts of sides) {
    const { conflicts } = merge({ path: 'content/measures/1-1-1.yaml', ...texts });
    if (conflicts.length > 0) throw new Error(`conflicts: ${JSON.stringify(conflicts)}`);
  }
  return performance.now() - start;
}

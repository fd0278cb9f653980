// Runs every `run:` step of the two workflows in order, in a clean clone of this repository with one change merged into
// it, as GitHub would: first what a pull request runs, then the comment, with a gh that writes down what it is asked.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shisakushu-workflow-'));
const clone = join(work, 'clone');
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid', ...args], { cwd: clone });
const fail = (message) => {
  throw new Error(message);
};
const expect = (condition, message) => condition || fail(message);

/** The scripts of a workflow, in order. */
const scripts = (name) =>
  Object.values(parse(readFileSync(join(root, '.github/workflows', name), 'utf8')).jobs)
    .flatMap(({ steps }) => steps)
    .filter(({ run }) => run !== undefined);

/** As a runner does: bash -e, a step is left out after a failure unless it says otherwise. Returns the names of failed steps. */
function runAll(name, cwd, env) {
  const failed = [];
  for (const { name: step, run, if: condition } of scripts(name)) {
    if (failed.length > 0 && condition === undefined) continue;
    console.log(`-- ${step}: ${run.split('\n', 1)}`);
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    if (status !== 0) {
      failed.push(step);
      console.log(stdout + stderr);
    }
  }
  return failed;
}

/** The first file of a measure in which `pattern` is, and what it is there. */
function firstWith(pattern) {
  for (const name of readdirSync(join(clone, 'content/measures')).sort()) {
    const file = `content/measures/${name}`;
    const found = pattern.exec(readFileSync(join(clone, file), 'utf8'));
    if (found) return [file, found[0]];
  }
  return fail(`no measure has ${pattern}`);
}

/** A merge of one change into the tip, as refs/pull/n/merge is. */
function merge(branch, file, from, to) {
  git('checkout', '-q', '-b', branch);
  const path = join(clone, file);
  const text = readFileSync(path, 'utf8');
  expect(text.includes(from), `${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
  git('commit', '-q', '-a', '-m', branch);
  git('checkout', '-q', 'base');
  git('merge', '-q', '--no-ff', '-m', 'merge', branch);
}

try {
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone]);
  git('checkout', '-q', '-b', 'base');
  merge('change', ...firstWith(/^取組: /m), '取組: 宛先@userと#12の[ここ](https://x.example)');
  const summary = join(work, 'summary.md');
  const actions = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'city/plan',
    GITHUB_RUN_ID: '7',
  };
  expect(runAll('content.yml', clone, actions).length === 0, 'a step failed');
  for (const file of ['施策集.pdf', '変更点.md', '変更点.html', '変更点.json'])
    expect(existsSync(join(clone, 'out', file)), `${file} was not written`);
  expect(readFileSync(summary, 'utf8').includes('| 取組の変更 | 1 |'), 'the summary has no table');
  expect(git('status', '--porcelain').toString() === '', 'the work tree was changed');

  console.log('-- the comment: written once, then written over');
  const calls = join(work, 'calls');
  const existing = join(work, 'existing');
  cpSync(join(clone, 'out'), join(work, 'result'), { recursive: true });
  writeFileSync(
    join(work, 'gh'),
    `#!/usr/bin/env bash
echo "$*" >> '${calls}'
case "$*" in
  *--method\\ GET*) echo 12 ;;
  *--paginate*) cat '${existing}' ;;
esac
`,
  );
  chmodSync(join(work, 'gh'), 0o755);
  const event = {
    PATH: `${work}${delimiter}${process.env.PATH}`,
    REPOSITORY: 'city/plan',
    HEAD_OWNER: 'someone',
    HEAD_BRANCH: 'change;$(touch owned)',
    HEAD_SHA: 'a'.repeat(40),
    RUN_URL: 'https://github.example/city/plan/actions/runs/7',
  };
  writeFileSync(existing, '');
  expect(runAll('comment.yml', work, event).length === 0, 'the comment was not written');
  writeFileSync(existing, '34\n56\n');
  expect(runAll('comment.yml', work, event).length === 0, 'the comment was not written over');
  const asked = readFileSync(calls, 'utf8').split('\n');
  const writes = asked.filter((line) => /POST|PATCH/.test(line));
  expect(writes.length === 2, `unexpected calls: ${writes}`);
  expect(writes[0].includes('POST repos/city/plan/issues/12/comments'), writes[0]);
  expect(writes[1].includes('PATCH repos/city/plan/issues/comments/34'), writes[1]);
  expect(!existsSync(join(work, 'owned')), 'the name of a branch was run');
  const comment = readFileSync(join(work, 'comment.md'), 'utf8');
  expect(comment.startsWith('<!-- shisakushu -->\n') && !/@\w/.test(comment), 'the comment calls people');
  expect(comment.includes(readFileSync(join(work, 'result/変更点.md'), 'utf8')), 'the comment is not what was written');
  expect(
    comment.match(/\]\(/g).length === 1 && comment.includes(`(${event.RUN_URL})`),
    'the comment has a link of others',
  );

  console.log('-- content with an error: annotated on its line, told in the summary, no PDF, the run fails');
  rmSync(join(clone, 'out'), { recursive: true });
  rmSync(summary);
  merge('mistake', ...firstWith(/予算額: \d+/), '予算額: 1,122千円');
  const failed = runAll('content.yml', clone, actions);
  expect(failed.length === 1 && failed[0].startsWith('検査し'), `failed: ${failed}`);
  expect(readFileSync(summary, 'utf8').includes('内容の誤りが 1 件'), 'the summary does not tell the error');
  expect(!existsSync(join(clone, 'out', '施策集.pdf')), 'a PDF was written in spite of an error');
  console.log('Every run: step of the workflows did what it is for.');
} finally {
  rmSync(work, { recursive: true, force: true });
}

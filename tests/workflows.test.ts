import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { markdownText } from '../src/compare/markdown.ts';
import { visible } from '../src/model/visible.ts';
import { anyText, comparisonOf } from './compare/any-text.ts';
import { calls, commentTags, nodesOf, rendered, tagsOf } from './compare/rendered.ts';
import { temporary } from './compare/repository.ts';

const folder = '.github/workflows/';
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(folder + name, 'utf8');
interface Workflow {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<
    string,
    {
      if?: string;
      permissions?: object;
      strategy?: { matrix: object };
      steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
    }
  >;
}
const workflow = (name: string) => parse(textOf(name)) as Workflow;
const steps = (name: string) => Object.values(workflow(name).jobs).flatMap((job) => job.steps);

test.each(names)('%s: actions by full commit, nothing of an event inside a script', (name) => {
  for (const line of textOf(name)
    .split('\n')
    .filter((text) => text.includes('uses:')))
    expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  for (const { run } of steps(name)) expect(run ?? '').not.toContain('${{');
  expect(textOf(name)).not.toMatch(/pull_request_target|secrets\./);
});

test.each([
  ['content.yml', ['pull_request', 'workflow_call']],
  ['test.yml', ['pull_request', 'push']],
])('%s runs the code of a pull request and may only read', (name, events) => {
  const { on, permissions, jobs } = workflow(name);
  expect(Object.keys(on)).toEqual(events);
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.values(jobs).map((job) => job.permissions)).toEqual([undefined]);
  expect(steps(name)[0]?.with?.['persist-credentials']).toBe(false);
});

test('the tool is tested on every system and every Node it promises, and may only read', () => {
  const { on, permissions, jobs } = workflow('test.yml');
  expect(Object.keys(on)).toEqual(['pull_request', 'push']);
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.values(jobs).map((job) => job.permissions)).toEqual([undefined]);
  expect(jobs.test?.strategy?.matrix).toEqual({
    os: ['ubuntu-24.04', 'windows-2025', 'macos-15'],
    node: [20, 22, 24],
  });
  expect(steps('test.yml')[0]?.with?.['persist-credentials']).toBe(false);
  expect(steps('test.yml').flatMap(({ run }) => run ?? [])).toEqual([
    'npm ci',
    'npm run lint',
    'npm run types',
    'npm test',
    'npm run build',
  ]);
});

test('every workflow pins an action to the same commit', () => {
  const pinned = names.flatMap((name) => steps(name).flatMap(({ uses }) => uses ?? []));
  const actions = new Set(pinned.map((uses) => uses.split('@')[0]));
  expect(new Set(pinned).size).toBe(actions.size);
});

test('what may write runs no code of a pull request', () => {
  const { on, permissions, jobs } = workflow('comment.yml');
  expect(on).toEqual({ workflow_run: { workflows: [parse(textOf('content.yml')).name], types: ['completed'] } });
  expect(permissions).toEqual({});
  expect(jobs.comment?.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' });
  for (const { uses = '', run = '' } of steps('comment.yml')) {
    expect(uses).not.toContain('checkout');
    expect(run).not.toMatch(/\bnpm\b|\bnode\b|\bgit\b|eval|source /);
  }
});

test('a run that was cancelled, skipped or left waiting is none to comment on', () => {
  const condition = /^\$\{\{ (.*) \}\}$/.exec(workflow('comment.yml').jobs.comment?.if ?? '')?.[1];
  const holds = new Function('github', 'contains', 'fromJSON', `return ${condition}`);
  const includes = (list: string[], one: string) => list.includes(one);
  const commented = (event: string, conclusion: string) =>
    holds({ event: { workflow_run: { event, conclusion } } }, includes, JSON.parse);
  expect(commented('pull_request', 'success')).toBe(true);
  expect(commented('pull_request', 'failure')).toBe(true);
  expect(commented('push', 'success')).toBe(false);
  for (const other of ['cancelled', 'skipped', 'action_required', 'startup_failure', 'timed_out', 'stale', 'neutral'])
    expect(commented('pull_request', other), other).toBe(false);
});

/** The comment that comment.yml makes of a file that a pull request hands over; what is its own is cut off. */
function commentOf(markdown: string | Uint8Array): string {
  const work = temporary();
  mkdirSync(join(work, 'result'));
  writeFileSync(join(work, 'result/変更点.md'), markdown);
  writeFileSync(join(work, 'gh'), '#!/bin/sh\ncase "$*" in *"method GET"*) echo 12 ;; esac\n', { mode: 0o755 });
  const { status, stderr } = spawnSync('bash', ['-c', steps('comment.yml').at(-1)?.run ?? ''], {
    cwd: work,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${work}${delimiter}${process.env.PATH}`,
      ...{
        REPOSITORY: 'city/plan',
        HEAD_OWNER: 'o',
        HEAD_BRANCH: 'b',
        HEAD_SHA: 'a'.repeat(40),
        RUN_URL: 'https://run.example',
      },
    },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const comment = readFileSync(join(work, 'comment.md'), 'utf8');
  const [, inner] =
    /^<!-- shisakushu -->\n\n(.*)\nPDF とすべての変更は\[実行の結果\]\(https:\/\/run\.example\)の/s.exec(comment) ?? [];
  return inner ?? expect.fail(comment);
}

const posix = test.skipIf(process.platform === 'win32');

posix('the comment is what the tool wrote, to the byte, whatever the content holds', () => {
  const comparison = fc.gen().map((generate) => comparisonOf(() => generate(() => anyText)));
  for (const value of fc.sample(comparison, { numRuns: 3, seed: 13 })) {
    const markdown = markdownText(value, 'すべて');
    const comment = commentOf(markdown);
    for (const [index, line] of markdown.split('\n').entries()) expect(comment.split('\n')[index]).toBe(line);
    expect(comment).toBe(markdown);
  }
});

/** No text of the file calls, leads elsewhere, or is more than text. */
function speaksForNobody(comment: string): void {
  expect(visible(comment.replaceAll('\n', ''))).toBe(comment.replaceAll('\n', ''));
  const html = rendered(comment);
  expect(tagsOf(html).filter((tag) => !commentTags.includes(tag))).toEqual([]);
  expect(html).not.toMatch(/<[^>]* (?:href|src|on\w+)=|<h[1-6]>(?!施策集の変更点<|取組<)/);
  for (const node of nodesOf(html)) expect(node).not.toMatch(calls);
}

posix.each([
  ['&#64;user &commat;user &#x40;user &AMP;#64;user @user @<span></span>user', '&#64;user &commat;user'],
  ['&num;12 &#35;12 #12 GH-12 &#71;H-12 GH&#45;12 owner/name#12', '&num;12'],
  [
    '[ここ](https://x.example) <https://x.example> https://x.example www.x.example a@b.example',
    '[ここ](https://x.example)',
  ],
  ['[a]: https://x.example\n\n[a] ![][a]', '[a]: https://x.example'],
  ['![絵](https://x.example/a.png) <img src="https://x.example/a.png">', '![絵](https://x.example/a.png)'],
  ['# 管理者から\n\n### 取組!\n\n管理者から\n===\n\n管理者から\n---', '# 管理者から'],
  ['<h1>管理者から</h1><a href="https://x.example">x</a><b onclick="x">y</b>', '<h1>管理者から</h1>'],
  ['- a\n+ b\n1. c\n2) d\n> e\n\n> [!WARNING]\n> f\n\n    g\n\tg\n```\nh\n```\n~~~\nh', '> [!WARNING]'],
  ['a deadbeef1234567890 1234567 &#100;eadbeef dead<span></span>beef', 'deadbeef1234567890'],
  ['**a** _b_ `c` ~~d~~ $e$ :tada: [^1] \\@user <!-- x', '**a** _b_ `c` ~~d~~ $e$ :tada: [^1] \\@user <!-- x'],
  ['a\r\n# b\r# c\u2028# d\u0085# e\u000b# f', '# b'],
  ['| # a | [b](https://x.example) |\n|---|--:|\n| @user | <img src=x> |', '[b](https://x.example)'],
])('%j comes out as text', (markdown, text) => {
  const comment = commentOf(markdown);
  speaksForNobody(comment);
  expect(nodesOf(rendered(comment)).join('')).toContain(text);
});

posix('any file at all comes out as text', () => {
  const files = fc.sample(fc.array(anyText, { minLength: 100, maxLength: 300 }), { numRuns: 2, seed: 14 });
  for (const lines of files) for (const between of ['\n', ' ']) speaksForNobody(commentOf(lines.join(between)));
  speaksForNobody(commentOf(new Uint8Array([0xff, 0xfe, 0x23, 0x20, 0x80, 0x0a, 0x40, 0x61])));
});

posix('a file that is too long is told, not cut', () => {
  for (const text of ['字'.repeat(70_000), '<'.repeat(20_000), 'x'.repeat(2_000_000)])
    expect(commentOf(text)).toBe('変更が多すぎるため、ここには載せられません。\n');
});

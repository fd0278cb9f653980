import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const folder = '.github/workflows/';
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(folder + name, 'utf8');
interface Workflow {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<
    string,
    {
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

test('the tool is tested where its users are', () => {
  const { jobs } = workflow('test.yml') as unknown as {
    jobs: { test: { strategy: { matrix: Record<string, unknown[]> } } };
  };
  expect(jobs.test.strategy.matrix.node).toEqual([20, 22, 24]);
  expect(jobs.test.strategy.matrix.os?.map((os) => String(os).split('-')[0])).toEqual(['ubuntu', 'windows', 'macos']);
  for (const command of ['npm ci', 'npm run lint', 'npm run types', 'npm test', 'npm run build'])
    expect(steps('test.yml').map(({ run }) => run)).toContain(command);
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

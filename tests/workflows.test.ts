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
    { permissions?: object; steps: { uses?: string; run?: string; with?: Record<string, unknown> }[] }
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

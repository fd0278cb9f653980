import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cityRepository, git } from '../compare/repository.ts';
import { edit, runHere } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = cityRepository();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = () => readFileSync(join(folder, 'content/edition.yaml'), 'utf8');
const run = async (...args: string[]) => {
  const { status, stdout, stderr } = await runHere(folder, ['column-widths', ...args]);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};
const commit = () => git(folder, 'commit', '-qam', 'x');

test('widths are shown, written when told, the same each time, and then there is nothing better', async () => {
  const before = text();
  const shown = await run();
  expect(shown).toMatch(/^ {2}取組内容: [\d.]+ → [\d.]+$/m);
  expect(shown).toContain('column-widths --write');
  expect(await run()).toBe(shown);
  expect(text()).toBe(before);

  await run('--write');
  const { 列幅: widths, ...rest } = parse(text());
  expect(rest).toEqual(parse(before));
  const told = new Map([...shown.matchAll(/^ {2}(.+): [\d.]+ → ([\d.]+)$/gm)].map(([, key, width]) => [key, width]));
  for (const [key, width] of Object.entries(widths as Record<string, number>))
    expect(told.get(key)).toBe(width.toFixed(1));
  expect((await runHere(folder, ['check'])).status).toBe(0);
  commit();

  const written = text();
  const again = await run('--write');
  expect(again).toContain('いまの幅より良い幅は見つかりませんでした');
  expect(text()).toBe(written);
});

test('widths that do not fit the page are replaced; other mistakes are told first', async () => {
  edit(folder, 'edition.yaml', /^列幅:.*(?:\n[ ]+.*)*\n/m, '列幅: { 内容: 90, 事業実績: 110, 効果・KPI: 80 }\n');
  commit();
  expect((await runHere(folder, ['check'])).stdout).toContain('列幅が紙の幅に合いません');
  await run('--write');
  expect((await runHere(folder, ['check'])).status).toBe(0);
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
  expect((await runHere(folder, ['column-widths'])).status).toBe(1);
});

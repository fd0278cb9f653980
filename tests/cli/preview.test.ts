import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityFolder, runHere } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = cityFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a taken port is told, and nothing is served', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const ran = await runHere(folder, ['preview', '--no-open', '--port', String(port)]);
  other.close();
  expect(ran).toEqual({
    status: 2,
    stdout: '',
    stderr: `ポート ${port} はほかのプログラムが使っています。--port で別の番号か 0(空いている番号)を指定してください。\n`,
  });
});

test.each(['x', '-1', '65536', '1.5', ''])('a port that is none is wrong usage: %s', async (text) => {
  const { status, stderr } = await runHere(folder, ['preview', '--no-open', `--port=${text}`]);
  expect(status).toBe(2);
  expect(stderr).toContain(`--port の「${text}」はポート番号ではありません。`);
});

test('a folder that is not there is told before anything is served', async () => {
  const { status, stdout, stderr } = await runHere(folder, ['preview', '--content', 'nowhere', '--port', '0']);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('nowhere');
});

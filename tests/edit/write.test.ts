// All files or none, whatever ends the process, and whenever: here every step of a write is the last one.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import type { NewFiles } from '../../src/content/source/new-files.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { unfinishedFile } from '../../src/content/unfinished.ts';
import { UserError } from '../../src/diagnostics/user-error.ts';
import { finishWriting, writeFiles } from '../../src/edit/write.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'shisakushu-'));
  fs.mkdirSync(join(folder, 'measures'));
  for (const [name, text] of Object.entries(old)) fs.writeFileSync(join(folder, name), text);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const old = { 'edition.yaml': '書名: 旧\n', 'measures/1-1-1.yaml': '一\n', 'measures/1-1-2.yaml': '二\r\n' };
const files: NewFiles = new Map([
  ['edition.yaml', '書名: 新\n'],
  ['measures/1-1-1.yaml', '二\r\n'],
  ['measures/1-1-2.yaml', undefined],
  ['measures/1-2-1.yaml', '三'],
]);
const fresh = { 'edition.yaml': '書名: 新\n', 'measures/1-1-1.yaml': '二\r\n', 'measures/1-2-1.yaml': '三' };

/** All files but those that are being written under another name. */
const present = () =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name !== 'measures' && !name.endsWith('.tmp'))
      .map((name) => [name, fs.readFileSync(join(folder, name), 'utf8')]),
  );
const finish = () => finishWriting(folder, readWorkingTree(folder));

const steps = ['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync', 'fchmodSync'] as const;
/** Acts until the system has been asked `most` times to change something; from then on it does nothing any more. */
function untilStep(most: number, act: () => void): 'ended' | 'whole' {
  let asked = 0;
  const kept = Object.fromEntries(steps.map((name) => [name, fs[name]])) as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  for (const name of steps)
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        asked += 1;
        if (asked > most) throw Object.assign(new Error('ended'), { code: 'EIO', syscall: name });
        return kept[name]?.(...args);
      },
    });
  syncBuiltinESMExports();
  try {
    act();
    return 'whole';
  } catch {
    return 'ended';
  } finally {
    Object.assign(fs, kept);
    syncBuiltinESMExports();
  }
}

test('all files are written, and nothing else is left', () => {
  writeFiles(folder, files, 'renumber');
  expect(present()).toEqual(fresh);
  expect(finish()).toBeUndefined();
});

test('ended at any step: all is old, or the next run writes the rest', () => {
  let [ended, halfway] = [0, 0];
  for (let step = 0; ; step += 1) {
    fs.rmSync(join(folder, 'measures/1-2-1.yaml'), { force: true });
    for (const [name, text] of Object.entries(old)) fs.writeFileSync(join(folder, name), text);
    if (untilStep(step, () => writeFiles(folder, files, 'move 1-1-2 1-2-1')) === 'whole') break;
    ended += 1;
    if (!fs.existsSync(join(folder, unfinishedFile))) {
      // Its last step may be all that is missing.
      expect([old, fresh]).toContainEqual(present());
      continue;
    }
    halfway += 1;
    // The check says so, and of which command.
    const told = checkContent(readWorkingTree(folder)).diagnostics.filter(({ code }) => code === 'write-unfinished');
    expect(told).toMatchObject([{ severity: 'error', actual: 'move 1-1-2 1-2-1' }]);
    // The run that goes on may be ended too.
    untilStep(step % 7, finish);
    if (fs.existsSync(join(folder, unfinishedFile))) expect(finish()?.command).toBe('move 1-1-2 1-2-1');
    expect(present()).toEqual(fresh);
  }
  expect(ended).toBeGreaterThan(15);
  expect(halfway).toBeGreaterThan(10);
});

test('refused before the first file, nothing is left to go on with', () => {
  const renamed: string[] = [];
  const { renameSync, openSync } = fs;
  // The record can be written, the files cannot.
  Object.assign(fs, {
    openSync: (path: string, ...rest: [string]) => {
      if (path.includes('.tmp') && renamed.length > 0)
        throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open', errno: -13 });
      return openSync(path, ...rest);
    },
    renameSync: (from: string, to: string) => {
      renamed.push(to);
      renameSync(from, to);
    },
  });
  syncBuiltinESMExports();
  try {
    expect(() => writeFiles(folder, files, 'renumber')).toThrow('EACCES');
    expect(present()).toEqual(old);
    // Of a run that was ended, the next one says what it cannot go on with, and how to give up.
    const part = { command: 'renumber', files: { 'measures/1-1-3.yaml': { before: null, text: '三' } } };
    fs.writeFileSync(join(folder, unfinishedFile), JSON.stringify(part));
    expect(finish).toThrow(/途中で止まっていた「renumber」.*権限.*git restore と git clean -f/);
    expect(finish).toThrow(UserError);
  } finally {
    Object.assign(fs, { renameSync, openSync });
    syncBuiltinESMExports();
  }
});

test('what somebody has changed since is not written over', () => {
  for (let step = 0; !fs.existsSync(join(folder, unfinishedFile)); step += 1)
    untilStep(step, () => writeFiles(folder, files, 'renumber'));
  fs.writeFileSync(join(folder, 'measures/1-1-2.yaml'), '手で\n');
  const before = present();
  expect(finish).toThrow(UserError);
  expect(finish).toThrow(/measures\/1-1-2\.yaml.*git restore/);
  expect(present()).toEqual(before);
});

test.each(['', '{', '[]', '{"command": 1, "files": {}}'])('a record that nobody can read is told: %s', (text) => {
  fs.writeFileSync(join(folder, unfinishedFile), text);
  expect(finish).toThrow(UserError);
  expect(checkContent(readWorkingTree(folder)).diagnostics.map(({ code }) => code)).toContain('write-unfinished');
  expect(present()).toEqual({ ...old, [unfinishedFile]: text });
});

import { spawnSync } from 'node:child_process';
import fs, { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  belongs,
  type ContentSource,
  largestAnnex,
  readWorkingTree,
  unreadableFolder,
} from '../../../src/content/source/source.ts';
import { temporary } from '../../compare/repository.ts';

test.each([
  ['edition.yaml', true],
  ['measures', true],
  ['measures/1-1-1.yaml', true],
  ['annexes/別冊.pdf', true],
  ['x.bak', true],
  ['measures/old/1-1-1.yaml', false],
  ['annexes/a/b.pdf', false],
  ['other/x.yaml', false],
  ['xmeasures/1-1-1.yaml', false],
  ['measures/', false],
  ['', false],
])('%s is looked at: %s', (path, is) => {
  expect(belongs(path)).toBe(is);
});

test('an annex may have 200 MB', () => {
  expect(largestAnnex).toBe(209_715_200);
});

/** Each entry with its kind, and of a file its size and text. */
const shown = ({ entries }: ContentSource) =>
  Object.fromEntries(
    [...entries].map(([path, entry]) => [
      path,
      entry.kind === 'file' ? `${entry.size?.()} ${Buffer.from(entry.read()).toString()}` : entry.kind,
    ]),
  );

test('a folder: its files and those of measures/ and annexes/, by names in NFC, each read when asked for', () => {
  const folder = temporary();
  for (const path of ['measures/old', 'annexes', 'other']) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, text] of Object.entries({
    'edition.yaml': 'a',
    'measures/1-1-1.yaml': 'bc',
    'measures/old/x.yaml': 'd',
    'annexes/へ\u3099.pdf': 'e',
    'other/y.yaml': 'f',
  }))
    writeFileSync(join(folder, path), text);
  symlinkSync('edition.yaml', join(folder, 'link.yaml'));
  symlinkSync('../edition.yaml', join(folder, 'measures/link.yaml'));
  const source = readWorkingTree(folder);
  expect(shown(source)).toEqual({
    'edition.yaml': '1 a',
    'link.yaml': 'link',
    measures: 'folder',
    annexes: 'folder',
    other: 'folder',
    'measures/1-1-1.yaml': '2 bc',
    'measures/old': 'folder',
    'measures/link.yaml': 'link',
    'annexes/べ.pdf': '1 e',
  });
  expect(source.root).toBe(relative(process.cwd(), folder));
  writeFileSync(join(folder, 'edition.yaml'), 'new');
  expect(shown(source)['edition.yaml']).toBe('3 new');
  rmSync(join(folder, 'edition.yaml'));
  const entry = source.entries.get('edition.yaml');
  if (entry?.kind !== 'file') throw new Error('no file');
  // Its reading tells why.
  expect(entry.size?.()).toBe(0);
  expect(entry.read).toThrow('ENOENT');
});

test('measures that is a file or a link is looked into by nobody; a folder that is not there is an error', () => {
  const folder = temporary();
  mkdirSync(join(folder, 'x'));
  writeFileSync(join(folder, 'x/1-1-1.yaml'), '');
  writeFileSync(join(folder, 'annexes'), '');
  symlinkSync('x', join(folder, 'measures'));
  expect(shown(readWorkingTree(folder))).toEqual({ x: 'folder', measures: 'link', annexes: '0 ' });
  expect(() => readWorkingTree(join(folder, 'y'))).toThrow('ENOENT');
});

test('the working directory is called "."', () => {
  expect(readWorkingTree('.').root).toBe('.');
  expect(readWorkingTree('tests/city').root).toBe('tests/city');
  expect(readWorkingTree(join(process.cwd(), 'tests/city/')).root).toBe('tests/city');
});

/** The system lists all folders but the one that ends so. */
function withUnlisted<T>(end: string, error: Error, act: () => T): T {
  const real = readdirSync as (...args: unknown[]) => never;
  const spy = vi.spyOn(fs, 'readdirSync').mockImplementation((...args: unknown[]) => {
    if (String(args[0]).endsWith(end)) throw error;
    return real(...args);
  });
  syncBuiltinESMExports();
  try {
    return act();
  } finally {
    spy.mockRestore();
    syncBuiltinESMExports();
  }
}

test('a folder that is not listed says why', () => {
  const folder = temporary();
  for (const name of ['measures', 'annexes']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'annexes/x.pdf'), 'x');
  const refused = Object.assign(new Error('x'), { code: 'EACCES' });
  const source = withUnlisted('measures/', refused, () => readWorkingTree(folder));
  expect(unreadableFolder(source, 'measures')).toBe('EACCES');
  expect(unreadableFolder(source, 'annexes')).toBeUndefined();
  expect(shown(source)).toEqual({ measures: 'folder', annexes: 'folder', 'annexes/x.pdf': '1 x' });
  expect(() => withUnlisted(folder, refused, () => readWorkingTree(folder))).toThrow(refused);
  const defect = new Error('no code');
  expect(() => withUnlisted('measures/', defect, () => readWorkingTree(folder))).toThrow(defect);
});

test.skipIf(process.platform === 'win32')('what is neither file, folder nor link', () => {
  const folder = temporary();
  expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
  expect(shown(readWorkingTree(folder))).toEqual({ pipe: 'other' });
});

test('why a folder is not listed', () => {
  const source: ContentSource = {
    root: 'x',
    entries: new Map([
      ['measures', { kind: 'folder', unreadable: 'EACCES' }],
      ['annexes', { kind: 'folder' }],
      ['a.yaml', { kind: 'file', read: () => new Uint8Array() }],
      ['link', { kind: 'link' }],
    ]),
  };
  const told = ['measures', 'annexes', 'a.yaml', 'link', 'x'].map((path) => unreadableFolder(source, path));
  expect(told).toEqual(['EACCES', undefined, undefined, undefined, undefined]);
});

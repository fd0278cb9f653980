import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { readEdition } from '../../src/compare/read.ts';
import type { Entry } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { UserError } from '../../src/diagnostics/user-error.ts';
import { city, put } from '../content/city.ts';

const largest = 200 * 1024 ** 2;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const bytes = (text: string) => new TextEncoder().encode(text);

/** The city with one 別冊, whose file is `entry`. */
function withAnnex(entry: Entry | undefined) {
  const { source, entries } = city();
  const text = new TextDecoder().decode((entries.get('edition.yaml') as { read: () => Uint8Array }).read());
  put(entries, 'edition.yaml', text.replace('個票]', '個票, { 別冊: annexes/a.pdf, 題名: 付録 }]'));
  entries.set('annexes', { kind: 'folder' });
  if (entry) entries.set('annexes/a.pdf', entry);
  return readEdition('v1', source, new ParsedFiles());
}
const failing = (error: Error): Entry => ({
  kind: 'file',
  read: () => {
    throw error;
  },
});
const refused = Object.assign(new Error('EACCES: permission denied, open'), {
  code: 'EACCES',
  syscall: 'open',
  path: 'annexes/a.pdf',
});

test.each<[string, Entry | undefined, [string, string][]]>([
  ['a file: its digest', { kind: 'file', read: () => bytes('one') }, [['annexes/a.pdf', digest('one')]]],
  [
    'one that knows its size',
    { kind: 'file', read: () => bytes('two'), size: () => 3 },
    [['annexes/a.pdf', digest('two')]],
  ],
  [
    'just small enough',
    { kind: 'file', read: () => bytes('three'), size: () => largest },
    [['annexes/a.pdf', digest('three')]],
  ],
  [
    'too large to be read: its size',
    { ...failing(new Error('read')), size: () => largest + 1 } as Entry,
    [['annexes/a.pdf', String(largest + 1)]],
  ],
  ['none', undefined, []],
  ['a link', { kind: 'link' }, []],
  ['a folder', { kind: 'folder' }, []],
])('別冊: %s', (_, entry, expected) => {
  const read = withAnnex(entry);
  expect([...read.annexes]).toEqual(expected);
  expect(read.unread).toEqual([]);
});

test('a 別冊 that the system refuses is unread; a defect and what the user has to know are thrown', () => {
  const read = withAnnex(failing(refused));
  expect([...read.annexes]).toEqual([]);
  expect(read.unread).toEqual([{ file: 'annexes/a.pdf', path: [] }]);
  expect(() => withAnnex(failing(new Error('a defect')))).toThrow('a defect');
  expect(() => withAnnex(failing(new UserError('版がありません')))).toThrow('版がありません');
});

test('an edition as far as it reads, with what is wrong with it', () => {
  const { source, entries } = city();
  const text = new TextDecoder().decode((entries.get('measures/1-2-1.yaml') as { read: () => Uint8Array }).read());
  put(entries, 'measures/1-2-1.yaml', text.replace('予算額: 100', '予算額: 百'));
  put(entries, 'measures/memo.txt', '');
  const read = readEdition('main', source, new ParsedFiles());
  expect(read.name).toBe('main');
  expect(read.edition.title).toBe('取組集');
  expect(read.organization[0]).toEqual({ 名称: '市民局', 課: ['窓口課', '防災課'] });
  expect(read.unread).toEqual([{ file: 'measures/1-2-1.yaml', path: ['スケジュール', 'R10', '予算額'] }]);
  expect(read.errors.map(({ code, severity }) => [code, severity])).toEqual([['not-an-amount', 'error']]);
  expect(read.diagnostics.map(({ code }) => code).sort()).toEqual(['not-an-amount', 'unexpected-file']);
  expect(read.sources('city/measures/1-2-1.yaml')).toContain('予算額: 百');
  const same = compare(read, read);
  expect(same.base).toEqual({
    name: 'main',
    revised: '令和12年12月1日',
    errors: 1,
    warnings: 1,
    measures: 5,
    reprints: 2,
  });
  const undated = compare({ ...read, edition: { ...read.edition, revised: '' } }, read);
  expect(undated.base).not.toHaveProperty('revised');
});

test('warnings are counted apart from errors', () => {
  const read = withAnnex({ kind: 'file', read: () => bytes('one') });
  const diagnostic = (severity: 'error' | 'warning') => ({ severity }) as (typeof read.diagnostics)[number];
  const told = { ...read, diagnostics: [diagnostic('warning'), diagnostic('error'), diagnostic('warning')] };
  expect(compare(read, told)).toMatchObject({
    base: { errors: 0, warnings: 0 },
    head: { errors: 1, warnings: 2 },
  });
});

import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import type { OpenAnswer, OpenRequest } from '../../src/preview/messages.ts';
import { copiedCommand, openEditor, readOpenRequest } from '../../src/preview/open-editor.ts';
import { cityFolder } from '../cli/run.ts';
import { city, put } from '../content/city.ts';

type Failed = (file: string, message: string | null) => void;

/** Opens with an editor that does as `act` says; the answer, and what the editor was given. */
async function open(request: OpenRequest, { root = 'city', act = (_failed: Failed): void => {} } = {}) {
  const { source } = city();
  const launched: string[] = [];
  const launch = ((place: string, failed: Failed) => {
    launched.push(place);
    act(failed);
  }) as never;
  let answer: OpenAnswer | undefined | 'none yet' = 'none yet';
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    void openEditor(request, checkContent({ ...source, root }), launch).then((given) => {
      answer = given;
    });
    await vi.advanceTimersByTimeAsync(300);
  } finally {
    vi.useRealTimers();
  }
  return { answer, launched };
}

const measure = 'measures/1-1-1.yaml';
test.each<[string, OpenRequest, string]>([
  ['a field', { file: measure, path: ['取組'] }, 'city/measures/1-1-1.yaml:4:5'],
  ['a field of a year', { file: measure, path: ['スケジュール', 'R11', '予算額'] }, 'city/measures/1-1-1.yaml:25:10'],
  ['a year', { file: measure, path: ['スケジュール', 'R11'] }, 'city/measures/1-1-1.yaml:22:3'],
  ['a list', { file: measure, path: ['関連計画'] }, 'city/measures/1-1-1.yaml:30:7'],
  ['by index', { file: 'structure.yaml', path: ['大項目', 1, '中項目', 0, '名称'] }, 'city/structure.yaml:11:24'],
  ['the whole file', { file: measure, path: [] }, 'city/measures/1-1-1.yaml:2:1'],
  [
    'a field that is not there: the nearest',
    { file: measure, path: ['一覧表', '担当課'] },
    'city/measures/1-1-1.yaml:2:1',
  ],
  ['a line', { file: 'city/measures/1-1-1.yaml', line: 7, column: 3 }, 'city/measures/1-1-1.yaml:7:3'],
  ['a line beyond the last', { file: 'city/edition.yaml', line: 999, column: 1 }, 'city/edition.yaml:999:1'],
])('opens %s', async (_, request, place) => {
  expect(await open(request)).toEqual({
    answer: { place, command: `code --goto "${place}"` },
    launched: [place],
  });
});

test.each<OpenRequest>([
  { file: 'measures/9-9-9.yaml', path: [] },
  { file: '../../package.json', path: [] },
  { file: '/etc/passwd', path: [] },
  { file: '', path: [] },
  { file: 'measures', path: [] },
  { file: 'city/measures/1-1-1.yaml', path: [] },
  { file: 'measures/1-1-1.yaml', line: 1, column: 1 },
  { file: '/etc/passwd', line: 1, column: 1 },
  { file: 'city/../city/edition.yaml', line: 1, column: 1 },
  { file: '', line: 1, column: 1 },
])('opens no file that the content does not have: %j', async (request) => {
  expect(await open(request)).toEqual({ answer: undefined, launched: [] });
});

test('a name that begins like an option is none', async () => {
  expect(await open({ file: 'edition.yaml', path: ['書名'] }, { root: '-n' })).toEqual({
    answer: { place: '-n/edition.yaml:4:5', command: 'code --goto "./-n/edition.yaml:4:5"' },
    launched: ['./-n/edition.yaml:4:5'],
  });
});

test('a name with a hidden sign is not given to an editor', async () => {
  expect(await open({ file: 'edition.yaml', path: ['書名'] }, { root: 'a\u001b[31mb' })).toEqual({
    answer: {
      place: 'a\u001b[31mb/edition.yaml:4:5',
      command: `code --goto "$(printf %b 'a\\0033[31mb/edition.yaml:4:5')"`,
      failure: '名前に見えない文字があるため、ここからは開けません。ファイルの名前を直してください。',
    },
    launched: [],
  });
});

test.skipIf(process.platform === 'win32')(
  'the editor that the environment names gets file, line and column',
  async () => {
    const folder = cityFolder();
    const before = process.env.LAUNCH_EDITOR;
    try {
      writeFileSync(join(folder, 'editor'), `#!/bin/sh\nprintf '%s:%s:%s' "$@" > "$(dirname "$0")/opened"\n`);
      chmodSync(join(folder, 'editor'), 0o755);
      process.env.LAUNCH_EDITOR = join(folder, 'editor');
      const content = checkContent(readWorkingTree(join(folder, 'content')));
      const answer = await openEditor({ file: measure, path: ['スケジュール', 'R11', '予算額'] }, content);
      expect(answer?.place).toMatch(/content\/measures\/1-1-1\.yaml:25:10$/);
      expect(answer?.failure).toBeUndefined();
      const opened = join(folder, 'opened');
      await vi.waitUntil(() => existsSync(opened) && readFileSync(opened, 'utf8') !== '', { timeout: 30_000 });
      expect(readFileSync(opened, 'utf8')).toBe(resolve(answer?.place ?? ''));
    } finally {
      if (before === undefined) delete process.env.LAUNCH_EDITOR;
      else process.env.LAUNCH_EDITOR = before;
      rmSync(folder, { recursive: true });
    }
  },
);

const failure =
  'エディタを開けませんでした。エディタを起動しておくか、環境変数 LAUNCH_EDITOR にエディタの命令を書いてください。';
test.each<[string, (failed: Failed) => void, string | undefined]>([
  ['cannot be started', (failed) => failed('x', 'spawn code ENOENT'), failure],
  ['is not to be found', (failed) => failed('x', null), failure],
  [
    'is refused by the system',
    () => {
      throw new Error('EACCES');
    },
    failure,
  ],
  ['fails at the last moment', (failed) => void setTimeout(failed, 299, 'x', '(code 1)'), failure],
  ['ends with an error later', (failed) => void setTimeout(failed, 301, 'x', '(code 1)'), undefined],
])('an editor that %s', async (_, act, told) => {
  const place = 'city/edition.yaml:4:5';
  const { answer } = await open({ file: 'edition.yaml', path: ['書名'] }, { act });
  expect(answer).toEqual({
    place,
    command: `code --goto "${place}"`,
    ...(told === undefined ? {} : { failure: told }),
  });
});

test('a failure is told at once, not when the wait is over', async () => {
  const { source } = city();
  const launch = ((_: string, failed: Failed) => failed('x', 'gone')) as never;
  let answer: OpenAnswer | undefined;
  void openEditor({ file: 'edition.yaml', path: [] }, checkContent(source), launch).then((given) => {
    answer = given;
  });
  await new Promise(setImmediate);
  expect(answer?.failure).toBe(failure);
});

test('a file that was only named, as an error is told of one, is none of the content', async () => {
  const { source, entries } = city();
  put(entries, 'measures/1-1-1.yaml', Buffer.from([0x83, 0x5c]));
  const launch = (() => expect.fail('launched')) as never;
  const content = checkContent(source);
  expect(content.diagnostics.map(({ file, code }) => [file, code])).toContainEqual([
    'city/measures/1-1-1.yaml',
    'not-utf8',
  ]);
  const answer = await openEditor({ file: 'city/measures/1-1-1.yaml', line: 1, column: 1 }, content, launch);
  expect(answer).toBeUndefined();
});

test.each<[string, string, string | undefined]>([
  // what to open, for sh, for Windows where that is another
  ['a/b.yaml:1:2', 'code --goto "a/b.yaml:1:2"', undefined],
  ["it's (1) & more;#~*?[]{}|<>.yaml:1:2", `code --goto "it's (1) & more;#~*?[]{}|<>.yaml:1:2"`, undefined],
  ['-a.yaml:1:2', 'code --goto "./-a.yaml:1:2"', undefined],
  ['a-b.yaml:1:2', 'code --goto "a-b.yaml:1:2"', undefined],
  ...['"', '“', '”', '„', '$', '`', '%', '!', '\\'].map((sign): [string, string, string] => [
    `a${sign}b:1:2`,
    `code --goto 'a${sign}b:1:2'`,
    'none',
  ]),
  [`a$'b'`, String.raw`code --goto 'a$'\''b'\'''`, 'none'],
  ['-$', "code --goto './-$'", 'none'],
  ['a\tb', String.raw`code --goto "$(printf %b 'a\0011b')"`, 'none'],
  ['a\u0003\\n\'"b', String.raw`code --goto "$(printf %b 'a\0003\\n'\''"b')"`, 'none'],
  ['窓\u202e口', String.raw`code --goto "$(printf %b '窓\0342\0200\0256口')"`, 'none'],
])('what is to be pasted for %j', (place, posix, windows) => {
  expect(copiedCommand(place, 'linux')).toBe(posix);
  expect(copiedCommand(place, 'darwin')).toBe(posix);
  expect(copiedCommand(place, 'win32')).toBe(windows === 'none' ? undefined : posix);
});

test.each<[string, OpenRequest | undefined]>([
  ['{"file":"a","path":[]}', { file: 'a', path: [] }],
  ['{"file":"a","path":["b",0,"c"]}', { file: 'a', path: ['b', 0, 'c'] }],
  ['{"file":"","path":[""],"line":1,"more":2}', { file: '', path: [''] }],
  ['{"file":"a","line":1,"column":1}', { file: 'a', line: 1, column: 1 }],
  ['{"file":"a","path":"b","line":2,"column":3}', { file: 'a', line: 2, column: 3 }],
  ['{"file":"a","path":null,"line":2,"column":3}', { file: 'a', line: 2, column: 3 }],
  ...[
    ...['', 'x', 'null', 'true', '1', '"a"', '[]', '{}', '{"file":"a"', '{"file":"a"}', '{"path":[]}'],
    ...['{"file":1,"path":[]}', '{"file":null,"path":[]}', '{"file":["a"],"path":[]}'],
    ...['{"file":"a","path":[{}]}', '{"file":"a","path":["b",null]}', '{"file":"a","path":[true,"b"]}'],
    ...['{"file":"a","path":[["b"]]}', '{"file":"a","path":{}}', '{"file":"a","path":"b"}'],
    ...['{"file":"a","line":1}', '{"file":"a","column":1}', '{"file":"a","line":0,"column":1}'],
    ...['{"file":"a","line":1,"column":0}', '{"file":"a","line":-1,"column":1}', '{"file":"a","line":1.5,"column":1}'],
    ...['{"file":"a","line":"1","column":1}', '{"file":"a","line":1,"column":[1]}', '{"line":1,"column":1}'],
    ...['{"file":"a","line":1e999,"column":1}', '{"file":"a","line":true,"column":1}'],
  ].map((text): [string, undefined] => [text, undefined]),
])('what is asked for by %s', (text, request) => {
  expect(readOpenRequest(text)).toEqual(request);
});

import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import { checkContent } from '../src/content/check.ts';
import { readWorkingTree } from '../src/content/source/source.ts';
import { environmentProblem } from '../src/environment.ts';
import { openEditor } from '../src/preview/open-editor.ts';

describe('what the system refused is told, not taken for a defect of ours', () => {
  test.each(Object.entries(constants.errno))('%s with its path and a next step', (code, errno) => {
    const error = Object.assign(new Error(`${code}: of the system`), { code, errno: -errno, syscall: 'rename' });
    const told = environmentProblem(Object.assign(error, { path: 'out/a.pdf' }));
    expect(told).toMatch(/^ファイルを読み書きできません: out\/a\.pdf\(E\w+.*\)。.*ください。$/);
    expect(told).toContain(code);
    expect(environmentProblem(new Error('wrapped', { cause: error }))).toBe(told);
    expect(environmentProblem(Object.assign(error, { syscall: 'spawn git', path: 'git' }))).toMatch(
      /起動できません: git/,
    );
    expect(environmentProblem(Object.assign(error, { syscall: 'watch' }))).toMatch(/見張れません/);
  });

  test.each([
    new TypeError('x is not a function'),
    new RangeError('Invalid array length'),
    Object.assign(new TypeError('The "path" argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
    Object.assign(new Error('no such code'), { code: 'EVERYTHING' }),
    'a text',
    undefined,
  ])('a defect of ours stays one: %s', (error) => expect(environmentProblem(error)).toBeUndefined());
});

test.each(['/dev/null/editor', '/dev/null', 'no-such-editor'])(
  'the editor %s cannot be started: said, not thrown',
  async (editor) => {
    const before = process.env.LAUNCH_EDITOR;
    process.env.LAUNCH_EDITOR = editor;
    try {
      const content = checkContent(readWorkingTree('tests/city'));
      const answer = await openEditor({ file: 'measures/1-1-1.yaml', path: ['取組'] }, content);
      expect(answer?.failure).toMatch(/^エディタを開けませんでした/);
    } finally {
      if (before === undefined) delete process.env.LAUNCH_EDITOR;
      else process.env.LAUNCH_EDITOR = before;
    }
  },
);

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from '../../src/model/visible.ts';
import { copiedCommand } from '../../src/preview/open-editor.ts';
import { temporary } from '../compare/repository.ts';

const nasty = [
  ...[
    '$(touch owned)',
    '`touch owned`',
    '"; touch owned; "',
    "'; touch owned; '",
    '; touch owned',
    '&& touch owned',
    '| touch owned',
  ],
  ...[
    '$HOME',
    '\u0024{HOME}',
    '!!',
    '!1',
    '\\',
    '\\\\',
    "\\'",
    '%PATH%',
    '$env:PATH',
    '*',
    '?',
    '[a-z]',
    '~',
    '#',
    ' ',
    '  ',
    '-x',
    '--',
    '“',
    '(',
    ')',
  ],
  ...[
    '\n',
    '\r',
    '\t',
    '\u001b[31m',
    '\u0003',
    '\u0016',
    '\u202e',
    '\u2028',
    '%s',
    '%b',
    '\\0101',
    '\\n',
    '\u009b',
    '窓口',
    '𠮟',
    '.yaml',
  ],
];
const place = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'grapheme', maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => `${pieces.join('').replaceAll('\0', '')}:1:2`);

const shells = ['sh', 'bash', 'dash', 'zsh'].filter((shell) => existsSync(`/bin/${shell}`));

test.skipIf(process.platform === 'win32')(
  'every POSIX shell passes the name on as it is, and runs nothing of it',
  () => {
    const places = fc.sample(place, { numRuns: 400, seed: 30 });
    places.push(...nasty.map((text) => `content/measures/${text}.yaml:1:2`), ...nasty.map((text) => `${text}:1:2`));
    const script = places.map((one) => copiedCommand(one, 'linux')).join('\n');
    for (const line of script.split('\n')) expect(visible(line)).toBe(line);
    expect(shells.length).toBeGreaterThan(0);
    for (const shell of shells) {
      const cwd = temporary();
      const { stdout, stderr } = spawnSync(shell, ['-c', `code() { printf '%s\\0' "$2"; }\n${script}`], {
        cwd,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(stdout.split('\0').slice(0, -1)).toEqual(places.map((one) => (one.startsWith('-') ? `./${one}` : one)));
      expect(existsSync(`${cwd}/owned`)).toBe(false);
    }
  },
);

test('for Windows: what PowerShell and cmd both take as it is, else nothing', () => {
  for (const one of [
    ...fc.sample(place, { numRuns: 400, seed: 31 }),
    ...nasty.map((text) => `content/${text}.yaml:1:2`),
  ]) {
    const command = copiedCommand(one, 'win32');
    const [, inner = ''] = /^code --goto "(.*)"$/s.exec(command ?? '') ?? [];
    if (command === undefined) expect(one).toMatch(/["“”„$`%!\\]|[\p{Cc}\p{Cf}\p{Zl}\p{DI}]/u);
    else {
      expect(inner).toBe(one.startsWith('-') ? `./${one}` : one);
      expect(inner).not.toMatch(/["“”„$`%!\\]|[\p{Cc}\p{Cf}]/u);
    }
  }
  expect(copiedCommand('content/measures/1-1-1.yaml:25:10', 'win32')).toBe(
    'code --goto "content/measures/1-1-1.yaml:25:10"',
  );
  expect(copiedCommand("content/it's & (R8).yaml:1:1", 'win32')).toBe('code --goto "content/it\'s & (R8).yaml:1:1"');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { runHere } from '../cli/run.ts';
import { MemoryContent } from './contents.ts';
import { history } from './history.ts';
import { git, repositoryOf } from './repository.ts';

/** The city, and what it is after each change. */
function states(): MemoryContent[] {
  const all = [new MemoryContent()];
  for (const { change } of history) {
    const next = new MemoryContent(all.at(-1)?.files);
    change(next);
    all.push(next);
  }
  return all;
}

test('each kind of change is told as itself, and nothing else', async () => {
  const parsed = new ParsedFiles();
  const editions = states().map((content, index) => content.edition(`v${index}`, parsed));
  const told = history.map(({ name }, index) => {
    const [base, head] = editions.slice(index, index + 2);
    if (!base || !head) throw new Error(name);
    return `## ${name}\n\n${terminalText(compare(base, head), { color: false, width: 100 })}`;
  });
  await expect(told.join('\n')).toMatchFileSnapshot('../refs/diff/history.txt');
});

test('in a repository: over all at once the same to the working tree, to a ref, to a folder; exit codes', async () => {
  const folder = repositoryOf(states());
  const last = `v${history.length - 1}`;
  git(folder, 'checkout', '-q', last);
  const whole = async (args: string[]) =>
    JSON.parse((await runHere(folder, ['diff', ...args, '--format', 'json'])).stdout);
  const old = join(folder, 'old/content');
  new MemoryContent().lay(old);
  const [refs, tree, folders] = [await whole(['v0', last]), await whole(['v0']), await whole([old, './content'])];
  const findings = ({ base: _, head: __, diagnostics: ___, ...rest }: Record<string, unknown>) => rest;
  expect(findings(tree)).toEqual(findings(refs));
  expect(findings(folders)).toEqual(findings(refs));
  expect(refs.same).toBe(false);
  expect(git(folder, 'status', '--porcelain', '--', 'content')).toBe('');

  // --exit-code: 1 with changes, 0 without; errors in the content are told and are no failure.
  expect((await runHere(folder, ['diff', 'v0', 'v1', '--exit-code'])).status).toBe(1);
  const same = await runHere(folder, ['diff', 'v14', 'v15', '--exit-code']);
  expect(same.status).toBe(0);
  expect(same.stdout).toContain('内容の違いはありません。');
  const broken = await runHere(folder, ['diff', `v${history.length}`, 'v1']);
  expect(broken.status).toBe(0);
  expect(broken.stderr).toContain(`v${history.length}:content/measures/2-1-1.yaml:`);
  git(folder, 'checkout', '-q', 'main');
  expect(readFileSync(join(folder, 'content/measures/2-1-1.yaml'), 'utf8')).toContain('閉じていない');
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const guides = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guides];
const textOf = (name: string) => readFileSync(name, 'utf8');

/** The anchor that GitHub gives a heading. */
const anchors = (name: string) =>
  [...textOf(name).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(documents)('%s: links lead somewhere', (name) => {
  const links = [...textOf(name).matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? name : join(dirname(name), path);
    return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(documents)('%s: options go to npx, as npm of Windows PowerShell drops the --', (name) => {
  expect(textOf(name)).not.toMatch(/npm run [\w:]+ -- /);
});

test('every dependency has its reason', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<string, object>;
  const reasons = textOf('docs/dependencies.md');
  const missing = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !reasons.includes(name));
  expect(missing).toEqual([]);
});

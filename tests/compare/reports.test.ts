// One revision with every kind of finding, as a whole: what each report says of it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { htmlPage } from '../../src/compare/html.ts';
import { comparisonJson } from '../../src/compare/json.ts';
import { markdownText } from '../../src/compare/markdown.ts';
import { diffText } from '../../src/compare/report.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import type { Compared } from '../../src/compare/two-editions.ts';
import { edition, measure, side } from './editions.ts';
import { revision } from './revision.ts';

function compared(errors: boolean): Compared {
  const files = revision({ errors });
  const [base, head] = [files.base.edition('v1'), files.head.edition('v2')];
  return { base, head, comparison: compare(base, head), changed: true };
}

/** The same, made once: no report may change what it is given. */
const [whole, broken] = [compared(false), compared(true)];

test('the findings', () => {
  // The reports are made of these: what is in them all at once is not the comparison's fault.
  expect(compared(true).comparison).toEqual(broken.comparison);
  expect(compared(false).comparison).toEqual(whole.comparison);
});

test('no key without a value: what is absent is not there', () => {
  const check = (value: unknown, place: string): void => {
    expect(value, place).not.toBe(undefined);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) check(inner, `${place}.${key}`);
  };
  // Made here: what makes the findings is what is tested.
  check(compared(true).comparison, '');
});

test('in the terminal', async () => {
  const text = terminalText(broken.comparison, { color: false, width: 80 });
  await expect(text).toMatchFileSnapshot('../refs/diff/revision.txt');
});

test('in the terminal, in colours', async () => {
  const text = terminalText(whole.comparison, { color: true, width: 100 }).replaceAll('\u001b', '\\e');
  await expect(text).toMatchFileSnapshot('../refs/diff/revision-in-colours.txt');
});

test('as a comment on a pull request', async () => {
  await expect(markdownText(broken.comparison, '(全部)')).toMatchFileSnapshot('../refs/diff/revision.md');
});

test('as a page', async () => {
  await expect(htmlPage(broken.comparison)).toMatchFileSnapshot('../refs/diff/revision.html');
});

test('as JSON', async () => {
  const { base, head, comparison } = broken;
  const json = comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics });
  await expect(json).toMatchFileSnapshot('../refs/diff/revision.json');
});

test('each report by its name; a comment says where all is to be seen', async () => {
  const { base, head, comparison } = whole;
  const terminal = { color: false, width: 90 };
  expect(await diffText(whole, 'pretty', terminal)).toBe(terminalText(comparison, terminal));
  expect(await diffText(whole, 'pretty', { color: true, width: 40 })).toBe(
    terminalText(comparison, { color: true, width: 40 }),
  );
  expect(await diffText(whole, 'html', terminal)).toBe(htmlPage(comparison));
  expect(await diffText(whole, 'json', terminal)).toBe(
    comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics }),
  );
  expect(await diffText(whole, 'markdown', terminal)).toBe(markdownText(comparison, ''));
  const long = measure('1-1-1', { description: '長'.repeat(70_000) });
  const [old, fresh] = [side(edition([measure('1-1-1')])), side(edition([long]))];
  const large = { base: old, head: fresh, comparison: compare(old, fresh), changed: true };
  const end = (text: string) => text.slice(text.lastIndexOf('</b>') + 4);
  expect(end(await diffText(large, 'markdown', terminal))).toBe(' `--format html` で全部を見られます。\n');
  expect(end(await diffText(large, 'markdown', { ...terminal, elsewhere: 'そこ' }))).toBe(' そこ\n');
});

test('without any difference', async () => {
  const { base } = whole;
  const comparison = compare(base, { ...base, name: 'HEAD' });
  const lines = 'v1(令和12年12月1日改定) → HEAD(令和12年12月1日改定)';
  expect(terminalText(comparison, { color: false, width: 80 })).toBe(`${lines}\n\n内容の違いはありません。\n`);
  expect(markdownText(comparison, '')).toBe(`## 施策集の変更点\n\n${lines}\n\n内容の違いはありません。\n`);
  const main = /<main>\n(.*)\n<\/main>/s.exec(htmlPage(comparison))?.[1];
  expect(main).toBe(`<h1>施策集の変更点</h1>\n<p>${lines}</p>\n<p>内容の違いはありません。</p>`);
  expect(JSON.parse(comparisonJson(comparison, { base: [], head: [] }))).toMatchObject({ version: 2, same: true });
});

/** The places of a JSON value and what stands there: budgets.years[] string. */
function placesOf(value: unknown, place = '', found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  if (Array.isArray(value)) for (const item of value) placesOf(item, `${place}[]`, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) placesOf(inner, place === '' ? key : `${place}.${key}`, found);
  else found.set(place, (found.get(place) ?? new Set()).add(value === null ? 'null' : typeof value));
  return found;
}

test('JSON: every key that there may be, with the type of its value, and docs/diff.md names each', () => {
  const { base, head, comparison } = broken;
  const json = JSON.parse(comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics }));
  const { diagnostics, ...findings } = json;
  expect(Object.keys(diagnostics)).toEqual(['base', 'head']);
  const told = [...placesOf(findings)].map(([place, types]) => `${place} ${[...types].sort().join('|')}`).sort();
  const run = (place: string) => [`${place}[].kind string`, `${place}[].text string`];
  const name = (place: string) => [`${place}.name string`, `${place}.number string`];
  const amounts = (place: string, after: string) => [
    ...name(place),
    `${place}.before[] number`,
    `${place}.after[] ${after}`,
    `${place}.difference[] number`,
    `${place}.sum.before number`,
    `${place}.sum.after ${after}`,
    `${place}.sum.difference number`,
  ];
  const sideKeys = (place: string) => [
    `${place}.name string`,
    `${place}.revised string`,
    `${place}.errors number`,
    `${place}.warnings number`,
    `${place}.measures number`,
    `${place}.reprints number`,
  ];
  const field = (place: string) => [`${place}.field string`, `${place}.kind string`, `${place}.type string`];
  const measures = 'measures[]';
  expect(told).toEqual(
    [
      'version number',
      'same boolean',
      ...sideKeys('base'),
      ...sideKeys('head'),
      ...field('edition[]'),
      ...run('edition[].runs'),
      ...run('edition[].items'),
      'continued[] string',
      'structure[].level string',
      ...name('structure[].base'),
      ...name('structure[].head'),
      ...run('structure[].runs'),
      ...['kind', 'department', 'section', 'from'].map((key) => `organization[].${key} string`),
      ...['field', 'before', 'after', 'measures[]'].map((key) => `renames[].${key} string`),
      ...['kind', 'path', 'title', 'titleBefore', 'alternative'].map((key) => `annexes[].${key} string`),
      ...run('annexes[].alternativeRuns'),
      `${measures}.kind string`,
      ...['base', 'head'].flatMap((of) => [
        `${measures}.${of}.id string`,
        `${measures}.${of}.title string`,
        ...name(`${measures}.${of}.group`),
        `${measures}.${of}.reprintOf string`,
      ]),
      `${measures}.renumbered boolean`,
      `${measures}.moved boolean`,
      `${measures}.reprint string`,
      ...field(`${measures}.fields[]`),
      `${measures}.fields[].year string`,
      ...run(`${measures}.fields[].runs`),
      ...run(`${measures}.fields[].items`),
      ...['before', 'after'].flatMap((key) => [
        `${measures}.fields[].${key} number|string`,
        `${measures}.fields[].${key}[].label string`,
      ]),
      `${measures}.fields[].before[].amount number`,
      `${measures}.fields[].after[].amount number|string`,
      `${measures}.fields[].difference number`,
      'counts[].name string',
      'counts[].count number',
      ...['years', 'onlyBefore', 'onlyAfter'].map((key) => `budgets.${key}[] string`),
      ...amounts('budgets.categories[]', 'null|number'),
      ...amounts('budgets.total', 'number'),
      ...['side', 'file', 'field', 'year'].map((key) => `unread[].${key} string`),
    ].sort(),
  );
  const docs = readFileSync('docs/diff.md', 'utf8');
  const keys = new Set(told.flatMap((line) => (line.split(' ')[0] ?? '').split(/[.[\]]+/)).filter(Boolean));
  expect([...keys].filter((key) => !docs.includes(key))).toEqual([]);
});

test('JSON: what the keys say', () => {
  const { base, head, comparison } = broken;
  const json = JSON.parse(comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics }));
  expect(json.base).toEqual({
    name: 'v1',
    revised: '令和12年12月1日',
    errors: 1,
    warnings: 1,
    measures: 10,
    reprints: 3,
  });
  expect(json.head).toEqual({
    name: 'v2',
    revised: '令和13年3月1日',
    errors: 2,
    warnings: 0,
    measures: 10,
    reprints: 3,
  });
  expect([json.version, json.same]).toEqual([2, false]);
  expect(json.diagnostics.base.map(({ file, code }: Record<string, string>) => [file, code])).toEqual([
    ['v1:content/edition.yaml', 'licence-missing'],
    ['v1:content/measures/3-1-5.yaml', 'not-an-amount'],
  ]);
  expect(json.diagnostics.head.map(({ file }: Record<string, string>) => file)).toEqual([
    'v2:content/measures/1-2-9.yaml',
    'v2:content/measures/1-2-9.yaml',
  ]);
  expect(json.unread).toEqual([
    { side: 'base', file: 'measures/3-1-5.yaml', field: '予算額', year: 'R11' },
    { side: 'head', file: 'measures/1-2-9.yaml' },
  ]);
  const of = (id: string) => json.measures.find((one: { head?: { id: string } }) => one.head?.id === id);
  expect(of('3-2-1')).toEqual({
    kind: 'changed',
    base: { id: '3-1-5', title: '学校図書館の電子書籍', group: { number: '3-1', name: '学校' } },
    head: { id: '3-2-1', title: '学校図書館の電子書籍', group: { number: '3-2', name: '図書館' } },
    renumbered: true,
    moved: true,
    fields: [],
  });
  // Only the number of its 中項目 changed: it did not move.
  expect(of('2-2-1')).toMatchObject({ renumbered: true, moved: false, base: { id: '2-1-1' } });
  expect([of('3-1-1').reprint, of('3-1-3').reprint, of('3-1-4').reprint]).toEqual(['dissolved', 'made', undefined]);
});

test('JSON holds nothing hidden, and ends with a line break', () => {
  const hidden = {
    ...whole.comparison,
    base: { name: '\u001b[31m\u202e\u{e0001}', errors: 0, warnings: 0, measures: 0, reprints: 0 },
  };
  const json = comparisonJson(hidden, { base: [], head: [] });
  expect(json).toContain('\\u001b[31m\\u202e\\udb40\\udc01');
  expect(JSON.parse(json).base.name).toBe(hidden.base.name);
  expect(json.endsWith('\n}\n')).toBe(true);
});

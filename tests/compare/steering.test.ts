import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlPage } from '../../src/compare/html.ts';
import { comparisonJson } from '../../src/compare/json.ts';
import { markdownText } from '../../src/compare/markdown.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import { visible } from '../../src/model/visible.ts';
import { anyText, comparisonOf } from './any-text.ts';
import { calls, commentTags, nodesOf, rendered, tagsOf } from './rendered.ts';

/** A comparison in which every text of a person is another one. */
const comparison = fc.gen().map((generate) => comparisonOf(() => generate(() => anyText)));
const check = (property: Parameters<typeof comparison.map>[0], numRuns = Number(process.env.RUNS ?? 25)) =>
  fc.assert(
    fc.property(comparison, (value) => void property(value)),
    { numRuns, seed: 10 },
  );

/** But for line breaks of its own making. */
const isVisible = (text: string) => expect(visible(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
// What picocolors writes.
const colors = new RegExp(`${'\u001b'}\\[(?:1|2|9|22|29|31|32|33|36|39)m`, 'g');

test('a terminal gets nothing but text and our own colours', () => {
  check((value) => {
    isVisible(terminalText(value, { color: false, width: 80 }));
    isVisible(terminalText(value, { color: true, width: 80 }).replaceAll(colors, ''));
  });
  const red = comparisonOf(() => '\u001b[31m');
  const painted = comparisonOf(() => 'xxxxxxxxx');
  const count = (text: string) => text.match(colors)?.length;
  expect(count(terminalText(red, { color: true, width: 500 }))).toBe(
    count(terminalText(painted, { color: true, width: 500 })),
  );
  expect(terminalText(red, { color: true, width: 500 })).toContain('\\u{1b}[31m');
});

test('JSON is the comparison, with nothing hidden in it', () => {
  check((value) => {
    const json = comparisonJson(value, { base: [], head: [] });
    isVisible(json);
    expect(JSON.parse(json)).toMatchObject({ unread: value.unread, renames: value.renames });
  });
});

test('Markdown as GitHub renders it: text is text', () => {
  check((value) => {
    const markdown = markdownText(value, 'すべて');
    isVisible(markdown);
    const html = rendered(markdown);
    expect(tagsOf(html).filter((tag) => !commentTags.includes(tag))).toEqual([]);
    expect([...html.matchAll(/<h[23]>/g)].length).toBe([...markdown.matchAll(/^##/gm)].length);
    expect(html).not.toMatch(/<[^>]* (?:href|src|on\w+)=/);
    for (const node of nodesOf(html)) expect(node).not.toMatch(calls);
    // What is between the marks of a change is what the content says.
    const [, added = ''] = /<ins>(.*?)<\/ins>/s.exec(html) ?? [];
    const run = value.edition[0]?.type === 'text' ? value.edition[0].runs[2]?.text : '';
    expect(nodesOf(added.replaceAll('<br>', '\n')).join('')).toBe((run ?? '').split('\n').map(visible).join('\n'));
  });
});

test('the page: text is text', () => {
  check((value) => {
    const page = htmlPage(value);
    isVisible(page);
    expect(page).not.toMatch(/<(?:script|img|a href="(?!#m))/);
    const body = page.slice(page.indexOf('<main>'));
    const own =
      'a article body caption del div h1 h2 h3 html ins li main nav p section span strong table tbody td th thead tr ul';
    expect(tagsOf(body).filter((tag) => !own.split(' ').includes(tag))).toEqual([]);
  });
});

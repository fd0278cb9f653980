import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { htmlPage } from '../../src/compare/html.ts';
import { markdownText } from '../../src/compare/markdown.ts';
import { type ComparedEdition, readEdition } from '../../src/compare/read.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { measuresOf } from '../../src/model/edition.ts';
import type { Measure } from '../../src/model/measure.ts';
import { commentTags, nodesOf, rendered, tagsOf } from './rendered.ts';

const real = readEdition('main', readWorkingTree('content'), new ParsedFiles());
const city = readEdition('main', readWorkingTree('tests/city'), new ParsedFiles());
const elsewhere = '[全部](https://example.invalid/artifact)';

function changed(base: ComparedEdition, change: (measure: Measure, index: number) => void): Comparison {
  const edition = structuredClone(base.edition);
  for (const [index, measure] of measuresOf(edition).entries()) change(measure, index);
  return compare(base, { ...base, name: 'HEAD', edition });
}

const nasty = [
  '| a | b |',
  '<script>alert(1)</script><img src=x onerror=y>',
  '@user @org/team a@example.com',
  '#12 GH-12 owner/name#12',
  '`code` ```fence``` **太字** _斜体_ ~~消す~~',
  '[link](https://example.com) ![画像](x) https://example.com www.example.com',
  ':tada: $x^2$ &lt;b&gt; &#64;user \\| \\n',
  '</details></table><!-- 注記 -->',
  '- 箇条\n\n# 見出し\n\n> 引用\n\n    字下げ\n\n1. 番号\n\n---\n\n| a |\n|---|',
  '\'\'\' """ {{ x }} [x]: y [^1] - [ ] 作業',
];

test('content stays text: no Markdown, no HTML, no mention, no issue, no link', () => {
  for (const text of nasty) {
    const markdown = markdownText(
      changed(city, (measure, index) => {
        if (measure.reprintOf !== undefined) return;
        measure.title = text.replaceAll('\n', ' ');
        if (index % 2 === 0) measure.description = text;
      }),
      elsewhere,
    );
    const html = rendered(markdown);
    expect(tagsOf(html).filter((tag) => !commentTags.includes(tag))).toEqual([]);
    for (const node of nodesOf(html)) {
      expect(node).not.toMatch(/@\w|#\d|GH-\d|https?:\/\/|www\.|:tada:/);
    }
    const whole = nodesOf(html).join('');
    for (const line of text.split('\n').filter((part) => part !== '')) expect(whole).toContain(line);
    expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  }
});

test('any text comes out of the renderer as it went in', () => {
  const piece = fc.oneof(
    fc.constantFrom(...nasty.flatMap((text) => text.split(/(?<=\W)/))),
    fc.string(),
    fc.constantFrom('\n', '窓口'),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replaceAll(/\p{Cc}/gu, (sign) => (sign === '\n' ? sign : ''));
      fc.pre(text.trim() !== '' && !/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/.test(text));
      const comparison = changed(city, (measure) => {
        if (measure.id === '1-1-1') measure.effect = `件数${text}`;
      });
      const html = rendered(markdownText(comparison, elsewhere));
      const cell = /効果・KPI<\/td><td>(.*?)<\/td>/s.exec(html)?.[1] ?? '';
      const shown = nodesOf(cell.replaceAll('<br>', '\n').replace(/<del>.*?<\/del>/gs, '')).join('');
      expect(shown.replaceAll(/\s+/g, ' ').trim().endsWith(text.replaceAll(/\s+/g, ' ').trim())).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a table of counts first, budget totals, one block a measure', () => {
  const comparison = changed(city, (measure) => {
    if (measure.id === '1-1-1') Object.assign(measure.schedule.R11 ?? {}, { budget: 11_000 });
  });
  const markdown = markdownText(comparison, elsewhere);
  const html = rendered(markdown);
  expect(markdown).not.toContain(elsewhere);
  expect(html.indexOf('<td>取組の変更</td>')).toBeGreaterThan(0);
  expect(html.indexOf('<td>取組の変更</td>')).toBeLessThan(html.indexOf('予算額の合計'));
  expect(html).toContain('<td align="right">12,500 → 11,000 (−1,500)</td>');
  expect(html.match(/<details>/g)).toHaveLength(1);
  expect(html).toContain('<del>12,500</del> → <ins>11,000</ins> (−1,500千円)');
});

test('never longer than GitHub takes; what is left out is counted and linked', () => {
  for (const length of [40, 400, 4_000, 80_000]) {
    const comparison = changed(real, (measure, index) => {
      // The longest are few: a file may be no larger than this.
      if (measure.reprintOf === undefined && (length < 80_000 || index % 50 === 0))
        measure.description = '*|<@'.repeat(length / 4) + index;
    });
    const markdown = markdownText(comparison, elsewhere);
    expect(markdown.length).toBeLessThan(65_536);
    const shown = rendered(markdown).match(/<details>/g)?.length ?? 0;
    const left = Number(/ほか取組 (\d+) 件/.exec(markdown)?.[1] ?? 0);
    expect(shown + left).toBe(comparison.measures.length);
    expect(markdown.includes(elsewhere)).toBe(left > 0);
  }
});

test('the page holds every change, needs nothing from outside, and has one heading per measure', () => {
  const comparison = changed(real, (measure) => {
    if (measure.reprintOf === undefined) measure.effect = `<b>&"'${measure.id}`;
  });
  const page = htmlPage(comparison);
  expect(page).not.toMatch(/<(script|link|img|iframe)|src=|url\(|https?:/);
  expect(page.match(/<article /g)).toHaveLength(comparison.measures.length);
  expect(page).not.toContain('<b>&');
  for (const { head } of comparison.measures) expect(page).toContain(`${head?.id}`);
  const identifiers = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(identifiers).size).toBe(identifiers.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(identifiers).toContain(target);
});

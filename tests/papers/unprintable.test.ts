import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MemoryContent } from '../compare/contents.ts';
import { readPdf } from '../pdf/read-pdf.ts';
import { writePapers } from './lasting.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signs: [string, written: string, printed: string][] = [
  ['an emoji', '"試行\\U0001F600"', '試行〓'],
  ['half of a character', '"歩行\\uD842"', '歩行〓'],
  ['private use', '通行\ue000', '通行〓'],
  ['a control character', '"飛行\\0"', '飛行〓'],
  ['an invisible character', '航\u200b行', '航〓行'],
  ['kanji of two units', '𠮟・𩸽', '𠮟・𩸽'],
];

/** What is drawn on the pages of each paper, each way round: all signs in cells of their own. */
const drawn = new Map<string, string>();
beforeAll(async () => {
  const [base, head] = [new MemoryContent(), new MemoryContent()];
  const [plan, ...others] = signs.map(([, written]) => written);
  head.replace('measures/1-2-1.yaml', '内容: 試行', `内容: ${plan}`);
  for (const [index, key] of ['R11', 'R12'].entries()) {
    head.replace('measures/1-2-1.yaml', `${key}: {}`, `${key}: { 内容: ${others[index]} }`);
    head.replace('measures/2-1-1.yaml', `${key}: {}`, `${key}: { 内容: ${others[index + 2]} }`);
  }
  head.replace('measures/2-1-1.yaml', '内容: 機器の選定', `内容: ${others[4]}`);
  base.lay(join(folder, 'base'));
  head.lay(join(folder, 'head'));
  for (const [from, to] of [
    ['base', 'head'],
    ['head', 'base'],
  ] as const) {
    const out = join(folder, `out-${from}`);
    const pages = from === 'base' ? { pages: join(out, 'pages') } : {};
    const { whole } = await writePapers(join(folder, from), join(folder, to), { pdf: true, ...pages, out });
    expect(whole).toBe(true);
    if (pages.pages) expect(readdirSync(pages.pages)).toHaveLength(4);
    for (const name of ['新旧対照表', '見え消し']) {
      const { pages } = await readPdf(join(out, `取組集_${name}.pdf`));
      drawn.set(`${from} ${name}`, pages.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('\n'));
    }
  }
});

test.each(signs)('%s is shown in the papers of a comparison as the fonts can', (_, __, printed) => {
  expect(drawn.size).toBe(4);
  for (const text of drawn.values()) expect(text).toMatch(new RegExp([...printed].join('[^ぁ-んァ-ン一-龠]*?')));
});

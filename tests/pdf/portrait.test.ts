import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cityFolder, edit, runHere } from '../cli/run.ts';
import { bare, type Pdf, readPdf } from './read-pdf.ts';

/** An edition of a few sheets; the live one with EDITION=content. */
const edition = process.env.EDITION ?? 'tests/lake';
// What is expected comes from the YAML files by the yaml library alone.
const files = readdirSync(`${edition}/measures`).map((name) =>
  parse(readFileSync(`${edition}/measures/${name}`, 'utf8')),
);
const { 書名: title } = parse(readFileSync(`${edition}/edition.yaml`, 'utf8'));
const byId = new Map(files.map((file) => [file.番号, file]));
const figure = (amount: unknown) =>
  typeof amount === 'number' ? amount.toLocaleString('en-US') : String(amount ?? '');

let folder: string;
let pdf: Pdf;
/** The text of each measure, from its heading to the next one, without white space and without running headers. */
const texts = new Map<string, string>();
beforeAll(async () => {
  folder = cityFolder();
  const content = join(process.cwd(), edition);
  expect(await runHere(folder, ['build', '--portrait', '--content', content])).toMatchObject({ status: 0 });
  pdf = await readPdf(join(folder, `out/${title}_A4.pdf`));
  const begins = new Map(
    pdf.bookmarks.filter(({ depth }) => depth === 2).map(({ title, page }) => [page, title.split(' ')[0] ?? '']),
  );
  let id = '';
  for (const [index, page] of pdf.pages.entries()) {
    id = begins.get(index + 1) ?? id;
    const body = page.pieces.filter(({ y0, y1 }) => y1 < page.height - 40 && y0 > 40);
    texts.set(id, (texts.get(id) ?? '') + bare(body.map(({ text }) => text).join('')));
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every measure begins a page of its own, on A4 portrait, with a bookmark', () => {
  expect([...texts.keys()].sort()).toEqual([...byId.keys()].sort());
  for (const { width, height } of pdf.pages) expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  expect(pdf.pages.length).toBeLessThan(byId.size * 1.15 + 1);
});

test.each([...byId.keys()])('%s: every text and figure, in reading order', (id) => {
  const own = byId.get(id);
  const target = byId.get(own.再掲 ?? id);
  const wanted: string[] = [
    `${id}${own.取組 ?? target.取組}`,
    own.区分,
    ...(own['担当局・部'] ?? target['担当局・部']),
    ...(own.担当課 ?? target.担当課),
    ...(own.再掲
      ? [`※再掲(${own.再掲})`]
      : [own.取組内容 ?? '', own['効果・KPI'] ?? '', own['現状・実績・目標'] ?? '']),
  ];
  for (const [year, entry] of Object.entries<Record<string, unknown> | null>(own.スケジュール ?? {})) {
    const budget = entry?.予算額;
    const amounts = Array.isArray(budget) ? budget.flatMap(({ 区分, 額 }) => [区分, figure(額)]) : [figure(budget)];
    wanted.push(year, String(entry?.項目 ?? ''), String(entry?.内容 ?? ''), ...amounts, String(entry?.事業実績 ?? ''));
  }
  let at = 0;
  for (const text of wanted.map(bare)) {
    const found = texts.get(id)?.indexOf(text, at) ?? -1;
    expect(found, `「${text}」 after ${texts.get(id)?.slice(0, at).slice(-20)}`).toBeGreaterThanOrEqual(0);
    at = found + text.length;
  }
});

test('nothing is over a rule, past the edge or over other text', () => {
  const share = (a0: number, a1: number, b0: number, b1: number) => Math.min(a1, b1) - Math.max(a0, b0);
  for (const [index, { pieces, rules, width }] of pdf.pages.entries())
    for (const [place, a] of pieces.entries()) {
      if (a.x0 < 40 || a.x1 > width - 40 || a.size < 9) expect.fail(`p. ${index + 1}: 「${a.text}」`);
      for (const rule of rules)
        if (rule.x > a.x0 + 0.3 && rule.x < a.x1 - 0.3 && share(rule.y0, rule.y1, a.y0, a.y1) > 0.3)
          expect.fail(`p. ${index + 1}: 「${a.text}」 crosses a rule`);
      for (const b of pieces.slice(place + 1))
        if (share(a.x0, a.x1, b.x0, b.x1) > 0.3 && share(a.y0, a.y1, b.y0, b.y1) > 0.3)
          expect.fail(`p. ${index + 1}: 「${a.text}」 and 「${b.text}」`);
    }
});

describe('what does not fit', () => {
  test('a word wider than its column breaks; a row taller than a page goes on on the next', async () => {
    const own = cityFolder();
    const path = join(own, 'content/measures/1-1-1.yaml');
    const text = readFileSync(path, 'utf8');
    edit(own, 'measures/1-1-1.yaml', '内容: 導入', `内容: ${'W'.repeat(30)}`);
    expect(await runHere(own, ['build', '--portrait', '--only', '1-1-1'])).toMatchObject({ status: 0, stderr: '' });
    const wide = await readPdf(join(own, 'out/取組集_1-1-1_A4.pdf'));
    const words = wide.pages.flatMap(({ pieces }) => pieces.filter(({ text: word }) => /^W+$/.test(word)));
    expect(words.map(({ text: word }) => word).join('')).toBe('W'.repeat(30));
    expect(words.length).toBeGreaterThan(1);
    const lines = Array.from({ length: 90 }, (_, index) => `その${index + 1}の実績`);
    writeFileSync(path, text.replace('事業実績: —', `事業実績: |-\n      ${lines.join('\n      ')}`));
    expect(await runHere(own, ['build', '--portrait', '--only', '1-1-1'])).toMatchObject({ status: 0, stderr: '' });
    const { pages } = await readPdf(join(own, 'out/取組集_1-1-1_A4.pdf'));
    const whole = pages.map(({ pieces }) => bare(pieces.map((piece) => piece.text).join(''))).join('');
    for (const line of lines) expect(whole).toContain(line);
    rmSync(own, { recursive: true });
  });
});

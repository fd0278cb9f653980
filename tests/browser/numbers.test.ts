import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { getDocument } from '../pdf/pdfjs.ts';
import { accessibilityProblems, type OpenPreview, openPreview } from './open-preview.ts';
import { amountOf, lackingIn, type Written, writtenMeasures } from './written-measures.ts';

let opened: OpenPreview;
/** Addresses that the page asked for before the numbers were shown. */
let early: string[];
const files = writtenMeasures('tests/lake');
const years = ['R20', 'R21', 'R22', 'R23'];
const categories = ['1', '2'];
const separated = (number: number) => number.toLocaleString('en-US');
const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const budget = (own: readonly Written[], year: string) =>
  total(own.map((file) => amountOf(file.スケジュール?.[year]?.予算額)));
const of = (category: string) => files.filter(({ 番号 }) => 番号.startsWith(`${category}-`));

beforeAll(async () => {
  opened = await openPreview();
  const { page } = opened;
  early = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  await page.getByRole('button', { name: '数字' }).click();
  await page.locator('#numbers svg.chart').nth(2).waitFor();
});
afterAll(() => opened.close());

/** A table's rows, heading first, as they are read. */
const table = (caption: string): Promise<string[][]> =>
  opened.page
    .locator('#numbers table', { has: opened.page.locator('caption', { hasText: caption }) })
    .first()
    .evaluate((found) =>
      [...found.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
    );
const chart = (place: number) => opened.page.locator('#numbers svg.chart').nth(place);

test('予算額 by 大項目 and 年度: the table has what the files add up to', async () => {
  const [heading, ...rows] = await table('予算額(千円)');
  expect(heading).toEqual(['大項目', ...years]);
  expect(rows.slice(0, -1).map(([name, ...cells]) => [name?.split(' ')[0], ...cells])).toEqual(
    categories.map((category) => [category, ...years.map((year) => separated(budget(of(category), year)))]),
  );
  expect(rows.at(-1)).toEqual(['計', ...years.map((year) => separated(budget(files, year)))]);
});

test('its chart: bars as high as their amounts, sums above them, a sentence for who does not see it', async () => {
  const bars = await chart(0)
    .locator('.bar')
    .evaluateAll((all) =>
      all.map((bar) => ({
        heights: [...bar.querySelectorAll('rect')].map((rect) => Number(rect.getAttribute('height'))),
        sum: bar.querySelector('.sum')?.textContent,
      })),
    );
  expect(bars.length).toBe(years.length);
  const scale = total(bars[3]?.heights ?? []) / budget(files, 'R23');
  for (const [index, year] of years.entries()) {
    for (const [layer, category] of categories.entries())
      expect(bars[index]?.heights[layer]).toBeCloseTo(budget(of(category), year) * scale, 0);
    expect(bars[index]?.sum).toBe(separated(Math.round(budget(files, year) / 1000)));
  }
  const description = await chart(0).getAttribute('aria-label');
  for (const year of years) expect(description).toContain(`${year} ${separated(budget(files, year))}千円`);
  expect(await opened.page.getByRole('img', { name: /年度ごとの予算額/ }).count()).toBe(1);
});

test('measures by 区分', async () => {
  const [heading, ...rows] = await table('取組の数(件)');
  expect(heading).toEqual(['大項目', '継続', '新規', '計', 'うち再掲']);
  const counts = (own: readonly Written[]) =>
    [
      own.filter(({ 区分 }) => 区分 === '継続').length,
      own.filter(({ 区分 }) => 区分 === '新規').length,
      own.length,
      own.filter(({ 再掲 }) => 再掲).length,
    ].map(String);
  expect(rows.slice(0, -1).map(([, ...cells]) => cells)).toEqual(categories.map((category) => counts(of(category))));
  expect(rows.at(-1)).toEqual(['計', ...counts(files)]);
  expect(await chart(1).locator('.bar .sum').allTextContents()).toEqual(
    categories.map((category) => String(of(category).length)),
  );
});

test('measures by mark, per year', async () => {
  const rows = await chart(2)
    .locator('xpath=ancestor::figure')
    .locator('tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const own = files.filter(({ 再掲 }) => !再掲);
  const { 項目の印: meanings } = parse(readFileSync('tests/lake/edition.yaml', 'utf8')) as {
    項目の印: Record<string, string>;
  };
  const marks = ['→', '◎', '○', '△', '—', '空欄'];
  const count = (mark: string, year: string) =>
    own.filter((file) => (file.スケジュール?.[year]?.項目 ?? '空欄') === mark).length;
  expect(rows).toEqual([
    ['項目', ...years],
    ...marks.map((mark) => [`${mark} ${meanings[mark]}`, ...years.map((year) => String(count(mark, year)))]),
    ['計', ...years.map(() => String(own.length))],
  ]);
});

test('every chart stands beside a table', async () => {
  const figures = opened.page.locator('#numbers figure');
  expect(await figures.count()).toBe(3);
  for (const figure of await figures.all()) {
    expect(await figure.locator('svg[role=img]').count()).toBe(1);
    expect(await figure.locator('table caption').count()).toBe(1);
    expect(await figure.locator('th[scope=row]').count()).toBeGreaterThan(2);
  }
});

test('an edit is in the numbers', async () => {
  const { preview } = opened;
  const before = budget(files, 'R20');
  preview.edit('measures/2-1-1.yaml', '予算額: 120000', '予算額: 220000');
  await expect.poll(firstSum).toBe(separated(before + 100_000));
  preview.edit('measures/2-1-1.yaml', '予算額: 220000', '予算額: 120000');
  await expect.poll(firstSum).toBe(separated(before));
});
/** The sum of the first 年度, as the page has it now. */
const firstSum = () => opened.page.locator('#numbers table').first().locator('tr.sum td').first().textContent();

test('largest changes against a ref: chart, table, and the way to the measure', async () => {
  const { page, preview } = opened;
  await page.fill('#numbers-ref', '--all');
  await page.keyboard.press('Enter');
  const status = page.locator('#numbers-ref-status');
  await expect.poll(() => status.textContent()).toMatch(/^「--all」は - で始まるため/);
  preview.edit('measures/1-1-2.yaml', '予算額: 1188', '予算額: 188');
  await compareChanged();
  await expect.poll(() => status.textContent()).toBe('v0 からの違い: 変更 2 件');
  const rows = await table('取組ごとの予算額の変化');
  expect(rows.map(([name, ...cells]) => [name?.split(' ')[0], ...cells])).toEqual([
    ['取組', ...years, '計'],
    ['2-1-1', '+100,000', '±0', '±0', '±0', '+100,000'],
    ['1-1-2', ...years.map((year) => (year === changedYear ? '−1,000' : '±0')), '−1,000'],
  ]);
  expect(await page.locator('#numbers .wide svg .sum').allTextContents()).toEqual(['+100,000', '−1,000']);
  const before = await table('大項目ごとの予算額');
  expect(before[2]?.[1]).toBe(`${separated(budget(of('2'), 'R20'))} → ${separated(budget(of('2'), 'R20') + 100_000)}`);
});
/** 2-1-1 as it is changed, with v0; whatever other tests did. Afterwards nothing is on its way to the page. */
async function compareChanged(): Promise<void> {
  const { page, preview } = opened;
  const measure = preview.path('measures/2-1-1.yaml');
  if (readFileSync(measure, 'utf8').includes('予算額: 120000'))
    preview.edit('measures/2-1-1.yaml', '予算額: 120000', '予算額: 220000');
  await expect.poll(firstSum).toBe(separated(budget(files, 'R20') + 100_000));
  await page.fill('#numbers-ref', 'v0');
  await page.keyboard.press('Enter');
  await page.locator('#numbers .wide tr', { hasText: '2-1-1' }).waitFor();
}
const changedYear =
  years.find((year) => files.find(({ 番号 }) => 番号 === '1-1-2')?.スケジュール?.[year]?.予算額 === 1188) ?? '';

test('what is still to be filled in, by 課; the last row counts each measure once', async () => {
  const [heading, ...rows] = await table('課ごとの未記入');
  const names = ['R20 事業実績', 'R21 事業実績', '現状・実績・目標'];
  expect(heading).toEqual(['担当課', ...names, 'いずれか']);
  const open = files.filter((file) => lackingIn(file, ['R20', 'R21']).length > 0);
  const counts = (own: readonly Written[]) =>
    [
      ...names.map((name) => own.filter((file) => lackingIn(file, ['R20', 'R21']).includes(name)).length),
      own.length,
    ].map(String);
  const sections = [...new Set(open.flatMap(({ 担当課 = [] }) => 担当課.map(plain)))];
  expect(
    rows
      .slice(0, -1)
      .map(([name]) => name)
      .sort(),
  ).toEqual(sections.sort());
  for (const [name = '', ...cells] of rows.slice(0, -1))
    expect(cells).toEqual(counts(open.filter(({ 担当課 }) => 担当課?.map(plain).includes(name))));
  expect(rows.at(-1)).toEqual(['計', ...counts(open)]);
  expect(await opened.page.getByRole('region', { name: '未記入の取組' }).count()).toBe(1);
});
const plain = (section: string) => section.replace(/^\(.*?\)/, '');

test('prints: A4, on white in the dark theme too, charts and tables whole, nothing of the screen around them', async () => {
  const { page } = opened;
  await compareChanged();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  expect(await page.locator('#side').isVisible()).toBe(false);
  expect(await page.locator('#numbers').evaluate((root) => getComputedStyle(root).colorScheme)).toBe('light');
  const ink = await page
    .locator('#numbers caption')
    .first()
    .evaluate((one) => getComputedStyle(one).color);
  expect(ink).toBe('rgb(26, 26, 26)');
  await page.emulateMedia({ colorScheme: 'light', media: null });
  const bytes = await page.pdf({ preferCSSPageSize: true });
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  expect(pdf.numPages).toBeGreaterThanOrEqual(2);
  expect(pdf.numPages).toBeLessThanOrEqual(4);
  let text = '';
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = await pdf.getPage(number);
    expect(sheet.view.slice(2).map(Math.round)).toEqual([595, 842]);
    const { items } = await sheet.getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  await pdf.destroy();
  for (const expected of [
    '事業集',
    '年度ごとの予算額',
    '再掲の取組も数えます',
    separated(budget(files, 'R23')),
    '予算額の変化が大きい取組',
  ])
    expect(text).toContain(expected);
  expect(text).not.toContain('絞り込む');
  expect(text).not.toContain('印刷する');
});

test('axe-core finds nothing in either theme', async () => {
  expect(await accessibilityProblems(opened.page, 'body')).toEqual([]);
});

test('a measure of the changes leads to its place on the pages', async () => {
  const { page } = opened;
  await compareChanged();
  await page.locator('#numbers button.link', { hasText: '2-1-1' }).first().click();
  await page.locator('#numbers').waitFor({ state: 'hidden' });
  await page.locator('button[aria-pressed=true]', { hasText: '紙面' }).waitFor();
  await expect.poll(() => page.locator('#pages').evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(1000);
});

test("d3 is loaded with the numbers, not before; the page's own JavaScript and d3 together are at most 100 kB", async () => {
  expect(early.length).toBeGreaterThan(10);
  expect(early.filter((path) => path.startsWith('/charts/'))).toEqual([]);
  const late = await opened.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  const scripts = [...new Set(late)].filter((path) => /^\/(preview\/page|model|charts)\/.*\.js$/.test(path));
  expect(scripts.filter((path) => path.startsWith('/charts/')).length).toBe(7);
  let size = 0;
  for (const path of scripts)
    size += gzipSync(Buffer.from(await (await fetch(new URL(path, opened.preview.address))).arrayBuffer())).length;
  expect(size).toBeGreaterThan(20_000);
  expect(size).toBeLessThanOrEqual(100_000);
});

test('the page complained of nothing', () => {
  expect(opened.page.problems).toEqual([]);
});

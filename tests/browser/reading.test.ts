import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cli } from '../cli/run.ts';
import { getDocument } from '../pdf/pdfjs.ts';
import { accessibilityProblems } from './open-preview.ts';
import { launch, Preview } from './preview.ts';
import { writtenMeasures } from './written-measures.ts';

let browser: Browser;
let preview: Preview;
let page: Page & { problems: string[] };
const files = writtenMeasures('tests/lake');

beforeAll(async () => {
  browser = await launch();
  preview = new Preview('tests/lake');
  await preview.start();
});
afterAll(async () => {
  await browser.close();
  await preview.remove();
});
beforeEach(async () => {
  for (const context of browser.contexts()) await context.close();
  page = await open(1280, 800);
});

async function open(width: number, height: number): Promise<Page & { problems: string[] }> {
  const opened = await preview.open(browser, { viewport: { width, height } });
  await opened.locator('#side [role=treeitem]').first().waitFor({ state: 'attached' });
  await opened.waitForFunction(
    (count) => document.querySelectorAll('.page[aria-label$="個票"] .cell').length > count * 10,
    files.length,
  );
  return opened;
}

/** Width and height of a PDF's pages in whole mm. */
async function sizesOf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const sizes: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const [, , width = 0, height = 0] = (await pdf.getPage(number)).view;
    sizes.push([width, height].map((length) => Math.round((length / 72) * 25.4)).join(' × '));
  }
  await pdf.destroy();
  return sizes;
}
const print = (one: Page) => one.pdf({ preferCSSPageSize: true, printBackground: true });

/** Pixels an inch: where they are few, Poppler draws the outlines of signs darker than the signs of a font. */
const resolution = 108;

/** A page of a PDF in grey, by Poppler. */
function grey(file: string, number: number): { width: number; pixels: Uint8Array } {
  const bytes = execFileSync('pdftoppm', ['-r', `${resolution}`, '-gray', '-f', `${number}`, '-l', `${number}`, file], {
    maxBuffer: 1e8,
  });
  const [head = '', width = '0'] = /^P5\s+(\d+)\s+\d+\s+255\s/.exec(bytes.toString('latin1', 0, 40)) ?? [];
  return { width: Number(width), pixels: bytes.subarray(head.length) };
}

test('what is printed are the pages of the book, each on a sheet of its size, as they are drawn there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-print-'));
  const printed = join(folder, 'printed.pdf');
  execFileSync(process.execPath, [cli, 'build', '--out', folder], { cwd: preview.folder });
  const book = join(folder, readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? '');
  await page.pdf({ preferCSSPageSize: true, path: printed });
  const sizes = await sizesOf(readFileSync(printed));
  expect(sizes).toEqual(await sizesOf(readFileSync(book)));
  for (let number = 1; number <= sizes.length; number += 1) {
    const [drawn, expected] = [grey(printed, number), grey(book, number)];
    expect(Math.abs(drawn.width - expected.width)).toBeLessThan(4);
    // Edges are smoothed in another way: of blocks of the page, all are about as dark as they are there.
    const before = blocks(expected);
    const differing = blocks(drawn).filter((darkness, index) => Math.abs(darkness - (before[index] ?? 0)) > 12);
    expect([number, differing]).toEqual([number, []]);
  }
  rmSync(folder, { recursive: true });
  expect(page.problems).toEqual([]);
  // Afterwards the screen is as it was.
  expect(await page.locator('#sheets > *').count()).toBe(0);
});

test('printed before anything can be drawn is a sentence, not the frame', async () => {
  const early = await browser.newPage();
  await early.route('**/*.wasm', () => {}); // for ever on its way
  await early.goto(preview.address);
  await early.locator('#print-choice').waitFor({ state: 'attached' });
  const pdf = await getDocument({ data: new Uint8Array(await print(early)), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  expect(items.map((item) => ('str' in item ? item.str : '')).join('')).toBe(
    '紙面を用意しています。紙面が出てから、もう一度印刷してください。',
  );
  expect(pdf.numPages).toBe(1);
  await pdf.destroy();
  await early.close();
});

/** How dark each block of a third of an inch is. */
function blocks({ width, pixels }: ReturnType<typeof grey>): number[] {
  const side = resolution / 3;
  const across = Math.floor(width / side) - 1;
  const down = Math.floor(pixels.length / width / side) - 1;
  return Array.from({ length: across * down }, (_, index) => {
    const [left, top] = [(index % across) * side, Math.floor(index / across) * side];
    let sum = 0;
    for (let y = 0; y < side; y += 1)
      for (let x = 0; x < side; x += 1) sum += pixels[(top + y) * width + left + x] ?? 255;
    return sum / side ** 2;
  });
}

test('printed are the pages that were chosen: a range, those in sight, those of a measure', async () => {
  const count = await page.locator('.page').count();
  await page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { asked: true }) }));
  await page.getByRole('button', { name: '印刷', exact: true }).click();
  await page.getByRole('radio', { name: 'ページの番号' }).check();
  await page.getByLabel('印刷するページの番号').fill(`1-${count + 1}`);
  await page.locator('#print-range[aria-invalid=true]').waitFor();
  expect(await page.getByRole('button', { name: '印刷する' }).isDisabled()).toBe(true);
  await page.getByLabel('印刷するページの番号').fill('2-3');
  await page.getByRole('button', { name: '印刷する' }).click();
  await page.waitForFunction(() => 'asked' in window);
  expect((await sizesOf(await print(page))).length).toBe(2);
  await page.getByRole('button', { name: '印刷', exact: true }).click();
  await page.getByRole('radio', { name: 'いま見えているページ' }).check();
  await page.keyboard.press('Escape');
  expect((await sizesOf(await print(page))).length).toBeLessThan(count);
  const [{ 番号 = '' } = {}] = files;
  await page.fill('#search', 番号);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '印刷', exact: true }).click();
  await page.getByRole('radio', { name: '選んだ取組' }).check();
  await page.keyboard.press('Escape');
  const own = await page
    .locator(`.page[aria-label$="個票"]:has(.cell[data-field="measures/${番号}.yaml › 番号"])`)
    .count();
  expect((await sizesOf(await print(page))).length).toBe(own);
});

test('Enter goes to the first hit and on, its rows outlined; Shift+Enter back; Escape ends it', async () => {
  const hits = files.map(({ 番号 }) => 番号).filter((number) => number.startsWith('1-'));
  await page.fill('#search', '1-1');
  const found = files.map(({ 番号 }) => 番号).filter((number) => number.startsWith('1-1-'));
  expect(hits.length).toBeGreaterThan(1);
  const told = page.locator('.hits [role=status]');
  const at = async (index: number) => {
    await expect
      .poll(() => told.textContent())
      .toMatch(new RegExp(`^${index + 1} / ${found.length} 件目: ${found[index]} `));
    const own = page
      .locator(`.page[aria-label$="個票"] .cell[data-field="measures/${found[index]}.yaml › 番号"]`)
      .first();
    const sheet = page.locator('.page[aria-label$="個票"]', { has: page.locator('.found') }).first();
    await expect
      .poll(async () => {
        const [row, cell] = [await sheet.locator('.found').first().boundingBox(), await own.boundingBox()];
        const near = (one = 0, other = 0) => Math.abs(one - other) < 2;
        return (
          row &&
          cell &&
          near(row.y, cell.y) &&
          near(row.height, cell.height) &&
          row.width > 10 * cell.width &&
          row.y < 700
        );
      })
      .toBe(true);
  };
  await page.keyboard.press('Enter');
  await at(0);
  await page.keyboard.press('Enter');
  await at(1);
  await page.keyboard.press('Shift+Enter');
  await at(0);
  await page.keyboard.press('Shift+Enter');
  await at(found.length - 1);
  await page.getByRole('button', { name: /^次へ/ }).click();
  await at(0);
  await page.focus('#search');
  await page.keyboard.press('Escape');
  expect(await page.inputValue('#search')).toBe('');
  expect(await page.locator('.found').count()).toBe(0);
  await expect.poll(() => told.textContent()).toBe('');
});

test('100 % is the size of the paper; what is read stays in sight; kept for the next time; sharp at every size', async () => {
  const size = page.locator('#tools select');
  const inMiddle = () =>
    page.locator('#pages').evaluate((root) => {
      const { top, left, width, height } = root.getBoundingClientRect();
      return document
        .elementsFromPoint(left + width / 2, top + height / 2)
        .find((one) => one.classList.contains('cell'))
        ?.getAttribute('data-field');
    });
  await page.fill('#search', '1-1-2');
  await page.keyboard.press('Enter');
  await page.selectOption('#tools select', '100');
  const before = await inMiddle();
  expect(before).toBeTruthy();
  const drawn = page.locator('.page', { has: page.locator('.found') }).last();
  const mm = () =>
    drawn.evaluate(({ clientWidth, clientHeight }) =>
      [clientWidth, clientHeight].map((px) => Math.round((px / 96) * 25.4)),
    );
  expect(await mm()).toEqual([420, 297]);
  await page.selectOption('#tools select', '400');
  expect(await mm()).toEqual([1680, 1188]);
  expect(await inMiddle()).toBe(before);
  await page.locator('.page > svg use').first().waitFor({ state: 'attached' });
  await page.locator('#pages').focus();
  await page.keyboard.press('-');
  await expect.poll(() => size.inputValue()).toBe('350');
  expect(await inMiddle()).toBe(before);
  await page.getByRole('button', { name: 'ページ全体' }).click();
  const whole = () =>
    page.locator('#pages').evaluate((root) => {
      const window = root.getBoundingClientRect();
      return [...root.querySelectorAll('.page')].some((one) => {
        const { top, bottom, left, right } = one.getBoundingClientRect();
        return top >= window.top && bottom <= window.bottom && left >= window.left && right <= window.right;
      });
    });
  expect(await whole()).toBe(true);
  await page.reload();
  await page.waitForSelector('.page[data-drawn]');
  await page.locator('[aria-pressed=true]', { hasText: 'ページ全体' }).waitFor();
  await page.getByRole('button', { name: '幅に合わせる' }).click();
  await expect.poll(() => page.locator('#pages').evaluate((root) => root.scrollWidth <= root.clientWidth)).toBe(true);
});

test('the panel closes and opens, and stays as it was left; what is read stays in sight', async () => {
  const button = page.getByRole('button', { name: '目次' });
  const side = page.locator('#side');
  expect(await button.getAttribute('aria-expanded')).toBe('true');
  await button.click();
  expect([await button.getAttribute('aria-expanded'), await side.isVisible()]).toEqual(['false', false]);
  await page.reload();
  await page.waitForSelector('.page[data-drawn]');
  expect(await side.isVisible()).toBe(false);
  await button.click();
  expect(await side.isVisible()).toBe(true);
});

test.each([
  [480, 800],
  [640, 400],
  [768, 1024],
])(
  '%i × %i: nothing is cut off sideways, every control is large enough, the panel lies over the pages',
  async (width, height) => {
    const narrow = await open(width, height);
    const fits = () => narrow.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    const side = narrow.locator('#side');
    expect([await fits(), await side.isVisible()]).toEqual([true, false]);
    const cut = () =>
      narrow.evaluate(() =>
        [...document.querySelectorAll('button, select, input, summary, [role=treeitem]')]
          .filter((one) => one.checkVisibility() && !one.closest('.table'))
          .flatMap((one) => {
            const { left, right, width, height } = one.getBoundingClientRect();
            return left < 0 || right > innerWidth || width < 24 || height < 24 ? [one.outerHTML.slice(0, 90)] : [];
          }),
      );
    expect(await cut()).toEqual([]);
    expect(await accessibilityProblems(narrow, 'body')).toEqual([]);
    await narrow.getByRole('button', { name: '目次' }).click();
    await narrow.locator('.filters summary').click();
    expect([await fits(), await side.isVisible()]).toEqual([true, true]);
    expect(await cut()).toEqual([]);
    expect(await accessibilityProblems(narrow, 'body')).toEqual([]);
    await narrow.fill('#search', '1-1');
    await narrow.keyboard.press('Enter');
    await side.waitFor({ state: 'hidden' });
    await narrow.locator('.found').first().waitFor();
    await narrow.keyboard.press('Enter');
    await expect.poll(() => narrow.locator('.hits [role=status]').textContent()).toMatch(/^2 \//);
    expect(await cut()).toEqual([]);
    await narrow.getByRole('button', { name: '印刷', exact: true }).click();
    expect(await cut()).toEqual([]);
    expect(await accessibilityProblems(narrow, 'body')).toEqual([]);
    await narrow.keyboard.press('Escape');
    await narrow.getByRole('button', { name: '数字' }).click();
    await narrow.locator('#numbers svg.chart').nth(2).waitFor();
    expect([await fits(), await cut()]).toEqual([true, []]);
    expect(await accessibilityProblems(narrow, 'body')).toEqual([]);
    expect(narrow.problems).toEqual([]);
  },
);

test('the numbers are those of the measures that are left; which conditions are on is told, and taken away there', async () => {
  await page.getByRole('button', { name: '数字' }).click();
  const sum = page.locator('#numbers tr.sum').nth(1).locator('td');
  const total = async () => Number((await sum.allTextContents()).at(-2));
  await expect.poll(total).toBe(files.length);
  await page.click('.filters summary');
  const kind = files[0]?.区分 ?? '';
  const own = files.filter(({ 区分 }) => 区分 === kind).length;
  expect(own).toBeLessThan(files.length);
  await page.selectOption('#filter-kind', kind);
  await expect.poll(total).toBe(own);
  const banner = page.locator('.narrowing');
  expect(await banner.locator('[role=status]').textContent()).toBe(
    `区分: ${kind} の取組 ${own} 件(全 ${files.length} 件)の数字です。`,
  );
  expect(await accessibilityProblems(page, 'body')).toEqual([]);
  await banner.getByRole('button').click();
  await expect.poll(total).toBe(files.length);
  expect(await page.locator('#filter-kind').inputValue()).toBe('');
  expect(await banner.textContent()).toBe('条件をすべて消す');
  expect(await banner.getByRole('button').isVisible()).toBe(false);
});

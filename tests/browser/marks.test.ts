import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit, git } from '../compare/repository.ts';
import { accessibilityProblems } from './open-preview.ts';
import { cell, launch, Preview } from './preview.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function opened(
  prepare: (preview: Preview) => void,
  look: (page: Page, preview: Preview) => Promise<void>,
): Promise<void> {
  const preview = new Preview('tests/city');
  git(preview.folder, 'init', '-q', '-b', 'main');
  commit(preview.folder, 'v0');
  prepare(preview);
  await preview.start();
  try {
    const page = await preview.open(browser);
    await look(page, preview);
    expect([page.problems, preview.errors]).toEqual([[], '']);
  } finally {
    for (const context of browser.contexts()) await context.close();
    await preview.remove();
  }
}
const sheet = 'measures/1-1-1.yaml';
const panel = (page: Page) => page.locator('#diagnostics');

test.each<[string, (preview: Preview) => void, number]>([
  ['a wrong value', (one) => one.edit(sheet, '予算額: 12500', '予算額: 一万'), 7],
  ['YAML that is broken', (one) => one.edit(sheet, '取組: ', '取組 '), 7],
  ['a key that is missing', (one) => one.edit(sheet, /取組: .*\n/, ''), 7],
  ['a 課 that nobody knows', (one) => one.edit(sheet, '担当課: [', '担当課: [無い課, '), 7],
  ['edition.yaml broken', (one) => writeFileSync(one.path('edition.yaml'), '計画名: [\n'), 7],
  ['structure.yaml broken', (one) => writeFileSync(one.path('structure.yaml'), '大項目: {'), 7],
  ['organization.yaml broken', (one) => writeFileSync(one.path('organization.yaml'), '\t'), 7],
  ['a text that does not fit', (one) => one.edit(sheet, '内容: 導入', `内容: ${'W'.repeat(99)}`), 7],
  [
    'an annex that cannot be read',
    (one) => one.edit('edition.yaml', '個票]', '個票, { 別冊: annexes/x.pdf, 題名: 別の冊子 }]'),
    7,
  ],
])('it starts with %s: pages of all measures, and the mistake', (_what, damage, measures) =>
  opened(damage, async (page) => {
    await panel(page).locator('article.error').first().waitFor();
    await expect
      .poll(() => page.locator('.page[aria-label$="個票"] .cell[data-field$=" › 番号"]').count())
      .toBe(3 * measures);
    expect(await page.locator('#pages > .message').count()).toBe(0);
    expect(await panel(page).textContent()).not.toContain('直前のまま');
    expect(await accessibilityProblems(page, 'body')).toEqual([]);
  }),
);

test('the cell with a mistake is marked; it and its entry lead to each other and to the file', () =>
  opened(
    (preview) => preview.edit(sheet, '予算額: 12500', '予算額: 12,500円'),
    async (page, preview) => {
      const wrong = cell(page, sheet, 'スケジュール', 'R11', '予算額');
      await expect.poll(() => wrong.getAttribute('class')).toBe('cell error');
      expect(await wrong.getAttribute('data-sign')).toBe('誤り');
      expect(await wrong.getAttribute('aria-description')).toContain('千円単位の0以上の整数ではありません');
      await panel(page).locator('.to-cell').click();
      await expect.poll(() => wrong.evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await page.locator('#note').textContent()).toContain('千円単位の0以上の整数ではありません');
      expect(await panel(page).locator('article.current').count()).toBe(1);
      expect(await accessibilityProblems(page, 'body')).toEqual([]);
      await page.keyboard.press('Enter');
      expect(await preview.opened()).toBe('content/measures/1-1-1.yaml:25:10');
      await page.keyboard.press('Escape');
      expect(await page.locator('#note').isHidden()).toBe(true);
      preview.edit(sheet, '12,500円', '12500');
      await expect.poll(() => wrong.getAttribute('class')).not.toContain('error');
    },
  ));

test('while it runs: the page stays as it was, says since when, and other files go on; mended it is as the file', () =>
  opened(
    () => {},
    async (page, preview) => {
      preview.edit(sheet, '予算額: 12500', '予算額: 一万');
      const line = panel(page).locator('.behind');
      await expect.poll(() => line.textContent()).toMatch(/^1-1-1 の紙面は、\d\d:\d\d に誤りができる直前のもの/);
      expect(await cell(page, sheet, 'スケジュール', 'R11', '予算額').textContent()).toBe('12,500');
      preview.edit('measures/1-2-1.yaml', /内容: 試行/, '内容: 本格運用');
      await expect
        .poll(() => cell(page, 'measures/1-2-1.yaml', 'スケジュール', 'R10', '内容').textContent())
        .toBe('本格運用');
      preview.edit(sheet, '予算額: 一万', '予算額: 77');
      await panel(page).waitFor({ state: 'hidden' });
      await expect.poll(() => cell(page, sheet, 'スケジュール', 'R11', '予算額').textContent()).toBe('77');
    },
  ));

test.each([1280, 480])('what changed is marked, before and after at a touch, step by step, by keys (%i px)', (width) =>
  opened(
    (preview) => {
      preview.edit(sheet, '予算額: 12500', '予算額: 13000');
      preview.edit(sheet, '内容: 導入', '内容: 導入と研修');
      rmSync(preview.path('measures/3-1-1.yaml'));
      const text = readFileSync(preview.path(sheet), 'utf8').replace('番号: 1-1-1', '番号: 1-1-3');
      writeFileSync(preview.path('measures/1-1-3.yaml'), text.replace('書かない窓口', '新しい窓口'));
    },
    async (page, preview) => {
      await page.locator('#side-ref').evaluate((input) => {
        input.closest('details')?.setAttribute('open', '');
      });
      await page.locator('#side-ref').fill('main');
      await page.locator('#side-ref').press('Enter');
      await page.setViewportSize({ width, height: 900 });
      const changed = cell(page, sheet, 'スケジュール', 'R11', '予算額');
      await expect.poll(() => changed.getAttribute('data-sign')).toBe('変更');
      expect(await cell(page, 'measures/1-1-3.yaml', '取組').getAttribute('data-sign')).toBe('新設');
      expect(await page.locator('#changes .removed').textContent()).toContain('3-1-1');
      await changed.focus();
      await page.keyboard.press('Enter');
      const note = page.locator('#note');
      expect(await note.locator('dd').allTextContents()).toEqual(['(削る: 12,500)', '(加える: 13,000)']);
      expect(await note.evaluate((one) => one === document.activeElement)).toBe(true);
      expect(await accessibilityProblems(page, 'body')).toEqual([]);
      const box = await note.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      await note.getByRole('button', { name: '前の変更' }).press('Enter');
      expect(await note.locator('h2').textContent()).toBe('1-1-1 R11 内容 変更');
      await page.keyboard.press('Escape');
      expect(await note.isHidden()).toBe(true);
      preview.edit(sheet, '予算額: 13000', '予算額: 12500');
      await expect.poll(() => changed.getAttribute('data-sign')).toBe(null);
      await page.locator('#changes').getByRole('button', { name: '比べるのをやめる' }).click();
      await expect.poll(() => page.locator('.cell:is(.differs, .added)').count()).toBe(0);
    },
  ),
);

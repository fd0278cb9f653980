import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Preview } from './preview.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let preview: Preview;
beforeAll(async () => {
  browser = await launch();
  preview = new Preview('tests/city');
  await preview.start();
});
afterAll(async () => {
  await browser.close();
  await preview.remove();
});

/** What axe-core finds wrong: rule and places. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe); // past the page's own Content-Security-Policy, as a debugger does
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  expect(results.passes.length).toBeGreaterThan(15);
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' | ')
        .slice(0, 400)}`,
  );
}

test.each([
  ['light', 1280, 800],
  ['dark', 1280, 800],
  ['light', 3840, 2160],
] as const)(
  'axe-core finds nothing wrong: %s, %i × %i; nothing is cut off sideways',
  async (colorScheme, width, height) => {
    const page = await preview.open(browser, { viewport: { width, height }, colorScheme });
    await page.waitForFunction(() => document.querySelectorAll('.cell').length > 100);
    expect(await violations(page)).toEqual([]);
    preview.edit('measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500円');
    await page.locator('#diagnostics article').waitFor();
    await page.locator('#diagnostics article button').first().click();
    await page.locator('#status code').waitFor();
    expect(await violations(page)).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    preview.edit('measures/1-1-1.yaml', '予算額: 12,500円', '予算額: 12500');
    await page.locator('#diagnostics').waitFor({ state: 'hidden' });
    await page.close();
  },
);

test('who wishes for less motion sees no fading', async () => {
  const page = await preview.open(browser, { reducedMotion: 'reduce' });
  const name = () =>
    page
      .locator('.cell')
      .first()
      .evaluate((cell) => {
        cell.classList.add('changed');
        return getComputedStyle(cell).animationName;
      });
  expect(await name()).toBe('marked');
  await page.close();
});

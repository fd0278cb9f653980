import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { commit, git } from '../compare/repository.ts';
import { launch, Preview } from './preview.ts';

export interface OpenPreview {
  preview: Preview;
  page: Page & { problems: string[] };
  close(): Promise<void>;
}

/** The preview of the third city, committed as v0, and its page with the outline. */
export async function openPreview(): Promise<OpenPreview> {
  const preview = new Preview('tests/lake');
  git(preview.folder, 'init', '-q', '-b', 'main');
  commit(preview.folder, 'v0');
  await preview.start();
  const browser: Browser = await launch();
  const page = await preview.open(browser);
  await page.locator('#side [role=treeitem]').first().waitFor();
  return {
    preview,
    page,
    close: async () => {
      await browser.close();
      await preview.remove();
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds against WCAG 2.2 AA in a part of the page, in both themes. */
export async function accessibilityProblems(page: Page, part: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const violations = await page.evaluate(async (part) => {
      const { run } = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const { violations, passes } = await run(part, { runOnly: tags });
      return passes.length < 10
        ? ['axe-core looked at next to nothing']
        : violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
          );
    }, part);
    found.push(...violations.map((violation) => `${colorScheme}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** 番号 of the measures that the outline shows, whether their 中項目 is open or not. */
const outlined = (page: Page): Promise<string[]> =>
  page
    .locator('#side [aria-level="3"]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-number') ?? ''));

/** Waits until the outline shows just these. */
export async function expectOutlined(page: Page, numbers: readonly string[]): Promise<void> {
  await expect.poll(() => outlined(page)).toEqual(numbers);
}

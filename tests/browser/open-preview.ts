import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { start } from '../cli/run.ts';
import { commit, git, temporary } from '../compare/repository.ts';

export interface Preview {
  browser: Browser;
  page: Page;
  /** Its content/ is the edition, committed as v0. */
  folder: string;
  address: string;
  /** What the page complained of: errors, refusals by the Content-Security-Policy. */
  complaints: string[];
  close(): Promise<void>;
}

/** `shisakushu preview` of a copy of the edition, and its page in Chromium. */
export async function openPreview(): Promise<Preview> {
  const folder = temporary();
  cpSync('content', join(folder, 'content'), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  commit(folder, 'v0');
  const server = start(folder, ['preview', '--no-open', '--port', '0']);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', () => reject(new Error(`preview ended: ${said}`)));
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(address);
  await page.locator('#side [role=treeitem]').first().waitFor();
  return {
    browser,
    page,
    folder,
    address,
    complaints,
    close: async () => {
      await browser.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
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
export const outlined = (page: Page): Promise<string[]> =>
  page
    .locator('#side [aria-level="3"]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-number') ?? ''));

/** Waits until the outline shows just these. */
export async function expectOutlined(page: Page, numbers: readonly string[]): Promise<void> {
  await expect.poll(() => outlined(page), { timeout: 10_000 }).toEqual(numbers);
}

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cell, launch, Preview, picture, show } from './preview.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

let preview: Preview;
let page: Page & { problems: string[] };
beforeEach(async () => {
  preview = new Preview('tests/city');
  await preview.start();
  page = await preview.open(browser);
});
afterEach(async () => {
  const { problems } = page;
  for (const context of browser.contexts()) await context.close();
  await preview.remove();
  expect(preview.errors).toBe('');
  expect(problems.filter((problem) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/.test(problem))).toEqual([]);
});

const sheet = 'measures/1-1-1.yaml';
const scrolled = () => page.locator('#pages').evaluate(({ scrollTop }) => scrollTop);
const textOf = (file: string, ...path: string[]) => expect.poll(() => cell(page, file, ...path).textContent());

test('a save changes the page in place: new text, new picture, one flash; scroll, zoom and selection stay', async () => {
  const field = [sheet, 'スケジュール', 'R11', '内容'] as const;
  await page.getByRole('button', { name: '紙面を大きくする' }).click();
  await show(page, sheet, '取組');
  await show(page, ...field);
  await page.locator('#pages').evaluate((root) => root.scrollBy(0, 37));
  const before = { top: await scrolled(), picture: await picture(page, ...field) };
  const width = await page
    .locator('.page')
    .first()
    .evaluate((root) => root.clientWidth);
  await cell(page, sheet, '取組').evaluate((element) => getSelection()?.selectAllChildren(element));
  await page.evaluate(() => {
    const seen = Object.assign(window, { flashed: [] as string[] }).flashed;
    new MutationObserver((records) => {
      for (const { target } of records)
        if (target instanceof HTMLElement && target.classList.contains('changed'))
          seen.push(target.dataset.field ?? '');
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
  });
  preview.edit(sheet, '内容: 導入', '内容: 導入と研修');
  await textOf(...field).toBe('導入と研修');
  await expect.poll(() => picture(page, ...field)).not.toBe(before.picture);
  expect(await scrolled()).toBe(before.top);
  expect(
    await page
      .locator('.page')
      .first()
      .evaluate((root) => root.clientWidth),
  ).toBe(width);
  expect(await page.evaluate(() => String(getSelection()))).toBe('書かない窓口');
  expect(await page.evaluate(() => (window as unknown as { flashed: string[] }).flashed)).toEqual([field.join(' › ')]);
  await expect.poll(() => page.locator('.cell.changed').count()).toBe(0);
});

test('a mistake is told at its place with its lines, the last pages stay; fixed, the panel goes', async () => {
  const field = [sheet, 'スケジュール', 'R11', '予算額'] as const;
  await show(page, ...field);
  const before = await picture(page, ...field);
  preview.edit(sheet, '予算額: 12500', '予算額: 12,500円');
  preview.edit('measures/2-1-1.yaml', /区分: .*/, '区分: 未定');
  const panel = page.getByRole('region', { name: '内容の誤り' });
  await expect
    .poll(() => panel.locator('h3').allTextContents())
    .toEqual(['content/measures/1-1-1.yaml', 'content/measures/2-1-1.yaml']);
  expect(await panel.locator('article').count()).toBe(2);
  const first = panel.locator('article').first();
  expect(await first.getAttribute('data-place')).toBe('content/measures/1-1-1.yaml:25:10');
  expect(await first.textContent()).toContain('千円単位の0以上の整数ではありません');
  expect(await first.locator('mark').textContent()).toBe('12,500円');
  expect(await picture(page, ...field)).toBe(before);
  expect(await cell(page, ...field).textContent()).toBe('12,500');

  await first.getByRole('button').first().click();
  expect(await preview.opened()).toBe('content/measures/1-1-1.yaml:25:10');
  expect(await page.locator('#status code').textContent()).toBe('code --goto "content/measures/1-1-1.yaml:25:10"');

  preview.edit('measures/2-1-1.yaml', '区分: 未定', '区分: 継続');
  await expect.poll(() => panel.locator('article').count()).toBe(1);
  preview.edit(sheet, '予算額: 12,500円', '予算額: 999');
  await panel.waitFor({ state: 'hidden' });
  await textOf(...field).toBe('999');
});

test('signs that are not seen are written in the panel, in the place that was opened, in the command', async () => {
  const name = 'measures/x\u001b\u202e$(touch owned).yaml';
  writeFileSync(preview.path(name), '取組: 窓口\u0007の\u202e改め\n');
  const panel = page.getByRole('region', { name: '内容の誤り' });
  await expect
    .poll(() => panel.locator('h3').allTextContents())
    .toEqual(['content/measures/x\\u{1b}\\u{202e}$(touch owned).yaml']);
  await expect
    .poll(() => panel.locator('pre').allTextContents())
    .toContainEqual(expect.stringContaining('窓口\\u{7}の\\u{202e}改め'));
  expect(await panel.textContent()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  await panel.getByRole('button').first().click();
  await expect.poll(() => page.locator('#status').textContent()).toContain('名前に見えない文字がある');
  expect(await page.locator('#status code').textContent()).toMatch(
    /^code --goto "\$\(printf %b 'content\/measures\/x\\0033\\0342\\0200\\0256\$\(touch owned\)\.yaml:\d+:\d+'\)"$/,
  );
  rmSync(preview.path(name));
  await panel.waitFor({ state: 'hidden' });
});

test('what does not fit its cell is told like any mistake', async () => {
  preview.edit(sheet, '内容: 導入', `内容: ${'W'.repeat(99)}`);
  await page.locator('#diagnostics article[data-code="text-too-wide"]').waitFor();
  expect(await page.locator('#diagnostics article').count()).toBe(1);
  preview.edit(sheet, 'W'.repeat(99), '導入');
  await page.locator('#diagnostics').waitFor({ state: 'hidden' });
});

test('a click on a cell opens its field; a 再掲 leads to its target', async () => {
  const line = (file: string, text: string) =>
    readFileSync(preview.path(file), 'utf8')
      .split('\n')
      .findIndex((one) => one.includes(text)) + 1;
  const openedLine = async () => (await preview.opened()).replace(/:\d+$/, '');
  const reprint = 'measures/3-1-1.yaml';
  const target = `measures/${/再掲: (\S+)/.exec(readFileSync(preview.path(reprint), 'utf8'))?.[1]}.yaml`;
  const cases: [string[], string, string][] = [
    [[sheet, '担当局・部'], sheet, '担当局・部'],
    [[sheet, '担当課'], sheet, '担当課'],
    [[sheet, '取組'], sheet, '取組:'],
    [[sheet, '区分'], sheet, '区分'],
    [[sheet, '番号'], sheet, '番号'],
    [[sheet, '取組内容'], sheet, '取組内容'],
    [[sheet, '現状・実績・目標'], sheet, '現状・実績・目標'],
    [[sheet, 'スケジュール', 'R10', '事業実績'], sheet, '事業実績: —'],
    [[sheet, 'スケジュール', 'R11', '項目'], sheet, '項目: ◎'],
    [[sheet, 'スケジュール', 'R12', '予算額'], sheet, '予算額: 3200'],
    [[sheet, '関連計画'], sheet, '関連計画'],
    [[reprint, '番号'], reprint, '番号'],
  ];
  for (const [[file = '', ...path], where, text] of cases) {
    await show(page, file, ...path);
    await cell(page, file, ...path).hover();
    await expect.poll(() => page.locator('#place').textContent()).toBe([file, ...path].join(' › '));
    await cell(page, file, ...path).click();
    expect(await openedLine()).toBe(`content/${where}:${line(where, text)}`);
  }
  const note = page.locator('.cell', { hasText: '※再掲' }).first();
  await note.click();
  expect(await openedLine()).toBe(`content/${target}:${line(target, '取組内容')}`);
  await expect
    .poll(() =>
      cell(page, target, '番号').evaluate((element) => {
        const { top } = element.getBoundingClientRect();
        return top > 0 && top < innerHeight / 2;
      }),
    )
    .toBe(true);
});

test('with keys alone: into the cells, along them, open, and out', async () => {
  await show(page, sheet, '取組');
  await page.locator('#pages').focus();
  await page.keyboard.press('Enter');
  const focused = () =>
    page.evaluate(() => (document.activeElement as HTMLElement).dataset.field ?? document.activeElement?.id);
  for (let step = 0; step < 60 && (await focused()) !== `${sheet} › 取組`; step += 1)
    await page.keyboard.press(((await focused()) ?? '').includes('担当') ? 'ArrowRight' : 'ArrowDown');
  expect(await focused()).toBe(`${sheet} › 取組`);
  await expect.poll(() => page.locator('#place').textContent()).toBe(`${sheet} › 取組`);
  await page.keyboard.press('Enter');
  expect(await preview.opened()).toBe('content/measures/1-1-1.yaml:4:5');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('pages');
});

test('text is selected where it is seen, and found where it is not', async () => {
  await show(page, sheet, '取組内容');
  const lines = cell(page, sheet, '取組内容').locator('span');
  await expect.poll(() => lines.count()).toBeGreaterThan(2);
  expect((await cell(page, sheet, '取組内容').textContent())?.replaceAll('\n', '')).toBe(
    '申請書を書かずに手続ができる窓口を設ける。・転入、転出・証明書の交付',
  );
  const box = await lines.first().boundingBox();
  if (!box) throw new Error('the line is not there');
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const selected = await page.evaluate(() => String(getSelection()));
  expect(selected.length).toBeGreaterThan(5);
  expect('申請書を書かずに手続ができる窓口を設ける。').toContain(selected.trim());
  // Who selects does not click: the editor is told of the next cell first.
  await cell(page, sheet, '取組').click();
  expect(await preview.opened()).toBe('content/measures/1-1-1.yaml:4:5');
  await page.locator('#pages').evaluate((root) => root.scrollTo(0, 0));
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { find(text: string): boolean }).find('※再掲')))
    .toBe(true);
});

test('measures are added, renamed and deleted while it runs', async () => {
  const added = 'measures/2-1-2.yaml';
  const text = readFileSync(preview.path(sheet), 'utf8')
    .replace('番号: 1-1-1', '番号: 2-1-2')
    .replace('書かない窓口', '新しい取組その二');
  writeFileSync(preview.path(added), text);
  await textOf(added, '取組').toBe('新しい取組その二');
  // Saved as editors do: another file, renamed over the old one.
  writeFileSync(`${preview.path(added)}.tmp`, text.replace('新しい取組その二', '名を変えた取組'));
  renameSync(`${preview.path(added)}.tmp`, preview.path(added));
  await textOf(added, '取組').toBe('名を変えた取組');
  renameSync(preview.path(added), preview.path('measures/1-2-2.yaml'));
  await page.locator('#diagnostics').waitFor(); // its 番号 is still the old one
  preview.edit('measures/1-2-2.yaml', '番号: 2-1-2', '番号: 1-2-2');
  await textOf('measures/1-2-2.yaml', '取組').toBe('名を変えた取組');
  await page.locator('#diagnostics').waitFor({ state: 'hidden' });
  rmSync(preview.path('measures/1-2-2.yaml'));
  await expect.poll(() => page.locator('.cell', { hasText: '名を変えた取組' }).count()).toBe(0);
  await page.locator('#diagnostics').waitFor({ state: 'hidden' });
});

test('two browsers see the same', async () => {
  const second = await preview.open(browser, { viewport: { width: 3840, height: 2160 } });
  preview.edit(sheet, '内容: 導入', '内容: 二つの窓');
  for (const one of [page, second])
    await expect.poll(() => cell(one, sheet, 'スケジュール', 'R11', '内容').textContent()).toBe('二つの窓');
  expect(second.problems).toEqual([]);
});

test('when the server was away the page says so and comes back, its editor included', async () => {
  await show(page, sheet, '取組');
  const port = Number(new URL(preview.address).port);
  await preview.stop();
  await expect.poll(() => page.locator('#connection').textContent()).toContain('つながっていません');
  expect(await cell(page, sheet, '取組').textContent()).toBe('書かない窓口');
  preview.edit(sheet, '取組: 書かない窓口', '取組: 留守のあいだの変更');
  await preview.start(port);
  await textOf(sheet, '取組').toBe('留守のあいだの変更');
  await expect.poll(() => page.locator('#connection').textContent()).toBe('');
  await cell(page, sheet, '取組').click();
  expect(await preview.opened()).toBe('content/measures/1-1-1.yaml:4:5');
});

test('saves as fast as they can be written end on the last one', async () => {
  const field = [sheet, 'スケジュール', 'R11', '予算額'] as const;
  for (let amount = 50_001; amount <= 50_200; amount += 1) {
    preview.edit(sheet, /予算額: (12500|50\d{3})/, `予算額: ${amount}`);
    // The page is asked in between, so that some of them are seen on the way.
    if (amount % 10 === 0) await cell(page, ...field).textContent();
  }
  await textOf(...field).toBe('50,200');
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems, expectOutlined, type OpenPreview, openPreview } from './open-preview.ts';
import { lackingIn, type Written, writtenMeasures } from './written-measures.ts';

let opened: OpenPreview;
const files = writtenMeasures('tests/lake');
const numbers = (meets: (file: Written) => boolean) => files.filter(meets).map(({ 番号 }) => 番号);

beforeAll(async () => {
  opened = await openPreview();
});
afterAll(() => opened.close());
beforeEach(async () => {
  const { page } = opened;
  if (await page.locator('#side .clear').isVisible()) await page.click('#side .clear');
  if (await page.locator('.filters:not([open])').count()) await page.click('.filters summary');
  await expectOutlined(
    page,
    numbers(() => true),
  );
});

test('the whole outline, its 大項目 open, its 中項目 closed', async () => {
  const { page } = opened;
  expect(await page.locator('#side .count').textContent()).toBe(`全 ${files.length} 件`);
  expect(await page.locator('#side [aria-level="1"]').count()).toBe(2);
  expect(await page.locator('#side [aria-level="1"]').first().textContent()).toBe('1 湖とくらし');
  expect(await page.locator('#side [aria-level="2"]').first().isVisible()).toBe(true);
  expect(await page.locator('#side [aria-level="3"]').first().isVisible()).toBe(false);
});

test.each([
  ['a number', '1-1-10', ['1-1-10']],
  ['a number as an input method leaves it', '１ー１ー１０', ['1-1-10']],
  ['a 中項目', '1-2', numbers(({ 番号 }) => 番号.startsWith('1-2-'))],
  ['full text', '水色封筒', ['1-1-1']],
  ['full text in other kana and width', 'ﾐｽﾞｲﾛ封筒', []],
  ['a section', '収納係課', numbers(({ text }) => text.includes('収納係課'))],
  ['a title in other kana and width', 'しょーとﾒｯｾｰｼﾞ', numbers(({ text }) => text.includes('ショートメッセージ'))],
  ['words of several fields', '収納係課 sms 電話', ['1-1-1']],
])('search by %s', async (_what, query, expected) => {
  const { page } = opened;
  await page.fill('#search', query);
  await expectOutlined(page, expected);
  expect(await page.locator('#side .count').textContent()).toBe(`${expected.length} 件(全 ${files.length} 件)`);
  if (expected.length === 0) return;
  expect(await page.locator('#side [aria-level="3"]').first().isVisible()).toBe(true);
});

test('what was found is marked where it stands', async () => {
  const { page } = opened;
  await page.fill('#search', '水色封筒');
  await expectOutlined(page, ['1-1-1']);
  expect(await page.locator('#side .excerpt').textContent()).toMatch(/^R\d+ 事業実績: 水色封筒に/);
  expect(await page.locator('#side .excerpt mark').allTextContents()).toEqual(['水色封筒']);
});

test('filter by each 担当課', async () => {
  const { page } = opened;
  const sections = await page
    .locator('#filter-section option')
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  expect(sections.length).toBeGreaterThan(5);
  for (const section of sections.slice(1)) {
    await page.selectOption('#filter-section', section);
    const of = (file: Written): string[] => file.担当課 ?? files.find(({ 番号 }) => 番号 === file.再掲)?.担当課 ?? [];
    const expected = numbers((file) => of(file).some((name) => name.replace(/^\(.*?\)/, '') === section));
    await expectOutlined(page, expected);
  }
});

test('filter by 区分, 関連計画, and 項目 of each year; conditions add up', async () => {
  const { page } = opened;
  for (const kind of ['新規', '継続']) {
    await page.selectOption('#filter-kind', kind);
    await expectOutlined(
      page,
      numbers((file) => file.区分 === kind),
    );
  }
  await page.selectOption('#filter-kind', '新規');
  await page.selectOption('#filter-plan', '湖岸構想');
  await expectOutlined(
    page,
    numbers((file) => file.区分 === '新規' && (file.関連計画 ?? []).includes('湖岸構想')),
  );
  expect(await page.locator('.filters .active').textContent()).toBe('(2 件の条件)');
  await page.click('#side .clear');
  await page.selectOption('#filter-plan', '人材計画');
  await expectOutlined(
    page,
    numbers((file) => (file.関連計画 ?? []).includes('人材計画')),
  );
  await page.click('#side .clear');
  for (const mark of ['→', '◎', '○', '△', '—', '空欄'])
    for (const year of ['R20', 'R23']) {
      await page.selectOption('#filter-mark', mark);
      await page.selectOption('#filter-year', year);
      const wanted = mark === '空欄' ? undefined : mark;
      await expectOutlined(
        page,
        numbers((file) => !file.再掲 && file.スケジュール?.[year]?.項目 === wanted),
      );
    }
});

test('filter by what is not filled in yet, by mouse and by keys; a result that is typed in leaves it', async () => {
  const { page, preview } = opened;
  const options = await page.locator('#filter-unfilled option').allTextContents();
  expect(options).toEqual(['すべて', '未記入がある', 'R20 事業実績', 'R21 事業実績', '現状・実績・目標']);
  const lacking = (file: Written) => lackingIn(file, ['R20', 'R21']);
  for (const name of options.slice(2)) {
    await page.selectOption('#filter-unfilled', name);
    await expectOutlined(
      page,
      numbers((file) => lacking(file).includes(name)),
    );
  }
  await page.getByLabel('未記入', { exact: true }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const open = numbers((file) => lacking(file).length > 0);
  await expectOutlined(page, open);
  expect(await page.locator('#side .count').textContent()).toBe(`${open.length} 件(全 ${files.length} 件)`);
  await page.selectOption('#filter-unfilled', 'R21 事業実績');
  const [first = ''] = numbers((file) => lacking(file).includes('R21 事業実績'));
  const file = `measures/${first}.yaml`;
  const text = files.find(({ 番号 }) => 番号 === first)?.text ?? '';
  const [year = ''] = /^ {2}R21:\n(?: {4}.*\n)+/m.exec(text) ?? [];
  expect(year).not.toBe('');
  preview.edit(file, year, `${year}    事業実績: 行った。\n`);
  await expectOutlined(
    page,
    numbers((one) => one.番号 !== first && lacking(one).includes('R21 事業実績')),
  );
  preview.edit(file, `${year}    事業実績: 行った。\n`, year);
});

test('the list of editions has the branch, the tag and the commit; one is chosen by name', async () => {
  const { page } = opened;
  const list = page.locator('#side-refs');
  await list.locator('optgroup').nth(3).waitFor({ state: 'attached' });
  expect(await list.locator('optgroup').evaluateAll((all) => all.map((group) => group.getAttribute('label')))).toEqual([
    ...['おもな版', 'ブランチ', 'タグ', '最近のコミット'],
  ]);
  await list.selectOption('v0');
  await expect.poll(() => page.locator('#side-ref-status').textContent()).toMatch(/^v0 から/);
  expect(await page.locator('#numbers-refs').inputValue()).toBe('v0');
  await list.selectOption('');
  await expect.poll(() => page.locator('#side-ref-status').textContent()).toBe('');
});

test('keys alone: search, down into the outline, a measure on the page; closed and opened by arrows', async () => {
  const { page } = opened;
  await page.focus('#search');
  await page.keyboard.type('1-2');
  await expectOutlined(
    page,
    numbers(({ 番号 }) => 番号.startsWith('1-2-')),
  );
  const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-number'));
  await page.keyboard.press('ArrowDown');
  await expect.poll(at).toBe('1');
  await page.keyboard.press('ArrowDown');
  await expect.poll(at).toBe('1-2');
  await page.keyboard.press('End');
  const last = numbers(({ 番号 }) => 番号.startsWith('1-2-')).at(-1);
  await expect.poll(at).toBe(last);
  await page.keyboard.press('Enter');
  await expect.poll(seen).toContain(titleOf(last));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(at).toBe('1-2');
  await page.keyboard.press('ArrowLeft');
  expect(await page.locator('[data-number="1-2"]').getAttribute('aria-expanded')).toBe('false');
  expect(await page.locator('[data-number="1-2-1"]').isVisible()).toBe(false);
  await page.keyboard.press('ArrowDown');
  await expect.poll(at).toBe('1-2');
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('[data-number="1-2-1"]').isVisible()).toBe(true);
  // One stop for Tab, however many rows there are.
  expect(await page.locator('#side [role=treeitem][tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Home');
  await expect.poll(at).toBe('1');
});

const titleOf = (number: string | undefined) => files.find(({ 番号 }) => 番号 === number)?.取組;

/** Texts of the cells in the upper half of the pages. */
const seen = () =>
  opened.page.locator('#pages .cell').evaluateAll((cells) => {
    const half = (document.querySelector('#pages')?.getBoundingClientRect().bottom ?? 0) / 2;
    return cells
      .filter((cell) => {
        const { top, bottom } = cell.getBoundingClientRect();
        return bottom > 0 && top < half;
      })
      .map((cell) => cell.textContent?.replace(/\s/g, ''));
  });

test('a click leads to a measure, to a 中項目; the small triangle only opens and closes', async () => {
  const { page } = opened;
  const scrolled = () => page.locator('#pages').evaluate(({ scrollTop }) => Math.round(scrollTop));
  const before = await scrolled();
  await page.click('[data-number="2-1"] .twisty');
  expect(await page.locator('[data-number="2-1-1"]').isVisible()).toBe(true);
  expect(await scrolled()).toBe(before);
  await page.click('[data-number="2-1-1"]');
  await expect.poll(seen).toContain(titleOf('2-1-1'));
  await page.click('[data-number="1-1"] .name');
  await expect.poll(seen).toContain(titleOf('1-1-1'));
  expect(await scrolled()).toBeGreaterThan(0);
});

test('mistakes: the measure is marked and found by them while they are there', async () => {
  const { page, preview } = opened;
  await page.selectOption('#filter-told', 'error');
  await expectOutlined(page, []);
  preview.edit('measures/1-1-2.yaml', '区分: 新規', '区分: 新規中');
  await expectOutlined(page, ['1-1-2']);
  expect(await page.locator('#side .badge.error').allTextContents()).toEqual(['誤り']);
  preview.edit('measures/1-1-2.yaml', '区分: 新規中', '区分: 新規');
  await expectOutlined(page, []);
});

test('changed since a ref; a ref that is none is told', async () => {
  const { page, preview } = opened;
  const compare = async (ref: string) => {
    await page.fill('#side-ref', ref);
    await page.keyboard.press('Enter');
  };
  const status = () => page.locator('#side-ref-status').textContent();
  for (const [ref, told] of [
    ['-p', /^「-p」は - で始まるため/],
    ['--output=x', /^「--output=x」は - で始まるため/],
    ['nowhere', /^「nowhere」という版はありません/],
  ] as const) {
    await compare(ref);
    await expect.poll(status).toMatch(told);
    await page.locator('#side-ref[aria-invalid=true]').waitFor();
    await page.locator('#filter-changed:disabled').waitFor();
  }
  await compare('v0');
  await expect.poll(status).toBe('v0 から変わった取組はありません。');
  await page.locator('#side-ref:not([aria-invalid])').waitFor();
  await page.check('#filter-changed');
  await expectOutlined(page, []);
  preview.edit('measures/1-1-2.yaml', '予算額: 1188', '予算額: 2188');
  preview.edit('measures/1-1-1.yaml', '送信の準備・試験運用', '送信の準備');
  await expectOutlined(page, ['1-1-1', '1-1-2']);
  expect(await page.locator('#side .badge.changed').allTextContents()).toEqual(['変更', '変更']);
  await expect.poll(status).toBe('v0 からの違い: 変更 2 件');
  preview.edit('measures/1-1-2.yaml', '予算額: 2188', '予算額: 1188');
  preview.edit('measures/1-1-1.yaml', '送信の準備', '送信の準備・試験運用');
  await expectOutlined(page, []);
});

test('an edit changes the outline and leaves what is open, focused and typed; markup is text', async () => {
  const { page, preview } = opened;
  await page.fill('#search', '収納係課');
  await page.focus('#search');
  await page.keyboard.press('ArrowDown');
  for (let row = 0; row < 2; row += 1) await page.keyboard.press('ArrowDown');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-number'));
  await expect.poll(focused).toBe('1-1-1');
  const title = '<img src=x>手続き';
  preview.edit('measures/1-1-1.yaml', /^取組: .*$/m, `取組: ${title}`);
  const name = page.locator('[data-number="1-1-1"] .name');
  await expect.poll(() => name.textContent()).toContain(title);
  expect(await page.locator('#side img').count()).toBe(0);
  expect(await focused()).toBe('1-1-1');
  expect(await page.inputValue('#search')).toBe('収納係課');
  preview.edit('measures/1-1-1.yaml', /^取組: .*$/m, '取組: SMS(ショートメッセージ)による納め忘れの知らせ');
  await expect.poll(() => name.textContent()).not.toContain('<img');
});

test('axe-core finds nothing in either theme, filters open, with hits, with a problem', async () => {
  const { page } = opened;
  await page.fill('#search', '水色封筒');
  await page.fill('#side-ref', 'nowhere');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#side-ref-status').textContent()).toMatch(/nowhere/);
  expect(await accessibilityProblems(page, '#side')).toEqual([]);
  await page.click('#side .clear');
  expect(await accessibilityProblems(page, '#side')).toEqual([]);
});

test('the page complained of nothing', () => {
  expect(opened.page.problems).toEqual([]);
});

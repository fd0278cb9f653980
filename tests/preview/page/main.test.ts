import { expect, test } from 'vitest';
import type { Cell, PageInfo, State } from '../../../src/preview/messages.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { edition, measure, year } from './edition-data.ts';
import { all, emptyState, type FakePage, fire, inPage, lay, one, press, texts } from './page.ts';
import { renew } from './renderer.ts';

const cell = (path: string[], text: string, more: Partial<Cell> = {}): Cell => ({
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  file: 'measures/1-1-1.yaml',
  path,
  text,
  ...more,
});
const pages: PageInfo[] = [
  { key: 'a', part: '個票', number: 1, width: 100, height: 200 },
  { key: 'b', part: '個票', number: 2, width: 100, height: 200 },
];

let begun = 0;

/** The whole page as a browser begins it, with two pages of cells. */
async function begin(page: FakePage) {
  const rendering = renew();
  const { server } = page;
  server['/pages/a.json'] = {
    cells: [
      cell(['取組'], '窓口'),
      cell([], '1-1', { file: '', target: 'sheet-1-1' }),
      cell(['再掲'], '※再掲', { target: 'sheet-1-1-2' }),
      cell(['区分'], '', { target: 'sheet-9-9-9' }),
    ],
  };
  server['/pages/b.json'] = { cells: [cell(['番号'], '1-1-2', { file: 'measures/1-1-2.yaml' })] };
  server['/pages/a.vector'] = new Uint8Array([1]);
  server['/places.json'] = { 'sheet-1-1': { page: 2, y: 0 }, 'sheet-1-1-2': { page: 2, y: 100 } };
  server['/edition.json'] = edition([
    measure('1-1-1', { スケジュール: [year('R8', { 予算額: 5 })] }),
    measure('1-1-2', { スケジュール: null }),
  ]);
  server['/open'] = { place: 'content/measures/1-1-1.yaml:1:1', command: 'code' };
  begun += 1;
  const main = `../../../src/preview/page/main.ts?${begun}`;
  await import(main);
  const scrolled: unknown[] = [];
  byId('pages').scrollTo = ((goal: unknown) => void scrolled.push(goal)) as typeof window.scrollTo;
  const tell = async (state: Partial<State> = {}) => {
    page.events[0]?.tell({ ...emptyState, pages, edition: 'e1', ...state });
    for (const [index, shown] of all('.page').entries())
      lay(shown, { clientWidth: 100, clientHeight: 200, offsetTop: index * 210 });
    await page.settle();
    await page.rest();
  };
  const opened = () => page.requests.map(({ body }) => JSON.parse(String(body)) as unknown);
  return { tell, scrolled, opened, rendering };
}
const cellOf = (name: string) => one(`.cell[data-field$="${name}"]`);
const place = () => byId('place').textContent;

test('the renderer is loaded at once; what the edition is called is the title, as soon as it is known', () =>
  inPage(async (page) => {
    const { tell, rendering } = await begin(page);
    await page.until(() => rendering.begun.length === 1);
    await tell({ title: '第2次計画 施策集' });
    expect([byId('title').textContent, document.title]).toEqual(['第2次計画 施策集', '第2次計画 施策集']);
    await tell({ title: '' });
    expect([byId('title').textContent, document.title]).toEqual(['施策集', '施策集']);
  }));

test('a broken connection is told until it is there again', () =>
  inPage(async (page) => {
    const { tell } = await begin(page);
    const told = () => byId('connection').textContent;
    page.events[0]?.break();
    expect([told(), byId('title').textContent]).toEqual(['つながっていません。つなぎ直しています…', '施策集']);
    await tell();
    expect(told()).toBe('');
    page.events[0]?.break();
    expect(told()).toBe('つながっていません。つなぎ直しています…');
    expect(byId('title').textContent).toBe('施策集');
    await tell();
    expect(told()).toBe('');
  }));

test('a click on a cell opens its field in the editor, and is told what was opened', () =>
  inPage(async (page) => {
    const { tell, opened } = await begin(page);
    await tell();
    cellOf('取組').click();
    await page.settle();
    expect(opened()).toEqual([{ file: 'measures/1-1-1.yaml', path: ['取組'] }]);
    expect(byId('status').textContent).toBe('エディタで開きました: content/measures/1-1-1.yaml:1:1 code 命令を写す');
    expect(page.asked).not.toContain('/places.json');
    one('.page:first-child .cells').click();
    all('.page')[0]?.click();
    await page.settle();
    expect(opened().length).toBe(1);
  }));

test('who selected text did not mean to click; without any selection a click is one', () =>
  inPage(async (page) => {
    const { tell, opened } = await begin(page);
    await tell();
    page.selection = { isCollapsed: false };
    cellOf('取組').click();
    await page.settle();
    expect(opened()).toEqual([]);
    page.selection = null;
    cellOf('取組').click();
    await page.settle();
    expect(opened().length).toBe(1);
  }));

test('what leads to another place goes there; a 再掲 opens its own field, too; an unknown place is none', () =>
  inPage(async (page) => {
    const { tell, opened, scrolled } = await begin(page);
    await tell();
    cellOf('sheet-1-1').click();
    await page.settle();
    expect([opened(), scrolled]).toEqual([[], [{ top: 210 }]]);
    cellOf('再掲').click();
    await page.settle();
    expect([opened(), scrolled.slice(1)]).toEqual([[{ file: 'measures/1-1-1.yaml', path: ['再掲'] }], [{ top: 262 }]]);
    cellOf('区分').click();
    await page.settle();
    expect([opened().length, scrolled.length]).toEqual([2, 2]);
  }));

test('what only looks like a cell has no field', () =>
  inPage(async (page) => {
    const { tell, opened } = await begin(page);
    await tell();
    const other = Object.assign(document.createElement('div'), { className: 'cell' });
    byId('pages').append(other);
    other.click();
    fire(other, 'pointerover');
    await page.settle();
    expect([opened(), place()]).toEqual([[], '']);
  }));

test('the same with keys alone', () =>
  inPage(async (page) => {
    const { tell, opened } = await begin(page);
    await tell();
    expect(byId('pages').tabIndex).toBe(0);
    cellOf('取組').focus();
    press(document.activeElement, 'Enter');
    await page.settle();
    expect(opened()).toEqual([{ file: 'measures/1-1-1.yaml', path: ['取組'] }]);
  }));

test('the field below the pointer or the focus is named', () =>
  inPage(async (page) => {
    const { tell } = await begin(page);
    await tell();
    fire(cellOf('取組'), 'pointerover');
    expect(place()).toBe('measures/1-1-1.yaml › 取組');
    fire(cellOf('sheet-1-1'), 'pointerover');
    expect(place()).toBe('sheet-1-1');
    fire(all('.page')[0], 'pointerover');
    expect(place()).toBe('');
    fire(cellOf('番号'), 'focusin');
    expect(place()).toBe('measures/1-1-2.yaml › 番号');
    fire(byId('pages'), 'pointerleave');
    expect(place()).toBe('');
  }));

test('a mistake leads to its place in the editor', () =>
  inPage(async (page) => {
    const { tell, opened } = await begin(page);
    const diagnostic = {
      ...{ severity: 'error' as const, code: 'x', message: 'm', hint: 'h', frame: [] },
      ...{ file: 'content/measures/1-1-1.yaml', line: 3, column: 4, endLine: 3, endColumn: 5 },
    };
    await tell({ diagnostics: [diagnostic] });
    one('#diagnostics article button:not(.to-cell)').click();
    await page.settle();
    expect(opened()).toEqual([{ file: 'content/measures/1-1-1.yaml', line: 3, column: 4 }]);
    expect(texts('.badge.error')).toEqual(['誤り']);
  }));

test('the outline leads to a place on the pages, from the numbers, too', () =>
  inPage(async (page) => {
    const { tell, scrolled } = await begin(page);
    await tell();
    expect(texts('#views button')).toEqual(['紙面', '数字']);
    expect(texts('#numbers figure h3')).toEqual([]);
    all('#views button')[1]?.click();
    expect([byId('pages').hidden, byId('numbers').hidden]).toEqual([true, false]);
    await page.until(() => texts('#numbers figure h3').length === 3);
    one('[data-number="1-1-2"]').click();
    await page.settle();
    expect([byId('pages').hidden, byId('numbers').hidden, scrolled]).toEqual([false, true, [{ top: 262 }]]);
    one('[data-number="1"] .name').click();
    await page.settle();
    expect(scrolled.length).toBe(1);
  }));

test('a comparison is shared: asked for beside the outline, its changes stand in the numbers and lead to the pages', () =>
  inPage(async (page) => {
    const { tell, scrolled } = await begin(page);
    await tell();
    page.server['/differences.json?ref=v0'] = {
      ...{ ref: 'v0', years: ['R8'], unread: 0 },
      measures: [{ kind: 'changed', id: '1-1-2', title: '取組1-1-2', fields: ['予算額'], budget: [3] }],
      budgets: [{ name: '合計', before: [2], after: [5] }],
    };
    Object.assign(one('#side-ref'), { value: 'v0' });
    fire(one('#side form.ref'), 'submit');
    await page.settle();
    expect(texts('.badge.changed')).toEqual(['変更']);
    expect(one<HTMLInputElement>('#numbers-ref').value).toBe('v0');
    all('#views button')[1]?.click();
    await page.until(() => texts('#numbers button.link').length > 0);
    all('#numbers button.link')[0]?.click();
    await page.settle();
    expect([byId('numbers').hidden, scrolled]).toEqual([true, [{ top: 262 }]]);
  }));

test('a window of another size draws anew what is near; the tools belong to the pages', () =>
  inPage(async (page) => {
    const { tell, rendering } = await begin(page);
    const scales = () =>
      rendering.asked.filter(({ data_selection }) => data_selection === 1).map(({ pixel_per_pt }) => pixel_per_pt);
    await tell();
    const [first] = all('.page') as [HTMLElement];
    page.observers[0]?.tell([{ target: first, isIntersecting: true }]);
    await page.until(() => scales().length === 1);
    await page.rest();
    expect(one('#tools .seen').textContent).toMatch(/ \/ 2 ページ$/);
    lay(first, { clientWidth: 150 });
    page.resize();
    await page.settle();
    expect(scales()).toEqual([1, 1.5]);
    lay(byId('pages'), { clientHeight: 300 });
    press(byId('pages'), '+');
    expect(byId('pages').style.getPropertyValue('--zoom')).toBe('1.25');
  }));

test('改定履歴 in the outline leads to its page', () =>
  inPage(async (page) => {
    const { tell, scrolled } = await begin(page);
    page.server['/places.json'] = { 'part-改定履歴': { page: 2, y: 0 } };
    page.server['/edition.json'] = edition([measure('1-1-1', { スケジュール: null })], {
      改定履歴: [{ 年月: '令和9年4月', 西暦年月: '2027-04', 内容: '策定' }],
    });
    await tell({ pages: pages.map((one, index) => (index === 1 ? { ...one, part: '改定履歴' } : one)) });
    await page.until(() => all('[data-number="改定履歴"]').length === 1);
    one('[data-number="改定履歴"]').click();
    await page.settle();
    expect(scrolled).toEqual([{ top: 210 }]);
  }));

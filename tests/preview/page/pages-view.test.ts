import { expect, test } from 'vitest';
import type { State } from '../../../src/preview/messages.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { PagesView } from '../../../src/preview/page/sheet/pages-view.ts';
import { showTools } from '../../../src/preview/page/sheet/tools.ts';
import { realScale, type Zoom } from '../../../src/preview/page/sheet/zoom.ts';
import { fakeTypst, info, serve } from './fake-typst.ts';
import { all, type FakePage, fakeStore, fire, inPage, lay, one, press, same, texts } from './page.ts';

/** The pages of a state, each laid out 100 by 200 pixels, one below the other. */
function pages(page: FakePage, first?: Partial<State>) {
  const store = fakeStore(first);
  const typst = fakeTypst();
  const root = byId('pages');
  const scrolled: unknown[] = [];
  root.scrollTo = ((...all: unknown[]) => void scrolled.push(all.length === 1 ? all[0] : all)) as typeof root.scrollTo;
  const view = new PagesView(root, store, typst.load);
  const lays = () => {
    for (const [index, shown] of all('.page').entries())
      lay(shown, { clientWidth: 100, clientHeight: 400, offsetTop: 10 + index * 410 });
  };
  const set = (state: Partial<State> | undefined) => {
    for (const { key } of state?.pages ?? []) serve(page, key, key);
    store.set(state);
    lays();
  };
  return { store, typst, root, scrolled, view, set };
}
const three = ['a', 'b', 'c'].map((key, index) => info(key, { number: index + 1 }));
const labels = () => all('.page').map((shown) => shown.getAttribute('aria-label'));

test.each<[string, Partial<State> | undefined, string | undefined]>([
  ['nothing known yet', undefined, '紙面を組んでいます…'],
  ['being laid out', {}, '紙面を組んでいます…'],
  ['mistakes', { diagnostics: [{} as State['diagnostics'][0]] }, '誤りを直すと、ここに紙面が出ます。'],
  ['a problem', { problem: 'x' }, '誤りを直すと、ここに紙面が出ます。'],
  ['pages', { pages: three, diagnostics: [{} as State['diagnostics'][0]] }, undefined],
])('what stands where the pages are not yet: %s', (_what, state, told) =>
  inPage((page) => {
    const { set } = pages(page);
    set(state);
    expect(all('#pages > .message').map(({ outerHTML }) => outerHTML)).toEqual(
      told === undefined ? [] : [`<p class="message">${told}</p>`],
    );
  }),
);

test('pages come, change and go; the word goes when they come and is back when they are gone', () =>
  inPage((page) => {
    const { set, view, root } = pages(page);
    set({});
    set({ pages: three, edition: 'e1' });
    expect([labels(), view.count, all('.message').length]).toEqual([
      ['1ページ 個票', '2ページ 個票', '3ページ 個票'],
      3,
      0,
    ]);
    const [first] = all('.page');
    const [observer] = page.observers;
    expect(observer?.options).toEqual({ root, rootMargin: '75% 0px' });
    expect(same([...(observer?.observed ?? [])], all('.page'))).toBe(true);
    set({ pages: [info('x', { part: '表紙', number: 1 })], edition: 'e2' });
    expect([labels(), view.count]).toEqual([['1ページ 表紙'], 1]);
    expect(same([...all('.page'), ...(observer?.observed ?? [])], [first, first])).toBe(true);
    set({ edition: 'e3' });
    expect([labels(), view.count, texts('.message')]).toEqual([[], 0, ['紙面を組んでいます…']]);
    expect(page.observers.length).toBe(1);
  }));

test('a server that begins anew knows its cover first: what is here stays until it knows the rest', () =>
  inPage((page) => {
    const { set, view } = pages(page);
    set({ pages: three, edition: 'e1' });
    let updates = 0;
    view.onUpdate(() => {
      updates += 1;
    });
    set({ pages: [info('cover', { part: '表紙', number: 1 })] });
    expect([labels().length, updates]).toEqual([3, 0]);
    set({ pages: three.map((one) => ({ ...one, part: '目次' })) });
    expect([labels()[0], updates]).toEqual(['1ページ 目次', 1]);
    set(undefined);
    expect(labels()).toEqual([]);
  }));

test('a cover goes when mistakes are found behind it', () =>
  inPage((page) => {
    const { set } = pages(page);
    set({ pages: [info('cover', { part: '表紙', number: 1 })] });
    set({ diagnostics: [{} as State['diagnostics'][0]] });
    expect([labels(), texts('.message')]).toEqual([[], ['誤りを直すと、ここに紙面が出ます。']]);
  }));

test('what comes near the window is drawn; the rest is listed at leisure, one page after the other', () =>
  inPage(async (page) => {
    const { set, typst } = pages(page);
    set({ pages: three, edition: 'e1' });
    const [first, second] = all('.page') as [HTMLElement, HTMLElement];
    page.observers[0]?.tell([
      { target: first, isIntersecting: true },
      { target: second, isIntersecting: false },
      { target: document.body, isIntersecting: true },
    ]);
    await page.settle();
    expect([first.dataset.drawn, second.dataset.drawn, typst.drawn.length]).toEqual(['a', undefined, 1]);
    expect(page.asked.filter((address) => !address.includes('/a.'))).toEqual([]);
    const order: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      for (const { run } of page.idle.splice(0)) run();
      await page.settle();
      order.push(texts('.cell').join());
    }
    expect(order.at(-1)).toBe('a,b,c');
    expect(page.asked.filter((address) => /[bc]\./.test(address))).toEqual(['/pages/b.json', '/pages/c.json']);
    page.observers[0]?.tell([{ target: first, isIntersecting: false }]);
    expect(first.dataset.drawn).toBe(undefined);
    set({ pages: three, edition: 'e1' });
    expect(page.idle).toEqual([]);
    await page.rest();
    expect(page.asked.length).toBe(4);
  }));

test('to go to a place is to scroll so that it stands a bit below the top; a page that is none is no place', () =>
  inPage((page) => {
    const { set, view, scrolled } = pages(page);
    set({ pages: three, edition: 'e1' });
    view.goTo({ page: 2, y: 100 });
    view.goTo({ page: 1, y: 24.5 });
    view.goTo({ page: 1, y: 0 });
    view.goTo({ page: 4, y: 0 });
    view.goTo({ page: 0, y: 0 });
    expect(scrolled).toEqual([{ top: 420 + 200 - 48 }, { top: 11 }, { top: 10 }]);
  }));

test('the page that is seen is the one at a third of the window', () =>
  inPage((page) => {
    const { set, view, root } = pages(page);
    expect([view.current, view.count]).toEqual([0, 0]);
    set({ pages: three, edition: 'e1' });
    lay(root, { clientHeight: 300 });
    const at = (top: number) => {
      root.scrollTop = top;
      return view.current;
    };
    expect([at(0), at(319), at(320), at(729), at(730), at(5_000)]).toEqual([1, 1, 2, 2, 3, 3]);
  }));

test('zoom keeps what is in the middle of the window where it is, and draws what is near anew', () =>
  inPage(async (page) => {
    const { set, view, root, scrolled, typst } = pages(page);
    set({ pages: three, edition: 'e1' });
    page.observers[0]?.tell([{ target: all('.page')[0] as HTMLElement, isIntersecting: true }]);
    await page.settle();
    lay(root, { clientWidth: 100, clientHeight: 300 });
    // The middle is at 615: 195 of 400 pixels of the second page, and 80 of its 100 from the left.
    Object.assign(root, { scrollLeft: 30, scrollTop: 465 });
    for (const shown of all('.page')) lay(shown, { offsetLeft: 0 });
    const { setProperty } = root.style;
    root.style.setProperty = (name, value) => {
      setProperty.call(root.style, name, value);
      for (const [index, shown] of all('.page').entries())
        lay(shown, { clientWidth: 200, clientHeight: 800, offsetTop: 10 + index * 810 });
    };
    view.zoom(150);
    expect([root.style.getPropertyValue('--zoom'), root.dataset.zoom]).toEqual(['1.5', 'real']);
    expect(scrolled).toEqual([{ left: 0.8 * 200 - 50, top: 820 + (195 / 400) * 800 - 150 }]);
    expect(view.percent).toBeCloseTo(150);
    await page.settle();
    expect(typst.drawn.map((drawn) => (drawn as unknown[])[3])).toEqual([1, 2]);
  }));

test('as wide as the window and whole in it are the style’s to say; a whole page comes to the middle', () =>
  inPage((page) => {
    const { set, view, root, scrolled } = pages(page);
    view.zoom('page');
    expect([root.dataset.zoom, view.percent, scrolled]).toEqual(['page', 0, []]);
    set({ pages: three, edition: 'e1' });
    lay(root, { clientWidth: 100, clientHeight: 500 });
    root.scrollTop = 300;
    view.zoom('page');
    expect(scrolled).toEqual([{ top: 420 - 50 }]);
    view.zoom('width');
    expect([root.dataset.zoom, root.style.getPropertyValue('--zoom')]).toEqual(['width', '']);
  }));

/** The tools over pages whose zooms are remembered; pages as wide as the window are at 75 %, whole ones at 60 %. */
function tools(page: FakePage) {
  const made = pages(page);
  made.set({ pages: three, edition: 'e1' });
  lay(made.root, { clientHeight: 300 });
  const zooms: Zoom[] = [];
  made.view.zoom = (zoom) => {
    zooms.push(zoom);
    const percent = zoom === 'width' ? 75 : zoom === 'page' ? 60 : zoom;
    for (const shown of all('.page')) lay(shown, { clientWidth: percent * realScale });
  };
  showTools(byId('tools'), made.root, made.view);
  const [smaller, larger, width, whole] = all('#tools button') as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  return { ...made, zooms, smaller, larger, width, whole, size: one<HTMLSelectElement>('#tools select') };
}

test('tools: smaller, larger, a size, as wide as the window, whole in it, each with its name and its key', () =>
  inPage((page) => {
    const { zooms, smaller, larger, width, whole, size } = tools(page);
    const named = (element: Element) => [
      element.textContent,
      element.getAttribute('title'),
      element.getAttribute('aria-label'),
    ];
    expect([smaller, larger, width, whole].map(named)).toEqual([
      ['−', '紙面を小さくする(- キー)', '紙面を小さくする'],
      ['+', '紙面を大きくする(+ キー)', '紙面を大きくする'],
      ['幅に合わせる', '幅に合わせる(0 キー)', null],
      ['ページ全体', 'ページ全体(9 キー)', null],
    ]);
    expect(size.getAttribute('aria-label')).toBe('紙面の大きさ(100% は紙の実際の大きさ)');
    expect(all('#tools .sizes').map((group) => group.getAttribute('aria-label'))).toEqual([
      '紙面の大きさ',
      '窓に合わせる',
    ]);
    const pressed = () => [width, whole].map((button) => button.getAttribute('aria-pressed'));
    expect([size.value, pressed()]).toEqual(['75', ['true', 'false']]);
    const after = (button: HTMLElement, times: number) =>
      Array.from({ length: times }, () => {
        button.click();
        return size.value;
      });
    expect([after(larger, 3), pressed()]).toEqual([
      ['90', '100', '110'],
      ['false', 'false'],
    ]);
    expect([after(whole, 1), pressed()]).toEqual([['60'], ['false', 'true']]);
    expect(texts('option', size)).toContain('60%');
    expect(after(smaller, 2)).toEqual(['50', '50']);
    Object.assign(size, { value: '400' });
    fire(size, 'change');
    expect(after(larger, 1)).toEqual(['400']);
    expect(zooms).toEqual(['width', 90, 100, 110, 'page', 50, 400]);
  }));

test('the size that was chosen last is there again', () =>
  inPage((page) => {
    const first = tools(page);
    first.whole.click();
    byId('tools').replaceChildren();
    expect(tools(page).zooms).toEqual(['page']);
  }));

test('the same by keys on the pages; with a modifier they are the browser’s', () =>
  inPage((page) => {
    const { zooms, root } = tools(page);
    for (const key of ['+', 'x', ';', '=', '-', '9', '1', '0']) press(root, key);
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      for (const key of ['+', '-', '0', '9', '1']) press(root, key, { [modifier]: true });
    expect(zooms).toEqual(['width', 90, 100, 110, 100, 'page', 100, 'width']);
  }));

test('which page of how many is seen, after each update and scroll', () =>
  inPage((page) => {
    const { set, root } = tools(page);
    const seen = () => one('.seen').textContent;
    lay(root, { clientHeight: 300 });
    set({});
    expect(seen()).toBe('');
    set({ pages: three, edition: 'e1' });
    set({ pages: three, edition: 'e1' });
    expect(seen()).toBe('1 / 3 ページ');
    root.scrollTop = 320;
    fire(root, 'scroll');
    expect(seen()).toBe('2 / 3 ページ');
    set({ edition: 'e2' });
    expect(seen()).toBe('');
  }));

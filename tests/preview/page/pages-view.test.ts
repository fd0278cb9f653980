import { expect, test } from 'vitest';
import type { Cell, PageInfo, State } from '../../../src/preview/messages.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { PageView } from '../../../src/preview/page/sheet/page-view.ts';
import { PagesView } from '../../../src/preview/page/sheet/pages-view.ts';
import { showTools } from '../../../src/preview/page/sheet/tools.ts';
import type { TextRun, Typst } from '../../../src/preview/page/sheet/typst.ts';
import {
  type Answer,
  all,
  type FakePage,
  fakeStore,
  fire,
  inPage,
  later,
  lay,
  one,
  press,
  same,
  texts,
} from './page.ts';

const info = (key: string, more: Partial<PageInfo> = {}): PageInfo => ({
  key,
  part: '個票',
  number: 3,
  width: 100,
  height: 200,
  ...more,
});
const cell = (text: string): Cell => ({
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  file: 'measures/1-1-1.yaml',
  path: ['取組'],
  text,
});

/** Draws nothing, remembers what; `hold` keeps a drawing from its end. */
function fakeTypst() {
  const drawn: unknown[] = [];
  const read: unknown[] = [];
  const fake = {
    drawn,
    read,
    loaded: 0,
    hold: undefined as Promise<void> | undefined,
    reading: undefined as Promise<void> | undefined,
    runs: [] as TextRun[],
    load: async () => {
      fake.loaded += 1;
      return {
        draw: async (canvas: HTMLCanvasElement, vector: Uint8Array, offset: number, scale: number) => {
          drawn.push([canvas.width, canvas.height, [...vector], offset, scale]);
          await fake.hold;
        },
        texts: async (vector: Uint8Array, offset: number) => {
          read.push([[...vector], offset]);
          const { runs } = fake;
          await fake.reading;
          return runs;
        },
      } as unknown as Typst;
    },
  };
  return fake;
}

/** What the server has of a page. */
function serve({ server }: FakePage, key: string, text: string, offset = 0): void {
  server[`/pages/${key}.json`] = { offset, cells: [cell(text)] };
  server[`/pages/${key}.vector`] = new Uint8Array([key.charCodeAt(0)]);
}

/** A page of 150 pixels' width for its 100 pt. */
function pageView(page: FakePage, key = 'a') {
  const typst = fakeTypst();
  serve(page, key, '窓口', 5);
  const view = new PageView(info(key), typst.load);
  lay(view.root, { clientWidth: 150 });
  byId('pages').append(view.root);
  return { typst, view };
}
const canvases = () => all('canvas');
const cells = () => texts('.cell');

test('a page that is far away is a frame of its size with its name; nothing is asked for', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    await page.settle();
    expect(view.root.outerHTML.replace(/ style="[^"]*"/, '')).toBe(
      '<section class="page" aria-label="3ページ 個票"><div class="cells"></div></section>',
    );
    expect(view.root.style.getPropertyValue('--page-width')).toBe('100');
    expect(view.root.style.getPropertyValue('--page-height')).toBe('200');
    expect(view.info).toEqual(info('a'));
    expect([page.asked, typst.loaded, view.isListed]).toEqual([[], 0, false]);
    view.update(info('b', { number: 4, part: '目次', width: 50, height: 60 }));
    await page.settle();
    expect(view.root.getAttribute('aria-label')).toBe('4ページ 目次');
    expect(view.root.style.getPropertyValue('--page-width')).toBe('50');
    expect(page.asked).toEqual([]);
  }));

test('near the window it is drawn at the scale of the screen, its texts over it; at leisure they are put in place', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    typst.runs = [{ x: 1, y: 1, size: 5, text: '窓口' }];
    view.near = true;
    await page.settle();
    expect(page.asked.sort()).toEqual(['/pages/a.json', '/pages/a.vector']);
    expect(typst.drawn).toEqual([[150, 300, [97], 5, 1.5]]);
    expect(view.root.firstElementChild?.outerHTML).toBe(
      '<canvas aria-hidden="true" width="150" height="300"></canvas>',
    );
    expect([view.root.dataset.drawn, view.isListed, cells(), typst.read]).toEqual(['a', true, ['窓口'], []]);
    expect(all('.cell span')).toEqual([]);
    await page.rest();
    expect(typst.read).toEqual([[[97], 5]]);
    expect(texts('.cell span')).toEqual(['窓口']);
    expect(all('.changed')).toEqual([]);
    view.near = true;
    await page.settle();
    expect(typst.drawn.length).toBe(1);
  }));

test.each([
  ['a screen of two pixels a pixel', 2, 150, [300, 600, [97], 5, 3]],
  ['at most four pixels a pt', 3, 150, [400, 800, [97], 5, 4]],
  ['whole pixels', 1.25, 151, [189, 378, [97], 5, 1.8875]],
])('its resolution: %s', (_what, ratio, width, expected) =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    Object.assign(globalThis, { devicePixelRatio: ratio });
    lay(view.root, { clientWidth: width });
    view.near = true;
    await page.settle();
    expect(typst.drawn).toEqual([expected]);
  }),
);

test('what has no width is not drawn; what did not change is not drawn again; another size is', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    lay(view.root, { clientWidth: 0 });
    view.near = true;
    await view.draw();
    expect(page.asked).toEqual([]);
    lay(view.root, { clientWidth: 150 });
    await view.draw();
    await view.draw();
    view.update(info('a'));
    await page.settle();
    expect(typst.drawn.length).toBe(1);
    lay(view.root, { clientWidth: 200 });
    await view.draw();
    expect([typst.drawn.length, canvases().length, canvases()[0]?.getAttribute('width')]).toEqual([2, 1, '200']);
    expect(page.asked.length).toBe(2);
  }));

test('far away again it is no picture any more, its texts stay; near again its content need not be asked for', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    view.near = true;
    await page.settle();
    view.near = false;
    expect([canvases(), view.root.dataset.drawn, cells()]).toEqual([[], undefined, ['窓口']]);
    await page.settle();
    await view.draw();
    expect(typst.drawn.length).toBe(1);
    view.near = true;
    await page.settle();
    expect(typst.drawn.length).toBe(2);
    expect(page.asked.sort()).toEqual(['/pages/a.json', '/pages/a.vector', '/pages/a.vector']);
  }));

test('a new state of a page: the old picture stays until the new one is there; what changed flashes once', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    view.near = true;
    await page.settle();
    const [before] = canvases();
    serve(page, 'b', '新しい窓口');
    const hold = later<void>();
    typst.hold = hold.answer;
    view.update(info('b'));
    await page.settle();
    expect(same(canvases(), [before])).toBe(true);
    expect([view.root.dataset.drawn, cells(), view.isListed]).toEqual(['a', ['窓口'], false]);
    hold.give();
    await page.settle();
    expect([canvases().length, view.root.dataset.drawn, cells(), view.isListed]).toEqual([
      1,
      'b',
      ['新しい窓口'],
      true,
    ]);
    expect(canvases()[0]).not.toBe(before);
    const flashing = one('.cell');
    expect(flashing.className).toBe('cell changed');
    fire(flashing, 'animationend');
    expect(flashing.className).toBe('cell');
  }));

test('far away it is listed without a picture, once a state; nothing flashes', () =>
  inPage(async (page) => {
    const { view } = pageView(page);
    await view.list();
    await view.list();
    expect([page.asked, cells(), view.isListed, canvases()]).toEqual([['/pages/a.json'], ['窓口'], true, []]);
    serve(page, 'b', '別');
    view.update(info('b'));
    await view.list();
    expect([cells(), all('.changed'), view.isListed]).toEqual([['別'], [], true]);
  }));

test('what the server could not tell is asked for again', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    page.server['/pages/a.json'] = 404;
    await view.list();
    expect(view.isListed).toBe(false);
    serve(page, 'a', '窓口');
    await view.list();
    expect(cells()).toEqual(['窓口']);
    page.server['/pages/a.vector'] = 404;
    view.near = true;
    await page.settle();
    expect([canvases(), view.root.dataset.drawn]).toEqual([[], undefined]);
    page.server['/pages/a.vector'] = 201;
    await view.draw();
    expect(canvases()).toEqual([]);
    serve(page, 'a', '窓口');
    await view.draw();
    expect([canvases().length, typst.drawn.length]).toEqual([1, 1]);
  }));

test('one drawing at a time: what is wished for meanwhile is drawn once, as it is then', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    const hold = later<void>();
    typst.hold = hold.answer;
    view.near = true;
    await page.settle();
    for (const key of ['b', 'c']) {
      serve(page, key, key);
      view.update(info(key));
    }
    await page.settle();
    expect(typst.drawn.length).toBe(1);
    hold.give();
    await page.settle();
    expect(typst.drawn.map((drawn) => (drawn as unknown[])[2])).toEqual([[97], [99]]);
    expect([view.root.dataset.drawn, cells(), canvases().length]).toEqual(['c', ['c'], 1]);
  }));

test('a page that went away while it was drawn stays without a picture', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    const hold = later<void>();
    typst.hold = hold.answer;
    view.near = true;
    await page.settle();
    view.near = false;
    hold.give();
    await page.settle();
    expect([canvases(), view.root.dataset.drawn, typst.drawn.length]).toEqual([[], undefined, 1]);
    view.near = true;
    await page.settle();
    expect(canvases().length).toBe(1);
  }));

test('an older content that comes late never replaces a newer one', () =>
  inPage(async (page) => {
    const { view } = pageView(page);
    const slow = later<Answer>();
    page.server['/pages/a.json'] = () => slow.answer;
    const listing = view.list();
    serve(page, 'b', '新');
    view.update(info('b'));
    await view.list();
    slow.give({ offset: 0, cells: [cell('古')] });
    await listing;
    expect([cells(), view.isListed]).toEqual([['新'], true]);
  }));

test('an older content is better than none', () =>
  inPage(async (page) => {
    const { view } = pageView(page);
    const slow = later<Answer>();
    page.server['/pages/a.json'] = () => slow.answer;
    const listing = view.list();
    view.update(info('b'));
    slow.give({ offset: 0, cells: [cell('古')] });
    await listing;
    expect([cells(), view.isListed]).toEqual([['古'], false]);
  }));

test('texts are put in place for what is shown only', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    view.near = true;
    await page.settle();
    serve(page, 'b', '別');
    view.update(info('b'));
    await page.settle();
    expect(page.idle.length).toBe(2);
    await page.rest();
    expect(typst.read).toEqual([[[98], 0]]);
    lay(view.root, { clientWidth: 200 });
    await view.draw();
    lay(view.root, { clientWidth: 300 });
    await view.draw();
    await page.rest();
    expect(typst.read.length).toBe(2);
  }));

test('texts that were read of an older picture are not put over a newer one', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    const reading = later<void>();
    typst.reading = reading.answer;
    typst.runs = [{ x: 1, y: 1, size: 5, text: '古' }];
    view.near = true;
    await page.settle();
    await page.rest();
    typst.reading = undefined;
    typst.runs = [{ x: 1, y: 1, size: 5, text: '新' }];
    serve(page, 'b', '新');
    view.update(info('b'));
    await page.settle();
    await page.rest();
    expect(texts('.cell span')).toEqual(['新']);
    reading.give();
    await page.settle();
    expect(texts('.cell span')).toEqual(['新']);
  }));

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
    lay(root, { clientWidth: 100, clientHeight: 300, scrollWidth: 200, scrollHeight: 1_000 });
    Object.assign(root, { scrollLeft: 30, scrollTop: 450 });
    const { setProperty } = root.style;
    root.style.setProperty = (name, value) => {
      setProperty.call(root.style, name, value);
      lay(root, { scrollWidth: 400, scrollHeight: 2_000 });
      lay(all('.page')[0] as HTMLElement, { clientWidth: 200 });
    };
    view.zoom(2);
    expect(root.style.getPropertyValue('--zoom')).toBe('2');
    expect(scrolled).toEqual([[0.4 * 400 - 50, 0.6 * 2_000 - 150]]);
    await page.settle();
    expect(typst.drawn.map((drawn) => (drawn as unknown[])[4])).toEqual([1, 2]);
  }));

/** The tools over pages whose zooms are remembered. */
function tools(page: FakePage) {
  const made = pages(page);
  const zooms: number[] = [];
  made.view.zoom = (factor) => void zooms.push(factor);
  showTools(byId('tools'), made.root, made.view);
  const [smaller, larger, whole] = all('#tools button') as [HTMLElement, HTMLElement, HTMLElement];
  return { ...made, zooms, smaller, larger, whole };
}

test('tools: smaller, larger, as wide as the window, each with its name and its key', () =>
  inPage((page) => {
    const { zooms, smaller, larger, whole } = tools(page);
    const button = (label: string, text: string) =>
      `<button type="button" aria-label="${label}" title="${label}">${text}</button>`;
    expect(byId('tools').innerHTML).toBe(
      `<span class="seen"></span>${button('紙面を小さくする(- キー)', '−')}<output>100%</output>` +
        `${button('紙面を大きくする(+ キー)', '+')}${button('窓の幅に合わせる(0 キー)', '幅')}`,
    );
    const size = () => one('output').textContent;
    const shown: (string | null)[] = [];
    for (let step = 0; step < 5; step += 1) {
      larger.click();
      shown.push(size());
    }
    whole.click();
    shown.push(size());
    for (let step = 0; step < 4; step += 1) {
      smaller.click();
      shown.push(size());
    }
    expect(shown).toEqual(['125%', '150%', '200%', '300%', '300%', '100%', '80%', '67%', '50%', '50%']);
    expect(zooms).toEqual([1.25, 1.5, 2, 3, 1, 0.8, 0.67, 0.5]);
  }));

test('the same by keys on the pages; with a modifier they are the browser’s', () =>
  inPage((page) => {
    const { zooms, root } = tools(page);
    for (const key of ['+', 'x', ';', '=', '-', '0']) press(root, key);
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      for (const key of ['+', '-', '0']) press(root, key, { [modifier]: true });
    expect(zooms).toEqual([1.25, 1.5, 1.25, 1]);
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

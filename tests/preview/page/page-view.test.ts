import { expect, test } from 'vitest';
import { byId } from '../../../src/preview/page/element.ts';
import { PageView } from '../../../src/preview/page/sheet/page-view.ts';
import { cell, fakeTypst, info, serve } from './fake-typst.ts';
import { type Answer, all, type FakePage, fire, inPage, later, lay, one, same, texts } from './page.ts';

/** A page of 150 pixels' width for its 100 pt. */
function pageView(page: FakePage, key = 'a') {
  const typst = fakeTypst();
  serve(page, key, '窓口');
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
      '<section class="page" aria-label="3ページ 個票"><div class="rows" aria-hidden="true"></div><div class="cells"></div></section>',
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
    expect(typst.drawn).toEqual([[150, 300, [97], 1.5]]);
    expect(view.root.firstElementChild?.outerHTML).toBe(
      '<canvas aria-hidden="true" width="150" height="300"></canvas>',
    );
    expect([view.root.dataset.drawn, view.isListed, cells(), typst.read]).toEqual(['a', true, ['窓口'], []]);
    expect(all('.cell span')).toEqual([]);
    await page.rest();
    expect(typst.read).toEqual([[97]]);
    expect(texts('.cell span')).toEqual(['窓口']);
    expect(all('.changed')).toEqual([]);
    view.near = true;
    await page.settle();
    expect(typst.drawn.length).toBe(1);
  }));

test.each([
  ['a screen of two pixels a pixel', 2, 150, [300, 600, [97], 3]],
  ['at most four pixels a pt', 4, 100, [400, 800, [97], 4]],
  ['whole pixels', 1.25, 151, [189, 378, [97], 1.8875]],
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

test('beyond four pixels a pt the browser draws its outlines, sharp at any size', () =>
  inPage(async (page) => {
    const { view, typst } = pageView(page);
    Object.assign(globalThis, { devicePixelRatio: 3 });
    typst.svg = '<svg><path d="M 0 0 L 5 5"/><script>x</script></svg>';
    view.near = true;
    await page.settle();
    expect([typst.drawn, canvases()]).toEqual([[], []]);
    expect(view.root.firstElementChild?.outerHTML).toBe(
      '<svg viewBox="0 0 100 200" fill="none" aria-hidden="true"><path d="M 0 0 L 5 5"></path></svg>',
    );
    lay(view.root, { clientWidth: 600 });
    await view.draw();
    expect([typst.outlined, all('svg').length]).toEqual([[[97]], 1]);
  }));

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
    slow.give({ cells: [cell('古')] });
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
    slow.give({ cells: [cell('古')] });
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
    expect(typst.read).toEqual([[98]]);
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

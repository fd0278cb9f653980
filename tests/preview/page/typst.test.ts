import { expect, test } from 'vitest';
import { loadTypst } from '../../../src/preview/page/sheet/typst.ts';
import { inPage, later } from './page.ts';
import { renew } from './renderer.ts';

const vector = new Uint8Array([1, 2, 3]);
const span = (style: string, text: string) => `<span class="typst-content-text" style="${style}">${text}</span>`;
const at = (x: string, y: string, size = '10.5') =>
  `font-size: calc(var(--data-text-height) * ${size}); line-height: 1; left: calc(var(--data-text-width) * ${x}); top: calc(var(--data-text-height) * ${y}); transform: scaleX(1)`;

test('the renderer is loaded when it is first wanted, once, from the server', async () => {
  const { begun } = renew();
  const load = loadTypst();
  expect(begun).toEqual([]);
  expect(await load()).toBe(await load());
  expect(begun).toEqual([{ module_or_path: '/renderer/typst_ts_renderer_bg.wasm' }]);
});

test('a page is drawn on white, its picture alone, on the canvas at hand', () =>
  inPage(async () => {
    const rendering = renew();
    const typst = await loadTypst()();
    const canvas = document.createElement('canvas');
    canvas.getContext = ((kind: string) => `context ${kind}`) as unknown as typeof canvas.getContext;
    await typst.draw(canvas, vector, 1.5);
    expect(rendering.asked).toEqual([
      {
        format: 'vector',
        artifact_content: vector,
        pixel_per_pt: 1.5,
        background_color: '#ffffff',
        data_selection: 1,
        context: 'context 2d',
      },
    ]);
    expect(rendering.open).toBe(0);
  }));

test('its texts, each with its place and size, as they are written', () =>
  inPage(async () => {
    const rendering = renew();
    rendering.html = `<div class="typst-page">${span(at('20', '30.25'), '取組')}<span class="other">x</span>${span(
      at('-1.5', '-2', '8'),
      '&lt;b&gt; &quot;a&quot; &#39;c&#x27; &amp;lt; &unknown;',
    )}${span(at('0', '0'), '')}</div>`;
    const typst = await loadTypst()();
    expect(await typst.texts(vector)).toEqual([
      { x: 20, y: 30.25, size: 10.5, text: '取組' },
      { x: -1.5, y: -2, size: 8, text: `<b> "a" 'c' &lt; &unknown;` },
      { x: 0, y: 0, size: 10.5, text: '' },
    ]);
    expect(rendering.asked[0]).toMatchObject({ pixel_per_pt: 1, data_selection: 8 });
    rendering.html = undefined;
    expect(await typst.texts(vector)).toEqual([]);
  }));

test('it does one thing after the other, also when one fails', () =>
  inPage(async ({ settle }) => {
    const rendering = renew();
    const typst = await loadTypst()();
    const first = later<Promise<void>>();
    rendering.hold = first.answer.then((held) => held);
    const vectors = [1, 2, 3].map((byte) => new Uint8Array([byte]));
    const [failing, second, third] = vectors.map((one) => typst.texts(one).catch(String));
    await settle();
    expect([rendering.asked.length, rendering.open]).toEqual([1, 1]);
    rendering.hold = undefined;
    first.give(Promise.reject(new Error('broken')));
    expect(await failing).toBe('Error: broken');
    await settle();
    await Promise.all([second, third]);
    expect(rendering.asked.map((asked) => asked.artifact_content)).toEqual(vectors);
    expect(rendering.open).toBe(0);
  }));

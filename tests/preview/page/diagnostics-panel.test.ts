import { expect, test } from 'vitest';
import type { DiagnosticView } from '../../../src/preview/messages.ts';
import { showDiagnostics } from '../../../src/preview/page/diagnostics-panel.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { all, fakeStore, inPage, one, texts } from './page.ts';

const diagnostic = (more: Partial<DiagnosticView> = {}): DiagnosticView => ({
  severity: 'error',
  code: 'wrong-kind',
  file: 'content/measures/1-1-1.yaml',
  line: 2,
  column: 5,
  endLine: 2,
  endColumn: 7,
  message: '区分が違います。',
  hint: '新規か継続にします。',
  frame: [],
  ...more,
});

/** `cells`: those with mistakes, by message. */
const panel = (cells: Record<string, HTMLElement> = {}) => {
  const store = fakeStore();
  const root = byId('diagnostics');
  const opened: DiagnosticView[] = [];
  const marks = {
    cellWith: ({ message }: DiagnosticView) => cells[message],
    of: (cell: Element) => {
      const diagnostics = (store.state?.diagnostics ?? []).filter(({ message }) => cells[message] === cell);
      return { diagnostics };
    },
    onChange: () => {},
  };
  showDiagnostics(root, store, { open: (one) => void opened.push(one), marks });
  return { store, root, opened };
};

test('it is there while something is wrong', () =>
  inPage(() => {
    const { store, root } = panel();
    store.set({});
    expect(root.hidden).toBe(true);
    store.set({ diagnostics: [diagnostic()] });
    expect([root.hidden, [...root.childNodes].map(({ nodeName }) => nodeName)]).toEqual([false, ['H2', 'SECTION']]);
    store.set({ problem: 'PDF を\u0007作れません。' });
    expect(root.hidden).toBe(false);
    expect(one('.problem').outerHTML).toBe('<p class="problem">PDF を\\u{7}作れません。</p>');
    store.set({});
    expect([root.hidden, all('.problem').length, all('article').length]).toEqual([true, 0, 0]);
    store.set({ diagnostics: [diagnostic()] });
    store.set(undefined);
    expect([root.hidden, all('article').length]).toEqual([true, 0]);
  }));

test.each<[string, Partial<DiagnosticView>[]]>([
  ['誤り 1 件', [{}]],
  ['注意 1 件', [{ severity: 'warning' }]],
  ['誤り 5 件、注意 3 件', [{}, { severity: 'warning' }, { count: 4 }, { severity: 'warning', count: 2 }]],
])('its heading: %s', (heading, diagnostics) =>
  inPage(() => {
    const { store } = panel();
    store.set({ diagnostics: diagnostics.map(diagnostic) });
    expect(texts('h2', byId('diagnostics'))).toEqual([heading]);
  }),
);

test('one section a file, in the order in which they come, hidden signs written', () =>
  inPage(() => {
    const { store, root } = panel();
    const [a, b] = ['content/b\u202e.yaml', 'content/a.yaml'];
    store.set({
      diagnostics: [
        diagnostic({ file: a, message: '一' }),
        diagnostic({ file: b, message: '二', severity: 'warning' }),
        diagnostic({ file: a, message: '三' }),
      ],
    });
    expect(
      all('section', root).map((section) => [...texts('h3', section), ...texts('article p:not(.hint)', section)]),
    ).toEqual([
      ['content/b\\u{202e}.yaml', '一', '三'],
      ['content/a.yaml', '二'],
    ]);
  }));

test('a mistake: its place as a button, what is wrong, its lines, what to do', () =>
  inPage(() => {
    const { store, opened } = panel();
    const wrong = diagnostic({
      message: '<b>\u200b',
      hint: '\u0000消す',
      frame: [
        { line: 1, text: '番号: 1-1-1' },
        { line: 2, text: '区分: 新\u200b規' },
      ],
    });
    store.set({ diagnostics: [wrong, diagnostic({ severity: 'warning', line: 30, column: 1 })] });
    expect(all('article')[0]?.outerHTML).toBe(
      '<article class="error" data-place="content/measures/1-1-1.yaml:2:5" data-code="wrong-kind">' +
        '<button type="button">誤り 2行 5文字目</button> <button type="button" class="to-cell" hidden="">紙面で見る</button>' +
        '<p>&lt;b&gt;\\u{200b}</p>' +
        '<pre><span class="number">    1</span> 番号: 1-1-1\n' +
        '<span class="number">    2</span> 区分: <mark>新\\u{200b}</mark>規\n</pre>' +
        '<p class="hint">→ \\u{0}消す</p></article>',
    );
    expect(texts('article.warning button:not(.to-cell)')).toEqual(['注意 30行 1文字目']);
    one('article.error button:not(.to-cell)').click();
    expect(opened).toEqual([wrong]);
  }));

test.each([
  ['two signs', 'abcde', { column: 2, endColumn: 4 }, 'a[bc]de'],
  ['signs outside of the basic plane count as one', '𠮟𠮟𠮟b', { column: 2, endColumn: 3 }, '𠮟[𠮟]𠮟b'],
  ['to the end', 'abc', { column: 2, endColumn: 4 }, 'a[bc]'],
  ['nothing: the sign there', 'abc', { column: 2, endColumn: 2 }, 'a[b]c'],
  ['behind the end', 'abc', { column: 4, endColumn: 4 }, 'abc[]'],
  ['of several lines the rest of the first', 'abc', { column: 2, endLine: 4, endColumn: 1 }, 'a[bc]'],
])('what is marked of a line: %s', (_what, text, place, expected) =>
  inPage(() => {
    const { store } = panel();
    store.set({ diagnostics: [diagnostic({ ...place, frame: [{ line: 2, text }] })] });
    const shown = one('pre').innerHTML.replace('<mark>', '[').replace('</mark>', ']');
    expect(shown).toBe(`<span class="number">    2</span> ${expected}\n`);
  }),
);

test('the same mistakes again leave what is there, and the focus in it', () =>
  inPage(() => {
    const { store } = panel();
    store.set({ diagnostics: [diagnostic()] });
    const button = one('article button:not(.to-cell)');
    button.focus();
    store.set({ diagnostics: [diagnostic()], version: 2 });
    expect(document.activeElement).toBe(button);
    expect(one('article button:not(.to-cell)')).toBe(button);
    store.set({ diagnostics: [diagnostic({ column: 6 })] });
    expect(texts('article button:not(.to-cell)')).toEqual(['誤り 2行 6文字目']);
  }));

test('a mistake leads to its cell, and the cell to it', () =>
  inPage(() => {
    const cell = document.createElement('div');
    cell.tabIndex = -1;
    cell.scrollIntoView = () => {};
    document.body.append(cell);
    const { store } = panel({ 二: cell });
    store.set({ diagnostics: [diagnostic({ message: '一' }), diagnostic({ message: '二', line: 9 })] });
    for (const article of all('article')) article.scrollIntoView = () => {};
    const [first, second] = all('.to-cell');
    expect([first?.hidden, second?.hidden]).toEqual([true, false]);
    second?.click();
    expect(document.activeElement).toBe(cell);
    expect(all('article').map((article) => article.classList.contains('current'))).toEqual([false, true]);
  }));

test('which pages are not as the files are, and since when', () =>
  inPage(() => {
    const { store } = panel();
    const since = new Date(2030, 1, 2, 14, 3).getTime();
    store.set({
      diagnostics: [diagnostic()],
      behind: [
        { file: 'measures/1-1-1.yaml', since },
        { file: 'edition.yaml', since },
      ],
      partial: ['measures/2-1-1.yaml'],
    });
    expect(texts('.behind')).toEqual([
      '1-1-1、edition.yaml の紙面は、14:03 に誤りができる直前のもので、いまのファイルのとおりではありません。直すとすぐに戻ります。',
      '2-1-1 は、読めるところだけを紙面に出しています。誤りを直すと全部が出ます。',
    ]);
  }));

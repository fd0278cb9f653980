import { expect, test } from 'vitest';
import type { Differences, MeasureDifference, RefChoice } from '../../../src/preview/difference-data.ts';
import type { OpenAnswer } from '../../../src/preview/messages.ts';
import type { Comparison } from '../../../src/preview/page/comparison.ts';
import { byId, element } from '../../../src/preview/page/element.ts';
import { opener } from '../../../src/preview/page/opening.ts';
import { refForm } from '../../../src/preview/page/ref-form.ts';
import { choice } from '../../../src/preview/page/side/select-field.ts';
import { viewSwitch } from '../../../src/preview/page/view-switch.ts';
import { fakeComparison } from './fake-comparison.ts';
import { type Answer, all, fakeStore, fire, inPage, one, texts } from './page.ts';

test('an element has attributes and children; text is text', () =>
  inPage(() => {
    const child = element('b', {}, 'x');
    expect(element('a', { href: '/a?b="c"', 'data-n': '1' }, '<i>', child).outerHTML).toBe(
      '<a href="/a?b=&quot;c&quot;" data-n="1">&lt;i&gt;<b>x</b></a>',
    );
    expect(element('br').outerHTML).toBe('<br>');
    expect(byId('pages')).toBe(one('#pages'));
    expect(() => byId('nowhere')).toThrow('index.html has no #nowhere');
  }));

test('the view switch: the first view is shown; a button shows its own, which hears of it', () =>
  inPage(() => {
    let shown = 0;
    const views = [
      { name: '紙面', root: byId('pages') },
      { name: '数字', root: byId('numbers'), shown: () => (shown += 1) },
    ];
    const root = byId('views');
    root.append('before');
    const show = viewSwitch(root, views);
    const seen = () => [
      ...all('button', root).map((button) => `${button.textContent} ${button.getAttribute('aria-pressed')}`),
      ...views.map(({ root }) => `${root.id} ${root.hidden}`),
    ];
    expect(root.innerHTML).toBe(
      '<button type="button" aria-pressed="true">紙面</button><button type="button" aria-pressed="false">数字</button>',
    );
    expect(seen()).toEqual(['紙面 true', '数字 false', 'pages false', 'numbers true']);
    expect(shown).toBe(0);
    all('button', root)[1]?.click();
    expect(seen()).toEqual(['紙面 false', '数字 true', 'pages true', 'numbers false']);
    all('button', root)[1]?.click();
    expect(shown).toBe(2);
    show(views[0]);
    expect(seen()).toEqual(['紙面 true', '数字 false', 'pages false', 'numbers true']);
    expect(shown).toBe(2);
    show(undefined);
    expect(seen()).toEqual(['紙面 false', '数字 false', 'pages true', 'numbers true']);
  }));

const opened = async (answer: OpenAnswer | number | Error, token?: string) => {
  const store = fakeStore(token === undefined ? undefined : { token });
  return { open: opener(byId('status'), store), answer: answer as Answer };
};
const away = 'エディタを開けませんでした。道具(shisakushu preview)が動いているかを確かめてください。';

test.each<[string, OpenAnswer | number | Error, string]>([
  [
    'opened',
    { place: 'content/a\u202e.yaml:1:2', command: 'code "a&b"' },
    'エディタで開きました: content/a\\u{202e}.yaml:1:2 <code>code "a&amp;b"</code> <button type="button">命令を写す</button>',
  ],
  [
    'none found, a command to copy',
    { place: 'a:1:1', command: 'code', failure: 'エディタが\u0007ありません。' },
    'エディタが\\u{7}ありません。 <code>code</code> <button type="button">命令を写す</button>',
  ],
  ['no command either', { place: 'a:1:1', failure: '開けません。' }, '開けません。'],
  ['refused', 403, away],
  ['server away', new Error('away'), away],
])('a place is opened in the editor: %s', (_what, answer, shown) =>
  inPage(async ({ server, asked, requests }) => {
    const { open } = await opened(answer, 'token-1');
    server['/open'] = answer as Answer;
    byId('status').append('before');
    await open({ file: 'a.yaml', line: 1, column: 2 });
    expect(byId('status').innerHTML).toBe(shown);
    expect(asked).toEqual(['/open']);
    expect(requests).toEqual([
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-preview-token': 'token-1' },
        body: '{"file":"a.yaml","line":1,"column":2}',
      },
    ]);
  }),
);

test('the command is copied as it is; before the first state there is no token', () =>
  inPage(async ({ server, requests }) => {
    const { open } = await opened(404);
    server['/open'] = { place: 'a:1:1', command: 'code --goto "a b"' };
    await open({ file: 'a.yaml', path: ['取組'] });
    expect(requests[0]?.headers).toMatchObject({ 'x-preview-token': '' });
    await navigator.clipboard.writeText('before');
    one('#status button').click();
    expect(await navigator.clipboard.readText()).toBe('code --goto "a b"');
  }));

test('a list to choose from: offers, keeps what was chosen while it is there, tells', () =>
  inPage(() => {
    const told: string[] = [];
    const { root, offer, clear } = choice('filter-kind', '区分', (value) => told.push(value));
    byId('side').append(root);
    expect(root.outerHTML).toBe(
      '<p class="field"><label for="filter-kind">区分</label><select id="filter-kind"></select></p>',
    );
    const options = [
      ['', 'すべて'],
      ['新規', '新しい'],
      ['継続', '<続ける>'],
    ] as const;
    expect(offer(options)).toBe('');
    const select = one<HTMLSelectElement>('select');
    expect(select.innerHTML).toBe(
      '<option value="">すべて</option><option value="新規">新しい</option><option value="継続">&lt;続ける&gt;</option>',
    );
    const first = select.firstChild;
    select.value = '継続';
    fire(select, 'change');
    expect(told).toEqual(['継続']);
    expect(offer(options)).toBe('継続');
    expect(select.firstChild).toBe(first);
    expect(
      offer([
        ['', 'すべて'],
        ['継続', '続ける'],
      ]),
    ).toBe('継続');
    expect([select.value, texts('option')]).toEqual(['継続', ['すべて', '続ける']]);
    expect(
      offer([
        ['', 'すべて'],
        ['新規', '新しい'],
      ]),
    ).toBe('');
    expect([select.value, select.selectedIndex]).toEqual(['', 0]);
    select.value = '新規';
    clear();
    expect([select.value, select.selectedIndex, told]).toEqual(['', 0, ['継続']]);
  }));

const changed = (kind: MeasureDifference['kind'], id: string, title = `取組${id}`): MeasureDifference => ({
  kind,
  id,
  title,
  fields: [],
  budget: [],
});
const differences = (measures: MeasureDifference[], unread = 0): Differences => ({
  ref: 'v0',
  measures,
  cells: [],
  years: [],
  budgets: [],
  unread,
});

test('the form for a ref: a field with its name, told of by its state; Enter compares', () =>
  inPage(() => {
    const comparison = fakeComparison();
    byId('side').append(refForm('side', comparison));
    expect(one('form').outerHTML).toBe(
      '<form class="ref"><div class="field"><label for="side-refs">比べる版</label><select id="side-refs">' +
        '<option value="" class="other">比べない</option></select><p class="note" hidden=""></p></div>' +
        '<label for="side-ref">一覧にない版(git のブランチ、タグ、コミット)</label>' +
        '<span class="line"><input id="side-ref" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" ' +
        'placeholder="例: main、HEAD~1" aria-describedby="side-ref-status"><button type="submit">比べる</button></span>' +
        '<p id="side-ref-status" role="status" class=""></p></form>',
    );
    one<HTMLInputElement>('input').value = 'main';
    expect(fire(one('form'), 'submit')).toBe(true);
    expect(comparison.asked).toEqual(['main']);
  }));

test('it shows the ref that is compared with, unless one is being written', () =>
  inPage(() => {
    const comparison = fakeComparison({ ref: 'main' });
    byId('side').append(refForm('side', comparison));
    const input = one<HTMLInputElement>('input');
    expect(input.value).toBe('main');
    comparison.set({ ref: 'v0' });
    expect(input.value).toBe('v0');
    input.focus();
    input.value = 'v1';
    comparison.set({ ref: 'v2' });
    expect(input.value).toBe('v1');
  }));

test.each<[string, Partial<Comparison>, string]>([
  ['nothing', { ref: '' }, ''],
  ['an answer that is awaited', { ref: 'v0', waiting: true }, 'v0 と比べています…'],
  ['no answer, none awaited', { ref: 'v0', waiting: false }, ''],
  ['a ref with hidden signs', { ref: 'v\u202e0', waiting: true }, 'v\\u{202e}0 と比べています…'],
  ['no change', { ref: 'v0', differences: differences([]) }, 'v0 から変わった取組はありません。'],
  [
    'changes of one kind',
    { ref: 'v0', differences: differences([changed('changed', '1-1-1'), changed('changed', '1-1-2')]) },
    'v0 からの違い: 変更 2 件',
  ],
  [
    'ten of a kind',
    { ref: 'v0', differences: differences(Array.from({ length: 10 }, () => changed('added', '1-1-1'))) },
    'v0 からの違い: 新設 10 件',
  ],
  [
    'changes of every kind, removed ones by name',
    {
      ref: 'v0',
      differences: differences([
        changed('removed', '1-1-1', '長い\n名前'),
        changed('added', '1-1-2'),
        changed('changed', '1-1-3'),
        changed('removed', '1-1-4'),
      ]),
    },
    'v0 からの違い: 変更 1 件、新設 1 件、廃止 2 件(廃止: 1-1-1 長い名前、1-1-4 取組1-1-4)',
  ],
  [
    'what could not be read',
    { ref: 'v0', differences: differences([], 2) },
    'v0 から変わった取組はありません。 誤りのため読めない 2 か所は比べていません。',
  ],
  ['a problem', { ref: 'v0', problem: '「v0」という版は\u0000ありません。' }, '「v0」という版は\\u{0}ありません。'],
])('its state: %s', (_what, state, told) =>
  inPage(() => {
    const comparison = fakeComparison();
    byId('side').append(refForm('side', comparison));
    comparison.set(state);
    expect(one('#side-ref-status').textContent).toBe(told);
    const wrong = state.problem !== undefined;
    expect(one('#side-ref-status').className).toBe(wrong ? 'problem' : '');
    expect(one('input').getAttribute('aria-invalid')).toBe(wrong ? 'true' : null);
    comparison.set({});
    expect(one('#side-ref-status').className).toBe('');
    expect(one('input').getAttribute('aria-invalid')).toBe(null);
  }),
);

test('the same state again is not spoken again', () =>
  inPage(() => {
    const comparison = fakeComparison({ ref: 'v0', waiting: true });
    byId('side').append(refForm('side', comparison));
    const text = one('#side-ref-status').firstChild;
    comparison.set({ ref: 'v0', waiting: true });
    expect(one('#side-ref-status').firstChild).toBe(text);
  }));

const version = (name: string, more: Partial<RefChoice> = {}): RefChoice => ({
  ...{ name, date: Date.UTC(2030, 0, 15, 12), subject: `${name} の要旨`, current: false },
  ...more,
});

test('what there is to compare with stands in a list, the likely one first; what is chosen is compared with', () =>
  inPage(async (page) => {
    const comparison = fakeComparison(
      { ref: '' },
      {
        branches: [version('work', { current: true }), version('main')],
        tags: [version('v0')],
        commits: [version('abc1234')],
        likely: 'main',
      },
    );
    byId('side').append(refForm('side', comparison));
    await page.rest();
    const groups = all('#side-refs optgroup').map((group) => [group.getAttribute('label'), ...texts('option', group)]);
    expect(groups).toEqual([
      ['おもな版', 'main 2030/1/15 main の要旨'],
      ['ブランチ', 'work(いまの版) 2030/1/15 work の要旨', 'main 2030/1/15 main の要旨'],
      ['タグ', 'v0 2030/1/15 v0 の要旨'],
      ['最近のコミット', 'abc1234 2030/1/15 abc1234 の要旨'],
    ]);
    const list = one<HTMLSelectElement>('#side-refs');
    expect([list.value, texts('#side-refs > option')]).toEqual(['', ['比べない']]);
    list.value = 'v0';
    fire(list, 'change');
    expect(comparison.asked).toEqual(['v0']);
    comparison.set({ ref: 'HEAD~1' });
    expect([list.value, texts('#side-refs > option')]).toEqual(['HEAD~1', ['比べない', 'HEAD~1']]);
    comparison.set({ ref: 'v0' });
    expect([list.value, texts('#side-refs > option')]).toEqual(['v0', ['比べない']]);
  }));

test('without git a sentence says why there is no list', () =>
  inPage(async (page) => {
    byId('side').append(refForm('side', fakeComparison({}, { problem: 'git がありません。' })));
    await page.rest();
    expect([one('#side-refs').hidden, one('#side .note').hidden]).toEqual([true, false]);
    expect(texts('#side .note')).toEqual(['版の一覧は出せません。git がありません。']);
  }));

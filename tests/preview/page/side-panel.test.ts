import { expect, test } from 'vitest';
import type { EditionData } from '../../../src/model/edition-json.ts';
import type { Differences, MeasureDifference } from '../../../src/preview/difference-data.ts';
import type { DiagnosticView, State } from '../../../src/preview/messages.ts';
import { byId } from '../../../src/preview/page/element.ts';
import { showSidePanel } from '../../../src/preview/page/side/side-panel.ts';
import { edition, measure, year } from './edition-data.ts';
import { fakeComparison } from './fake-comparison.ts';
import { all, fakeStore, fire, inPage, one, press, texts, type } from './page.ts';

const city = edition(
  [
    measure('1-1-1', { 区分: '新規', 担当課: ['(発注)営繕課'], スケジュール: [year('R8', { 項目: '○' })] }),
    measure('1-1-2', { 関連計画: ['総合計画'], スケジュール: [year('R8'), year('R9', { 項目: '○' })] }),
    measure('1-2-1', { 取組: '窓口の改善', スケジュール: null, 再掲: '1-1-1' }),
  ],
  { 関連計画: ['総合計画', '人材計画'] },
);

function panel(first?: Partial<State>) {
  const [store, comparison] = [fakeStore(first), fakeComparison()];
  let tell: (edition: EditionData) => void = () => {};
  const selected: string[] = [];
  byId('side').append('before');
  showSidePanel({
    root: byId('side'),
    over: byId('main'),
    store,
    comparison,
    onEdition: (listener) => {
      tell = listener;
    },
    select: (number) => void (number !== undefined && selected.push(number)),
  });
  return { store, comparison, tell: (fresh: EditionData) => tell(fresh), selected };
}

const shown = () => all('[aria-level="3"]').map(({ dataset }) => dataset.number);
const search = () => one<HTMLInputElement>('#search');
const count = () => one('.count').textContent;
const active = () => one('.active').textContent;
const choose = (name: string, value: string) => {
  const select = one<HTMLSelectElement>(`#filter-${name}`);
  select.value = value;
  fire(select, 'change');
};
const check = (checked: boolean) => {
  const box = one<HTMLInputElement>('#filter-changed');
  box.checked = checked;
  fire(box, 'change');
};
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.number;
const told = (severity: DiagnosticView['severity'], id: string) =>
  ({ severity, file: `content/measures/${id}.yaml` }) as DiagnosticView;
const difference = (kind: MeasureDifference['kind'], id: string): MeasureDifference => ({
  kind,
  id,
  title: '',
  fields: [],
  budget: [],
});
const differences = (...measures: MeasureDifference[]): Differences => ({
  ref: 'v0',
  measures,
  cells: [],
  years: [],
  budgets: [],
  unread: 0,
});

test('its parts: the search, the conditions, the number of measures, the outline', () =>
  inPage(() => {
    panel().tell(city);
    const side = byId('side');
    const outer = (element: Element | null | undefined) => element?.outerHTML;
    expect([...side.childNodes].map((child) => (child as Element).tagName)).toEqual(['FORM', 'DETAILS', 'DIV', 'UL']);
    expect(outer(side.children[0])).toBe(
      '<form role="search" aria-label="取組を探す"><label for="search">番号、取組、担当課、本文から探す</label>' +
        '<input id="search" type="search" autocomplete="off" spellcheck="false"></form>',
    );
    const details = side.children[1];
    expect(details?.className).toBe('filters');
    expect(outer(details?.children[0])).toBe('<summary>絞り込む <span class="active"></span></summary>');
    expect(details?.children[1]?.outerHTML.replace(/>.*/, '>')).toBe(
      '<div class="fields" role="group" aria-label="絞り込む条件">',
    );
    expect(one('form.ref', details as Element).querySelector('input')?.id).toBe('side-ref');
    expect(details?.children[2]?.className).toBe('ref');
    expect(outer(details?.children[3])).toBe(
      '<p><input id="filter-changed" type="checkbox" disabled=""> ' +
        '<label for="filter-changed">比べる版から変わった取組だけ</label></p>',
    );
    expect(outer(side.children[2])).toBe(
      '<div class="line"><p class="count" role="status">全 3 件</p>' +
        '<button type="button" class="clear" hidden="">条件をすべて消す</button></div>',
    );
    expect(side.children[3]?.getAttribute('aria-label')).toBe('目次');
    expect(all('.fields select').map((select) => `${select.id} ${texts('option', select).join('|')}`)).toEqual([
      'filter-section すべての課|営繕課|企画課',
      'filter-kind すべて|新規|継続',
      'filter-mark すべて|○|空欄',
      'filter-year いずれか|R8|R9',
      'filter-plan すべて|総合計画|人材計画',
      'filter-unfilled すべて|未記入がある|R8 事業実績|現状・実績・目標',
      'filter-told すべて|誤りがある|誤りか注意がある',
    ]);
    expect(texts('.fields label')).toEqual([
      '担当課',
      '区分',
      '項目(印)',
      '印の年度',
      '関連計画(○)',
      '未記入',
      '検査の結果',
    ]);
    expect(all('select:not(#side-refs) option').map((option) => option.getAttribute('value'))).toEqual([
      ...['', '営繕課', '企画課', '', '新規', '継続', '', '○', '空欄', '', 'R8', 'R9'],
      ...['', '総合計画', '人材計画', '', 'any', 'R8 事業実績', '現状・実績・目標', '', 'error', 'any'],
    ]);
  }));

test('before the edition is there it has no measures, and all its choices all the same', () =>
  inPage(() => {
    panel();
    expect([count(), shown(), texts('#filter-told option').length]).toEqual(['全 0 件', [], 3]);
  }));

test('search narrows the outline, opens it, and says how many of how many are left', () =>
  inPage(() => {
    panel().tell(city);
    type(search(), ' まどぐち');
    expect(shown()).toEqual([]);
    type(search(), '窓口');
    expect([shown(), count(), active(), one('.clear').hidden]).toEqual([['1-2-1'], '1 件(全 3 件)', '', false]);
    expect(texts('mark')).toEqual(['窓口']);
    expect(all('[aria-level="3"]').every(({ hidden }) => !hidden)).toBe(true);
    type(search(), '  ');
    expect([shown(), count(), one('.clear').hidden]).toEqual([['1-1-1', '1-1-2', '1-2-1'], '全 3 件', true]);
    expect(all('[aria-level="3"]').every(({ hidden }) => hidden)).toBe(true);
  }));

test.each([
  ['section', '営繕課', ['1-1-1']],
  ['kind', '継続', ['1-1-2', '1-2-1']],
  ['mark', '○', ['1-1-1', '1-1-2']],
  ['mark', '空欄', ['1-1-2']],
  ['plan', '総合計画', ['1-1-2']],
  ['unfilled', 'any', ['1-1-1', '1-1-2']],
  ['unfilled', 'R8 事業実績', ['1-1-1']],
  ['unfilled', '現状・実績・目標', ['1-1-1', '1-1-2']],
])('the condition %s: %s', (name, value, expected) =>
  inPage(() => {
    panel().tell(city);
    choose(name, value);
    expect([shown(), active(), one('.clear').hidden]).toEqual([expected, '(1 件の条件)', false]);
    expect(count()).toBe(`${expected.length} 件(全 3 件)`);
  }),
);

test('a year is a condition only beside a mark; conditions add up', () =>
  inPage(() => {
    panel().tell(city);
    choose('year', 'R8');
    expect([shown().length, active(), count()]).toEqual([3, '', '全 3 件']);
    choose('mark', '○');
    expect([shown(), active()]).toEqual([['1-1-1'], '(2 件の条件)']);
    choose('kind', '継続');
    expect([shown(), active()]).toEqual([[], '(3 件の条件)']);
    choose('year', '');
    expect([shown(), active()]).toEqual([['1-1-2'], '(2 件の条件)']);
  }));

test('all conditions are cleared at once, and the search has the focus', () =>
  inPage(() => {
    const { tell, comparison } = panel();
    tell(city);
    comparison.set({ ref: 'v0', differences: differences(difference('changed', '1-1-1')) });
    for (const [name, value] of Object.entries({
      section: '営繕課',
      kind: '新規',
      mark: '○',
      year: 'R8',
      unfilled: 'any',
      told: 'any',
    }))
      choose(name, value);
    check(true);
    type(search(), '窓口');
    expect([shown(), active()]).toEqual([[], '(7 件の条件)']);
    one('.clear').click();
    expect([shown().length, active(), search().value, count()]).toEqual([3, '', '', '全 3 件']);
    expect(all('select:not(#side-refs)').map((select) => (select as HTMLSelectElement).value)).toEqual([
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(one<HTMLInputElement>('#filter-changed').checked).toBe(false);
    expect(document.activeElement).toBe(search());
  }));

test('from the search, Enter and the arrow down lead into the outline', () =>
  inPage(() => {
    panel().tell(city);
    search().focus();
    expect(press(search(), 'x')).toBe(false);
    press(search(), 'ArrowDown', { isComposing: true });
    expect(document.activeElement).toBe(search());
    press(search(), 'ArrowDown');
    expect(focused()).toBe('1');
    search().focus();
    expect(fire(one('form[role=search]'), 'submit')).toBe(true);
    expect(focused()).toBe('1');
  }));

test('a row that is chosen is told', () =>
  inPage(() => {
    const { tell, selected } = panel();
    tell(city);
    one('[data-number="1-1"] .name').click();
    one('[data-number="1-2-1"] .name').click();
    expect(selected).toEqual(['1-1', '1-2-1']);
  }));

test('mistakes and warnings are marked, an error before a warning, and found by', () =>
  inPage(() => {
    const { tell, store } = panel();
    store.set({ diagnostics: [told('error', '1-1-1')] });
    tell(city);
    const badges = () => all('.badge[class*=" "]').map(({ className, textContent }) => `${className} ${textContent}`);
    expect(badges()).toEqual(['badge error 誤り']);
    store.set({ diagnostics: [told('error', '1-1-1'), told('warning', '1-1-1'), told('warning', '1-2-1')] });
    expect(badges()).toEqual(['badge error 誤り', 'badge warning 注意']);
    choose('told', 'error');
    expect(shown()).toEqual(['1-1-1']);
    choose('told', 'any');
    expect([shown(), active()]).toEqual([['1-1-1', '1-2-1'], '(1 件の条件)']);
    const [row] = all('[aria-level="3"]');
    store.set({
      diagnostics: [told('error', '1-1-1'), told('warning', '1-1-1'), told('warning', '1-2-1')],
      version: 2,
    });
    expect(all('[aria-level="3"]')[0]).toBe(row);
    store.set({});
    expect([shown(), badges()]).toEqual([[], []]);
    store.set(undefined);
    expect(count()).toBe('0 件(全 3 件)');
  }));

test('what changed since a ref is marked by what became of it, and found by, while a comparison is there', () =>
  inPage(() => {
    const { tell, comparison } = panel();
    tell(city);
    const badges = () => texts('.badge.changed');
    const box = one<HTMLInputElement>('#filter-changed');
    check(true);
    expect([shown().length, active(), box.disabled]).toEqual([3, '', true]);
    comparison.set({
      ref: 'v0',
      differences: differences(
        difference('added', '1-1-1'),
        difference('changed', '1-2-1'),
        difference('removed', '1-1-2'),
      ),
    });
    expect([shown(), active(), box.disabled, badges()]).toEqual([
      ['1-1-1', '1-2-1'],
      '(1 件の条件)',
      false,
      ['新設', '変更'],
    ]);
    check(false);
    expect([shown().length, badges()]).toEqual([3, ['新設', '変更']]);
    comparison.set({ ref: 'v0', problem: 'x' });
    expect([box.disabled, badges()]).toEqual([true, []]);
  }));

test('badges stand side by side: 変更, then 誤り', () =>
  inPage(() => {
    const { tell, comparison, store } = panel();
    tell(city);
    comparison.set({ ref: 'v0', differences: differences(difference('changed', '1-1-1')) });
    store.set({ diagnostics: [told('error', '1-1-1')] });
    expect(texts('[data-number="1-1-1"] .badge')).toEqual(['変更', '誤り']);
  }));

test('an edit keeps the conditions that it still offers', () =>
  inPage(() => {
    const { tell } = panel();
    tell(city);
    choose('section', '営繕課');
    choose('kind', '新規');
    type(search(), '取組');
    tell(edition([...city.取組, measure('2-1-1', { 区分: '新規', 担当課: ['営繕課'], スケジュール: null })]));
    expect([shown(), active(), search().value]).toEqual([['1-1-1', '2-1-1'], '(2 件の条件)', '取組']);
    tell(edition(city.取組.slice(1)));
    expect([shown(), active(), one<HTMLSelectElement>('#filter-section').value]).toEqual([['1-1-2', '1-2-1'], '', '']);
    tell(city);
    expect([shown(), active()]).toEqual([['1-1-1', '1-1-2', '1-2-1'], '']);
  }));

test('the same count is not spoken again', () =>
  inPage(() => {
    const { tell } = panel();
    tell(city);
    const text = one('.count').firstChild;
    tell(edition([...city.取組]));
    expect(one('.count').firstChild).toBe(text);
  }));

test('改定履歴 stands behind the last 大項目 where the document has it; conditions, which are of measures, leave it out', () =>
  inPage(() => {
    const page = { key: 'a', part: '改定履歴', number: 9, width: 1, height: 1 };
    const { tell, selected } = panel({ pages: [page] });
    const history = [{ 年月: '令和9年4月', 西暦年月: '2027-04', 内容: '策定' }];
    tell({ ...city, 改定履歴: history });
    const rows = () => all('[aria-level="1"]').map(({ dataset }) => dataset.number);
    const row = () => one('[data-number="改定履歴"]');
    expect(rows()).toEqual(['1', '改定履歴']);
    expect(['aria-posinset', 'aria-setsize', 'aria-expanded'].map((name) => row().getAttribute(name))).toEqual([
      ...['2', '2', null],
    ]);
    row().click();
    expect(selected).toEqual(['改定履歴']);
    type(search(), '策定');
    expect([rows(), texts('.excerpt'), texts('mark')]).toEqual([['改定履歴'], ['内容: 令和9年4月 策定'], ['策定']]);
    type(search(), '');
    choose('kind', '新規');
    expect(rows()).toEqual(['1']);
  }));

test('without a page of it 改定履歴 leads nowhere: it is not there', () =>
  inPage(() => {
    const { tell } = panel({ pages: [] });
    tell({ ...city, 改定履歴: [{ 年月: '令和9年4月', 西暦年月: '2027-04', 内容: '策定' }] });
    expect(all('[data-number="改定履歴"]')).toEqual([]);
  }));

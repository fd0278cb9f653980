import { expect, test } from 'vitest';
import { byId } from '../../../src/preview/page/element.ts';
import { printForm } from '../../../src/preview/page/print/print-form.ts';
import { all, fire, inPage, one, texts, type } from './page.ts';

/** The form over eight pages, of which the third is in sight. */
function form(selected?: { number: string; pages: number[] }) {
  const printed: number[][] = [];
  const made = printForm(
    byId('tools'),
    { count: () => 8, inSight: () => [3], selected: () => selected },
    async () => void printed.push(made.chosen()),
  );
  return { ...made, printed };
}
const radio = (value: string) => one<HTMLInputElement>(`#print-choice input[value="${value}"]`);
const choose = (value: string) => {
  radio(value).checked = true;
  fire(radio(value), 'change');
};

test('all pages, those in sight, those of a measure, or a range of them are printed', () =>
  inPage(async ({ settle }) => {
    const { chosen, printed } = form({ number: '1-1-1', pages: [4, 5] });
    expect(texts('#print-choice label')).toEqual([
      ' すべて(8 ページ)',
      ' いま見えているページ(3)',
      ' 選んだ取組(1-1-1: 4-5 ページ)',
      ' ページの番号',
    ]);
    expect([chosen(), one('#print-range').hidden]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], true]);
    choose('seen');
    expect(chosen()).toEqual([3]);
    choose('selected');
    expect(chosen()).toEqual([4, 5]);
    choose('range');
    expect([chosen(), one<HTMLButtonElement>('#print-choice button.main').disabled]).toEqual([[], true]);
    type(one('#print-range'), '7-8、2');
    fire(one('#print-choice'), 'submit');
    await settle();
    expect(printed).toEqual([[2, 7, 8]]);
  }));

test.each(['9', '0', '3-2', '1-', 'x'])('a range that is none is told at once: %s', (written) =>
  inPage(() => {
    form();
    choose('range');
    type(one('#print-range'), written);
    expect(one('#print-range').getAttribute('aria-invalid')).toBe('true');
    expect(one('#print-status').textContent).toBe('1 から 8 までのページを、1-3、8 のように書いてください。');
    expect(one<HTMLButtonElement>('#print-choice button.main').disabled).toBe(true);
    type(one('#print-range'), '');
    expect([one('#print-status').textContent, one('#print-range').getAttribute('aria-invalid')]).toEqual(['', null]);
  }),
);

test('without a measure that was chosen there is none to print', () =>
  inPage(() => {
    form();
    expect(radio('selected').disabled).toBe(true);
    expect(texts('#print-choice label')).toContain(' 選んだ取組(目次で選ぶと使えます)');
    expect(all('#print-choice input[type="radio"]').length).toBe(4);
  }));

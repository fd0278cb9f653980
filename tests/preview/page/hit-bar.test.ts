import { expect, test } from 'vitest';
import { byId } from '../../../src/preview/page/element.ts';
import { type Hit, hitBar } from '../../../src/preview/page/side/hit-bar.ts';
import { all, inPage, one, press } from './page.ts';

function bar() {
  const went: string[] = [];
  let closed = 0;
  const made = hitBar(
    byId('main'),
    ({ number }) => void went.push(number),
    () => {
      closed += 1;
    },
  );
  return { ...made, went, closed: () => closed };
}
const hits: Hit[] = ['1-1-1', '1-2-1', '2-1-1'].map((number) => ({ number, title: `取組\n${number}` }));
const told = () => one('.hits [role=status]').textContent;
const isOpen = () => one('.hits').classList.contains('open');

test('from outside to the first hit or the last, then round and round, each told', () =>
  inPage(() => {
    const { offer, step, went } = bar();
    step(1);
    offer(hits);
    expect([isOpen(), told(), went]).toEqual([false, '', []]);
    for (let times = 0; times < 4; times += 1) step(1);
    expect(went).toEqual(['1-1-1', '1-2-1', '2-1-1', '1-1-1']);
    expect([isOpen(), told()]).toEqual([true, expect.stringMatching(/^1 \/ 3 件目: 1-1-1 取組 ?1-1-1$/)]);
    step(-1);
    expect(went.at(-1)).toBe('2-1-1');
    all('.hits button')[0]?.click();
    all('.hits button')[1]?.click();
    expect(went.slice(-2)).toEqual(['1-2-1', '2-1-1']);
  }));

test('a hit that is still found stays; one that is not is left; so it is when asked to', () =>
  inPage(() => {
    const { offer, step, leave, went } = bar();
    offer(hits);
    step(-1);
    offer(hits.slice(1));
    expect(told()).toMatch(/^2 \/ 2 件目: 2-1-1 /);
    offer(hits.slice(0, 2));
    expect([isOpen(), told()]).toEqual([false, '']);
    step(1);
    expect(went).toEqual(['2-1-1', '1-1-1']);
    leave();
    expect([isOpen(), told()]).toEqual([false, '']);
  }));

test('Escape and × end the search', () =>
  inPage(() => {
    const { closed } = bar();
    press(one('.hits'), 'Escape');
    press(one('.hits'), 'x');
    all('.hits button')[2]?.click();
    expect(closed()).toBe(2);
  }));

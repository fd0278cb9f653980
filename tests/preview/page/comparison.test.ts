import { expect, test } from 'vitest';
import type { Differences } from '../../../src/preview/difference-data.ts';
import { type Comparison, openComparison } from '../../../src/preview/page/comparison.ts';
import { openEditions } from '../../../src/preview/page/editions.ts';
import { edition, measure } from './edition-data.ts';
import { type Answer, fakeStore, inPage, later } from './page.ts';

const differences = (ref: string): Differences => ({ ref, measures: [], cells: [], years: [], budgets: [], unread: 0 });

/** A comparison and all that it told. */
function told(comparison: Comparison): unknown[] {
  const all: unknown[] = [];
  comparison.subscribe(() =>
    all.push([comparison.ref, comparison.waiting, comparison.differences?.ref, comparison.problem]),
  );
  return all;
}

test('without a ref nothing is compared', () =>
  inPage(async ({ asked, settle }) => {
    const store = fakeStore();
    const comparison = openComparison(store);
    const all = told(comparison);
    store.set({ edition: 'e1' });
    store.set({ edition: 'e2' });
    await settle();
    expect([comparison.ref, comparison.waiting, comparison.differences, comparison.problem]).toEqual([
      '',
      false,
      undefined,
      undefined,
    ]);
    expect([asked, all]).toEqual([[], []]);
  }));

test('with one: the server is asked for it, all who listen hear that it takes time and what came', () =>
  inPage(async ({ asked, server, settle }) => {
    const comparison = openComparison(fakeStore({ edition: 'e1' }));
    const [all, others] = [told(comparison), told(comparison)];
    const slow = later<Answer>();
    server['/differences.json?ref=a%26b%20c'] = () => slow.answer;
    comparison.compareWith('  a&b c\n');
    await settle();
    expect(asked).toEqual(['/differences.json?ref=a%26b%20c']);
    expect(all.at(-1)).toEqual(['a&b c', true, undefined, undefined]);
    slow.give(differences('a&b c'));
    await settle();
    expect(all.at(-1)).toEqual(['a&b c', false, 'a&b c', undefined]);
    expect(comparison.differences).toEqual(differences('a&b c'));
    expect(others).toEqual(all);
  }));

test('a ref waits for the first edition', () =>
  inPage(async ({ asked, server, settle }) => {
    const store = fakeStore();
    const comparison = openComparison(store);
    const all = told(comparison);
    server['/differences.json?ref=main'] = differences('main');
    comparison.compareWith('main');
    await settle();
    expect([asked, all.at(-1)]).toEqual([[], ['main', false, undefined, undefined]]);
    store.set({ edition: 'e1' });
    await settle();
    expect([asked.length, all.at(-1)]).toEqual([1, ['main', false, 'main', undefined]]);
  }));

test.each<[string, Answer, string]>([
  ['says why not', { problem: '「x」という版はありません。' }, '「x」という版はありません。'],
  ['is away', new Error('away'), '比べられませんでした。道具(shisakushu preview)が動いているかを確かめてください。'],
  ['fails', 500, '比べられませんでした。道具(shisakushu preview)が動いているかを確かめてください。'],
])('a server that %s is a problem, until something else is compared with', (_what, answer, problem) =>
  inPage(async ({ server, settle }) => {
    const comparison = openComparison(fakeStore({ edition: 'e1' }));
    const all = told(comparison);
    server['/differences.json?ref=x'] = answer;
    comparison.compareWith('x');
    await settle();
    expect(all.at(-1)).toEqual(['x', false, undefined, problem]);
    server['/differences.json?ref=v0'] = differences('v0');
    comparison.compareWith('v0');
    expect(all.at(-1)).toEqual(['v0', true, undefined, undefined]);
    await settle();
    expect(all.at(-1)).toEqual(['v0', false, 'v0', undefined]);
  }),
);

test('a new edition is compared 0.4 s later, the pages come first; meanwhile the old differences stay', () =>
  inPage(async ({ asked, server, settle, pass }) => {
    const store = fakeStore({ edition: 'e1' });
    const comparison = openComparison(store);
    server['/differences.json?ref=v0'] = differences('v0');
    comparison.compareWith('v0');
    await settle();
    const all = told(comparison);
    store.set({ edition: 'e1', version: 2 });
    await settle();
    expect([all, asked.length]).toEqual([[], 1]);
    store.set({ edition: 'e2' });
    await pass(200);
    expect(all).toEqual([['v0', true, 'v0', undefined]]);
    store.set({ edition: 'e3' });
    await pass(399);
    expect(asked.length).toBe(1);
    server['/differences.json?ref=v0'] = { ...differences('v0'), unread: 7 };
    await pass(1);
    expect(asked.length).toBe(2);
    expect(comparison.differences?.unread).toBe(7);
    expect(comparison.waiting).toBe(false);
    await pass(2_000);
    expect(asked.length).toBe(2);
  }));

test('after a problem a new edition is asked about at once', () =>
  inPage(async ({ asked, server, settle }) => {
    const store = fakeStore({ edition: 'e1' });
    const comparison = openComparison(store);
    server['/differences.json?ref=v0'] = 500;
    comparison.compareWith('v0');
    await settle();
    store.set({ edition: 'e2' });
    await settle();
    expect(asked.length).toBe(2);
  }));

test('an answer about another ref or an older edition is out of date', () =>
  inPage(async ({ server, settle, asked }) => {
    const store = fakeStore({ edition: 'e1' });
    const comparison = openComparison(store);
    const [old, fresh] = [later<Answer>(), later<Answer>()];
    server['/differences.json?ref=old'] = () => old.answer;
    server['/differences.json?ref=fresh'] = () => fresh.answer;
    comparison.compareWith('old');
    comparison.compareWith('fresh');
    old.give(differences('old'));
    await settle();
    expect([comparison.waiting, comparison.differences]).toEqual([true, undefined]);
    const newest = later<Answer>();
    server['/differences.json?ref=fresh'] = () => newest.answer;
    store.set({ edition: 'e2' });
    newest.give({ ...differences('fresh'), unread: 2 });
    await settle();
    fresh.give({ ...differences('fresh'), unread: 1 });
    await settle();
    expect(comparison.differences?.unread).toBe(2);
    expect(asked.length).toBe(3);
  }));

test('the same ref again is asked for again; an empty one ends the comparison', () =>
  inPage(async ({ asked, server, settle }) => {
    const store = fakeStore({ edition: 'e1' });
    const comparison = openComparison(store);
    server['/differences.json?ref=v0'] = differences('v0');
    comparison.compareWith('v0');
    await settle();
    comparison.compareWith('v0');
    expect(comparison.differences).toBe(undefined);
    await settle();
    expect(asked.length).toBe(2);
    const all = told(comparison);
    comparison.compareWith(' ');
    await settle();
    expect(all.at(-1)).toEqual(['', false, undefined, undefined]);
    store.set({ edition: 'e2' });
    await settle();
    expect(asked.length).toBe(2);
  }));

test('a server that begins anew has no edition to compare: the differences go', () =>
  inPage(async ({ server, settle }) => {
    const store = fakeStore({ edition: 'e1' });
    const comparison = openComparison(store);
    server['/differences.json?ref=v0'] = differences('v0');
    comparison.compareWith('v0');
    await settle();
    const all = told(comparison);
    store.set({});
    await settle();
    expect(all).toEqual([['v0', false, undefined, undefined]]);
  }));

const data = (title: string) => edition([measure('1-1-1', { 取組: title })]);

/** The titles that were told of. */
function editions(store: ReturnType<typeof fakeStore>): { all: string[]; again: string[] } {
  const onEdition = openEditions(store);
  const [all, again]: [string[], string[]] = [[], []];
  onEdition(({ 取組 }) => void all.push(取組[0]?.取組 ?? ''));
  onEdition(({ 取組 }) => void again.push(取組[0]?.取組 ?? ''));
  return { all, again };
}

test("the edition's data are fetched at leisure, at most a second later, once an edition, and told to all", () =>
  inPage(async ({ asked, server, idle, rest, pass }) => {
    const store = fakeStore();
    const { all, again } = editions(store);
    server['/edition.json'] = data('一');
    store.set({});
    await rest();
    expect(asked).toEqual([]);
    store.set({ edition: 'e1' });
    expect([asked, idle[0]?.options]).toEqual([[], { timeout: 1000 }]);
    await rest();
    expect([asked, all, again]).toEqual([['/edition.json'], ['一'], ['一']]);
    store.set({ edition: 'e1', version: 2 });
    await rest();
    await pass(1_000);
    expect(asked.length).toBe(1);
    store.set({});
    await rest();
    await pass(1_000);
    expect(asked.length).toBe(1);
  }));

test('of many editions in a row the last one is fetched, 0.3 s later', () =>
  inPage(async ({ asked, server, rest, pass }) => {
    const store = fakeStore({ edition: 'e1' });
    const { all } = editions(store);
    server['/edition.json'] = data('一');
    store.set({ edition: 'e1' });
    await rest();
    for (const edition of ['e2', 'e3']) {
      store.set({ edition });
      await rest();
      await pass(299);
    }
    expect(asked.length).toBe(1);
    server['/edition.json'] = data('三');
    await pass(1);
    expect([asked.length, all]).toEqual([2, ['一', '三']]);
  }));

test('what comes too late is not told; what could not be had is asked for with the next state', () =>
  inPage(async ({ asked, server, rest, pass }) => {
    const store = fakeStore();
    const { all } = editions(store);
    const slow = later<Answer>();
    server['/edition.json'] = () => slow.answer;
    store.set({ edition: 'e1' });
    await rest();
    server['/edition.json'] = data('二');
    store.set({ edition: 'e2' });
    await rest();
    slow.give(data('一'));
    await pass(300);
    expect(all).toEqual(['二']);
    server['/edition.json'] = new Error('away');
    store.set({ edition: 'e3' });
    await rest();
    await pass(300);
    expect(all).toEqual(['二']);
    server['/edition.json'] = data('三');
    store.set({ edition: 'e3', version: 2 });
    await rest();
    expect([asked.length, all]).toEqual([4, ['二', '三']]);
  }));

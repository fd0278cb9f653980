import { expect, test } from 'vitest';
import type { PageInfo } from '../../../src/preview/messages.ts';
import { fetchJson, openStore } from '../../../src/preview/page/store.ts';
import { emptyState, inPage, later } from './page.ts';

const page: PageInfo = { key: 'a', part: '表紙', number: 1, width: 10, height: 20 };

test('it listens to /events, once, and tells each state, and that the connection broke', () =>
  inPage(({ events }) => {
    const store = openStore();
    const told: unknown[] = [];
    store.subscribe(() => told.push(['first', store.connected, store.state?.version]));
    store.subscribe(() => told.push(['second', store.connected, store.state?.version]));
    expect(events.map(({ address }) => address)).toEqual(['/events']);
    expect([store.state, store.connected, told]).toEqual([undefined, false, []]);
    events[0]?.tell({ ...emptyState, pages: [page] });
    expect(store.state).toEqual({ ...emptyState, pages: [page] });
    events[0]?.break();
    expect(store.state?.version).toBe(1);
    events[0]?.tell({ ...emptyState, version: 2 });
    expect(told).toEqual([
      ['first', true, 1],
      ['second', true, 1],
      ['first', false, 1],
      ['second', false, 1],
      ['first', true, 2],
      ['second', true, 2],
    ]);
  }));

test('places are asked for once an edition, and only when someone wants them', () =>
  inPage(async ({ events, asked, server }) => {
    const store = openStore();
    server['/places.json'] = { 'sheet-1-1-1': { page: 3, y: 20 } };
    expect(asked).toEqual([]);
    expect(await store.places()).toEqual({ 'sheet-1-1-1': { page: 3, y: 20 } });
    await store.places();
    expect(asked).toEqual(['/places.json']);
    events[0]?.tell({ ...emptyState, edition: 'e1' });
    server['/places.json'] = { 'sheet-1-1-1': { page: 4, y: 20 } };
    expect(await store.places()).toEqual({ 'sheet-1-1-1': { page: 4, y: 20 } });
    events[0]?.tell({ ...emptyState, edition: 'e1', version: 2 });
    await store.places();
    expect(asked.length).toBe(2);
    events[0]?.tell({ ...emptyState, edition: 'e2', version: 3 });
    await store.places();
    expect(asked.length).toBe(3);
  }));

test('places that could not be had are asked for again; an old failure does not forget the new ones', () =>
  inPage(async ({ events, asked, server, settle }) => {
    const store = openStore();
    events[0]?.tell({ ...emptyState, edition: 'e1' });
    server['/places.json'] = new Error('away');
    await expect(store.places()).rejects.toThrow('away');
    const slow = later<number>();
    server['/places.json'] = () => slow.answer;
    const failing = store.places();
    events[0]?.tell({ ...emptyState, edition: 'e2' });
    server['/places.json'] = {};
    expect(await store.places()).toEqual({});
    slow.give(500);
    await expect(failing).rejects.toThrow('/places.json: 500');
    await settle();
    expect(await store.places()).toEqual({});
    expect(asked.length).toBe(3);
  }));

test.each([
  [200, '{"a":1}'],
  [201, 'Error: /x.json: 201'],
  [404, 'Error: /x.json: 404'],
])('JSON with status %i', (status, told) =>
  inPage(async ({ server }) => {
    server['/x.json'] = status === 200 ? { a: 1 } : status;
    expect(await fetchJson('/x.json').then(JSON.stringify, String)).toBe(told);
  }),
);

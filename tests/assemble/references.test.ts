import { describe, expect, test } from 'vitest';
import { key, numberedFrom, own, resolved, shared } from '../../src/assemble/references.ts';

describe('objects that others lead to', () => {
  const bodies: Record<number, string> = {
    3: '[9 0 R 30 0 R @pages 0 R 4 2 R]',
    9: '<< /Back 3 0 R /Number 30 >>',
    30: '9 0 R',
  };
  test('are numbered as they are come upon, each once', () => {
    const { numbers, objects } = numberedFrom([30, 3, 30], (number) => bodies[number] ?? '');
    expect([...numbers]).toEqual([
      [30, 1],
      [3, 2],
      [9, 3],
    ]);
    expect(objects).toEqual(['3 1 R', '[3 1 R 1 1 R @pages 0 R 4 2 R]', '<< /Back 2 1 R /Number 30 >>']);
  });
  test('streams lead on by their dictionaries alone', () => {
    const stream = { dictionary: '<< /Of 9 0 R >>', data: '30 0 R' };
    const { objects } = numberedFrom([3], (number) => (number === 3 ? stream : ''));
    expect(objects).toEqual([{ dictionary: '<< /Of 2 1 R >>', data: '30 0 R' }, '']);
  });
  test('none', () => expect(numberedFrom([], () => '').objects).toEqual([]));
});

test('references of a chunk get the numbers of the joined file', () => {
  const place = { first: 100, firstKey: 20, shared: { pages: 3, 'toc-12': 8, 'list-rows': 9 } };
  const body = `[${own(1)} ${own(12)} ${key(0)} ${key(3)} ${shared('pages')} ${shared('toc-12')} ${shared('list-rows')} 7 R]`;
  expect(body).toBe('[1 1 R 12 1 R 0 2 R 3 2 R @pages 0 R @toc-12 0 R @list-rows 0 R 7 R]');
  expect(resolved(body, place)).toBe('[100 0 R 111 0 R 20 23 3 0 R 8 0 R 9 0 R 7 R]');
  expect(() => resolved(shared('document'), place)).toThrow('no object is called document');
});

import { expect, test } from 'vitest';
import { walkCells } from '../../../src/preview/page/sheet/cell-keys.ts';
import { inPage, press } from './page.ts';

type Box = [left: number, top: number, width: number, height: number];

/** Pages of cells, each with its place on the screen. */
function sheet(root: HTMLElement, ...pages: Record<string, Box>[]): void {
  const boxOf = (name: string) => pages.find((page) => page[name])?.[name] ?? [0, 0, 0, 0];
  root.replaceChildren(
    ...pages.map((page) => {
      const shown = document.createElement('section');
      shown.className = 'page';
      for (const name of Object.keys(page)) {
        const made = Object.assign(document.createElement('div'), { className: 'cell', tabIndex: -1, id: name });
        const [x, y, width, height] = boxOf(name);
        made.getBoundingClientRect = () =>
          ({ left: x, right: x + width, top: y, bottom: y + height }) as ReturnType<Element['getBoundingClientRect']>;
        made.append(document.createElement('span'));
        shown.append(made);
      }
      return shown;
    }),
  );
}

/** a b c in a row, d below a and b, e below c, f to the right of all. */
const grid: Record<string, Box> = {
  a: [0, 100, 50, 20],
  b: [50, 100, 50, 20],
  c: [100, 100, 50, 20],
  d: [0, 120, 100, 20],
  e: [100, 120, 50, 20],
  f: [200, 150, 50, 20],
};
const walk = (root: HTMLElement, ...pages: Record<string, Box>[]) => {
  const acted: string[] = [];
  walkCells(root, ({ id }) => void acted.push(id));
  sheet(root, ...pages);
  root.getBoundingClientRect = () => ({ top: 100 }) as ReturnType<Element['getBoundingClientRect']>;
  const focused = () => document.activeElement?.id;
  const from = (id: string, ...keys: string[]) => {
    document.getElementById(id)?.focus();
    for (const key of keys) press(document.activeElement, key);
    return focused();
  };
  return { acted, focused, from };
};

test.each([
  ['a', 'ArrowRight', 'b'],
  ['b', 'ArrowRight', 'c'],
  ['c', 'ArrowRight', 'f'],
  ['f', 'ArrowRight', 'f'],
  ['c', 'ArrowLeft', 'b'],
  ['f', 'ArrowLeft', 'e'],
  ['a', 'ArrowLeft', 'a'],
  ['a', 'ArrowDown', 'd'],
  ['b', 'ArrowDown', 'd'],
  ['c', 'ArrowDown', 'e'],
  ['d', 'ArrowUp', 'a'],
  ['e', 'ArrowUp', 'c'],
  ['d', 'ArrowRight', 'e'],
  ['e', 'ArrowLeft', 'd'],
  ['a', 'ArrowUp', 'a'],
  ['f', 'ArrowUp', 'e'],
  ['f', 'ArrowDown', 'f'],
])('from cell %s, %s leads to %s', (start, key, end) =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    expect(walk(root, grid).from(start, key)).toBe(end);
  }),
);

test('cells that overlap by up to 2 pixels, as borders do, still follow each other', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const { from } = walk(root, { a: [0, 0, 50, 20], b: [48, 0, 50, 20], c: [95.9, 0, 50, 20], d: [300, 0, 10, 20] });
    expect(from('a', 'ArrowRight')).toBe('b');
    expect(from('b', 'ArrowRight')).toBe('d');
    expect(from('b', 'ArrowLeft')).toBe('a');
  }));

test('a cell is not its own neighbour, however narrow it is', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    expect(walk(root, { a: [0, 0, 1, 20], b: [10, 0, 50, 20] }).from('a', 'ArrowRight')).toBe('b');
  }));

test('without cells Enter leads nowhere', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const { focused } = walk(root, {});
    root.focus();
    expect([press(root, 'Enter'), focused()]).toEqual([true, 'pages']);
  }));

test('what is straight ahead comes before what is nearer but aside', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const { from } = walk(root, {
      from: [0, 0, 50, 20],
      ahead: [99, 0, 50, 20],
      aside: [60, 30, 50, 20],
      below: [0, 69, 50, 20],
    });
    expect(from('from', 'ArrowRight')).toBe('ahead');
    expect(from('from', 'ArrowDown')).toBe('below');
    expect(from('below', 'ArrowUp')).toBe('from');
    expect(from('ahead', 'ArrowLeft')).toBe('from');
    const further = walk(root, {
      from: [0, 0, 50, 20],
      ahead: [101, 0, 50, 20],
      aside: [60, 30, 50, 20],
      below: [0, 71, 50, 20],
    });
    expect(further.from('from', 'ArrowRight')).toBe('aside');
    expect(further.from('from', 'ArrowDown')).toBe('aside');
  }));

test('down from the last row leads to the next page, up from the first to the end of the one before; aside to none', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const next: Record<string, Box> = { x: [0, 500, 50, 20], y: [50, 500, 50, 20] };
    const { from } = walk(root, grid, next);
    expect(from('f', 'ArrowDown')).toBe('x');
    expect(from('y', 'ArrowUp')).toBe('f');
    expect(from('y', 'ArrowRight')).toBe('y');
    expect(from('x', 'ArrowLeft')).toBe('x');
    expect(from('x', 'ArrowDown')).toBe('x');
    expect(from('a', 'ArrowUp')).toBe('a');
  }));

test('the pages are one stop for Tab; Enter goes to the first cell that is seen, Escape back; Enter and Space act', () =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const { acted, focused } = walk(
      root,
      { above: [0, 80, 50, 19], hidden: [0, 99, 50, 20], seen: [0, 100, 50, 20] },
      {},
    );
    expect(root.tabIndex).toBe(0);
    root.focus();
    expect(press(root, 'ArrowDown')).toBe(false);
    expect(focused()).toBe('pages');
    expect(press(root, 'Enter')).toBe(true);
    expect(focused()).toBe('seen');
    expect(press(document.activeElement, 'Enter')).toBe(true);
    expect(press(document.activeElement?.firstElementChild, ' ')).toBe(true);
    expect(acted).toEqual(['seen', 'seen']);
    expect(press(document.activeElement, 'x')).toBe(false);
    expect(press(document.activeElement, 'Tab')).toBe(false);
    expect(press(document.activeElement, 'ArrowDown')).toBe(true);
    expect(press(document.activeElement, 'Escape')).toBe(true);
    expect(focused()).toBe('pages');
    expect(acted.length).toBe(2);
  }));

test.each(['ctrlKey', 'metaKey', 'altKey'])("with %s a key is the browser's", (modifier) =>
  inPage(() => {
    const root = document.getElementById('pages') as HTMLElement;
    const { acted, focused, from } = walk(root, grid);
    from('a');
    for (const key of ['Enter', ' ', 'Escape', 'ArrowRight'])
      expect(press(document.activeElement, key, { [modifier]: true })).toBe(false);
    expect([focused(), acted]).toEqual(['a', []]);
  }),
);

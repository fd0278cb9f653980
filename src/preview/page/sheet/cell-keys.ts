/** Arrow keys walk from cell to cell, Enter acts on one, Escape leaves them; the pages themselves are one stop for Tab. */
export function walkCells(root: HTMLElement, act: (cell: HTMLElement) => void): void {
  root.tabIndex = 0;
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target instanceof HTMLElement && event.target.closest<HTMLElement>('.cell');
    if (!cell) {
      if (event.key !== 'Enter') return;
      firstSeen(root)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') act(cell);
    else if (event.key === 'Escape') root.focus();
    else {
      const direction = directions[event.key];
      if (!direction) return;
      neighbour(cell, direction)?.focus();
    }
    event.preventDefault();
  });
}

type Direction = readonly [x: -1 | 0 | 1, y: -1 | 0 | 1];
const directions: Record<string, Direction> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const cellsOf = (page: Element | null): HTMLElement[] => [...(page?.querySelectorAll<HTMLElement>('.cell') ?? [])];

function firstSeen(root: HTMLElement): HTMLElement | undefined {
  const top = root.getBoundingClientRect().top;
  return cellsOf(root).find((cell) => cell.getBoundingClientRect().top >= top);
}

/** The nearest cell in a direction, on this page or else the next one. */
function neighbour(cell: HTMLElement, [x, y]: Direction): HTMLElement | undefined {
  const from = cell.getBoundingClientRect();
  const page = cell.closest('.page');
  const distance = (other: HTMLElement): number => {
    const to = other.getBoundingClientRect();
    const along =
      x === 1
        ? to.left - from.right
        : x === -1
          ? from.left - to.right
          : y === 1
            ? to.top - from.bottom
            : from.top - to.bottom;
    const gap = (low: number, high: number, otherLow: number, otherHigh: number) =>
      Math.max(0, otherLow - high, low - otherHigh);
    const aside =
      x === 0 ? gap(from.left, from.right, to.left, to.right) : gap(from.top, from.bottom, to.top, to.bottom);
    const start = x === 0 ? Math.abs(to.left - from.left) : Math.abs(to.top - from.top);
    return along < -2 ? Number.POSITIVE_INFINITY : along + aside * 4 + start / 1000;
  };
  let best: HTMLElement | undefined;
  for (const other of cellsOf(page))
    if (other !== cell && distance(other) < (best ? distance(best) : Number.POSITIVE_INFINITY)) best = other;
  if (best || y === 0) return best;
  return y === 1 ? cellsOf(page?.nextElementSibling ?? null)[0] : cellsOf(page?.previousElementSibling ?? null).at(-1);
}

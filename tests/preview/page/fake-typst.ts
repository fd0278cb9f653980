import type { Cell, PageInfo } from '../../../src/preview/messages.ts';
import type { TextRun, Typst } from '../../../src/preview/page/sheet/typst.ts';
import type { FakePage } from './page.ts';

export const info = (key: string, more: Partial<PageInfo> = {}): PageInfo => ({
  key,
  part: '個票',
  number: 3,
  width: 100,
  height: 200,
  ...more,
});
export const cell = (text: string): Cell => ({
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  file: 'measures/1-1-1.yaml',
  path: ['取組'],
  text,
});

/** Draws nothing, remembers what; `hold` keeps a drawing from its end. */
export function fakeTypst() {
  const drawn: unknown[] = [];
  const read: unknown[] = [];
  const outlined: unknown[] = [];
  const fake = {
    drawn,
    read,
    outlined,
    svg: '<svg></svg>',
    loaded: 0,
    hold: undefined as Promise<void> | undefined,
    reading: undefined as Promise<void> | undefined,
    runs: [] as TextRun[],
    load: async () => {
      fake.loaded += 1;
      return {
        draw: async (canvas: HTMLCanvasElement, vector: Uint8Array, scale: number) => {
          drawn.push([canvas.width, canvas.height, [...vector], scale]);
          await fake.hold;
        },
        outlines: (vector: Uint8Array) => {
          outlined.push([...vector]);
          return fake.svg;
        },
        texts: async (vector: Uint8Array) => {
          read.push([...vector]);
          const { runs } = fake;
          await fake.reading;
          return runs;
        },
      } as unknown as Typst;
    },
  };
  return fake;
}

/** What the server has of a page. */
export function serve({ server }: FakePage, key: string, text: string): void {
  server[`/pages/${key}.json`] = { cells: [cell(text)] };
  server[`/pages/${key}.vector`] = new Uint8Array([key.charCodeAt(0)]);
}

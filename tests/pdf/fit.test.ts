import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { measuresOf } from '../../src/model/edition.ts';
import { figuresOf, type MeasureData } from '../../src/render/data.ts';
import { doubtful } from '../../src/render/doubt.ts';
import { bookOf, misfitsOf, OwnRenderer } from './book.ts';
import {
  blankMeasure,
  editionOf,
  type Glyph,
  generatedData,
  glyphsOf,
  ownLayout,
  printable,
  random,
  type Slot,
  takeOut,
} from './generated.ts';
import { isBody, type Page, readPdf } from './read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const renderer = new OwnRenderer();

/** Cells to generate, and whether all pairs of signs are tried: before a release FIT_CELLS=20000. */
const wanted = Number(process.env.FIT_CELLS ?? 240);
const all = wanted >= 20_000;
const mm = 72 / 25.4;

/** Cells whose texts stand outside of them, and texts over others. */
function strays({ rows, pieces, rules }: Page): string[] {
  const found: string[] = [];
  for (const row of rows.filter(isBody))
    for (const cell of row) {
      // The rules beside the middle of its first text are its own: a text that runs over begins in its cell.
      const [first] = cell.pieces;
      if (!first) continue;
      const beside = rules.filter(({ y0, y1 }) => y0 < first.y0 + 2 && y1 > first.y0 + 2).map(({ x }) => x);
      const left = Math.max(...beside.filter((x) => x <= first.x0 + 0.3));
      const right = Math.min(...beside.filter((x) => x > first.x0 + 0.3));
      for (const { text, x0, x1 } of cell.pieces)
        if (x0 < left - 0.3 || x1 > right + 0.3) found.push(`${text} (${x0}–${x1} in ${left}–${right})`);
    }
  const sorted = [...pieces].sort((a, b) => a.y0 - b.y0);
  for (const [index, a] of sorted.entries())
    for (let at = index + 1; at < sorted.length; at += 1) {
      const b = sorted[at];
      if (!b || b.y0 > a.y1 - 1) break;
      if (Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > 0.3)
        found.push(`「${a.text}」 ${a.x0}–${a.x1} and 「${b.text}」 ${b.x0}–${b.x1}`);
    }
  return found;
}

interface Refused extends Slot {
  piece: string;
  room: number;
}

/** Whether each text runs over in a layout of its own, in a column as wide as it was refused for, or is squeezed into it. */
async function runOver(refused: readonly Refused[]): Promise<boolean[]> {
  const { pdf } = ownLayout(
    `#set page(width: 600mm, height: auto, margin: 0mm)
    #for (text, room, column) in data {
      set std.text(weight: "bold") if column == "title"
      block(width: room * 1mm, flat(text))
      pagebreak()
    }`,
    refused.map(({ text, room, column }) => [column === 'overviewTitle' ? `(再掲)\u200b${text}` : text, room, column]),
  );
  const pages = await glyphsOf(pdf());
  return refused.map(({ room }, page) =>
    (pages[page] ?? []).some(({ x0, x1, y }, index, glyphs) => {
      const after = glyphs[index + 1];
      return x0 < -0.05 || x1 > room * mm || (after !== undefined && Math.abs(after.y - y) < 1 && after.x0 < x1 - 0.05);
    }),
  );
}

describe('generated texts in every column', () => {
  const refused: Refused[] = [];
  let cells = 0;

  test('are refused or stand in their cell', async () => {
    for (let seed = 1; cells < wanted; seed += 1) {
      const { data, slots } = generatedData(seed, 24);
      cells += slots.length;
      refused.push(...takeOut(await misfitsOf(data, renderer), slots));
      const file = join(folder, 'generated.pdf');
      writeFileSync(file, await bookOf(data, renderer));
      const { pages } = await readPdf(file);
      for (const [index, page] of pages.entries()) {
        if (page.rows.length === 0) continue;
        expect(strays(page), `seed ${seed}, p. ${index + 1}`).toEqual([]);
      }
    }
    expect(refused.length).toBeGreaterThan(cells / 50);
    expect(refused.length).toBeLessThan(cells / 2);
  }, 600_000);

  test('what is refused runs over in a layout of its own too', async () => {
    const over = await runOver(refused);
    const wrapped = refused
      .filter((_, index) => !over[index])
      .map(({ column, piece, text }) => ({ column, piece, text }));
    expect(wrapped).toEqual([]);
  }, 120_000);

  test('what is left out of measuring as surely fitting does fit', async () => {
    const { data, slots } = generatedData(77, 36);
    const before = new Set(measuresOf(data).map(({ id }) => id));
    const doubted = new Set(measuresOf(doubtful(data, figuresOf(data)) ?? { categories: [] }).map(({ id }) => id));
    const misfit = takeOut(await misfitsOf(data, renderer), slots).flatMap(
      ({ file }) => /measures\/(.*)\.yaml/.exec(file)?.[1] ?? [],
    );
    expect(misfit.filter((id) => !doubted.has(id))).toEqual([]);
    expect(doubted.size).toBeLessThan(before.size);
  });

  test('and so does what a line may not part, and what hangs', async () => {
    const next = random(78);
    const pick = (all: readonly string[]) => all[Math.floor(next() * all.length)] ?? '';
    // About as many lines as a page has room for.
    const heldText = () => {
      const own = pick(['令和12年度', '約1000世帯', 'AI-OCRと', '第123番目']) + pick(['に', '、', '']);
      return pick(['・', '①', '(1) ', '    ・ ', '']) + own.repeat(20 + Math.floor(next() * 50));
    };
    const measures = Array.from({ length: 120 }, (_, index): MeasureData => {
      const blank = blankMeasure(`1-1-${index + 1}`);
      return {
        ...blank,
        [(['effect', 'title', 'indicators', 'sections'] as const)[index % 4] as 'effect']: heldText(),
      };
    });
    const data = editionOf([
      { number: '1', name: '', label: '1. 甲', groups: [{ number: '1-1', name: '', label: '1-1. 乙', measures }] },
    ]);
    const doubted = new Set(measuresOf(doubtful(data, figuresOf(data)) ?? { categories: [] }).map(({ id }) => id));
    const refused = (await misfitsOf(data, renderer)).flatMap(
      ({ file }) => /measures\/(.*)\.yaml/.exec(file)?.[1] ?? [],
    );
    expect(refused.filter((id) => !doubted.has(id))).toEqual([]);
    expect([refused.length > 10, doubted.size < measures.length]).toEqual([true, true]);
  });

  test('on A4, which refuses nothing, they stand inside the page and in their cells', async () => {
    const { data } = generatedData(5, 12);
    const file = join(folder, 'a4.pdf');
    writeFileSync(file, await bookOf({ ...data, parts: ['A4個票'] }, renderer));
    const { pages } = await readPdf(file);
    for (const [index, page] of pages.entries()) {
      expect(strays(page), `p. ${index + 1}`).toEqual([]);
      for (const { text, x1 } of page.pieces)
        if (x1 > page.width - 17 * mm) expect.fail(`p. ${index + 1}: 「${text}」`);
    }
  });
});

describe('signs beside each other', () => {
  const punctuation = printable.filter((sign) => /[\p{P}\p{S}]/u.test(sign) && sign !== '~');
  const opening = [...'《〈（『「【〖〔［｛'];
  const adjusted = [...opening, ...'》〉）』」】〗〕］｝、。，．・·：；！？“”‘’'];

  const set = async (lines: string[], width: number): Promise<Glyph[]> => {
    const page = `#set page(width: ${width}pt, height: auto, margin: 10pt)`;
    return (await glyphsOf(ownLayout(`${page}\n#for line in data { block(flat(line)) }`, lines).pdf())).flat();
  };

  test('every pair of the fonts: no box over another', async () => {
    const some = punctuation.filter((sign, at) => all || adjusted.includes(sign) || at % 8 === 0);
    const lines = some.map((a) => (all || adjusted.includes(a) ? some : opening).map((b) => `甲${a}${b}`).join(''));
    const glyphs = await set(lines, 20000);
    expect(glyphs.length).toBeGreaterThan(3 * adjusted.length ** 2);
    const overlaps = glyphs.flatMap((glyph, index) => {
      const after = glyphs[index + 1];
      return after && Math.abs(after.y - glyph.y) < 1 && after.x0 < glyph.x1 - 0.05
        ? [`${glyph.sign}${after.sign}`]
        : [];
    });
    expect([...new Set(overlaps)]).toEqual([]);
  }, 120_000);

  test('a line that begins with an opening sign begins where the others do', async () => {
    const lines = opening.flatMap((sign) => [
      `${sign}甲乙`,
      '甲乙',
      `あいうえおかきくけこさしすせ${sign}甲乙丙丁`,
      `、${sign}甲乙`,
      `A${sign}甲`,
    ]);
    const glyphs = await set(lines, 20 + 14 * 9);
    const starts = new Map<number, number>();
    for (const { y, x0 } of glyphs)
      starts.set(Math.round(y), Math.min(starts.get(Math.round(y)) ?? Number.POSITIVE_INFINITY, x0));
    expect(new Set([...starts.values()].map((x) => x.toFixed(1)))).toEqual(new Set(['10.0']));
    expect(starts.size).toBe(opening.length * 6);
  });

  test('no break is made or lost before an opening sign, whatever stands in front of it', () => {
    const { query } = ownLayout(
      `#let height(body) = measure(width: 0.01pt, body).height
      #context [#metadata(opening.clusters().map(sign => data.slice(0, if sign == "「" { none } else { 6 }).filter(before => {
        let line = "あ" + before + sign + "い"
        height(line) != height(apart(line))
      }))) <differing>]`,
      // Kanji are of one kind.
      printable.filter((sign, at) => sign !== '~' && (all || at % 16 === 0 || !/\p{Unified_Ideograph}/u.test(sign))),
    );
    expect(query('differing')).toEqual(opening.map(() => []));
  });
});

// For each column and template: the longest text that fits, and the first that does not; told with the right room, and
// the longest one drawn where it should stand.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Font, openSync } from 'fontkit';
import { afterAll, describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import type { DocumentData, MeasureData } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import { bookOf, fileOf, misfitsOf, OwnRenderer } from './book.ts';
import { blankMeasure, editionOf } from './generated.ts';
import { type Page, readPdf } from './read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const renderer = new OwnRenderer();
const { sheets, limits, overview } = JSON.parse(readFileSync('templates/columns.json', 'utf8'));
const pt = 25.4 / 72; // mm
const page = { width: 420, height: 297, left: 10, right: 10, top: 16, bottom: 13 }; // mm
const inset = 1.2; // mm, on both sides of a text in its cell
const partHeading = 9.5; // mm, above the first page's table
const spare = 0.6; // mm, by which a word may stand out into the white

function edition(change: (data: DocumentData, measure: MeasureData) => void): DocumentData {
  const measure = blankMeasure('1-1-1');
  measure.begins.push('1', '1-1');
  const data = editionOf([
    { number: '1', name: '', label: '大', groups: [{ number: '1-1', name: '', label: '中', measures: [measure] }] },
  ]);
  change(data, measure);
  return data;
}

const misfits = (data: DocumentData): Promise<Misfit[]> => misfitsOf(data, renderer);

const drawn = async (data: DocumentData, name: string): Promise<Page[]> => pagesOf(await bookOf(data, renderer), name);

async function pagesOf(pdf: Uint8Array, name: string): Promise<Page[]> {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, pdf);
  return (await readPdf(file)).pages;
}

const fonts = {
  regular: openSync('fonts/BIZUDPGothic_400Regular.ttf'),
  bold: openSync('fonts/BIZUDPGothic_700Bold.ttf'),
} as Record<string, Font>;
/** mm */
const widthOf = (text: string, size: number, weight: string): number => {
  const font = fonts[weight] as Font;
  return (
    ([...text].reduce((sum, sign) => sum + font.glyphForCodePoint(sign.codePointAt(0) ?? 0).advanceWidth, 0) /
      font.unitsPerEm) *
    size *
    pt
  );
};

interface Column {
  file: string;
  path: (string | number)[];
  /** mm */
  room: number;
  spare?: number;
  /** pt */
  size?: number;
  weight?: 'regular' | 'bold';
  /** Space after each letter, em */
  tracking?: number;
  /** What is printed around the text */
  around?: string;
  change(data: DocumentData, measure: MeasureData, text: string): void;
  set(text: string): DocumentData;
}
const measureFile = 'measures/1-1-1.yaml';
const inSheet = (
  key: keyof typeof sheets,
  path: string | string[],
  set: (measure: MeasureData, text: string) => void,
  more: Partial<Column> = {},
): Column => ({
  file: measureFile,
  path: [path].flat(),
  room: sheets[key] - 2 * inset,
  spare,
  change: (_, measure, text) => set(measure, text),
  set: (text) => edition((_, measure) => set(measure, text)),
  ...more,
});
const inBook = (
  path: (string | number)[],
  room: number,
  set: (data: DocumentData, text: string) => void,
  more: Partial<Column> = {},
): Column => ({
  file: 'edition.yaml',
  path,
  room,
  change: (data, _, text) => set(data, text),
  set: (text) => edition((data) => set(data, text)),
  ...more,
});
const year = (measure: MeasureData) => measure.years[1] as MeasureData['years'][0];
const body = page.width - page.left - page.right;
const contentsColumn = (body - 2 * 12) / 3;

const columns: Record<string, Column> = {
  '個票 担当局・部': inSheet('departments', '担当局・部', (m, text) => {
    m.departments = text;
  }),
  '個票 担当課': inSheet('sections', '担当課', (m, text) => {
    m.sections = text;
  }),
  '個票 取組': inSheet(
    'title',
    '取組',
    (m, text) => {
      m.title = text;
    },
    { weight: 'bold' },
  ),
  '個票 効果・KPI': inSheet('effect', '効果・KPI', (m, text) => {
    m.effect = text;
  }),
  '個票 現状・実績・目標': inSheet('indicators', '現状・実績・目標', (m, text) => {
    m.indicators = text;
  }),
  '個票 内容': inSheet('plan', ['スケジュール', 'R2', '内容'], (m, text) => {
    year(m).plan = text;
  }),
  '個票 事業実績': inSheet('result', ['スケジュール', 'R2', '事業実績'], (m, text) => {
    year(m).result = text;
  }),
  '個票 予算額 of one part': inSheet('budget', ['スケジュール', 'R2', '予算額'], (m, text) => {
    year(m).budget = [{ label: text, amount: '1' }];
  }),
  '個票 heading 年度': inBook(['年度', 1], sheets.year - spare, (data, text) => {
    data.years[1] = text;
  }),
  '個票 heading 関連計画': inBook(
    ['関連計画', 0],
    sheets.flag - spare,
    (data, text) => {
      data.plans = [text];
    },
    { size: 7 },
  ),
  '個票 heading 現状・実績・目標': inBook(
    ['現状・実績・目標'],
    sheets.indicators - spare,
    (data, text) => {
      data.indicatorLabels = [text];
    },
    { size: 8 },
  ),
  '一覧表 大項目': inBook(
    ['大項目'],
    overview.category - 2 * inset,
    (data, text) => {
      if (data.categories[0]) data.categories[0].label = text;
    },
    { file: 'structure.yaml', weight: 'bold', spare },
  ),
  '一覧表 中項目': inBook(
    ['大項目'],
    overview.group - 2 * inset,
    (data, text) => {
      if (data.categories[0]?.groups[0]) data.categories[0].groups[0].label = text;
    },
    { file: 'structure.yaml', spare },
  ),
  '一覧表 取組事項': inSheet(
    'title',
    ['一覧表', '取組事項'],
    (m, text) => {
      m.overviewTitle = text;
    },
    { room: overview.title - 2 * inset },
  ),
  '一覧表 担当課': inSheet(
    'sections',
    ['一覧表', '担当課'],
    (m, text) => {
      m.overviewSection = text;
    },
    { room: overview.section - 2 * inset },
  ),
  '目次 大項目': inBook(
    ['大項目'],
    contentsColumn,
    (data, text) => {
      if (data.categories[0]) data.categories[0].label = text;
    },
    { file: 'structure.yaml', size: 10, weight: 'bold' },
  ),
  '目次 中項目': inBook(
    ['大項目'],
    contentsColumn - 5,
    (data, text) => {
      if (data.categories[0]?.groups[0]) data.categories[0].groups[0].label = text;
    },
    { file: 'structure.yaml', size: 10 },
  ),
  '目次 別冊': inBook(
    ['構成'],
    contentsColumn,
    (data, text) => {
      data.parts.push('付録');
      data.annexes = { 付録: { title: text, pages: [[100, 100]] } } as never;
    },
    { size: 10, weight: 'bold' },
  ),
  '表紙 計画名': inBook(
    ['計画名'],
    body,
    (data, text) => {
      data.book.planName = text;
    },
    { size: 30, weight: 'bold' },
  ),
  '表紙 計画期間': inBook(
    ['計画期間'],
    body,
    (data, text) => {
      data.book.planPeriod = text;
    },
    { size: 18, around: '()' },
  ),
  '表紙 書名': inBook(
    ['書名'],
    body,
    (data, text) => {
      data.book.title = text;
    },
    { size: 38, weight: 'bold', tracking: 0.3 },
  ),
  '表紙 発行者': inBook(
    ['発行者'],
    body,
    (data, text) => {
      data.book.publisher = text;
    },
    { size: 22 },
  ),
};

describe('a word as wide as its column', () => {
  test.for(Object.entries(columns))('%s', async ([name, column]) => {
    const { file, path, room, size = 9, weight = 'regular', tracking = 0 } = column;
    for (const letter of ['l']) {
      const need = (count: number) =>
        widthOf((column.around ?? '') + letter.repeat(count), size, weight) + (count - 1) * tracking * size * pt;
      const most = room + (column.spare ?? 0);
      let longest = 1;
      while (need(longest + 1) <= most) longest += 1;
      // 大項目 and 中項目 stand in 取組事項一覧 too, in narrower columns: what is told of 目次 is the other one.
      const told = async (count: number) =>
        (await misfits(column.set(letter.repeat(count)))).filter(
          ({ room }) => !/^目次 [大中]/.test(name) || room > 100,
        );
      expect(await told(longest), `${longest} ${letter}`).toEqual([]);
      expect(await told(longest + 1), `${longest + 1} ${letter}`).toEqual([
        {
          file,
          path,
          kind: 'wide',
          text: letter.repeat(longest + 1),
          need: expect.closeTo(need(longest + 1), 1),
          room: expect.closeTo(room, 1),
        },
      ]);
    }
  });
});

/** Whether a text of `pages` stands over a rule, or outside of the page's margins. */
function outside(pages: readonly Page[]): string[] {
  return pages.flatMap(({ pieces, rules, width, height }, index) =>
    (width < 1000 ? [] : pieces) // an annex's place is as large as the annex
      .filter(
        ({ x0, x1, y0, y1 }) =>
          x0 < page.left / pt - 0.5 ||
          x1 > width - page.right / pt + 0.5 ||
          y0 < 10 || // the page number
          y1 > height - 10 ||
          rules.some((rule) => rule.x > x0 + 0.3 && rule.x < x1 - 0.3 && rule.y0 < y0 + 2 && rule.y1 > y0 + 2),
      )
      .map(({ text }) => `p. ${index + 1}: ${text}`),
  );
}

test('the longest words of all columns at once stand whole in their cells', async () => {
  const words = new Map<string, string>();
  const data = edition((all, measure) => {
    for (const [name, column] of Object.entries(columns)) {
      if (/^(目次 [大中]|表紙 書名)/.test(name)) continue;
      const { room, size = 9, weight = 'regular', around = '' } = column;
      let word = 'W';
      while (widthOf(`${around}${word}W`, size, weight) <= room + (column.spare ?? 0)) word += 'W';
      words.set(name, word);
      column.change(all, measure, word);
    }
  });
  const { annex } = await readAnnex(readFileSync('tests/annexes/scan.pdf'), '図');
  if (!annex) throw new Error('an annex that is refused');
  const sizes = annex.pages.map(({ width, height }): [number, number] => [width, height]);
  for (const one of Object.values(data.annexes)) one.pages = sizes;
  const pages = await pagesOf(await bookOf(data, renderer, new Map([['付録', annex]])), 'words');
  expect(outside(pages)).toEqual([]);
  const seen = pages.flatMap(({ pieces }) => pieces.map(({ text }) => text.replace(/[()]/g, '')));
  for (const [name, word] of words) expect(seen, name).toContain(word);
});

const lines = (count: number) => Array.from({ length: count }, (_, index) => `第${index + 1}行`).join('\n');
/** Text that fills its lines, for what has no line breaks of its own. */
const filled = (count: number) => '甲'.repeat(count);

const tall: Record<string, { file: string; path: string[]; set(count: number): DocumentData }> = {
  ...Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => /^個票 (?!heading|予算額)/.test(name))
      .map(([name, { file, path, set }]) => [
        name,
        { file, path: path as string[], set: (count: number) => set(lines(count)) },
      ]),
  ),
  '個票 取組内容': {
    file: measureFile,
    path: ['取組内容'],
    set: (count) =>
      edition((_, measure) => {
        measure.description = lines(count);
      }),
  },
  '個票 予算額 of many parts': {
    file: measureFile,
    path: ['スケジュール', 'R2', '予算額'],
    set: (count) =>
      edition((_, measure) => {
        year(measure).budget = Array.from({ length: count }, (_, at) => ({ label: `第${at}部`, amount: '1' }));
      }),
  },
  ...Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => /^一覧表/.test(name))
      .map(([name, { file, path, set }]) => [
        name,
        { file, path: path as string[], set: (count: number) => set(filled(count)) },
      ]),
  ),
};

/** The most lines, or signs that fill lines, without a problem; what is needed by too many leads near it. */
async function longest(problem: (count: number) => Promise<Misfit | undefined>): Promise<number> {
  let many = 64;
  let told = await problem(many);
  for (; !told; told = await problem(many)) many *= 4;
  let fits = Math.max(1, Math.floor((many * told.room) / told.need));
  while (fits > 1 && (await problem(fits))) fits -= 1;
  while (!(await problem(fits + 1))) fits += 1;
  return fits;
}

describe('a text as tall as its page', () => {
  test.for(Object.entries(tall))('%s', async ([name, { file, path, set }]) => {
    const problem = async (count: number) => (await misfits(set(count))).find(({ kind }) => kind === 'tall');
    const fits = await longest(problem);
    const { need, room, ...told } = (await problem(fits + 1)) as Misfit;
    expect(told).toEqual({ file, path, kind: 'tall', text: '' });
    expect(need).toBeGreaterThan(room);
    // Drawn, the longest one is whole and on one page, in a table that ends where the page's rows do: within a line.
    const tallest = { ...set(fits), parts: [name.startsWith('一覧表') ? '取組事項一覧' : '個票'] };
    const pages = await drawn(tallest, 'tall');
    expect(outside(pages)).toEqual([]);
    const ends = /^第0部$|^第1行$|^甲{9,}$/;
    const [sheet, ...others] = pages.filter(({ pieces }) => pieces.some(({ text }) => ends.test(text)));
    if (!sheet) throw new Error('no page has it');
    expect(others).toEqual([]);
    // The running head names 大項目 and 中項目 too.
    const seen = sheet.pieces.filter(({ y1 }) => y1 < sheet.height - page.top / pt).map(({ text }) => text);
    if (name.startsWith('一覧表')) expect(seen.join('').split('甲')).toHaveLength(fits + 1);
    else
      for (let at = 1; at < fits; at += 1)
        expect(seen.some((text) => text === `第${at}行` || text === `第${at}部`)).toBe(true);
    // The first page of a part has its heading above the table, and less room; what is told is the room there.
    const heading = seen.some(
      (text) => text === tallest.parts[0] && sheet.pieces.find((piece) => piece.text === text && piece.size === 15),
    )
      ? 0
      : partHeading;
    const whole = sheet.lines.filter(({ x0, x1 }) => x1 - x0 > 1100).map(({ y }) => y * pt);
    const [, below = 0] = whole.sort((a, b) => b - a);
    const bottom = Math.min(...whole);
    const line = 9 * 1.36 * pt * (name.includes('予算額') ? 1.1 : 1);
    expect(room).toBeCloseTo(below - page.bottom - heading, 0);
    expect(bottom).toBeGreaterThan(page.bottom - 0.2);
    expect(bottom).toBeLessThan(page.bottom + heading + line);
    expect(need - room).toBeLessThan(line);
  });
});

test('the heading of 個票 is as tall as it may be', async () => {
  const set = (count: number) =>
    edition((data) => {
      data.plans = ['計'.repeat(count)];
      data.parts = ['個票'];
    });
  const tallest = async (count: number) => (await misfits(set(count))).find(({ kind }) => kind === 'tall');
  let count = 1;
  while (!(await tallest(count + 1))) count += 1;
  const { need, ...told } = (await tallest(count + 1)) as Misfit;
  expect(told).toEqual({
    file: 'edition.yaml',
    path: ['関連計画'],
    kind: 'tall',
    text: '',
    room: expect.closeTo(45, 1),
  });
  expect(need).toBeGreaterThan(45);
  const [sheet] = await drawn(set(count), 'heading');
  const [top = 0, below = 0] = (sheet?.lines ?? [])
    .filter(({ x0, x1 }) => x1 - x0 > 1100)
    .map(({ y }) => y * pt)
    .sort((a, b) => b - a);
  expect(top - below).toBeLessThan(45.1);
  expect(top - below).toBeGreaterThan(45 - 7 * 1.36 * pt);
  expect(
    sheet?.pieces
      .map(({ text }) => text)
      .join('')
      .split('計').length,
  ).toBeGreaterThanOrEqual(count);
});

test('as many 関連計画 as the page is wide', async () => {
  const set = (count: number) =>
    edition((data, measure) => {
      data.plans = Array.from({ length: count }, (_, at) => `計画${at}`);
      measure.flags = data.plans.map(() => '○');
      data.parts = ['個票'];
    });
  let count = 1;
  while ((await misfits(set(count + 1))).length === 0) count += 1;
  // 取組内容 gives way, down to its least.
  const least = Object.entries(sheets).reduce(
    (sum, [key, width]) => sum + (key === 'flag' ? 0 : Number(width) * (key === 'number' ? 3 : 1)),
    Number(limits.description[0]),
  );
  expect(count).toBe(Math.floor((body - least) / sheets.flag));
  expect(await misfits(set(count + 1))).toEqual([
    {
      file: 'edition.yaml',
      path: ['関連計画'],
      kind: 'wide',
      text: '',
      need: expect.closeTo((count + 1) * sheets.flag, 1),
      room: expect.closeTo(body - least, 1),
    },
  ]);
  const [sheet] = await drawn(set(count), 'plans');
  expect(Math.max(...(sheet?.lines ?? []).map(({ x1 }) => x1)) * pt).toBeLessThan(page.width - page.right + 0.3);
  for (let at = 0; at < count; at += 1) expect(sheet?.pieces.map(({ text }) => text).join('')).toContain(`計画${at}`);
});

test('the cover is as tall as its page', async () => {
  const set = (count: number) =>
    edition((data) => {
      data.book.planName = '計'.repeat(count);
      data.parts = ['表紙'];
    });
  const tallest = async (count: number) => (await misfits(set(count))).find(({ kind }) => kind === 'tall');
  const fits = await longest(tallest);
  expect(await tallest(fits + 1)).toMatchObject({
    file: 'edition.yaml',
    path: ['計画名'],
    room: expect.closeTo(page.height - page.top - page.bottom, 1),
  });
  const pages = await drawn(set(fits), 'cover');
  expect(pages).toHaveLength(1);
  expect(outside(pages)).toEqual([]);
  const text = pages[0]?.pieces.map((piece) => piece.text).join('') ?? '';
  expect(text.split('計')).toHaveLength(fits + 1);
  expect(text).toMatch(/市$/);
});

test('what a part would refuse is no mistake of an edition without that part', async () => {
  const wide = 'W'.repeat(200);
  const parts = (...names: string[]) =>
    edition((data, measure) => {
      data.parts = names;
      data.book.planName = wide;
      year(measure).plan = wide;
      measure.overviewTitle = wide;
    });
  const paths = async (...names: string[]) => (await misfits(parts(...names))).map(({ path }) => path.at(-1));
  expect(await paths('表紙')).toEqual(['計画名']);
  expect(await paths('個票')).toEqual(['内容']);
  expect(await paths('取組事項一覧')).toEqual(['取組事項']);
  expect(await paths('表紙', '目次', '取組事項一覧', '個票')).toEqual(['内容', '取組事項', '計画名']);
});

describe('what refuses nothing breaks where it must, and only there', () => {
  const counts = Array.from({ length: 12 }, (_, index) => 1 + 6 * index);

  test('A4: words of every length in every field', async () => {
    const data = edition(() => {});
    const group = data.categories[0]?.groups[0];
    if (!group) throw new Error('no 中項目');
    group.measures = counts.map((count) => {
      const measure = blankMeasure(`1-1-${count}`);
      const word = `甲${'W'.repeat(count)}乙`;
      Object.assign(measure, {
        departments: word,
        sections: word,
        title: word,
        description: word,
        effect: word,
        indicators: word,
      });
      measure.years = measure.years.map((one) => ({
        ...one,
        plan: word,
        result: word,
        budget: [{ label: word, amount: '1' }],
      }));
      return measure;
    });
    const pages = await drawn({ ...data, parts: ['A4個票'] }, 'a4');
    for (const [index, { pieces, rules, width }] of pages.entries())
      for (const { text, x0, x1, y0, y1 } of pieces) {
        if (x1 > width - 17 / pt) expect.fail(`p. ${index + 1}: ${text}`);
        if (
          rules.some(
            ({ x, ...rule }) => x > x0 + 0.3 && x < x1 - 0.3 && rule.y0 < y0 + 2 && rule.y1 > y0 + 2 && y1 > y0,
          )
        )
          expect.fail(`p. ${index + 1}: ${text} crosses a rule`);
      }
    const text = pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
    // The three columns of both years, 取組内容, 効果, 現状, 課 and the name: nothing is lost.
    expect(text.split('W').length - 1).toBe(counts.reduce((sum, count) => sum + count * 11, 0));
  }, 60_000);

  test('新旧対照表: words of every length in every column', async () => {
    const rows = counts.map((count) => {
      const word = `甲${'W'.repeat(count)}乙`;
      return { label: word, left: [word, { marked: word }], right: [{ marked: word }], note: word, short: true };
    });
    const book = { title: '書名', publisher: '市', date: { year: 2019, month: 5, day: 1 } };
    const data = {
      book,
      editions: '甲 → 乙',
      headings: ['旧', '新'],
      unread: [],
      summary: null,
      sections: [{ anchor: 's', title: '節', entries: [{ anchor: 'e', title: '', rows }] }],
    };
    const { chunk } = await renderer.chunk({ typesetting: { main: 'before-after.typ', data } });
    const pages = await pagesOf(fileOf({ sections: [chunk] }), 'before-after');
    for (const [index, { pieces, rules, width }] of pages.entries())
      for (const { text, x0, x1, y0 } of pieces) {
        if (x1 > width - 14 / pt) expect.fail(`p. ${index + 1}: ${text}`);
        if (rules.some(({ x, ...rule }) => x > x0 + 0.3 && x < x1 - 0.3 && rule.y0 < y0 + 2 && rule.y1 > y0 + 2))
          expect.fail(`p. ${index + 1}: ${text} crosses a rule`);
      }
    const text = pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
    expect(text.split('W').length - 1).toBe(counts.reduce((sum, count) => sum + count * 5, 0));
  }, 60_000);
});

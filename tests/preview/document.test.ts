import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import type { ContentSource, Entry } from '../../src/content/source/source.ts';
import { type PlannedDocument, PreviewDocument } from '../../src/preview/document.ts';
import { Compiler } from '../../src/render/compiler.ts';
import { documentData } from '../../src/render/data.ts';
import type { PieceOf, PieceRequest } from '../../src/render/pieces.ts';

const folders = [join(process.cwd(), 'templates'), join(process.cwd(), 'fonts')] as const;
let whole: Compiler;
let pieces: Compiler;
beforeAll(() => {
  whole = new Compiler(...folders);
  pieces = new Compiler(...folders);
});

/** A content folder in memory, each file changed by `change`. */
function sourceOf(folder: string, change: (file: string, text: string) => string): ContentSource {
  const entries = new Map<string, Entry>([['measures', { kind: 'folder' }]]);
  for (const below of ['', 'measures/'])
    for (const name of readdirSync(join(folder, below))) {
      if (!name.endsWith('.yaml')) continue;
      const text = change(below + name, readFileSync(join(folder, below, name), 'utf8'));
      entries.set(below + name, { kind: 'file', read: () => Buffer.from(text) });
    }
  return { root: folder, entries };
}

let compiled = 0;
const preview = () =>
  new PreviewDocument(async <Request extends PieceRequest>(request: Request) => {
    compiled += 1;
    return pieces.piece(request) as PieceOf<Request>;
  });

async function planned(document: PreviewDocument, source: ContentSource): Promise<PlannedDocument> {
  const { edition, holds, diagnostics } = checkContent(source);
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  const plan = await document.plan(documentData(edition, { whole: true }), holds);
  if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
  return plan;
}

/** Where the PDF's bookmarks lead. */
function printed(source: ContentSource) {
  const { edition } = checkContent(source);
  if (!edition) throw new Error('the content has errors');
  const { anchors, pages } = whole.render({ main: 'main.typ', data: documentData(edition, { whole: true }) });
  return { anchors, pages };
}

/** Every place of the plan stands where the document has it; `y` is the top of its row. */
function expectSame(plan: PlannedDocument, { anchors, pages }: ReturnType<typeof printed>) {
  expect(plan.pages.length).toBe(pages);
  const places = anchors.filter(({ id }) => !id.startsWith('part-'));
  expect(places.length).toBeGreaterThan(5);
  for (const { id, page, y } of places) {
    const place = plan.places[id];
    expect.soft(place?.page, id).toBe(page);
    // An anchor stands on the first line of its cell, below the inset.
    expect.soft(Math.abs((place?.y ?? 0) - y), id).toBeLessThan(16);
  }
  for (const { id, page } of anchors.filter(({ id }) => id.startsWith('part-')))
    expect.soft(plan.places[id]?.page, id).toBe(page);
}

const same = (_: string, text: string) => text;

test.each(['content', 'tests/city'])(
  '%s: the preview breaks pages where the PDF does',
  { timeout: 60_000 },
  async (folder) => {
    const source = sourceOf(folder, same);
    expectSame(await planned(preview(), source), printed(source));
  },
);

test('the cover, drawn before the rest is measured, is the first page of the whole', async () => {
  const source = sourceOf('tests/city', same);
  const { edition } = checkContent(source);
  if (!edition) throw new Error('the city has errors');
  const document = preview();
  const { cells, ...cover } = (await document.cover(documentData(edition, { whole: true }))) ?? { cells: [] };
  expect(cells).toEqual([]);
  expect(cover).toMatchObject({ part: '表紙', number: 1 });
  const [first] = (await planned(document, source)).pages;
  expect(first).toMatchObject(cover);
});

type Edit = (file: string, text: string) => string;

/** The first file of a measure in which `pattern` is, changed there. */
function inOne(folder: string, pattern: RegExp, replacement: string): Edit {
  const found = readdirSync(join(folder, 'measures')).find((name) =>
    pattern.test(readFileSync(join(folder, 'measures', name), 'utf8')),
  );
  if (found === undefined) throw new Error(`no measure of ${folder} has ${pattern}`);
  return (file, text) => (file === `measures/${found}` ? text.replace(pattern, replacement) : text);
}

const long = '長い文を足して行を増やす。'.repeat(30);
const edits = (folder: string): Edit[] => [
  inOne(folder, /^(効果・KPI: (?:\|-\n {2})?)(?=[^|"'[{])/m, `$1${long}`),
  (file, text) =>
    /measures\/1-/.test(file) ? text.replace(/^( {4}内容: [^|\n]+)$/m, `$1${'を進める'.repeat(12)}`) : text,
  (file, text) =>
    file === 'structure.yaml' ? text.replace(/名称: .*/, `名称: ${'長い名前の大項目'.repeat(5)}`) : text,
];
const wider = (folder: string): Edit[] => [
  inOne(folder, /予算額: \d+/, '予算額: 1234567890'),
  (file, text) => (file === 'edition.yaml' ? text.replace('関連計画: [', '関連計画: [追加の計画, ') : text),
];

// One by one where that is cheap, at once in many pages; there without what needs width that an edition may not have.
const together = (all: Edit[]): Edit[] => [(file, text) => all.reduce((before, edit) => edit(file, before), text)];
test.each([
  ['tests/lake', [...edits('tests/lake'), ...wider('tests/lake')]],
  ['content', together(edits('content'))],
])(
  '%s: after edits of every kind the preview is what a fresh one would be, and breaks pages where the PDF does',
  {
    timeout: 120_000,
  },
  async (folder, all) => {
    const edited = preview();
    const before = await planned(edited, sourceOf(folder, same));
    for (const edit of all) {
      const source = sourceOf(folder, edit);
      const plan = await planned(edited, source);
      expect(plan).not.toEqual(before);
      expectSame(plan, printed(source));
      expect(plan).toEqual(await planned(preview(), source));
    }
  },
);

test('a save costs what it changed: one measuring, no other page', { timeout: 60_000 }, async () => {
  const document = preview();
  const before = await planned(document, sourceOf('content', same));
  compiled = 0;
  // Two signs of one width change places.
  const edit = inOne('content', /^( {4}内容: )(\p{Script=Han})(?!\2)(\p{Script=Han})/mu, '$1$3$2');
  let id: string | undefined;
  const source = sourceOf('content', (file, text) => {
    const after = edit(file, text);
    if (after !== text) id = /measures\/(.*)\.yaml/.exec(file)?.[1];
    return after;
  });
  const after = await planned(document, source);
  expect(compiled).toBe(1);
  const changed = after.pages.filter(({ key }, index) => key !== before.pages[index]?.key);
  expect(changed.map(({ number }) => number)).toEqual([before.places[`sheet-${id}`]?.page]);
});

test('what does not fit is told, and the pages before stay', { timeout: 60_000 }, async () => {
  const document = preview();
  const before = await planned(document, sourceOf('tests/city', same));
  const source = sourceOf('tests/city', (file, text) =>
    file === 'measures/1-1-1.yaml' ? text.replace('内容: 調査', `内容: ${'W'.repeat(200)}`) : text,
  );
  const { edition, holds } = checkContent(source);
  if (!edition) throw new Error('the content has errors');
  const plan = await document.plan(documentData(edition, { whole: true }), holds);
  expect(plan).toEqual({ misfits: [expect.objectContaining({ kind: 'wide', file: 'measures/1-1-1.yaml' })] });
  const [page] = before.pages;
  if (!page) throw new Error('no page');
  expect(document.page(page.key)).toBe(page);
  expect((await document.vector(page)).length).toBeGreaterThan(1000);
});

test('cells: every text of a sheet stands in the cell of its field, in the file that holds it', {
  timeout: 60_000,
}, async () => {
  const plan = await planned(preview(), sourceOf('tests/lake', same));
  const cells = plan.pages.flatMap((page) => page.cells.map((cell) => ({ ...cell, part: page.part })));
  const of = (file: string, ...path: (string | number)[]) =>
    cells.filter((cell) => cell.part === '個票' && cell.file === file && cell.path.join() === path.join());
  const [title] = of('measures/1-1-2.yaml', '取組');
  expect(title?.text).toBe('申込みの画面の整備');
  expect(of('measures/1-1-2.yaml', 'スケジュール', 'R21', '予算額')[0]?.text).toBe('1,188');
  expect(of('measures/1-1-2.yaml', '関連計画').map(({ text }) => text)).toContain('○');
  // 1-2-1 is a 再掲 of 1-1-2: what it has of its own stands in its file, all else in its target's.
  expect(of('measures/1-2-1.yaml', '番号').length).toBe(3);
  expect(of('measures/1-2-1.yaml', '取組')).toEqual([]);
  const reprint = of('measures/1-1-2.yaml', '取組内容').find(({ text }) => text.startsWith('※再掲'));
  expect(reprint).toMatchObject({ text: '※再掲(1-1-2)', target: 'sheet-1-1-2' });
});

test('an annex takes as many pages as it has, in their sizes, where the PDF has them', {
  timeout: 60_000,
}, async () => {
  const { edition, holds } = checkContent(sourceOf('tests/city', same));
  if (!edition) throw new Error('the content has errors');
  edition.parts.splice(2, 0, { annex: 'annexes/a.pdf', title: '資料' });
  const sizes = [
    { width: 595, height: 842 },
    { width: 842, height: 595 },
  ];
  const data = documentData(edition, { whole: true }, new Map([['annexes/a.pdf', { pages: sizes }]]));
  const plan = await preview().plan(data, holds);
  if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
  const { anchors, pages } = whole.render({ main: 'main.typ', data });
  expectSame(plan, { anchors, pages });
  const own = plan.pages.filter(({ part }) => part === '資料');
  expect(own.map(({ width, height }) => [width, height])).toEqual([
    [595, 842],
    [842, 595],
  ]);
  expect(plan.pages.flatMap(({ cells }) => cells).find(({ text }) => text === '資料')?.target).toBe(
    'part-annexes/a.pdf',
  );
});

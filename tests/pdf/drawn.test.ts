// What every page draws, held against its reference: a change of a template is seen here as it is seen on paper. After
// looking at the pages: npx vitest run tests/pdf/drawn.test.ts -u
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkAll } from '../../src/annexes/checked-edition.ts';
import { diff } from '../../src/compare/two-editions.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { beforeAfterData } from '../../src/papers/before-after.ts';
import { numberRuns } from '../../src/papers/marked-text.ts';
import { markedDocument } from '../../src/papers/markup.ts';
import { entryWords } from '../../src/papers/papers.ts';
import { picturesData } from '../../src/papers/pictures.ts';
import { documentData } from '../../src/render/data.ts';
import type { BookData } from '../../src/render/requests.ts';
import { bookOf, fileOf, OwnRenderer } from './book.ts';
import { drawnOf } from './drawn.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const renderer = new OwnRenderer();

async function expectDrawn(pdf: Uint8Array, reference: string): Promise<void> {
  const lines = await drawnOf(pdf);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`refs/lake-${reference}.drawn.txt`);
}

async function lake() {
  const content = await checkAll(readWorkingTree('tests/lake'));
  if (!content.edition) throw new Error('tests/lake has errors');
  return { edition: content.edition, annexes: content.readAnnexes };
}

test('the book', async () => {
  const { edition, annexes } = await lake();
  await expectDrawn(await bookOf(documentData(edition, { whole: true }, annexes), renderer), 'book');
});

test('sheets on A4', async () => {
  const { edition, annexes } = await lake();
  const ids = new Set(
    measuresOf(edition)
      .slice(0, 3)
      .map(({ id }) => id),
  );
  const data = documentData(edition, { whole: false, ids, part: 'A4個票' }, annexes);
  await expectDrawn(await bookOf(data, renderer), 'A4');
});

/** tests/lake, and what a revision made of it. */
function revised() {
  const path = join(folder, 'lake');
  cpSync('tests/lake', path, { recursive: true });
  const edit = (file: string, from: string | RegExp, to: string) => {
    const before = readFileSync(join(path, file), 'utf8');
    expect(before).toMatch(from);
    writeFileSync(join(path, file), before.replace(from, to));
  };
  edit('edition.yaml', '令和22年10月', '令和23年4月');
  edit('measures/1-1-1.yaml', '電話と封書の数を減らす', '電話の数を大きく減らす');
  edit('measures/1-1-1.yaml', '予算額: 2275', '予算額: [{ 区分: 収納係課, 額: 2000 }, { 区分: 案内課, 額: 300 }]');
  edit('measures/1-1-2.yaml', '区分: 新規', '区分: 継続');
  edit('measures/1-1-2.yaml', '関連計画: [水辺計画, 湖岸構想]', '関連計画: [水辺計画, 人材計画]');
  edit('measures/1-1-2.yaml', '    予算額: 3184\n', '    予算額: 3184\n    事業実績: 実証を終えた。\n');
  edit('measures/2-1-1.yaml', '取組: 計算の機器の更新', '取組: 計算機の更新');
  rmSync(join(path, 'measures/1-1-10.yaml'));
  return diff('./tests/lake', path, 'content');
}

test('新旧対照表', async () => {
  const { comparison, head } = revised();
  const data = beforeAfterData(comparison, head.edition);
  const { chunk } = await renderer.chunk({
    typesetting: { main: 'before-after.typ', data },
    words: ({ anchors }) => entryWords(data, anchors),
  });
  await expectDrawn(fileOf({ sections: [chunk] }), 'before-after');
});

test('見え消し', async () => {
  const { comparison, base, head } = revised();
  const marked = numberRuns(markedDocument(base.edition, head.edition, comparison));
  const data = { ...marked, titled: ' 見え消し', parts: ['取組事項一覧', '個票'] } as unknown as BookData;
  await expectDrawn(await bookOf(data, renderer), 'markup');
});

test('pictures of the changed sheets', async () => {
  const { comparison, base, head } = revised();
  const { pdf } = await renderer.typeset({ main: 'pictures.typ', data: picturesData(comparison, base, head).data });
  await expectDrawn(pdf, 'pictures');
});

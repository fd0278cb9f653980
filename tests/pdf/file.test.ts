import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editionAttachments } from '../../src/exchange/attachments.ts';
import { editionOf } from '../assemble/typst.ts';
import { cityFolder, edit, run, runHere } from '../cli/run.ts';
import { livePdf } from './live.ts';
import { dictionary } from './strict-file.ts';
import { type Facts, readFacts } from './strict-rules.ts';

// The file itself, as it lies on the disk: readers that mend what they read tell nothing of it. See strict-rules.ts.
const plan = `港町 & <b>計画</b> "甲" 'に' ]] > &amp;`;
const title = `取組 & <集> "乙" 'は'`;
const publisher = `港町市 & <局> "丙" 'と'`;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

let folder: string;
const facts = {} as Record<'whole' | 'annexes' | 'only' | 'section' | 'portrait' | '新旧対照表' | '見え消し', Facts>;
const read = (...path: string[]) => readFacts(readFileSync(join(folder, ...path)));
beforeAll(async () => {
  folder = cityFolder();
  cpSync(join(folder, 'content'), join(folder, 'base'), { recursive: true });
  edit(folder, 'edition.yaml', /計画名: .*/, `計画名: ${quoted(plan)}`);
  edit(folder, 'edition.yaml', /書名: .*/, `書名: ${quoted(title)}`);
  edit(folder, 'edition.yaml', /発行者: .*/, `発行者: ${quoted(publisher)}`);
  const build = async (...args: string[]) => {
    const { status, stderr } = await runHere(folder, args);
    expect(status, stderr).toBe(0);
    const name = `取組_&__集___乙__'は'`;
    return (suffix = '') => read('out', `${name}${suffix}.pdf`);
  };
  facts.whole = (await build('build'))();
  facts.only = (await build('build', '--only', '3-1-1', '1-1-2'))('_1-1-2_3-1-1');
  facts.section = (await build('build', '--section', '漁港課'))('_漁港課');
  facts.portrait = (await build('build', '--portrait'))('_A4');
  edit(folder, 'edition.yaml', quoted(title), '取組集');
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501');
  edit(folder, 'measures/2-1-1.yaml', '額: 1200', '額: 1201');
  await build('diff', './base', '--pdf', '--out', 'out');
  for (const paper of ['新旧対照表', '見え消し'] as const) facts[paper] = read('out', `取組集_${paper}.pdf`);
  mkdirSync(join(folder, 'content/annexes'));
  for (const name of ['typst', 'scan'])
    cpSync(`tests/annexes/${name}.pdf`, join(folder, `content/annexes/${name}.pdf`));
  const annexes =
    '{ 別冊: annexes/typst.pdf, 題名: 統計 }, 個票, { 別冊: annexes/scan.pdf, 題名: 図, 代替テキスト: 図 }]';
  edit(folder, 'edition.yaml', '個票]', annexes);
  await build('build');
  facts.annexes = read('out', '取組集.pdf');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = ({ xmp }: Facts) =>
  Object.fromEntries(
    Object.entries(xmp).flatMap(([key, value]) =>
      key.startsWith('urn:shisakushu:provenance:1: ') ? [[key.split(' ')[1], value]] : [],
    ),
  );

test('whatever signs 計画名, 書名 and 発行者 have, Info and XMP tell them as they are', () => {
  for (const name of ['whole', 'only', 'section', 'portrait'] as const) {
    expect(facts[name].info, name).toMatchObject({ Title: `${plan} ${title}`, Author: publisher });
    expect(own(facts[name]), name).toMatchObject({ plan, title, revised: '令和12年12月1日' });
  }
  for (const name of ['新旧対照表', '見え消し', 'annexes'] as const)
    expect(own(facts[name]), name).toMatchObject({ plan, title: '取組集' });
});

test('dates are those of 改定', () => {
  for (const { info } of Object.values(facts))
    expect([info.CreationDate, info.ModDate]).toEqual(['D:20301201000000Z', 'D:20301201000000Z']);
});

describe('attachments', () => {
  /** The file has them in the order of a tree of names. */
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);

  test('of a whole edition: the very files that export writes, told apart by their names', () => {
    const edition = { ...editionOf(join(folder, 'base')), planName: plan, title, publisher };
    const exported = editionAttachments(edition).map(({ plainName: _, type, relationship, ...rest }) => ({
      ...rest,
      type: `/${type}`,
      relationship: `/${relationship}`,
      modified: 'D:20301201000000Z',
    }));
    const { attachments } = facts.whole;
    expect([...attachments.values()].sort(byName)).toEqual(exported.sort(byName));
    expect([...facts.annexes.attachments.keys()].sort()).toEqual(
      editionAttachments(editionOf(join(folder, 'base')))
        .map(({ plainName }) => plainName)
        .sort(),
    );
  });
  test.each(['only', 'section', 'portrait', '新旧対照表', '見え消し'] as const)('of %s: none', (name) => {
    const { attachments, catalog } = facts[name];
    expect(attachments.size).toBe(0);
    const names = dictionary(catalog.get('Names'), 'Names');
    expect([catalog.has('AF'), names.has('EmbeddedFiles')]).toEqual([false, false]);
  });
});

test('page labels are the numbers that are printed', () => {
  const { whole, annexes, only, portrait } = facts;
  expect(whole.labels).toEqual(['表紙', '2', '3', '4']);
  expect(annexes.labels).toEqual(['表紙', '2', '3', '統計 i', '統計 ii', '6', '7', '8']);
  expect(only.labels).toEqual(['1']);
  expect(portrait.labels).toEqual(portrait.pages.map((_, index) => String(index + 1)));
  expect(facts.新旧対照表.labels).toEqual(facts.新旧対照表.pages.map((_, index) => String(index + 1)));
  expect(facts.見え消し.labels).toEqual(['表紙', '2', '3', '4']);
});

test('the outline: what stands open, in which order, on which page', () => {
  const lines = ({ outline }: Facts) => outline.map((line) => line.replace(/ (XYZ|Fit).*$/, ''));
  const sheets = (page: number) => [
    `- 1. 暮らし → ${page}`,
    `  - 1-1. 窓口 → ${page}`,
    `    · 1-1-1 書かない窓口 → ${page}`,
    `    · 1-1-2 電子申請#100%・_強調_・$式$・\\記号・@名前 → ${page}`,
    `  - 1-2. 防災 → ${page}`,
    `    · 1-2-1 避難所の混雑状況の公開 → ${page}`,
    `- 2. 仕事 → ${page}`,
    `  - 2-1. 漁業 → ${page}`,
    `    · 2-1-1 競りの電子化(漁港・流通) → ${page}`,
    `- 3. 学び → ${page}`,
    `  - 3-1. 学校 → ${page}`,
    `    · 3-1-1 書かない窓口 → ${page}`,
    `    · 3-1-2 学校での避難所の公開 → ${page}`,
    `    · 3-1-3 1人1台端末 → ${page}`,
  ];
  const front = [
    '· 表紙 → 1',
    '· 目次 → 2',
    '+ 取組事項一覧 → 3',
    '  - 1. 暮らし → 3',
    '    · 1-1. 窓口 → 3',
    '    · 1-2. 防災 → 3',
    '  - 2. 仕事 → 3',
    '    · 2-1. 漁業 → 3',
    '  - 3. 学び → 3',
    '    · 3-1. 学校 → 3',
  ];
  expect(lines(facts.whole)).toEqual([...front, '+ 個票 → 4', ...sheets(4).map((line) => `  ${line}`)]);
  expect(lines(facts.annexes)).toEqual([
    ...front,
    '+ 統計 → 4',
    '  - 統計 → 4',
    '    - 人口 → 5',
    '      · 注 → 5',
    '+ 個票 → 6',
    ...sheets(6).map((line) => `  ${line}`),
    '· 図 → 7',
  ]);
  expect(lines(facts.only)).toEqual([
    '+ 1. 暮らし → 1',
    '  - 1-1. 窓口 → 1',
    '    · 1-1-2 電子申請#100%・_強調_・$式$・\\記号・@名前 → 1',
    '+ 3. 学び → 1',
    '  - 3-1. 学校 → 1',
    '    · 3-1-1 書かない窓口 → 1',
  ]);
  const changed = ['  · 1-1-1 書かない窓口 → 4', '  · 2-1-1 競りの電子化(漁港・流通) → 4'];
  expect(lines(facts.見え消し)).toEqual(['+ 変更箇所 → 4', ...changed]);
  expect(lines(facts.新旧対照表).slice(-2)).toEqual(changed.map((line) => line.replace(/4$/, '3')));
});

test('what a part holds is told: parts and measures', () => {
  expect(own(facts.whole)).toMatchObject({ parts: '表紙、目次、取組事項一覧、個票' });
  expect(own(facts.whole)).not.toHaveProperty('measures');
  expect(own(facts.annexes)).toMatchObject({ parts: '表紙、目次、取組事項一覧、統計、個票、図' });
  expect(own(facts.only)).toMatchObject({ parts: '個票', measures: '1-1-2 3-1-1' });
  expect(own(facts.section)).toMatchObject({ parts: '個票', measures: '2-1-1' });
  expect(own(facts.portrait)).toMatchObject({ parts: 'A4個票' });
});

test('annexes bring their destinations, one intent and the file of tags; nothing leads to what they replaced', () => {
  const { destinations, catalog, pages } = facts.annexes;
  expect(destinations.size).toBeGreaterThan(0);
  expect([...destinations.keys()]).toEqual([...destinations.keys()].sort());
  expect(catalog.get('OutputIntents')).toHaveLength(1);
  expect(pages).toHaveLength(8);
});

test('the live edition is such a file too', async () => {
  const { 計画名, 書名, 発行者 } = parse(readFileSync('content/edition.yaml', 'utf8'));
  const { info, attachments } = readFacts(readFileSync(await livePdf()));
  expect(info).toMatchObject({ Title: `${計画名} ${書名}`, Author: 発行者 });
  expect(attachments.size).toBe(editionAttachments(editionOf('content')).length);
});

test('the same bytes again, in another time zone and locale', () => {
  const before = readFileSync(join(folder, 'out/取組集.pdf'));
  const again = run(folder, ['build', '--out', 'again'], { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' });
  expect(again.status).toBe(0);
  expect(readFileSync(join(folder, 'again/取組集.pdf')).equals(before)).toBe(true);
});

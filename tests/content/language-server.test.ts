import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { jsonSchemas, schemaText } from '../../src/content/schema-files.ts';
import { withFiles } from '../../src/content/source/new-files.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { type Diagnostic, isError } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { sheetFields } from '../../src/model/fields.ts';
import { marks } from '../../src/model/measure.ts';
import { LanguageServer } from './language-server.ts';

const lake = readWorkingTree('tests/lake');
const folder = mkdtempSync(join(tmpdir(), 'language-server-'));
const head = '# yaml-language-server: $schema=../measure.schema.json\n';
const textOf = (path: string) =>
  readFileSync(`tests/lake/${path}`, 'utf8').replace(
    /\$schema=(\.\.\/)+content\//,
    `$schema=${path.includes('/') ? '../' : ''}`,
  );
const measure = textOf('measures/1-1-2.yaml');
let server: LanguageServer;
let count = 0;

beforeAll(async () => {
  cpSync('tests/lake', folder, { recursive: true });
  for (const [name, schema] of Object.entries(jsonSchemas(lake))) writeFileSync(join(folder, name), schemaText(schema));
  server = await LanguageServer.start(folder);
});
afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

/** A file that only the editor has */
const newPath = (below = 'measures/') => {
  count += 1;
  return join(folder, below, `new-${count}.yaml`);
};

/** What is offered where ‸ stands. */
async function offeredAt(text: string) {
  const path = newPath();
  const before = text.slice(0, text.indexOf('‸')).split('\n');
  server.open(path, text.replace('‸', ''));
  return server.complete(path, before.length - 1, (before.at(-1) ?? '').length);
}
const labelsAt = async (text: string) => (await offeredAt(text)).map(({ label }) => label);

/** The text after an offer has been taken, with the first of its choices; an editor indents further lines as the first. */
function taken(text: string, offer: string): string {
  const start = text.lastIndexOf('\n', text.indexOf('‸')) + 1;
  const indent = /^ */.exec(text.slice(start))?.[0] ?? '';
  const plain = offer
    .replaceAll(/\$\{TM_FILENAME_BASE\}/g, '1-1-2')
    .replaceAll(/\$\{\d+\|((?:\\.|[^,|])*)[^}]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:\\.|[^}])*)\}/g, '$1')
    .replaceAll(/\\(.)/g, '$1');
  return text.replace('‸', () => plain.replaceAll('\n', `\n${indent}`));
}

const checked = (text: string, path = 'measures/1-1-2.yaml') =>
  checkContent(withFiles(lake, new Map([[path, text]]))).diagnostics.filter(
    ({ file }) => file === `${lake.root}/${path}`,
  );

describe('what is told of a key where it is pointed at', () => {
  test.concurrent.each(['measures/1-1-2.yaml', 'edition.yaml', 'organization.yaml', 'structure.yaml'])(
    '%s',
    async (path) => {
      const text = textOf(path);
      expect(await server.open(join(folder, path), text)).toEqual([]);
      const seen = new Set<string>();
      for (const [line, written] of text.split('\n').entries()) {
        const [, indent = '', key] = /^((?: |- )*)([^\s#:]+):/.exec(written) ?? [];
        if (key === undefined || seen.has(key)) continue;
        seen.add(key);
        const told = await server.hover(join(folder, path), line, indent.length + 1);
        const [title, ...rest] = told.split('\n');
        expect(title).toBe(`#### ${key}`);
        expect(rest.join('\n'), key).toMatch(/[ぁ-ん]/);
        expect(told).not.toMatch(/\|\||undefined|Allowed/);
      }
      expect(seen.size).toBeGreaterThan(2);
    },
  );

  test.concurrent('a mark is told with the word that the edition has for it', async () => {
    const path = newPath();
    server.open(path, measure);
    const line = measure.split('\n').findIndex((one) => one.trim() === '項目: ◎');
    expect(await server.hover(path, line, 9)).toContain('`◎`: 終える');
  });
});

describe('what is offered', () => {
  const own = sheetFields.measure.flatMap(({ key, within }) => (within === undefined ? [key] : [within]));
  test.concurrent('keys that are not yet written; those of a 再掲', async () => {
    const offered = await labelsAt(`${head}番号: 1-1-2\n区分: 新規\n‸`);
    expect(offered.filter((label) => own.includes(label)).sort()).toEqual(
      [...new Set(own)].filter((key) => key !== '番号' && key !== '区分').sort(),
    );
    const ofReprint = await labelsAt(`${head}番号: 1-1-2\n再掲: 1-1-1\n‸`);
    expect(ofReprint.filter((label) => own.includes(label)).sort()).toEqual(
      ['一覧表', '区分', '取組', '担当局・部', '担当課'].sort(),
    );
  });

  test.concurrent.each<[string, string, string[]]>([
    ['区分: 新規', '区分: ‸', ['新規', '継続']],
    ['[計算課]', '[計‸]', ['収納係課', '水道料金課', '案内課', '湖岸課', '舟運課', '計算課']],
    ['[計算課]', '\n  - ‸', ['収納係課', '水道料金課', '案内課', '湖岸課', '舟運課', '計算課']],
    ['[総合局]', '[‸]', ['くらし局', 'くらし局 収納部', '水辺局', '総合局']],
    ['[水辺計画, ', '[‸, ', ['水辺計画', '人材計画', '湖岸構想']],
    ['項目: ◎', '項目: ‸', [...marks]],
    ['項目: ◎', '‸', ['項目', '事業実績']],
    ['予算額: 1188', '予算額: ‸', ['0', '—', '内訳']],
    ['取組: 申込みの画面の整備', '取組: ‸', []],
  ])('%s → %s', async (before, after, labels) => {
    expect((await labelsAt(measure.replace(before, after))).sort()).toEqual([...labels].sort());
  });

  test.concurrent('the other key of a part of an amount', async () => {
    const part = '予算額:\n      - 区分: 計算課\n        ‸';
    const offered = await labelsAt(measure.replace('予算額: 1188', part));
    expect(offered).toContain('額');
    expect(offered).not.toContain('区分');
  });

  test.concurrent('a 課 comes with its 局・部, a mark with its word', async () => {
    const documentation = async (text: string, label: string) =>
      (await offeredAt(text)).find((offer) => offer.label === label)?.documentation;
    expect(await documentation(measure.replace('[計算課]', '[‸]'), '湖岸課')).toBe('水辺局');
    expect(await documentation(measure.replace('項目: ◎', '項目: ‸'), '△')).toBe('準備する');
  });

  const schedule = /(?<=スケジュール:\n) {2}R20:[\s\S]*?(?= {2}R21:)/;
  test.concurrent.each<[string, string]>([
    ['新しい取組', `${head}‸`],
    ['年度', measure.replace(schedule, '  ‸\n')],
    ['内訳', measure.replace('予算額: 1188', '予算額: ‸')],
  ])('%s is accepted by check as it is inserted', async (label, text) => {
    const offer = (await offeredAt(text)).find((one) => one.label === label);
    const written = taken(text, offer?.text ?? '');
    expect(written).not.toBe(text.replace('‸', ''));
    expect(written).not.toContain('\u0024{');
    expect(await server.open(newPath(), `${written}\n`.replace(/^#.*\n/, head))).toEqual([]);
    expect(checked(`${written}\n`).filter(isError)).toEqual([]);
  });

  test.concurrent('新しい再掲 is accepted but for the measure that is to be named', async () => {
    const text = `${head}‸`;
    const offer = (await offeredAt(text)).find((one) => one.label === '新しい再掲');
    const errors = checked(`${taken(text, offer?.text ?? '')}\n`).filter(isError);
    expect(errors.map(({ code }) => code)).toEqual(['reprint-unknown']);
  });
});

/** What check says, as it says it of a value that it does not name. */
function sentence(diagnostic: Diagnostic): string {
  const { actual: _, nearest: _nearest, fix: _fix, ...rest } = diagnostic;
  const { message, hint } = messages[diagnostic.code];
  const known = diagnostic.code === 'reprint-has-own' ? { ...rest, actual: diagnostic.actual ?? '' } : rest;
  return `${message(known)}${hint(known)}`;
}

test.concurrent.each<[string, string | RegExp, string]>([
  ['a key that is none', '取組内容:', '取組の中身:'],
  ['a key that is missing', /^区分: .*\n/m, ''],
  ['a value that is none', '区分: 新規', '区分: 新規中'],
  ['a 局・部 that is none', '[総合局]', '[綜合部]'],
  ['a 課 that is none', '[計算課]', '[計算室]'],
  ['a mark that is none', '項目: ◎', '項目: 終'],
  ['an amount below 0', '予算額: 1188', '予算額: -1188'],
  ['an amount with a comma', '予算額: 1188', '予算額: 1,188'],
  ['an amount of a part', '予算額: 1188', '予算額: [{ 区分: 計算課, 額: 1.5 }]'],
  ['a 年度 too many', '  R23:', '  R23: {}\n  R31:'],
  ['a 関連計画 that is none', '[水辺計画, ', '[陸の構想, '],
  ['a 番号 that is none', '番号: 1-1-2', '番号: 一'],
  ['no text', /^取組: .*$/m, '取組:'],
  ['no mark', '項目: ◎', '項目:'],
  ['an empty 年度', / {2}R23:\n(?: {4}.*\n)*/, '  R23:\n'],
  ['a list of nothing', '[計算課]', '[]'],
  ['a list where a text is meant', /^取組: .*$/m, '取組: [a]'],
  ['a text where a list is meant', '[計算課]', '計算課'],
  ['a text where a map is meant', /スケジュール:\n(?: +.*\n)*/, 'スケジュール: x\n'],
  ['what a 再掲 cannot have', '取組: ', '再掲: 1-1-1\n取組: '],
])('%s is told in the words of check', async (_, before, after) => {
  const text = measure.replace(before, after);
  expect(text).not.toBe(measure);
  const told = await server.open(newPath(), text);
  const expected = checked(text).filter(
    ({ code }) =>
      code !== 'number-differs-from-file' && code !== 'section-elsewhere' && !code.startsWith('reprint-kind'),
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(told.map(({ message }) => message).sort()).toEqual(expected.map(sentence).sort());
  for (const { message } of told) expect(message).toMatch(/[ぁ-ん]/);
});

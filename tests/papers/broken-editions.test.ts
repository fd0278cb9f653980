// Editions with errors, on either side: what can be made of them is made, the rest is told, and nothing is our defect.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/diagnostics/user-error.ts';
import { runHere } from '../cli/run.ts';
import { writePapers } from './lasting.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  cpSync('tests/city', join(folder, 'whole'), { recursive: true });
  const file = join(folder, 'whole/measures/1-1-1.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('予算額: 12500', '予算額: 12501'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong with an edition: a file of it, and what becomes of its text; without a text it goes. */
type Mistake = readonly [file: string, change: (text: string) => string | undefined];

function lay(mistakes: readonly Mistake[]): void {
  const broken = join(folder, 'broken');
  rmSync(broken, { recursive: true, force: true });
  cpSync('tests/city', broken, { recursive: true });
  for (const [file, change] of mistakes) {
    const path = join(broken, file);
    if (!existsSync(path)) continue;
    const text = change(readFileSync(path, 'utf8'));
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
}

const papers = { base: ['broken', 'whole'], head: ['whole', 'broken'] } as const;
async function made(side: keyof typeof papers, pictures = true) {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const [base, head] = papers[side].map((name) => join(folder, name)) as [string, string];
  const result = await writePapers(base, head, { pdf: true, ...(pictures ? { pages: join(out, 'pages') } : {}), out });
  return { ...result, files: readdirSync(out).filter((name) => name !== 'pages') };
}
const message = /見え消しは作っていません\(前に作ったものがあれば、そのままです\)。/;

const without = (key: string): Mistake => [
  'edition.yaml',
  (text) => text.replace(new RegExp(`^${key}: .*\n`, 'm'), ''),
];
const edited = (from: string | RegExp, to: string): Mistake => ['edition.yaml', (text) => text.replace(from, to)];

const cases: [string, Mistake[], markupOfHead: boolean, pictures?: boolean][] = [
  ['without 改定', [without('改定')], true],
  ['with a 13th month', [edited('改定: 令和12年12月1日', '改定: 令和8年13月')], true],
  ['without 構成', [without('構成')], false],
  ['with an empty 構成', [edited(/構成: .*/, '構成: []')], false],
  ['without 書名', [without('書名')], true],
  ['without 年度', [without('年度')], true, true],
  ['without structure.yaml', [['structure.yaml', () => undefined]], false],
  ['without edition.yaml', [['edition.yaml', () => undefined]], false, true],
  ['with signs that the fonts do not have', [edited('発行者: 港町市', '発行者: "港\\0町\\uD842市😀"')], true, true],
  ['with a 中項目 twice', [['structure.yaml', (text) => text.replace('  - 番号: 2\n', '')]], true],
  ['with a list for a measure', [['measures/1-2-1.yaml', () => '[]\n']], false],
  ['with a measure without 取組', [['measures/1-1-1.yaml', (text) => text.replace(/^取組: .*\n/m, '')]], true, true],
  ['with conflict markers', [edited('発行者', '<<<<<<< HEAD\n発行者')], false],
];
/** Each on one side, where it matters to 見え消し the new one; before a release SIDES=both. */
const on = (side: string) =>
  cases.filter(
    ([, , markupOfHead], index) =>
      process.env.SIDES === 'both' || (side === 'head') === (!markupOfHead || index % 4 === 0),
  );

describe.each(['base', 'head'] as const)('%s', (side) => {
  test.each(on(side))('%s', async (_, mistakes, markupOfHead, pictures = false) => {
    lay(mistakes);
    const { whole, said, files } = await made(side, pictures);
    // That there are errors is told apart from it.
    expect(whole).toBe(true);
    const markup = side === 'base' || markupOfHead;
    expect(files.some((name) => name.endsWith('新旧対照表.pdf'))).toBe(true);
    expect(files.some((name) => name.endsWith('見え消し.pdf'))).toBe(markup);
    expect(message.test(said)).toBe(!markup);
    for (const file of files) {
      const pdf = readFileSync(join(folder, 'out', file), 'latin1');
      expect([pdf.slice(0, 5), pdf.trimEnd().slice(-5)]).toEqual(['%PDF-', '%%EOF']);
    }
    if (pictures)
      expect(readdirSync(join(folder, 'out/pages')).sort()).toEqual(
        expect.arrayContaining(['1-1-1_前.png', '1-1-1_後.png']),
      );
  });
});

test('the command: papers are written, errors are told, status 1', async () => {
  lay([without('構成')]);
  for (const [base, head] of [
    ['./broken', './whole'],
    ['./whole', './broken'],
  ] as const) {
    const out = join(folder, 'out');
    rmSync(out, { recursive: true, force: true });
    const { status, stderr } = await runHere(folder, ['diff', base, head, '--pdf', '--out', 'out']);
    expect(stderr).not.toMatch(/不具合| at .*\.js:/);
    expect(stderr).toContain('broken/');
    expect(status).toBe(1);
    expect(message.test(stderr)).toBe(head === './broken');
    expect(readdirSync(out)).toHaveLength(head === './broken' ? 1 : 2);
  }
});

test('pr says the same and writes the comparison', async () => {
  lay([without('改定')]);
  for (const [base, content] of [
    ['./broken', 'whole'],
    ['./whole', 'broken'],
  ] as const) {
    const { status, stdout, stderr } = await runHere(folder, ['pr', base, '--content', content, '--out', 'pr']);
    expect(stdout + stderr).not.toMatch(/不具合| at .*\.js:/);
    expect(stdout).toContain('変更点.md');
    expect(status).toBe(content === 'broken' ? 1 : 0);
  }
});

test('any mistakes, many at once, on either side', { timeout: 300_000 }, async () => {
  const files = readdirSync('tests/city', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const lines = (text: string) => text.split('\n');
  const mistake: fc.Arbitrary<Mistake> = fc
    .record({
      file: fc.oneof(fc.constantFrom('edition.yaml', 'structure.yaml'), fc.constantFrom(...files)),
      at: fc.nat(),
      kind: fc.constantFrom(
        'remove line',
        'cut',
        'empty value',
        'other value',
        'list',
        'number',
        'remove file',
        'text',
      ),
      value: fc.constantFrom(
        '[]',
        '{}',
        'null',
        '""',
        '"\\0"',
        '5',
        'R99',
        '令和8年13月',
        '[R1, R1]',
        '別冊',
        '[{ 別冊: annexes/x.pdf, 題名: 付録 }]',
        '長'.repeat(300),
        '"../../x"',
        '9-9-9',
        '[[]]',
        '"\\uD842"',
      ),
    })
    .map(
      ({ file, at, kind, value }): Mistake => [
        file,
        (text) => {
          const all = lines(text);
          const index = at % all.length;
          const line = all[index] ?? '';
          const key = /^(\s*(?:- )?[^\s:]+:) ?/.exec(line)?.[1];
          if (kind === 'remove file') return undefined;
          if (kind === 'text') return value;
          if (kind === 'cut') return text.slice(0, at % text.length);
          if (kind === 'remove line' || key === undefined) return all.toSpliced(index, 1).join('\n');
          return all.with(index, kind === 'empty value' ? key : `${key} ${value}`).join('\n');
        },
      ],
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(mistake, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('base' as const, 'head' as const),
      async (mistakes, side) => {
        lay(mistakes);
        // A defect of ours would be thrown; what the user has to know is a sentence of its own.
        const { whole, said } = await made(side).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error;
          return { whole: false, said: error.message };
        });
        if (!whole) expect(said).toMatch(/見え消しは作っていません|内容のフォルダではありません|読み書きできません/);
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 1), seed: 10 },
  );
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runHere } from '../cli/run.ts';
import { readPdf } from '../pdf/read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['an emoji', '"試行\\U0001F600"', '試行〓'],
  ['half of a character', '"試行\\uD842"', '試行〓'],
  ['private use', '試行\ue000', '試行〓'],
  ['a control character', '"試行\\0"', '試行〓'],
  ['an invisible character', '試\u200b行', '試〓行'],
  ['kanji of two units', '𠮟・𩸽', '𠮟・𩸽'],
])('%s is shown in the papers of a comparison as the fonts can', async (_, written, printed) => {
  const [base, head] = [join(folder, 'base'), join(folder, 'head')];
  for (const copy of [base, head]) cpSync('tests/city', copy, { recursive: true });
  const file = join(head, 'measures/1-2-1.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('内容: 試行', `内容: ${written}`));
  for (const [from, to] of [
    ['./base', './head'],
    ['./head', './base'],
  ] as const) {
    const { stderr, stdout } = await runHere(folder, [
      'diff',
      from,
      to,
      '--pdf',
      '--pages',
      'out/pages',
      '--out',
      'out',
    ]);
    expect(stdout + stderr).not.toMatch(/不具合|\.js:/);
    for (const name of ['新旧対照表', '見え消し']) {
      const { pages } = await readPdf(join(folder, 'out', `取組集_${name}.pdf`));
      expect(JSON.stringify(pages)).toMatch(new RegExp([...printed].join('[^ぁ-んァ-ン一-龠]*?')));
    }
  }
});

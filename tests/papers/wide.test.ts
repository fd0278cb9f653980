// What no line break splits and no column holds: 新旧対照表 and the pictures break it, 見え消し refuses it and says where.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edit, runHere } from '../cli/run.ts';
import { bare, readPdf } from '../pdf/read-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const wide = {
  signs: '→①'.repeat(40),
  word: 'W'.repeat(60),
  pieces: 'R5→R6→R7→R8→R9→R10→R11→R12→R13→R14→R15→R16→R17→R18',
};

let stderr = '';
beforeAll(async () => {
  cpSync('tests/city', join(folder, 'base'), { recursive: true });
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  edit(folder, 'measures/1-1-1.yaml', '・証明書の交付', `・証明書の交付${wide.signs}`);
  edit(folder, 'measures/1-1-1.yaml', '内容: 導入', `内容: ${wide.word}`);
  edit(folder, 'measures/1-1-1.yaml', '事業実績: —', `事業実績: ${wide.pieces}`);
  ({ stderr } = await runHere(folder, [
    'diff',
    './base',
    './content',
    '--pdf',
    '--pages',
    'out/pages',
    '--out',
    'out',
  ]));
});

test('新旧対照表 holds every sign, inside its columns', async () => {
  const name = readdirSync(join(folder, 'out')).find((file) => file.endsWith('_新旧対照表.pdf')) ?? '';
  const { pages } = await readPdf(join(folder, 'out', name));
  const text = bare(pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join(''));
  for (const part of Object.values(wide)) expect(text).toContain(part);
  for (const { pieces, rules, width } of pages)
    for (const piece of pieces) {
      expect(piece.x1, piece.text).toBeLessThan(width - 40);
      for (const { x, y0, y1 } of rules)
        if (x > piece.x0 + 0.3 && x < piece.x1 - 0.3 && y0 < piece.y0 + 2 && y1 > piece.y0 + 2)
          expect.fail(`「${piece.text}」 crosses a rule`);
    }
});

test('見え消し is refused with the places', () => {
  expect(readdirSync(join(folder, 'out')).filter((file) => file.includes('見え消し'))).toEqual([]);
  for (const key of ['取組内容', '内容', '事業実績']) expect(stderr).toContain(key);
  expect(stderr).toContain('見え消しは作っていません');
  expect(existsSync(join(folder, 'out/pages/1-1-1_後.png'))).toBe(true);
});

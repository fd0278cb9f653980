import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { DocumentData, MeasureData } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import { getDocument, OPS } from './pdfjs.ts';

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every character that both fonts have, but for those that stand on another one. */
export const printable: string[] = (JSON.parse(readFileSync('fonts/coverage.json', 'utf8')) as string[])
  .flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  })
  .filter((sign) => !/[\p{M}\p{C}\s゛゜]/u.test(sign));

const pools = [
  '行政手続電子申請窓口予算実績年度市民課題情報公開静岡',
  'のをにはがとでもからまでさせますした',
  'システムオンラインデータベースサービスチャッチュッキョー',
  'ぁぃぅっゃゅょァィゥッャュョー々ゝ',
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  '→⇒⇔←↑↓①②③④⑤⑥⑦⑧⑨⑩≦≧▲△□◇☆★〜～＋−±×÷=',
  '、。・，．：；！？…‥—―/／-‐',
  '「」『』（）()【】［］[]〔〕〈〉《》{}｛｝“”‘’"\'',
  '%％$￥¥#&@*+_^~|\\<>',
].map((pool) => [...pool]);

/** A text as an office might write it, or a heap of signs: every class of line breaking, words of all lengths. */
export function generatedText(next: () => number, longest: number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  let text = '';
  const parts = 1 + Math.floor(next() ** 2 * longest);
  for (let part = 0; part < parts; part += 1) {
    const length = 1 + Math.floor(next() ** 3 * 30);
    const kind = next();
    if (kind < 0.12) text += Array.from({ length: Math.ceil(length / 3) }, () => pick(printable)).join('');
    else if (kind < 0.17) text += `https://www.${Array.from({ length }, () => pick([...'abcxyz/.-_?=&0'])).join('')}`;
    else if (kind < 0.25)
      text += Array.from({ length: Math.ceil(length / 4) }, () => `${Math.floor(next() * 1e4)}%→`).join('');
    else if (kind < 0.32) text += pick(['\n', ' ']);
    else text += Array.from({ length }, () => pick(pick(kind < 0.7 ? [pick(pools)] : pools))).join('');
  }
  return text.trim().replace(/ *\n\s*/g, '\n') || '空';
}

/** One generated text of an edition: how to take it out again. */
export interface Slot {
  file: string;
  path: string;
  column: string;
  text: string;
  clear(): void;
}

const years = ['R1', 'R2'];

/** A measure without a text but its name. */
export const blankMeasure = (id: string): MeasureData => ({
  id,
  kind: '継続',
  number: id,
  numbers: id.split('-'),
  title: '題',
  departments: '',
  departmentLine: '局',
  sections: '',
  description: '',
  effect: '',
  indicators: '',
  overviewTitle: '',
  overviewSection: '',
  reprint: null,
  reprintMark: '',
  reprintNote: '',
  changed: false,
  reprintLink: false,
  begins: [],
  flags: ['○'],
  years: years.map(() => ({ mark: '→', framed: false, plan: '', result: '', budget: '' })),
});

/** An edition with all parts and these measures. */
export const editionOf = (categories: DocumentData['categories']): DocumentData => ({
  book: {
    planName: '計画',
    planPeriod: '期間',
    title: '書名',
    established: '令和1年5月',
    revised: '令和1年5月',
    publisher: '市',
    date: { year: 2019, month: 5, day: 1 },
  },
  years: [...years],
  indicatorLabels: ['現状(R1)'],
  widths: null,
  plans: ['計画'],
  signs: [],
  parts: ['表紙', '目次', '取組事項一覧', '個票'],
  annexes: {},
  history: [],
  sections: [],
  categories,
});

/**
 * An edition of `count` measures with generated texts in every other column, so that a text that runs over stands where
 * nothing does; the texts of `offset` 1 are in the others.
 */
export function generatedData(seed: number, count: number): { data: DocumentData; slots: Slot[] } {
  const next = random(seed);
  const slots: Slot[] = [];
  const keep = (file: string, path: string, column: string, text: string, clear: () => void) => {
    slots.push({ file, path, column, text, clear });
    return text;
  };
  const measure = (index: number, id: string): MeasureData => {
    const file = `measures/${id}.yaml`;
    const own = (turn: number) => index % 2 === turn;
    const blank = blankMeasure(id);
    const set = (
      key:
        | 'departments'
        | 'sections'
        | 'title'
        | 'description'
        | 'effect'
        | 'indicators'
        | 'overviewTitle'
        | 'overviewSection',
      path: string,
      column: string,
      longest = 10,
      lines = true,
    ) => {
      const text = generatedText(next, longest);
      blank[key] = keep(file, path, column, lines ? text : text.replaceAll('\n', ''), () => {
        blank[key] = key === 'title' ? '題' : '';
      });
    };
    if (own(0)) set('departments', '担当局・部', 'department', 3);
    if (own(1)) set('sections', '担当課', 'section', 3);
    if (own(0)) set('title', '取組', 'title', 6);
    if (own(1)) set('description', '取組内容', 'description', 14);
    if (own(0)) set('effect', '効果・KPI', 'effect');
    if (own(1)) set('indicators', '現状・実績・目標', 'indicators');
    set('overviewTitle', '一覧表 取組事項', 'overviewTitle', 16, false);
    if (own(1)) set('overviewSection', '一覧表 担当課', 'overviewSection', 6, false);
    for (const [at, year] of blank.years.entries()) {
      const path = (key: string) => `スケジュール ${years[at]} ${key}`;
      if (own(0)) {
        year.plan = keep(file, path('内容'), 'plan', generatedText(next, 8), () => {
          year.plan = '';
        });
        year.result = keep(file, path('事業実績'), 'result', generatedText(next, 10), () => {
          year.result = '';
        });
      } else {
        const label = generatedText(next, 2).replaceAll('\n', '');
        year.budget = [{ label, amount: Math.floor(next() * 1e6).toLocaleString('en-US') }];
        keep(file, path('予算額'), 'budget', label, () => {
          year.budget = '';
        });
      }
    }
    return blank;
  };
  const label = (path: string, clear: (text: string) => void) => {
    const text = `1. ${generatedText(next, 4).replaceAll('\n', '')}`;
    return keep('structure.yaml', path, 'label', text, () => clear('1. 空'));
  };
  const perGroup = 6;
  const category = { number: '1', name: '', label: '', groups: [] as DocumentData['categories'][0]['groups'] };
  category.label = label('大項目', (text) => {
    category.label = text;
  });
  for (let at = 0; at < count; at += perGroup) {
    const number = `1-${at / perGroup + 1}`;
    const ids = Array.from({ length: Math.min(perGroup, count - at) }, (_, index) => `${number}-${index + 1}`);
    const group = { number, name: '', label: '', measures: ids.map((id, index) => measure(at + index, id)) };
    group.label = label('大項目', (text) => {
      group.label = text;
    });
    group.measures[0]?.begins.push(...(at === 0 ? ['1'] : []), number);
    category.groups.push(group);
  }
  return { data: editionOf([category]), slots };
}

/** Takes out what does not fit, as its messages say; returns it with its piece. */
export function takeOut(
  misfits: readonly Misfit[],
  slots: readonly Slot[],
): (Slot & { piece: string; room: number })[] {
  const refused: (Slot & { piece: string; room: number })[] = [];
  for (const { file, path, text, room, kind } of misfits) {
    const found = slots.filter(
      (slot) => slot.file === file && slot.path === path.join(' ') && (text === '' || slot.text.includes(text)),
    );
    if (found.length === 0) throw new Error(`${file} ${path}: ${text} is no generated text`);
    for (const slot of found) {
      if (kind === 'wide') refused.push({ ...slot, piece: text, room });
      slot.clear();
    }
  }
  return refused;
}

/** What is drawn on a page: glyph by glyph, where its box begins and ends; pt from the lower left corner. */
export interface Glyph {
  sign: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
}

/** The glyphs of each page by pdfjs, from the advance widths and positions that the file gives. */
export async function glyphsOf(pdf: Uint8Array): Promise<Glyph[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: Glyph[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { fnArray, argsArray } = await page.getOperatorList();
    const glyphs: Glyph[] = [];
    let matrix = [1, 0, 0, 1, 0, 0];
    const saved: number[][] = [];
    let line = [1, 0, 0, 1, 0, 0];
    let [x, size] = [0, 0];
    const times = (
      [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[],
      [g = 0, h = 0, i = 0, j = 0, k = 0, l = 0]: number[],
    ) => [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
    for (const [index, operator] of fnArray.entries()) {
      const args = argsArray[index];
      if (operator === OPS.save) saved.push(matrix);
      else if (operator === OPS.restore) matrix = saved.pop() ?? matrix;
      else if (operator === OPS.transform) matrix = times(matrix, args);
      else if (operator === OPS.setFont) size = args[1];
      else if (operator === OPS.beginText) [line, x] = [[1, 0, 0, 1, 0, 0], 0];
      else if (operator === OPS.setTextMatrix) [line, x] = [[...(args[0] ?? args)], 0];
      else if (operator === OPS.showText) {
        for (const glyph of args[0]) {
          if (typeof glyph === 'number') {
            x -= (glyph / 1000) * size;
            continue;
          }
          const width = (glyph.width / 1000) * size;
          const whole = times(matrix, line);
          const at = (offset: number) => (whole[0] ?? 1) * offset + (whole[4] ?? 0);
          glyphs.push({
            sign: glyph.unicode,
            x0: at(x),
            x1: at(x + width),
            y: whole[5] ?? 0,
            size: size * Math.abs(whole[0] ?? 1),
          });
          x += width;
        }
      } else if (
        [
          OPS.moveText,
          OPS.setLeadingMoveText,
          OPS.nextLine,
          OPS.setCharSpacing,
          OPS.setWordSpacing,
          OPS.setHScale,
        ].includes(operator)
      )
        throw new Error(`an operator that Typst is not known to write: ${operator}`);
    }
    pages.push(glyphs);
  }
  await task.destroy();
  return pages;
}

/** A layout beside the document's: `body` after the theme, with `data` as data.json; its PDF, and what it labels. */
export function ownLayout(body: string, data: unknown): { pdf: () => Uint8Array; query: (label: string) => unknown } {
  const [workspace, fonts] = compilerFolders;
  const own = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
  own.mapShadow(join(workspace, 'data.json'), Buffer.from(JSON.stringify(data)));
  own.addSource(
    join(workspace, 'own.typ'),
    `#import "theme.typ": *\n#show: apply-theme\n#let data = json("data.json")\n${body}`,
  );
  const { result } = own.compile({ mainFilePath: join(workspace, 'own.typ') });
  if (!result) throw new Error('the layout of its own failed');
  return {
    pdf: () => own.pdf(result, {}),
    query: (label) => own.query(result, { selector: `<${label}>`, field: 'value' })[0],
  };
}

export const compilerFolders = [resolve('templates'), resolve('fonts')] as const;

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Compared } from '../compare/two-editions.ts';
import { inFileName, writeWhole } from '../files.ts';
import { measureNumber } from '../model/numbers.ts';
import { changeWords } from '../model/words.ts';
import { beforeAfterPaper, type MarkupProblem, markupPaper, pictures } from '../papers/papers.ts';
import { Renderer } from '../render/renderer.ts';

export interface Wanted {
  pdf?: boolean;
  /** A folder for pictures */
  pages?: string;
  out: string;
}

/**
 * Starts a compiler for the papers of a comparison that is still to be made. What it returns writes both PDFs into `out`
 * and the pictures into `pages`, says what was written and what was not and why, and tells whether all was; what fails
 * keeps none of the others from being written, and what was there of it before is still there.
 */
export function preparePapers(wanted: Wanted): (compared: Compared, say: (line: string) => void) => Promise<boolean> {
  const renderer = new Renderer();
  return async (compared, say) => {
    let whole = true;
    const failures: unknown[] = [];
    const write = (name: string, pdf: Uint8Array) => {
      const file = join(wanted.out, `${inFileName(name)}.pdf`);
      writeWhole(file, pdf);
      say(`${file} を書きました。`);
    };
    const steps: (() => Promise<void>)[] = [];
    if (wanted.pdf) {
      steps.push(async () => {
        const { name, pdf } = await beforeAfterPaper(compared, renderer);
        write(name, pdf);
      });
      steps.push(async () => {
        const paper = await markupPaper(compared, renderer);
        if ('pdf' in paper) return write(paper.name, paper.pdf);
        whole = false;
        for (const line of told(paper)) say(line);
      });
    }
    const { pages } = wanted;
    if (pages !== undefined)
      steps.push(async () => {
        const written = new Set<string>();
        for await (const { name, png } of pictures(compared, renderer)) {
          writeWhole(join(pages, name), png);
          written.add(name);
        }
        removeOthers(pages, written);
        say(`${pages} に画像を ${written.size} 枚書きました。`);
      });
    for (const step of steps) await step().catch((error: unknown) => failures.push(error));
    await renderer.close();
    if (failures.length > 0) throw failures[0];
    return whole;
  };
}

function told(problem: MarkupProblem): string[] {
  const kept = '見え消しは作っていません(前に作ったものがあれば、そのままです)。';
  if ('unread' in problem)
    return [`${kept}変更後の内容に読み取れない部分があり、文書の全体を示せないためです。上の誤りを直してください。`];
  const places = problem.misfits.map(({ file, path, text, need, room }) => {
    const where = `${file.replace('removed-', '')} ${path.join(' ')}${text === '' ? '' : `の「${text}」`}`;
    return `  ${where}: ${need.toFixed(1)} mm 要りますが、${room.toFixed(1)} mm しかありません。`;
  });
  return [
    `${kept}消す文字と加える文字を合わせると、次の欄が収まらないためです。新旧対照表をお使いください。`,
    ...places,
  ];
}

/** 1-1-1_前.png, as src/papers/pictures.ts names them. */
function isPicture(name: string): boolean {
  const [number = '', side = ''] = name.replace(/\.png$/, '').split('_');
  return (
    name.endsWith('.png') &&
    measureNumber.test(number) &&
    ['前', '後', changeWords.added, changeWords.removed].includes(side)
  );
}

/** Pictures of an earlier comparison would be taken for ones of this. */
function removeOthers(folder: string, written: ReadonlySet<string>): void {
  const all = written.size === 0 ? readable(folder) : readdirSync(folder);
  for (const name of all) if (isPicture(name.normalize('NFC')) && !written.has(name)) rmSync(join(folder, name));
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was ever written there
  }
}

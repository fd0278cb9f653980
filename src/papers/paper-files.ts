import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Renderer } from '../book/renderer.ts';
import type { Compared } from '../compare/two-editions.ts';
import { environmentProblem } from '../environment.ts';
import { inFileName, removeLeftovers, writeWhole } from '../files.ts';
import { measureNumber } from '../model/numbers.ts';
import { changeWords } from '../model/words.ts';
import { Rasterizer } from '../render/rasterizer.ts';
import type { MarkupProblem, Typesetter } from './papers.ts';

export interface Wanted {
  pdf?: boolean;
  /** A folder for pictures */
  pages?: string;
  out: string;
}

/** What lays out, and what turns pages into pixels. */
export interface Makers {
  typesetter: Typesetter & Pick<Renderer, 'close'>;
  rasterizer: Pick<Rasterizer, 'files' | 'close'>;
}

/**
 * Starts the makers that are needed and not given, for the papers of a comparison that is still to be made. What it
 * returns writes both PDFs into `out` and the pictures into `pages`, says what was written and what was not and why, and
 * tells whether all was that errors of the content allow; what fails keeps none of the others from being written, and what
 * was there of it before is still there.
 */
export function preparePapers(
  wanted: Wanted,
  makers: Partial<Makers> = {},
): (compared: Compared, say: (line: string) => void) => Promise<boolean> {
  const { pages } = wanted;
  const typesetter = makers.typesetter ?? new Renderer();
  const rasterizer = pages === undefined ? undefined : (makers.rasterizer ?? new Rasterizer());
  return async (compared, say) => {
    let whole = true;
    const defects: unknown[] = [];
    const write = (name: string, pdf: Uint8Array) => {
      const file = join(wanted.out, `${inFileName(name)}.pdf`);
      writeWhole(file, pdf);
      say(`${file} を書きました。`);
    };
    const steps: (() => Promise<void>)[] = [];
    if (wanted.pdf) {
      steps.push(async () => {
        const { beforeAfterPaper } = await import('./papers.ts');
        const { name, pdf } = await beforeAfterPaper(compared, typesetter);
        write(name, pdf);
      });
      steps.push(async () => {
        const { markupPaper } = await import('./papers.ts');
        const paper = await markupPaper(compared, typesetter);
        if ('pdf' in paper) return write(paper.name, paper.pdf);
        if (!('unread' in paper)) whole = false;
        for (const line of told(paper)) say(line);
      });
    }
    if (rasterizer && pages !== undefined)
      steps.push(async () => {
        const { pictures } = await import('./pictures.ts');
        const written = new Set<string>();
        await pictures(compared, typesetter, rasterizer, ({ name, png }) => {
          writeWhole(join(pages, name), png);
          written.add(name);
        });
        removeLeftovers(pages);
        removeOthers(pages, written);
        say(`${pages} に画像を ${written.size} 枚書きました。`);
      });
    for (const step of steps)
      await step().catch((error: unknown) => {
        const problem = environmentProblem(error);
        whole = false;
        if (problem === undefined) defects.push(error);
        else say(problem);
      });
    await Promise.all([typesetter.close(), rasterizer?.close()]);
    if (defects.length > 0) throw defects[0];
    return whole;
  };
}

function told(problem: MarkupProblem): string[] {
  const kept = '見え消しは作っていません(前に作ったものがあれば、そのままです)。';
  if ('unread' in problem)
    return [
      `${kept}変更後の内容に読み取れないか、書かれていない部分があり、文書の全体を示せないためです。上の誤りを直してください。`,
    ];
  if ('onlyAnnexes' in problem) return [`${kept}変更後の「構成」が別冊だけで、別冊は見え消しに入らないためです。`];
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
  if (!existsSync(folder)) return; // nothing was ever written there
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile() && isPicture(entry.name.normalize('NFC')) && !written.has(entry.name))
      rmSync(join(folder, entry.name));
}

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Compared } from '../compare/two-editions.ts';
import { environmentProblem } from '../environment.ts';
import { inFileName, removeLeftovers, writeWhole } from '../files.ts';
import { measureNumber } from '../model/numbers.ts';
import { changeWords } from '../model/words.ts';
import { beforeAfterPaper, type MarkupProblem, markupPaper, pictures, type Typesetter } from '../papers/papers.ts';
import { Renderer } from '../render/renderer.ts';

export interface Wanted {
  pdf?: boolean;
  /** A folder for pictures */
  pages?: string;
  out: string;
}

/**
 * Starts a compiler, unless it is given one, for the papers of a comparison that is still to be made. What it returns writes both PDFs into `out`
 * and the pictures into `pages`, says what was written and what was not and why, and tells whether all was that errors of
 * the content allow; what fails keeps none of the others from being written, and what was there of it before is still there.
 */
export function preparePapers(
  wanted: Wanted,
  renderer: Typesetter & Pick<Renderer, 'close'> = new Renderer(),
): (compared: Compared, say: (line: string) => void) => Promise<boolean> {
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
        const { name, pdf } = await beforeAfterPaper(compared, renderer);
        write(name, pdf);
      });
      steps.push(async () => {
        const paper = await markupPaper(compared, renderer);
        if ('pdf' in paper) return write(paper.name, paper.pdf);
        if (!('unread' in paper)) whole = false;
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
    await renderer.close();
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

import { join } from 'node:path';
import type { Build } from './build.ts';
import { type Compared, diff } from './diff.ts';
import { diffText } from './diff-text.ts';
import { writeWhole } from './files.ts';
import { buildFile } from './output.ts';
import type { Renderer } from './render/renderer.ts';

export interface PullRequest {
  build: Build & { file?: string };
  compared: Compared;
  /** 変更点.md (the comment), 変更点.html, 変更点.json */
  files: string[];
}

/**
 * All that a review of the working tree against `base` needs, written to `out`: the PDF, unless the content has errors,
 * and the changes. `elsewhere` says, in Markdown, where to see what the comment has no room for. Throws GitProblem.
 */
export async function pullRequest(
  base: string,
  folders: { content: string; out: string },
  renderer: Renderer,
  elsewhere: string,
): Promise<PullRequest> {
  const compared = diff(base, undefined, folders.content);
  const build = await buildFile(folders, renderer);
  const files: string[] = [];
  for (const [ending, format] of [
    ['md', 'markdown'],
    ['html', 'html'],
    ['json', 'json'],
  ] as const) {
    const file = join(folders.out, `変更点.${ending}`);
    writeWhole(file, await diffText(compared, format, { color: false, width: 100, elsewhere }));
    files.push(file);
  }
  return { build, compared, files };
}

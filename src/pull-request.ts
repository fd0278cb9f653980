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
 * and the changes. In GitHub Actions (by its `environment`) the comment links to the artifacts of this run. Throws GitProblem.
 */
export async function pullRequest(
  base: string,
  folders: { content: string; out: string },
  renderer: Renderer,
  environment: NodeJS.ProcessEnv,
): Promise<PullRequest> {
  const compared = diff(base, undefined, folders.content);
  const build = await buildFile(folders, renderer);
  const files: string[] = [];
  const elsewhere = whereAllIs(folders.out, environment);
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

/** Where to see what the comment has no room for, in Markdown. */
function whereAllIs(out: string, environment: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return server && repository && run
    ? `すべての変更は[成果物の 変更点.html](${server}/${repository}/actions/runs/${run}#artifacts)で見られます。`
    : `すべての変更は ${out}/変更点.html で見られます。`;
}

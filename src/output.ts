import { join } from 'node:path';
import type { KnownAnnexes } from './annexes/check.ts';
import { type Build, build, typeset } from './build.ts';
import { checkAll } from './check.ts';
import type { ParsedFiles } from './content/check.ts';
import { commitOf } from './content/commit.ts';
import { readWorkingTree } from './content/source.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { writeWhole } from './files.ts';
import type { Renderer } from './render/renderer.ts';
import { type Choice, sectionsOf } from './select.ts';

/** Builds and writes `<out>/<name>.pdf`; with errors the last good file stays as it is. */
export async function buildFile(
  folders: { content: string; out: string },
  renderer: Renderer,
  choice: Choice = {},
  parsed?: ParsedFiles,
  known?: KnownAnnexes,
): Promise<Build & { file?: string }> {
  const result = await build(folders.content, renderer, choice, parsed, known);
  if (!result.pdf) return result;
  const file = join(folders.out, `${result.name}.pdf`);
  writeWhole(file, result.pdf);
  return { ...result, file };
}

/** Builds and writes one PDF for each 課 that has measures; with an error in any of them, none. */
export async function buildSections(
  folders: { content: string; out: string },
  renderer: Renderer,
  choice: Pick<Choice, 'portrait'> = {},
): Promise<Pick<Build, 'content' | 'diagnostics'> & { files: string[] }> {
  const content = await checkAll(readWorkingTree(folders.content));
  const { edition, diagnostics } = content;
  if (!edition) return { content, diagnostics, files: [] };
  const builds: Build[] = [];
  const commit = commitOf(folders.content);
  for (const section of sectionsOf(edition))
    builds.push(await typeset(content, edition, renderer, { ...choice, section }, {}, commit));
  const failed = builds.filter(({ pdf }) => !pdf);
  if (failed.length > 0) return { content, diagnostics: withoutRepeats(failed), files: [] };
  const files = builds.map(({ name, pdf = new Uint8Array() }) => {
    const file = join(folders.out, `${name}.pdf`);
    writeWhole(file, pdf);
    return file;
  });
  return { content, diagnostics, files };
}

/** A measure of two 課 is built twice; its mistakes are told once. */
function withoutRepeats(builds: Build[]): Diagnostic[] {
  const all = builds.flatMap(({ diagnostics }) => diagnostics);
  return [...new Map(all.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

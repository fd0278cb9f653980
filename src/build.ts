import { join } from 'node:path';
import { assemble } from './assemble/assemble.ts';
import { type CheckedContent, checkContent, type ParsedFiles } from './content/check.ts';
import { readWorkingTree } from './content/source.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { writeWhole } from './files.ts';
import { documentData } from './render/data.ts';
import { fitDiagnostics } from './render/fit.ts';
import type { Renderer } from './render/renderer.ts';
import { type Choice, select } from './select.ts';

export interface Build {
  content: CheckedContent;
  diagnostics: Diagnostic[];
  /** Absent when there are errors. */
  pdf?: Uint8Array;
  pages?: number;
  /** The file's name without ending: 書名, and what was chosen of it. */
  name?: string;
  /** ms by step. */
  times: Record<string, number>;
}

/** source → load → check → render → assemble. Bad content yields diagnostics and no PDF; throws UnknownName, and for defects of ours. */
export async function build(
  contentFolder: string,
  renderer: Renderer,
  choice: Choice = {},
  parsed?: ParsedFiles,
): Promise<Build> {
  const times: Record<string, number> = {};
  let last = performance.now();
  const timed = <T>(step: string, value: T): T => {
    const now = performance.now();
    times[step] = now - last;
    last = now;
    return value;
  };

  const source = timed('load', readWorkingTree(contentFolder));
  const content = timed('check', checkContent(source, parsed));
  const { edition, diagnostics } = content;
  if (!edition) return { content, diagnostics, times };

  const { selection, name } = select(edition, choice);
  const data = documentData(edition, selection);
  const document = timed('render', await renderer.render(data));
  Object.assign(times, document.times);
  if (!document.pdf)
    return { content, diagnostics: [...diagnostics, ...fitDiagnostics(document.misfits, content)], times };

  const pdf = timed('assemble', assemble(document.pdf, data, document.anchors));
  return { content, diagnostics, pdf, pages: document.pages, name, times };
}

/** Builds and writes `<out>/<name>.pdf`; with errors the last good file stays as it is. */
export async function buildFile(
  folders: { content: string; out: string },
  renderer: Renderer,
  choice: Choice = {},
  parsed?: ParsedFiles,
): Promise<Build & { file?: string }> {
  const result = await build(folders.content, renderer, choice, parsed);
  if (!result.pdf) return result;
  const file = join(folders.out, `${result.name}.pdf`);
  writeWhole(file, result.pdf);
  return { ...result, file };
}

import { setImmediate } from 'node:timers/promises';
import { checkContent, largestContent } from '../content/check.ts';
import type { ContentSource } from '../content/source/source.ts';
import { readText } from '../content/source/text-file.ts';
import type { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { type DocumentData, documentData } from '../render/data.ts';

/** What edition.yaml alone says; undefined where it has an error. */
export function ofEditionFile({ root, entries }: ContentSource, parsed: ParsedFiles): DocumentData | undefined {
  const own = new Map([...entries].filter(([path]) => path === 'edition.yaml' || path.startsWith('annexes/')));
  const { diagnostics, readable } = checkContent({ root, entries: own }, parsed);
  const broken = diagnostics.some((diagnostic) => diagnostic.file === `${root}/edition.yaml` && isError(diagnostic));
  return broken ? undefined : documentData(readable().edition, { whole: true });
}

/** Parses the files one by one, so that requests are answered in between; checking them is short then. */
export async function parseAhead(source: ContentSource, parsed: ParsedFiles): Promise<void> {
  let total = 0;
  for (const path of source.entries.keys()) {
    if (!path.endsWith('.yaml') || total > largestContent) continue;
    const { file, text } = readText(source, path);
    if (text !== undefined) parsed.parse(path, file, text);
    total += text?.length ?? 0;
    await setImmediate();
  }
}

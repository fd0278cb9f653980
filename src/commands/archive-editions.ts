import { createHash } from 'node:crypto';
import { checkAll } from '../annexes/checked-edition.ts';
import { digest } from '../assemble/provenance.ts';
import type { Renderer } from '../book/renderer.ts';
import { BuildCache, typeset } from '../build.ts';
import { commitAt } from '../content/source/commit.ts';
import { readGitRef } from '../content/source/git.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import type { ArchivedEdition } from '../exchange/archive-file.ts';
import { editionJson } from '../model/edition-json.ts';
import { toolVersion } from '../package.ts';

/** What today's tool makes of a tag: an edition, or why it makes none. */
export type Tagged = { tag: string; edition: ArchivedEdition } | { tag: string; commit?: string; reason: string };

type Made = Omit<ArchivedEdition, 'tag'> | { commit?: string; reason: string };

/** What the tags hold, each content built once. Throws UserError where git cannot be asked, and ThreadFailure. */
export async function editionsOf(tags: readonly string[], folder: string, renderer: Renderer): Promise<Tagged[]> {
  const cache = new BuildCache(renderer);
  const known = new Map<string, Made>();
  const found: Tagged[] = [];
  for (const tag of tags) {
    const ref = `refs/tags/${tag}`;
    const { id, problem } = await commitAt(folder, ref);
    const made = known.get(id ?? ref) ?? (await makeOf({ ref, folder, renderer, cache, id, problem }));
    known.set(id ?? ref, made);
    found.push('reason' in made ? { tag, ...made } : { tag, edition: { tag, ...made } });
  }
  return found;
}

interface Making {
  ref: string;
  folder: string;
  renderer: Renderer;
  cache: BuildCache;
  /** The commit that the content stands for, or why it cannot be known. */
  id: string | undefined;
  problem: string | undefined;
}

async function makeOf({ ref, folder, renderer, cache, id, problem }: Making): Promise<Made> {
  const commit = id === undefined ? {} : { commit: id };
  try {
    const content = await checkAll(readGitRef(ref, folder), cache.content);
    if (id === undefined) return { reason: problem ?? '内容のコミットがわかりません。' };
    const { edition, annexDigest } = content;
    if (!edition) return { ...commit, reason: counted(content.diagnostics) };
    const built = await typeset({ content, edition, renderer, choice: {}, commit: Promise.resolve({ id }), cache });
    if (!built.pdf) return { ...commit, reason: counted(built.diagnostics) };
    return {
      revised: edition.revised,
      commit: id,
      content: digest(editionJson(edition)),
      ...(annexDigest === undefined ? {} : { annexes: annexDigest }),
      pdf: createHash('sha256').update(built.pdf).digest('hex'),
      tool: toolVersion(),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...commit, reason: firstSentence(error.message).replaceAll('refs/tags/', '') };
  }
}

const counted = (diagnostics: readonly Diagnostic[]): string =>
  `今の道具では、内容に誤りが ${diagnostics.filter(isError).length} 件あります。`;

/** The rest is advice for who wants to compare. */
const firstSentence = (message: string): string => `${message.split('。', 1)}。`;

import { checkContent } from '../../../src/content/check.ts';
import { readWorkingTree } from '../../../src/content/source/source.ts';
import type { EditionData } from '../../../src/model/edition-json.ts';
import { editionJson } from '../../../src/model/edition-json.ts';

/** A content folder as the page gets it. */
export function editionOf(folder: string): EditionData {
  const { edition, diagnostics } = checkContent(readWorkingTree(folder));
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  return JSON.parse(editionJson(edition)) as EditionData;
}

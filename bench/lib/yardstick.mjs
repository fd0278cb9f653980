import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkContent } from '../../dist/content/check.js';
import { readWorkingTree } from '../../dist/content/source/source.js';
import { documentData } from '../../dist/render/data.js';
import { root, work } from './processes.mjs';

/** The command by which raw Typst lays out the content of `folder`; the PDF is yardstick.pdf. */
export function yardstickCommand(folder) {
  const { edition, diagnostics } = checkContent(readWorkingTree(folder));
  if (!edition) throw new Error(`the content has errors: ${JSON.stringify(diagnostics[0])}`);
  const templates = mkdtempSync(join(work, 'yardstick-'));
  cpSync(join(root, 'bench/yardstick'), templates, { recursive: true });
  writeFileSync(join(templates, 'data.json'), JSON.stringify(documentData(edition, { whole: true })));
  return [join(root, 'bench/yardstick/raw.mjs'), templates, join(root, 'fonts'), join(work, 'yardstick.pdf')];
}

// node scripts/with-annexes.mjs CONTENT FOLDER ANNEX.pdf …: a copy of a content folder with these annexes at the end of its
// 構成. Those without tags get a 代替テキスト. For the checks and the bench: the edition itself has no annexes.
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes the copy; throws when edition.yaml has no 構成 in one line. */
export function withAnnexes(content, folder, annexes) {
  cpSync(content, folder, { recursive: true });
  mkdirSync(join(folder, 'annexes'), { recursive: true });
  const lines = annexes.map((path) => {
    const name = basename(path);
    copyFileSync(path, join(folder, 'annexes', name));
    const spoken = readFileSync(path).includes('/StructTreeRoot') ? '' : ', 代替テキスト: 別冊の紙面';
    return `\n  - { 別冊: annexes/${name}, 題名: 別冊 ${basename(name, '.pdf')}${spoken} }`;
  });
  const path = join(folder, 'edition.yaml');
  const before = readFileSync(path, 'utf8');
  const after = before.replace(
    /^構成: \[(.*)\]$/m,
    (_, parts) =>
      `構成:${parts
        .split(', ')
        .map((part) => `\n  - ${part}`)
        .join('')}${lines.join('')}`,
  );
  if (after === before) throw new Error(`${path} has no 構成 in one line`);
  writeFileSync(path, after);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [content, folder, ...annexes] = process.argv.slice(2);
  withAnnexes(content, folder, annexes);
}

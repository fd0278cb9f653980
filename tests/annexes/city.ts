import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cityFolder, edit } from '../cli/run.ts';

/** An annex of the second city: its file's name, its bytes or else the file of that name in tests/annexes, its 代替テキスト. */
export interface CityAnnex {
  name: string;
  bytes?: Uint8Array;
  alternative?: string;
}

/** A folder of its own with the second city in content/, and these annexes at the end of its 構成. */
export function cityWithAnnexes(annexes: CityAnnex[], front = '表紙, 目次, 取組事項一覧, 個票'): string {
  const folder = cityFolder();
  mkdirSync(join(folder, 'content/annexes'));
  const lines = annexes.map(({ name, bytes, alternative }) => {
    const path = join(folder, 'content/annexes', `${name}.pdf`);
    if (bytes) writeFileSync(path, bytes);
    else copyFileSync(`tests/annexes/${name}.pdf`, path);
    const spoken = alternative === undefined ? '' : `, 代替テキスト: ${alternative}`;
    return `\n  - { 別冊: annexes/${name}.pdf, 題名: 別冊 ${name}${spoken} }`;
  });
  const own = front.split(', ').map((part) => `\n  - ${part}`);
  edit(folder, 'edition.yaml', /^構成: .*$/m, `構成:${own.join('')}${lines.join('')}`);
  return folder;
}

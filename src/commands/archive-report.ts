import stringWidth from 'string-width';
import type { ArchivedEdition } from '../exchange/archive-file.ts';
import type { Tagged } from './archive-editions.ts';

/** What is told of the tags, and what is to be put on record. */
export interface ArchiveReport {
  lines: string[];
  fresh: ArchivedEdition[];
  /** An edition on record is not there any more as it was. */
  failed: boolean;
}

interface Verdict {
  told: string;
  kind: 'same' | 'new' | 'tool' | 'lost';
}

/** The tags beside the record. */
export function archiveReport(record: readonly ArchivedEdition[], tagged: readonly Tagged[]): ArchiveReport {
  const recorded = new Map(record.map((entry) => [entry.tag, entry]));
  const present = new Set(tagged.map(({ tag }) => tag));
  const rows: { entry: ArchivedEdition; verdict: Verdict }[] = [];
  const others: string[] = [];
  for (const one of tagged) {
    const entry = recorded.get(one.tag);
    if (entry) rows.push({ entry, verdict: verdictOf(entry, one) });
    else if ('edition' in one) rows.push({ entry: one.edition, verdict: { kind: 'new', told: '記録しました' } });
    else others.push(`  ${one.tag}: ${one.reason}`);
  }
  for (const entry of record)
    if (!present.has(entry.tag)) rows.push({ entry, verdict: { kind: 'lost', told: 'タグがありません' } });
  const has = (kind: Verdict['kind']) => rows.some(({ verdict }) => verdict.kind === kind);
  return {
    lines: [
      ...(rows.length > 0 ? table(rows.map(({ entry, verdict }) => [...cellsOf(entry), verdict.told])) : []),
      ...(others.length > 0 ? ['', '版として読めないタグ(記録していません):', ...others] : []),
      ...(has('tool') ? ['', toolAdvice] : []),
      ...(has('lost') ? ['', lostAdvice] : []),
    ],
    fresh: rows.filter(({ verdict }) => verdict.kind === 'new').map(({ entry }) => entry),
    failed: has('lost'),
  };
}

function verdictOf(entry: ArchivedEdition, one: Tagged): Verdict {
  if (!('edition' in one))
    // Of the same commit the files are the same: it is the tool that takes them no more.
    return { kind: one.commit === entry.commit ? 'tool' : 'lost', told: `作れません: ${one.reason}` };
  const { edition } = one;
  if (edition.pdf === entry.pdf) return { kind: 'same', told: '同じ' };
  if (edition.commit === entry.commit)
    return {
      kind: 'tool',
      told:
        edition.tool === entry.tool
          ? `違う: 道具が違います(版は同じ ${edition.tool})`
          : `違う: 道具の版が違います(いまは ${edition.tool})`,
    };
  if (edition.content === entry.content && edition.annexes === entry.annexes)
    return { kind: 'tool', told: '違う: コミットが違います(内容は同じです)' };
  return { kind: 'lost', told: '違う: 内容が違います' };
}

const toolAdvice =
  '道具やコミットだけが違う版: 内容は記録のままです。公開した PDF は、記録の SHA-256 で確かめられます。記録は書き換えません。';
const lostAdvice =
  '内容が違う版、タグがない版: タグか履歴が書き換えられたか、手元に取り寄せていません。git fetch --tags で取り寄せて、もう一度確かめてください。正しい変更なら、記録からその版を消してください。';

/** Enough to tell one from another; the record has them whole. */
const short = (digest: string): string => digest.slice(0, 12);

const headings = ['タグ', '改定', '内容', 'PDF', '作った道具', '今の道具で作ると'];
const cellsOf = ({ tag, revised, content, pdf, tool }: ArchivedEdition): string[] => [
  ...[tag, revised, short(content), short(pdf), tool],
];

function table(rows: readonly string[][]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => stringWidth(row[column] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)))
      .join('  ')
      .trimEnd(),
  );
}

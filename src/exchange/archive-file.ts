import { LineCounter, parseDocument, stringify } from 'yaml';
import { UserError } from '../diagnostics/user-error.ts';

/** What archive.yaml says of an edition that a tag names: what it was made of, by what, and what came of it. */
export interface ArchivedEdition {
  tag: string;
  /** 改定 */
  revised: string;
  /** The commit that last touched the content. */
  commit: string;
  /** SHA-256 of the edition as JSON, as its PDF tells it, too. */
  content: string;
  /** SHA-256 of the annexes, where it has any. */
  annexes?: string;
  /** SHA-256 */
  pdf: string;
  /** Name and version of the program */
  tool: string;
}

const keys: Record<keyof ArchivedEdition, string> = {
  tag: 'タグ',
  revised: '改定',
  commit: 'コミット',
  content: '内容',
  annexes: '別冊',
  pdf: 'PDF',
  tool: '道具',
};
const list = '版';
const heading = `# npx shisakushu archive が書き加える、版の記録です。手では直しません。
${list}:
`;

/** Entries in their order. Throws UserError for what is not as it was written. */
export function readArchive(file: string, text: string): ArchivedEdition[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const [error] = document.errors;
  if (error) throw unreadable(file, ` ${lines.linePos(error.pos[0]).line} 行目が YAML として読めません`);
  const written: unknown = (document.toJS() as Record<string, unknown> | null)?.[list];
  if (!Array.isArray(written)) throw unreadable(file, `「${list}」の一覧がありません`);
  const entries = written.map((entry, index) => {
    const found = entryOf(entry);
    if (!found) throw unreadable(file, ` ${index + 1} 番目の版の欄が足りないか、余分です`);
    return found;
  });
  const tags = entries.map(({ tag }) => tag);
  const again = tags.find((tag, index) => tags.indexOf(tag) < index);
  if (again !== undefined) throw unreadable(file, `タグ「${again}」が2回書かれています`);
  return entries;
}

const unreadable = (file: string, why: string) =>
  new UserError(
    `「${file}」の${why}。このファイルは npx shisakushu archive だけが書き加えます。git の前の版から戻してください(git checkout -- ${file})。`,
  );

function entryOf(written: unknown): ArchivedEdition | undefined {
  const record = (typeof written === 'object' && written !== null ? written : {}) as Record<string, unknown>;
  const named = Object.entries(keys).filter(([property, key]) => property !== 'annexes' || key in record);
  const isWhole = named.every(([, key]) => typeof record[key] === 'string' && record[key] !== '');
  if (!isWhole || Object.keys(record).length !== named.length) return undefined;
  return Object.fromEntries(named.map(([property, key]) => [property, record[key]])) as unknown as ArchivedEdition;
}

/** The text with more entries behind those that it has, which stay as they are, to the byte. */
export function withEntries(text: string | undefined, entries: readonly ArchivedEdition[]): string {
  const before = text ?? heading;
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const added = entries.map((entry) =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([property, key]) => {
        const value = entry[property as keyof ArchivedEdition];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  );
  const lines = stringify({ [list]: added }, { lineWidth: 0 }).slice(`${list}:\n`.length);
  return `${before}${before.endsWith('\n') ? '' : end}${lines.replaceAll('\n', end)}`;
}

// What git has to know so that it has content merged by field: lines of .gitattributes, and the command that it runs.
import { mergedFiles } from './rules.ts';

/** The driver's name in .gitattributes and in git's settings. */
export const driver = 'shisakushu';

const first = '# npx shisakushu setup が書いた行 (消すには npx shisakushu setup --undo)';
const last = '# npx shisakushu setup ここまで';

/** .gitattributes with the lines for the content in `folder`, below the top of the repository; what else it says stays. */
export function withAttributes(text: string, folder: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const top = folder === '' ? '' : `/${folder.replaceAll(/[\\*?[\]]/g, '\\$&')}`;
  const lines = mergedFiles.map((name) => `${inQuotes(`${top}/${name}`)} merge=${driver}`);
  const block = [first, ...lines, last, ''].join(end);
  const found = blockIn(text);
  if (found) return text.slice(0, found.from) + block + text.slice(found.to);
  // Where it can be taken away again to the letter.
  return text === '' || text.endsWith('\n') ? text + block : block + text;
}

/** Without these lines. */
export function withoutAttributes(text: string): string {
  const found = blockIn(text);
  return found ? text.slice(0, found.from) + text.slice(found.to) : text;
}

function blockIn(text: string): { from: number; to: number } | undefined {
  const from = text.startsWith(first) ? 0 : text.indexOf(`\n${first}`) + 1;
  const end = text.indexOf(last, from);
  if ((from === 0 && !text.startsWith(first)) || end < 0) return undefined;
  const next = text.indexOf('\n', end);
  return { from, to: next < 0 ? text.length : next + 1 };
}

/** A pattern as .gitattributes has it. */
const inQuotes = (pattern: string): string =>
  /[\s"]/.test(pattern) ? `"${pattern.replaceAll(/["\\]/g, '\\$&')}"` : pattern;

/**
 * What git's shell runs, on any system, in the folder at the top of any work tree of the repository. By absolute paths: a
 * clone whose tool is not installed there has it still, and a program with windows may not find Node. Where the tool is gone
 * or fails, lines are merged as git would: a driver that fails leaves ours, and theirs would be lost.
 */
export const driverCommand = (node: string, cli: string): string =>
  [
    `node=${quoted(node)}; cli=${quoted(cli)}`,
    'test -x "$node" || node=node',
    'status=2',
    'if test -f "$cli"; then "$node" "$cli" merge-driver %O %A %B %P %X %Y; status=$?; fi',
    'test $status -le 1 && exit $status',
    // Of what it cannot merge, it says so by a status that git would take for a defect.
    'git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1',
  ].join('; ');

/** For the shell, and for git, to which % is a placeholder. */
const quoted = (path: string): string =>
  `'${path.replaceAll('\\', '/').replaceAll("'", "'\\''").replaceAll('%', '%%')}'`;

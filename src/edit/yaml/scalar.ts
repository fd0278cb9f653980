import { isScalar, type Node } from 'yaml';
import { parseYaml, valueAt } from '../../content/yaml/yaml-file.ts';
import { endOf, headerEnd, isAbsent, isLiteral, lineEnd, startOf, textIndent } from './layout.ts';

/** What is written for a value: behind its key or dash in the same line, and the lines below, each with its line break in front. */
export interface Form {
  head: string;
  body: string;
}

/** Where a value is to stand. */
export interface Around {
  /** The key that it belongs to */
  key: string;
  /** In [ ] or { }, or else behind a key or a dash */
  place: 'list' | 'map' | 'key' | 'dash';
  /** Where the key or the dash stands in its line */
  column: number;
  /** Spaces in front of a text below "|-" */
  indent: number;
  /** What is between the key or dash and the value, and what follows in the line, a comment */
  gap?: string;
  rest: string;
  /** Whether lines may follow below */
  mayHaveBody: boolean;
}

/** The scalar that a text is written in the place of. */
export interface Former {
  text: string;
  node: Node;
}

export const isInFlow = ({ place }: Around): boolean => place === 'list' || place === 'map';

/** A text as an editor would write it: as the one before it was, else plain, else "|-" for lines, else in quotes. */
export function scalarForm(value: string, around: Around, former?: Former): Form {
  const text = asRead(value);
  const candidates = [...formerForms(text, around, former), ...usualForms(text, around)];
  return candidates.find((form) => isRead(form, text, around)) ?? inline(doubleQuoted(text));
}

/** A text as the reader has it: without its last line breaks, and nothing where it is blank. */
export function asRead(value: string): string {
  const text = value.replace(/\p{Cs}/gu, '\ufffd');
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** A key as it is written. */
export function keyForm(name: string, inFlow: boolean, former?: string): string {
  const quoted = [doubleQuoted(name), ...(isSingle(name) ? [singleQuoted(name)] : [])];
  const same = quoted.filter((form) => former !== undefined && /^["']/.test(former) && form[0] === former[0]);
  const isKey = (form: string) => {
    if (form.includes('\r')) return false;
    const written = inFlow ? `{\n  ${form}: x }\n` : `${form}: x\n`;
    const { value, diagnostics } = parseYaml('', written);
    return valueAt(value, [name]) === 'x' && (form !== name || !diagnostics.some(({ code }) => isOfWriting(code)));
  };
  if (same.length === 0 && isSafe(name)) return name;
  return [...same, name, ...quoted].find(isKey) ?? doubleQuoted(name);
}

const inline = (head: string): Form => ({ head, body: '' });
const isSingle = (text: string) => !/[\p{Cc}\u2028\u2029]/u.test(text);

const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
const singleQuoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function* formerForms(text: string, around: Around, former: Former | undefined): Generator<Form> {
  if (!former || !isScalar(former.node) || isAbsent(former.node)) return;
  const { type, value } = former.node;
  const lines = text.includes('\n');
  // A line of blanks alone would look like one that is no part of the text.
  if (type === 'BLOCK_LITERAL' && text.trim() !== '') yield literal(text, around, former);
  if (type === 'QUOTE_DOUBLE' && (!lines || String(value).includes('\n'))) yield inline(doubleQuoted(text));
  if (type === 'QUOTE_SINGLE' && isSingle(text)) yield inline(singleQuoted(text));
}

function* usualForms(text: string, around: Around): Generator<Form> {
  if (!text.includes('\n')) {
    yield inline(text);
    if (!/["\\]/.test(text)) yield inline(doubleQuoted(text));
    if (isSingle(text)) yield inline(singleQuoted(text));
  } else if (around.mayHaveBody) yield literal(text, around);
}

/** Below "|-", or the sign that was there; lines that were there stay as they are written. */
function literal(text: string, { column, indent }: Around, former?: Former): Form {
  const lines = text.split('\n');
  const before = former && isLiteral(former.node) ? bodyOf(former) : { header: '|-', lines: [], indent };
  const width = before.indent === 0 ? indent : before.indent;
  const [chomp = ''] = /[-+]/.exec(before.header) ?? [];
  // The first line tells how deep the text is, unless it begins with blanks.
  const needsDepth = /^[ \t\n]/.test(text) || /\d/.test(before.header);
  const read = before.lines.map((line) => line.slice(before.indent));
  let [first, last] = [0, 0];
  const most = Math.min(read.length, lines.length);
  while (first < most && read[first] === lines[first]) first += 1;
  while (last < most - first && read[read.length - 1 - last] === lines[lines.length - 1 - last]) last += 1;
  const written = [
    ...before.lines.slice(0, first),
    ...lines.slice(first, lines.length - last).map((line) => (line === '' ? '' : ' '.repeat(width) + line)),
    ...before.lines.slice(before.lines.length - last),
  ];
  return {
    head: `|${needsDepth ? width - column : ''}${chomp}`,
    body: written.map((line) => `\n${line}`).join(''),
  };
}

/** The lines of a text below "|-" as they are written, and how deep they are. */
function bodyOf({ text, node }: Former): { header: string; lines: string[]; indent: number } {
  const header = text.slice(startOf(node), headerEnd(text, startOf(node)));
  const from = lineEnd(text, startOf(node));
  const [, to] = node.range as [number, number, number];
  const end = Math.min(to, endOf(text, node, from));
  const lines = end > from ? text.slice(from + 1, end).split('\n') : [];
  return { header, lines, indent: textIndent(text, node) };
}

/** Letters and digits at both ends, and nothing between that means anything to YAML or to our reader. */
const safe = /^[\p{L}\p{N}](?:[\p{L}\p{N}。・ー()%+\-/=<>.→]*[\p{L}\p{N}。)%])?$/u;
const isSafe = (text: string) => safe.test(text) && !/^(?:null|Null|NULL)$/.test(text);
/** Lines of a text below "|-" that nothing is to be said of. */
const safeLines = /^[^\s<|=>\p{C}]/u;

/** Whether the reader has `text` of it, and nothing to say but of the text's own characters. */
function isRead(form: Form, text: string, around: Around): boolean {
  // As a character of the file it would end a line.
  if (`${form.head}${form.body}`.includes('\r')) return false;
  if (form.body === '' && form.head === text && isSafe(text) && !/^\d+$/.test(text) && !/^[ \t]*#/.test(around.rest))
    return true;
  if (form.body !== '' && isPlainBody(text) && /^\|[-+]?$/.test(form.head)) return true;
  const read = parseYaml('', framed(form, around));
  if (JSON.stringify(valueAt(read.value, pathIn(around))) !== JSON.stringify(text.trim() === '' ? '' : text))
    return false;
  if (valueAt(read.value, ['behind']) !== 'x') return false;
  const told = read.diagnostics.map(({ code }) => code);
  if (!told.some(isOfWriting)) return true;
  const quoted = parseYaml('', framed(inline(doubleQuoted(text)), { ...around, rest: '' }));
  return told.length <= quoted.diagnostics.length;
}

const isOfWriting = (code: string) => /^(?:yaml-|conflict-|empty-value|hyphen-)/.test(code);

const isPlainBody = (text: string) =>
  !/[\t\r\p{Cc}]/u.test(text.replaceAll('\n', '')) &&
  !/<<<<<<</.test(text) &&
  safeLines.test(text) &&
  !/\s$/.test(text);

/** A small file in which the value stands as it will in the real one; in a list also at the beginning of a line. */
function framed({ head, body }: Form, { key, place, column, gap = ' ', rest }: Around): string {
  const name = JSON.stringify(key);
  const value = `${gap}${head}${rest}${body}`;
  const blanks = ' '.repeat(column);
  const written = {
    list: `${name}: [ ${head},\n  ${head} ]`,
    map: `a: { ${name}: ${head} }`,
    key: column > 0 ? `a:\n${blanks}${name}:${value}` : `${name}:${value}`,
    dash: `${name}:\n${blanks}-${value}`,
  };
  return `${written[place]}\nbehind: x\n`;
}

function pathIn({ key, place, column }: Around): (string | number)[] {
  if (place === 'list' || place === 'dash') return [key, 0];
  return place === 'map' || column > 0 ? ['a', key] : [key];
}

import fc from 'fast-check';
import { type CheckedContent, checkContent } from '../../../src/content/check.ts';
import { type NewFiles, withFiles, writtenText } from '../../../src/content/source/new-files.ts';
import { readWorkingTree } from '../../../src/content/source/source.ts';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import type { YamlFile } from '../../../src/content/yaml/yaml-file.ts';
import { isError } from '../../../src/diagnostics/diagnostic.ts';
import { layoutOf } from '../../../src/edit/numbers/layout.ts';
import type { WrittenContent } from '../../../src/edit/numbers/renumbered.ts';
import { measureFile } from '../../../src/model/numbers.ts';

/** Parses what a test has changed, and what a file was at first once. */
class Parsed extends ParsedFiles {
  readonly #texts = new Map<string, string>();
  readonly #first = new ParsedFiles();
  override parse(path: string, file: string, text: string): YamlFile {
    const first = this.#texts.get(path) ?? text;
    this.#texts.set(path, first);
    return first === text ? this.#first.parse(path, file, text) : super.parse(path, file, text);
  }
}

/** A content folder as a plan is handed it. */
export class Content implements WrittenContent {
  readonly source: WrittenContent['source'];
  readonly #parsed: ParsedFiles;
  readonly #checked: CheckedContent;
  constructor(source: WrittenContent['source'], parsed: ParsedFiles) {
    this.source = source;
    this.#parsed = parsed;
    this.#checked = checkContent(source, parsed);
  }
  static read = (folder: string): Content => new Content(readWorkingTree(folder), new Parsed());
  get files(): WrittenContent['files'] {
    return this.#checked.files;
  }
  get checked(): CheckedContent {
    return this.#checked;
  }
  get errors(): string[] {
    // One of the hyphens has no glyph.
    const found = this.#checked.diagnostics.filter((one) => isError(one) && one.code !== 'missing-glyph');
    return found.map(({ code, file, start }) => `${code} ${file}:${start.line}`);
  }
  with(files: NewFiles): Content {
    return new Content(withFiles(this.source, files), this.#parsed);
  }
  text(path: string): string {
    return writtenText(this.source, path);
  }
  value(number: string): Record<string, unknown> {
    return this.files.get(measureFile(number))?.value as Record<string, unknown>;
  }
  /** All files as they are written. */
  get written(): Map<string, string> {
    const paths = [...this.source.entries.keys()].filter((path) => path.endsWith('.yaml')).sort();
    return new Map(paths.map((path) => [path, this.text(path)]));
  }
  get layout() {
    return layoutOf(this.files);
  }
  get numbers(): string[] {
    return this.layout.flatMap(({ measures }) => measures);
  }
}

export const city = Content.read('tests/city');
export const lake = Content.read('tests/lake');
export const edition = Content.read('content');

const signs = ['-', '‐', '‑', '−', '–', '－'];
const widths = {
  half: (digits: string) => digits,
  full: (digits: string) => digits.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
};

/** A number in a text: which measure's, of all by index, and how it is written. */
export interface Said {
  at: number;
  signs: [string, string];
  width: keyof typeof widths;
  /** What stands around it */
  around: [string, string];
}
const sign = fc.constantFrom(...signs);
export const said: fc.Arbitrary<Said> = fc.record({
  at: fc.nat(),
  signs: fc.tuple(sign, sign),
  width: fc.constantFrom('half' as const, 'full' as const),
  around: fc.constantFrom<[string, string]>(
    ['取組', 'と'],
    ['「', '」'],
    ['(', ')'],
    ['', ''],
    ['…', '。'],
    ['は', '〜'],
  ),
});
export const writtenNumber = (
  number: string,
  { signs: [first, second], width }: Pick<Said, 'signs' | 'width'>,
): string => {
  const [category = '', group = '', item = ''] = number.split('-').map(widths[width]);
  return category + first + group + second + item;
};

/** Where a sentence is put into a file: keys of the sheet that many measures have. */
const places: ((text: string, sentence: string) => string)[] = [
  (text, sentence) => text.replace(/^(取組内容: \|-\n)/m, `$1  ${sentence}\n`),
  (text, sentence) => text.replace(/^( +内容: )([^|"'\n]+)$/m, `$1$2、${sentence}`),
  (text, sentence) =>
    text.replace(/^( +)内容: ([^|"'\n]+)$/m, `$1内容: "$2\\u3001${sentence.replaceAll('取', '\\u53d6')}" # 注記`),
  (text, sentence) => text.replace(/^取組: ([^|"'\n]+)$/m, `取組: '$1、${sentence}'`),
];

/** What is done to the file of a measure. */
export interface Written {
  at: number;
  place: number;
  said: Said[];
  ends: 'lf' | 'crlf' | 'bom';
}
export const writing: fc.Arbitrary<Written> = fc.record({
  at: fc.nat(),
  place: fc.nat({ max: places.length - 1 }),
  said: fc.array(said, { minLength: 1, maxLength: 3 }),
  ends: fc.constantFrom('lf', 'lf', 'crlf', 'bom'),
});

/** By the numbers that measures had once. */
type Numbers = (number: string) => string | undefined;
const same: Numbers = (number) => number;

/**
 * The content with sentences that mention measures of `all`, in files of other forms; `home`: the number of a file now,
 * none for one that is gone, `name`: the number that is said.
 */
export function withWritings(
  content: Content,
  writings: readonly Written[],
  { all = content.numbers, home = same, name = same }: { all?: readonly string[]; home?: Numbers; name?: Numbers } = {},
): Content {
  const files = new Map<string, string>();
  const pick = (at: number) => all[at % all.length] ?? '';
  const written = new Set<string>();
  for (const { at, place, said: mentions, ends } of writings) {
    if (written.has(pick(at))) continue;
    written.add(pick(at));
    const number = home(pick(at));
    if (number === undefined) continue;
    const sentence = mentions
      .map((one) => one.around[0] + writtenNumber(name(pick(one.at)) ?? pick(one.at), one) + one.around[1])
      .join('、');
    const path = measureFile(number);
    const text = places[place]?.(content.text(path), sentence) ?? '';
    files.set(path, ends === 'lf' ? text : ends === 'crlf' ? text.replaceAll('\n', '\r\n') : `\ufeff${text}`);
  }
  return content.with(files);
}

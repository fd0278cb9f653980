import { checkContent } from '../../content/check.ts';
import { spliceList } from '../../content/fix/written-file.ts';
import { outdatedSchemas } from '../../content/schema-files.ts';
import { type NewFiles, withFiles, writtenText } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import { ParsedFiles } from '../../content/yaml/parsed-files.ts';
import { atStart, byFile, type Diagnostic, inOrder, type Splice } from '../../diagnostics/diagnostic.ts';
import type { Fixed } from '../../diagnostics/fixed.ts';
import { TextFile } from './text-file.ts';
import { trailingBlanks } from './trailing-blanks.ts';

/** A content without the mistakes that have one right answer. */
export interface FixedContent {
  files: NewFiles;
  fixed: Fixed[];
}

/** Checks in turn: what is mended lets more be read, of which the next one tells. */
const mostRounds = 50;

/** Mends what the check says can be mended, and what it does not tell of: blanks at the ends of lines, marks at the beginning. */
export function fixContent(source: ContentSource, parsed = new ParsedFiles()): FixedContent {
  const texts = new Texts(source);
  for (let round = 0; round < mostRounds; round += 1) {
    const { diagnostics } = checkContent(withFiles(source, texts.files()), parsed);
    const fixable = diagnostics.filter(({ fix }) => fix !== undefined);
    if (fixable.length === 0) break;
    for (const [file, found] of byFile(fixable)) texts.mend(file.slice(source.root.length + 1), found);
  }
  const checked = checkContent(withFiles(source, texts.files()), parsed);
  for (const diagnostic of outdatedSchemas(source, checked))
    texts.mend(diagnostic.file.slice(source.root.length + 1), [diagnostic]);
  for (const [path, yaml] of checked.files) {
    if (!yaml) continue;
    texts.dropMark(path);
    const splices = trailingBlanks(yaml);
    if (splices.length > 0) texts.splice(path, new Map([['trailing-blanks', splices]]));
  }
  return { files: texts.files(), fixed: inOrder(texts.fixed) };
}

/** Texts of a content by their names now, and what has been mended of them. */
class Texts {
  readonly fixed: Fixed[] = [];
  readonly #source: ContentSource;
  readonly #texts = new Map<string, TextFile>();
  /** Names that files had, by those that they got */
  readonly #former = new Map<string, string>();

  constructor(source: ContentSource) {
    this.#source = source;
  }

  /** What is to be written. */
  files(): NewFiles {
    const files = new Map<string, string | undefined>();
    for (const [path, { raw }] of this.#texts) {
      const former = this.#former.get(path);
      if (former !== undefined) files.set(former, undefined);
      if (former !== undefined || raw !== writtenText(this.#source, path)) files.set(path, raw);
    }
    return files;
  }

  mend(path: string, found: readonly Diagnostic[]): void {
    const byCode = new Map<Diagnostic['code'], Splice[]>();
    for (const { code, fix, start, actual = '' } of found) {
      if (fix === undefined) continue;
      if ('splices' in fix) byCode.set(code, [...(byCode.get(code) ?? []), ...fix.splices]);
      else if ('whole' in fix) {
        this.#texts.set(path, new TextFile(fix.whole));
        this.#tell(path, code, start, '前の内容のもの', 'いまの内容のもの');
      } else if ('name' in fix) {
        this.#texts.set(fix.name, this.#textOf(path));
        this.#texts.delete(path);
        this.#former.set(fix.name, path);
        this.#tell(fix.name, code, start, actual, fix.name.slice(fix.name.lastIndexOf('/') + 1));
      } else {
        this.#tell(path, code, start, actual, this.#textOf(path).mendLineEnds());
      }
    }
    if (byCode.size > 0) this.splice(path, byCode);
  }

  splice(path: string, byCode: ReadonlyMap<Fixed['code'], readonly Splice[]>): void {
    const text = this.#textOf(path);
    const codes = new Map([...byCode].flatMap(([code, splices]) => splices.map(({ from }) => [from, code] as const)));
    const splices = spliceList([...byCode.values()].flat());
    for (const { from, to, text: is } of splices)
      this.#tell(path, codes.get(from) ?? 'more', text.positionOf(from), text.text.slice(from, to), is);
    text.splice(splices);
  }

  dropMark(path: string): void {
    const was = this.#textOf(path).dropMark();
    if (was !== '') this.#tell(path, 'byte-order-mark', atStart.start, was, '');
  }

  #textOf(path: string): TextFile {
    const text = this.#texts.get(path) ?? new TextFile(writtenText(this.#source, path));
    this.#texts.set(path, text);
    return text;
  }

  #tell(path: string, code: Fixed['code'], start: Fixed['start'], was: string, is: string): void {
    this.fixed.push({ code, file: `${this.#source.root}/${this.#former.get(path) ?? path}`, start, was, is });
  }
}

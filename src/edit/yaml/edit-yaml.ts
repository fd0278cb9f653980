import { isMap, isSeq, type Pair } from 'yaml';
import { type Path, parseYaml, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';
import type { Splice } from '../../diagnostics/diagnostic.ts';
import { isError } from '../../diagnostics/diagnostic.ts';
import type { KeyOrder, Written, YamlEdit } from './edits.ts';
import { itemSplices, keySplices, nameSplices, removalSplices } from './entries.ts';
import { type Collection, isAbsent, isCollection, keyName, type Opened, stepOf } from './layout.ts';
import { type Normalized, normalized } from './line-ends.ts';
import { listEdits } from './list-edits.ts';
import { nodeAt, valueSplices } from './places.ts';
import { asRead } from './scalar.ts';
import { isList, isMapped } from './writer.ts';

/**
 * `text` with the edits made, in turn: the path of each is one of the text that those before it have made. Nothing but the
 * characters of these places changes: comments, quotes, order, blank lines, line ends, a mark at the beginning stay. What is
 * already so changes nothing. `text` is a file that parses without errors; `known`, as it was parsed, where it was. Throws an
 * Error for a path that leads nowhere.
 */
export function editYaml(text: string, edits: readonly YamlEdit[], order: KeyOrder, known?: YamlFile): string {
  const editor = new Editor(text, order, known);
  for (const edit of edits) editor.make(edit);
  return editor.text();
}

class Editor {
  readonly #order: KeyOrder;
  #file: Normalized;
  #opened: Opened;
  /** Made, and not yet in the text */
  #splices: Splice[] = [];
  #touched: { path: Path; shifts: boolean }[] = [];

  constructor(text: string, order: KeyOrder, known: YamlFile | undefined) {
    this.#order = order;
    this.#file = normalized(text);
    // Of a file with mistakes the value may be what was meant.
    this.#opened = open(
      this.#file,
      known?.text === this.#file.text && !known.diagnostics.some(isError) ? known : undefined,
    );
  }

  text(): string {
    return this.#file.spliced(this.#splices);
  }

  make(edit: YamlEdit): void {
    const { path } = edit;
    if (this.#touched.some((touched) => meets(touched, path))) this.#renew();
    if ('remove' in edit) this.#remove(path, edit);
    else if ('key' in edit) this.#rename(path, edit);
    else if ('insert' in edit) this.#insert(path, edit);
    else this.#set(path, edit);
  }

  #set(path: Path, edit: { path: Path; value: Written }): void {
    const { value } = edit;
    const before = valueAt(this.#opened.yaml.value, path);
    if (isSame(before, value, nameOf(path))) return;
    const node = nodeAt(this.#opened, path);
    const isFilled = isCollection(node) && node.items.length > 0;
    if (node === undefined || path.length === 0) this.#add(path, edit);
    else if (isFilled && isMap(node) && isMapped(value) && Object.keys(value).length > 0) {
      const gone = Object.keys(before as object).filter((key) => !Object.hasOwn(value, key));
      for (const [key, inner] of Object.entries(value)) this.make({ path: [...path, key], value: inner });
      for (const key of gone) this.make({ path: [...path, key], remove: true });
    } else if (isFilled && isSeq(node) && isList(value) && value.length > 0) {
      const edits = listEdits(before as unknown[], value, (a, b) => isSame(a, b, nameOf(path)));
      for (const { index, ...change } of edits) this.make({ ...change, path: [...path, index] } as YamlEdit);
    } else this.#splice(edit, valueSplices(this.#opened, path, value));
  }

  /** A key that is not there, with the maps above it that are not there either. */
  #add(path: Path, { value }: { value: Written }): void {
    const above = path.slice(0, -1);
    const key = path.at(-1);
    const node = key === undefined ? undefined : nodeAt(this.#opened, above);
    if (isSeq(node) && key === node.items.length) this.make({ path, insert: value });
    else if (typeof key !== 'string') throw nowhere(path);
    else if (isMap(node)) {
      const splices = keySplices(this.#opened, above, key, value, this.#order(above));
      this.#splice({ path, value }, splices);
    } else if (above.length === 0 || (node !== undefined && !isAbsent(node))) throw nowhere(path);
    else this.make({ path: above, value: { [key]: value } });
  }

  #insert(path: Path, edit: { path: Path; insert: Written }): void {
    const above = path.slice(0, -1);
    const node = nodeAt(this.#opened, above);
    if (isSeq(node)) {
      const index = Math.min(Number(path.at(-1)), node.items.length);
      this.#splice({ ...edit, path: [...above, index] }, itemSplices(this.#opened, above, index, edit.insert), true);
    } else if (isAbsent(node)) this.make({ path: above, value: [edit.insert] });
    else throw nowhere(path);
  }

  #remove(path: Path, edit: { path: Path; remove: true; emptied?: true }): void {
    const above = path.slice(0, -1);
    const [node, index] = this.#entryAt(path);
    if (!node || index < 0) return;
    const touched = this.#touched.filter((one) => isPrefix(above, one.path)).length;
    if (touched > 0 && node.items.length - touched <= 1) {
      this.#renew();
      this.make(edit);
    } else if (edit.emptied && node.items.length === 1 && above.length > 0) this.make({ path: above, remove: true });
    else this.#splice(edit, removalSplices(this.#opened, above, index), isSeq(node));
  }

  #rename(path: Path, edit: { path: Path; key: string }): void {
    const above = path.slice(0, -1);
    const [node, index] = this.#entryAt(path);
    if (!isMap(node) || index < 0) throw nowhere(path);
    if (path.at(-1) === edit.key) return;
    if (this.#opened.yaml.pairsOf(node).has(edit.key)) throw new Error(`there is a key ${edit.key} already`);
    this.#splice(edit, nameSplices(this.#opened, above, index, edit.key));
    this.#touched.push({ path: [...above, edit.key], shifts: false });
  }

  /** The collection of an entry, and which of it the entry is. */
  #entryAt(path: Path): [Collection | undefined, number] {
    const node = path.length === 0 ? undefined : nodeAt(this.#opened, path.slice(0, -1));
    const key = path.at(-1);
    if (isMap(node)) return [node, node.items.findLastIndex((pair) => keyName(pair as Pair) === key)];
    if (isSeq(node)) return [node, Number(key) < node.items.length ? Number(key) : -1];
    return [undefined, -1];
  }

  /** What an edit comes to; where that meets what others have come to, it is made again in the text with these. */
  #splice(edit: YamlEdit, splices: readonly Splice[], shifts = false): void {
    const isMet = splices.some((one) => this.#splices.some((other) => one.from <= other.to && other.from <= one.to));
    if (isMet) {
      this.#renew();
      this.make(edit);
    } else {
      this.#splices.push(...splices);
      this.#touched.push({ path: edit.path, shifts });
    }
  }

  #renew(): void {
    this.#file = normalized(this.text());
    this.#opened = open(this.#file);
    this.#splices = [];
    this.#touched = [];
  }
}

function open({ text }: Normalized, known?: YamlFile): Opened {
  const yaml = known ?? parseYaml('', text);
  if (!('value' in yaml)) throw new Error('no YAML that could be edited');
  return { text, yaml, step: stepOf(text, yaml.document.contents) };
}

const nowhere = (path: Path) => new Error(`no place for ${JSON.stringify(path)}`);
const nameOf = (path: Path) => path.findLast((key) => typeof key === 'string');
const isPrefix = (a: Path, b: Path) => a.every((key, index) => key === b[index]);

/** Whether what has been done at a path changes what another one means. */
function meets({ path: touched, shifts }: { path: Path; shifts: boolean }, path: Path): boolean {
  if (isPrefix(touched, path) || isPrefix(path, touched)) return true;
  const last = touched.length - 1;
  return shifts && isPrefix(touched.slice(0, -1), path) && Number(path[last]) >= Number(touched[last]);
}

/** Whether a value is read as another one would be. */
function isSame(before: unknown, value: unknown, key: PropertyKey | undefined): boolean {
  if (isList(value))
    return (
      Array.isArray(before) &&
      before.length === value.length &&
      value.every((item, at) => isSame(before[at], item, key))
    );
  if (isMapped(value)) {
    if (!isMapped(before)) return false;
    const entries = Object.entries(value);
    return (
      entries.length === Object.keys(before).length &&
      entries.every(([name, inner]) => Object.hasOwn(before, name) && isSame(before[name], inner, name))
    );
  }
  if (typeof value === 'number') return before === value || before === String(value);
  const text = asRead(String(value));
  return before === (text.trim() === '' ? '' : text);
}

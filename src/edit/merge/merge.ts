import { parseYaml } from '../../content/yaml/yaml-file.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Fields, sheetFields } from '../../model/fields.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import type { Written, YamlEdit } from '../yaml/edits.ts';
import type { Conflict } from './conflict.ts';
import { mergeMeasure } from './measure.ts';
import { isMeasureFile, nameOf, orderBy, ruleOfFile } from './rules.ts';
import { mergeLines } from './texts.ts';
import { type Clash, isMap, leavesOf, mergeValues, same } from './values.ts';

/** One file of content as two sides made it, and as it was before both; without text when it was not there. */
export interface ThreeTexts {
  /** Below the content folder, or longer: content/measures/1-1-2.yaml */
  path: string;
  base: string;
  ours: string;
  theirs: string;
}

export type Side = 'base' | 'ours' | 'theirs';

/** A side that cannot be read as YAML, and why, where that is told by a diagnostic. */
export class UnreadableSide extends Error {
  readonly side: Side;
  readonly diagnostic: Diagnostic | undefined;
  constructor(side: Side, diagnostic: Diagnostic | undefined) {
    super(`${side} is not readable`);
    this.side = side;
    this.diagnostic = diagnostic;
  }
}

/**
 * Both sides' changes in one text: that of ours, edited. Where they do not go together it has what ours has, and the
 * conflicts tell what theirs is; without a text before both, whatever differs is one. No mark is ever written. Throws
 * UnreadableSide. `path` is that of a file that ruleOfFile knows.
 */
export function merge(texts: ThreeTexts, fields: Fields = sheetFields): { text: string; conflicts: Conflict[] } {
  const { path, base, ours, theirs } = texts;
  const rule = ruleOfFile(path, fields);
  if (!rule) throw new Error(`no file of content: ${path}`);
  if (ours === theirs || base === theirs) return { text: ours, conflicts: [] };
  if (base === ours) return { text: theirs, conflicts: [] };
  const value = (side: Side) => read(texts, side);
  const three = { base: base.trim() === '' ? undefined : value('base'), ours: value('ours'), theirs: value('theirs') };
  const clashes: Clash[] = [];
  let merged: unknown;
  if (three.base === undefined) {
    const [here, there] = [leavesOf(rule, three.ours), leavesOf(rule, three.theirs)];
    for (const [key, leaf] of new Map([...here, ...there])) {
      const [left, right] = [here.get(key)?.value, there.get(key)?.value];
      if (!same(left, right)) clashes.push({ path: leaf.path, base: undefined, ours: left, theirs: right, why: 'new' });
    }
    merged = three.ours;
  } else merged = isMeasureFile(path) ? mergeMeasure(three, fields, clashes) : mergeValues(rule, three, clashes);

  const conflicts = clashes.map(({ path: at, ...clash }): Conflict => ({ ...nameOf(at, fields), ...clash }));
  const isRight = (text: string) => same(readable(path, text), merged);
  // Both texts as they are, where their lines go together: no comment is lost.
  const lines = clashes.length === 0 ? mergeLines(base, ours, theirs) : undefined;
  if (lines !== undefined && isRight(lines)) return { text: lines, conflicts };
  const changes = edits(three.ours, merged);
  if (changes.length === 0) return { text: ours, conflicts };
  const text = editYaml(ours, changes, orderBy(rule, merged));
  // Rather no merge than a wrong one.
  if (!isRight(text)) throw new Error(`${path}: what was written does not read as it was merged`);
  return { text, conflicts };
}

/** By key of the file. */
function edits(before: unknown, after: unknown): YamlEdit[] {
  const [was, now] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  return Object.keys({ ...was, ...now }).flatMap((key): YamlEdit[] => {
    if (!Object.hasOwn(now, key)) return [{ path: [key], remove: true }];
    return same(was[key], now[key]) ? [] : [{ path: [key], value: now[key] as Written }];
  });
}

function read({ path, ...texts }: ThreeTexts, side: Side): unknown {
  const { value, diagnostics } = parsed(path, texts[side]);
  const doubt = diagnostics.find(({ code }) => twice.has(code));
  if (!isMap(value) || doubt) throw new UnreadableSide(side, doubt ?? diagnostics[0]);
  return plain(value);
}

/** Of a key that stands there twice nobody knows which one counts. */
const twice: ReadonlySet<Diagnostic['code']> = new Set(['yaml-duplicate-key', 'yaml-pasted-twice']);

function readable(path: string, text: string): unknown {
  const { value, diagnostics } = parsed(path, text);
  return diagnostics.some(({ code }) => twice.has(code)) ? undefined : plain(value);
}

const parsed = (path: string, text: string) => parseYaml(path, text.replace(/^\ufeff+/, '').replaceAll('\r\n', '\n'));

/** A key without a value is as good as none; a text of spaces alone is read as one without any. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? '');
  if (!isMap(value)) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, plain(inner)]])),
  );
}

import {
  type AnnexCode,
  byFile,
  type Code,
  characterCodes,
  type Diagnostic,
  isError,
  type Splice,
} from '../../diagnostics/diagnostic.ts';
import type { ReadFiles } from '../readable.ts';
import { editionSchema, measureSchemas, organizationSchema, structureSchema } from '../schema.ts';
import { type NewFiles, withFiles } from '../source/new-files.ts';
import type { ContentSource } from '../source/source.ts';
import { valueAt, type YamlFile } from '../yaml/yaml-file.ts';
import { answers } from './answers.ts';
import { isSame, spliced, spliceList, type WrittenFile, writtenFile } from './written-file.ts';

/** A content as it has been checked, or would be with other texts. */
export interface Checked {
  diagnostics: readonly Diagnostic[];
  files: ReadFiles;
}
type Check = (source: ContentSource) => Checked;

interface Candidate {
  diagnostic: Diagnostic;
  splices: readonly Splice[];
}

/** One file that is looked into. */
interface Looked {
  path: string;
  yaml: YamlFile;
  before: readonly Diagnostic[];
}
interface Draft extends Looked {
  single: Candidate[];
  /** What can be mended in several ways, the same for all of these. */
  several: { diagnostics: Diagnostic[]; ways: Splice[][] };
}
/** Its candidates in halves that are tried, and what has stood the test. */
interface Trial extends Looked {
  open: Candidate[][];
  kept: Candidate[];
}

/** Of one file: more are no slips of an editor, and all of them would be checked twice. */
const mostOfFile = 2000;
/** Checks of the whole content that finding out what can be mended may take. */
const mostChecks = 24;

/**
 * Gives each diagnostic that has one right answer its `fix`: those of the table, of which all together are tried, in
 * memory, with `check`. One after which its line says something that has no form, or is still wrong, is none.
 */
export function markFixes(checked: Checked, source: ContentSource, check: Check): void {
  if (checked.diagnostics.length === 0) return;
  const found = byFile(checked.diagnostics);
  const keys = knownKeys(checked.files);
  const tried = (texts: NewFiles) => check(withFiles(source, texts));
  const drafts = [...checked.files].flatMap(([path, yaml]): Draft[] => {
    const before = (yaml && found.get(yaml.file)) ?? [];
    return yaml && before.length > 0 && before.length <= mostOfFile
      ? [{ path, yaml, before, ...candidatesOf(writtenFile(yaml, keys), before) }]
      : [];
  });
  choose(drafts, keys, tried);
  const trials = drafts.flatMap(({ path, yaml, before, single }): Trial[] =>
    single.length === 0 ? [] : [{ path, yaml, before, open: [single], kept: [] }],
  );
  for (let checks = 0; checks < mostChecks; checks += 1) {
    const round = trials.filter(({ open }) => open.length > 0);
    if (round.length === 0) break;
    const texts = new Map(
      round.map((trial) => [trial.path, textWith(trial.yaml, [...trial.kept, ...(trial.open[0] ?? [])])]),
    );
    const { diagnostics } = tried(texts);
    for (const trial of round) {
      const group = trial.open.shift() ?? [];
      const { without } = disjoint([...trial.kept, ...group]);
      const fits = group.filter((candidate) => !without.has(candidate));
      const after = diagnostics.filter(({ file }) => file === trial.yaml.file);
      if (isMended(trial, [...trial.kept, ...fits], after)) trial.kept.push(...fits);
      else if (group.length > 1) {
        const half = Math.ceil(group.length / 2);
        trial.open.push(group.slice(0, half), group.slice(half));
      }
    }
  }
  for (const { kept } of trials) for (const { diagnostic, splices } of kept) diagnostic.fix = { splices };
}

/** All keys that files of an edition may have. */
function knownKeys(files: ReadFiles): ReadonlySet<string> {
  const written = valueAt(files.get('edition.yaml')?.value, ['年度']);
  const years = Array.isArray(written) ? written.map(String) : [];
  const keys = new Set<string>();
  // biome-ignore lint/suspicious/noExplicitAny: zod's definitions are a union that has no common reader
  const add = ({ def }: any): void => {
    for (const [key, schema] of Object.entries(def.shape ?? {})) {
      keys.add(key);
      add(schema);
    }
    for (const schema of [def.element, def.valueType, def.innerType, ...(def.options ?? [])]) if (schema) add(schema);
  };
  const { regular, reprint } = measureSchemas({ years });
  for (const schema of [editionSchema, structureSchema, organizationSchema, regular, reprint]) add(schema);
  return keys;
}

function candidatesOf(file: WrittenFile, diagnostics: readonly Diagnostic[]) {
  const single: Candidate[] = [];
  const several: Draft['several'] = { diagnostics: [], ways: [] };
  for (const diagnostic of diagnostics) {
    // What reports it may know best.
    const { fix } = diagnostic;
    delete diagnostic.fix;
    if (fix && 'splices' in fix) single.push({ diagnostic, splices: fix.splices });
    else if (fix) diagnostic.fix = fix;
    else {
      const [from, to] = file.offsetsOf(diagnostic);
      const answer = answers[diagnostic.code as Exclude<Code, AnnexCode>]?.({ ...diagnostic, from, to }, file);
      if (answer === undefined) continue;
      if ('oneOf' in answer) {
        several.diagnostics.push(diagnostic);
        several.ways = answer.oneOf;
      } else single.push({ diagnostic, splices: answer });
    }
  }
  return { single, several };
}

/** Of several ways to mend the same places the one that makes most sense, if all those that do say the same. */
function choose(drafts: readonly Draft[], keys: ReadonlySet<string>, tried: (texts: NewFiles) => Checked): void {
  const found = new Map<Draft, { candidates: Candidate[]; left: number; value: string }[]>();
  for (let index = 0; ; index += 1) {
    const open = drafts.filter(({ several }) => index < several.ways.length);
    if (open.length === 0) break;
    const waysOf = ({ several }: Draft) => several.ways[index] ?? [];
    const { diagnostics, files } = tried(
      new Map(open.map((draft) => [draft.path, spliced(draft.yaml.text, waysOf(draft))])),
    );
    for (const draft of open) {
      const splices = waysOf(draft);
      const candidates = draft.several.diagnostics.map((diagnostic) => ({ diagnostic, splices }));
      const after = diagnostics.filter(({ file }) => file === draft.yaml.file);
      if (!isMended(draft, candidates, after)) continue;
      const value = files.get(draft.path)?.value;
      const left = after.reduce(
        (sum, { code }) => sum + weightOf(code),
        value === undefined ? unread : keysInTexts(value, keys),
      );
      found.set(draft, [...(found.get(draft) ?? []), { candidates, left, value: JSON.stringify(value) ?? '' }]);
    }
  }
  for (const [{ single }, ways] of found) {
    const least = Math.min(...ways.map(({ left }) => left));
    const best = ways.filter(({ left }) => left === least);
    // How far lines of a text are indented beside each other is no other meaning: the way that adds least is taken.
    if (new Set(best.map(({ value }) => value.replaceAll(/(\\n|") +/g, '$1'))).size > 1) continue;
    best.sort((a, b) => a.value.length - b.value.length);
    single.push(...(best[0]?.candidates ?? []));
  }
}

/** Lines of texts that look like keys with their values: they have gone in too far. */
function keysInTexts(value: unknown, keys: ReadonlySet<string>): number {
  if (typeof value === 'string')
    return value.split('\n').filter((line) => keys.has(/^ *([^\s:]+):(?: |$)/.exec(line)?.[1] ?? '')).length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + keysInTexts(inner, keys), 0);
}

/** The text with the splices of `candidates`, but for those that meet others. */
const textWith = (yaml: YamlFile, candidates: readonly Candidate[]) => spliced(yaml.text, disjoint(candidates).splices);

/** The splices of `candidates`, each once, and those candidates that would change what others change. */
function disjoint(candidates: readonly Candidate[]): { splices: Splice[]; without: Set<Candidate> } {
  const all = candidates.flatMap((candidate) => candidate.splices.map((splice) => ({ candidate, splice })));
  all.sort((a, b) => a.splice.from - b.splice.from || b.splice.to - a.splice.to);
  const without = new Set<Candidate>();
  let last: Splice | undefined;
  for (const { candidate, splice } of all)
    if (last && splice.from < last.to && !isSame(last, splice)) without.add(candidate);
    else last = splice;
  return {
    splices: spliceList(all.flatMap(({ candidate, splice }) => (without.has(candidate) ? [] : [splice]))),
    without,
  };
}

/** Codes that say that a line has not the form it should have. */
const isFormless = (code: Code): boolean =>
  code.startsWith('yaml-') ||
  ['wrong-type', 'unknown-key', 'misplaced-key', 'unknown-year', 'reprint-has-own', 'budget-form'].includes(code);

/** What cannot be parsed says less than anything else that is wrong, and hides what is. */
const unread = 1e6;
const weightOf = (code: Code): number => (code.startsWith('yaml-') ? 1000 : 1);

/** Whether what `candidates` mend is told no more, and nothing else is wrong with the form of their lines. */
function isMended({ yaml, before }: Looked, candidates: readonly Candidate[], after: readonly Diagnostic[]): boolean {
  // A wrong character hides that a name is none.
  const formed = candidates.filter(({ diagnostic }) => !characterCodes.has(diagnostic.code));
  const lines = new Set(formed.flatMap(({ splices }) => splices.map(({ from }) => yaml.positionAt(from).line)));
  const kind = ({ code, start }: Diagnostic) => `${code} ${start.line}`;
  const [were, are] = [before, after].map((all) => counted(all.map(kind)));
  const mended = counted(candidates.map(({ diagnostic }) => kind(diagnostic)));
  for (const [name, count] of mended) if ((are?.get(name) ?? 0) > (were?.get(name) ?? 0) - count) return false;
  const whole = 'value' in yaml;
  return !after.some(
    (diagnostic) =>
      isError(diagnostic) &&
      isFormless(diagnostic.code) &&
      (lines.has(diagnostic.start.line) || (whole && diagnostic.code.startsWith('yaml-'))) &&
      (are?.get(kind(diagnostic)) ?? 0) > (were?.get(kind(diagnostic)) ?? 0),
  );
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

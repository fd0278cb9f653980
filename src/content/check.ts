import {
  atStart,
  type Code,
  characterCodes,
  type Diagnostic,
  inOrder,
  isError,
  type Position,
} from '../diagnostics/diagnostic.ts';
import { type Edition, partNames } from '../model/edition.ts';
import { sheetFields } from '../model/fields.ts';
import { editionOf } from './edition-of.ts';
import { markFixes } from './fix/mark.ts';
import { nameLists, splitJoinedNames } from './joined-names.ts';
import { checkLegends, checkSigns } from './legends.ts';
import { lookOf } from './look-alike.ts';
import { measureNames } from './measure-names.ts';
import { organizationOf } from './organization.ts';
import { checkAmounts, checkMentions } from './plausible.ts';
import { type ReadableEdition, readableEdition } from './readable.ts';
import { gatherRenamed } from './renamed.ts';
import {
  checkEdition,
  checkMeasure,
  checkNumbers,
  checkOrganization,
  checkReprints,
  checkStructure,
  type MeasurePart,
} from './rules.ts';
import {
  type EditionFile,
  editionSchema,
  measureSchemas,
  organizationSchema,
  type RegularFile,
  type ReprintFile,
  type StructureFile,
  structureSchema,
} from './schema.ts';
import { measureKeys, shaped } from './shape.ts';
import { type ContentSource, unreadableFolder } from './source/source.ts';
import { readText } from './source/text-file.ts';
import { unfinishedFile, unfinishedOf } from './unfinished.ts';
import { ParsedFiles } from './yaml/parsed-files.ts';
import { countBelow } from './yaml/positions.ts';
import { type Path, type Place, placeOf, valueAt, type YamlFile } from './yaml/yaml-file.ts';

/** A PDF that the edition names and that is there, to be read by those who merge it. */
export interface NamedAnnex {
  /** Below the content folder. */
  path: string;
  alternative: string | undefined;
  /** Where edition.yaml names it. */
  place: Place;
  /** Bytes; read() may throw what the file system throws. */
  size: number;
  read(): Uint8Array;
}

export interface CheckedContent {
  /** Absent when there is an error. */
  edition?: Edition;
  /** What can be read in spite of errors; without any, the same edition. */
  readable(): ReadableEdition;
  /** All of them, in no order. */
  diagnostics: Diagnostic[];
  /** Not yet looked into: that takes a reader of PDF. */
  annexes: NamedAnnex[];
  /** Where `word` stands in the value at `path` of a file below the content folder; or the nearest that is there. */
  locate(file: string, path: Path, word: string): Place;
  /** Whether a file below the content folder has the keys of `path`. */
  holds(file: string, path: Path): boolean;
  /** The text of a file that diagnostics name. */
  sources(file: string): string | undefined;
  /** The files that were read, by path below the content folder; undefined for what is no text. */
  files: ReadonlyMap<string, YamlFile | undefined>;
}

type Wholes = [EditionFile, StructureFile, Map<string, RegularFile | ReprintFile>];

export const largestContent = 16 * 1024 ** 2;

/** How often what is read without a mistake is told while the rest is being read. */
const tellings = 6;
/** Measures that are worth telling. */
const fewest = 20;

/** Who begins with what is read before all of it is. */
export interface Onlookers {
  /** Told the annexes, before the rest is read. */
  annexes?: (annexes: NamedAnnex[]) => void;
  /** Told what is read so far, as long as there is no mistake: an edition with some of the measures, as it will be or nearly so. */
  edition?: (edition: Edition) => void;
}

/**
 * Reads and checks a whole edition: every mistake of every file in one run, and of each the fix if there is one right
 * answer. Never throws for bad content.
 */
export function checkContent(source: ContentSource, parsed = new ParsedFiles(), tell: Onlookers = {}): CheckedContent {
  const checked = checkOnce(source, parsed, tell);
  markFixes(checked, source, (changed) => checkOnce(changed, parsed.copy()));
  return checked;
}

function checkOnce(source: ContentSource, parsed: ParsedFiles, tell: Onlookers = {}): CheckedContent {
  const texts = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const yamls: YamlFile[] = [];
  const loaded = new Map<string, YamlFile | undefined>();
  let total = 0;
  const load = (path: string): YamlFile | undefined => {
    loaded.set(path, undefined);
    if (total > largestContent) return undefined;
    const { file, text, diagnostics: found } = readText(source, path);
    diagnostics.push(...found);
    if (text === undefined) return undefined;
    total += text.length;
    if (total > largestContent) {
      const expected = `${largestContent / 1024 ** 2} MB`;
      diagnostics.push({ code: 'content-too-large', severity: 'error', file, ...atStart, expected });
      return undefined;
    }
    texts.set(file, text);
    const yaml = parsed.parse(path, file, text);
    yamls.push(yaml);
    loaded.set(path, yaml);
    return yaml;
  };

  const editionYaml = load('edition.yaml');
  if (readable(editionYaml)) splitJoinedNames(editionYaml, nameLists.edition(), new Set(partNames));
  const edition = readable(editionYaml) ? shaped(editionYaml, editionSchema) : {};
  if (editionYaml) checkEdition(editionYaml, edition, source);
  if (editionYaml) checkLegends(editionYaml, edition);
  const annexes = editionYaml ? namedAnnexes(editionYaml, edition.構成 ?? [], source) : [];
  tell.annexes?.(annexes);
  const structureYaml = load('structure.yaml');
  const structure = readable(structureYaml) ? shaped(structureYaml, structureSchema) : {};
  if (structureYaml) checkStructure(structureYaml, structure);
  const organizationYaml = load('organization.yaml');
  if (readable(organizationYaml))
    splitJoinedNames(organizationYaml, nameLists.organization(organizationYaml.value), new Set());
  const organizationFile = readable(organizationYaml) ? shaped(organizationYaml, organizationSchema) : {};
  if (organizationYaml) checkOrganization(organizationYaml, organizationFile);
  const organization = organizationFile['局・部'] && organizationOf(organizationFile['局・部']);

  const unfinished = unfinishedOf(source);
  if (unfinished !== undefined)
    diagnostics.push({
      ...{ code: 'write-unfinished', severity: 'error', file: `${source.root}/${unfinishedFile}`, ...atStart },
      ...(unfinished === 'broken' ? {} : { actual: unfinished.command }),
    });
  const given = new Set([
    ...(organization?.departments ?? []),
    ...(organization?.sections ?? []),
    ...(edition.関連計画 ?? []),
  ]);
  for (const name of ['measures', 'annexes']) {
    const unreadable = unreadableFolder(source, name);
    if (unreadable !== undefined)
      diagnostics.push({
        code: 'file-unreadable',
        severity: 'error',
        file: `${source.root}/${name}`,
        ...atStart,
        subject: `${name} フォルダ`,
        actual: unreadable,
      });
  }

  const keys = measureKeys(sheetFields);
  const schemas = measureSchemas({ years: edition.年度, plans: edition.関連計画 });
  const files = new Map<string, YamlFile>();
  const measures = new Map<string, MeasurePart>();
  const names = new Set(measureNames(source, diagnostics));
  const step = Math.max(fewest, Math.ceil(names.size / tellings));
  const tellEdition = () => {
    if (
      !tell.edition ||
      measures.size % step !== 0 ||
      diagnostics.length > 0 ||
      yamls.some((yaml) => yaml.diagnostics.length > 0)
    )
      return;
    tell.edition(editionOf(...([edition, structure, measures] as Wholes)));
  };
  for (const id of names) {
    const yaml = load(`measures/${id}.yaml`);
    if (!yaml) continue;
    files.set(id, yaml);
    if (!readable(yaml)) continue;
    splitJoinedNames(yaml, nameLists.measure(), given);
    const isReprint = Object.keys(Object(yaml.value)).some((key) => lookOf(key) === '再掲');
    const measure: MeasurePart = isReprint ? shaped(yaml, schemas.reprint, keys) : shaped(yaml, schemas.regular, keys);
    measures.set(id, measure);
    checkMeasure(yaml, measure, id, organization);
    checkAmounts(yaml);
    if (structure.大項目) checkMentions(yaml, names, new Set(structure.大項目.map(({ 番号 }) => 番号)));
    tellEdition();
  }
  if (structureYaml?.diagnostics.length === 0 && unreadableFolder(source, 'measures') === undefined)
    checkNumbers(names, files, structure, structureYaml);
  checkReprints(files, measures, names);
  if (editionYaml) checkSigns(editionYaml, edition, measures.values());
  const homes = { edition: editionYaml, structure: structureYaml, organization: organizationYaml };
  gatherRenamed({ files, measures, ...homes, entries: organizationFile['局・部'], known: organization });

  for (const yaml of yamls) diagnostics.push(...withoutFollowers(yaml.diagnostics));
  const failed = diagnostics.some(isError);
  // Without an error every part is a whole.
  const wholes = [edition, structure, measures] as Wholes;
  const byFile = new Map(yamls.map((yaml) => [yaml.file, yaml]));
  return {
    ...(failed ? {} : { edition: editionOf(...wholes) }),
    readable: () => readableEdition(loaded),
    diagnostics,
    annexes,
    locate: (path, keys, word) => {
      const file = `${source.root}/${path}`;
      const yaml = byFile.get(file);
      return yaml ? placeOf(yaml, keys, word) : { file, ...atStart };
    },
    holds: (path, keys) => valueAt(byFile.get(`${source.root}/${path}`)?.value, keys) !== undefined,
    sources: (file) => texts.get(file),
    files: loaded,
  };
}

function namedAnnexes(yaml: YamlFile, parts: EditionFile['構成'], source: ContentSource): NamedAnnex[] {
  return parts.flatMap((part, index) => {
    if (typeof part === 'string') return [];
    const entry = source.entries.get(part.別冊);
    if (entry?.kind !== 'file') return [];
    const { read, size } = entry;
    const place = placeOf(yaml, ['構成', index, '別冊']);
    return [{ path: part.別冊, alternative: part.代替テキスト, place, size: size?.() ?? 0, read }];
  });
}

/** Of a value, or a key, that is not one of those known. */
const unknown: ReadonlySet<Code> = new Set([
  ...(['unknown-mark', 'unknown-value', 'unknown-section', 'unknown-department', 'unknown-plan'] as const),
  ...(['unknown-year', 'unknown-part', 'unknown-key', 'not-a-number', 'not-a-date', 'not-an-amount'] as const),
  ...(['number-differs-from-file', 'reprint-unknown', 'annex-missing'] as const),
]);

/**
 * A wrong character, or a key that is none, is reported once: not again as a name or a sign that nobody knows; in a key
 * that looks like one that is known, as that alone.
 */
function withoutFollowers(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const isCause = (diagnostic: Diagnostic) =>
    (characterCodes.has(diagnostic.code) && isError(diagnostic)) || diagnostic.code === 'empty-value';
  const causes = diagnostics.filter(isCause).map(({ start }) => order(start));
  if (causes.length === 0) return [...diagnostics];
  causes.sort((a, b) => a - b);
  const keys = inOrder(diagnostics.filter(({ code }) => code === 'look-alike-key'));
  const starts = keys.map(({ start }) => order(start));
  return diagnostics.filter(({ code, start, end }) => {
    if (characterCodes.has(code)) {
      const key = keys[countBelow(starts, order(start) + 1) - 1];
      return key === undefined || order(key.end) <= order(start);
    }
    if (!unknown.has(code)) return true;
    const first = causes[countBelow(causes, order(start))];
    return first === undefined || first >= order(end);
  });
}

/** A line has fewer columns than a file may have bytes. */
const order = ({ line, column }: Position) => line * 2 ** 20 + column;

/** A file whose syntax is right. */
const readable = (yaml: YamlFile | undefined): yaml is YamlFile => yaml !== undefined && 'value' in yaml;

import { atStart, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Edition } from '../model/edition.ts';
import { sheetFields } from '../model/fields.ts';
import { editionOf } from './edition-of.ts';
import { organizationOf } from './organization.ts';
import { type ReadableEdition, readableEdition } from './readable.ts';
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
import { ParsedFiles } from './yaml/parsed-files.ts';
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
}

/** Reads and checks a whole edition: every mistake of every file in one run. Never throws for bad content. */
export function checkContent(source: ContentSource, parsed = new ParsedFiles()): CheckedContent {
  const texts = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const yamls: YamlFile[] = [];
  const loaded = new Map<string, YamlFile | undefined>();
  const load = (path: string): YamlFile | undefined => {
    const { file, text, diagnostics: found } = readText(source, path);
    diagnostics.push(...found);
    loaded.set(path, undefined);
    if (text === undefined) return undefined;
    texts.set(file, text);
    const yaml = parsed.parse(path, file, text);
    yamls.push(yaml);
    loaded.set(path, yaml);
    return yaml;
  };

  const editionYaml = load('edition.yaml');
  const edition = readable(editionYaml) ? shaped(editionYaml, editionSchema) : {};
  if (editionYaml) checkEdition(editionYaml, edition, source);
  const structureYaml = load('structure.yaml');
  const structure = readable(structureYaml) ? shaped(structureYaml, structureSchema) : {};
  if (structureYaml) checkStructure(structureYaml, structure);
  const organizationYaml = load('organization.yaml');
  const organizationFile = readable(organizationYaml) ? shaped(organizationYaml, organizationSchema) : {};
  if (organizationYaml) checkOrganization(organizationYaml, organizationFile);
  const organization = organizationFile['局・部'] && organizationOf(organizationFile['局・部']);

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
  for (const id of names) {
    const yaml = load(`measures/${id}.yaml`);
    if (!yaml) continue;
    files.set(id, yaml);
    if (!readable(yaml)) continue;
    const isReprint = typeof yaml.value === 'object' && yaml.value !== null && '再掲' in yaml.value;
    const measure: MeasurePart = isReprint ? shaped(yaml, schemas.reprint, keys) : shaped(yaml, schemas.regular, keys);
    measures.set(id, measure);
    checkMeasure(yaml, measure, id, organization);
  }
  if (structureYaml?.diagnostics.length === 0 && unreadableFolder(source, 'measures') === undefined)
    checkNumbers(names, files, structure, structureYaml);
  checkReprints(files, measures, names);

  for (const yaml of yamls) diagnostics.push(...withoutFollowers(yaml.diagnostics));
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  // Without an error every part is a whole.
  const wholes = [edition, structure, measures] as [EditionFile, StructureFile, Map<string, RegularFile | ReprintFile>];
  const byFile = new Map(yamls.map((yaml) => [yaml.file, yaml]));
  return {
    ...(failed ? {} : { edition: editionOf(...wholes) }),
    readable: () => readableEdition(loaded),
    diagnostics,
    annexes: editionYaml ? namedAnnexes(editionYaml, edition.構成 ?? [], source) : [],
    locate: (path, keys, word) => {
      const file = `${source.root}/${path}`;
      const yaml = byFile.get(file);
      return yaml ? placeOf(yaml, keys, word) : { file, ...atStart };
    },
    holds: (path, keys) => valueAt(byFile.get(`${source.root}/${path}`)?.value, keys) !== undefined,
    sources: (file) => texts.get(file),
  };
}

function namedAnnexes(yaml: YamlFile, parts: EditionFile['構成'], source: ContentSource): NamedAnnex[] {
  return parts.flatMap((part, index) => {
    const entry = typeof part === 'string' ? undefined : source.entries.get(part.別冊);
    if (typeof part === 'string' || entry?.kind !== 'file') return [];
    const { read, size } = entry;
    const place = placeOf(yaml, ['構成', index, '別冊']);
    return [{ path: part.別冊, alternative: part.代替テキスト, place, size: size?.() ?? 0, read }];
  });
}

/** A wrong sign is told once: not as a look-alike and again as an unknown 項目. */
function withoutFollowers(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const signs = diagnostics.filter(({ code }) => code === 'ideographic-zero' || code === 'hyphen-for-dash');
  const told = ({ start }: Diagnostic) =>
    signs.some((sign) => sign.start.line === start.line && sign.start.column === start.column);
  return diagnostics.filter((diagnostic) => diagnostic.code !== 'unknown-mark' || !told(diagnostic));
}

/** A file whose syntax is right. */
const readable = (yaml: YamlFile | undefined): yaml is YamlFile => yaml !== undefined && 'value' in yaml;

/** The names of measures/*.yaml without ending; what else lies there is reported. */
function measureNames(source: ContentSource, diagnostics: Diagnostic[]): string[] {
  const names: string[] = [];
  const folder = source.entries.get('measures');
  if (folder?.kind !== 'folder') {
    const what = folder ? { code: 'not-a-folder' as const } : { code: 'file-missing' as const, subject: 'measures' };
    diagnostics.push({ severity: 'error', file: `${source.root}/measures`, ...atStart, ...what });
  }
  for (const path of source.entries.keys()) {
    if (!path.startsWith('measures/')) continue;
    const name = path.slice('measures/'.length);
    // Hidden files, backups of editors and files that are being written.
    if (/^[.~#]|[~#]$|\.(tmp|bak|swp|orig)$/i.test(name)) continue;
    const place = { file: `${source.root}/${path}`, ...atStart, actual: name };
    if (name.endsWith('.yaml')) names.push(name.slice(0, -'.yaml'.length));
    else if (/\.(ya?ml|yaml\.txt)$/i.test(name))
      diagnostics.push({
        code: 'wrong-extension',
        severity: 'error',
        ...place,
        expected: name.replace(/\.(ya?ml|yaml\.txt)$/i, '.yaml'),
      });
    else diagnostics.push({ code: 'unexpected-file', severity: 'warning', ...place });
  }
  return names.sort();
}

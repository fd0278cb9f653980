import { Marker, tagged } from './content/marking.ts';
import type { Usage } from './content/usage.ts';
import { mendFonts } from './fonts/fonts.ts';
import { type Link, readLinks } from './links.ts';
import {
  type AnnexBookmark,
  type Destination,
  Destinations,
  type Layers,
  type PageLabel,
  readBookmarks,
  readLabels,
  readLayers,
} from './navigation.ts';
import { Colours, type Spot } from './objects/colours.ts';
import { catalogProblems, colourProblems, outputProfile } from './objects/conformance.ts';
import { mendObjects, type Root, type Walk } from './objects/mend.ts';
import { damageOf, type OpenedAnnex, openAnnex, type PageSize, shownSize, unitOf } from './open.ts';
import { DamagedAnnex, Findings, type Problem, pageList } from './problem.ts';
import { type Box, decoded, languageOf, raw, type SourceFile, type SourcePage, value } from './source/file.ts';
import { Nesting } from './source/nesting.ts';
import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  PDFInvalidObject,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from './source/pdf.ts';
import { readableStructure } from './tags/coverage.ts';
import { bareFigures, mendStructure } from './tags/mend-structure.ts';
import { elementsOf, pageOfElement, type Structure } from './tags/structure.ts';

/** A PDF that is ready to become a part of the edition: its objects are mended in `context`. */
export interface Annex {
  context: PDFContext;
  pages: AnnexPage[];
  /** Content of form XObjects that had to be changed, by reference. */
  forms: ReadonlyMap<string, Uint8Array>;
  /** Absent when the annex is one figure with `alternative` (ISO 14289-1, 7.3). */
  structure?: Structure;
  /** 代替テキスト: of the whole, or of the figures that have none. */
  alternative: string | undefined;
  /** Lang of the whole. */
  language: string | undefined;
  links: Link[];
  bookmarks: AnnexBookmark[];
  named: ReadonlyMap<string, Destination>;
  labels: PageLabel[];
  layers: Layers;
  /** What stands for the common profile of CMYK that has none; absent where it is not used. */
  commonProfile: PDFRef | undefined;
  /** All its Separations. */
  /** Of all that show text. */
  fonts: Usage['fonts'];
  spots: ReadonlyMap<PDFArray, Spot>;
}
export interface AnnexPage extends PageSize {
  media: Box;
  crop: Box;
  rotation: number;
  unit: number;
  resources: PDFDict | undefined;
  /** As it was, or what it had to be changed to. */
  content: { original: PDFObject | undefined } | { changed: Uint8Array };
  group: PDFObject | undefined;
}

/** What became of an annex. */
export type Reading = { annex?: Annex } & Pick<Findings, 'problems' | 'mends'>;

/** Reads an annex and makes it right; what cannot be made right is an error among the problems. Never throws for a bad file. */
export const readAnnex = async (bytes: Uint8Array, alternative: string | undefined): Promise<Reading> =>
  readOpened(openAnnex(bytes), alternative);

/** The same of one that is opened already. */
export async function readOpened(opened: OpenedAnnex, alternative: string | undefined): Promise<Reading> {
  try {
    return 'problem' in opened ? refused(opened.problem) : await prepared(opened.file, opened.pages, alternative);
  } catch (error) {
    return refused(damageOf(error));
  }
}

const refused = (problem: Problem): Reading => ({ problems: [problem], mends: new Map() });

async function prepared(file: SourceFile, pages: SourcePage[], alternative: string | undefined): Promise<Reading> {
  const { catalog, context } = file;
  const findings = new Findings();
  const structure = readableStructure(file, pages, { alternative, findings, contentOf });
  const profile = outputProfile(catalog);
  const marker = new Marker(structure?.known ?? new Map(), findings);
  const nesting = new Nesting();
  const colours = new Colours(context, profile, marker.usage, findings);
  const walk: Walk = { context, marker, colours, findings, seen: new Set() };
  const each = <Result>(prepare: (page: SourcePage, index: number) => Result) =>
    pages.map((page, index) => {
      try {
        return prepare(page, index);
      } catch (error) {
        if (error instanceof DamagedAnnex) error.message = `${index + 1}ページ: ${error.message}`;
        throw error;
      }
    });
  const prepared = each((page, index) => preparedPage(page, index, { structure, marker, nesting, findings }));
  each(({ dict }, index) => {
    const { resources, group, content } = prepared[index] as AnnexPage;
    marker.enter(resources);
    const own: Root[] = [{ object: raw(dict, 'Contents'), kind: 'data' }];
    const roots: Root[] = [
      { object: resources, kind: 'resources' },
      { object: group, kind: 'group' },
    ];
    mendObjects('original' in content ? [...own, ...roots] : roots, walk, index, resources ?? context.obj({}));
  });
  const destinations = new Destinations(file, pages);
  const { links, problems: dropped } = readLinks(pages, destinations);
  findings.report(...dropped, ...catalogProblems(catalog, dropped));
  const layers = readLayers(file);
  mendObjects(restOf(links, structure, layers, profile), walk, 0, context.obj({}));
  colours.finish();
  if (structure) {
    mendStructure(structure, { context, links, forms: marker.owners, findings });
    const bare = bareFigures(structure.kids);
    if (bare.length > 0 && alternative === undefined)
      findings.report({
        code: 'annex-figure-without-text',
        severity: 'error',
        actual: `${pageList(bare.map(pageOfElement))}ページ`,
      });
  }
  await mendFonts(marker.usage.fonts, { spoken: !structure, findings });
  findings.report(...colourProblems(marker.usage, profile !== undefined));
  const { smoothed } = findings;
  if (smoothed.size > 0)
    findings.report({ code: 'annex-smoothing', severity: 'warning', actual: `${pageList(smoothed)}ページ` });
  return {
    annex: {
      context,
      pages: prepared,
      forms: marker.forms,
      ...(structure ? { structure } : {}),
      alternative,
      language: languageOf(catalog),
      links,
      bookmarks: readBookmarks(file, destinations),
      named: destinations.named,
      labels: readLabels(file, pages.length),
      layers,
      commonProfile: colours.commonProfile,
      spots: colours.spots,
      fonts: marker.usage.fonts,
    },
    problems: findings.problems,
    mends: findings.mends,
  };
}

/** What is copied besides what the pages draw: looks of links, attributes, layers, forms that tags name. */
function restOf(
  links: readonly Link[],
  structure: Structure | undefined,
  { groups }: Layers,
  profile: PDFRef | undefined,
): Root[] {
  const attributes = [...elementsOf(structure?.kids ?? [])].map(({ element }) => raw(element.dict, 'A'));
  const looks = links.flatMap(({ appearance }) => appearance.map(([, object]) => object));
  const forms = [...(structure?.known.keys() ?? [])].flatMap((key) => {
    const [number, generation] = /^(\d+) (\d+) R$/.exec(key)?.slice(1).map(Number) ?? [];
    return number === undefined ? [] : [PDFRef.of(number, generation)];
  });
  return [
    ...forms.map((object): Root => ({ object, kind: 'form' })),
    ...groups.map((object): Root => ({ object, kind: 'property' })),
    { object: profile, kind: 'profile' },
    ...[...looks, ...attributes, structure?.classes].map((object): Root => ({ object, kind: 'plain' })),
  ];
}

/** What the pages of an annex share while they are prepared. */
interface Preparation {
  structure: Structure | undefined;
  marker: Marker;
  nesting: Nesting;
  findings: Findings;
}

function preparedPage(
  page: SourcePage,
  index: number,
  { structure, marker, nesting, findings }: Preparation,
): AnnexPage {
  const { dict, resources = dict.context.obj({}), media, crop, rotation } = page;
  const content = contentOf(dict);
  if (nesting.paintsItself(resources))
    findings.report({
      code: 'annex-forbidden',
      severity: 'error',
      actual: `${index + 1}ページの、自分自身を描く図形`,
    });
  const changed = marker.markPage(
    content,
    resources,
    structure ? tagged(structure.known.get(String(index))) : { kind: 'plain' },
    index,
  );
  if (structure && changed) findings.mended('content-marks', index);
  const size = shownSize(page);
  if ([size.width, size.height].some((length) => !(length >= 3 && length <= 14400)))
    findings.report({
      code: 'annex-forbidden',
      severity: 'error',
      actual: `${index + 1}ページの大きさ`,
      expected: '3〜14,400ポイント',
    });
  const figure = structure
    ? undefined
    : Buffer.concat([Buffer.from('/Figure <</MCID 0>> BDC\n'), changed ?? content, Buffer.from('\nEMC')]);
  const final = figure ?? changed;
  return {
    ...size,
    media: [media[2] - media[0], media[3] - media[1]].every((length) => length <= 14400) ? media : crop,
    crop,
    rotation,
    unit: unitOf(page),
    resources,
    content: final ? { changed: final } : { original: raw(dict, 'Contents') },
    group: raw(dict, 'Group'),
  };
}

/**
 * A page's content, its streams joined; what is none of them is left out of the page too, as viewers do. Throws
 * DamagedAnnex.
 */
function contentOf(dict: PDFDict): Uint8Array {
  const contents = value(dict, 'Contents');
  const written = contents instanceof PDFArray ? contents.asArray() : [raw(dict, 'Contents')];
  const parts: { object: PDFObject; data: Uint8Array }[] = [];
  for (const object of written) {
    const stream = dict.context.lookup(object);
    if (stream instanceof PDFInvalidObject) throw new DamagedAnnex('中身が壊れています');
    if (object && stream instanceof PDFRawStream) parts.push({ object, data: decoded(stream) });
  }
  if (parts.length < written.length) dict.set(PDFName.Contents, dict.context.obj(parts.map(({ object }) => object)));
  const [first, ...rest] = parts;
  if (first && rest.length === 0) return first.data;
  return Buffer.concat(parts.flatMap(({ data }) => [data, Buffer.from('\n')]));
}

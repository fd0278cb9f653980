import { type Annex, type Reading, readAnnex } from '../annex.ts';
import { damageOf } from '../open.ts';
import { type Problem, pageList } from '../problem.ts';
import { decoded, dictOf, forgetData, itemsOf, raw, value } from '../source/file.ts';
import { PDFRawStream } from '../source/pdf.ts';
import { proveFonts } from './fonts.ts';
import { ObjectProof } from './objects.ts';
import { Breaches, rules } from './rules.ts';
import { proveStructure } from './structure.ts';

/**
 * Reads an annex, and looks at it again with other eyes: whether what will be written of it keeps the rules of ISO 19005-3
 * and ISO 14289-1 that an annex can break. What slipped through the mending becomes an error, not a document.
 */
export async function readProven(bytes: Uint8Array, alternative: string | undefined): Promise<Reading> {
  return proven(await readAnnex(bytes, alternative));
}

/** A reading with what of it keeps the rules no more. */
export function proven(reading: Reading): Reading {
  const { annex, problems } = reading;
  const isProven = annex && !problems.some(({ severity }) => severity === 'error');
  const breaches = isProven ? prove(annex) : [];
  if (annex) forgetData(annex.context);
  return { ...reading, problems: [...problems, ...breaches] };
}

/** The rules that an annex breaks, each with its pages and what of them. */
export function prove(annex: Annex): Problem[] {
  try {
    return [...breachesOf(annex).found].map(([rule, { pages, names }]) => {
      const [clause, what] = rules[rule];
      const where = [...(pages.size > 0 ? [`${pageList(pages)}ページ`] : []), ...[...names].sort().slice(0, 5)];
      return { code: 'annex-nonconforming', severity: 'error', actual: [what, ...where].join('、'), expected: clause };
    });
  } catch (error) {
    return [damageOf(error)];
  }
}

function breachesOf(annex: Annex): Breaches {
  const breaches = new Breaches();
  const objects = new ObjectProof(annex, breaches);
  for (const [index, page] of annex.pages.entries()) {
    for (const [left, bottom, right, top] of [page.media, page.crop])
      if ([right - left, top - bottom].some((length) => !(length >= 3 && length <= 14400)))
        breaches.add('page-size', index);
    objects.page(contentOf(page.content, annex), page.resources, index);
    objects.follow(page.resources, index);
    objects.follow(page.group, index);
    const spaces = dictOf(value(page.resources, 'ColorSpace'));
    const hasPress = value(spaces, 'DefaultCMYK') !== undefined;
    objects.use(page.group, 'group', { page: index, ofPage: page.resources, hasPress });
  }
  for (const { page, appearance } of annex.links) for (const [, look] of appearance) objects.follow(look, page);
  objects.follow(annex.structure?.classes, 0);
  for (const group of annex.layers.groups) objects.follow(group, 0);
  proveFonts(annex.fonts, breaches);
  proveStructure(annex, breaches, (dict) => objects.attributes(raw(dict, 'A')));
  return breaches;
}

function contentOf(content: Annex['pages'][number]['content'], { context }: Annex): Uint8Array {
  if ('changed' in content) return content.changed;
  const found = context.lookup(content.original);
  const parts = (found instanceof PDFRawStream ? [found] : itemsOf(found)).filter(
    (part) => part instanceof PDFRawStream,
  );
  const [first, ...rest] = parts;
  if (first && rest.length === 0) return decoded(first);
  return Buffer.concat(parts.flatMap((part) => [decoded(part), Buffer.from('\n')]));
}

import { createHash } from 'node:crypto';
import type { Edition } from '../model/edition.ts';
import { toolVersion } from '../package.ts';
import type { Selection } from '../render/data.ts';

/** Of what and by what a PDF was made; kept in its XMP, so that `verify` can tell. Absent entries are not written. */
export interface Provenance {
  /** 計画名 */
  plan: string;
  /** 書名 */
  title: string;
  /** 改定 */
  revised: string;
  /** 構成 of a whole edition, or 個票 / A4個票 */
  parts: string;
  /** Numbers of the measures, where the PDF holds sheets only. */
  measures?: string;
  /** See commitOf. */
  commit?: string;
  /** SHA-256 of the edition as `export json` writes it, the very file that a whole edition carries. */
  content: string;
  /** SHA-256 of the annexes, where a whole edition has any. */
  annexes?: string;
  /** SHA-256 of the fonts. */
  fonts: string;
  /** Name and version of this tool. */
  tool: string;
}

export interface Made {
  edition: Edition;
  /** The edition as text */
  json: string;
  selection: Selection;
  /** SHA-256 */
  fonts: string;
  commit?: string | undefined;
  /** SHA-256 */
  annexes?: string | undefined;
}

/** What a PDF says of itself. */
export function provenanceOf({ edition, json, selection, fonts, commit, annexes }: Made): Provenance {
  const parts = edition.parts.map((part) => (typeof part === 'string' ? part : part.title));
  return {
    plan: edition.planName,
    title: edition.title,
    revised: edition.revised,
    parts: selection.whole ? parts.join('、') : selection.part,
    ...(selection.whole ? {} : { measures: [...selection.ids].join(' ') }),
    ...(commit === undefined ? {} : { commit }),
    content: digest(json),
    ...(annexes === undefined || !selection.whole ? {} : { annexes }),
    fonts,
    tool: toolVersion(),
  };
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const provenanceNamespace = 'urn:shisakushu:provenance:1:';

/** The properties with what PDF/A wants to be told of each (ISO 19005-3, 6.6.2.3). */
export const provenanceProperties: Record<keyof Provenance, string> = {
  plan: 'Name of the plan that the document belongs to',
  title: 'Title of the edition',
  revised: 'Date of the revision, as printed',
  parts: 'Parts of the edition that the document holds',
  measures: 'Numbers of the measures that the document holds, if not all of the edition',
  commit: 'Git commit that last changed the content',
  content: 'SHA-256 of the edition as JSON',
  annexes: 'SHA-256 of the annexes',
  fonts: 'SHA-256 of the font files',
  tool: 'Name and version of the program that made the document',
};
const optional: ReadonlySet<string> = new Set(['measures', 'commit', 'annexes']);
const names = Object.keys(provenanceProperties) as (keyof Provenance)[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const signs = new Map(Object.entries(entities).map(([sign, entity]) => [entity, sign]));

/** A text as XML has it. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '');

/** As an XMP description. */
export function provenanceDescription(provenance: Provenance): string {
  const entry = (name: keyof Provenance) => {
    const value = provenance[name];
    return value === undefined ? '' : `<shisakushu:${name}>${escaped(value)}</shisakushu:${name}>`;
  };
  return (
    `<rdf:Description rdf:about="" xmlns:shisakushu="${provenanceNamespace}">` +
    `${names.map(entry).join('')}</rdf:Description>`
  );
}

/** What an XMP packet tells, as long as nothing that is always written is missing. */
export function readProvenance(packet: string): Provenance | undefined {
  const entries = names.flatMap((name) => {
    const value = new RegExp(`<shisakushu:${name}>([^<]*)</shisakushu:${name}>`).exec(packet)?.[1];
    return value === undefined ? [] : [[name, value.replaceAll(/&\w+;/g, (entity) => signs.get(entity) ?? entity)]];
  });
  const found = Object.fromEntries(entries) as Partial<Provenance>;
  const whole = names.every((name) => optional.has(name) || found[name] !== undefined);
  return whole ? (found as Provenance) : undefined;
}

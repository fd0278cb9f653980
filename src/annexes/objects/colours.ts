import { createHash } from 'node:crypto';
import type { Usage } from '../content/usage.ts';
import { DamagedAnnex, type Findings } from '../problem.ts';
import { decoded, dictOf, itemsOf, nameOf, numberOf, value } from '../source/file.ts';
import { unicodeName } from '../source/limits.ts';
import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from '../source/pdf.ts';
import { spotOf } from './spots.ts';

/** A Separation: its colorant, and what its alternate and tint transform are, to be compared. */
export interface Spot {
  name: string;
  digest: string;
  /** In the Colorants of a DeviceN. */
  listed: boolean;
}

const ofDevices: Record<number, string> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };
const channels: Record<string, number> = {
  DeviceGray: 1,
  CalGray: 1,
  Indexed: 1,
  Separation: 1,
  DeviceRGB: 3,
  CalRGB: 3,
  Lab: 3,
  DeviceCMYK: 4,
};
const ofProfiles: Record<string, number> = { GRAY: 1, 'RGB ': 3, 'Lab ': 3, CMYK: 4 };
/** Colorants of CMYK, which no Colorants have to name; None paints nothing. */
const processes = new Set(['Cyan', 'Magenta', 'Yellow', 'Black', 'None']);

/** Of a DeviceN (ISO 19005-3, 6.1.13). */
const mostColorants = 32;

/** Makes the colour spaces of an annex right, each in its place (ISO 19005-3, 6.2.4). */
export class Colours {
  /** All Separations. */
  readonly spots = new Map<PDFArray, Spot>();
  /** Stands for the common profile of CMYK without one, where it is used. */
  commonProfile: PDFRef | undefined;
  readonly #mixtures = new Set<PDFArray>();
  readonly #broken = new Map<PDFRawStream, boolean>();
  readonly #context: PDFContext;
  readonly #own: PDFRef | undefined;
  readonly #usage: Usage;
  readonly #findings: Findings;

  /** `own` is the CMYK profile of the annex's output intent. */
  constructor(context: PDFContext, own: PDFRef | undefined, usage: Usage, findings: Findings) {
    this.#context = context;
    this.#own = own;
    this.#usage = usage;
    this.#findings = findings;
  }

  /** DeviceCMYK as the annex's profile or the common one means it. */
  #press(): PDFArray {
    if (!this.#own) this.commonProfile ??= this.#context.register(this.#context.stream('', { N: 4 }));
    return this.#context.obj([PDFName.of('ICCBased'), this.#own ?? (this.commonProfile as PDFRef)]);
  }

  /** What has to stand in the place of a colour space; undefined: it is right. */
  mended(object: PDFObject | undefined, page: number): PDFObject | undefined {
    const family = this.#familyOf(object);
    if (family === 'DeviceCMYK' || family === 'CMYK' || family === 'CalCMYK') {
      this.#usage.cmyk.add(page);
      return this.#press();
    }
    const space = this.#looked(object);
    if (family !== 'ICCBased' || !(space instanceof PDFArray)) return undefined;
    const profile = space.lookup(1);
    if (!(profile instanceof PDFRawStream) || !this.#isBroken(profile)) return undefined;
    this.#findings.mended('colour-profiles', page);
    const count = numberOf(value(profile.dict, 'N')) ?? 3;
    const alternate = value(profile.dict, 'Alternate');
    const other =
      alternate && channels[this.#familyOf(alternate) ?? ''] === count
        ? alternate
        : PDFName.of(ofDevices[count] ?? 'DeviceRGB');
    return this.mended(other, page) ?? other;
  }

  /** Notes a colour space that is right but for its colorants. */
  found(space: PDFArray, listed: boolean, page: number): void {
    const family = this.#familyOf(space);
    if (family === 'Separation') {
      const name = space.lookup(1);
      if (name instanceof PDFName) space.set(1, unicodeName(name));
      this.spots.set(space, {
        name: nameOf(space.lookup(1)) ?? '',
        digest: '',
        listed: listed && (this.spots.get(space)?.listed ?? true),
      });
    } else if (family === 'DeviceN') {
      const names = space.lookup(1);
      if (names instanceof PDFArray)
        for (const [index, name] of itemsOf(names).entries())
          if (name instanceof PDFName) names.set(index, unicodeName(name));
      if (names instanceof PDFArray && names.size() > mostColorants && !this.#mixtures.has(space))
        this.#findings.report({
          code: 'annex-forbidden',
          severity: 'error',
          actual: `${page + 1}ページの、${names.size()}色を混ぜた特色(DeviceN)`,
          expected: `${mostColorants}色まで`,
        });
      this.#mixtures.add(space);
    }
  }

  /** Once all are found: gives CMYK in contents its meaning, and every spot colour of a mixture its entry (6.2.4.4). */
  finish(): void {
    for (const resources of this.#usage.cmykResources) {
      const spaces = value(resources, 'ColorSpace');
      const own = spaces instanceof PDFDict ? spaces : this.#context.obj({});
      if (own !== spaces) resources.set(PDFName.of('ColorSpace'), own);
      if (!own.has(PDFName.of('DefaultCMYK'))) own.set(PDFName.of('DefaultCMYK'), this.#press());
    }
    const known = new Map<string, PDFArray>();
    for (const [space, { name, listed }] of this.spots) if (!listed || !known.has(name)) known.set(name, space);
    for (const mixture of this.#mixtures) this.#describe(mixture, known);
    for (const [space, spot] of this.spots) spot.digest = this.#digest([space.get(2), space.get(3)]);
  }

  #describe(mixture: PDFArray, known: Map<string, PDFArray>): void {
    const names = itemsOf(mixture.lookup(1)).map((name) => nameOf(name) ?? '');
    const attributes = dictOf(mixture.lookup(4)) ?? this.#context.obj({});
    const process = itemsOf(value(dictOf(value(attributes, 'Process')), 'Components')).map(nameOf);
    const listed = dictOf(value(attributes, 'Colorants')) ?? this.#context.obj({});
    let isMissing = false;
    for (const [index, name] of names.entries()) {
      if (processes.has(name) || process.includes(name) || listed.has(PDFName.of(name))) continue;
      isMissing = true;
      const spot = known.get(name) ?? spotOf(this.#context, mixture, index);
      known.set(name, spot);
      const entry = this.#context.obj([spot.get(0), spot.get(1), spot.get(2), spot.get(3)].filter(Boolean));
      this.spots.set(entry, { name, digest: '', listed: true });
      listed.set(PDFName.of(name), entry);
    }
    if (!isMissing) return;
    attributes.set(PDFName.of('Colorants'), listed);
    if (mixture.size() > 4) mixture.set(4, attributes);
    else mixture.push(attributes);
    this.#findings.mended('colorants');
  }

  #looked(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.#context.lookup(object) : object;
  }

  #familyOf(object: PDFObject | undefined): string | undefined {
    const found = this.#looked(object);
    return nameOf(found instanceof PDFArray ? this.#looked(found.get(0)) : found);
  }

  /** A profile that is none, or of another kind than PDF/A-3 knows (ISO 19005-3, 6.2.4.2). */
  #isBroken(profile: PDFRawStream): boolean {
    const known = this.#broken.get(profile);
    if (known !== undefined) return known;
    const broken = !isProfile(profile);
    this.#broken.set(profile, broken);
    return broken;
  }

  /** Equal where two objects are, with all that they lead to. */
  #digest(objects: (PDFObject | undefined)[]): string {
    const hash = createHash('sha256');
    const stack = [...objects];
    const seen = new Map<string, number>();
    while (stack.length > 0) {
      const object = stack.pop();
      if (object instanceof PDFRef) {
        const before = seen.get(object.tag);
        hash.update(before === undefined ? 'ref ' : `${before} `);
        if (before !== undefined) continue;
        seen.set(object.tag, seen.size);
      }
      const found = this.#looked(object);
      if (found instanceof PDFArray) {
        hash.update(`[${found.size()} `);
        for (const item of found.asArray()) stack.push(item);
      } else if (found instanceof PDFDict || found instanceof PDFRawStream) {
        const dict = found instanceof PDFDict ? found : found.dict;
        const entries = dict.entries().sort(([a], [b]) => (a.asString() < b.asString() ? -1 : 1));
        hash.update(`<${entries.map(([key]) => key.asString()).join(' ')} `);
        if (found instanceof PDFRawStream) hash.update(found.contents);
        for (const [, entry] of entries) stack.push(entry);
      } else hash.update(`${String(found)} `);
    }
    return hash.digest('hex');
  }
}

/** Classes of profiles that colour spaces may have. */
const classes = new Set(['prtr', 'mntr', 'scnr', 'spac']);

/** Whether a stream is an ICC profile for as many channels as it says. */
export function isProfile(profile: PDFRawStream): boolean {
  try {
    return channelsOfProfile(decoded(profile)) === numberOf(value(profile.dict, 'N'));
  } catch (error) {
    if (error instanceof DamagedAnnex) return false;
    throw error;
  }
}

/** The channels of an ICC profile, by its header (ICC.1:2003-09, 7.2); undefined: it is none that a colour space may have. */
export function channelsOfProfile(profile: Uint8Array): number | undefined {
  const header = Buffer.from(profile.subarray(0, 128));
  const text = (from: number) => header.toString('latin1', from, from + 4);
  const isKnown = header.length === 128 && text(36) === 'acsp' && (header[8] as number) < 5 && classes.has(text(12));
  return isKnown ? ofProfiles[text(16)] : undefined;
}

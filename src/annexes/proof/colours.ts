import { decoded, dictOf, itemsOf, nameOf, value } from '../source/file.ts';
import { PDFArray, PDFName, type PDFObject, PDFRawStream } from '../source/pdf.ts';
import type { Breaches } from './rules.ts';

const process = new Set(['None', 'Cyan', 'Magenta', 'Yellow', 'Black']);
const deepest = 8;

interface Proof {
  breaches: Breaches;
  page: number;
  /** Whether a profile gives DeviceCMYK a meaning here. */
  isMeant: boolean;
}

/** Checks a colour space and those that it is made of. */
export function proveSpace(space: PDFObject | undefined, proof: Proof, depth = 0): void {
  const { breaches, page } = proof;
  const family = nameOf(space instanceof PDFArray ? space.lookup(0) : space);
  if (family === 'DeviceCMYK' && !proof.isMeant) breaches.add('cmyk', page);
  if (!(space instanceof PDFArray) || depth > deepest) return;
  const inner = (object: PDFObject | undefined) => proveSpace(object, proof, depth + 1);
  const [, first, second, , fourth] = itemsOf(space);
  if (family === 'Indexed' || family === 'Pattern') inner(first);
  else if (family === 'Separation') {
    inner(second);
    proveName(first, breaches, page);
  } else if (family === 'DeviceN') {
    inner(second);
    const names = itemsOf(first);
    for (const name of names) proveName(name, breaches, page);
    const attributes = dictOf(fourth);
    const colorants = dictOf(value(attributes, 'Colorants'));
    const components = dictOf(value(attributes, 'Process'));
    inner(value(components, 'ColorSpace'));
    for (const [name] of colorants?.entries() ?? []) inner(value(colorants, nameOf(name) as string));
    const known = new Set([
      ...process,
      ...(colorants?.entries() ?? []).map(([name]) => nameOf(name)),
      ...itemsOf(value(components, 'Components')).map(nameOf),
    ]);
    const unknown = names.map(nameOf).find((name) => !known.has(name));
    if (unknown !== undefined || names.length > 32) breaches.add('device-n', page, unknown);
  }
}

/** Names of colours are UTF-8 (ISO 19005-3, 6.1.8). */
export function proveName(name: PDFObject | undefined, breaches: Breaches, page: number): void {
  if (name instanceof PDFName && !isUtf8(name.asBytes())) breaches.add('name-encoding', page);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.every((byte) => byte < 0x80)) return true;
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const classes = new Set(['prtr', 'mntr', 'scnr', 'spac']);
const spaces = new Set(['RGB ', 'CMYK', 'GRAY', 'Lab ']);

/** The head of an ICC profile (ISO 19005-3, 6.2.4.2): device class, colour space, version below 5. */
export function proveProfile(space: PDFObject | undefined, breaches: Breaches, page: number): void {
  if (!(space instanceof PDFArray) || nameOf(space.lookup(0)) !== 'ICCBased') return;
  const profile = space.lookup(1);
  const data = profile instanceof PDFRawStream ? decoded(profile).subarray(0, 128) : [];
  const head = Buffer.from(data).toString('latin1');
  if (!classes.has(head.slice(12, 16)) || !spaces.has(head.slice(16, 20)) || head.charCodeAt(8) >= 5)
    breaches.add('colour-profile', page);
}

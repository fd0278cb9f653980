import { createHash } from 'node:crypto';
import { PDFHexString, PDFName, PDFNumber, type PDFObject } from './pdf.ts';

// ISO 19005-3, 6.1.6, 6.1.8 and 6.1.13: the limits of numbers, names and strings, in objects and in contents.

const mostInteger = 2_147_483_647;
const leastReal = 1.175e-38;
export const longest = { name: 127, string: 32_767 };

/** A text that no one reads to its end, cut to what a string may hold in UTF-16. */
export const shortText = (text: string): string => text.slice(0, 16_000);

/** The object that may stand in the place of a number, a name or a hexadecimal string: itself where that is right. */
export function withinLimits(object: PDFObject): PDFObject {
  if (object instanceof PDFNumber) {
    const number = object.asNumber();
    const size = Math.abs(number);
    return size <= mostInteger && (size >= leastReal || size === 0) ? object : PDFNumber.of(nearest(number));
  }
  if (object instanceof PDFName) return shortName(object);
  if (object instanceof PDFHexString) {
    const right = rightHex(object.asString());
    return right === undefined ? object : PDFHexString.of(right);
  }
  return object;
}

const nearest = (number: number) =>
  Number.isNaN(number) || Math.abs(number) < leastReal ? 0 : Math.max(-mostInteger, Math.min(mostInteger, number));

/** A number as a content names it; undefined where it is right, or what readers make of it varies. What is too large for an integer stays as a real. */
export function rightNumber(written: string): string | undefined {
  if (!/\d/.test(written) || /^[^A-Za-z]*(inf|nan)/i.test(written)) return '0';
  const number = Number(written);
  const size = Math.abs(number);
  if (Number.isNaN(number) || (size <= mostInteger && (size >= leastReal || size === 0))) return undefined;
  if (size < leastReal) return '0';
  if (size < 1e21) return written.includes('.') ? undefined : `${number}.0`;
  return `${Math.sign(number) * 1e20}`.concat('.0');
}

/** The digits of a hexadecimal string, even in number and no others; undefined where they are so already. */
export function rightHex(written: string): string | undefined {
  const digits = written.replaceAll(/[^0-9A-Fa-f]/g, '');
  const isRight = digits.length % 2 === 0 && (digits.length === written.length || !/[^0-9A-Fa-f\s\0]/.test(written));
  return isRight ? undefined : digits.length % 2 === 0 ? digits : `${digits}0`;
}

const bytesOfName = (name: string) =>
  name.includes('#')
    ? name.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : name;

/** A name of these bytes, one character each. */
const nameOfBytes = (bytes: string) => PDFName.of(bytes.replaceAll('#', '#23'));

/** The name that stands for one that is too long, wherever that is named: its beginning and a digest. */
export function shortName(name: PDFName): PDFName {
  const written = name.asString();
  if (written.length <= longest.name) return name;
  const bytes = bytesOfName(written.slice(1));
  if (bytes.length <= longest.name) return name;
  const digest = createHash('sha256').update(bytes, 'latin1').digest('hex').slice(0, 16);
  return nameOfBytes(`${bytes.slice(0, 80).replaceAll(/[^\x21-\x7e]/g, '_')}-${digest}`);
}

/** A name of a font or a colorant in UTF-8 (ISO 19005-3, 6.1.8): the same text, of those in Shift_JIS and its like too. */
export function unicodeName(name: PDFName): PDFName {
  const written = name.asString();
  if (!written.includes('#')) return name;
  const bytes = Buffer.from(bytesOfName(written.slice(1)), 'latin1');
  // veraPDF takes letters of ISO 8859-1 for bytes.
  const safe = decodedName(bytes).replaceAll(/[\x80-\xff]/g, (letter) =>
    letter.normalize('NFD').replace(/[\x80-\xff]/, '_'),
  );
  const better = shortName(nameOfBytes(Buffer.from(safe).toString('latin1')));
  return better === name ? name : better;
}

const encodings: Record<string, string> = { GB1: 'gb18030', CNS1: 'big5', Korea1: 'euc-kr', KR: 'euc-kr' };

/** Names ought to be UTF-8 (ISO 32000-1, 7.3.5); many are in what the producer's country used before, which `ordering` of a font's CIDSystemInfo tells. */
export function decodedName(bytes: Uint8Array, ordering = ''): string {
  const isUtf16 = bytes[0] === 0xfe && bytes[1] === 0xff;
  const tried = isUtf16 ? ['utf-16be'] : ['utf-8', encodings[ordering] ?? 'shift_jis', 'gb18030', 'euc-kr', 'latin1'];
  for (const encoding of tried)
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // Bytes of other encodings are half katakana in Shift_JIS.
      if (encoding !== 'shift_jis' || !/[\uff61-\uff9f]/.test(text)) return text.replaceAll(/\p{C}/gu, '').trim();
    } catch {}
  return '';
}

import { zlibSync } from 'fflate';
import { intents } from '../objects/kinds.ts';
import { decoded, isLanguage, languageTag } from '../source/file.ts';
import { longest, rightHex, rightNumber, shortName } from '../source/limits.ts';
import { type PDFContext, PDFHexString, PDFName, PDFRawStream, PDFString } from '../source/pdf.ts';
import { bytesOfOperand, type Operation } from './content-stream.ts';
import { entryOf, filtersOfInline, inlineImage, longName } from './inline-images.ts';
import { digitOf, endOfObject, isNumeric, isWhite } from './tokens.ts';

/** What stands in the place of a part of a content. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Operators of contents (ISO 32000-1, Annex A); others, in a compatibility section or not, do nothing. */
const operators = new Set(
  (
    'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l m M MP n q Q re RG rg ri ' +
    `s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`
  ).split(' '),
);
export const isOperator = (word: string): boolean => operators.has(word) || word === 'BI';

/** Whether an operation does nothing but make a content invalid (ISO 19005-3, 6.2.2, 6.2.6). */
export const isVoid = (operation: Operation): boolean =>
  !operators.has(operation.operator) || (operation.operator === 'ri' && !intents.has(operation.operand(-1).slice(1)));

/** The changes that bring an operation within the limits of PDF/A-3 (6.1.6, 6.1.10, 6.1.13, 6.2.8). */
export function rightOperands(content: Buffer, operation: Operation, context: PDFContext): Edit[] {
  const { operator, places, start, end } = operation;
  if (operator === 'BI') {
    const text = rightInlineImage(content, operation, context);
    return text === undefined ? [] : [{ start, end, text }];
  }
  if (areRight(content, operation)) return [];
  const edits: Edit[] = operator === 'BDC' ? languages(content, places[2], places[3]) : [];
  let hasLongString = false;
  for (let at = 0; at < places.length; at += 2)
    everyLeaf(content, places[at] as number, places[at + 1] as number, (_, leaf, behind) => {
      const text = rightLeaf(content, leaf, behind);
      if (text !== undefined && !edits.some((edit) => leaf < edit.end && behind > edit.start))
        edits.push({ start: leaf, end: behind, text });
      hasLongString ||= behind - leaf > longest.string;
      return true;
    });
  const long = hasLongString ? shortStrings(operation) : undefined;
  return long === undefined ? edits : [{ start, end, text: long }];
}

/** Makes a language of a property list right that is none (ISO 19005-3, 6.7.4; ISO 14289-1, 7.2), or takes it out. */
function languages(content: Buffer, start = 0, end = 0): Edit[] {
  const found = /\/Lang\s*(?:\(([^()]*)\)|<([^<>]*)>)/.exec(content.toString('latin1', start, end));
  if (!found) return [];
  const [whole, text, hex = ''] = found;
  const language = (text === undefined ? PDFHexString.of(hex) : PDFString.of(text)).decodeText();
  if (isLanguage(language)) return [];
  const right = languageTag(language);
  const from = start + found.index;
  return [{ start: from, end: from + whole.length, text: right === undefined ? '' : `/Lang (${right})` }];
}

/** Whether all is right, by a fast look. */
function areRight(content: Buffer, operation: Operation): boolean {
  const { operator, places } = operation;
  for (let at = 0; at < places.length; at += 2)
    if (!everyLeaf(content, places[at] as number, places[at + 1] as number, isRightLeaf)) return false;
  return operator !== 'BDC' || !operation.operand(1).includes('/Lang');
}

/** Goes through the numbers, names and strings in an operand; false where `test` was so of one, which ends it. */
function everyLeaf(
  content: Buffer,
  from: number,
  to: number,
  test: (content: Buffer, start: number, end: number) => boolean,
): boolean {
  const first = content[from];
  if (first !== 0x5b && !(first === 0x3c && content[from + 1] === 0x3c)) return test(content, from, to);
  let position = from;
  while (position < to) {
    const byte = content[position] as number;
    const isDouble = byte === content[position + 1] && (byte === 0x3c || byte === 0x3e);
    if (isWhite(byte) || byte === 0x5b || byte === 0x5d || byte === 0x3e) position += 1;
    else if (isDouble) position += 2;
    else {
      const end = Math.min(to, endOfObject(content, position));
      if (byte !== 0x25 && !test(content, position, end)) return false;
      position = end;
    }
  }
  return true;
}

function isRightLeaf(content: Buffer, start: number, end: number): boolean {
  const first = content[start] as number;
  if (first === 0x28) return end - start <= longest.string;
  if (isNumeric(first)) return end - start < 10 && isPlainNumber(content, start, end);
  if (first !== 0x3c) return end - start <= longest.name;
  let digits = 0;
  for (let at = start + 1; at < end - 1; at += 1)
    if (digitOf(content[at] as number) >= 0) digits += 1;
    else if (!isWhite(content[at])) return false;
  return digits % 2 === 0 && end - start <= longest.string;
}

function rightLeaf(content: Buffer, start: number, end: number): string | undefined {
  const first = content[start] as number;
  if (first === 0x3c) return hexOf(content.toString('latin1', start, end));
  if (first === 0x28) return undefined;
  if (end - start < 10 && isPlainNumber(content, start, end)) return undefined;
  const text = content.toString('latin1', start, end);
  if (first !== 0x2f) return isNumeric(first) ? rightNumber(text) : undefined;
  if (text.length <= longest.name) return undefined;
  const name = PDFName.of(text.slice(1));
  const short = shortName(name);
  return short === name ? undefined : short.asString();
}

/** Whether all is digits and points behind a sign, with a digit last. */
function isPlainNumber(content: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = content[at] as number;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && byte !== 0x2e && (at > start || (byte !== 0x2d && byte !== 0x2b))) return false;
  }
  const last = content[end - 1] as number;
  return last >= 0x30 && last <= 0x39;
}

function hexOf(written: string): string | undefined {
  const digits = rightHex(written.replaceAll(/[<>]/g, ''));
  return digits === undefined ? undefined : `<${digits}>`;
}

/** Text that is shown, in strings that are short enough (ISO 32000-1, 9.4.3). */
function shortStrings(operation: Operation): string | undefined {
  const { operator } = operation;
  const written = operation.operands();
  const [text = ''] = written.slice(-1);
  const pieces = (string: string) => {
    const hex = Buffer.from(bytesOfOperand(string), 'latin1').toString('hex');
    // Codes of one to four bytes are not divided where a multiple of all of them is.
    return (hex.match(/.{1,48000}/g) ?? []).map((piece) => `<${piece}>`).join(' ');
  };
  if (operator === 'Tj') return `[${pieces(text)}] TJ`;
  if (operator === "'") return `T* [${pieces(text)}] TJ`;
  if (operator === '"') return `${written[0]} Tw ${written[1]} Tc T* [${pieces(text)}] TJ`;
  if (operator !== 'TJ') return undefined;
  const buffer = Buffer.from(text, 'latin1');
  const parts: string[] = [];
  everyLeaf(buffer, 0, buffer.length, (_, start, end) => {
    const leaf = buffer.toString('latin1', start, end);
    parts.push(/^[<(]/.test(leaf) ? pieces(leaf) : (rightLeaf(buffer, start, end) ?? leaf));
    return true;
  });
  return `[${parts.join(' ')}] TJ`;
}

/** An inline image in filters that PDF/A-3 knows, not smoothed, its data in digits where they hold what looks like their end. */
function rightInlineImage(content: Buffer, { start }: Operation, context: PDFContext): string | undefined {
  const image = inlineImage(content, start + 2);
  const filters = filtersOfInline(image);
  const data = content.subarray(image.data, image.dataEnd);
  const last = filters.findLastIndex((filter) => filter === '/LZWDecode' || filter === '/Crypt');
  const isSmooth = image.entries.some(([key, value]) => longName(key) === '/Interpolate' && value === 'true');
  const intent = entryOf(image, '/Intent');
  const isEnded = looksEnded(content, image.data, Math.max(image.dataEnd, image.end - 2));
  const isUnknown = intent !== undefined && !intents.has(intent.slice(1));
  if (last < 0 && !isSmooth && !isUnknown && !isEnded) return undefined;
  const replaced = new Set([
    '/Interpolate',
    '/Filter',
    '/DecodeParms',
    '/Length',
    '/L',
    ...(isUnknown ? ['/Intent'] : []),
  ]);
  const kept = image.entries.filter(([key]) => !replaced.has(longName(key))).map(([key, value]) => `${key} ${value}`);
  if (last < 0 && !isEnded) {
    const [filter, decode] = [entryOf(image, '/Filter'), entryOf(image, '/DecodeParms')];
    const same = `${filter === undefined ? '' : `/F ${filter}`} ${decode === undefined ? '' : `/DP ${decode}`}`;
    return `BI ${kept.join(' ')} ${same} ID ${data.toString('latin1')}\nEI`;
  }
  const parameters = objectsIn(entryOf(image, '/DecodeParms') ?? '');
  const plain = last < 0 ? undefined : unpacked(context, filters.slice(0, last + 1), parameters, data);
  const rest = plain ? ['/FlateDecode', ...filters.slice(last + 1)] : filters;
  const restParameters = plain ? parameters.slice(last) : parameters;
  const hex = Buffer.from(plain ? zlibSync(plain) : data).toString('hex');
  const decode = restParameters.length > 0 ? `/DP [null ${restParameters.join(' ')}]` : '';
  return `BI ${kept.join(' ')} /F [/AHx ${rest.join(' ')}] ${decode} ID ${hex}>\nEI`;
}

const looksEnded = (content: Buffer, from: number, to: number): boolean => {
  for (let found = content.indexOf('EI', from); found >= 0 && found + 2 < to; found = content.indexOf('EI', found + 1))
    if (isWhite(content[found + 2])) return true;
  return false;
};

/** The objects of an array, or the one that stands alone. */
function objectsIn(written: string): string[] {
  const inner = Buffer.from(written.startsWith('[') ? written.slice(1, -1) : written, 'latin1');
  const objects: string[] = [];
  for (let position = 0; position < inner.length; ) {
    const end = isWhite(inner[position]) ? position + 1 : endOfObject(inner, position);
    if (!isWhite(inner[position])) objects.push(inner.toString('latin1', position, end));
    position = end;
  }
  return objects;
}

/** Data after these filters, a predictor left in. Throws DamagedAnnex. */
function unpacked(
  context: PDFContext,
  filters: readonly string[],
  parameters: readonly string[],
  data: Uint8Array,
): Uint8Array {
  const kept = filters
    .map((filter, index) => ({ filter, early: /\/EarlyChange\s+0/.test(parameters[index] ?? '') ? 0 : 1 }))
    .filter(({ filter }) => filter !== '/Crypt');
  const entries = {
    Filter: kept.map(({ filter }) => PDFName.of(filter.slice(1))),
    DecodeParms: kept.map(({ early }) => ({ EarlyChange: early })),
  };
  return decoded(PDFRawStream.of(context.obj(entries), data));
}

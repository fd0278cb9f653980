import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from './pdf.ts';

/** The library takes long to make a name of a string: those that were looked up are kept. */
const names = new Map<string, PDFName>();
function nameFor(key: string): PDFName {
  let name = names.get(key);
  if (!name) {
    name = PDFName.of(key);
    names.set(key, name);
  }
  return name;
}

export const value = (dict: PDFDict | undefined, key: string): PDFObject | undefined => {
  const found = dict?.get(nameFor(key));
  return found instanceof PDFRef ? (dict as PDFDict).context.lookup(found) : found;
};
export const raw = (dict: PDFDict, key: string): PDFObject | undefined => dict.get(nameFor(key));
export const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFRawStream ? object.dict : object instanceof PDFDict ? object : undefined;
/** A name as it is written, without its slash: what is escaped stays escaped. */
export const nameOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFName ? object.asString().slice(1) : undefined;
/** A number; a whole one is small to the engine then, and fast to count with: what the library gives is not. */
export function numberOf(object: PDFObject | undefined): number | undefined {
  if (!(object instanceof PDFNumber)) return undefined;
  const number = object.asNumber();
  const whole = number | 0;
  return whole === number ? whole : number;
}
export const stringOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
/** Whether a text has the form of a language tag: another one would make the PDF invalid (ISO 14289-1, 7.2). */
export const isLanguage = (tag: string): boolean => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(tag);
/** The tag that a text means: ja_JP is written so often that it is read. */
export const languageTag = (text: string): string | undefined => {
  const tag = text.replaceAll('_', '-');
  return isLanguage(tag) ? tag : undefined;
};
/** Lang of the whole or of an element, where it is one. */
export const languageOf = (dict: PDFDict): string | undefined => {
  const text = stringOf(value(dict, 'Lang'));
  return text === undefined ? undefined : languageTag(text);
};
/** The bytes of a string as one character each: names of destinations and IDs are compared by them. */
export const bytesOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString
    ? Buffer.from(object.asBytes()).toString('latin1')
    : undefined;
/** An array's members, looked up. */
export function itemsOf(object: PDFObject | undefined): (PDFObject | undefined)[] {
  const items: (PDFObject | undefined)[] = [];
  if (object instanceof PDFArray)
    for (let index = 0; index < object.size(); index += 1) {
      const item = object.get(index);
      items.push(item instanceof PDFRef ? object.lookup(index) : item);
    }
  return items;
}

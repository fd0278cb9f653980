import type * as Library from '@cantoo/pdf-lib';

// The objects of PDF files (ISO 32000-1, 7.3) as the library has them: these modules of it alone, for the whole takes
// longer to load than most annexes to read.
/** A class, by the folder that its module stands in. */
export const classOf = async <Name extends keyof typeof Library>(
  name: Name,
  folder = 'objects/',
): Promise<(typeof Library)[Name]> =>
  (await import(new URL(`core/${folder}${name}.js`, import.meta.resolve('@cantoo/pdf-lib')).href)).default;

export const [PDFArray, PDFBool, PDFDict, PDFHexString, PDFInvalidObject, PDFName, PDFNull, PDFNumber] =
  await Promise.all([
    classOf('PDFArray'),
    classOf('PDFBool'),
    classOf('PDFDict'),
    classOf('PDFHexString'),
    classOf('PDFInvalidObject'),
    classOf('PDFName'),
    classOf('PDFNull'),
    classOf('PDFNumber'),
  ]);
export const [PDFRawStream, PDFRef, PDFString, PDFContext] = await Promise.all([
  classOf('PDFRawStream'),
  classOf('PDFRef'),
  classOf('PDFString'),
  classOf('PDFContext', ''),
]);
export type PDFArray = Library.PDFArray;
export type PDFBool = Library.PDFBool;
export type PDFContext = Library.PDFContext;
export type PDFDict = Library.PDFDict;
export type PDFHexString = Library.PDFHexString;
export type PDFName = Library.PDFName;
export type PDFNumber = Library.PDFNumber;
export type PDFObject = Library.PDFObject;
export type PDFRawStream = Library.PDFRawStream;
export type PDFRef = Library.PDFRef;
export type PDFString = Library.PDFString;

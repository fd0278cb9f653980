export const pdfName = (name: string): string => `/${name}`;
/** The bytes of a text as a name has them (UTF-8), one character each. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
/** A string of bytes, one character each. */
export const byteString = (bytes: string): string => `<${Buffer.from(bytes, 'latin1').toString('hex').toUpperCase()}>`;

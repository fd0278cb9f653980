export const pdfName = (name: string): string => `/${name}`;
/** A string of bytes, one character each. */
export const byteString = (bytes: string): string => `<${Buffer.from(bytes, 'latin1').toString('hex').toUpperCase()}>`;

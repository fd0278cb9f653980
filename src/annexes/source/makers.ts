import { decoded, dictOf, stringOf, value } from './file.ts';
import { type PDFContext, type PDFDict, PDFRawStream } from './pdf.ts';

/**
 * The programs that made a PDF, as it names them (ISO 32000-1, 14.3.3; XMP), first the one in which it was written. Never
 * throws: a PDF may say anything of itself, or nothing.
 */
export function makersOf(context: PDFContext): string[] {
  const { Info, Root, Encrypt } = context.trailerInfo;
  if (Encrypt !== undefined) return []; // strings and metadata are encrypted too
  const lookedUp = (object: typeof Info) => dictOf(object && context.lookup(object));
  const info = lookedUp(Info);
  const metadata = attempted(() => metadataOf(lookedUp(Root)));
  const entry = (key: string) => attempted(() => stringOf(value(info, key)));
  const names = [
    // What a printer driver is told by the program that prints.
    /^Microsoft (?:Word|Excel|PowerPoint) (?=- )/.exec(entry('Title') ?? '')?.[0],
    entry('Creator') || creatorTool.exec(metadata ?? '')?.[1],
    entry('Producer') || producer.exec(metadata ?? '')?.[1],
  ];
  const told = names
    .map((name) =>
      name
        ?.replaceAll(/[\s\0]+/g, ' ')
        .trim()
        .slice(0, longest),
    )
    .filter((name) => name);
  return [...new Set(told as string[])];
}

const longest = 80; // characters of a name
/** Properties of XMP, written as elements or as attributes. */
const creatorTool = /:CreatorTool(?:>|=["'])([^<"']{1,200})/;
const producer = /:Producer(?:>|=["'])([^<"']{1,200})/;

function metadataOf(catalog: PDFDict | undefined): string | undefined {
  const stream = value(catalog, 'Metadata');
  return stream instanceof PDFRawStream ? Buffer.from(decoded(stream)).toString('utf8') : undefined;
}

function attempted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

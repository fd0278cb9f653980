import { type PDFDict, PDFName, PDFNumber } from '@cantoo/pdf-lib';
import { dictOf, itemsOf, nameOf, value } from '../file.ts';
import { unicodeOf } from '../fonts/encodings.ts';

const words = (list: string) => list.split(' ');

/** The names that every CFF program knows, by number (Adobe Technical Note 5176, Appendix A). */
export const standardStrings: readonly string[] = words(
  '.notdef space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright asterisk plus ' +
    'comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater ' +
    'question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum ' +
    'underscore quoteleft a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde ' +
    'exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft guillemotleft ' +
    'guilsinglleft guilsinglright fi fl endash dagger daggerdbl periodcentered paragraph bullet quotesinglbase ' +
    'quotedblbase quotedblright guillemotright ellipsis perthousand questiondown grave acute circumflex tilde macron ' +
    'breve dotaccent dieresis ring cedilla hungarumlaut ogonek caron emdash AE ordfeminine Lslash Oslash OE ' +
    'ordmasculine ae dotlessi lslash oslash oe germandbls onesuperior logicalnot mu trademark Eth onehalf plusminus ' +
    'Thorn onequarter divide brokenbar degree thorn threequarters twosuperior registered minus eth multiply ' +
    'threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute Ecircumflex Edieresis ' +
    'Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis Ograve Otilde Scaron Uacute ' +
    'Ucircumflex Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex adieresis agrave aring atilde ccedilla ' +
    'eacute ecircumflex edieresis egrave iacute icircumflex idieresis igrave ntilde oacute ocircumflex odieresis ' +
    'ograve otilde scaron uacute ucircumflex udieresis ugrave yacute ydieresis zcaron exclamsmall Hungarumlautsmall ' +
    'dollaroldstyle dollarsuperior ampersandsmall Acutesmall parenleftsuperior parenrightsuperior twodotenleader ' +
    'onedotenleader zerooldstyle oneoldstyle twooldstyle threeoldstyle fouroldstyle fiveoldstyle sixoldstyle ' +
    'sevenoldstyle eightoldstyle nineoldstyle commasuperior threequartersemdash periodsuperior questionsmall ' +
    'asuperior bsuperior centsuperior dsuperior esuperior isuperior lsuperior msuperior nsuperior osuperior rsuperior ' +
    'ssuperior tsuperior ff ffi ffl parenleftinferior parenrightinferior Circumflexsmall hyphensuperior Gravesmall ' +
    'Asmall Bsmall Csmall Dsmall Esmall Fsmall Gsmall Hsmall Ismall Jsmall Ksmall Lsmall Msmall Nsmall Osmall Psmall ' +
    'Qsmall Rsmall Ssmall Tsmall Usmall Vsmall Wsmall Xsmall Ysmall Zsmall colonmonetary onefitted rupiah Tildesmall ' +
    'exclamdownsmall centoldstyle Lslashsmall Scaronsmall Zcaronsmall Dieresissmall Brevesmall Caronsmall ' +
    'Dotaccentsmall Macronsmall figuredash hypheninferior Ogoneksmall Ringsmall Cedillasmall questiondownsmall ' +
    'oneeighth threeeighths fiveeighths seveneighths onethird twothirds zerosuperior foursuperior fivesuperior ' +
    'sixsuperior sevensuperior eightsuperior ninesuperior zeroinferior oneinferior twoinferior threeinferior ' +
    'fourinferior fiveinferior sixinferior seveninferior eightinferior nineinferior centinferior dollarinferior ' +
    'periodinferior commainferior Agravesmall Aacutesmall Acircumflexsmall Atildesmall Adieresissmall Aringsmall ' +
    'AEsmall Ccedillasmall Egravesmall Eacutesmall Ecircumflexsmall Edieresissmall Igravesmall Iacutesmall ' +
    'Icircumflexsmall Idieresissmall Ethsmall Ntildesmall Ogravesmall Oacutesmall Ocircumflexsmall Otildesmall ' +
    'Odieresissmall OEsmall Oslashsmall Ugravesmall Uacutesmall Ucircumflexsmall Udieresissmall Yacutesmall ' +
    'Thornsmall Ydieresissmall 001.000 001.001 001.002 001.003 Black Bold Book Light Medium Regular Roman Semibold',
);

/** The number of the name that StandardEncoding has for a code: runs of names, each from a code on. */
export function standardString(code: number): number {
  const run = [...standardRuns].reverse().find(([from]) => code >= from);
  return run && code < run[0] + run[2] ? run[1] + code - run[0] : 0;
}
const standardRuns: [code: number, first: number, count: number][] = [
  [32, 1, 95],
  [161, 96, 15],
  [177, 111, 4],
  [182, 115, 8],
  [191, 123, 1],
  [193, 124, 8],
  [202, 132, 2],
  [205, 134, 4],
  [225, 138, 1],
  [227, 139, 1],
  [232, 140, 4],
  [241, 144, 1],
  [245, 145, 1],
  [248, 146, 4],
];

/** Names by code from 128 on (ISO 32000-1, Annex D.2); a hyphen where there is none. */
const upper = new Map<string | undefined, readonly string[]>(
  Object.entries({
    WinAnsiEncoding: words(
      'Euro bullet quotesinglbase florin quotedblbase ellipsis dagger daggerdbl circumflex perthousand Scaron ' +
        'guilsinglleft OE bullet Zcaron bullet bullet quoteleft quoteright quotedblleft quotedblright bullet endash ' +
        'emdash tilde trademark scaron guilsinglright oe bullet zcaron Ydieresis space exclamdown cent sterling currency ' +
        'yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot hyphen registered macron degree ' +
        'plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine ' +
        'guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE ' +
        'Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute ' +
        'Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls agrave ' +
        'aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute ' +
        'icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ' +
        'ucircumflex udieresis yacute thorn ydieresis',
    ),
    MacRomanEncoding: words(
      'Adieresis Aring Ccedilla Eacute Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ' +
        'ccedilla eacute egrave ecircumflex edieresis iacute igrave icircumflex idieresis ntilde oacute ograve ' +
        'ocircumflex odieresis otilde uacute ugrave ucircumflex udieresis dagger degree cent sterling section bullet ' +
        'paragraph germandbls registered copyright trademark acute dieresis - AE Oslash - plusminus - - yen mu - - - - - ' +
        'ordfeminine ordmasculine - ae oslash questiondown exclamdown logicalnot - florin - - guillemotleft ' +
        'guillemotright ellipsis space Agrave Atilde Otilde OE oe endash emdash quotedblleft quotedblright quoteleft ' +
        'quoteright divide - ydieresis Ydieresis fraction currency guilsinglleft guilsinglright fi fl daggerdbl ' +
        'periodcentered quotesinglbase quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute ' +
        'Icircumflex Idieresis Igrave Oacute Ocircumflex - Ograve Uacute Ucircumflex Ugrave dotlessi circumflex tilde ' +
        'macron breve dotaccent ring cedilla hungarumlaut ogonek caron',
    ),
  }),
);

/** The name that a base encoding has for a code; '.notdef' where it has none; undefined for an encoding that is none of them. */
function baseName(encoding: string | undefined, code: number): string | undefined {
  const own = upper.get(encoding);
  if (!own) return undefined;
  if (code >= 128) return own[code - 128] === '-' ? '.notdef' : own[code - 128];
  if (code === 0x27) return 'quotesingle';
  if (code === 0x60) return 'grave';
  if (code === 0x7f && encoding === 'WinAnsiEncoding') return 'bullet';
  return standardStrings[standardString(code)];
}

/** The text that a glyph's name means. */
export function textOf(name: string): string | undefined {
  const code = unicodeOf(name);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

/** The name of a code's glyph by the Encoding of a simple font; undefined where that says nothing and the program decides. */
export function encodingOf(font: PDFDict): (code: number) => string | undefined {
  const encoding = value(font, 'Encoding');
  if (encoding instanceof PDFName) return (code) => baseName(nameOf(encoding), code);
  const base = nameOf(value(dictOf(encoding), 'BaseEncoding'));
  const names = new Map<number, string>();
  let code = 0;
  for (const item of itemsOf(value(dictOf(encoding), 'Differences')))
    if (item instanceof PDFNumber) code = item.asNumber();
    else if (item instanceof PDFName) names.set(code++, item.decodeText());
  return (number) => names.get(number) ?? baseName(base, number);
}

/** Signs of the Macintosh that MacRomanEncoding leaves out, by code. */
const ofMac: Record<number, string> = {
  173: 'notequal',
  176: 'infinity',
  178: 'lessequal',
  179: 'greaterequal',
  182: 'partialdiff',
  183: 'summation',
  184: 'product',
  185: 'pi',
  186: 'integral',
  189: 'Omega',
  195: 'radical',
  197: 'approxequal',
  198: 'Delta',
  215: 'lozenge',
  240: 'apple',
};
const behindMac = words(
  'Lslash lslash Scaron scaron Zcaron zcaron brokenbar Eth eth Yacute yacute Thorn thorn minus multiply onesuperior ' +
    'twosuperior threesuperior onehalf onequarter threequarters franc Gbreve gbreve Idotaccent Scedilla scedilla Cacute ' +
    'cacute Ccaron ccaron dcroat',
);

const macName = (code: number) => ofMac[code] ?? (baseName('MacRomanEncoding', code) as string);

/** The name of a glyph in the order of the Macintosh, which post tables of TrueType refer to. */
export const macGlyph = (index: number): string | undefined =>
  index < 3 ? '.notdef' : index < 98 ? macName(index + 29) : index < 226 ? macName(index + 30) : behindMac[index - 226];

/** The code that a name has on the Macintosh. */
export function macCode(name: string): number | undefined {
  macCodes ??= new Map(
    Array.from({ length: 224 }, (_, index) => [macName(index + 32), index + 32] as const).toReversed(),
  );
  return macCodes.get(name);
}
let macCodes: Map<string, number> | undefined;

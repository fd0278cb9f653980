import { Encodings } from '@cantoo/pdf-lib/standard-fonts';

/** The standard strings of the Compact Font Format in the order of their numbers (Adobe Technical Note 5176, Appendix A). */
export const cffStrings: readonly string[] = (
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
  'Thornsmall Ydieresissmall 001.000 001.001 001.002 001.003 Black Bold Book Light Medium Regular Roman Semibold'
).split(' ');

/** First code, last code and number of the first string of each run of StandardEncoding (ISO 32000-1, D.2). */
const standardRuns = [
  [32, 126, 1],
  [161, 175, 96],
  [177, 180, 111],
  [182, 189, 115],
  [191, 191, 123],
  [193, 200, 124],
  [202, 203, 132],
  [205, 208, 134],
  [225, 225, 138],
  [227, 227, 139],
  [232, 235, 140],
  [241, 241, 144],
  [245, 245, 145],
  [248, 251, 146],
] as const;

/** The same of the encoding for expert fonts that a program in the Compact Font Format may have (ibid., Appendix B). */
const expertRuns = [
  [32, 32, 1],
  [33, 34, 229],
  [36, 43, 231],
  [44, 46, 13],
  [47, 47, 99],
  [48, 57, 239],
  [58, 59, 27],
  [60, 63, 249],
  [65, 69, 253],
  [73, 73, 258],
  [76, 79, 259],
  [82, 84, 263],
  [86, 86, 266],
  [87, 88, 109],
  [89, 91, 267],
  [93, 126, 270],
  [161, 163, 304],
  [166, 170, 307],
  [172, 172, 312],
  [175, 175, 313],
  [178, 179, 314],
  [182, 184, 316],
  [188, 188, 158],
  [189, 189, 155],
  [190, 190, 163],
  [191, 197, 319],
  [200, 200, 326],
  [201, 201, 150],
  [202, 202, 164],
  [203, 203, 169],
  [204, 255, 327],
] as const;

export const notdef = '.notdef';
const namesBy = (runs: readonly (readonly [number, number, number])[]): readonly string[] =>
  Array.from({ length: 256 }, (_, code) => {
    const run = runs.find(([from, to]) => code >= from && code <= to);
    return run ? (cffStrings[run[2] + code - run[0]] as string) : notdef;
  });
export const standardEncoding = namesBy(standardRuns);
export const expertEncoding = namesBy(expertRuns);

const winAnsiFrom127 = (
  'bullet Euro bullet quotesinglbase florin quotedblbase ellipsis dagger daggerdbl circumflex perthousand Scaron ' +
  'guilsinglleft OE bullet Zcaron bullet bullet quoteleft quoteright quotedblleft quotedblright bullet endash ' +
  'emdash tilde trademark scaron guilsinglright oe bullet zcaron Ydieresis space exclamdown cent sterling currency ' +
  'yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot hyphen registered macron degree ' +
  'plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine ' +
  'guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE ' +
  'Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute ' +
  'Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls agrave ' +
  'aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute ' +
  'icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ' +
  'ucircumflex udieresis yacute thorn ydieresis'
).split(' ');
const macFrom128 = (
  'Adieresis Aring Ccedilla Eacute Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ' +
  'ccedilla eacute egrave ecircumflex edieresis iacute igrave icircumflex idieresis ntilde oacute ograve ' +
  'ocircumflex odieresis otilde uacute ugrave ucircumflex udieresis dagger degree cent sterling section bullet ' +
  'paragraph germandbls registered copyright trademark acute dieresis notequal AE Oslash infinity plusminus ' +
  'lessequal greaterequal yen mu partialdiff summation product pi integral ordfeminine ordmasculine Omega ae oslash ' +
  'questiondown exclamdown logicalnot radical florin approxequal Delta guillemotleft guillemotright ellipsis space ' +
  'Agrave Atilde Otilde OE oe endash emdash quotedblleft quotedblright quoteleft quoteright divide lozenge ' +
  'ydieresis Ydieresis fraction currency guilsinglleft guilsinglright fi fl daggerdbl periodcentered quotesinglbase ' +
  'quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute Icircumflex Idieresis Igrave ' +
  'Oacute Ocircumflex apple Ograve Uacute Ucircumflex Ugrave dotlessi circumflex tilde macron breve dotaccent ring ' +
  'cedilla hungarumlaut ogonek caron'
).split(' ');
/** Code 39 is the typewriter's quote, 96 the grave accent but in StandardEncoding. */
const ascii = standardEncoding
  .slice(0, 127)
  .map((name) => (name === 'quoteright' ? 'quotesingle' : name === 'quoteleft' ? 'grave' : name));

export const winAnsiEncoding: readonly string[] = [...ascii, ...winAnsiFrom127];
/** As Mac OS has it: what cmap (1, 0) of a TrueType program is read by. */
export const macOsRoman: readonly string[] = [...ascii, notdef, ...macFrom128];
const notInPdf = new Set(
  (
    'notequal infinity lessequal greaterequal partialdiff summation product pi integral Omega radical approxequal Delta ' +
    'lozenge apple'
  ).split(' '),
);
export const macRomanEncoding: readonly string[] = macOsRoman.map((name) => (notInPdf.has(name) ? notdef : name));

/** The names that `post` of a TrueType program has by number. */
export const macGlyphOrder: readonly string[] = [
  [notdef, '.null', 'nonmarkingreturn'],
  ascii.slice(32),
  macFrom128.map((name, at) => (at === 74 ? 'nonbreakingspace' : name)),
  (
    'Lslash lslash Scaron scaron Zcaron zcaron brokenbar Eth eth Yacute yacute Thorn thorn minus multiply onesuperior ' +
    'twosuperior threesuperior onehalf onequarter threequarters franc Gbreve gbreve Idotaccent Scedilla scedilla Cacute ' +
    'cacute Ccaron ccaron dcroat'
  ).split(' '),
].flat();

const unicodes = new Map<string, number>(
  Object.entries({ apple: 0xf8ff, Omega: 0x2126, currency: 0xa4, mu: 0xb5, space: 0x20, hyphen: 0x2d, bullet: 0x2022 }),
);
const learn = (name: string, character: number) => {
  if (name !== notdef && !unicodes.has(name)) unicodes.set(name, character);
};
for (const [names, label] of [
  [macOsRoman, 'macintosh'],
  [winAnsiEncoding, 'windows-1252'],
] as const)
  for (const [code, name] of names.entries())
    learn(name, new TextDecoder(label).decode(Uint8Array.of(code)).codePointAt(0) as number);
for (const encoding of [Encodings.Symbol, Encodings.WinAnsi])
  for (const character of encoding.supportedCodePoints)
    learn(encoding.encodeUnicodeCodePoint(character).name, character);

/** Whether a name is of the Adobe Glyph List, as far as that is known here. */
export const isListed = (name: string): boolean => unicodes.has(name);

/** The character that a glyph's name means. */
export function unicodeOf(name: string): number | undefined {
  const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name);
  return unicodes.get(name) ?? (hex ? Number.parseInt((hex[1] ?? hex[2]) as string, 16) : undefined);
}

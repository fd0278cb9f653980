/**
 * What an object is, by the way that leads to it: names of resources are free, so keys alone tell nothing. Every kind lists
 * the entries that the standard gives it (ISO 32000-1; those that PDF/A-3 and PDF/UA-1 allow) and the kinds that they lead
 * to; what stands there besides is a producer's own, which no page needs: Metadata, PieceInfo, LastModified, AF, OPI…
 */
export type Kind = keyof typeof shapes | keyof typeof lists | 'space' | 'spot' | 'plain';

/** "Key Other:kind": an entry without a kind is plain, and what it leads to is copied as it is. */
const shapes = {
  resources:
    'ColorSpace:spaces ExtGState:states Font:fonts Pattern:patterns Properties:properties Shading:shadings ' +
    'XObject:xobjects ProcSet',
  group: 'Type S CS:space I K',
  xobject: 'Type Subtype',
  form: 'Type Subtype FormType BBox Matrix Resources:resources Group:group OC:property',
  image:
    'Type Subtype Width Height ColorSpace:space BitsPerComponent Intent ImageMask Mask:image Decode SMask:image ' +
    'SMaskInData Matte OC:property',
  pattern:
    'Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix Shading:shading ExtGState:state',
  shading:
    'Type ShadingType ColorSpace:space Background BBox AntiAlias Function:function Domain Coords Extend Matrix ' +
    'BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow',
  function: 'FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions:function Bounds',
  state:
    'Type LW LC LJ ML D RI OP op Font:font BG:function BG2:function UCR:function UCR2:function TR2 FL SM SA BM ' +
    'SMask:mask CA ca AIS TK',
  mask: 'Type S G:form BC TR:function',
  // An optional content group, a membership or a property list
  property:
    'Type Name Intent Usage:usage OCGs:property P VE:property MCID ActualText Alt E Lang Attached BBox Subtype Contents O ' +
    'Placement',
  usage: 'Language Export Zoom Print View User PageElement',
  font:
    'Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor:descriptor Encoding:encoding ToUnicode:cmap ' +
    'DescendantFonts:font CIDSystemInfo DW W DW2 W2 CIDToGIDMap:data FontBBox FontMatrix CharProcs:procedures ' +
    'Resources:resources',
  descriptor:
    'Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight ' +
    'StemV StemH AvgWidth MaxWidth MissingWidth FontFile:program FontFile2:program FontFile3:program Style Lang',
  program: 'Subtype Length1 Length2 Length3',
  encoding: 'Type BaseEncoding Differences CMapName CIDSystemInfo WMode UseCMap:cmap',
  cmap: 'Type CMapName CIDSystemInfo WMode UseCMap:cmap',
  procedure: '',
  data: '',
  profile: 'N Alternate:space Range',
  calibration: 'WhitePoint BlackPoint Gamma Matrix Range',
  colorants: 'Subtype Colorants:spots Process:process',
  process: 'ColorSpace:space Components',
  parameters:
    'Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 ' +
    'DamagedRowsBeforeError JBIG2Globals:data ColorTransform',
} as const;

/** Dictionaries of free names, and what these lead to. */
const lists = {
  spaces: 'space',
  /** Separations of the colorants of a DeviceN */
  spots: 'spot',
  states: 'state',
  fonts: 'font',
  patterns: 'pattern',
  properties: 'property',
  shadings: 'shading',
  xobjects: 'xobject',
  procedures: 'procedure',
} as const;

/** What the members of a colour space's array are, behind its family (ISO 32000-1, 8.6). */
const members: Record<string, readonly Kind[]> = {
  ICCBased: ['profile'],
  CalGray: ['calibration'],
  CalRGB: ['calibration'],
  Lab: ['calibration'],
  Indexed: ['space', 'plain', 'data'],
  Pattern: ['space'],
  Separation: ['plain', 'space', 'function'],
  DeviceN: ['plain', 'space', 'function', 'colorants'],
};

/** What every stream's data are read with. */
const ofStreams: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['Filter', 'plain'],
  ['DecodeParms', 'parameters'],
]);

const entries = new Map<Kind, ReadonlyMap<string, Kind>>(
  Object.entries(shapes).map(([kind, shape]) => [
    kind as Kind,
    new Map(
      shape
        .split(' ')
        .filter(Boolean)
        .map((entry): [string, Kind] => {
          const [key = '', leads = 'plain'] = entry.split(':');
          return [key, leads as Kind];
        }),
    ),
  ]),
);

/** The kind of a dictionary's entry; undefined: no page needs it. */
export function kindOfEntry(kind: Kind, key: string, isStream: boolean): Kind | undefined {
  const listed = (lists as Partial<Record<Kind, Kind>>)[kind];
  if (listed) return listed;
  const shape = entries.get(kind);
  const known = shape ? shape.get(key) : 'plain';
  return known ?? (isStream ? ofStreams.get(key) : undefined);
}

/** The kind of an array's member; the members of most are what the array is. */
export const kindOfMember = (kind: Kind, family: string | undefined, index: number): Kind =>
  kind === 'space' || kind === 'spot' ? (members[family ?? '']?.[index - 1] ?? 'plain') : kind;

/** Rendering intents (ISO 19005-3, 6.2.6). */
export const intents: ReadonlySet<string> = new Set([
  'RelativeColorimetric',
  'AbsoluteColorimetric',
  'Perceptual',
  'Saturation',
]);

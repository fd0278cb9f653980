// Operators of content streams (ISO 32000-1, Annex A) by what they do.

export const paths = new Set(['m', 're']);
export const painting = new Set([
  'S',
  's',
  'f',
  'F',
  'f*',
  'B',
  'B*',
  'b',
  'b*',
  'sh',
  'Do',
  'Tj',
  'TJ',
  "'",
  '"',
  'BI',
]);
/** What shows more than lines and areas. */
export const telling = new Set(['Do', 'Tj', 'TJ', "'", '"', 'BI']);
export const showing = new Set(['Tj', 'TJ', "'", '"']);
/** Marked content may not cross these: a run of artifacts ends before them. */
export const barriers = new Set(['BT', 'ET', 'q', 'Q', 'BMC', 'BDC', 'EMC']);

/** Operators that name a resource, and of which kind. */
export const named = new Map([
  ['cs', 'ColorSpace'],
  ['CS', 'ColorSpace'],
  ['scn', 'Pattern'],
  ['SCN', 'Pattern'],
  ['gs', 'ExtGState'],
  ['sh', 'Shading'],
]);

import { onePage, tagged } from '../pdf.ts';

// Annexes with damaged contents: all that they paint stands in marks when it is written.

const contents: Record<string, string> = {
  'marks that stay open': '/P <</MCID 0>> BDC 0 0 9 9 re f /P <</MCID 1>> BDC 0 0 5 5 re f',
  'marks that no one opened': 'EMC 0 0 9 9 re f EMC EMC 0 0 5 5 re f',
  'a mark without a tag': '<</MCID 0>> BDC 0 0 9 9 re f EMC',
  'an array without its end': '0 0 9 9 re f [ /oops',
  'a dictionary without its end': '0 0 9 9 re f << /oops',
  'a comment behind a word': '0 0 9 9 re%\nf% a',
  'numbers of several points, signs and letters': '0 0 9.5.25 --9 re 1f 1e2 w',
  'operators without space': 'q 0 0 9 9 re fQq 1 0 0 rg Q',
  'paths of too few coordinates': '1 re f 3 4 m 5 l S',
  'a picture without its end': '0 0 9 9 re f BI /W 1 /H 1 /CS /G /BPC 8 ID x',
  'pictures in a row':
    'BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI\nBI /W 2 /H 2 /CS /RGB /BPC 8 /F /AHx ID 00112233445566778899aabb> EI',
  'packed bytes': '0 0 9 9 re f \x1f\x8b\b\0]{\xff)\x80 0 0 5 5 re f >\x03(\xf8',
};

export const made: Record<string, () => Uint8Array> = Object.fromEntries(
  Object.entries(contents).flatMap(([name, content]) => [
    [`${name}, as a figure`, () => onePage({ content })],
    [`${name}, with tags`, () => tagged('P[0]', { content })],
  ]),
);

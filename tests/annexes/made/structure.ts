import { onePage, stream, tagged } from '../pdf.ts';

// Structure trees with a fault each; every one is mended.

const content = Array.from({ length: 9 }, (_, mcid) => `/P <</MCID ${mcid}>> BDC 0 0 1 1 re f EMC`).join('\n');
const whole = (tree: string, objects = {}) => tagged(tree, { content, objects });
/** `TD[0]` with attributes of the table: `cell('TD', 0, '/ColSpan 2')`. */
const cell = (role: string, mcid: number, said = '') => `<< /S /${role} /A << /O /Table ${said} >> /K ${mcid} >>`;
const table = (...rows: string[][]) =>
  `<< /S /Table /Pg 3 0 R /K [${rows.map((cells) => `<< /S /TR /K [${cells.join(' ')}] >>`).join(' ')}] >>`;
const form = stream(
  '/P <</MCID 0>> BDC 0 0 1 1 re f EMC',
  '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /StructParents 3',
);
const link = '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [0 /Fit] >>';

export const made: Record<string, () => Uint8Array> = {
  'rows of unequal length': () => whole('Table(TR(TH[0] TH[1] TH[2]) TR(TD[3]) TR(TD[4] TD[5] TD[6] TD[7]))'),
  'spans that stick out': () =>
    whole(table([cell('TD', 0, '/RowSpan 9'), cell('TD', 1, '/ColSpan 99')], [cell('TD', 2, '/ColSpan 3')])),
  'spans that overlap': () =>
    whole(
      table([cell('TD', 0), cell('TD', 1, '/RowSpan 2'), cell('TD', 2)], [cell('TD', 3, '/ColSpan 2'), cell('TD', 4)]),
    ),
  'spans that are none': () => whole(table([cell('TD', 0, '/RowSpan 0'), cell('TD', 1, '/ColSpan -2')])),
  'rows without cells': () => whole('Table(TR TR(TD[0] TD[1]) TR)'),
  'a caption in the middle': () =>
    whole('Table(TR(TD[0]) Caption[1] TR(TD[2]) Caption[3]) L(LI(LBody[4]) Caption[5]) TOC(TOCI[6] Caption[7])'),
  'parts that stand anywhere': () => whole('Sect(LBody[0] TD[1] TOCI[2] L(Div(P[3] LI(LBody[4]))) Table(Div(P[5])))'),
  'a head without a body': () => whole('Table(THead(TR(TH[0])) TR(TD[1]) TR(TD[2])) Table(TFoot(TR(TD[3])))'),
  'headings with gaps': () => whole('H4[0] H[1] H6[2] H9[3]'),
  'IDs of the same text': () =>
    whole('<< /S /Note /Pg 3 0 R /ID (a) /K 0 >> << /S /Note /Pg 3 0 R /ID <FEFF0061> /K 1 >> << /S /Note /ID () >>'),
  'roles in a circle': () => whole('A[0] P[1] Other[2]', { 21: '<< /A /B /B /A /P /Table >>' }),
  'languages that are none': () =>
    tagged('P[0]', {
      content: '/P <</MCID 0 /Lang (en_US)>> BDC 0 0 1 1 re f EMC /Span <</Lang (1-2) /ActualText (a)>> BDC EMC',
    }),
  'a form with tags, painted twice': () =>
    tagged('<< /S /P /Pg 3 0 R /K [0 << /Type /MCR /Pg 3 0 R /Stm 10 0 R /MCID 0 >>] >>', {
      content: '/P <</MCID 0>> BDC /Fm Do EMC /Fm Do /Fm Do',
      resources: '/XObject << /Fm 10 0 R >>',
      objects: { 10: form },
    }),
  'a link outside its element': () =>
    tagged('<< /S /L /Pg 3 0 R /K [0 << /Type /OBJR /Obj 12 0 R >>] >>', {
      content,
      page: '/Annots [12 0 R]',
      objects: { 12: link },
    }),
  'tags without MarkInfo': () =>
    onePage({
      content,
      catalog: '/StructTreeRoot 20 0 R',
      objects: { 20: '<< /Type /StructTreeRoot /K << /S /P /Pg 3 0 R /K [0 1 2 3 4 5 6 7 8 99 0 R] >> >>' },
    }),
};

import fc from 'fast-check';
import { type Objects, stream, tagged } from './pdf.ts';

// Structure trees as no producer writes them: any type anywhere, with any attributes.

interface Node {
  role: string;
  /** Of its dictionary, besides S and K. */
  entries: string[];
  kids: (Node | 'content' | 'link')[];
}

/** Of PDF 1.7, of PDF 2.0, and A to F, which the role map explains. */
const types = (
  'Table TR TH TD THead TBody TFoot Caption L LI Lbl LBody TOC TOCI Div NonStruct Part Sect P Span H H1 H2 H3 H4 H6 H9 ' +
  'Note Figure Formula Link Document Form Annot Reference Artifact Title Aside A B C D E F'
).split(' ');

const some = (values: readonly string[]) => fc.constantFrom(...values);
const span = some(['0', '-1', '1', '1', '2', '2', '3', '7', '2.5', '3000000000', '/Two', '(2)']);
const attribute = fc.oneof(
  fc.record({ rows: span, columns: span }).map(({ rows, columns }) => `/RowSpan ${rows} /ColSpan ${columns}`),
  span.map((columns) => `/ColSpan ${columns}`),
  span.map((rows) => `/RowSpan ${rows}`),
  some(['/Row', '/Column', '/Both', '/Neither', '(Row)']).map((scope) => `/Scope ${scope}`),
  some(['[(a)]', '[(b) (c)]', '[/a 1]', '(a)']).map((headers) => `/Headers ${headers}`),
);
const owner = fc
  .record({ name: some(['/Table', '/Table', '/Layout']), said: attribute })
  .map(({ name, said }) => `<< /O ${name} ${said} >>`);
const entry = fc.oneof(
  { weight: 4, arbitrary: fc.array(owner, { maxLength: 2 }).map((owners) => `/A [${owners.join(' 0 ')}]`) },
  { weight: 2, arbitrary: some(['a', 'b', '', 'c\\377']).map((id) => `/ID (${id})`) },
  some(['<61>', '<FEFF0061>', '<FEFF>']).map((id) => `/ID ${id}`),
  some(['/One', '[/One /Two 1]', '/Lost']).map((names) => `/C ${names}`),
  some(['ja', 'en_US', 'english language', '', '-']).map((tag) => `/Lang (${tag})`),
  some(['a', '']).map((text) => `/Alt (${text})`),
  some(['a', '']).map((text) => `/ActualText (${text})`),
);
const entries = fc.uniqueArray(entry, { maxLength: 2, selector: (text) => text.split(' ', 1)[0] });

const anything = fc.letrec<{ node: Node; kid: Node['kids'][number] }>((tie) => ({
  node: fc.record({
    role: some(types),
    entries,
    kids: fc.array(tie('kid'), { depthIdentifier: 'tree', maxLength: 4 }),
  }),
  kid: fc.oneof(
    { depthIdentifier: 'tree', maxDepth: 5 },
    { weight: 3, arbitrary: fc.constant('content' as const) },
    { weight: 1, arbitrary: fc.constant('link' as const) },
    { weight: 5, arbitrary: tie('node') },
  ),
}));

const of = (role: fc.Arbitrary<string>, kids: fc.Arbitrary<Node['kids']>): fc.Arbitrary<Node> =>
  fc.record({ role, entries, kids });
const cell = of(some(['TD', 'TD', 'TH']), fc.constantFrom(['content'], [], ['content']));
const row = of(fc.constant('TR'), fc.array(fc.oneof({ weight: 9, arbitrary: cell }, anything.node), { maxLength: 5 }));
const section = of(some(['THead', 'TBody', 'TFoot', 'Div']), fc.array(row, { maxLength: 3 }));
/** Tables whose rows are rows, mostly. */
const table = of(
  fc.constant('Table'),
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: row },
      { weight: 2, arbitrary: section },
      { weight: 1, arbitrary: of(fc.constant('Caption'), fc.constant(['content'])) },
      { weight: 1, arbitrary: anything.node },
    ),
    { maxLength: 6 },
  ),
);

export const trees: fc.Arbitrary<Node[]> = fc.array(fc.oneof({ weight: 2, arbitrary: table }, anything.node), {
  minLength: 1,
  maxLength: 4,
});
export const roleMaps: fc.Arbitrary<string> = fc
  .array(some(types), { minLength: 7, maxLength: 7 })
  .map((meanings) => meanings.map((meaning, index) => `/${['A', 'B', 'C', 'D', 'E', 'F', 'P'][index]} /${meaning}`))
  .map((entries) => entries.join(' '));

/** The PDF of a tree: each content shows a line on its one page, each link has an annotation. */
export function treePdf(nodes: readonly Node[], roles: string): Buffer {
  const marks: string[] = ['/P <</MCID 0>> BDC 0 0 1 1 re f EMC'];
  const links: Objects = {};
  const written = (kid: Node['kids'][number]): string => {
    if (kid === 'content') {
      marks.push(`/P <</MCID ${marks.length}>> BDC 0 0 1 1 re f EMC`);
      return String(marks.length - 1);
    }
    if (kid === 'link') {
      const number = 100 + Object.keys(links).length;
      links[number] = '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [0 /Fit] >>';
      return `<< /Type /OBJR /Obj ${number} 0 R >>`;
    }
    return `<< /S /${kid.role} /Pg 3 0 R ${kid.entries.join(' ')} /K [${kid.kids.map(written).join(' ')}] >>`;
  };
  const kids = nodes.map(written).join(' ');
  const classes = '<< /One << /O /Table /ColSpan 2 /Scope /Both >> /Two [<< /O /Table /RowSpan 2 >>] >>';
  return tagged('<< >>', {
    objects: {
      4: stream(marks.join('\n')),
      20: `<< /Type /StructTreeRoot /K [<< /S /P /Pg 3 0 R /K 0 >> ${kids}] /RoleMap << ${roles} >> /ClassMap ${classes} >>`,
      ...links,
    },
    page: `/Annots [${Object.keys(links)
      .map((number) => `${number} 0 R`)
      .join(' ')}]`,
  });
}

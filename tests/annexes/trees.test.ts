import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, type Merged, merged, partOf } from './pdf.ts';
import { roleMaps, treePdf, trees } from './trees.ts';

/** RUNS=5000 npx vitest run tests/annexes/trees.test.ts tries as many. */
const settings = { numRuns: Number(process.env.RUNS ?? 150), seed: 12 };

// The rules of PDF/UA-1 (ISO 14289-1, 7) as they are written there, without a look at how they are kept.

const grouping = new Set(['NonStruct', 'Div', 'Part']);
const kidsOf: Record<string, RegExp> = {
  // Of the types of the kids, each with a space behind it.
  Table: /^(Caption )?(THead |TBody |TFoot |TR )*(Caption )?$/,
  THead: /^(TR )*$/,
  TBody: /^(TR )*$/,
  TFoot: /^(TR )*$/,
  TR: /^(TH |TD )*$/,
  L: /^(Caption )?(L |LI )*$/,
  LI: /^(Lbl |LBody )*$/,
  TOC: /^(Caption )?(TOC |TOCI )*$/,
};
const parentsOf: Record<string, RegExp> = {
  TR: /^(Table|THead|TBody|TFoot)$/,
  THead: /^Table$/,
  TBody: /^Table$/,
  TFoot: /^Table$/,
  TH: /^TR$/,
  TD: /^TR$/,
  LI: /^L$/,
  LBody: /^LI$/,
  TOCI: /^TOC$/,
};
const standard = new Set(
  (
    'Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD ' +
    'THead TBody TFoot Span Quote Note Reference BibEntry Code Link Ruby RB RT RP Warichu WT WP Figure Formula'
  ).split(' '),
);

function faultsOf({ document }: Merged, top: PDFDict): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  let heading = 0;
  const look = (object: PDFObject | undefined) => (object instanceof PDFRef ? document.context.lookup(object) : object);
  const elementsIn = (element: PDFDict): PDFDict[] => {
    const kids = at(document, 'K', element);
    const items = kids instanceof PDFArray ? kids.asArray().map(look) : [];
    return items.filter(
      (item): item is PDFDict => item instanceof PDFDict && String(at(document, 'Type', item)) === '/StructElem',
    );
  };
  const typeOf = (element: PDFDict): string => {
    const role = String(at(document, 'S', element)).slice(1);
    const meaning = at(document, `StructTreeRoot/RoleMap/${role}`);
    if (meaning !== undefined && standard.has(role)) faults.push(`${role} is remapped`);
    return meaning === undefined ? role : String(meaning).slice(1);
  };
  const inside = (element: PDFDict): PDFDict[] =>
    elementsIn(element).flatMap((kid) => (grouping.has(typeOf(kid)) ? inside(kid) : [kid]));
  /** The first that is of the type that the attribute has. */
  const attribute = (element: PDFDict, key: string, type: RegExp): string | undefined => {
    const list = (object: PDFObject | undefined) =>
      (object instanceof PDFArray ? object.asArray().map(look) : [object]).filter((item) => item instanceof PDFDict);
    const classes = at(document, 'C', element);
    const names = classes instanceof PDFArray ? classes.asArray() : [];
    const owners = [
      ...list(at(document, 'A', element)),
      ...names.flatMap((name) => list(at(document, `StructTreeRoot/ClassMap/${String(name).slice(1)}`))),
    ];
    return owners
      .filter((owner) => String(at(document, 'O', owner)) === '/Table')
      .map((owner) => String(at(document, key, owner)))
      .find((found) => type.test(found));
  };
  const textOf = (element: PDFDict, key: string) => {
    const text = at(document, key, element);
    return text instanceof PDFHexString || text instanceof PDFString ? text.decodeText() : undefined;
  };

  function table(element: PDFDict): void {
    const rows = inside(element).flatMap((part) =>
      typeOf(part) === 'TR' ? [part] : typeOf(part) === 'Caption' ? [] : inside(part),
    );
    const taken = new Map<string, number>(); // by row and column
    const widths = rows.map(() => 0);
    for (const [y, row] of rows.entries()) {
      let x = 0;
      for (const cell of inside(row)) {
        const [height, width] = ['RowSpan', 'ColSpan'].map((key) => {
          const number = Number(attribute(cell, key, /^[-\d.]+$/) ?? 1);
          if (!Number.isInteger(number) || number < 1) faults.push(`${key} ${number}`);
          return Math.min(number, 50);
        }) as [number, number];
        if (typeOf(cell) === 'TH' && attribute(cell, 'Scope', /^\/(Row|Column|Both)$/) === undefined)
          faults.push('a heading cell that says not what it heads');
        while (taken.has(`${y} ${x}`)) x += 1;
        if (y + height > rows.length) faults.push('a cell sticks out below');
        for (let dy = 0; dy < height; dy += 1)
          for (let dx = 0; dx < width; dx += 1) {
            const place = `${y + dy} ${x + dx}`;
            if (taken.has(place)) faults.push('cells overlap');
            taken.set(place, 1);
            widths[y + dy] = (widths[y + dy] ?? 0) + 1;
          }
      }
    }
    if (new Set(widths).size > 1) faults.push(`rows of ${widths} columns`);
  }

  const walk = (element: PDFDict, around: string) => {
    const type = typeOf(element);
    const holder = grouping.has(type) ? around : type;
    if (!standard.has(type)) faults.push(`${type} is no type`);
    if (parentsOf[type] && !parentsOf[type].test(around)) faults.push(`${type} in ${around}`);
    const types = inside(element).map(typeOf);
    const list = types.map((kid) => `${kid} `).join('');
    if (kidsOf[type] && !kidsOf[type].test(list)) faults.push(`${type} of ${list}`);
    const count = (kid: string) => types.filter((name) => name === kid).length;
    if (type === 'Table') {
      if (count('Caption') > 1 || count('THead') > 1 || count('TFoot') > 1) faults.push(`Table of ${list}`);
      if (count('THead') + count('TFoot') > 0 && count('TBody') === 0) faults.push(`Table of ${list}`);
      table(element);
    }
    if (/^H\d$/.test(type)) {
      const level = Number(type[1]);
      if (level > heading + 1) faults.push(`${type} after H${heading}`);
      heading = level;
    }
    const id = textOf(element, 'ID');
    if (id !== undefined) {
      if (ids.has(id) || id === '') faults.push(`ID ${id} twice or empty`);
      ids.add(id);
    } else if (type === 'Note') faults.push('Note without ID');
    if (type === 'Figure' || type === 'Formula')
      if (!textOf(element, 'Alt') && textOf(element, 'ActualText') === undefined) faults.push(`${type} without text`);
    const language = textOf(element, 'Lang');
    if (language !== undefined && !/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(language))
      faults.push(`Lang ${language}`);
    const kids = at(document, 'K', element);
    for (const kid of kids instanceof PDFArray ? kids.asArray().map(look) : [])
      if (kid instanceof PDFDict && String(at(document, 'Type', kid)) === '/OBJR' && type !== 'Link')
        faults.push(`a link in ${type}`);
    for (const kid of elementsIn(element)) {
      if (look(kid.get(PDFName.of('P'))) !== element) faults.push('an element that does not know its parent');
      walk(kid, holder);
    }
  };
  walk(top, 'Document');
  return faults;
}

/** MCIDs and links in the order in which they are read. */
function readOf(merged: Merged, element: PDFDict): string[] {
  const { document } = merged;
  const kids = at(document, 'K', element);
  return (kids instanceof PDFArray ? kids.asArray() : [kids]).flatMap((kid) => {
    const item = kid instanceof PDFRef ? document.context.lookup(kid) : kid;
    if (!(item instanceof PDFDict)) return [String(item)];
    const type = String(at(document, 'Type', item));
    return type === '/StructElem'
      ? readOf(merged, item)
      : [type === '/OBJR' ? 'link' : String(at(document, 'MCID', item))];
  });
}

test('whatever tree an annex has, what is written keeps the rules and is read in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(trees, roleMaps, async (nodes, roles) => {
      const bytes = treePdf(nodes, roles);
      const result = await merged(bytes, '図');
      expect(faultsOf(result, partOf(result))).toEqual([]);
      const contents = readOf(result, partOf(result));
      const expected = treeOrder(nodes);
      expect(contents).toEqual(expected);
    }),
    settings,
  );
});

/** The same of what was written; the paragraph before it is 0. */
function treeOrder(nodes: Parameters<typeof treePdf>[0]): string[] {
  const order = ['0'];
  let next = 1;
  const walk = (kid: (typeof nodes)[number] | 'content' | 'link'): void => {
    if (kid === 'content') order.push(String(next++));
    else if (kid === 'link') order.push('link');
    else for (const inner of kid.kids) walk(inner);
  };
  for (const node of nodes) walk(node);
  return order;
}

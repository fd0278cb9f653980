import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFRef, PDFString } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHere } from '../cli/run.ts';
import { getDocument } from '../pdf/pdfjs.ts';
import { cityWithAnnexes } from './city.ts';

// Two annexes that share every name that may clash, each with what real producers write and the others of this folder lack:
// layers, role and class maps, IDs, a form XObject with tags of its own, CMYK of a known press, a page that is turned.
async function annex(meaning: 'P' | 'H2', hidden: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { context, catalog } = document;
  const page = document.addPage();
  page.setMediaBox(-10.5, -20, 200, 300);
  const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('Layer') }));
  const form = context.register(
    context.stream('/P <</MCID 0>> BDC 0 0 9 9 re f EMC 5 5 3 3 re f', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 9, 9],
      StructParents: 1,
    }),
  );
  const content = [
    '1 0 0 rg 0 0 200 300 re f', // unmarked: becomes an artifact
    '/OC /Layer BDC /Custom <</MCID 0>> BDC 0 0 0 1 k 10 10 50 50 re f EMC EMC',
    '/Fm Do',
    '/Custom <</MCID 7>> BDC 1 1 2 2 re f EMC', // an MCID that the tree does not know
  ].join('\n');
  page.node.set(PDFName.of('Contents'), context.register(context.stream(content)));
  page.node.set(PDFName.of('Resources'), context.obj({ XObject: { Fm: form }, Properties: { Layer: layer } }));
  page.node.set(PDFName.of('StructParents'), context.obj(0));
  page.node.set(PDFName.of('Rotate'), context.obj(90));
  const root = context.nextRef();
  const element = (parent: PDFRef, entries: Record<string, unknown>) =>
    context.register(context.obj({ Type: 'StructElem', P: parent, Pg: page.ref, ...entries } as never));
  const kids = [
    element(root, { S: 'Custom', ID: PDFString.of('same'), C: 'Class', K: 0, Lang: PDFString.of('en') }),
    element(root, { S: 'P', K: { Type: 'MCR', Stm: form, MCID: 0 } }),
  ];
  context.assign(
    root,
    context.obj({
      Type: 'StructTreeRoot',
      K: kids,
      RoleMap: { Custom: 'Middle', Middle: meaning },
      ClassMap: { Class: { O: 'Layout', SpaceAfter: meaning === 'P' ? 1 : 2 } },
      ParentTree: { Nums: [0, [kids[0] as PDFRef], 1, [kids[1] as PDFRef]] },
    }),
  );
  catalog.set(PDFName.of('StructTreeRoot'), root);
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  catalog.set(
    PDFName.of('OCProperties'),
    context.obj({ OCGs: [layer], D: { BaseState: 'ON', OFF: hidden ? [layer] : [], AS: [{}], Order: [] } } as never),
  );
  const profile = readFileSync('profiles/CGATS001Compat-v2-micro.icc');
  const output = context.register(context.stream(profile, { N: 4 }));
  catalog.set(
    PDFName.of('OutputIntents'),
    context.obj([{ Type: 'OutputIntent', S: 'GTS_PDFX', DestOutputProfile: output }] as never),
  );
  return document.save({ useObjectStreams: false });
}

let folder: string;
let path: string;
let built: PDFDocument;
beforeAll(async () => {
  folder = cityWithAnnexes([
    { name: 'a', bytes: await annex('P', false) },
    { name: 'b', bytes: await annex('H2', true) },
  ]);
  const { status, stderr } = await runHere(folder, ['build']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  path = join(folder, 'out/取組集.pdf');
  built = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = () => built.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
const elements = () =>
  built.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFDict && String(object.get(PDFName.of('Type'))) === '/StructElem' ? [object] : [],
    );
const custom = () => elements().filter((element) => /^\/Custom/.test(String(element.get(PDFName.of('S')))));

test('layers of both are kept, hidden or not as they were, in one configuration that PDF/A allows', async () => {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const layers = await pdf.getOptionalContentConfig();
  const shown = [...(layers as unknown as Iterable<[string, { name: string; visible: boolean }]>)].map(([, group]) => [
    group.name,
    group.visible,
  ]);
  expect(shown).toEqual([
    ['Layer', true],
    ['Layer', false],
  ]);
  await pdf.destroy();
  const configuration = built.catalog.lookup(PDFName.of('OCProperties'), PDFDict).lookup(PDFName.of('D'), PDFDict);
  expect(configuration.keys().map(String)).not.toContain('/AS');
});

test('roles, classes and IDs that mean different things get different names', () => {
  const roles = root().lookup(PDFName.of('RoleMap'), PDFDict);
  expect(custom().map((element) => String(element.get(PDFName.of('S'))))).toEqual(['/Custom']);
  expect(String(roles.get(PDFName.of('Custom')))).toBe('/P'); // flat: no chain, no circle
  // The other's is a heading, whose level is counted anew: below the parts' H2.
  expect(elements().filter((element) => String(element.get(PDFName.of('S'))) === '/H2').length).toBeGreaterThan(3);
  const classes = root().lookup(PDFName.of('ClassMap'), PDFDict);
  expect(classes.keys().map(String)).toEqual(['/Class', '/Class-2']);
  const ids = root().lookup(PDFName.of('IDTree'), PDFDict).lookup(PDFName.of('Names'), PDFArray);
  const names = Array.from({ length: ids.size() / 2 }, (_, index) => ids.lookup(2 * index) as PDFString).map((name) =>
    name.decodeText(),
  );
  expect(names).toEqual(expect.arrayContaining(['same', 'same-2']));
  expect(names).toEqual([...names].sort());
});

test('the parent tree knows every page, form and link of the document, once', async () => {
  const nums = root().lookup(PDFName.of('ParentTree'), PDFDict).lookup(PDFName.of('Nums'), PDFArray);
  const keys = Array.from({ length: nums.size() / 2 }, (_, index) => Number(nums.lookup(2 * index)));
  expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
  const used = built.context.enumerateIndirectObjects().flatMap(([, object]) => {
    const dict = object instanceof PDFDict ? object : ((object as { dict?: PDFDict }).dict ?? undefined);
    const found = ['StructParent', 'StructParents'].map((key) => dict?.get(PDFName.of(key)));
    return found.flatMap((number) => (number === undefined ? [] : [Number(number)]));
  });
  expect(used.sort((a, b) => a - b)).toEqual(keys);
});

test('what has no tag becomes an artifact, in the page and in forms; what has one keeps it', async () => {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const text = (stream: { getContents(): Uint8Array }) => Buffer.from(stream.getContents());
  const { inflateSync } = await import('node:zlib');
  const page = built.getPage(4);
  const content = inflateSync(text(page.node.Contents() as never)).toString('latin1');
  expect(content.replaceAll(/\s+/g, ' ').trim()).toBe(
    '1 0 0 rg /Artifact BMC 0 0 200 300 re f EMC /OC /Layer BDC /Custom <</MCID 0>> BDC 0 0 0 1 k 10 10 50 50 re f EMC EMC ' +
      '/Fm Do /Artifact BMC 1 1 2 2 re f EMC',
  );
  const forms = page.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict);
  const form = inflateSync(text(forms?.lookup(PDFName.of('Fm')) as never)).toString('latin1');
  expect(form.replaceAll(/\s+/g, ' ').trim()).toBe(
    '/P <</MCID 0>> BDC 0 0 9 9 re f EMC /Artifact BMC 5 5 3 3 re f EMC',
  );
  await pdf.destroy();
});

test('a turned page stays turned, and links lead to it whole; CMYK means the press of the annex', () => {
  const page = built.getPage(4);
  expect(page.getRotation().angle).toBe(90);
  expect(page.getSize()).toEqual({ width: 200, height: 300 });
  const spaces = page.node.Resources()?.lookup(PDFName.of('ColorSpace'), PDFDict);
  expect(String(spaces?.lookup(PDFName.of('DefaultCMYK')))).toMatch(/\/ICCBased/);
  const intents = built.catalog.lookup(PDFName.of('OutputIntents'), PDFArray);
  expect(intents.size()).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { merged, type Objects, onePage, type Parts, problemsOf, stream, tagged, tagsOf } from './pdf.ts';

const paragraph = '/P <</MCID 0>> BDC 0 0 1 1 re f EMC';
const text = 'BT (a) Tj ET';
const tree = (kids: string): Objects => ({ 20: `<< /Type /StructTreeRoot /K [${kids}] >>` });
/** Tags, but nothing that says that the whole is tagged. */
const unmarked = (content: string, parts: Parts = {}, kids = '<< /S /P /Pg 3 0 R /K 0 >>') =>
  onePage({
    content,
    ...parts,
    catalog: `/StructTreeRoot 20 0 R ${parts.catalog ?? ''}`,
    objects: { ...tree(kids), ...parts.objects },
  });
const form = (data: string) => stream(data, '/Type /XObject /Subtype /Form /BBox [0 0 9 9]');
const resources = '/XObject << /Fm 10 0 R >>';
const picture = stream(
  '0',
  '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
);

describe('an annex with tags that is not said to be tagged', () => {
  test.each<[string, Buffer]>([
    ['all that is shown is named', unmarked(paragraph)],
    ['decoration is not', unmarked(`${paragraph} 0 0 9 9 re f`)],
    ['what is said to be decoration is not', unmarked(`${paragraph} /Artifact BMC ${text} EMC`)],
    ['marks without number stand in marks with one', unmarked(`/P <</MCID 0>> BDC /Span BMC ${text} EMC EMC`)],
    ['a picture is named', unmarked('/P <</MCID 0>> BDC /Fm Do EMC', { resources, objects: { 10: picture } })],
    [
      'what a form shows is named',
      unmarked(
        '/Fm Do',
        { resources, objects: { 10: form(`/P <</MCID 0>> BDC ${text} EMC`) } },
        '<< /S /P /Pg 3 0 R /K << /Type /MCR /Stm 10 0 R /MCID 0 >> >>',
      ),
    ],
    ['MarkInfo says that it is not', unmarked(paragraph, { catalog: '/MarkInfo << /Marked false >>' })],
  ])('is read by them where %s', async (_, bytes) => {
    const { problems, mends } = await readAnnex(bytes, undefined);
    expect(problems).toEqual([]);
    expect([...mends.keys()]).toContain('mark-info');
    expect(tagsOf(await merged(bytes))).toMatch(/^P\[(form )?0\]$/);
  });

  test.each<[string, Buffer]>([
    ['a text', unmarked(`${paragraph} ${text}`)],
    ['a text in a mark that no tag names', unmarked(`${paragraph} /P <</MCID 1>> BDC ${text} EMC`)],
    ['a text in a mark without number', unmarked(`${paragraph} /P BMC ${text} EMC`)],
    ['a picture', unmarked(`${paragraph} /Fm Do`, { resources, objects: { 10: picture } })],
    ['a picture in the content', unmarked(`${paragraph} BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI`)],
    ['a form', unmarked(`${paragraph} /Fm Do`, { resources, objects: { 10: form(text) } })],
    ['all', unmarked(text, {}, '<< /S /P >>')],
  ])('is told where they do not name %s', async (_, bytes) => {
    expect(await problemsOf(bytes)).toEqual(['error annex-tags-incomplete 1ページ (1)']);
    expect(await problemsOf(bytes, '図')).toEqual(['warning annex-tags-incomplete 1ページ (1)']);
    expect(tagsOf(await merged(bytes, '図'))).toBe('Figure[0]');
  });

  test('which pages is told', async () => {
    const bytes = unmarked(paragraph, {
      objects: {
        2: '<< /Type /Pages /Kids [3 0 R 5 0 R 6 0 R] /Count 3 >>',
        5: '<< /Type /Page /MediaBox [0 0 9 9] /Contents 7 0 R >>',
        6: '<< /Type /Page /MediaBox [0 0 9 9] >>',
        7: stream(text),
      },
    });
    expect(await problemsOf(bytes)).toEqual(['error annex-tags-incomplete 2ページ (1)']);
  });

  test('a page that cannot be read is told as such', async () => {
    const bytes = unmarked('', { objects: { 4: stream('zip', '/Filter /FlateDecode') } });
    expect(await problemsOf(bytes)).toEqual(['error annex-damaged 1ページ: 圧縮されたデータを元に戻せません']);
  });
});

test.each(['-1', '1.5', '200001', '3000000000', '5000000000'])('content of number %s is none', async (mcid) => {
  const content = `${paragraph} /P <</MCID ${mcid}>> BDC ${text} EMC`;
  const bytes = unmarked(content, { catalog: '/MarkInfo << /Marked true >>' }, `<< /S /P /Pg 3 0 R /K [0 ${mcid}] >>`);
  expect(await problemsOf(bytes)).toEqual(['error annex-tags-incomplete 1ページ (1)']);
});

describe('one that is said to be tagged is read by its tags', () => {
  test.each(['', '/Suspects true'])('whatever they do not name: %s', async (suspects) => {
    const catalog = `/MarkInfo << /Marked true ${suspects} >>`;
    expect(tagsOf(await merged(unmarked(`${paragraph} ${text}`, { catalog })))).toBe('P[0]');
  });
  test('but for one whose tags name nothing', async () => {
    expect(await problemsOf(tagged('P', { content: text }))).toEqual(['error annex-tags-incomplete 1ページ (1)']);
  });
});

test('content whose page nothing says but the parent tree', async () => {
  const list = (kids: string) => ({
    ...tree('30 0 R 31 0 R'),
    20: `<< /Type /StructTreeRoot /K [30 0 R 31 0 R] /ParentTree << /Nums [7 [30 0 R 31 0 R] 8 [null 30 0 R]] >> >>`,
    30: `<< /S /P /K [${kids}] >>`,
    31: '<< /S /Span /K << /Type /MCR /MCID 1 >> >>',
    2: '<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>',
    5: '<< /Type /Page /MediaBox [0 0 9 9] /Contents 6 0 R /StructParents 8 >>',
    6: stream('/P <</MCID 1>> BDC EMC'),
  });
  const content = `${paragraph} /P <</MCID 1>> BDC EMC`;
  const marked = { page: '/StructParents 7', catalog: '/MarkInfo << /Marked true >>' };
  expect(tagsOf(await merged(unmarked(content, { ...marked, objects: list('0 1 2') })))).toBe('P([0] [1]) Span[1]');
  expect(await problemsOf(unmarked(content, { objects: list('0'), catalog: marked.catalog }))).toEqual([
    'error annex-tags-incomplete 1、2ページ (2)',
  ]);
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Provenance, provenanceDescription, provenanceOf, readProvenance } from '../../src/assemble/provenance.ts';
import { readBack } from '../../src/assemble/read-back.ts';
import { type DocumentFacts, xmpPacket } from '../../src/assemble/xmp.ts';
import type { Edition } from '../../src/model/edition.ts';
import { readXmp } from '../pdf/strict-xml.ts';

const names = `港町 & <b>計画</b> "甲" 'に' ]]> &amp;`;
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const edition = {
  planName: names,
  title: '取組集',
  revised: '令和12年12月1日',
  parts: ['表紙', { annex: 'annexes/a.pdf', title: '資料' }, '個票'],
} as unknown as Edition;
const whole = { edition, json: '{"取組":[]}', selection: { whole: true } as const, fonts: 'f'.repeat(64) };
const sheets = { whole: false, ids: new Set(['1-1-1', '1-1-2']), part: 'A4個票' } as const;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const always = {
  plan: names,
  title: '取組集',
  revised: '令和12年12月1日',
  content: sha('{"取組":[]}'),
  fonts: 'f'.repeat(64),
  tool: `shisakushu ${version}`,
};

describe('what a PDF says of itself', () => {
  test.each<[string, Parameters<typeof provenanceOf>[0], Provenance]>([
    ['a whole edition', whole, { ...always, parts: '表紙、資料、個票' }],
    [
      'with annexes, of a commit',
      { ...whole, commit: 'c0ffee', annexes: 'abcd' },
      { ...always, parts: '表紙、資料、個票', commit: 'c0ffee', annexes: 'abcd' },
    ],
    [
      'sheets alone, which hold no annexes',
      { ...whole, selection: sheets, annexes: 'abcd' },
      { ...always, parts: 'A4個票', measures: '1-1-1 1-1-2' },
    ],
    ['of no commit', { ...whole, commit: undefined, annexes: undefined }, { ...always, parts: '表紙、資料、個票' }],
  ])('%s', (_, made, told) => expect(provenanceOf(made)).toStrictEqual(told));
});

const full: Provenance = {
  plan: names,
  title: '"<&>"',
  revised: 'r',
  parts: 'a、b',
  measures: '1-1-1',
  commit: 'c',
  content: 'd',
  annexes: 'e',
  fonts: 'f',
  tool: 't',
};
const { measures, commit, annexes, ...least } = full;

describe('in XMP', () => {
  const facts: DocumentFacts = {
    title: names,
    author: '"<&>"',
    date: '2030-12-01T00:00:00Z',
    creator: 'Typst & others',
    pages: 12,
    documentId: '0'.repeat(32),
    instanceId: '1'.repeat(32),
  };
  const told = (provenance: Provenance) =>
    Object.fromEntries(
      Object.entries(readXmp(xmpPacket(facts, provenance))).flatMap(([key, value]) =>
        key.startsWith('urn:shisakushu:provenance:1: ') ? [[key.split(' ')[1], value]] : [],
      ),
    );

  test('whatever is in a name, an XML reader finds it; what is absent is not there', () => {
    expect(told(full)).toEqual(full);
    expect(told(least)).toEqual(least);
    expect(Object.keys(told(full))).toEqual(Object.keys(full));
  });

  test('the packet as a whole: PDF/UA-1 and PDF/A-3a, and every property of ours described', async () => {
    const packet = xmpPacket(facts, full);
    await expect(`${packet.replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot('refs/xmp.xml');
    const schemas = readXmp(packet)['http://www.aiim.org/pdfa/ns/extension/ schemas'] as unknown[];
    const described = (schemas[1] as { property: { name: string }[] }).property.map(({ name }) => name);
    expect(described).toEqual(Object.keys(full));
  });

  test('title, author and program, whatever is in them', () => {
    const found = readXmp(xmpPacket(facts, full));
    expect(found).toMatchObject({
      'http://purl.org/dc/elements/1.1/ title': [names],
      'http://purl.org/dc/elements/1.1/ creator': ['"<&>"'],
      'http://ns.adobe.com/xap/1.0/ CreatorTool': 'Typst & others',
    });
  });

  test('read again by ourselves', () => {
    expect(readProvenance(provenanceDescription(full))).toStrictEqual(full);
    expect(readProvenance(provenanceDescription(least))).toStrictEqual(least);
  });
  test.each(Object.keys(least))('without %s: not whole', (name) => {
    const without = provenanceDescription(full).replaceAll(`shisakushu:${name}>`, 'shisakushu:x>');
    expect(readProvenance(without)).toBeUndefined();
  });
  test('entities that are none of ours stay', () =>
    expect(readProvenance(provenanceDescription(least).replace('>r<', '>&apos;&lt;&copy;<'))?.revised).toBe(
      '&apos;<&copy;',
    ));
});

describe('reading any bytes back', () => {
  const packet = (inner = provenanceDescription(full)) => `<?xpacket begin="" id=""?>${inner}<?xpacket end="r"?>`;
  const file = (inner: string, end = '%%EOF\n') => Buffer.from(`%PDF-1.7\n${inner}\n${end}`);
  const json = (entries: string, data: Buffer, length = data.length) =>
    Buffer.concat([
      file(packet(), ''),
      Buffer.from(`<< /Type /EmbeddedFile /Subtype /application#2Fjson ${entries} /Length ${length} >>\nstream\n`),
      data,
      Buffer.from('\nendstream\n%%EOF\n'),
    ]);
  const edition = { 取組: Array(1000).fill('1-1-1') };
  const deflated = deflateSync(JSON.stringify(edition));

  test.each<[string, Buffer, ReturnType<typeof readBack>]>([
    ['ours', file(packet()), { provenance: full }],
    ['a record at the very beginning', Buffer.concat([Buffer.from(packet()), file('')]), { provenance: full }],
    [
      'the name of a record at the very beginning',
      Buffer.from('urn:shisakushu:provenance:1: %PDF-1.7 %%EOF'),
      { problem: 'broken' },
    ],
    [
      'JSON that is no attachment',
      Buffer.concat([
        Buffer.from(`%PDF-1.7\n<< /Type /X /Length ${deflated.length} >>\nstream\n`),
        deflated,
        file(packet()),
      ]),
      { provenance: full },
    ],
    ['nothing', Buffer.of(), { problem: 'no-pdf' }],
    ['a picture', Buffer.from('\x89PNG'), { problem: 'no-pdf' }],
    ['a PDF behind other bytes', Buffer.concat([Buffer.alloc(1019), file(packet())]), { provenance: full }],
    ['a PDF far behind', Buffer.concat([Buffer.alloc(1020), file(packet())]), { problem: 'no-pdf' }],
    ['a cut one', file('1 0 obj', ''), { problem: 'cut' }],
    ['one cut behind an earlier end', Buffer.concat([file(''), Buffer.alloc(1024)]), { problem: 'cut' }],
    ['one with bytes behind its end', Buffer.concat([file(''), Buffer.alloc(1000)]), { problem: 'foreign' }],
    ['an encrypted one', file('trailer << /Encrypt 5 0 R >>'), { problem: 'encrypted' }],
    ['one of another program', file('trailer << /Encrypted 5 0 R >>'), { problem: 'foreign' }],
    ['a packet without its end', file(packet().replace('<?xpacket end', '<?xpacket')), { problem: 'broken' }],
    ['a packet without its begin', file(packet().replace('<?xpacket begin', '<?xpacket')), { problem: 'broken' }],
    [
      'a packet that ends before it begins',
      file(`<?xpacket end="r"?>${packet().replace('<?xpacket end', '')}`),
      { problem: 'broken' },
    ],
    [
      'a packet that is no record',
      file(packet(provenanceDescription(full).replaceAll('content', 'x'))),
      { problem: 'broken' },
    ],
    [
      'the packet that holds the record, of several',
      file(`${packet('<x/>')}${packet()}${packet('<y/>')}`),
      { provenance: full },
    ],
    [
      'a record more than 1 MiB behind the begin',
      file(packet(`${' '.repeat(1024 * 1024 - 300)}${provenanceDescription(full)}`)),
      { problem: 'broken' },
    ],
    ['the edition as JSON', json('/Filter /FlateDecode', deflated), { provenance: full, json: edition }],
    ['JSON whose length is beyond the file', json('', deflated, 99_999), { provenance: full, json: edition }],
    ['JSON cut off', json('', deflated.subarray(0, -9)), { provenance: full }],
    ['JSON that is none', json('', deflateSync('{')), { provenance: full }],
    ['JSON that does not inflate', json('', Buffer.from('x')), { provenance: full }],
    ['JSON without its length', json('>>', deflated), { provenance: full, json: edition }],
    ['JSON whose dictionary does not end soon', json(`/A (${'x'.repeat(500)})`, deflated), { provenance: full }],
  ])('%s', (_, bytes, told) => expect(readBack(bytes)).toStrictEqual(told));

  test('a bomb of more than 64 MiB is not inflated', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024 + 1, '1'), { level: 1 });
    expect(readBack(json('', bomb))).toStrictEqual({ provenance: full });
  });
});

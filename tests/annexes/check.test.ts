import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Renderer } from '../../dist/book/renderer.js';
import { readAnnex } from '../../src/annexes/annex.ts';
import { checkAnnexes, type KnownAnnexes } from '../../src/annexes/check.ts';
import { type AnnexReader, type AnnexReads, ContentCache, checkAll } from '../../src/annexes/checked-edition.ts';
import { largest } from '../../src/annexes/open.ts';
import type { Problem } from '../../src/annexes/problem.ts';
import { typeset } from '../../src/build.ts';
import type { NamedAnnex } from '../../src/content/check.ts';
import { type ContentSource, type Entry, readWorkingTree } from '../../src/content/source/source.ts';
import type { Edition } from '../../src/model/edition.ts';
import { onePage, tagged } from './pdf.ts';

const place = { file: 'content/edition.yaml', start: { line: 16, column: 11 }, end: { line: 16, column: 26 } };
const named = (path: string, bytes: Uint8Array, alternative?: string): NamedAnnex => ({
  path,
  alternative,
  place,
  size: bytes.length,
  read: () => bytes,
});
const plain = onePage({});
const whole = tagged('P[0]');
const megabyte = 1024 * 1024;

describe('the annexes that an edition names', () => {
  test('are read, each by its path; every problem stands at the line that names it', async () => {
    const { annexes, diagnostics } = await checkAnnexes([
      named('annexes/a.pdf', whole),
      named('annexes/b.pdf', plain),
      named('annexes/c.pdf', Buffer.from('c')),
      named('annexes/d.pdf', onePage({ catalog: '/AA << >>' }), '図'),
    ]);
    expect([...annexes.keys()]).toEqual(['annexes/a.pdf', 'annexes/b.pdf', 'annexes/d.pdf']);
    expect(diagnostics).toEqual([
      { ...place, code: 'annex-untagged', severity: 'error', subject: 'annexes/b.pdf' },
      { ...place, code: 'annex-damaged', severity: 'error', actual: 'PDF ではありません', subject: 'annexes/c.pdf' },
      { ...place, code: 'annex-script', severity: 'warning', subject: 'annexes/d.pdf' },
    ]);
  });

  test.each<[number, string[]]>([
    [200 * megabyte, []],
    [200 * megabyte + 1, ['error annex-too-large 201 MB 200 MB']],
    [201 * megabyte, ['error annex-too-large 201 MB 200 MB']],
    [201 * megabyte + 1, ['error annex-too-large 202 MB 200 MB']],
  ])('of %d bytes', async (size, expected) => {
    const { annexes, diagnostics } = await checkAnnexes([{ ...named('a', whole), size }]);
    const lines = diagnostics.map((each) => `${each.severity} ${each.code} ${each.actual} ${each.expected}`);
    expect(lines).toEqual(expected);
    expect(annexes.size).toBe(expected.length === 0 ? 1 : 0);
  });

  test('that cannot be read are told with why, and the others are read', async () => {
    const failing = (error: unknown): NamedAnnex => ({
      ...named('a', plain),
      read: () => {
        throw error;
      },
    });
    const { annexes, diagnostics } = await checkAnnexes([
      failing(Object.assign(new Error('no'), { code: 'EACCES' })),
      failing(new Error('no')),
      named('b', whole),
    ]);
    expect(diagnostics).toEqual([
      { ...place, code: 'file-unreadable', severity: 'error', actual: 'EACCES', subject: 'a' },
      { ...place, code: 'file-unreadable', severity: 'error', actual: '不明', subject: 'a' },
    ]);
    expect([...annexes.keys()]).toEqual(['b']);
  });
});

describe('the digest of the annexes, which a PDF carries', () => {
  const digest = async (...annexes: NamedAnnex[]) => (await checkAnnexes(annexes)).digest;
  const sha = (...parts: (string | Buffer)[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash;
  };
  test('is that of the digests of the files and their 代替テキスト: older PDFs are compared with it', async () => {
    expect(await digest(named('a', whole), named('b', plain, '港の地図'))).toBe(
      sha(sha(whole).digest(), '\n', sha(plain).digest(), '港の地図\n').digest('hex'),
    );
    expect(await digest()).toBe(sha().digest('hex'));
  });
  test('leaves out what cannot be read, counts what is refused', async () => {
    const large = { ...named('a', whole), size: 300 * megabyte };
    expect(await digest(large)).toBe(await digest());
    expect(await digest(named('a', Buffer.from('a')))).not.toBe(await digest());
  });
});

describe('annexes read before', () => {
  const known: KnownAnnexes = new Map();
  const read = async (annex: NamedAnnex, before = known) => {
    const { annexes, diagnostics } = await checkAnnexes([annex], before);
    return { annex: annexes.get(annex.path), codes: diagnostics.map(({ code }) => code) };
  };
  test('are not read again while bytes and 代替テキスト are the same', async () => {
    known.clear();
    const first = await read(named('a', plain, '港'));
    expect(first.annex).toBeDefined();
    expect((await read(named('a', Buffer.from(plain), '港'))).annex).toBe(first.annex);
    expect((await read(named('b', plain, '港'))).annex).not.toBe(first.annex);
  });
  test('are read again when the 代替テキスト changes', async () => {
    known.clear();
    expect((await read(named('a', plain, '港'))).annex?.alternative).toBe('港');
    expect((await read(named('a', plain, '新しい港'))).annex?.alternative).toBe('新しい港');
    expect(await read(named('a', plain))).toMatchObject({ codes: ['annex-untagged'] });
    expect(await read(named('a', plain, '港'))).toMatchObject({ annex: { alternative: '港' }, codes: [] });
  });
  test('are read again when the bytes change, and tell their problems again when not', async () => {
    known.clear();
    expect((await read(named('a', plain))).codes).toEqual(['annex-untagged']);
    expect((await read(named('a', plain))).codes).toEqual(['annex-untagged']);
    expect((await read(named('a', whole))).codes).toEqual([]);
    expect((await read(named('a', Buffer.from('a')))).codes).toEqual(['annex-damaged']);
    expect(await read(named('a', Buffer.from('a')))).toEqual({ annex: undefined, codes: ['annex-damaged'] });
  });
});

/** The invented city with this annex at the end of its 構成. */
function city(bytes?: Uint8Array, alternative?: string, more = ''): ContentSource {
  const source = readWorkingTree('tests/city');
  const entries = new Map(source.entries);
  const edition = entries.get('edition.yaml') as Extract<Entry, { kind: 'file' }>;
  const text = Buffer.from(edition.read()).toString();
  const spoken = alternative === undefined ? '' : `, 代替テキスト: ${alternative}`;
  const line = bytes ? `, { 別冊: annexes/a.pdf, 題名: 資料${spoken} }` : '';
  const changed = text.replace(/^構成: \[(.*)\]$/m, (_, parts) => `構成: [${parts}${line}]`) + more;
  const file = (content: Uint8Array) => ({ kind: 'file' as const, read: () => content, size: () => content.length });
  entries.set('edition.yaml', file(Buffer.from(changed)));
  if (bytes) entries.set('annexes/a.pdf', file(bytes));
  return { ...source, entries };
}

describe('an edition with annexes', () => {
  test('without any: nothing is read', async () => {
    const checked = await checkAll(city());
    expect(checked.edition).toBeDefined();
    expect([...checked.readAnnexes]).toEqual([]);
    expect(checked.annexDigest).toBeUndefined();
  });

  test('is whole with those that can be merged, and has none where one cannot', async () => {
    const good = await checkAll(city(whole));
    expect(good.diagnostics).toEqual([]);
    expect(good.edition?.parts.at(-1)).toMatchObject({ annex: 'annexes/a.pdf' });
    expect([...good.readAnnexes.keys()]).toEqual(['annexes/a.pdf']);
    expect(good.annexDigest).toMatch(/^[0-9a-f]{64}$/);
    const bad = await checkAll(city(plain));
    expect(bad.edition).toBeUndefined();
    expect(bad.diagnostics.map(({ code }) => code)).toEqual(['annex-untagged']);
    const warned = await checkAll(city(onePage({ catalog: '/AA << >>' }), '図'));
    expect(warned.edition).toBeDefined();
    expect(warned.diagnostics.map(({ code }) => code)).toEqual(['annex-script']);
  });

  test('tells mistakes of the content beside those of annexes', async () => {
    const { edition, diagnostics } = await checkAll(city(plain, undefined, '\n版面: A9\n'));
    expect(edition).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-key', 'annex-untagged']);
  });

  // What watch and the preview keep from one save to the next, and what verify compares.
  test('follows a 代替テキスト that changes, with what was read before', async () => {
    const cache = new ContentCache();
    const of = async (alternative?: string) => {
      const { readAnnexes, annexDigest, diagnostics } = await checkAll(city(plain, alternative), cache);
      return { annex: readAnnexes.get('annexes/a.pdf'), annexDigest, codes: diagnostics.map(({ code }) => code) };
    };
    const first = await of('港の地図');
    expect(first).toMatchObject({ annex: { alternative: '港の地図' }, codes: [] });
    expect((await of('港の地図')).annex).toBe(first.annex);
    const second = await of('港と駅の地図');
    expect(second).toMatchObject({ annex: { alternative: '港と駅の地図' }, codes: [] });
    expect(second.annexDigest).not.toBe(first.annexDigest);
    expect(await of()).toMatchObject({ codes: ['annex-untagged'] });
    expect((await of('港の地図')).annexDigest).toBe(first.annexDigest);
  });
});

describe('whatever reading throws', () => {
  const throwing = (error: unknown) =>
    readAnnex(
      {
        get buffer(): never {
          throw error;
        },
      } as never,
      '図',
    );
  test('for what the bytes are: the file is damaged', async () => {
    expect(await throwing(new RangeError('stack'))).toMatchObject({
      problems: [{ code: 'annex-damaged', severity: 'error', actual: 'PDF の構造を読めません' }],
    });
  });
  test('what is no error goes on', async () => {
    await expect(throwing('stop')).rejects.toBe('stop');
  });
});

describe('pages', () => {
  const many = (count: number) => {
    const nodes = Array.from({ length: count }, (_, index) => 10 + index);
    const list = `<< /Kids [${nodes.map((node) => `${node} 0 R`).join(' ')}] /Count ${count} >>`;
    return onePage({ objects: { 2: list, ...Object.fromEntries(nodes.map((node) => [node, '<< /Type /Page >>'])) } });
  };
  test('may be 5,000', () => {
    expect(largest).toEqual({ bytes: 200 * megabyte, pages: 5000 });
  });
  test('may be as many as that, not one more', async () => {
    try {
      largest.pages = 12;
      expect((await readAnnex(many(12), '図')).problems).toEqual([]);
      expect(await readAnnex(many(13), '図')).toMatchObject({
        problems: [{ code: 'annex-too-large', severity: 'error', actual: '12ページより多い', expected: '12ページ' }],
      });
    } finally {
      largest.pages = 5000;
    }
  });
});

describe('annexes that a reader reads meanwhile', () => {
  const breach = { code: 'annex-nonconforming', severity: 'error', actual: '命令' } as const;
  const atLine = { ...breach, subject: 'annexes/a.pdf', file: 'tests/city/edition.yaml' };
  const readerOf = (
    reads: Awaited<AnnexReads['pages']>,
    ...problems: Problem[]
  ): AnnexReader & { digests: string[] } => {
    const digests: string[] = [];
    return {
      digests,
      read: (files, digest) => {
        digests.push(`${files.map(({ path, alternative }) => `${path} ${alternative}`)} ${digest}`);
        return { pages: Promise.resolve(reads), problems: Promise.resolve([problems]) };
      },
    };
  };
  const size = { width: 200, height: 100 };

  test('have their sizes, and are told when they are asked for', async () => {
    const reader = readerOf([[size]], breach);
    const { edition, diagnostics, readAnnexes, annexDigest, found } = await checkAll(city(whole), undefined, {
      reader,
    });
    expect(edition).toBeDefined();
    expect(diagnostics).toEqual([]);
    expect([...readAnnexes]).toEqual([['annexes/a.pdf', { pages: [size] }]]);
    expect(reader.digests).toEqual([`annexes/a.pdf undefined ${annexDigest}`]);
    expect(await found?.()).toMatchObject([atLine]);
  });
  test('keep the edition from being laid out when they have no pages', async () => {
    const { edition, diagnostics, found } = await checkAll(city(whole), undefined, {
      reader: readerOf([undefined], breach),
    });
    expect(edition).toBeUndefined();
    expect(diagnostics).toMatchObject([atLine]);
    expect(found).toBeUndefined();
  });
  test('are none where the edition names none', async () => {
    const reader = readerOf([]);
    expect((await checkAll(city(), undefined, { reader })).found).toBeUndefined();
    expect(reader.digests).toEqual([]);
  });

  test.each([
    ['an error keeps', 'error', false],
    ['a warning does not keep', 'warning', true],
  ] as const)('%s a build from writing a PDF, though all is laid out', async (_, severity, isBuilt) => {
    const content = await checkAll(readWorkingTree('tests/city'));
    const renderer = new Renderer();
    try {
      const { pdf, diagnostics } = await typeset({
        content: { ...content, found: async () => [{ ...place, ...breach, severity }] },
        edition: content.edition as Edition,
        renderer: renderer as never,
        choice: {},
        commit: Promise.resolve({}),
      });
      expect(pdf !== undefined).toBe(isBuilt);
      expect(diagnostics).toContainEqual({ ...place, ...breach, severity });
    } finally {
      await renderer.close();
    }
  });
});

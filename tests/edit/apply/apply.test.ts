import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../../src/compare/compare.ts';
import { readEdition } from '../../../src/compare/read.ts';
import { readWorkingTree } from '../../../src/content/source/source.ts';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import { apply } from '../../../src/edit/apply/apply.ts';
import { MemoryContent } from '../../compare/contents.ts';
import { history } from '../../compare/history.ts';
import { type Edit, type EditionState, editionEdits } from '../../compare/random-edits.ts';
import { revision } from '../../compare/revision.ts';
import { writtenFiles } from './written.ts';

const runs = Number(process.env.RUNS ?? 5);

/** What base becomes when it is told of head; 別冊 come with head. */
function applied(base: MemoryContent, head: MemoryContent): MemoryContent {
  const parsed = new ParsedFiles();
  const comparison = compare(base.edition('base', parsed), head.edition('head'));
  const files = new Map(base.files);
  for (const [path, text] of apply(comparison, base.source(), parsed))
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  for (const [path, text] of head.files) if (path.startsWith('annexes/')) files.set(path, text);
  return new MemoryContent(files);
}

function expectApplied(base: MemoryContent, head: MemoryContent): void {
  const result = applied(base, head);
  const [made, wanted] = [result.edition('made'), head.edition('wanted')];
  for (const [from, to] of [
    [made, wanted],
    [wanted, made],
  ] as const) {
    const { base: _, head: __, budgets: ___, ...found } = compare(from, to);
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
  }
  // No mistake that head has not.
  const codes = new Set(wanted.errors.map(({ code }) => code));
  expect(made.errors.filter(({ code }) => !codes.has(code))).toEqual([]);
  // Nothing is left to say, so nothing changes.
  expect(applied(result, head).files).toEqual(result.files);
}

const whole = history.filter(({ name }) => !name.startsWith('読めない'));

test('each step of a history, forth and back', () => {
  let before = new MemoryContent();
  for (const { name, change } of whole) {
    const after = new MemoryContent(before.files);
    change(after);
    try {
      expectApplied(before, after);
      expectApplied(after, before);
    } catch (error) {
      throw new Error(name, { cause: error });
    }
    before = after;
  }
});

test('a revision of every kind of finding, forth and back', () => {
  const { base, head } = revision({});
  expectApplied(base, head);
  expectApplied(head, base);
});

test.each(['tests/city', 'tests/lake', 'content'])('what says nothing changes no byte of %s', (folder) => {
  const source = readWorkingTree(folder);
  const edition = () => readEdition('', source, new ParsedFiles());
  expect(apply(compare(edition(), edition()), source)).toEqual(new Map());
});

const contentOf = (folder: string) => {
  const files = new Map<string, string>();
  for (const [path, entry] of readWorkingTree(folder).entries)
    if (entry.kind === 'file' && path.endsWith('.yaml')) files.set(path, Buffer.from(entry.read()).toString());
  return new MemoryContent(files);
};

test.each([
  ['tests/city', 'tests/lake'],
  ['tests/lake', 'tests/city'],
  ['content', 'tests/city'],
])('all of %s becomes all of %s', (base, head) => expectApplied(contentOf(base), contentOf(head)));

const folders = ['tests/city', 'tests/lake'].map((folder) =>
  readEdition(folder, readWorkingTree(folder), new ParsedFiles()),
);

test.each(folders.map((edition) => [edition.name, edition] as const))('random pairs of editions of %s', (_, start) => {
  const edited = (edits: readonly Edit[]) => {
    const state: EditionState = structuredClone({ edition: start.edition, organization: start.organization });
    for (const edit of edits) edit(state);
    return writtenFiles(state.edition, state.organization);
  };
  const isReadable = (content: MemoryContent) => content.edition('').unread.length === 0;
  fc.assert(
    // Half of them begin with files as people write them.
    fc.property(fc.option(editionEdits, { freq: 1 }), editionEdits, (first, second) => {
      const [base, head] = [first ? edited(first) : contentOf(start.name), edited(second)];
      fc.pre(isReadable(base) && isReadable(head));
      expectApplied(base, head);
    }),
    { numRuns: runs, seed: 3 },
  );
});

test('what cannot be read on either side stays as it is', () => {
  const { base, head } = revision({});
  const files = [...base.files.keys()].filter((file) => file.endsWith('.yaml'));
  const piece = fc.constantFrom(
    '\n',
    ': ',
    '- ',
    '[',
    '{}',
    'null',
    '再掲: 1-1-1\n',
    '__proto__: {}\n',
    '"',
    '— ',
    '  ',
    '0',
  );
  const spoil = fc.record({ file: fc.constantFrom(...files), at: fc.double({ min: 0, max: 1, noNaN: true }), piece });
  fc.assert(
    fc.property(spoil, fc.boolean(), ({ file, at, piece: spoiling }, onBase) => {
      const [old, fresh] = [new MemoryContent(base.files), new MemoryContent(head.files)];
      const side = onBase || !fresh.has(file) ? old : fresh;
      const text = side.read(file);
      const place = Math.floor(at * text.length);
      side.write(file, text.slice(0, place) + spoiling + text.slice(place));
      const parsed = new ParsedFiles();
      const before = old.edition('', parsed);
      const comparison = compare(before, fresh.edition(''));
      const files = apply(comparison, old.source(), parsed);
      const whole = comparison.unread.filter((part) => part.field === undefined).map((part) => part.file);
      for (const path of whole) expect(files.has(path)).toBe(false);
    }),
    { numRuns: 4 * runs, seed: 3 },
  );
});

test('a measure of which a part cannot be read gets its number in head, and nothing else', () => {
  const { base, head } = revision({});
  base.replace('measures/1-1-4.yaml', '予算額: 800', '予算額: 800千円');
  const files = apply(compare(base.edition(''), head.edition('')), base.source());
  expect(files.get('measures/1-1-3.yaml')).toBe(base.read('measures/1-1-4.yaml').replace('番号: 1-1-4', '番号: 1-1-3'));
  // Nor does its 再掲 lose it.
  base.write('measures/3-1-6.yaml', '番号: 3-1-6\n区分: 継続\n再掲: 1-1-4\n');
  head.write('measures/3-1-6.yaml', '番号: 3-1-6\n区分: 継続\n再掲: 1-1-3\n');
  const reprinted = apply(compare(base.edition(''), head.edition('')), base.source());
  expect(reprinted.get('measures/3-1-6.yaml')).toBe(head.read('measures/3-1-6.yaml'));
  expect([files.has('measures/1-1-4.yaml'), files.get('measures/1-1-4.yaml')]).toEqual([true, undefined]);
});

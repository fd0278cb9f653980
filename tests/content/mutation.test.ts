import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { reportPretty } from '../../src/diagnostics/report.ts';
import { put } from './city.ts';

const files = [
  'edition.yaml',
  'structure.yaml',
  'organization.yaml',
  ...readdirSync('content/measures').map((name) => `measures/${name}`),
];
const reprints = files.filter((file) => /^再掲:/m.test(readFileSync(`content/${file}`, 'utf8')));
const targetOf = (file: string) =>
  `measures/${/^再掲: *(\S+)/m.exec(readFileSync(`content/${file}`, 'utf8'))?.[1]}.yaml`;
const texts = new Map(files.map((file) => [file, readFileSync(`content/${file}`)]));

/** Pieces that break YAML, or that people paste. */
const pieces = [
  '\t',
  '　',
  ':',
  ': ',
  '：',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '- ',
  '-',
  '|',
  '>',
  '&a ',
  '*a',
  '!x ',
  '%',
  '@',
  '`',
  ',',
  '\n',
  '\n\n',
  '---\n',
  '\r\n',
  '\ufeff',
  '\u0000',
  '\u200b',
  'ｱ',
  'д',
  '〇',
  '🙂',
  'か\u3099',
  '番号: 1\n',
  '  ',
  '1e999',
  '__proto__: {}\n',
  'constructor: 1\n',
  '<<: *a\n',
  '? ',
];

const mutation = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'repeat', 'replace', 'drop-line', 'double-line', 'indent-line', 'byte'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  piece: fc.constantFrom(...pieces),
  byte: fc.integer({ min: 0, max: 255 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, { kind, at, length, piece, byte }: Mutation): Buffer {
  if (kind === 'byte') {
    const copy = Buffer.from(bytes);
    copy[Math.floor(at * copy.length)] = byte;
    return copy;
  }
  const text = bytes.toString();
  const index = Math.floor(at * text.length);
  if (kind.endsWith('line')) {
    const lines = text.split('\n');
    const line = Math.floor(at * lines.length);
    const old = lines[line] ?? '';
    const fresh = { 'drop-line': [], 'double-line': [old, old], 'indent-line': [' '.repeat(length) + old] }[
      kind as 'drop-line'
    ];
    lines.splice(line, 1, ...fresh);
    return Buffer.from(lines.join('\n'));
  }
  const [head, middle, tail] = [text.slice(0, index), text.slice(index, index + length), text.slice(index + length)];
  const changed = { insert: piece + middle, delete: '', repeat: middle.repeat(3), replace: piece }[kind as 'insert'];
  return Buffer.from(head + changed + tail);
}

test('mutated files of the edition never crash, never hang, and are never refused without a reason', () => {
  const whole = readWorkingTree('content');
  // A few neighbours are enough for the cross-file rules; all files in each of the runs would only cost time.
  const near = [
    'edition.yaml',
    'structure.yaml',
    'organization.yaml',
    'measures',
    ...files.slice(3, 5),
    ...reprints.slice(0, 1),
    ...reprints.slice(0, 1).map(targetOf),
  ];
  // As between the saves of an editor: what is not mutated is not parsed again.
  const parsed = new ParsedFiles();
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(mutation, { minLength: 1, maxLength: 4 }), (file, mutations) => {
      const entries = new Map([...whole.entries].filter(([path]) => near.includes(path)));
      put(entries, file, mutations.reduce(mutate, texts.get(file) as Buffer));
      const start = performance.now();
      const { edition, readable, diagnostics, sources } = checkContent({ root: 'content', entries }, parsed);
      const read = readable();
      expect(performance.now() - start).toBeLessThan(5000);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(edition === undefined).toBe(errors.length > 0);
      if (edition) expect(read).toMatchObject({ edition, unread: [] });
      const misplaced = diagnostics.filter(({ start: from, end }) => {
        const ordered = end.line > from.line || (end.line === from.line && end.column >= from.column);
        return !(from.line > 0 && from.column > 0 && ordered);
      });
      expect(misplaced).toEqual([]);
      reportPretty(diagnostics, sources, { color: false, width: 80 });
    }),
    { numRuns: 600 },
  );
}, 120_000);

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import type { Edition } from '../../src/model/edition.ts';
import { editionJson } from '../../src/model/edition-json.ts';
import { city, put } from './city.ts';
import { stopwatch } from './stopwatch.ts';

/** MUTATIONS=100000 npx vitest run tests/content/mutation.test.ts tries as many. */
const runs = Number(process.env.MUTATIONS ?? 30);

const whole = city().entries;
const texts = new Map(
  [...whole].flatMap(([path, entry]) => (entry.kind === 'file' ? [[path, Buffer.from(entry.read())] as const] : [])),
);
const files = [...texts.keys()];

/** Pieces that break YAML, or that people paste. */
const pieces = [
  ...[
    '\t',
    '　',
    ':',
    ': ',
    '：',
    ' #',
    '"',
    "'",
    '""',
    "''",
    '[',
    ']',
    '{',
    '}',
    '[]',
    '{}',
    '- ',
    '-',
    '|',
    '|-\n',
    '>',
    '>-\n',
  ],
  ...[
    '&a ',
    '*a',
    '!x ',
    '!!str ',
    '%',
    '@',
    '`',
    ',',
    ', ',
    '? ',
    '\\',
    '\n',
    '\n\n',
    '\n  ',
    '---\n',
    '...\n',
    '\r\n',
    '\r',
    '\r\r\n',
  ],
  ...[
    '\ufeff',
    '\u0000',
    '\u200b',
    '\u00a0',
    '\u2028',
    '\u202e',
    'ｱ',
    'д',
    '〇',
    '—',
    '🙂',
    '𠮟',
    'か\u3099',
    '\ue000',
    '\ufe0f',
    '⾏',
  ],
  ...[
    '番号: 1\n',
    '1e999',
    '0x10',
    '1_000',
    '-0',
    '１',
    '__proto__: {}\n',
    'constructor: 1\n',
    '<<: *a\n',
    '<<<<<<< HEAD\n',
    '=======\n',
  ],
  ...[
    'null',
    '~',
    'Null',
    'true',
    'no',
    '2026-04-01',
    '99999999999999999999',
    '1-1-20260401',
    'R99',
    'R10: {}\n',
    '再掲: 1-1-1\n',
  ],
];
const escapes = fc.oneof(
  fc.constantFrom(...'0abtnvfre "/\\N_LPxuUq\n'.split('').map((sign) => `\\${sign}`)),
  fc.integer({ min: 0, max: 0xff }).map((unit) => `\\x${unit.toString(16).padStart(2, '0')}`),
  fc
    .oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7ff, max: 0xe000 }))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  fc.integer({ min: 0, max: 0x11ffff }).map((point) => `\\U${point.toString(16).padStart(8, '0')}`),
);

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const length = fc.integer({ min: 1, max: 12 });
type Change = (bytes: Buffer) => Buffer;
const onText =
  (change: (text: string) => string): Change =>
  (bytes) =>
    Buffer.from(change(bytes.toString()));
const onLines = (at: number, change: (lines: string[], line: number) => void): Change =>
  onText((text) => {
    const lines = text.split('\n');
    change(lines, Math.floor(at * lines.length));
    return lines.join('\n');
  });

const byBytes = fc
  .record({ at: place, kind: fc.constantFrom('set', 'insert', 'delete', 'cut'), byte: fc.nat(255), length })
  .map(
    ({ at, kind, byte, length }): Change =>
      (bytes) => {
        const index = Math.floor(at * bytes.length);
        const [head, tail] = [bytes.subarray(0, index), bytes.subarray(index)];
        if (kind === 'cut') return Buffer.from(head);
        if (kind === 'delete') return Buffer.concat([head, tail.subarray(length)]);
        return Buffer.concat([head, Buffer.from([byte]), tail.subarray(kind === 'set' ? 1 : 0)]);
      },
  );
const byPieces = fc
  .record({
    at: place,
    kind: fc.constantFrom('insert', 'replace', 'delete', 'repeat'),
    piece: fc.constantFrom(...pieces),
    length,
  })
  .map(({ at, kind, piece, length }) =>
    onText((text) => {
      const index = Math.floor(at * text.length);
      const middle = text.slice(index, index + length);
      const changed = { insert: piece + middle, replace: piece, delete: '', repeat: middle.repeat(3) }[kind];
      return text.slice(0, index) + changed + text.slice(index + length);
    }),
  );
const byLines = fc
  .record({
    at: place,
    to: place,
    kind: fc.constantFrom('drop', 'double', 'move', 'deeper', 'flatter', 'join', 'foreign'),
    length,
    file: fc.constantFrom(...files),
  })
  .map(({ at, to, kind, length, file }) =>
    onLines(at, (lines, line) => {
      const old = lines[line] ?? '';
      const target = Math.floor(to * lines.length);
      if (kind === 'drop') lines.splice(line, 1);
      else if (kind === 'double') lines.splice(target, 0, old);
      else if (kind === 'move') lines.splice(target, 0, ...lines.splice(line, 1));
      else if (kind === 'deeper') lines[line] = ' '.repeat(length) + old;
      else if (kind === 'flatter') lines[line] = old.slice(Math.min(length, old.length - old.trimStart().length));
      else if (kind === 'join') lines.splice(line, 2, old + (lines[line + 1] ?? ''));
      else {
        const others = (texts.get(file) ?? '').toString().split('\n');
        lines.splice(line, 0, ...others.slice(Math.floor(to * others.length)).slice(0, length));
      }
    }),
  );
/** A value, or a key, written anew: as YAML has it, or as people type it. */
const byGrammar = fc
  .record({
    at: place,
    part: fc.constantFrom('key', 'value'),
    form: fc.constantFrom("'", '"', '', '|', '[', '{'),
    piece: fc.oneof(fc.constantFrom(...pieces), fc.constant('')),
    escaped: escapes,
  })
  .map(({ at, part, form, piece, escaped }) =>
    onLines(at, (lines, line) => {
      const [, indent = '', key = '', value = ''] = /^( *(?:- )?)([^:]*):? ?(.*)$/.exec(lines[line] ?? '') ?? [];
      const chosen = part === 'key' ? key : value;
      const half = Math.floor(chosen.length / 2);
      const text = chosen.slice(0, half) + (form === '"' ? escaped : piece) + chosen.slice(half);
      const written = {
        "'": `'${text}'`,
        '"': `"${text}"`,
        '': text,
        '|': `|-\n${indent}  ${text}`,
        '[': `[${text}]`,
        '{': `{${text}}`,
      }[form];
      lines[line] = part === 'key' ? `${indent}${written}: ${value}` : `${indent}${key}: ${written}`;
    }),
  );

/** What no edition may hold, in the data that is printed and published. */
function illegal({ edition }: CheckedContent): string[] {
  if (!edition) return [];
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value === '' || value !== value.normalize('NFC')) found.push(value);
      for (const sign of value) if (sign !== '\n' && !printable(sign.codePointAt(0) ?? 0)) found.push(value);
    } else if (typeof value === 'number') {
      if (!Number.isSafeInteger(value) || value < 0) found.push(String(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(key);
        walk(inner);
      }
    }
  };
  walk(JSON.parse(editionJson(edition)));
  return [...found, ...misnumbered(edition)];
}

const ranges: [number, number][] = JSON.parse(readFileSync('fonts/coverage.json', 'utf8')).map((range: string) => {
  const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
  return [first, last];
});
const printable = (point: number) => ranges.some(([first, last]) => first <= point && point <= last);

function misnumbered({ categories, years }: Edition): string[] {
  return categories.flatMap(({ number, groups }, place) =>
    groups.flatMap((group, inner) =>
      group.measures.flatMap(({ id, schedule }, index) =>
        number === String(place + 1) &&
        id === `${number}-${inner + 1}-${index + 1}` &&
        (schedule === undefined || Object.keys(schedule).every((year) => years.includes(year)))
          ? []
          : [id],
      ),
    ),
  );
}

test(`${runs} mutated files never crash, never hang, and are refused with a reason or make a legal edition`, () => {
  // As between the saves of an editor: what is not mutated is not parsed again.
  const parsed = new ParsedFiles();
  const changes = fc.array(fc.oneof(byBytes, byPieces, byLines, byGrammar), { minLength: 1, maxLength: 4 });
  const tally = { editions: 0, slowest: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...files), changes, (file, all) => {
      const entries = new Map(whole);
      const bytes = all.reduce((before, change) => change(before), texts.get(file) as Buffer);
      put(entries, file, bytes);
      const used = stopwatch();
      const content = checkContent({ root: 'city', entries }, parsed);
      const read = content.readable();
      const { edition, diagnostics, sources } = content;
      for (const format of ['pretty', 'json', 'github'] as const)
        reportText(diagnostics, sources, format, { color: false, width: 80 });
      const milliseconds = used();
      tally.slowest = Math.max(tally.slowest, milliseconds);
      expect(milliseconds).toBeLessThan(2000);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(edition === undefined).toBe(errors.length > 0);
      if (edition) {
        tally.editions += 1;
        expect(read).toMatchObject({ edition, unread: [] });
      }
      expect(illegal(content)).toEqual([]);
      const misplaced = diagnostics.filter(({ start: from, end }) => {
        const ordered = end.line > from.line || (end.line === from.line && end.column >= from.column);
        return !(from.line > 0 && from.column > 0 && ordered);
      });
      expect(misplaced).toEqual([]);
    }),
    { seed: 10, numRuns: runs },
  );
  expect(tally.editions).toBeGreaterThan(0);
  if (runs > 150) console.log(`${runs} mutations: ${tally.editions} editions, slowest ${Math.round(tally.slowest)} ms`);
}, 7_200_000);

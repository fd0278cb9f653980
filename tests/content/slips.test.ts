import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { nearest } from '../../src/content/nearest.ts';
import { readWritten } from '../../src/content/yaml/written-text.ts';
import { parseYaml } from '../../src/content/yaml/yaml-file.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { described } from './case.ts';
import { checkedCity, textOf } from './city.ts';
import { stopwatch } from './stopwatch.ts';

// One slip of an editor, anywhere in the invented city, is one message at its place.
const folder = 'tests/city/';
const files = [
  ...['edition.yaml', 'structure.yaml', 'organization.yaml'],
  ...readdirSync(`${folder}measures`).map((name) => `measures/${name}`),
];
const settings = { seed: 20261126, numRuns: 100 };

function checked(changes: Record<string, string>): Diagnostic[] {
  return checkedCity(changes).diagnostics;
}
const report = (diagnostics: readonly Diagnostic[]) =>
  described(diagnostics).map((line) => line.replace(/-\d+:\d+$/, ''));

interface Spot {
  file: string;
  lines: string[];
  line: number;
}
/** A line of any file that `suits`. */
const spot = (suits: (line: string, above: string) => boolean, among = files): fc.Arbitrary<Spot> =>
  fc.constantFrom(
    ...among.flatMap((file) => {
      const lines = textOf(file).split('\n');
      return lines.flatMap((text, line) => (suits(text, lines[line - 1] ?? '') ? [{ file, lines, line }] : []));
    }),
  );
const changed = ({ file, lines, line }: Spot, to: (line: string) => string): Record<string, string> => ({
  [file]: lines.map((text, index) => (index === line ? to(text) : text)).join('\n'),
});
const wideBlank = fc.constantFrom('\u00a0', '\u2000', '\u2003', '\u2009', '\u202f', '\u205f', '\u3000');

describe('what looks like a space', () => {
  test('as the indent of a line', () => {
    const indented = spot((line) => /^ +\S/.test(line));
    fc.assert(
      fc.property(indented, wideBlank, fc.boolean(), (at, blank, whole) => {
        const diagnostics = checked(
          changed(at, (line) =>
            line.replace(/^ +/, (old) => (whole ? blank.repeat(old.length) : blank + old.slice(1))),
          ),
        );
        expect(report(diagnostics)).toEqual([`error yaml-foreign-space ${at.file} ${at.line + 1}:1`]);
      }),
      settings,
    );
  });

  test('behind a colon', () => {
    const keyed = spot((line) => /^ *(?:- )?[^\s#:]+: /.test(line));
    fc.assert(
      fc.property(keyed, fc.oneof(wideBlank, fc.constantFrom('\u200b', '\ufeff', '\ufe0f')), (at, blank) => {
        const column = (at.lines[at.line] ?? '').indexOf(': ') + 2;
        const diagnostics = checked(changed(at, (line) => line.replace(': ', `:${blank}`)));
        expect(report(diagnostics)).toEqual([`error yaml-foreign-space ${at.file} ${at.line + 1}:${column}`]);
      }),
      settings,
    );
  });

  test('inside or around a key', () => {
    const keyed = spot((line) => /^ *(?:- )?[^\s#:"]+:(?: |$)/.test(line) && !/^ *(?:現状|実績|目標値):/.test(line));
    const hidden = fc.constantFrom('\u200b', '\u2060', '\ufe0f', '\u{e0100}', '\ufeff', '\u00ad');
    fc.assert(
      fc.property(keyed, hidden, fc.nat(), (at, sign, where) => {
        const diagnostics = checked(
          changed(at, (line) => {
            const colon = line.indexOf(':');
            const start = line.length - line.replace(/^ *(?:- )?/, '').length;
            const place = start + 1 + (where % (colon - start));
            return line.slice(0, place) + sign + line.slice(place);
          }),
        );
        expect(diagnostics.map(({ code, start }) => [code, start.line])).toEqual([['look-alike-key', at.line + 1]]);
      }),
      settings,
    );
  });
});

test('a sign of YAML in front of a text or a name', () => {
  const value = spot((line) => /^ *(?:取組|内容|名称|計画名|発行者): [^|"[{]/.test(line));
  const signs = [
    '*',
    '**',
    '* ',
    '&',
    '& ',
    '!',
    '! ',
    '@',
    '`',
    '%',
    '> ',
    '| ',
    '|',
    '? ',
    '- ',
    ',',
    ']',
    '}',
    '# ',
  ];
  fc.assert(
    fc.property(value, fc.constantFrom(...signs), (at, sign) => {
      const diagnostics = checked(changed(at, (line) => line.replace(': ', `: ${sign}`)));
      expect(diagnostics.map(({ file, start }) => `${file} ${start.line}`)).toEqual([`city/${at.file} ${at.line + 1}`]);
      const [{ code, ...more }] = diagnostics as [Diagnostic];
      expect(['yaml-anchor', 'yaml-tag', 'yaml-reserved-start']).toContain(code);
      expect(messages[code].message({ code, ...more })).toContain(sign.trim()[0]);
    }),
    settings,
  );
});

test('a conflict of git, wherever it is, with any line ends', () => {
  const line = spot((text) => text !== '');
  fc.assert(
    fc.property(
      line,
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      ({ file, lines, line: at }, base, crlf, size) => {
        const ours = lines.slice(at, at + size).filter((text) => text !== '');
        const conflict = [
          '<<<<<<< HEAD',
          ...ours,
          ...(base ? ['||||||| 1a2b3c4', ...ours] : []),
          '=======',
          ...ours,
          '>>>>>>> r12',
        ];
        const text = [...lines.slice(0, at), ...conflict, ...lines.slice(at + ours.length)].join(crlf ? '\r\n' : '\n');
        expect(report(checked({ [file]: text }))).toEqual([`error conflict-markers ${file} ${at + 1}:1`]);
      },
    ),
    settings,
  );
});

test.each(files)('%s pasted into itself', (file) => {
  const text = textOf(file);
  for (const twice of [text + text, text + text + text, text.trimEnd() + text.replace(/^#.*\n/, '')])
    expect(checked({ [file]: twice })).toHaveLength(1);
});

test('a name changed in one place only is reported there, and never as a slip of another one in use', () => {
  const organization = textOf('organization.yaml');
  const names = [...organization.matchAll(/(?<=[[ ])[^\s,[\]]+[課局](?=[,\]\n])/g)].map(([name]) => name);
  expect(names.length).toBeGreaterThan(5);
  const measures = files.filter((file) => file.startsWith('measures/')).map(textOf);
  for (const name of names) {
    const uses = measures.filter((text) =>
      new RegExp(`[[ )]${name}[,\\]]`).test(text.split('スケジュール')[0] ?? ''),
    ).length;
    const diagnostics = checked({
      'organization.yaml': organization.replace(name, `新${name.slice(0, -1)}推進${name.at(-1)}`),
    });
    expect(diagnostics.length, name).toBe(uses === 0 ? 0 : 1);
    if (uses > 1) expect(report(diagnostics)[0]).toMatch(/^error name-not-given organization.yaml/);
    for (const { nearest: proposal } of diagnostics) expect(names).not.toContain(proposal);
  }
});

test.each([
  ['園芸課', '漁港課', false],
  ['みなと推進課', '海推進課', false],
  ['防炎課', '防災課', true],
  ['うみべサビス課', 'うみべサービス課', true],
  ['担当部局', '担当局・部', true],
  ['課', '局', false],
])('%s is a slip of %s: %s', (name, candidate, isNear) => {
  expect(nearest(name, [candidate])).toEqual(isNear ? { nearest: candidate } : {});
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      ' ',
      '  ',
      '\n',
      ': ',
      ':',
      '- ',
      '|-',
      '>',
      '[',
      ']',
      '{',
      '}',
      ',',
      '、',
      '"',
      "'",
      '#',
      ' #',
      '*',
      '&',
      '!',
      '?',
      '%',
    ],
    ...[
      '\u00a0',
      '\u3000',
      '\u200b',
      '\ufeff',
      '\t',
      '<<<<<<< a',
      '=======',
      '>>>>>>> b',
      '課',
      '番号',
      '取組: |-\n',
      '---',
      '\\',
    ],
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  test('keeps its length and its lines, is left alone where nothing is wrong, and is never refused without a reason', () => {
    fc.assert(
      fc.property(text, (written) => {
        const read = readWritten(written);
        expect(read.text.length).toBe(written.length);
        expect(read.text.split('\n').length).toBe(written.split('\n').length);
        if (read.problems.length === 0) expect(read.text).toBe(written);
        const { value, diagnostics } = parseYaml('x', written);
        if (value === undefined && written !== '') expect(diagnostics.length).toBeGreaterThan(0);
      }),
      { ...settings, numRuns: 3000 },
    );
  });

  test('that is right YAML of an edition is left alone', () => {
    const valid = fc.record({
      key: fc.constantFrom('取組', '内容', '"取組"'),
      lines: fc.array(
        fc.constantFrom(
          '・a',
          '　字下げ',
          '* 点',
          '- 項目',
          '# 1',
          '<<',
          'キー: 値',
          '[x]',
          '',
          '=======',
          '| a | b |',
          "'q",
        ),
        { minLength: 1, maxLength: 6 },
      ),
      indent: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(valid, ({ key, lines, indent }) => {
        const body = ['x', ...lines].map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n');
        const written =
          `a: 1 # 注記\n${key}: |-\n${body}\nb: [x, "、y", 'z、']\nc:\n  - d: "e # f"\n    g: h: i\n`.replace(
            'h: i',
            'h:i',
          );
        expect(parseDocument(written).errors).toEqual([]);
        expect(readWritten(written)).toMatchObject({ text: written, problems: [] });
      }),
      settings,
    );
  });

  test.each([
    ['blank lines', '\n'],
    ['lines of spaces', '   \n'],
    ['comments', '# x\n'],
    ['colons', ': '],
    ['wide spaces', '\u3000'],
    ['wide spaces on lines', '\u3000a: b\n'],
    ['dashes', '- '],
    ['dashes on lines', '- a\n'],
    ['signs', '* a\n'],
    ['indented signs', '  * a\n'],
    ['sign values', 'a: *b\n'],
    ['conflicts', '<<<<<<< a\n=======\n>>>>>>> b\n'],
    ['separators', '---\n'],
    ['keys', 'a: b\n'],
    ['nested quotes', 'a: "\n'],
    ['texts', 'a: |-\n    b\n  c\n'],
    ['commas', 'a: [b、c]\n'],
    ['exclamation marks', 'a: !'],
    ['bars', '|'],
  ])('%s by the thousand take no time', (_, unit) => {
    const written = unit.repeat(Math.floor((64 * 1024) / unit.length));
    const milliseconds = stopwatch();
    readWritten(written);
    readWritten(`番号: 1-1-1\n${written}`);
    expect(milliseconds()).toBeLessThan(2000);
  });

  test('blank lines before the first key', () => {
    const milliseconds = stopwatch();
    expect(parseYaml('x', `${'\n'.repeat(5000)}番号: 1-1-1\n`).value).toEqual({ 番号: '1-1-1' });
    expect(parseYaml('x', `${'# x\n\n'.repeat(5000)}---\n番号: 1-1-1\n`).value).toEqual({ 番号: '1-1-1' });
    expect(milliseconds()).toBeLessThan(2000);
  });
});

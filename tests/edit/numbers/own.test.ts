import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removed } from '../../../src/edit/numbers/remove.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { isOwnOfReprint, sheetFields } from '../../../src/model/fields.ts';
import type { Measure } from '../../../src/model/measure.ts';
import { measureFile } from '../../../src/model/numbers.ts';
import { type Content, city, lake } from './contents.ts';
import { done } from './operations.ts';

const runs = Number(process.env.RUNS ?? 6);

/** What a measure or a 再掲 says of its own, beyond what it must. */
const said = fc.record(
  {
    取組: fc.constantFrom('海の「記録」', '#記録: 1-1-1', '三行\n二行'),
    担当: fc.constantFrom(0, 1),
    取組事項: fc.constantFrom('海', '# 海'),
    一覧表の担当課: fc.constantFrom('海の課', '海の課ほか'),
    comments: fc.boolean(),
    flow: fc.boolean(),
  },
  { requiredKeys: [] },
);

const quoted = (text: string) => JSON.stringify(text);
function withSaid(
  content: Content,
  number: string,
  what: typeof said extends fc.Arbitrary<infer T> ? T : never,
): string {
  const own = content.checked.readable().organization.flatMap(({ 名称, 課 }) => 課.map((section) => [名称, section]));
  const text = content.text(measureFile(number));
  const keys = ['取組', '担当局・部', '担当課', '一覧表'];
  const isReprint = content.value(number).再掲 !== undefined;
  const gone = (key: string) =>
    isReprint || (key === '取組' ? what.取組 : key === '一覧表' ? '' : what.担当) !== undefined;
  const kept = keys
    .filter((key) => gone(key))
    .reduce((all, key) => all.replace(new RegExp(`^${key}:.*\n(?: .*\n)*`, 'm'), ''), text);
  const lines = [];
  if (what.取組 !== undefined) lines.push(`取組: ${quoted(what.取組)}`);
  if (what.担当 !== undefined) {
    const [department, section] = own[what.担当] ?? [];
    lines.push(`担当局・部: [${department}]`, `担当課: [${section}]`);
  }
  const overview = [
    ...(what.取組事項 === undefined ? [] : [`取組事項: ${quoted(what.取組事項)}`]),
    ...(what.一覧表の担当課 === undefined ? [] : [`担当課: ${what.一覧表の担当課}`]),
  ];
  if (overview.length > 0)
    lines.push(
      ...(what.flow ? [`一覧表: { ${overview.join(', ')} }`] : ['一覧表:', ...overview.map((line) => `  ${line}`)]),
    );
  return (
    kept + lines.map((line) => (what.comments ? `# この行\n${line}` : line)).join('\n') + (lines.length > 0 ? '\n' : '')
  );
}

/** Some stand behind the measure in its 中項目. */
const reprinted = city.with(
  new Map(
    ['1-1-3', '1-1-4', '2-1-2'].map((number) => [measureFile(number), `番号: ${number}\n区分: 新規\n再掲: 1-1-1\n`]),
  ),
);

test.each([
  ['the city', city],
  ['the lake', lake],
  ['with more of them', reprinted],
])('the first 再掲 of a measure that goes says what it said: %s', (_, content) => {
  const targets = content.numbers.filter((one) => content.numbers.some((other) => content.value(other).再掲 === one));
  const property = fc.property(fc.nat(), fc.array(said, { minLength: 12, maxLength: 12 }), (at, all) => {
    const number = targets[at % targets.length] ?? '';
    const ordered = content.numbers.filter((one) => one === number || content.value(one).再掲 === number);
    const before = content.with(
      new Map(ordered.map((one, index) => [measureFile(one), withSaid(content, one, all[index] ?? {})])),
    );
    expect(before.errors).toEqual([]);
    const there = done(before, {
      kind: 'remove',
      at: content.numbers.indexOf(number),
      group: 0,
      place: 0,
      reprints: 'own',
    });
    fc.pre(there !== undefined);
    const after = before.with(there.plan().files);
    expect(after.errors).toEqual([]);
    const [was, is] = [models(before), models(after)];
    const [first = '', ...others] = ordered.filter((one) => one !== number);
    const target = was.get(number) as Measure;
    const reprint = was.get(first) as Measure;
    const home = there.numbers.get(first) as string;
    const mixed = { ...target } as Record<string, unknown>;
    for (const field of sheetFields.measure)
      if (isOwnOfReprint(field) && field.property !== 'reprintOf') mixed[field.property] = reprint[field.property];
    expect(is.get(home)).toEqual({ ...mixed, id: home });
    for (const one of others) {
      const now = is.get(there.numbers.get(one) as string) as Measure;
      expect(now.reprintOf).toBe(home);
    }
  });
  fc.assert(property, { numRuns: runs });
});

const models = (content: Content) =>
  new Map(measuresOf(content.checked.readable().edition).map((measure) => [measure.id, measure]));

test('comments of a 再掲 that becomes a measure are told, those of the measure stay', () => {
  const commented = city.with(
    new Map([
      [measureFile('1-1-1'), `${city.text(measureFile('1-1-1'))}# 確認中\n`],
      [measureFile('3-1-1'), `${city.text(measureFile('3-1-1')).trimEnd()}  # 学校で使う\n# 確認中\n# 課に聞く\n`],
    ]),
  );
  const { files, notes } = removed(commented, '1-1-1', { reprints: 'own' });
  expect(files.get(measureFile('3-1-1'))).toContain('# 確認中\n');
  expect(notes).toEqual([
    '再掲のファイルにあった注記は、新しいファイルに入れていません(tests/city/measures/3-1-1.yaml):',
    ...['# 学校で使う', '# 課に聞く'],
  ]);
});

test('the wording of the overview goes with what it follows from', () => {
  const more = city.with(
    new Map([[measureFile('1-2-2'), city.text(measureFile('1-1-2')).replace('番号: 1-1-2', '番号: 1-2-2')]]),
  );
  const { files, notes } = removed(more, '1-2-1', { reprints: 'own' });
  const after = more.with(files);
  // 3-1-2 has a 取組 of its own, 1-2-1 a wording of its own for the overview.
  expect(after.value('3-1-2')).toEqual({
    ...(({ 一覧表, ...others }) => others)(more.value('1-2-1')),
    ...(({ 再掲, ...own }) => own)(more.value('3-1-2')),
  });
  expect(notes).toEqual([]);
});

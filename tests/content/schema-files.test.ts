import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas, schemaText, writeSchemas } from '../../src/content/schema-files.ts';
import { city, put, textOf } from './city.ts';

const names = ['edition', 'measure', 'organization', 'structure'].map((name) => `${name}.schema.json`);

test.each(names)('%s of the invented city, whole', async (name) => {
  await expect(schemaText(jsonSchemas(city().source)[name] as object)).toMatchFileSnapshot(`../refs/schema/${name}`);
});

interface Branch {
  properties: Record<string, { items?: { defaultSnippets?: { label: string }[] } }> & {
    スケジュール: { properties?: Record<string, object> };
  };
}
/** The names that editors are offered, by key. */
function offered(files: Record<string, string | undefined>) {
  const { source, entries } = city();
  for (const [path, text] of Object.entries(files))
    if (text === undefined) entries.delete(path);
    else put(entries, path, text);
  const { properties } = (jsonSchemas(source)['measure.schema.json'] as { else: Branch }).else;
  const labels = (key: string) => properties[key]?.items?.defaultSnippets?.map(({ label }) => label);
  return {
    departments: labels('担当局・部'),
    sections: labels('担当課'),
    plans: labels('関連計画'),
    years: Object.keys(properties.スケジュール.properties ?? {}),
  };
}

const known = {
  departments: ['市民局', '産業局', '産業局 水産部', '教育局', 'ほか'],
  sections: ['窓口課', '防災課', '漁港課', '流通課', '学校課', '関係課'],
  plans: ['総合計画', '防災計画'],
  years: ['R10', 'R11', 'R12'],
};
const noNames = { departments: undefined, sections: undefined };
const edition = textOf('edition.yaml');
const organization = textOf('organization.yaml');

test.each<[string, Record<string, string | undefined>, object]>([
  ['whole', {}, known],
  ['no edition.yaml', { 'edition.yaml': undefined }, { ...known, plans: undefined, years: [] }],
  ['an edition.yaml of broken syntax', { 'edition.yaml': '"' }, { ...known, plans: undefined, years: [] }],
  [
    'a list of wrong form',
    { 'edition.yaml': edition.replace(/関連計画: .*/, '関連計画: x') },
    { ...known, plans: undefined },
  ],
  ['no plans', { 'edition.yaml': edition.replace(/関連計画: .*/, '関連計画: []') }, { ...known, plans: undefined }],
  ['no 課', { 'organization.yaml': organization.replaceAll(/課: .*/g, '課: []') }, { ...known, sections: undefined }],
  ['no organization.yaml', { 'organization.yaml': undefined }, { ...known, ...noNames }],
  ['an organization.yaml of wrong form', { 'organization.yaml': '局・部: x\n' }, { ...known, ...noNames }],
  [
    'a 局 with its 部 and alone, named once',
    { 'organization.yaml': organization.replace('名称: 教育局', '名称: 産業局') },
    { ...known, departments: ['市民局', '産業局', '産業局 水産部', 'ほか'] },
  ],
])('what editors offer: %s', (_, files, names) => expect(offered(files)).toEqual(names));

test('they are written into the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  try {
    const { source } = city();
    expect(writeSchemas(folder, source)).toEqual(names.map((name) => join(folder, name)));
    for (const [name, schema] of Object.entries(jsonSchemas(source)))
      expect(readFileSync(join(folder, name), 'utf8')).toBe(`${JSON.stringify(schema, undefined, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

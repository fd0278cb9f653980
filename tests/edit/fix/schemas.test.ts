import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { jsonSchemas, outdatedSchemas, schemaText } from '../../../src/content/schema-files.ts';
import { fixContent } from '../../../src/edit/fix/fix.ts';
import { city, put, textOf } from '../../content/city.ts';

test('a schema that is no longer that of the content is written anew, one that is stays as it is', () => {
  const { source, entries } = city();
  const told = () => outdatedSchemas(source, checkContent(source)).map(({ file }) => file);
  expect(told()).toEqual([]); // the folder has none
  // As git writes it on Windows
  for (const [name, schema] of Object.entries(jsonSchemas(source)))
    put(entries, name, schemaText(schema).replaceAll('\n', '\r\n'));
  expect(told()).toEqual([]);
  put(entries, 'organization.yaml', textOf('organization.yaml').replace('窓口課', '受付課, 窓口課'));
  expect(told()).toEqual(['city/measure.schema.json']);
  const { files } = fixContent(source);
  expect(files.get('measure.schema.json')).toBe(schemaText(jsonSchemas(source)['measure.schema.json'] ?? {}));
  put(entries, 'organization.yaml', '"');
  expect(told()).toEqual([]); // nobody knows the names
});

import type * as z from 'zod';
import { editionSchema, measureSchemas, organizationSchema, structureSchema } from '../content/schema.ts';
import { keysAt } from '../content/shape.ts';
import { type Fields, sheetFields } from '../model/fields.ts';
import type { KeyOrder } from './yaml/edits.ts';

const schemas: Record<string, z.ZodType> = {
  'edition.yaml': editionSchema,
  'structure.yaml': structureSchema,
  'organization.yaml': organizationSchema,
};

/** In which order the keys of a file of the content stand, by its path below the content folder: those of the sheet, or of its schema. */
export function orderOf(path: string, years?: readonly string[], fields: Fields = sheetFields): KeyOrder {
  const schema = schemas[path];
  return schema ? (at) => keysAt(schema, at) : measureOrder(years, fields);
}

/** Of measures/<番号>.yaml; a 年度 that `years` do not name comes behind all. */
function measureOrder(years: readonly string[] | undefined, fields: Fields): KeyOrder {
  const { regular } = measureSchemas({ years }, fields);
  const top = [...new Set(fields.measure.map(({ key, within }) => within ?? key))];
  return (at) => (at.length === 0 ? top : keysAt(regular, at));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml, valueAt } from '../../src/content/yaml/yaml-file.ts';

/** All YAML files of the edition and of the invented cities, by folder and path below it. */
export const files: { name: string; path: string; text: string }[] = ['content', 'tests/city', 'tests/lake'].flatMap(
  (folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort()
      .map((path) => ({ name: `${folder}/${path}`, path, text: readFileSync(join(folder, path), 'utf8') })),
);

type Path = (string | number)[];
/** Paths of all that is no map and no list, in the order of the text. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => leavesOf((value as Record<string, unknown>)[key], [...path, key]));
}

/** A copy with another value at `path`; undefined takes it out. */
export function withValue(value: unknown, path: readonly PropertyKey[], fresh: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return fresh;
  if (Array.isArray(value)) {
    const items = [...value];
    if (rest.length === 0 && fresh === undefined) items.splice(Number(key), 1);
    else items[Number(key)] = withValue(items[Number(key)], rest, fresh);
    return items;
  }
  const map = { ...(value as Record<PropertyKey, unknown> | undefined) };
  if (rest.length === 0 && fresh === undefined) delete map[key];
  else map[key] = withValue(map[key], rest, fresh);
  return map;
}

/** What a file says, whatever its line ends. */
export const readAs = (raw: string): unknown =>
  parseYaml('', raw.replace(/^\ufeff+/, '').replaceAll(/\r+\n?/g, '\n')).value;

/** One of `share` of `all`, others for each seed; all of them with EDITS=all. */
export function sampled<T>(all: readonly T[], seed: string, share = 90): T[] {
  const every = process.env.EDITS === 'all' ? 1 : share;
  return all.filter((_, index) => (index + seed.length * 7) % every === 0);
}

/** Paths of all maps and lists. */
export function collectionsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...keys.flatMap((key) => collectionsOf((value as Record<string, unknown>)[key], [...path, key]))];
}

/** A copy with another name for the key at `path`. */
export function renamed(value: unknown, path: readonly PropertyKey[], name: string): unknown {
  const above = path.slice(0, -1);
  const entries = Object.entries(valueAt(value, above) as object);
  const fresh = Object.fromEntries(entries.map(([key, inner]) => [key === path.at(-1) ? name : key, inner]));
  return withValue(value, above, fresh);
}

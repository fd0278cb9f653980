import { valueAt } from '../../src/content/yaml/yaml-file.ts';
import type { Written, YamlEdit } from '../../src/edit/yaml/edits.ts';
import { awkward } from './awkward.ts';
import { renamed, withValue } from './files.ts';

const names = awkward.filter((word) => word.trim() !== '' && !/[\p{C}\n\u2028\u2029]/u.test(word) && word.length < 500);

/** Edits of a map or list, each with what the file says then. */
export function* editsOf(value: unknown, path: (string | number)[], seed: number): Generator<[YamlEdit, unknown]> {
  const inner = valueAt(value, path);
  const word = awkward[seed % awkward.length] as string;
  const name = names[seed % names.length] as string;
  const set = (at: (string | number)[], fresh: Written): [YamlEdit, unknown] => [
    { path: at, value: fresh },
    withValue(value, at, fresh),
  ];
  const values: Written[] = [
    '字',
    ['a', 'b: c'],
    { 鍵: '値', 他: ['#'] },
    [],
    {},
    'a\nb',
    [{ 区分: 'x', 額: '—' }],
  ].filter((one) => JSON.stringify(one) !== JSON.stringify(inner));
  if (path.length > 0) yield set(path, values[seed % values.length] as Written);
  if (Array.isArray(inner)) {
    for (let index = 0; index <= inner.length; index += 1) {
      yield [
        { path: [...path, index], insert: name },
        withValue(value, path, [...inner.slice(0, index), name, ...inner.slice(index)]),
      ];
      if (index === inner.length) continue;
      yield [{ path: [...path, index], remove: true }, withValue(value, [...path, index], undefined)];
      yield set([...path, index], values[(seed + index) % values.length] as Written);
    }
    yield set(path, [...inner].reverse() as Written[]);
    yield set(path, [...inner.slice(1), name] as Written[]);
    yield set(path, [name, ...inner, name] as Written[]);
  } else {
    const keys = Object.keys(inner as object);
    for (const [index, key] of keys.entries()) {
      yield [{ path: [...path, key], remove: true }, withValue(value, [...path, key], undefined)];
      const fresh = names[(seed + index) % names.length] as string;
      // 千円 are a text below another key.
      const isAmount = typeof valueAt(inner, [key]) === 'number';
      if (!keys.includes(fresh) && !isAmount)
        yield [{ path: [...path, key], key: fresh }, renamed(value, [...path, key], fresh)];
      yield set([...path, key], values[(seed + index) % values.length] as Written);
    }
    if (!keys.includes(name)) {
      yield set([...path, name], '値');
      yield set([...path, name, '中', name], values[(seed + 1) % values.length] as Written);
    }
    for (const key of ['項目', '事業実績', 'R4', 'R9', '一覧表', '名称'])
      if (!keys.includes(key)) yield set([...path, key], word.trim() === '' || /\n$/.test(word) ? '値' : word);
  }
}

/**
 * How the objects of a chunk refer to what gets its number only when chunks are joined: `12 1 R` is the chunk's own object
 * 12, `3 2 R` the number of its key 3 in the parent tree, `@name 0 R` an object that all chunks share. Typst's own are
 * `12 0 R`; no text in a chunk's objects can look like one of them, as texts are written in hexadecimal digits.
 */
export const own = (number: number): string => `${number} 1 R`;
export const key = (index: number): string => `${index} 2 R`;
export const shared = (name: SharedObject): string => `@${name} 0 R`;

/** Objects that all chunks share: what their names stand for is said where they are written, in join.ts. */
export type SharedObject = 'pages' | 'document' | `${SharedTable}-table` | `${SharedTable}-rows` | `toc-${number}`;
export type SharedTable = 'list' | 'sheets' | 'history';
export type SharedNumbers = Readonly<Record<string, number>>;

/**
 * Typst's objects that `roots` lead to, numbered from 1 in the order in which they are come upon; `objectOf` gives each as
 * its text, or as a stream.
 */
export function numberedFrom<Stream extends { dictionary: string }>(
  roots: readonly number[],
  objectOf: (number: number) => string | Stream,
): { numbers: Map<number, number>; objects: (string | Stream)[] } {
  const numbers = new Map<number, number>();
  const waiting: number[] = [];
  const numberOf = (object: number): number => {
    const known = numbers.get(object);
    if (known !== undefined) return known;
    numbers.set(object, numbers.size + 1);
    waiting.push(object);
    return numbers.size;
  };
  for (const root of roots) numberOf(root);
  const renumbered = (body: string) =>
    body.replace(/@[\w-]+ 0 R|(\d+) 0 R/g, (all, object) =>
      object === undefined ? all : own(numberOf(Number(object))),
    );
  const objects: (string | Stream)[] = [];
  for (let next = 0; next < waiting.length; next += 1) {
    const object = objectOf(waiting[next] as number);
    objects.push(
      typeof object === 'string' ? renumbered(object) : { ...object, dictionary: renumbered(object.dictionary) },
    );
  }
  return { numbers, objects };
}

/** The body of an object of a chunk as the joined file has it. */
export const resolved = (
  body: string,
  { first, firstKey, shared }: { first: number; firstKey: number; shared: SharedNumbers },
): string =>
  body.replace(/@([\w-]+) 0 R|(\d+) ([12]) R/g, (_, name, number, kind) => {
    if (kind === '2') return String(firstKey + Number(number));
    if (kind === '1') return `${first + Number(number) - 1} 0 R`;
    const found = shared[name];
    if (found === undefined) throw new Error(`no object is called ${name}`);
    return `${found} 0 R`;
  });

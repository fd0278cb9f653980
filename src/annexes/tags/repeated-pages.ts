import type { SourcePage } from '../source/file.ts';
import { elementsOf, type Kid, type Structure } from './structure.ts';

/** Gives what is tagged on a page that is listed more than once its tags everywhere, in the elements that hold it. */
export function repeatTags(structure: Structure, pages: readonly SourcePage[]): void {
  const places = new Map<string, number[]>();
  for (const [index, { ref }] of pages.entries()) places.set(ref.tag, [...(places.get(ref.tag) ?? []), index]);
  if (places.size === pages.length) return;
  const repeated = (kids: Kid[]): Kid[] =>
    kids.flatMap((kid) => {
      if (kid.kind !== 'content' || kid.stream) return [kid];
      return (places.get(pages[kid.page]?.ref.tag ?? '') ?? []).map((page) => ({ ...kid, page }));
    });
  for (const { element } of elementsOf(structure.kids)) element.kids = repeated(element.kids);
  structure.kids = repeated(structure.kids);
  for (const indices of places.values())
    for (const index of indices) {
      const known = indices.map((other) => structure.known.get(String(other))).find((found) => found);
      if (known) structure.known.set(String(index), new Map(known));
    }
}

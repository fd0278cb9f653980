import { measuresOf } from '../model/edition.ts';
import type { DocumentData } from '../render/data.ts';
import type { PartRequest } from '../render/pieces.ts';
import type { Places } from './messages.ts';

/** What to draw a part other than 個票 from: no more than it shows, so that nothing else makes it be drawn again. */
export function partRequest(name: string, page: number, data: DocumentData, places: Places): PartRequest {
  const { book, parts, annexes } = data;
  const request = (content: Pick<PartRequest['data'], 'categories'>, linked: [string, number][]): PartRequest => ({
    wish: 'part',
    data: { part: name, parts, annexes, book, ...content },
    page,
    places: linked,
  });
  if (name === '取組事項一覧')
    return request(
      { categories: listed(data) },
      // The look of a link does not depend on where it leads.
      parts.includes('個票') ? measuresOf(data).map(({ id }) => [`sheet-${id}`, 1]) : [],
    );
  if (name !== '目次') return request({}, []);
  const numbers = data.categories.flatMap(({ number, groups }) => [number, ...groups.map((group) => group.number)]);
  const linked = [
    ...parts.filter((part) => part !== name).map((part) => `part-${part}`),
    ...numbers.flatMap((number) => [`overview-${number}`, `sheet-${number}`]),
  ];
  return request(
    { categories: named(data) },
    linked.flatMap((id): [string, number][] => (places[id] ? [[id, places[id].page]] : [])),
  );
}

const named = ({ categories }: DocumentData) =>
  categories.map(({ number, name, label, groups }) => ({
    number,
    name,
    label,
    groups: groups.map((group) => ({ ...group, measures: [] })),
  }));

const listed = ({ categories }: DocumentData) =>
  categories.map(({ number, name, label, groups }) => ({
    number,
    name,
    label,
    groups: groups.map((group) => ({
      ...group,
      measures: group.measures.map(
        ({ id, number, kind, reprint, reprintMark, changed, overviewTitle, overviewSection }) => ({
          id,
          number,
          kind,
          reprint,
          reprintMark,
          changed,
          overviewTitle,
          overviewSection,
        }),
      ),
    })),
  }));

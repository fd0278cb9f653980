import { measuresOf } from '../model/edition.ts';
import { oneLine } from '../model/names.ts';
import type { DocumentData } from '../render/data.ts';
import { replace, textString } from './objects.ts';
import { annotationsOf, type Structure } from './structure.ts';

/** Where links lead to, in words (ISO 14289-1, 7.18.5). */
export interface LinkNames {
  contents: string[];
  sheet(id: string): string;
}

export function linkNames(data: DocumentData, pageOf: (anchor: string) => number): LinkNames {
  const titles = new Map(measuresOf(data).map(({ id, title }) => [id, oneLine(title)]));
  const entry = (part: string, name: string, anchor: string) => `${name}(${part}、${pageOf(anchor)}ページ)`;
  return {
    contents: [
      ...Object.entries({ 取組事項一覧: 'overview-', 個票: 'sheet-' }).flatMap(([part, prefix]) => {
        if (!data.parts.includes(part)) return [];
        return [
          `${part}(${pageOf(`part-${part}`)}ページ)`,
          ...data.categories.flatMap((category) =>
            [category, ...category.groups].map(({ number, name }) =>
              entry(part, `${number}. ${name}`, prefix + number),
            ),
          ),
        ];
      }),
      ...data.parts.flatMap((part) => {
        const annex = data.annexes[part];
        return annex === undefined ? [] : [`${annex.title}(${pageOf(`part-${part}`)}ページ)`];
      }),
    ],
    sheet: (id) => entry('個票', `${id} ${titles.get(id) ?? ''}`, `sheet-${id}`),
  };
}

export function nameLinks(structure: Structure, link: number, name: string): void {
  for (const annotation of annotationsOf(structure, link))
    replace(structure.file, annotation, (body) => body.replace(/\/Contents <\w*>/, `/Contents ${textString(name)}`));
}

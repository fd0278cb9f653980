// The one place of each row that counts, where a sheet, a row or a column was copied.
import { groupedBy } from '../../../model/grouped-by.ts';
import { cellName } from '../../xlsx/book.ts';
import { headings } from '../layout.ts';
import type { Place } from './keyed-row.ts';
import type { Finding } from './told.ts';
import { isSame } from './typed.ts';
import { shownText, told } from './written.ts';

/** By keyText. Where places differ of which each was changed, none of them counts. */
export function chosenPlaces(places: readonly Place[], findings: Finding[]): Map<string, Place> {
  const chosen = new Map<string, Place>();
  for (const [text, same] of groupedBy(places, (place) => place.text)) {
    const place = chosenOf(same, findings);
    if (place) chosen.set(text, place);
  }
  return chosen;
}

function chosenOf(places: readonly Place[], findings: Finding[]): Place | undefined {
  const [first, ...others] = places as [Place, ...Place[]];
  if (others.length === 0) return first;
  const { base } = first;
  const changed = places.filter(({ cell }) => !isSame(cell, base.value));
  const [one = first] = changed;
  const isChanged = new Set(changed);
  // What is blank beside what went out may be emptied, or a copy of something else.
  const differing = changed.some(({ cell }) => shownText(cell) === '') ? places : changed;
  const values = new Set(differing.map(({ cell }) => shownText(cell)));
  const tell = (severity: Finding['severity'], what: string, at: Place, message: string, hint: string) =>
    findings.push({ severity, what, sheet: at.sheet, row: at.row, column: at.column, message, hint });
  if (values.size > 1) {
    const other = differing.find(({ cell }) => shownText(cell) !== shownText(one.cell)) as Place;
    tell(
      ...(['error', `differ ${other.sheet}`, other] as const),
      `「${base.label}」が${differing.length}か所にあり、書かれていることが違います: ${listOf(differing)}。どれも読んでいません。`,
      '要るものだけを残して消すか、同じにしてください。シートを写したのなら、要らないほうのシートを消します。',
    );
    return undefined;
  }
  for (const copy of places.filter((place) => place !== one))
    tell(
      ...(['warning', `copied ${one.sheet} ${changed.length > 0}`, copy] as const),
      values.size === 1 && !isChanged.has(copy)
        ? `「${base.label}」が ${nameOf(one)} にもあります。そちらだけが書きかえられているので、そちらの${told(shownText(one.cell))}を読みました。`
        : `「${base.label}」が ${nameOf(one)} にもあります。同じなので、1回だけ数えました。`,
      `どちらの${headings.answer}に書いたのかを確かめてください。写したシートや行は、消して構いません。`,
    );
  return one;
}

const nameOf = ({ sheet, row, column }: Place): string => `${sheet}!${cellName(row, column)}`;

const most = 20;

function listOf(places: readonly Place[]): string {
  const named = places.slice(0, most).map((place) => `${nameOf(place)} は${told(shownText(place.cell))}`);
  return [...named, ...(places.length > most ? [`ほか ${places.length - most} か所`] : [])].join('、');
}

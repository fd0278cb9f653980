import { designed, restColumn, restOf, type Widths, widthFields } from '../../content/sheet-columns.ts';
import { UserError } from '../../diagnostics/user-error.ts';
import { type Edition, measuresOf } from '../../model/edition.ts';
import { sheetFields } from '../../model/fields.ts';
import { type DocumentData, documentData } from '../data.ts';
import { Measurer } from '../measurer.ts';
import { planBook, sum } from '../plan.ts';
import type { HeightsAnswer, HeightsRequest, MeasureAnswer, MeasureRequest } from '../requests.ts';
import { measureColumns } from './columns.ts';
import { findWidths, widthsOf } from './find.ts';

interface Asked {
  measure(request: MeasureRequest): Promise<MeasureAnswer>;
  heights(request: HeightsRequest): Promise<HeightsAnswer>;
}

export interface Found {
  /** What the widths bring, line by line */
  lines: string[];
  widths: Widths;
  /** Whether they serve better than the present ones */
  isBetter: boolean;
}

/** The best widths for `edition`, its present ones where no others are better. Throws UserError where no widths will do. */
export async function betterWidths(edition: Edition, renderer: Asked): Promise<Found> {
  const data: DocumentData = { ...documentData(edition, { whole: true }), parts: ['個票'], annexes: {} };
  const [now, all] = await Promise.all([
    sheetsOf(data, renderer),
    measureColumns(data, (request) => renderer.heights(request)),
  ]);
  const room = { first: now.room, more: now.part, line: lineHeight };
  const present = data.widths ?? Object.fromEntries(now.columns.map(([name, width]) => [name, (width / 72) * 25.4]));
  const found = all && findWidths(present, all, room);
  if (!found)
    throw new UserError(
      'どの幅でも紙に収まらない語があります。npx shisakushu check が示す所を直してから、もう一度実行してください。',
    );
  const widths = widthsOf(found.chosen, all);
  const then = await sheetsOf({ ...data, widths }, renderer);
  return isBetter(then, now)
    ? { ...told(now, then, widths, data), isBetter: true }
    : { ...told(now, now, present, data), isBetter: false };
}

interface Sheets {
  columns: [string, number][];
  room: number;
  part: number;
  pages: number;
  /** Of all bands, in pt */
  height: number;
  /** Of the pages' room, what is blank, but for the last page */
  blank: number;
  /** mm */
  tallest: number;
  misfits: number;
}

async function sheetsOf(data: DocumentData, renderer: Asked): Promise<Sheets> {
  const measured = await new Measurer((request) => renderer.measure(request)).measure(data);
  const { room = 0, columns = [] } = measured.sheets ?? {};
  const { part } = measured.page;
  const { pages } = planBook(data, measured);
  const used = pages
    .slice(0, -1)
    .map((page) => ('bands' in page ? sum(page.bands.flatMap(({ heights }) => heights)) : 0));
  const heights = measuresOf(data).flatMap(({ id }) => measured.bandsOf(id).map((band) => sum(band.heights)));
  const whole = room + part;
  return {
    ...{ columns, room, part, pages: pages.length, height: sum(heights), misfits: measured.misfits.length },
    blank: used.length === 0 ? 0 : 1 - sum(used) / (used.length * whole - part),
    tallest: (Math.max(0, ...heights) / 72) * 25.4,
  };
}

/** Fewer texts that do not fit count first, then fewer pages, then less height in all. */
function isBetter(then: Sheets, now: Sheets): boolean {
  if (then.misfits !== now.misfits) return then.misfits < now.misfits;
  if (then.pages !== now.pages) return then.pages < now.pages;
  return then.height < now.height - 0.01;
}

/** pt; of a cell with one line: see lines-height in templates/fit.typ. */
const lineHeight = 9 + 2 * 1.1 * (72 / 25.4);

function told(now: Sheets, then: Sheets, widths: Widths, data: DocumentData): Omit<Found, 'isBetter'> {
  const before = new Map(now.columns.map(([name, width]) => [name, (width / 72) * 25.4]));
  const after = new Map(then.columns.map(([name, width]) => [name, (width / 72) * 25.4]));
  const row = (name: string, left: string, right: string) => `  ${name}: ${left} → ${right}`;
  const mm = (width: number | undefined) => (width ?? 0).toFixed(1);
  const chosen = Object.fromEntries(
    Object.entries(widths).filter(([name]) => name !== restColumn && name in designed.limits),
  );
  return {
    lines: [
      '欄の幅(mm、いま → 見つけた幅)',
      ...widthFields(sheetFields).map(({ property, key }) =>
        row(key, mm(before.get(property)), mm(after.get(property))),
      ),
      '個票',
      row('ページ', String(now.pages), String(then.pages)),
      row('ページの余白(最後を除く)', `${(100 * now.blank).toFixed(1)} %`, `${(100 * then.blank).toFixed(1)} %`),
      row('いちばん高い取組', `${now.tallest.toFixed(0)} mm`, `${then.tallest.toFixed(0)} mm`),
    ],
    widths: restOf(chosen, data.plans.length) > 0 ? chosen : widths,
  };
}

import { designed, restColumn, restOf, type Widths } from '../content/sheet-columns.ts';
import { isMarked, type Run, type Text } from '../model/marked.ts';
import { em, hangs, isLowSurrogate, pieceEnd, pt, together } from './text-width.ts';

// What a line break should leave together, marked in the texts before they are laid out: a number and its counter, a Latin
// compound, the last two signs of a line; and where the lines below the first one of a list begin. Only lines that might be
// wider than their column are looked at, and what might be wider than it with its marks is left as it is: nothing runs over.

/** Columns by the properties whose texts they show, in em of their type. */
type Rooms = Readonly<Record<string, number>>;

const textKeys = [
  ...(['departments', 'sections', 'title', 'description', 'effect', 'indicators', 'plan', 'result'] as const),
  ...(['label', 'overviewTitle', 'overviewSection'] as const),
];
/** Headings, which are one paragraph. */
const unhung = new Set(['title', 'label', 'overviewTitle', 'overviewSection']);

interface Request {
  parts?: readonly string[];
  /** That the edition chose */
  widths?: Widths | null;
  plans?: readonly unknown[];
}

function roomsOf({ parts, widths, plans }: Request): Rooms {
  if (parts?.includes('A4個票')) return portraitRooms;
  const { overview, sheets, limits } = designed;
  const description = widths ? restOf(widths, plans?.length ?? 0) : (limits[restColumn]?.[0] ?? 0);
  const { budget: label, ...own } = { ...sheets, ...widths, description };
  const columns = { ...own, label, overviewTitle: overview.title, overviewSection: overview.section };
  return Object.fromEntries(textKeys.map((key) => [key, (columns[key] - 2 * designed.inset) / pt / 9]));
}
/** At most what templates/portrait.typ has for them. */
const portraitRooms: Rooms = { title: 24, description: 44, effect: 21, indicators: 21, plan: 14, result: 14, label: 5 };

/** `data` of any request with its measures' texts so marked. */
export const held = <T extends object>(data: T): T => heldIn(data, roomsOf(data)) as T;

function heldIn(value: unknown, rooms: Rooms): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isOurs = 'reprint' in value || 'plan' in value || 'amount' in value;
  const record = value as Record<string, unknown>;
  let changed: Record<string, unknown> | undefined;
  for (const key in record) {
    const own = record[key];
    const room = isOurs && !Array.isArray(own) ? rooms[key] : undefined;
    const one = room === undefined ? heldIn(own, rooms) : heldText(own as Text | null, room, !unhung.has(key));
    if (one === own) continue;
    changed ??= Array.isArray(value) ? ([...value] as unknown as Record<string, unknown>) : { ...record };
    changed[key] = one;
  }
  return changed ?? value;
}

/** Without those marks: as the text is in the data. */
export const unheld = (text: string): string => text.replace(/[\u2060\u2063]/g, '');

function heldText(text: Text | null, room: number, mayHang: boolean): Text | null {
  if (typeof text === 'string') return put(text, marksOf(text, room, mayHang));
  if (!isMarked(text)) return text;
  const marks = marksOf(text.runs.map((run) => run.text).join(''), room - text.runs.length / 4, mayHang);
  if (marks.length === 0) return text;
  let from = 0;
  const runs = text.runs.map((run): Run => {
    const to = from + run.text.length;
    const own = marks.flatMap(([at, sign]): Mark[] => (at > from && at <= to ? [[at - from, sign]] : []));
    from = to;
    return { ...run, text: put(run.text, own) };
  });
  return { ...text, runs };
}

/** Behind how many of a text's code units, and which. */
type Mark = [at: number, sign: string];

function put(text: string, marks: readonly Mark[]): string {
  let [result, from] = ['', 0];
  for (const [at, sign] of marks) {
    result += text.slice(from, at) + sign;
    from = at;
  }
  return from === 0 ? text : result + text.slice(from);
}

function marksOf(text: string, room: number, mayHang: boolean): Mark[] {
  const marks: Mark[] = [];
  if (text.length <= room) return marks;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    // No sign is wider than an em.
    if (end - start > room && em(text, start, end) > room)
      for (const [at, sign] of marksOfLine(text.slice(start, end), room, mayHang)) marks.push([start + at, sign]);
    start = end + 1;
  }
  return marks;
}

function marksOfLine(line: string, room: number, mayHang: boolean): Mark[] {
  const sign = mayHang ? listSign(line) : '';
  const left = room - em(sign);
  const isHung = sign !== '' && piecesFit(line, sign.length, left);
  const marks: Mark[] = isHung ? [[sign.length, hangs]] : [];
  let piece = { from: 0, to: pieceEnd(line, 0) };
  let kept = { from: 0, to: 0 };
  let done = 0;
  for (const [first, last] of wholesOf(line)) {
    while (piece.to <= first) piece = { from: piece.to, to: pieceEnd(line, piece.to) };
    let to = piece.to;
    while (to < last) to = pieceEnd(line, to);
    const from = piece.from < kept.to ? kept.from : piece.from;
    if (em(line, from, to) > (isHung ? left : room)) continue;
    kept = { from, to };
    for (let at = Math.max(first, done) + 1; at < last; at += 1) {
      if (maySplit(line, at)) marks.push([at, together]);
      done = at;
    }
  }
  return isHung ? marks.sort(([one], [other]) => one - other) : marks;
}

/** Whether what no line break splits is nowhere wider than `room`, behind the first `from`. */
function piecesFit(line: string, from: number, room: number): boolean {
  for (let start = 0; start < line.length; ) {
    const end = pieceEnd(line, start);
    if (end > from && em(line, start, end) > room) return false;
    start = end;
  }
  return true;
}

const isPrintable = (code: number) => code > 0x20 && code < 0x7f && code !== 0x2d;
/** Signs that are drawn over or with the one before. */
const isCombining = (code: number): boolean =>
  (code >= 0x300 && code < 0x370) ||
  (code >= 0x20d0 && code < 0x2100) ||
  code === 0x3099 ||
  code === 0x309a ||
  code === 0x200d ||
  (code >= 0xfe00 && code < 0xfe10);

/** Whether a line may break there without our mark, or might. */
function maySplit(line: string, at: number): boolean {
  const [one, next] = [line.charCodeAt(at - 1), line.charCodeAt(at)];
  return !isLowSurrogate(next) && !isCombining(next) && !(isPrintable(one) && isPrintable(next));
}

type Whole = [from: number, to: number];
const isDigit = (code: number) => (code >= 0x30 && code < 0x3a) || isWide(code);
const isWide = (code: number) => code >= 0xff10 && code < 0xff1a;
const isLatin = (code: number) => (code >= 0x41 && code < 0x5b) || (code >= 0x61 && code < 0x7b);

/** What should stay together, in the order of where it begins. */
function wholesOf(line: string): Whole[] {
  const wholes: Whole[] = [];
  for (let at = 0; at < line.length; ) {
    const code = line.charCodeAt(at);
    const whole = isDigit(code) ? numberAt(line, at) : isLatin(code) ? compoundAt(line, at) : undefined;
    if (whole?.isWhole) wholes.push([whole.from, whole.to]);
    at = whole?.next ?? at + 1;
  }
  const end = lastSigns(line);
  if (!end) return wholes;
  const behind = wholes.findIndex(([from]) => from > end[0]);
  wholes.splice(behind < 0 ? wholes.length : behind, 0, end);
  return wholes;
}

interface Found {
  from: number;
  to: number;
  next: number;
  isWhole: boolean;
}

function numberAt(line: string, at: number): Found {
  let end = at + 1;
  const digit = (place: number) => isDigit(line.charCodeAt(place));
  while (digit(end) || (',.，．'.includes(line.charAt(end) || '\n') && digit(end + 1))) end += 1;
  const before = '第約ＲＨＳ'.includes(line.charAt(at - 1) || '\n')
    ? 1
    : eras.has(line.slice(Math.max(0, at - 2), at))
      ? 2
      : 0;
  const counter = counterLength(line, end);
  const isWhole = before + counter > 0 || (end - at > 1 && isWide(line.charCodeAt(at)));
  return { from: at - before, to: end + counter, next: end, isWhole };
}
const eras = new Set(['令和', '平成', '昭和', '大正']);

function counterLength(line: string, at: number): number {
  const code = line.charCodeAt(at);
  if (!(code === 0x20 || (code >= 0x3000 && !isWide(code)))) return 0;
  counters.lastIndex = at;
  return counters.exec(line)?.[0].length ?? 0;
}
/** The word behind a number that counts or measures: those of more than one sign by name, else one kanji or a word of katakana. */
const counters =
  /(?: ?(?:年度[末当初]?|年[目間度代]|周年|[かカヶケヵ箇]+[月所国年]間?|[月日週][末目間]|時間|分間|秒間|回[目線]|番[目号]|[十百千万億兆]+[円人件口台戸本株㎡]?|段階|種類|部署|所属|施設|業務|手続き?|箇所|科目|地[点区域]|都市|世帯|団体|企業|法人|機関|講座|事業所?|校区|次元|人月|人日|割合?|名[様分]|[つヵ]|[々㐀-䶿一-鿿]|[ァ-ヺー]{1,8})|[ 　][A-Za-z]{1,3}(?![A-Za-z]))/y;

function compoundAt(line: string, at: number): Found {
  const latin = (place: number) => isLatin(line.charCodeAt(place));
  let end = at + 1;
  let isWhole = false;
  while (latin(end) || (line.charCodeAt(end) === 0x2d && latin(end + 1))) {
    if (!latin(end)) isWhole = true;
    end += 1;
  }
  return { from: at, to: end, next: end, isWhole };
}

const closing = ')]}）」』】〕］｝〉》〗〙”’»›、。，．・：；！？!?,.:;…‥ 　';
const opening = '([{（「『【〔［｛〈《〖〘“‘«‹';
const isClosing = (line: string, at: number) => closing.includes(line.charAt(at)) || isCombining(line.charCodeAt(at));

/** The last sign of a line, with what may not be parted from it, and the one before; nothing where it has no other. */
function lastSigns(line: string): Whole | undefined {
  const least = Math.max(0, line.length - 16);
  const before = (at: number) => at - (isLowSurrogate(line.charCodeAt(at - 1)) ? 2 : 1);
  let at = before(line.length);
  while (at > least && isClosing(line, at)) at = before(at);
  while (at > least && opening.includes(line.charAt(at - 1))) at -= 1;
  if (at <= least) return undefined;
  let from = before(at);
  while (from > least && isClosing(line, from)) from = before(from);
  return [from, at + 1];
}

/** What begins a line of a list, with the white space around it: ・ ※ ○ ①, (1), 1., ア. and their like; '' of others. */
export function listSign(line: string): string {
  const code = line.charCodeAt(0);
  // Nearly all lines: of prose.
  if ((code >= 0x3041 && code < 0x30a1) || (code >= 0x3400 && code < 0xa000)) return '';
  return list.exec(line)?.[1] ?? '';
}
const list =
  /^([ 　]{0,4}(?:[・･•◦‣○●◯◎■□◆◇▲△▼▽★☆※＊*→⇒➡✓☑①-⓿❶-❿⑴-⒇⒈-⒛㉑-㊿]|[-－–](?![0-9０-９])|[(（](?:[0-9０-９]{1,2}|[ァ-ヺ]|[a-zａ-ｚ]|[ⅰ-ⅻ一二三四五六七八九十]{1,2})[)）]|(?:[0-9０-９]{1,2}|[ァ-ヺ]|[a-zａ-ｚ]|[Ⅰ-ⅻ])[.．)）](?![0-9０-９])|(?:[0-9０-９]{1,2}|[ァ-ヺ]|[Ⅰ-ⅻ])　)[ 　]{0,2})(?=[^ 　—→])/;

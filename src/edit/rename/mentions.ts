/** A name in running text. */
export interface Found {
  /** Where it begins */
  index: number;
  /** It stands by itself; else it may be a part of another word: 企画課 in 都市企画課. */
  alone: boolean;
}

/** Names as texts mention them. */
export interface Mentioned {
  name: string;
  /** Other names, which may have it in them: those are no mentions. */
  others: readonly string[];
  /** Who is meant has it as an office: 企画課長 is the head of 企画課, 行革審 is another word than 行革. */
  office: boolean;
}

/** Where a text mentions a name, each character of it once. */
export function mentionsIn(text: string, mentioned: Mentioned): Found[] {
  const { name } = mentioned;
  const longer = mentioned.others.filter((other) => other !== name && other.includes(name));
  const found: Found[] = [];
  for (let index = text.indexOf(name); index >= 0; ) {
    const isPart = longer.some((other) => covers(text, other, index, name));
    if (!isPart) found.push({ index, alone: isAlone(text, index, mentioned) });
    index = text.indexOf(name, index + (isPart ? 1 : name.length));
  }
  return found;
}

/** Whether `longer` stands in the text so that the `name` at `index` is a part of it. */
function covers(text: string, longer: string, index: number, name: string): boolean {
  for (let at = longer.indexOf(name); at >= 0; at = longer.indexOf(name, at + 1))
    if (at <= index && text.startsWith(longer, index - at)) return true;
  return false;
}

/** `text` with another name where the first one stands by itself. */
export function withMentions(text: string, mentions: readonly Found[], { length }: string, after: string): string {
  let [result, at] = ['', 0];
  for (const { index, alone } of mentions) {
    if (!alone) continue;
    result += text.slice(at, index) + after;
    at = index + length;
  }
  return result + text.slice(at);
}

/** Scripts of which words are made without blanks; what is written in hiragana ends them. */
const scripts = [/[\p{Script=Han}]/u, /[\p{Script=Katakana}ー]/u, /[\p{Script=Latin}\p{Nd}]/u];
const goesOn = (one: string | undefined, next: string | undefined) =>
  scripts.some((script) => script.test(one ?? '') && script.test(next ?? ''));

/** Behind these a name begins though they are kanji too: 港町市窓口課, 市民局窓口課, 旧窓口課. */
const inFront = /[市区町村都道府県局部課室所庁各同両当旧元現]/;
/** Behind an office these make another word of it: 企画課題, 土木部分, 当局面. */
const otherWord = /課題|部[分会門品]|局面/y;

function isAlone(text: string, index: number, { name, office }: Mentioned): boolean {
  const signs = [...name];
  const before = [...text.slice(Math.max(0, index - 2), index)].at(-1);
  if (goesOn(before, signs[0]) && !inFront.test(before ?? '')) return false;
  const end = index + name.length;
  const last = signs.at(-1) ?? '';
  if (office && scripts[0]?.test(last)) {
    otherWord.lastIndex = end - last.length;
    return !otherWord.test(text);
  }
  return !goesOn(last, [...text.slice(end, end + 2)][0]);
}

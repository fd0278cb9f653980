/** The name of a 課 without the role in front of it, in half- or full-width brackets: (発注)営繕課 → 営繕課. */
export const withoutRole = (section: string): string => section.replace(/^[(\uff08][^)\uff09]*[)\uff09]\s*/u, '');

/** The role of a 課 as it is written in front of its name, or nothing: (発注)営繕課 → (発注). */
export const roleOf = (section: string): string => section.slice(0, section.length - withoutRole(section).length);

/** "1. 暮らし": number and name of a 大項目 or 中項目. */
export const labelOf = ({ number, name }: { number: string; name: string }): string => `${number}. ${name}`;

/** A text, or a list of names, as the overview shows it: in one line. */
export const inOneLine = (value: string | readonly string[]): string =>
  typeof value === 'string' ? oneLine(value) : value.join('、');

/** A text of several lines as one. */
export const oneLine = (text: string): string => text.replaceAll('\n', '');

/** Names that may stand in a text of names, and what each is to be, as it is written: (発注)営繕課 → (発注)建築課. */
interface NewNames {
  /** Names that are whole, whatever signs they have in themselves */
  known: readonly string[];
  of(written: string): string;
}

/**
 * A text of names in one line, 窓口課、(発注)営繕課・建築課, in which each part that is a name is what it is to be. One that
 * thereby stands there twice is left out the second time.
 */
export function withNewNames(text: string, { known, of }: NewNames): string {
  const parts = partsAt(text, '、').flatMap((part) => inNames(partsAt(part.text, '・', part.sign), known));
  const fresh = parts.map((part) => ({ ...part, fresh: of(part.text) }));
  const renamed = new Set(fresh.flatMap((part) => (part.fresh === part.text ? [] : [part.fresh])));
  const seen = new Set<string>();
  return fresh
    .filter((part) => seen.size < seen.add(part.fresh).size || !renamed.has(part.fresh))
    .map((part) => part.sign + part.fresh)
    .join('');
}

interface Part {
  /** In front of it */
  sign: string;
  text: string;
}

/** Parts with those put together again that are one name: 港・みなと推進課. */
function inNames(parts: readonly Part[], known: readonly string[]): Part[] {
  const joined = ([first, ...rest]: readonly Part[]) =>
    (first?.text ?? '') + rest.map(({ sign, text }) => sign + text).join('');
  const names: Part[] = [];
  const most = Math.max(1, ...known.map((name) => name.split('・').length));
  for (let at = 0; at < parts.length; ) {
    let to = Math.min(parts.length, at + most);
    while (to > at + 1 && !known.includes(withoutRole(joined(parts.slice(at, to))))) to -= 1;
    names.push({ sign: parts[at]?.sign ?? '', text: joined(parts.slice(at, to)) });
    at = to;
  }
  return names;
}

/** What stands between signs that are in no brackets, each part with the sign in front of it. */
function partsAt(text: string, separator: string, first = ''): Part[] {
  const parts: Part[] = [{ sign: first, text: '' }];
  let depth = 0;
  for (const sign of text) {
    if (/[(\uff08]/.test(sign)) depth += 1;
    if (/[)\uff09]/.test(sign)) depth -= 1;
    const part = parts.at(-1);
    if (sign === separator && depth <= 0) parts.push({ sign, text: '' });
    else if (part) part.text += sign;
  }
  return parts;
}

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

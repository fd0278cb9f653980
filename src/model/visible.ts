/**
 * Signs that are not seen, that steer a terminal or the direction of text, that break a line elsewhere than "\n" does,
 * spaces that look like another, private ones, halves of a surrogate pair, and what is no character.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u00a0\u1680\u2000-\u200a\u202f\u205f]/gu;

const written = (sign: string) => `\\u{${sign.codePointAt(0)?.toString(16)}}`;

/** One line for a person: what is not seen is written, ESC as \u{1b}, a line break as \u{a}. Twice is the same as once. */
export const visible = (text: string): string => text.replaceAll(hidden, written);

/** The same for text of several lines, whose "\n" stay. */
export const visibleLines = (text: string): string =>
  text.replaceAll(hidden, (sign) => (sign === '\n' ? sign : written(sign)));

/** JSON, laid out or not, of the same value, that holds nothing hidden: "\u001b". */
export const visibleJson = (json: string): string =>
  json.replaceAll(hidden, (sign) =>
    sign === '\n' ? sign : Array.from({ length: sign.length }, (_, index) => unit(sign.charCodeAt(index))).join(''),
  );

const unit = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;

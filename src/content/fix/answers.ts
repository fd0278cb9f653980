import type { AnnexCode, Code, Diagnostic, Splice } from '../../diagnostics/diagnostic.ts';
import { eraDate } from '../../model/era-date.ts';
import { separator } from '../joined-names.ts';
import { lookOf } from '../look-alike.ts';
import { isOneStep } from '../nearest.ts';
import { isSpellingOf } from '../years.ts';
import { inserted, invisibles, latinFor, usual } from './characters.ts';
import { colonAt, colons } from './colons.ts';
import { indents } from './indents.ts';
import type { WrittenFile } from './written-file.ts';

/** A diagnostic, and where in its file it is. */
export interface Place extends Diagnostic {
  from: number;
  to: number;
}

/** The one right answer, none, or several of which the one is right that makes sense. */
export type Answer = Splice[] | { oneOf: Splice[][] } | undefined;
type Answering = (place: Place, file: WrittenFile) => Answer;

const none: Answering = () => undefined;
const by = (text: string | undefined, { from, to }: Place): Answer =>
  text === undefined ? undefined : [{ from, to, text }];
const character = (text: string | undefined, { from, to }: Place, file: WrittenFile): Answer =>
  text === undefined ? undefined : inserted(file, from, to, text);
const expected: Answering = (place, file) => character(place.expected, place, file);

/** Another key, where none of that name stands beside it. */
const key = (name: string | undefined, place: Place, file: WrittenFile): Answer =>
  name === undefined || file.keysBeside(place.from)?.has(name) !== false ? undefined : by(name, place);

/** The known name that cannot be told apart from what stands there in print. */
const sameName: Answering = ({ actual = '', nearest, from, to }, file) => {
  if (nearest === undefined || lookOf(nearest) !== lookOf(actual)) return undefined;
  const at = file.text.slice(from, to).lastIndexOf(actual);
  return at < 0 ? undefined : inserted(file, from + at, from + at + actual.length, nearest);
};

/** 1,122千円, "１００": the digits that are meant. A yen, a fraction, a sign in front may mean something else. */
function amount({ from, to }: Place, { text }: WrittenFile): Answer {
  // In a map in one line the comma ends the value.
  const rest = /^(?:,\d{3})+(?=[ ,}]|$)/m.exec(text.slice(to, to + 40))?.[0] ?? '';
  const written = text.slice(from, to) + (/^\d{1,3}$/.test(text.slice(from, to)) ? rest : '');
  const plain = written
    .replace(/^(["'])(.*)\1$/, '$2')
    .normalize('NFKC')
    .trim();
  const [, digits = ''] = /^(\d{1,3}(?:,\d{3})+|\d+) ?(?:千円)?$/.exec(plain) ?? [];
  const meant = digits.replaceAll(',', '');
  return /^(?:0|[1-9]\d{0,14})$/.test(meant) ? [{ from, to: from + written.length, text: meant }] : undefined;
}

/** "30", 30mm, ３０.５: the number that is meant, where it may stand there. */
function width(place: Place): Answer {
  const [, meant] =
    /^(["']?)(\d{1,3}(?:\.\d{1,2})?) ?(?:mm|ミリ)?\1$/.exec(usual(place).replace('㎜', 'mm'))?.slice(1) ?? [];
  const [least = 0, most = 0] = (place.expected ?? '').split('〜').map(Number);
  return meant !== undefined && Number(meant) >= least && Number(meant) <= most ? by(meant, place) : undefined;
}

/** 「１ー２ー３」 as a 番号 of as many parts as are wanted. */
function number(place: Place): Answer {
  const meant = usual(place).replaceAll(/[‐‑‒–—―−ー]/g, '-');
  const parts = (place.expected ?? '').split('-').length;
  return /^[1-9]\d*(?:-[1-9]\d*)*$/.test(meant) && meant.split('-').length === parts ? by(meant, place) : undefined;
}

function year(place: Place, file: WrittenFile): Answer {
  const { actual = '', nearest, from } = place;
  if (nearest === undefined || !isSpellingOf(actual, nearest)) return undefined;
  return file.keysBeside(from) && place.subject === undefined ? key(nearest, place, file) : by(nearest, place);
}

/** A key one step away from what stands there, if it is the only one. */
function misspeltKey(place: Place, file: WrittenFile): Answer {
  const { actual = '', nearest, expected = '' } = place;
  const beside = file.keysBeside(place.from);
  const near = expected.split('、').filter((name) => !beside?.has(name) && isOneStep(actual, name));
  return near.length === 1 && near[0] === nearest ? key(nearest, place, file) : undefined;
}

/** In a map in one line the key that a colon joins to its value is told. */
const missingColon: Answering = ({ from, nearest }, file) =>
  nearest === undefined
    ? colons(file, from)
    : /[:：]/.test(file.text.charAt(from + nearest.length))
      ? [colonAt(file.text, from + nearest.length)]
      : undefined;

const anyColon: Answering = ({ from }, file) => colons(file, from);

/** Commas that the reader of lines took for half-width ones, from the first on in its line. */
function commas({ from }: Place, { text, written }: WrittenFile): Answer {
  const end = text.indexOf('\n', from);
  const { text: meant } = written();
  const line = text.slice(from, end < 0 ? text.length : end);
  const found = [...line.matchAll(/[、，]/g)].map(({ index }) => from + index).filter((at) => meant[at] === ',');
  return found.length === 0 ? undefined : found.map((at) => separator(text, at));
}

/** What is right where a diagnostic stands: the table of `check --fix`. Where two answers are thinkable there is none. */
export const answers: Record<Exclude<Code, AnnexCode>, Answering> = {
  'file-missing': none,
  'not-a-file': none,
  'not-a-folder': none,
  'file-unreadable': none,
  'file-too-large': none,
  'content-too-large': none,
  'not-utf8': none,
  'line-ends': none, // where the file is read
  'empty-file': none,
  'wrong-extension': none, // where the folder is read
  'unexpected-file': none,
  'write-unfinished': none,
  'schema-outdated': none, // where it is compared
  'placeholder-title': none,

  'yaml-tab': (_, file) => indents(file),
  'yaml-unclosed-quote': none,
  'yaml-unclosed-bracket': none,
  'yaml-colon-in-value': none,
  'yaml-comment-in-value': none,
  'yaml-reserved-start': none,
  'yaml-backslash': none,
  'yaml-duplicate-key': none,
  'yaml-indent': none,
  'yaml-missing-colon': missingColon,
  'yaml-foreign-space': (_, file) => indents(file),
  'yaml-fullwidth-comma': commas, // of names: where they are split
  'yaml-text-indent': (place) => (place.expected === 'blank' ? by('', place) : undefined),
  'yaml-pasted-twice': none,
  'conflict-markers': none,
  'yaml-fullwidth-colon': anyColon,
  'yaml-anchor': none,
  'yaml-tag': none,
  'yaml-folded': anyColon,
  'yaml-multiple-documents': none,
  'yaml-too-deep': none,
  'yaml-syntax': none,

  'wrong-type': anyColon,
  'unknown-key': misspeltKey,
  'misplaced-key': none,
  'look-alike-key': (place, file) => key(place.nearest, place, file),
  'missing-key': none,
  'empty-value': none,
  'unknown-value': sameName,
  // ● and ▲ are as likely a sign of their own as a slip of ○ and △.
  'unknown-mark': (place, file) => {
    if (/[●▲]/.test(place.actual ?? '')) return undefined;
    return place.subject === '項目' ? by(place.nearest, place) : key(place.nearest, place, file);
  },
  'not-an-amount': amount,
  'budget-form': none,
  'not-a-width': width,
  'amount-out-of-line': none,
  'not-a-number': number,
  'not-a-date': (place) => (eraDate(usual(place)) ? by(usual(place), place) : undefined),
  'duplicate-value': none,
  'sign-unexplained': none,
  'meaning-repeated': none,
  'licence-missing': none,
  'list-too-long': none,
  'reprint-has-own': none,

  'number-differs-from-file': none,
  'number-too-large': none,
  'unknown-category': none,
  'unknown-group': none,
  'missing-number': none,
  'empty-group': none,
  'wrong-numbering': none,
  'unknown-year': year,
  'missing-year': none,
  'unknown-plan': sameName,
  'unknown-department': sameName,
  'unknown-section': sameName,
  'section-elsewhere': none,
  'name-not-given': none,
  'years-differ': none,
  'mention-unknown': none,
  'reprint-unknown': none,
  'reprint-itself': none,
  'reprint-of-reprint': none,
  'reprint-kind-differs': none,
  'unknown-part': sameName,
  'widths-do-not-fit': none,
  'annex-missing': none,
  'history-missing': none,
  'history-not-printed': none,
  'history-order': none,
  'history-behind': none,

  'halfwidth-katakana': expected,
  'foreign-letter': (place, file) => character(latinFor(file, place.from, place.to), place, file),
  'ideographic-zero': (place, file) => character('○', place, file),
  'hyphen-for-dash': (place, file) => (file.scalarAt(place.from) ? expected(place, file) : by(place.expected, place)),
  'not-nfc': expected,
  // A tab is a blank; another one may stand for a character that has been lost.
  'control-character': (place, file) => (place.actual === 'タブ' ? character(' ', place, file) : undefined),
  'invisible-character': ({ from }, file) => invisibles(file, from),
  // What chooses between the coloured and the plain form of a sign changes nothing in print.
  'missing-glyph': (place, file) =>
    /^[\ufe0e\ufe0f]$/.test(place.actual ?? '') ? by('', place) : expected(place, file),

  more: none,
  'text-too-wide': none,
  'text-too-tall': none,
  'width-too-narrow': none,
};

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { type NewFiles, withFiles } from '../../../src/content/source/new-files.ts';
import type { ContentSource, Entry } from '../../../src/content/source/source.ts';
import { hasSign } from '../../../src/content/yaml/characters.ts';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import { fixContent } from '../../../src/edit/fix/fix.ts';

// Whatever mistakes of these kinds are made, in whatever number: what was there before is there again, to the byte.
const runs = { seed: 20261126, numRuns: Number(process.env.RUNS ?? 40) };

const texts = (folder: string): Map<string, string> =>
  new Map(
    ['', 'measures/'].flatMap((below) =>
      readdirSync(`${folder}/${below}`)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [below + name, readFileSync(`${folder}/${below}${name}`, 'utf8')] as const),
    ),
  );
const sourceOf = (files: ReadonlyMap<string, string>): ContentSource => {
  const entries = new Map<string, Entry>([['measures', { kind: 'folder' }]]);
  return withFiles({ root: 'city', entries }, files);
};
const contents = ['tests/city', 'tests/lake'].map((folder) => {
  const files = texts(folder);
  const parsed = new ParsedFiles();
  checkContent(sourceOf(files), parsed);
  return { files, parsed };
});

/** One line with a mistake; undefined where it has no room for one. `pick`: which of several. */
type Slip = (line: string, pick: number, file: string) => string | undefined;

const pickOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];
/** Another text in place of one of the matches. */
const inPlace =
  (pattern: RegExp, by: (match: string, pick: number) => string | undefined): Slip =>
  (line, pick) => {
    if (/^\s*#/.test(line)) return undefined;
    const match = pickOf([...line.matchAll(pattern)], pick);
    const text = match && by(match[0], pick);
    return match === undefined || text === undefined || text === match[0]
      ? undefined
      : line.slice(0, match.index) + text + line.slice(match.index + match[0].length);
  };

const half = new Map<string, string>();
for (let code = 0xff61; code <= 0xff9d; code += 1)
  for (const mark of ['', '\uff9e', '\uff9f']) {
    const written = String.fromCharCode(code) + mark;
    const full = written.normalize('NFKC');
    if (full.length === 1) half.set(full, written);
  }
const kangxi = new Map<string, string>();
for (let code = 0x2f00; code <= 0x2fd5; code += 1) {
  const sign = String.fromCharCode(code);
  if (!hasSign(sign)) kangxi.set(sign.normalize('NFKC'), sign);
}
const cyrillic: Record<string, string> = {
  A: 'А',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  a: 'а',
  e: 'е',
  o: 'о',
};
const fullwidth = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

const slips: Record<string, Slip> = {
  'half-width katakana': inPlace(/(?<!^ *)(?<=[: ].*)[ァ-ヴー]{2,}/g, (run) => {
    const written = [...run].map((sign) => half.get(sign) ?? sign).join('');
    return written.normalize('NFKC') === run && !/[ァ-ヴー]/.test(written) ? written : undefined;
  }),
  decomposed: inPlace(/[が-ぽガ-ポ]/g, (sign) => sign.normalize('NFD')),
  'a Kangxi form': inPlace(/\p{Script=Han}/gu, (sign) => kangxi.get(sign)),
  'a space that does not break': inPlace(/(?<=[^\s:,-]) (?=[^\s#])/g, () => '\u00a0'),
  'an invisible character': inPlace(/(?<=[^\s])(?=[ぁ-んァ-ヴ])/g, (_, pick) =>
    pickOf(['\u200b', '\u00ad', '\u200e', '\ufeff'], pick),
  ),
  'an indent of other spaces': (line, pick) =>
    /^(?: {2})+[^\s#]/.test(line)
      ? line.replace(
          /^ +/,
          (blanks) =>
            [blanks.replaceAll(' ', '\u00a0'), blanks.replaceAll('  ', '\u3000'), blanks.replaceAll('  ', '\t')][
              pick % 3
            ] ?? '',
        )
      : undefined,
  'a wide colon': (line) => (/^ *(?!KPI)[^\s:：「」-]{1,12}: ?/.test(line) ? line.replace(/: ?/, '：') : undefined),
  'a colon without a blank': (line) =>
    /^ *(?!KPI)[^\s:：「」-]{1,12}: [^\s"'[{|]/.test(line) ? line.replace(': ', ':') : undefined,
  'a wide blank behind a colon': (line) =>
    /^ *(?!KPI)[^\s:：「」-]{1,12}: /.test(line) ? line.replace(': ', ':\u3000') : undefined,
  'a wide comma': (line, pick, file) =>
    file.startsWith('measures/') && /^(?:担当|関連).*, /.test(line)
      ? line.replace(', ', pickOf(['、', '，', '、 '], pick) ?? '')
      : undefined,
  'a misspelt key': (line, pick) => {
    const [, indent = '', key = '', rest = ''] = /^( *)(?!KPI)([^\s:：「」R-]{3,12})(:(?: .*)?)$/.exec(line) ?? [];
    // Of two signs one is half of all: that may be another word.
    if (key.replace('・', '').length < 3) return undefined;
    const at = pick % key.length;
    return `${indent + key.slice(0, at)}々${key.slice(at + (pick % 2))}${rest}`;
  },
  'a key that looks alike': (line, pick) =>
    /^ *スケジュール:/.test(line) ? line.replace('ー', pickOf(['一', '―', '-'], pick) ?? '') : undefined,
  amount: (line, pick) => {
    const [, head = '', digits = ''] = /^( *予算額: )(\d+)$/.exec(line) ?? [];
    const forms = [
      fullwidth(digits),
      `${grouped(digits)}千円`,
      `"${grouped(digits)}"`,
      fullwidth(`${grouped(digits)} 千円`),
      `'${digits}'`,
    ];
    return digits === '' ? undefined : head + pickOf(forms, pick);
  },
  'an amount of a part': (line, pick) => {
    const digits = /額: (\d{4,})(?=[ ,}])/.exec(line)?.[1];
    return digits === undefined
      ? undefined
      : line.replace(`額: ${digits}`, `額: ${pickOf([grouped(digits), fullwidth(digits), `${digits}千円`], pick)}`);
  },
  'a mark': (line, pick) => {
    const [, head = '', mark = ''] = /^( *項目: )([○→—])$/.exec(line) ?? [];
    const alike: Record<string, string[]> = {
      '○': ['〇', '◯', 'O', '0'],
      '→': ['⇒', '->', '➡'],
      '—': ['ー', '-', '―', '−'],
    };
    return mark === '' ? undefined : head + pickOf(alike[mark] ?? [], pick);
  },
  'a year': (line, pick) => {
    const [, number = ''] = /^ {2}R(\d+):(?: \{\})?$/.exec(line) ?? [];
    return number === ''
      ? undefined
      : line.replace(
          `R${number}`,
          pickOf([fullwidth(`R${number}`), `r${number}`, `令和${number}年度`, `R 0${number}`], pick) ?? '',
        );
  },
  'a foreign letter': inPlace(/(?<=[A-Za-z])[ACEHKMOPTXaeo]|[ACEHKMOPTXaeo](?=[A-Za-z])/g, (sign) => cyrillic[sign]),
  'a number': (line, pick) => {
    const [, head = '', number = ''] = /^((?:番号|再掲): )(\d+-\d+-\d+)$/.exec(line) ?? [];
    return number === ''
      ? undefined
      : head + pickOf([fullwidth(number), number.replaceAll('-', 'ー'), number.replaceAll('-', '−')], pick);
  },
  'a date': (line) => (/^(?:策定|改定): /.test(line) ? line.replace(/\d+/, fullwidth) : undefined),
  'a name that looks alike': (line, _, file) =>
    file.startsWith('measures/') && /^担当課: .*口/.test(line) ? line.replace('口', 'ロ') : undefined,
  'a key beside others': (line, pick) =>
    /\{ (?:区分|番号): /.test(line)
      ? line.replace(/(?<=\{ )(区分|番号)/, (key) => pickOf([`${key}々`, `${key[0]}\u200b${key[1]}`], pick) ?? '')
      : undefined,
  'a wide comma in a map': (line) =>
    /\{ (?:区分|番号): [^,]*, (?=額|名称)/.test(line)
      ? line.replace(/(?<=\{ (?:区分|番号): [^,]*), (?=額|名称)/, '、')
      : undefined,
  'blanks at the end': (line, pick) => line + pickOf(['  ', '\u3000', '\t', ' \u3000'], pick),
};

/** What happens to a whole file. */
const ends: Record<string, (text: string) => string> = {
  none: (text) => text,
  mark: (text) => `\ufeff${text}`,
  'two marks': (text) => `\ufeff\ufeff${text}`,
  CR: (text) => text.replaceAll('\n', '\r'),
  'CR CR LF': (text) => text.replaceAll('\n', '\r\r\n'),
};

const counts = new Map(Object.keys(slips).map((kind) => [kind, 0]));

const slip = fc.record({
  kind: fc.constantFrom(...Object.keys(slips)),
  file: fc.nat(),
  line: fc.nat(),
  pick: fc.nat(999),
});
const edition = fc.record({
  content: fc.nat(contents.length - 1),
  made: fc.array(slip, { minLength: 1, maxLength: 8 }),
  yml: fc.boolean(),
  end: fc.constantFrom(...Object.keys(ends)),
  crlf: fc.boolean(),
});

/** The files with the slips made, each in a line of its own. */
function withSlips(
  files: ReadonlyMap<string, string>,
  made: readonly { kind: string; file: number; line: number; pick: number }[],
) {
  const changed = new Map<string, string>();
  const told: string[] = [];
  const taken = new Set<string>();
  for (const { kind, file, line, pick } of made) {
    const places = [...files].flatMap(([path, text]) =>
      text.split('\n').flatMap((written, index) => {
        const by = taken.has(`${path} ${index}`) || written === '' ? undefined : slips[kind]?.(written, pick, path);
        return by === undefined ? [] : [{ path, index, by }];
      }),
    );
    const place = places[(file * 31 + line) % Math.max(1, places.length)];
    // Where two measures have the same name that is none, the given one may be wrong.
    if (!place || (kind === 'a name that looks alike' && told.some((one) => one.startsWith(kind)))) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    taken.add(`${place.path} ${place.index}`);
    const lines = (changed.get(place.path) ?? files.get(place.path) ?? '').split('\n');
    lines[place.index] = place.by;
    changed.set(place.path, lines.join('\n'));
    told.push(`${kind} ${place.path}:${place.index + 1} ${JSON.stringify(place.by)}`);
  }
  return { changed, told };
}

interface Broken {
  content: number;
  made: { kind: string; file: number; line: number; pick: number }[];
  yml: boolean;
  end: string;
  crlf: boolean;
}

/** What is not as it was before the mistakes were made: the first file. */
function leftOf({ content, made, yml, end, crlf }: Broken): string | undefined {
  const { files: lf, parsed } = contents[content] as (typeof contents)[number];
  const files = new Map([...lf].map(([path, text]) => [path, crlf ? text.replaceAll('\n', '\r\n') : text] as const));
  const { changed, told } = withSlips(lf, made);
  const broken = new Map(files);
  const [first] = changed.keys();
  for (const [path, text] of changed) {
    const written = crlf ? text.replaceAll('\n', '\r\n') : text;
    broken.set(path, path === first && !crlf ? (ends[end]?.(text) ?? text) : written);
  }
  if (yml && first?.startsWith('measures/')) {
    broken.set(first.replace(/yaml$/, 'yml'), broken.get(first) ?? '');
    broken.delete(first);
  }
  const { files: mended } = fixContent(sourceOf(broken), parsed.copy());
  const after: NewFiles = new Map<string, string | undefined>([...broken, ...mended]);
  for (const [path, text] of files) {
    const now = after.get(path) ?? '';
    if (now === text) continue;
    const lines = now.split('\n').filter((line, index) => line !== text.split('\n')[index]);
    return [...told, `${path} (${end}): ${JSON.stringify(lines.slice(0, 3))}`].join('\n');
  }
  return undefined;
}

test('mistakes of every kind, made at random, are mended to the byte', { timeout: 60_000 + 500 * runs.numRuns }, () => {
  if (process.env.DEBUG) {
    const all = fc.sample(edition, { seed: runs.seed, numRuns: runs.numRuns }).map(leftOf);
    const left = all.filter((one) => one !== undefined);
    console.log(`${left.length} of ${all.length}\n${left.join('\n\n')}`);
    return;
  }
  fc.assert(
    fc.property(edition, (broken) => {
      expect(leftOf(broken)).toBeUndefined();
    }),
    runs,
  );
  if (runs.numRuns >= 300) expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
});

test('what is right stays as it is, to the byte', () => {
  for (const { files } of contents)
    for (const to of ['\n', '\r\n']) {
      const written = new Map([...files].map(([path, text]) => [path, text.replaceAll('\n', to)] as const));
      expect(fixContent(sourceOf(written))).toEqual({ files: new Map(), fixed: [] });
    }
});

/** One mistake wherever it can be made, as a program or a habit makes it. */
const everywhere: Record<string, (text: string) => string> = {
  'decomposed, as macOS writes names': (text) => text.normalize('NFD'),
  'wide colons': (text) => text.replaceAll(/^( *(?:- )?(?!KPI)[^\s:：#「」{-]{1,12}):(?: |$)/gm, '$1：'),
  'colons without a blank': (text) => text.replaceAll(/^( *[^\s:：#「」{-]{1,12}): (?=[^\s"'[{|-])/gm, '$1:'),
  'tabs as indents': (text) => text.replaceAll(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  'wide indents': (text) => text.replaceAll(/^(?: {2})+/gm, (blanks) => '\u3000'.repeat(blanks.length / 2)),
  'indents of spaces that do not break': (text) => text.replaceAll(/^ +/gm, (blanks) => '\u00a0'.repeat(blanks.length)),
  'blanks at all ends': (text) => text.replaceAll('\n', ' \u3000\n'),
  'half-width katakana': (text) =>
    text.replaceAll(/(?<=[: ].*)[ァ-ヴー]{2,}/g, (run) => {
      const written = [...run].map((sign) => half.get(sign) ?? sign).join('');
      return written.normalize('NFKC') === run ? written : run;
    }),
  'amounts with commas and units': (text) =>
    text.replaceAll(/(?<=^ *予算額: )\d+$/gm, (digits) => `${grouped(digits)}千円`),
};

test.each(Object.entries(everywhere))('%s in every file', (_, made) => {
  for (const { files, parsed } of contents) {
    const broken = new Map([...files].map(([path, text]) => [path, made(text)] as const));
    const { files: mended } = fixContent(sourceOf(broken), parsed.copy());
    const after = new Map<string, string | undefined>([...broken, ...mended]);
    for (const [path, text] of files) expect(after.get(path), path).toBe(text);
  }
});

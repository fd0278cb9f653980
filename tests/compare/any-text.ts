import fc from 'fast-check';
import { addedUp, budgetRow } from '../../src/compare/budgets.ts';
import type { Comparison } from '../../src/compare/change.ts';
import type { Run } from '../../src/model/marked.ts';

/** What would steer a terminal, call people or lead elsewhere, were it not text. */
export const steering = [
  ...[
    '\u001b[31m',
    '\u001b]0;x\u0007',
    '\u009b2J',
    '\r',
    '\b\b',
    '\u0000',
    '\u202e',
    '\u2066',
    '\u2028',
    '\u200b',
    '\u00ad',
    '\ud842',
  ],
  ...[
    '@user',
    '@org/team',
    'a@example.com',
    '#12',
    'GH-12',
    'owner/name#12',
    'deadbeefcafe',
    '1234567',
    '0'.repeat(40),
  ],
  ...['&#64;user', '&commat;user', '&num;12', '&#x40;user', '&lt;b&gt;', '<span></span>', '&', ';', '38;#64;'],
  ...['https://example.com', 'http://', 'www.example.com', 'ftp://x.example', 'mailto:a@b.example', ':tada:', '://'],
  ...[
    '[a](https://x.example)',
    '![a](x.png)',
    '[x]: y',
    '[^1]',
    '<https://x.example>',
    '<img src=x>',
    '<script>',
    '</details>',
  ],
  ...[
    '# 見出し',
    '## x',
    '- x',
    '1. x',
    '2) x',
    '+ x',
    '> x',
    '> [!NOTE]',
    '===',
    '---',
    '```',
    '~~~',
    '    x',
    '\t',
    '| a | b |',
    '|---|---|',
  ],
  ...[
    '**a**',
    '_a_',
    '`a`',
    '~~a~~',
    '$x^2$',
    '\\',
    '<!--',
    '-->',
    "'",
    '"',
    '{{ x }}',
    '\n\n',
    '\n',
    ' ',
    '  \n',
    '窓口',
    'を行う。',
  ],
];

/** Text of such pieces and of any others. */
export const anyText = fc
  .array(
    fc.oneof(fc.constantFrom(...steering), fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 6 })),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(''));

/** A comparison with a change of every kind; whatever content, file names or people write in it comes from `text`. */
export function comparisonOf(text: () => string): Comparison {
  const run = (kind: Run['kind']): Run => ({ kind, text: text() });
  const runs = () => [run('kept'), run('removed'), run('added')];
  const name = () => ({ id: text(), title: text(), group: { number: text(), name: text() } });
  const numbered = () => ({ number: text(), name: text() });
  const measure = { renumbered: true, moved: true };
  return {
    base: { name: text(), revised: text(), errors: 1, warnings: 0, measures: 0, reprints: 0 },
    head: { name: text(), errors: 0, warnings: 0, measures: 0, reprints: 0 },
    edition: [{ field: '書名', kind: 'changed', type: 'text', runs: runs() }],
    continued: [text()],
    structure: [
      { level: '大項目', base: numbered(), head: numbered(), runs: runs() },
      { level: '中項目', head: numbered() },
    ],
    organization: [
      { kind: 'moved', department: text(), section: text(), from: text() },
      { kind: 'removed', department: text(), section: text() },
      { kind: 'added', department: text() },
    ],
    renames: [{ field: text(), before: text(), after: text(), measures: [text()] }],
    annexes: [
      { kind: 'added', path: text(), title: text(), alternative: text() },
      { kind: 'replaced', path: text(), title: text(), titleBefore: text(), alternativeRuns: runs() },
    ],
    measures: [
      {
        ...measure,
        kind: 'changed',
        base: name(),
        head: name(),
        reprint: 'made',
        fields: [
          { field: text(), year: text(), kind: 'changed', type: 'text', runs: runs() },
          { field: text(), kind: 'changed', type: 'choice', before: text(), after: text() },
          { field: text(), kind: 'changed', type: 'list', items: runs() },
          {
            field: text(),
            year: text(),
            kind: 'changed',
            type: 'budget',
            before: [{ label: text(), amount: 1_234_567 }],
            after: 7_654_321,
            difference: 6_419_754,
          },
        ],
      },
      { kind: 'added', head: name(), renumbered: false, moved: false, fields: [] },
      { kind: 'removed', base: name(), renumbered: false, moved: false, fields: [] },
      { kind: 'changed', base: name(), head: name(), renumbered: true, moved: false, fields: [] },
    ],
    budgets: addedUp({
      years: [text(), text()],
      onlyBefore: [text()],
      onlyAfter: [text()],
      categories: [budgetRow(numbered(), [1, null], [2_000_000, 3])],
    }),
    unread: [{ side: 'base', file: text(), field: text(), year: text() }],
  };
}

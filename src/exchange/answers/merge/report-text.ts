// What is told of a collection, for a terminal.
import picocolors from 'picocolors';
import type { Value } from '../../../compare/cells.ts';
import { budgetText } from '../../../compare/describe.ts';
import { type Piece, wrapped } from '../../../compare/terminal.ts';
import { isError } from '../../../diagnostics/diagnostic.ts';
import { summary } from '../../../diagnostics/report.ts';
import { oneLine } from '../../../model/names.ts';
import { compareNumbers } from '../../../model/numbers.ts';
import { visible } from '../../../model/visible.ts';
import { severityWords } from '../../../model/words.ts';
import { placeOfTold, type Told } from '../answers.ts';
import type { AnsweredCell } from './answered.ts';
import type { AnswerConflict } from './merge-answers.ts';
import type { Workbook } from './settle.ts';

export interface Terminal {
  color: boolean;
  width: number;
}

/** Place, sentence, what stands in the cell, what to do next; a count at the end. */
export function toldText(all: readonly Told[], workbooks: readonly Workbook[], { color, width }: Terminal): string {
  const paint = picocolors.createColors(color);
  const told = worst(all);
  const written = writtenAt(workbooks);
  const blocks = byPlace(told).map((one) => {
    const [first = '', ...rest] = one.message.split('\n');
    const row = written(one);
    return [
      wrapped(
        [
          { text: visible(placeOfTold(one)), style: paint.bold },
          { text: ' ' },
          { text: severityWords[one.severity], style: one.severity === 'error' ? paint.red : paint.yellow },
          { text: ` ${first}` },
        ],
        '',
        width,
      ),
      ...rest.map((line) => wrapped([{ text: visible(line) }], '    ', width)),
      ...(row === undefined || one.message.includes(row.label)
        ? []
        : [
            wrapped(
              [{ text: `${visible(row.label)}: `, style: paint.dim }, { text: visible(shortened(row.text)) }],
              '    ',
              width,
            ),
          ]),
      wrapped([{ text: `→ ${one.hint}` }], '  ', width),
    ].join('\n');
  });
  return `${[...blocks, summary(told)].join('\n\n')}\n`;
}

/** Without notices of a cell that has an error. */
function worst(all: readonly Told[]): Told[] {
  const errors = new Set(all.filter(isError).map(placeOfTold));
  return all.filter((one) => isError(one) || one.cell === undefined || !errors.has(placeOfTold(one)));
}

const most = 80;
const shortened = (text: string) => {
  const characters = [...text.replaceAll('\n', ' ⏎ ')];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : characters.join('');
};

/** By file, sheet, row and column. */
function byPlace(told: readonly Told[]): Told[] {
  const sheetKey = ({ sheet = '' }: Told) => sheet.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
  const cellKey = ({ cell = '' }: Told) => {
    const [, letters = '', digits = ''] = /^([A-Z]*)(\d*)$/.exec(cell) ?? [];
    return `${digits.padStart(8, '0')}${letters.padStart(4)}`;
  };
  const key = (one: Told) => [one.file, sheetKey(one), cellKey(one), one.message];
  return [...told].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((part, index) => part !== right[index]);
    return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
  });
}

/** What stands in a cell that is told, and what the row is called. */
function writtenAt(workbooks: readonly Workbook[]): (told: Told) => { label: string; text: string } | undefined {
  const rows = new Map<string, { label: string; text: string }>();
  const keyOf = (file: string, sheet: string, cell: string) => JSON.stringify([file, sheet, cell]);
  for (const { answers, measures } of workbooks)
    for (const { cells } of measures)
      for (const cell of cells)
        for (const row of cell.rows)
          rows.set(keyOf(answers.file, row.sheet, row.cell), {
            label: row.label,
            text: row.value === undefined ? '(空欄)' : String(row.value),
          });
  return ({ file, sheet, cell }) =>
    sheet === undefined || cell === undefined ? undefined : rows.get(keyOf(file, sheet, cell));
}

/** 元・庁内の今・回答 of each cell that is not decided, and how to decide. */
export function conflictText(conflicts: readonly AnswerConflict[], { color, width }: Terminal): string {
  const paint = picocolors.createColors(color);
  const line = (pieces: readonly Piece[], indent: string) => wrapped(pieces, indent, width);
  const value = (name: string, what: Value | undefined) => {
    const lines = valueText(what).split('\n');
    const dim = { text: `${name}: `, style: paint.dim };
    return lines.length === 1
      ? [line([dim, { text: visible(lines[0] ?? '') }], '    ')]
      : [line([dim], '    '), ...lines.map((text) => line([{ text: visible(text) }], '      '))];
  };
  const blocks = [...conflicts]
    .sort((a, b) => compareNumbers(a.number, b.number))
    .map(({ number, title, field, year, ours, answers }) => {
      const bases = new Set(answers.map(({ base }) => JSON.stringify(base)));
      const isOneBase = bases.size === 1;
      return [
        line(
          [
            { text: visible(`■ ${number} ${oneLine(title)}`), style: paint.bold },
            { text: ` ${year === undefined ? '' : `${year} `}${field}` },
          ],
          '',
        ),
        ...(isOneBase ? value('元', answers[0]?.base) : []),
        ...value('庁内の今', ours),
        ...answers.flatMap((answer) => [
          ...(isOneBase ? [] : value(`元(${answer.file})`, answer.base)),
          ...value(`回答(${placeOf(answer)})`, answer.theirs),
        ]),
        line([{ text: `→ ${wayOut(number, answers)}` }], '  '),
      ].join('\n');
    });
  return `${[`衝突 ${conflicts.length} 件`, ...blocks].join('\n\n')}\n`;
}

const wayOut = (number: string, answers: readonly AnsweredCell[]): string =>
  new Set(answers.map(({ theirs }) => JSON.stringify(theirs))).size > 1
    ? `ブックによって回答が違います。取り込まないほうのブックを外すか、その行を直してもらってください。どちらも取り込まないなら --ours ${number} を付けます。`
    : `回答にするなら --theirs ${number}、庁内の今のままにするなら --ours ${number} を付けて、もう一度実行してください。両方を合わせるなら、YAML を手で直してコミットしてから --ours ${number} を付けます。`;

const placeOf = ({ file, rows }: AnsweredCell): string => {
  const [first] = rows;
  return placeOfTold({ file, ...(first ? { sheet: first.sheet, cell: first.cell } : {}) });
};

/** A value in words, for people. */
function valueText(value: Value | undefined): string {
  if (value === undefined) return '(空欄)';
  if (value.type === 'text' || value.type === 'choice') return value.text;
  if (value.type === 'list') return value.names.length === 0 ? '(どれもなし)' : value.names.join('、');
  return budgetText(value.budget);
}

import { expect, test } from 'vitest';
import { conflictsOf, linesOf } from '../../../src/content/yaml/conflicts.ts';

test('lines know their text, their place and their number', () => {
  expect(linesOf('ab\n\nc')).toEqual([
    { text: 'ab', from: 0, to: 2, number: 1 },
    { text: '', from: 3, to: 3, number: 2 },
    { text: 'c', from: 4, to: 5, number: 3 },
  ]);
  expect(linesOf('')).toEqual([{ text: '', from: 0, to: 0, number: 1 }]);
  expect(linesOf('a\n').map(({ text }) => text)).toEqual(['a', '']);
});

/** Each line with what becomes of it: "!" a conflict is told here, "-" it is read as a blank one, " " it stays. */
const marked = (lines: readonly string[]) => {
  const all = linesOf(lines.join('\n'));
  const { problems, blank } = conflictsOf(all);
  const told = problems.filter(({ silent }) => !silent);
  return all.map((line) => {
    const here = told.filter(({ from }) => from >= line.from && from <= line.to);
    return `${here.length > 0 ? '!'.repeat(here.length) : blank.has(line) ? '-' : ' '}${line.text}`;
  });
};

test.each<[string, string[]]>([
  ['of two sides: the first one is read', ['!<<<<<<< HEAD', ' a', '-=======', '-b', '->>>>>>> r12', ' c']],
  ['of three sides', ['!<<<<<<< HEAD', ' a', '-||||||| 1a2b', '-b', '-=======', '-c', '->>>>>>> r12', ' d']],
  ['without names', ['!<<<<<<<', ' a', '-=======', '-b', '->>>>>>>', ' c']],
  ['of longer markers', ['!<<<<<<<<<< x', ' a', '-==========', '-b', '->>>>>>>>>> y', ' c']],
  ['of shorter markers is none', [' <<<<<< x', ' ======', ' >>>>>> y']],
  ['two of them', ['!<<<<<<< x', '-=======', '->>>>>>> y', ' a', '!<<<<<<< x', '-=======', '-b', '->>>>>>> y', ' c']],
  ['empty lines between', [' ', '!<<<<<<< x', ' ', '-=======', '-', '->>>>>>> y', ' ']],
  [
    'one of an earlier merge inside of a side',
    ['!<<<<<<< x', ' a', '-<<<<<<< y', '-=======', '-b', '->>>>>>> z', '-c', '->>>>>>> w', ' d'],
  ],
  // One side of which is left, and another one begins: they are two.
  [
    'one in the second side of another one that is not at its end',
    ['!<<<<<<< x', ' a', '-=======', '-b', '!<<<<<<< y', ' c', '-=======', '-d', '->>>>>>> z', ' e'],
  ],
  ['not at its end: nothing below is read', ['!<<<<<<< x', '-a', '-=======', '-b', '-c']],
  ['not at its end, without another side', [' z', '!<<<<<<< x', '-a', '-b']],
  ['of which only the end is left', [' a', '!>>>>>>> y', ' b']],
  ['of which only the middle is left', [' a', '!=======', '-b', '-c']],
  ['of which only the middle and the end are left', [' a', '!=======', '-b', '->>>>>>> y', ' c']],
  ['of which only the base is left', [' a', '!||||||| y', '-b', '->>>>>>> y', ' c']],
  ['indented by an editor', ['!  <<<<<<< x', ' a', '-  =======', '-b', '-  >>>>>>> y', ' c']],
  ['indented marks that open none', [' a', '   =======', '   >>>>>>> y', '   ||||||| x']],
  ['a word behind the marker', [' <<<<<<<x', ' >>>>>>>x', ' |||||||x']],
  ['a line of equals signs with a word', [' ======= x']],
  ['a line of equals signs and blanks', ['!=======  ', '-x']],
  ['markers behind a word', [' a <<<<<<< x', ' b =======', ' c >>>>>>> y']],
  ['a mixture of marks', [' <<<<<<=', ' >>><<<>>>', ' =======-']],
])('a conflict %s', (_, lines) => {
  expect(marked(lines.map((line) => line.replace(/^[ !-]/, '')))).toEqual(lines);
});

test('it is told from its marker to the end of the line; what is blank is told to nobody, and hides what is around', () => {
  const { problems } = conflictsOf(linesOf('a\n  <<<<<<< x\nb\n=======\n>>>>>>> y\n'));
  expect(problems).toEqual([
    { code: 'conflict-markers', from: 4, to: 13, withholds: true, reachesBlock: true },
    { code: 'conflict-markers', from: 2, to: 13, reachesBlock: true, silent: true },
    { code: 'conflict-markers', from: 16, to: 23, reachesBlock: true, silent: true },
    { code: 'conflict-markers', from: 24, to: 33, reachesBlock: true, silent: true },
  ]);
});

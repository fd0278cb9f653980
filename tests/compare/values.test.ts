import { expect, test } from 'vitest';
import type { Value } from '../../src/compare/cells.ts';
import { compareValues } from '../../src/compare/values.ts';

const text = (of: string): Value => ({ type: 'text', text: of });
const choice = (of: string): Value => ({ type: 'choice', text: of });
const list = (...names: string[]): Value => ({ type: 'list', names });
const budget = (of: Extract<Value, { type: 'budget' }>['budget']): Value => ({ type: 'budget', budget: of });
const run = (kind: string, of: string) => ({ kind, text: of });

test.each<[string, Value | undefined, Value | undefined, unknown]>([
  ['nothing', undefined, undefined, undefined],
  ['the same text', text('あ'), text('あ'), undefined],
  ['the same list', list('あ', 'い'), list('あ', 'い'), undefined],
  ['the same parts', budget([{ label: 'あ', amount: 1 }]), budget([{ label: 'あ', amount: 1 }]), undefined],
  ['a text added', undefined, text('あ'), { kind: 'added', type: 'text', runs: [run('added', 'あ')] }],
  ['a text removed', text('あ'), undefined, { kind: 'removed', type: 'text', runs: [run('removed', 'あ')] }],
  [
    'a text changed',
    text('あ'),
    text('い'),
    { kind: 'changed', type: 'text', runs: [run('removed', 'あ'), run('added', 'い')] },
  ],
  ['a choice added', undefined, choice('○'), { kind: 'added', type: 'choice', after: '○' }],
  ['a choice removed', choice('○'), undefined, { kind: 'removed', type: 'choice', before: '○' }],
  ['a choice changed', choice('○'), choice('△'), { kind: 'changed', type: 'choice', before: '○', after: '△' }],
  ['a list added', undefined, list('あ'), { kind: 'added', type: 'list', items: [run('added', 'あ')] }],
  ['a list removed', list('あ'), undefined, { kind: 'removed', type: 'list', items: [run('removed', 'あ')] }],
  [
    'a list in another order',
    list('あ', 'い'),
    list('い', 'あ'),
    { kind: 'changed', type: 'list', items: [run('removed', 'あ'), run('kept', 'い'), run('added', 'あ')] },
  ],
  ['an empty list is a value', undefined, list(), { kind: 'added', type: 'list', items: [] }],
  ['an empty list goes', list(), undefined, { kind: 'removed', type: 'list', items: [] }],
  ['an amount added: no difference', undefined, budget(5), { kind: 'added', type: 'budget', after: 5 }],
  ['an amount removed', budget(5), undefined, { kind: 'removed', type: 'budget', before: 5 }],
  ['more', budget(5), budget(8), { kind: 'changed', type: 'budget', before: 5, after: 8, difference: 3 }],
  ['less', budget(8), budget(5), { kind: 'changed', type: 'budget', before: 8, after: 5, difference: -3 }],
  ['— counts as 0', budget('—'), budget(5), { kind: 'changed', type: 'budget', before: '—', after: 5, difference: 5 }],
  ['0 is a value', budget(0), budget('—'), { kind: 'changed', type: 'budget', before: 0, after: '—', difference: 0 }],
  [
    'parts are added up',
    budget([
      { label: 'あ', amount: 1 },
      { label: 'い', amount: '—' },
    ]),
    budget([
      { label: 'あ', amount: 2 },
      { label: 'い', amount: 4 },
    ]),
    {
      kind: 'changed',
      type: 'budget',
      before: [
        { label: 'あ', amount: 1 },
        { label: 'い', amount: '—' },
      ],
      after: [
        { label: 'あ', amount: 2 },
        { label: 'い', amount: 4 },
      ],
      difference: 5,
    },
  ],
])('%s', (_, before, after, expected) => {
  expect(compareValues(before, after)).toEqual(expected);
});

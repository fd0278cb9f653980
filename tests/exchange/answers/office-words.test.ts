import { expect, test } from 'vitest';
import { atStart, type Code, characterCodes, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { officeWords } from '../../../src/exchange/answers/merge/office-words.ts';

/** What a value of a measure can be told for. */
const codes: Code[] = [
  ...characterCodes,
  ...(['missing-key', 'empty-value', 'unknown-value', 'unknown-mark', 'not-an-amount', 'budget-form'] as const),
  ...(['amount-out-of-line', 'duplicate-value', 'list-too-long', 'wrong-type', 'unknown-plan'] as const),
  ...(['unknown-department', 'unknown-section', 'section-elsewhere', 'mention-unknown', 'placeholder-title'] as const),
  ...(['text-too-wide', 'text-too-tall'] as const),
];
const told = (code: Code, more: Partial<Diagnostic> = {}) =>
  officeWords({
    ...{ code, severity: 'error', file: 'content/measures/1-1-1.yaml', ...atStart },
    ...{ subject: '担当課', actual: '甲課', expected: '乙課', fix: { splices: [] } },
    ...more,
  });

test.each(codes)('%s: nothing about YAML, nor a command', (code) => {
  for (const nearest of [undefined, '乙課']) {
    const { hint, message } = told(code, nearest === undefined ? {} : { nearest });
    expect(hint).not.toMatch(/キー|字下げ|引用符|角かっこ|check --fix|YAML/);
    expect(message).not.toMatch(/キー|YAML/);
    expect(hint).toMatch(/[。)]$/);
  }
});

test('a name that nobody knows is told as that, wherever the check tells it', () => {
  const { message, hint } = told('name-not-given', { subject: '課', nearest: '窓口課', expected: '1-1-1' });
  expect(message).toBe(told('unknown-section').message);
  expect(hint).not.toMatch(/窓口課|1-1-1/);
});

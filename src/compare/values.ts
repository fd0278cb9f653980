import { sumOf } from '../model/amounts.ts';
import type { Run } from '../model/marked.ts';
import type { Value } from './cells.ts';
import type { FieldChange, ValueChange } from './change.ts';
import { listRuns, textRuns } from './words.ts';

/** How a value became another; undefined when it did not. Absent is a blank cell. */
export function compareValues(
  before: Value | undefined,
  after: Value | undefined,
): (Pick<FieldChange<string>, 'kind'> & ValueChange) | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const { type } = (after ?? before) as Value;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { kind, ...changeOf(type, before, after) };
}

function changeOf(type: Value['type'], before: Value | undefined, after: Value | undefined): ValueChange {
  const text = (value: Value | undefined) => (value && 'text' in value ? value.text : undefined);
  const names = (value: Value | undefined) => (value?.type === 'list' ? value.names : []);
  const both = <T>(left: T | undefined, right: T | undefined) => ({
    ...(left === undefined ? {} : { before: left }),
    ...(right === undefined ? {} : { after: right }),
  });
  if (type === 'list') return { type, items: listRuns(names(before), names(after)) };
  if (type === 'choice') return { type, ...both(text(before), text(after)) };
  if (type === 'budget') {
    const [left, right] = [before, after].map((value) => (value?.type === 'budget' ? value.budget : undefined));
    const difference = left === undefined || right === undefined ? {} : { difference: sumOf(right) - sumOf(left) };
    return { type, ...both(left, right), ...difference };
  }
  return { type: 'text', runs: textRuns(text(before) ?? '', text(after) ?? '') };
}

/** What a change leads to; undefined for a blank cell. */
export function valueAfter(change: FieldChange<string>): Value | undefined {
  if (change.kind === 'removed') return undefined;
  const after = (runs: readonly Run[]) => runs.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text]));
  if (change.type === 'text') return { type: 'text', text: after(change.runs).join('') };
  if (change.type === 'list') return { type: 'list', names: after(change.items) };
  if (change.after === undefined) return undefined;
  return change.type === 'choice' ? { type: 'choice', text: change.after } : { type: 'budget', budget: change.after };
}

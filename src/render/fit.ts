import type { CheckedContent } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Misfit } from './compiler.ts';

/** What does not fit its cell, as errors at the YAML fields. */
export function fitDiagnostics(misfits: readonly Misfit[], content: CheckedContent): Diagnostic[] {
  return misfits.map(({ file, path, kind, text, need, room }) => ({
    code: kind === 'wide' ? 'text-too-wide' : 'text-too-tall',
    severity: 'error',
    ...content.locate(file, path, text),
    subject: kind === 'wide' ? text : String(path.at(-1)),
    actual: `${need.toFixed(1)} mm`,
    expected: `${room.toFixed(1)} mm`,
  }));
}

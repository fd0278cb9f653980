import { readWritten } from '../../../src/content/yaml/written-text.ts';
import { parseYaml } from '../../../src/content/yaml/yaml-file.ts';
import type { Diagnostic, Position } from '../../../src/diagnostics/diagnostic.ts';

const place = ({ line, column }: Position) => `${line}:${column}`;

/** "warning code 1:5-1:7 of subject is actual for expected ×2" */
export const described = (diagnostic: Diagnostic): string =>
  [
    ...(diagnostic.severity === 'warning' ? ['warning'] : []),
    `${diagnostic.code} ${place(diagnostic.start)}-${place(diagnostic.end)}`,
    ...('subject' in diagnostic ? [`of ${diagnostic.subject}`] : []),
    ...('actual' in diagnostic ? [`is ${diagnostic.actual}`] : []),
    ...('expected' in diagnostic ? [`for ${diagnostic.expected}`] : []),
    ...('count' in diagnostic ? [`×${diagnostic.count}`] : []),
  ].join(' ');

/** With every sign that is not seen, or joins another one, written out. */
const seen = (text: string): string =>
  text.replace(
    /(?! )[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const json = (value: unknown): string => seen(JSON.stringify(value));

/**
 * All that is made of a text, as tests/content/yaml/refs/ has it: the text; "~" as it is read, where slips are put right;
 * ">" what is told; "=" its value, where there is one.
 */
export function outcome(text: string): string {
  const written = readWritten(text).text;
  const { value, diagnostics } = parseYaml('x', text);
  return [
    json(text),
    ...(written === text ? [] : [`  ~ ${json(written)}`]),
    ...diagnostics.map((diagnostic) => `  > ${seen(described(diagnostic))}`),
    ...(value === undefined ? [] : [`  = ${json(value)}`]),
  ].join('\n');
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import { outdatedSchemas } from '../../src/content/schema-files.ts';
import type { ContentSource } from '../../src/content/source/source.ts';
import { type Diagnostic, listed } from '../../src/diagnostics/diagnostic.ts';
import { checkFit } from '../../src/render/check-fit.ts';
import { Compiler } from '../../src/render/compiler.ts';
import type { MeasureRequest } from '../../src/render/requests.ts';
import { city, parsedCity, put } from './city.ts';

/** One file of bad input. Behind its text stand lines "#! …": what is done to the city, and what must be reported. */
export interface Case {
  content: CheckedContent;
  /** Those of the texts that do not fit too, as `check` tells them */
  diagnostics: Diagnostic[];
}

const directives = new Set(['file', 'delete', 'folder', 'link', 'bytes', 'prepend', 'append', 'ends', 'twice']);

/** The text of a case, its directives, and the diagnostics that it expects. */
function partsOf(path: string): { text: string; orders: string[][]; expected: string[] } {
  const whole = readFileSync(path, 'utf8');
  const start = whole.search(/^#! /m);
  const lines = (start < 0 ? '' : whole.slice(start))
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice('#! '.length));
  const isOrder = (line: string) => directives.has(line.split(' ')[0] ?? '');
  return {
    text: start < 0 ? whole : whole.slice(0, start),
    orders: lines.filter(isOrder).map((line) => line.split(' ')),
    expected: lines.filter((line) => !isOrder(line)),
  };
}

/** "error code line:column-line:column", with the file in front of the place when it is not the case's own. */
export const expectedOf = (path: string): string[] => partsOf(path).expected;

/**
 * Lays a case over the second city and checks it. Directives: file PATH (default measures/1-2-1.yaml), delete PATH,
 * folder PATH, link PATH, bytes HEX, prepend HEX, append HEX, ends HEX (of its lines), twice; all else is an expected diagnostic.
 */
export async function checkCase(path: string): Promise<Case> {
  const { source, content } = checkedCase(path);
  const misfits = await checkFit({ ...content, readAnnexes: new Map() }, renderer);
  return { content, diagnostics: [...content.diagnostics, ...outdatedSchemas(source, content), ...misfits] };
}

/** The same without the texts that do not fit, and what was checked. */
export function checkedCase(path: string): { source: ContentSource; content: CheckedContent } {
  const { text, orders } = partsOf(path);
  let bytes: Uint8Array = Buffer.from(text);
  const { source, entries } = city();
  let target: string | undefined = 'measures/1-2-1.yaml';
  const removed: string[] = [];
  for (const [verb = '', argument = ''] of orders) {
    if (verb === 'file') target = argument;
    else if (verb === 'delete') removed.push(argument);
    else if (verb === 'folder' || verb === 'link') {
      entries.set(argument, { kind: verb });
      target = undefined;
    } else if (verb === 'bytes') bytes = Buffer.from(argument, 'hex');
    else if (verb === 'prepend') bytes = Buffer.concat([Buffer.from(argument, 'hex'), bytes]);
    else if (verb === 'append') bytes = Buffer.concat([bytes, Buffer.from(argument, 'hex')]);
    else if (verb === 'ends')
      bytes = Buffer.from(Buffer.from(bytes).toString().replaceAll('\n', Buffer.from(argument, 'hex').toString()));
    else bytes = Buffer.concat([bytes, bytes]);
  }
  const onlyDeletes = removed.length > 0 && bytes.length === 0;
  if (target !== undefined && !onlyDeletes) put(entries, target, bytes);
  for (const path of removed)
    for (const key of [...entries.keys()]) if (key === path || key.startsWith(`${path}/`)) entries.delete(key);
  return { source, content: checkContent(source, parsedCity()) };
}

const compiler = new Compiler(resolve('templates'), resolve('fonts'));
export const renderer = { measure: async (request: MeasureRequest) => compiler.measure(request) };

export function described(diagnostics: readonly Diagnostic[]): string[] {
  return listed(diagnostics).map(({ severity, code, file, start, end }) => {
    const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
    return `${severity} ${code} ${file.slice('city/'.length)} ${place}`;
  });
}

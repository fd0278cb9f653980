import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import { type Diagnostic, listed } from '../../src/diagnostics/diagnostic.ts';
import { checkFit } from '../../src/render/check-fit.ts';
import { Compiler } from '../../src/render/compiler.ts';
import type { PieceOf, PieceRequest } from '../../src/render/pieces.ts';
import { city, put } from './city.ts';

/** One file of bad input. Behind its text stand lines "#! …": what is done to the city, and what must be reported. */
export interface Case {
  content: CheckedContent;
  /** Those of the texts that do not fit too, as `check` tells them */
  diagnostics: Diagnostic[];
  /** "error code line:column-line:column", with the file in front of the place when it is not the case's own. */
  expected: string[];
}

/**
 * Lays a case over the second city and checks it. Directives: file PATH (default measures/1-2-1.yaml), delete PATH,
 * folder PATH, link PATH, bytes HEX, prepend HEX, append HEX, ends HEX (of its lines), twice; all else is an expected diagnostic.
 */
export async function readCase(path: string): Promise<Case> {
  const whole = readFileSync(path, 'utf8');
  const start = whole.search(/^#! /m);
  let bytes: Uint8Array = Buffer.from(start < 0 ? whole : whole.slice(0, start));
  const lines = (start < 0 ? '' : whole.slice(start))
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice('#! '.length));

  const { source, entries } = city();
  const expected: string[] = [];
  let target: string | undefined = 'measures/1-2-1.yaml';
  const removed: string[] = [];
  for (const line of lines) {
    const [verb = '', argument = ''] = line.split(' ');
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
    else if (verb === 'twice') bytes = Buffer.concat([bytes, bytes]);
    else expected.push(line);
  }
  const onlyDeletes = removed.length > 0 && bytes.length === 0;
  if (target !== undefined && !onlyDeletes) put(entries, target, bytes);
  for (const path of removed)
    for (const key of [...entries.keys()]) if (key === path || key.startsWith(`${path}/`)) entries.delete(key);
  const content = checkContent(source);
  const misfits = await checkFit({ ...content, readAnnexes: new Map() }, renderer);
  return { content, diagnostics: [...content.diagnostics, ...misfits], expected };
}

const compiler = new Compiler(resolve('templates'), resolve('fonts'));
export const renderer = {
  piece: async <Request extends PieceRequest>(request: Request) => compiler.piece(request) as PieceOf<Request>,
};

export function described(diagnostics: readonly Diagnostic[]): string[] {
  return listed(diagnostics).map(({ severity, code, file, start, end }) => {
    const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
    return `${severity} ${code} ${file.slice('city/'.length)} ${place}`;
  });
}

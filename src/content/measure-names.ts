import { atStart, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ContentSource } from './source/source.ts';
import { readText } from './source/text-file.ts';

const wrongExtension = /\.(?:ya?ml|yaml\.txt)$/i;

/** The names of measures/*.yaml without ending; what else lies there is reported. */
export function measureNames(source: ContentSource, diagnostics: Diagnostic[]): string[] {
  const names: string[] = [];
  const folder = source.entries.get('measures');
  if (folder?.kind !== 'folder') {
    const what = folder ? { code: 'not-a-folder' as const } : { code: 'file-missing' as const, subject: 'measures' };
    diagnostics.push({ severity: 'error', file: `${source.root}/measures`, ...atStart, ...what });
  }
  for (const path of source.entries.keys()) {
    if (!path.startsWith('measures/')) continue;
    const name = path.slice('measures/'.length);
    // Hidden files, backups of editors and files that are being written.
    if (/^[.~#]|[~#]$|\.(tmp|bak|swp|orig)$/i.test(name)) continue;
    const place = { file: `${source.root}/${path}`, ...atStart, actual: name };
    if (name.endsWith('.yaml')) names.push(name.slice(0, -'.yaml'.length));
    else if (wrongExtension.test(name)) {
      const expected = name.replace(wrongExtension, '.yaml');
      diagnostics.push({
        ...{ code: 'wrong-extension', severity: 'error', ...place, expected },
        ...(isFree(source, path, `measures/${expected}`) ? { fix: { name: `measures/${expected}` } } : {}),
      });
    } else diagnostics.push({ code: 'unexpected-file', severity: 'warning', ...place });
  }
  return names.sort();
}

/** Whether a text may get another name: nothing else has that name, would get it, or has it on a system that knows no case. */
function isFree(source: ContentSource, path: string, name: string): boolean {
  const same = [...source.entries.keys()].filter(
    (other) => other.replace(wrongExtension, '.yaml').toLowerCase() === name.toLowerCase(),
  );
  return same.length === 1 && path.toLowerCase() !== name.toLowerCase() && readText(source, path).text !== undefined;
}

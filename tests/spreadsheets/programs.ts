import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const workbooksIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xlsx'))
    .map((name) => join(folder, name))
    .sort();

/** What LibreOffice makes of the workbooks of a folder when it opens and saves them, in a folder beside it. */
export function savedByLibreOffice(folder: string, profile: string): string {
  const again = `${folder}-LibreOffice`;
  mkdirSync(again);
  const { status, stderr, error } = spawnSync(
    'soffice',
    [
      `-env:UserInstallation=${pathToFileURL(profile)}`,
      ...['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', again],
      ...workbooksIn(folder),
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw error ?? new Error(stderr);
  return again;
}

/** What a person does to a workbook, by keys: see at_a_desk.py. */
export type Deed = readonly [what: string, ...args: unknown[]];

/** Does it by openpyxl, in place, and saves; with nothing to do the workbooks are saved as they are. */
export function doneByOpenpyxl(tasks: readonly { file: string; do: readonly Deed[] }[]): void {
  const { status, stderr, error } = spawnSync('/usr/bin/python3', ['tests/spreadsheets/at_a_desk.py'], {
    encoding: 'utf8',
    input: tasks.map((task) => JSON.stringify(task)).join('\n'),
  });
  if (status !== 0) throw error ?? new Error(stderr);
}

export const savedByOpenpyxl = (folder: string): void =>
  doneByOpenpyxl(workbooksIn(folder).map((file) => ({ file, do: [] })));

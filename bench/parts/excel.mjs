// A collection in Excel: a workbook for each 課, written; and all of them read again, one cell of each measure changed in
// the content meanwhile.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCommand, cli, inTurn, root, run, work } from '../lib/processes.mjs';
import { committedCopy } from '../lib/repository.mjs';
import { ratio } from '../lib/table.mjs';

const rounds = 3;

export async function* rows() {
  const { copy, git } = committedCopy('excel');
  const out = join(work, 'answers');
  const exported = [cli, 'export', 'xlsx', '--split', '--content', copy, '--out', out];
  run(exported);
  const { edit } = await import(pathToFileURL(join(root, 'dist/edit/edit.js')));
  for (const name of readdirSync(join(copy, 'measures'))) {
    const file = join(copy, 'measures', name);
    const cell = { field: '一覧表・取組事項', value: { type: 'text', text: 'ほかの値' } };
    writeFileSync(file, edit(readFileSync(file, 'utf8'), [cell]));
  }
  git('commit', '-q', '-a', '-m', 'x');
  const workbooks = readdirSync(join(out, '回答')).length;
  const times = inTurn(
    {
      build: buildCommand(copy),
      export: exported,
      import: [cli, 'import', 'xlsx', join(out, '回答'), '--content', copy],
    },
    rounds,
  );
  yield ratio(`export of ${workbooks} workbooks / build`, times.export, times.build, { reach: 2 });
  yield ratio(`import of ${workbooks} workbooks / build`, times.import, times.build, { reach: 3 });
}

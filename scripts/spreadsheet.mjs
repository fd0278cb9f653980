// node scripts/spreadsheet.mjs FILE.csv …: opens each CSV file in LibreOffice Calc, saves it again and compares: every
// cell must come back as it was, what datapackage.json beside it calls a number as a number, all else as text. Exits 1 for
// a difference, 2 without LibreOffice.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** The headings of columns that hold numbers. */
function figuresOf(file) {
  const { resources } = JSON.parse(readFileSync(join(dirname(file), 'datapackage.json'), 'utf8'));
  const { schema } = resources.find(({ path }) => path === basename(file));
  return schema.fields.filter(({ type }) => type === 'integer' || type === 'number').map(({ name }) => name);
}
const work = mkdtempSync(join(tmpdir(), 'shisakushu-'));
let differences = 0;
try {
  const files = process.argv.slice(2);
  const filter = 'CSV:44,34,76,1,,0'; // comma, ", UTF-8, from line 1
  const output = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true'; // texts quoted, cells as shown
  const { error, stderr } = spawnSync(
    'soffice',
    [
      ...[`-env:UserInstallation=file://${work}/profile`, '--headless', `--infilter=${filter}`],
      ...['--convert-to', output, '--outdir', join(work, 'again'), ...files],
    ],
    { encoding: 'utf8' },
  );
  if (error) {
    console.error(`LibreOffice(soffice)を起動できません: ${error.message}`);
    process.exit(2);
  }
  for (const file of files) {
    const figures = figuresOf(file);
    const sent = parse(readFileSync(file), { bom: true });
    const returned = parse(readFileSync(join(work, 'again', basename(file))), {
      bom: true,
      cast: (value, { quoting }) => ({ value, isText: quoting }),
    });
    const differ = (line, column, text) => {
      differences += 1;
      console.error(`${file} ${line + 1} 行目 ${sent[0][column]}: ${text}`);
    };
    if (returned.length !== sent.length) differ(0, 0, `${sent.length} 行が ${returned.length} 行になりました`);
    for (const [line, cells] of sent.entries())
      for (const [column, text] of cells.entries()) {
        const { value = '', isText = false } = returned[line]?.[column] ?? {};
        if (value !== text) differ(line, column, `「${text}」が「${value}」になりました`);
        const isFigure = line > 0 && figures.includes(sent[0][column]);
        if (text !== '' && isText === isFigure)
          differ(line, column, `「${text}」が${isText ? '文字' : '数'}になりました`);
      }
    console.log(`${file}: ${sent.length} 行 × ${sent[0].length} 列`);
  }
  if (stderr.includes('Error:')) console.error(stderr);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = differences > 0 ? 1 : 0;

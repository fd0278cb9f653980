// node tests/annexes/make.mjs: writes the annexes of this folder anew, each by the producer that it is named after.
// Needs Chromium, LibreOffice, Ghostscript and pdfTeX (Debian: chromium libreoffice-writer-nogui ghostscript
// texlive-latex-base). Their output changes with their versions: the files are committed, the tests read those.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const here = fileURLToPath(new URL('./', import.meta.url));
const sources = join(here, 'sources');
const fonts = join(here, '../../fonts');
const work = mkdtempSync(join(tmpdir(), 'annexes-'));
const run = (command, args, options = {}) => execFileSync(command, args, { stdio: 'pipe', cwd: work, ...options });

try {
  const compiler = NodeCompiler.create({ workspace: sources, fontArgs: [{ fontPaths: [fonts] }] });
  const { result } = compiler.compile({ mainFilePath: join(sources, 'typst.typ') });
  writeFileSync(join(here, 'typst.pdf'), compiler.pdf(result, {}));

  // Chromium and LibreOffice find the font of this repository by a configuration of its own.
  const configuration = join(work, 'fonts.conf');
  writeFileSync(configuration, `<fontconfig><dir>${fonts}</dir><cachedir>${work}/cache</cachedir></fontconfig>`);
  const env = { ...process.env, FONTCONFIG_FILE: configuration };
  const page = `file://${join(sources, 'chromium.html')}`;
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer'];
  run('chromium', [...flags, '--generate-pdf-document-outline', `--print-to-pdf=${join(here, 'chromium.pdf')}`, page], {
    env,
  });

  const options = {
    UseTaggedPDF: true,
    ExportBookmarks: true,
    ExportBookmarksToPDFDestination: true,
    UseLosslessCompression: true,
  };
  const filter = JSON.stringify(
    Object.fromEntries(Object.entries(options).map(([key, value]) => [key, { type: 'boolean', value: String(value) }])),
  );
  run(
    'soffice',
    [
      `-env:UserInstallation=file://${work}/profile`,
      '--headless',
      '--convert-to',
      `pdf:writer_pdf_Export:${filter}`,
      '--outdir',
      work,
      join(sources, 'libreoffice.fodt'),
    ],
    { env },
  );
  copyFileSync(join(work, 'libreoffice.pdf'), join(here, 'libreoffice.pdf'));

  run('gs', [
    '-q',
    '-dBATCH',
    '-dNOPAUSE',
    '-sDEVICE=pdfwrite',
    `-sOutputFile=${join(here, 'ghostscript.pdf')}`,
    join(work, 'libreoffice.pdf'),
  ]);

  for (let pass = 0; pass < 2; pass++) run('pdflatex', ['-interaction=batchmode', join(sources, 'pdftex.tex')]);
  copyFileSync(join(work, 'pdftex.pdf'), join(here, 'pdftex.pdf'));

  // A scan: one grey picture a page, no text.
  run('gs', [
    '-q',
    '-dBATCH',
    '-dNOPAUSE',
    '-sDEVICE=pdfimage8',
    '-r60',
    `-sOutputFile=${join(here, 'scan.pdf')}`,
    join(work, 'libreoffice.pdf'),
  ]);
  for (const name of ['typst', 'chromium', 'libreoffice', 'ghostscript', 'pdftex', 'scan'])
    console.log(`${name}.pdf ${readFileSync(join(here, `${name}.pdf`)).length} bytes`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

import { statSync } from 'node:fs';
import { Command } from 'commander';
import { checkAll } from '../annexes/checked-edition.ts';
import { type Provenance, provenanceOf } from '../assemble/provenance.ts';
import { readBack } from '../assemble/read-back.ts';
import { Renderer } from '../book/renderer.ts';
import { typeset } from '../build.ts';
import { commitOf } from '../content/source/commit.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { jsonChanges } from '../exchange/json-changes.ts';
import { readWhole } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { type Choice, select } from '../render/selection.ts';
import { contentOption, existing, type Folders, printText, report, shown } from './terminal.ts';
import { type Unreadable, type Verification, verificationReport } from './verification-report.ts';

export const command = (): Command =>
  new Command('verify')
    .description(
      'PDF が今の内容から作ったままのものかを確かめ、違いを示します(終了コード 0: 同じ、1: 違う、2: 読めない)',
    )
    .argument('<PDF>', '確かめる PDF')
    .addOption(contentOption())
    .action(run);

async function run(file: string, { content }: Folders): Promise<void> {
  existing(content);
  const pdf = readPdf(file);
  const renderer = new Renderer();
  const result = await verify(pdf, content, renderer);
  await renderer.close();
  if ('errors' in result) await report(result.errors, result.content.sources);
  const { text, status } = verificationReport(shown(file), content, result);
  if (status === 2) throw new UserError(text);
  process.exitCode = status;
  printText(`${text}\n`, process.stdout);
}

const largestPdf = 500 * 1024 * 1024; // bytes

function readPdf(file: string): Buffer {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new UserError(`PDF「${file}」がありません。場所と名前を確かめてください。`);
  if (!found.isFile()) throw new UserError(`「${file}」はファイルではありません。PDF ファイルを指定してください。`);
  if (found.size > largestPdf)
    throw new UserError(`「${file}」は大きすぎます(500 MB まで)。施策集の PDF を指定してください。`);
  return readWhole(file);
}

/**
 * Tells whether `pdf` is the build of the content, and what differs; builds anew where all that it was made of agrees.
 * Never throws for bad bytes.
 */
export async function verify(
  pdf: Buffer,
  contentFolder: string,
  renderer: Renderer,
): Promise<Verification | Unreadable> {
  const read = readBack(pdf);
  if ('problem' in read) return read;
  const { provenance } = read;
  const commit = commitOf(contentFolder);
  const content = await checkAll(readWorkingTree(contentFolder));
  const { edition } = content;
  const errorsOf = (diagnostics: Diagnostic[]) => diagnostics.filter(isError);
  if (!edition) return { content, provenance, errors: errorsOf(content.diagnostics), differences: [] };
  const choice = choiceOf(provenance);
  const json = editionJson(edition);
  const selection = selectionOf(edition, choice);
  const [fonts, { id, problem }] = await Promise.all([renderer.fonts(), commit]);
  const made = { edition, json, selection: selection ?? { whole: true as const }, fonts };
  const now = provenanceOf({ ...made, commit: id, annexes: content.annexDigest });
  const differences = (Object.keys({ ...provenance, ...now }) as (keyof Provenance)[])
    .filter((name) => provenance[name] !== now[name])
    .map((name) => ({ name, pdf: provenance[name] ?? '', content: now[name] ?? '' }));
  const noCommit = problem === undefined ? {} : { commitProblem: problem };
  const told = { content, provenance, errors: [], differences, ...noCommit };
  const contentDiffers = provenance.content !== now.content;
  if (contentDiffers && read.json !== undefined) return { ...told, changes: jsonChanges(read.json, JSON.parse(json)) };
  if (!selection || differences.some(({ name }) => name !== 'commit')) return told;
  const carried = provenance.commit === undefined ? {} : { id: provenance.commit };
  const built = await typeset({ content, edition, renderer, choice, commit: Promise.resolve(carried) });
  if (!built.pdf) return { ...told, errors: errorsOf(built.diagnostics) };
  return { ...told, ...compareBytes(pdf, built.pdf) };
}

/** What of the edition the PDF says that it holds. */
const choiceOf = ({ parts, measures }: Provenance): Choice =>
  measures === undefined ? {} : { only: measures.split(' '), portrait: parts === 'A4個票' };

/** None where the edition does not have these measures. */
function selectionOf(edition: Edition, choice: Choice): ReturnType<typeof select>['selection'] | undefined {
  try {
    return select(edition, choice).selection;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function compareBytes(pdf: Buffer, built: Uint8Array): Pick<Verification, 'bytes' | 'count'> {
  const shorter = Math.min(pdf.length, built.length);
  if (Buffer.compare(pdf.subarray(0, shorter), built.subarray(0, shorter)) !== 0) return { bytes: 'altered' };
  if (pdf.length === built.length) return { bytes: 'same' };
  return pdf.length > built.length
    ? { bytes: 'appended', count: pdf.length - built.length }
    : { bytes: 'cut', count: built.length - pdf.length };
}

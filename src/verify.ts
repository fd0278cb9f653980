import { type Provenance, provenanceOf } from './assemble/provenance.ts';
import { type ReadBack, readBack } from './assemble/read-back.ts';
import { typeset } from './build.ts';
import { checkAll } from './check.ts';
import type { CheckedContent } from './content/check.ts';
import { commitOf } from './content/commit.ts';
import type { Edition } from './content/edition.ts';
import { readWorkingTree } from './content/source.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { editionJson } from './exchange/json.ts';
import { type JsonChange, jsonChanges } from './exchange/json-changes.ts';
import type { Renderer } from './render/renderer.ts';
import { type Choice, select, UnknownName } from './select.ts';

export interface Verification {
  content: CheckedContent;
  /** Why the content cannot be built; then nothing is compared. */
  errors: Diagnostic[];
  /** What the PDF tells of itself. */
  provenance: Provenance;
  /** Entries in which PDF and content differ; the commit among them alone is no difference of the content. */
  differences: { name: keyof Provenance; pdf: string; content: string }[];
  /** Where the content differs and the PDF carries its own as JSON. */
  changes?: JsonChange[];
  /** How its bytes compare with those of a build now; absent where what it is made of differs already. */
  bytes?: 'same' | 'appended' | 'cut' | 'altered';
  /** Bytes after or missing at the end of the build's. */
  count?: number;
}
export type Unreadable = Extract<ReadBack, { problem: string }>;

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
  const errorsOf = (diagnostics: Diagnostic[]) => diagnostics.filter(({ severity }) => severity === 'error');
  if (!edition) return { content, provenance, errors: errorsOf(content.diagnostics), differences: [] };
  const choice = choiceOf(provenance);
  const json = editionJson(edition);
  const selection = selectionOf(edition, choice);
  const [fonts, id] = await Promise.all([renderer.fonts(), commit]);
  const now = provenanceOf(edition, json, selection ?? { whole: true }, fonts, id, content.annexDigest);
  const differences = (Object.keys({ ...provenance, ...now }) as (keyof Provenance)[])
    .filter((name) => provenance[name] !== now[name])
    .map((name) => ({ name, pdf: provenance[name] ?? '', content: now[name] ?? '' }));
  const told = { content, provenance, errors: [], differences };
  const contentDiffers = provenance.content !== now.content;
  if (contentDiffers && read.json !== undefined) return { ...told, changes: jsonChanges(read.json, JSON.parse(json)) };
  if (!selection || differences.some(({ name }) => name !== 'commit')) return told;
  const built = await typeset(content, edition, renderer, choice, {}, Promise.resolve(provenance.commit));
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
    if (error instanceof UnknownName) return undefined;
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

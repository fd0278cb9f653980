/** A run of a text. kept + removed, in order, is the text of base; kept + added that of head. Line breaks are part of it. */
export interface Run {
  kind: 'kept' | 'added' | 'removed';
  text: string;
}

/** A printed text; where a revision changed it, with what it removed and added. Templates take either (templates/theme.typ). */
export type Text = string | MarkedText;
export interface MarkedText {
  runs: Run[];
  /** A frame around its cell */
  framed: boolean;
}

export const isMarked = (text: Text | null): text is MarkedText => typeof text === 'object' && text !== null;

/** The text as head has it, or base where head has none. */
export function plain(text: Text): string {
  if (!isMarked(text)) return text;
  const side = (kind: 'added' | 'removed') =>
    text.runs.flatMap((run) => (run.kind === 'kept' || run.kind === kind ? [run.text] : [])).join('');
  return side('added') || side('removed');
}

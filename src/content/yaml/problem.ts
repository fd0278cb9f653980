import type { Code } from '../../diagnostics/diagnostic.ts';

/** A mistake in writing YAML, at UTF-16 offsets of the text. */
export interface Problem {
  code: Code;
  from: number;
  to: number;
  /** As those of a diagnostic. */
  subject?: string | undefined;
  actual?: string;
  expected?: string;
  /** What the file says cannot be known before this is settled. */
  withholds?: boolean;
  /** What the parser says of the rest of the entry means nothing. */
  reachesBlock?: boolean;
  /** Reported with another one. */
  silent?: boolean;
}

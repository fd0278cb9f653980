import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what several files of a run need, removed at its end. */
    shared: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  project.provide('shared', folder);
  // What tests lay down goes with it, also where they are ended before their own end.
  chmodSync(folder, 0o755); // another user works there too
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

import type { DocumentData } from '../render/data.ts';
import { textString } from './objects.ts';

/** A label dictionary (ISO 32000-1, 12.4.2) that counts from a page, by index, onwards. */
export interface PageLabels {
  page: number;
  label: string;
}

/** Page numbers are those printed: the cover is page 1 but shows its name; an annex shows its own where it has any. */
export function pageLabels(data: DocumentData, annexes: readonly PageLabels[], pages: number): string {
  const entries = new Map<number, string>();
  if (data.parts[0] === '表紙') {
    entries.set(0, `<< /P ${textString('表紙')} >>`);
    entries.set(1, '<< /S /D /St 2 >>');
  } else entries.set(0, '<< /S /D >>');
  for (const { page, label } of annexes) if (page < pages) entries.set(page, label);
  const sorted = [...entries].sort(([a], [b]) => a - b).map(([page, label]) => `${page} ${label}`);
  return `<< /Nums [${sorted.join(' ')}] >>`;
}

import { UserError } from '../../diagnostics/user-error.ts';
import { askedMeasure, refuseEmpty, refuseGaps } from './asked.ts';
import { layoutOf, reprintsOf } from './layout.ts';
import { withOwn } from './own.ts';
import { changed, type NumbersPlan, renumbered, type WrittenContent } from './renumbered.ts';

export interface RemoveOptions {
  /** What becomes of its 再掲: they go too, or the first becomes a measure of its own. */
  reprints?: 'drop' | 'own' | undefined;
  texts?: boolean | undefined;
}

/** The content without a measure; those behind it move up. Throws UserError where that cannot be. */
export function removed(content: WrittenContent, asked: string, { reprints, texts }: RemoveOptions): NumbersPlan {
  const { files } = content;
  const number = askedMeasure(files, asked);
  refuseGaps(files);
  const others = reprintsOf(files, number);
  if (others.length > 0 && reprints === undefined)
    throw new UserError(
      `取組 ${number} には再掲があります(${others.join('、')})。再掲もなくすなら --reprints drop を、最初の再掲 ${others[0]} を取組として残すなら --reprints own を付けてください。`,
    );
  const gone = [number, ...(reprints === 'drop' ? others : [])];
  const layout = layoutOf(files).map(({ group, measures }) => ({
    group,
    measures: measures.filter((one) => !gone.includes(one)),
  }));
  refuseEmpty(files, layout);
  if (reprints !== 'own' || others.length === 0) return renumbered(content, { layout, gone, texts });
  const { files: own, notes } = withOwn(content, number, others);
  const plan = renumbered(changed(content, own), { layout, gone, texts });
  return { files: new Map([...own, ...plan.files]), notes: [...plan.notes, ...notes] };
}

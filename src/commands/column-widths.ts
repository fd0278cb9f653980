import { Command } from 'commander';
import type { CheckedEdition } from '../annexes/checked-edition.ts';
import type { Edition } from '../model/edition.ts';
import type { Found } from '../render/widths/better.ts';
import {
  type ChangeOptions,
  type ContentPlan,
  changeContent,
  changeOptions,
  type PresentContent,
} from './change-content.ts';
import { existing, print, report } from './terminal.ts';

interface Options extends ChangeOptions {
  write?: boolean;
}

export function command(): Command {
  const made = new Command('column-widths')
    .description('個票の欄の幅を、版の全部の文に合うように探します。--write で edition.yaml の「列幅」に書きます')
    .option('--write', '見つけた幅を edition.yaml に書きます(書かなければ、示すだけです)');
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run({ write, ...options }: Options): Promise<void> {
  if (write) {
    const plan = async ({ checked, source }: PresentContent): Promise<ContentPlan> => {
      const edition = editionFor(checked);
      const found = edition && (await lookFor(edition));
      if (!found) return { files: new Map() };
      for (const line of found.lines) print(line);
      if (!found.isBetter && checked.edition) {
        print(nothingBetter);
        return { files: new Map() };
      }
      const { writtenText } = await import('../content/source/new-files.ts');
      const { widthEdits } = await import('../edit/widths.ts');
      const before = writtenText(source, 'edition.yaml');
      const text = widthEdits(before, found.widths);
      return { files: text === before ? new Map() : new Map([['edition.yaml', text]]) };
    };
    return changeContent({ ...options, command: 'column-widths --write', plan });
  }
  existing(options.content);
  const { checkAll } = await import('../annexes/checked-edition.ts');
  const { readWorkingTree } = await import('../content/source/source.ts');
  const checked = await checkAll(readWorkingTree(options.content));
  const edition = editionFor(checked);
  if (!edition) {
    await report(checked.diagnostics, checked.sources);
    process.exitCode = 1;
    return;
  }
  const { lines, isBetter } = await lookFor(edition);
  for (const line of lines) print(line);
  print(isBetter || !checked.edition ? '書くには: npx shisakushu column-widths --write' : nothingBetter);
}

const nothingBetter = 'いまの幅より良い幅は見つかりませんでした。このままで構いません。';

/** The edition, even where nothing but its 列幅 is wrong: other ones are looked for. */
function editionFor(checked: CheckedEdition): Edition | undefined {
  const isOfWidths = ({ code }: { code: string }) => code === 'not-a-width' || code === 'widths-do-not-fit';
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  if (checked.edition) return checked.edition;
  if (!errors.every(isOfWidths)) return undefined;
  const { widths: _, ...edition } = checked.readable().edition;
  return edition;
}

async function lookFor(edition: Edition): Promise<Found> {
  const { Renderer } = await import('../book/renderer.ts');
  const { betterWidths } = await import('../render/widths/better.ts');
  const renderer = new Renderer();
  try {
    return await betterWidths(edition, renderer);
  } finally {
    await renderer.close();
  }
}

// Whatever is wrong with the content, the preview shows what of it can be read: the mistakes are those of tests/cases.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckedEdition } from '../../src/annexes/checked-edition.ts';
import type { CheckedContent } from '../../src/content/check.ts';
import { isError } from '../../src/diagnostics/diagnostic.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { PreviewDocument } from '../../src/preview/document.ts';
import { Drafts } from '../../src/preview/draft.ts';
import { checkFit } from '../../src/render/check-fit.ts';
import { Compiler } from '../../src/render/compiler.ts';
import type { DrawRequest, MeasureRequest } from '../../src/render/requests.ts';
import { checkedCase } from '../content/case.ts';
import { checkedCity, textOf } from '../content/city.ts';

const compiler = new Compiler(resolve('templates'), resolve('fonts'));
const renderer = {
  measure: async (request: MeasureRequest) => compiler.measure(request),
  vector: async (request: DrawRequest) => compiler.vector(request),
};
const withoutAnnexes = (content: CheckedContent): CheckedEdition => ({ ...content, readAnnexes: new Map() });
const good = withoutAnnexes(checkedCity());
const names = readdirSync('tests/cases').sort();

async function shown(content: CheckedEdition, drafts = new Drafts()) {
  const misfits = await checkFit(content, renderer);
  const draft = drafts.of(content, misfits, 1000);
  const document = new PreviewDocument(renderer);
  const planned = await document.plan(draft.data, draft.holds);
  for (const page of planned.pages) await document.vector(page);
  return { draft, pages: planned.pages, cells: planned.pages.flatMap(({ cells }) => cells) };
}

/** Each as the first thing that the preview reads: CASES=all, or one of 12. */
const step = process.env.CASES === 'all' ? 1 : 12;
test.each(names.filter((_, index) => index % step === 0))(
  'from the start, %s: pages of what can be read',
  async (name) => {
    const { content } = checkedCase(`tests/cases/${name}`);
    const { draft, pages, cells } = await shown(withoutAnnexes(content));
    const ids = measuresOf(draft.edition).map(({ id }) => id);
    const files = [...content.files.keys()].flatMap((path) => /^measures\/(.*)\.yaml$/.exec(path)?.[1] ?? []);
    expect(new Set(ids)).toEqual(new Set(files));
    expect(pages.length > 0).toBe(true);
    if (pages.some(({ part }) => part === '個票'))
      for (const id of ids)
        expect(cells.some(({ file, path }) => file === `measures/${id}.yaml` && path[0] === '番号')).toBe(true);
    expect(draft.behind).toEqual([]);
  },
  60_000,
);

test.each(names.filter((_, index) => index % step === Math.min(1, step - 1)))(
  'while it runs, %s: what the file said before',
  async (name) => {
    const { content } = checkedCase(`tests/cases/${name}`);
    const drafts = new Drafts();
    drafts.learn(good);
    const { draft } = await shown(withoutAnnexes(content), drafts);
    const wrong = new Set(content.diagnostics.filter(isError).map(({ file }) => file));
    for (const { file, since } of draft.behind) {
      expect(wrong.has(`city/${file}`)).toBe(true);
      expect(textOf(file)).not.toBe('');
      expect(since).toBe(1000);
    }
  },
  60_000,
);

import type { CheckedEdition } from '../annexes/checked-edition.ts';
import { type ReadableEdition, readableEdition } from '../content/readable.ts';
import { valueAt, type YamlFile } from '../content/yaml/yaml-file.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import type { Edition, Part } from '../model/edition.ts';
import type { Measure } from '../model/measure.ts';
import { unreadName, unreadText } from '../model/words.ts';
import { hasEndless } from '../render/check-fit.ts';
import { type DocumentData, documentData, mapTexts } from '../render/data.ts';
import type { Holds } from './cells.ts';
import type { FileBehind } from './messages.ts';

/** What the pages show of content with mistakes: of a file with one what it said before, or else what of it can be read. */
export interface Draft {
  edition: Edition;
  data: DocumentData;
  holds: Holds;
  /** Shown as they were before. */
  behind: FileBehind[];
  /** Below the content folder: files of which the pages show no more than what can be read. */
  partial: string[];
}

/** Follows the files of a folder: what each said when it was last without a mistake. */
export class Drafts {
  readonly #good = new Map<string, YamlFile>();
  readonly #since = new Map<string, number>();

  /** Takes over what has no mistake: of `diagnostics` errors count. */
  #learn(content: CheckedEdition, diagnostics: readonly Diagnostic[]): Set<string> {
    const named = new Set(diagnostics.filter(isError).map(({ file }) => file));
    const broken = new Set<string>();
    for (const [path, yaml] of content.files) {
      if (named.has(content.locate(path, [], '').file)) broken.add(path);
      else if (yaml) this.#good.set(path, yaml);
    }
    for (const path of this.#since.keys()) if (!broken.has(path)) this.#since.delete(path);
    return broken;
  }

  /** Nothing is wrong: all files are as they shall be. */
  learn(content: CheckedEdition): void {
    this.#learn(content, []);
  }

  /** `now`: ms since 1970. */
  of(content: CheckedEdition, misfits: readonly Diagnostic[], now = Date.now()): Draft {
    const { edition: readable } = content.readable();
    // A text that no page holds cannot be shown; others are, and are seen not to fit.
    const broken = this.#learn(content, [...content.diagnostics, ...(hasEndless(readable) ? misfits : [])]);
    const files = new Map(content.files);
    const behind: FileBehind[] = [];
    for (const path of broken) {
      const before = this.#good.get(path);
      if (!before) continue;
      files.set(path, before);
      if (before.text === content.files.get(path)?.text) continue;
      const since = this.#since.get(path) ?? now;
      this.#since.set(path, since);
      behind.push({ file: path, since });
    }
    const read = readableEdition(files);
    const partial = new Set(read.unread.map(({ file }) => file).filter((file) => broken.has(file)));
    const edition = printable(read);
    const annexes = new Map(content.readAnnexes);
    for (const part of edition.parts)
      if (typeof part !== 'string' && !annexes.has(part.annex)) {
        annexes.set(part.annex, { pages: [unreadPage] });
        partial.add('edition.yaml');
      }
    return {
      edition,
      data: mapTexts(documentData(titled(edition, annexes), { whole: true }, annexes), shortened),
      holds: (file, path) => valueAt(files.get(file)?.value, path) !== undefined,
      behind,
      partial: [...partial],
    };
  }
}

/** A3 landscape, in pt. */
const unreadPage = { width: 1190.55, height: 841.89 };

/** Characters; what is longer stands on no page. */
const longest = 10_000;
const shortened = (text: string): string =>
  Buffer.from(text.length > longest ? `${[...text.slice(0, 200)].join('')}…` : text).toString();

/** With a word where a name cannot be read, and with what pages need of a broken edition.yaml. */
function printable({ edition, unread }: ReadableEdition): Edition {
  const isUnread = (key: string) =>
    unread.some(({ file, path }) => file === 'edition.yaml' && (path[0] ?? key) === key);
  const named = <T extends { name: string }>(one: T): T => (one.name === '' ? { ...one, name: unreadName } : one);
  const categories = edition.categories.map((category) => ({
    ...named(category),
    groups: category.groups.map((group) => ({ ...named(group), measures: group.measures.map(titledMeasure) })),
  }));
  const measures = categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
  const plans = [...new Set(measures.flatMap(({ relatedPlans }) => relatedPlans ?? []))];
  return {
    ...edition,
    categories,
    relatedPlans: isUnread('関連計画') ? plans : edition.relatedPlans,
    parts: edition.parts.length > 0 ? edition.parts : usualParts,
  };
}

const usualParts: Part[] = ['目次', '取組事項一覧', '個票'];

const titledMeasure = (measure: Measure): Measure => ({
  ...measure,
  title: measure.title || unreadText,
  overviewTitle: measure.overviewTitle || unreadText,
});

/** For the cover alone: what other programs read has no words in place of names. */
function titled(edition: Edition, annexes: ReadonlyMap<string, { pages: readonly object[] }>): Edition {
  const { planName, planPeriod, title, established, revised, publisher } = edition;
  const cover = mapTexts(
    { planName, planPeriod, title, established, revised, publisher },
    (text) => text || unreadText,
  );
  const parts = edition.parts.map((part) =>
    typeof part !== 'string' && annexes.get(part.annex)?.pages[0] === unreadPage
      ? { ...part, title: `${part.title} ${unreadText}` }
      : part,
  );
  return { ...edition, ...cover, parts };
}

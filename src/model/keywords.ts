import type { Edition } from './edition.ts';

/** What the edition is about, for those who search: names that it gives itself, each once. */
export const keywordsOf = ({ planName, title, publisher, categories }: Edition): string[] => [
  ...new Set([planName, title, publisher, ...categories.map(({ name }) => name)].filter((name) => name !== '')),
];

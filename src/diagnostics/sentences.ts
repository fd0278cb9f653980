import type { Diagnostic } from './diagnostic.ts';

export interface Sentences {
  /** What is wrong, and what was expected. */
  message: (diagnostic: Diagnostic) => string;
  /** What to do next. */
  hint: (diagnostic: Diagnostic) => string;
}

/** 「…」 around what stands in the file, cut when long. */
export const quoted = (text: string | undefined) => {
  const characters = [...(text ?? '')];
  return `「${characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : characters.join('')}」`;
};

import { mergeTexts } from './texts.ts';

/** A JSON Schema from two changed ones, as texts; undefined where they do not go together. */
export function mergeSchema(base: string, ours: string, theirs: string): string | undefined {
  if (ours === theirs) return ours;
  const text = mergeTexts(base, ours, theirs);
  return text !== undefined && isJson(text) ? text : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

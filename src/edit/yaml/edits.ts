import type { Path } from '../../content/yaml/yaml-file.ts';

/**
 * A value as it is to stand in a file: a text, 千円, names, a map. The reader takes the last line breaks off a text and has
 * one of blanks alone as empty.
 */
export type Written = string | number | readonly Written[] | { readonly [key: string]: Written };

/** What shall stand at one place of a YAML file. */
export type YamlEdit =
  /** At a key, which comes at its place in the order where it is not there, with the maps above it; or at an item of a list. */
  | { path: Path; value: Written }
  /** Nothing: the key or the item goes, with its line. The last one leaves {} or [], or with `emptied` takes that with it. */
  | { path: Path; remove: true; emptied?: true }
  /** The key gets another name, and stays where it is. */
  | { path: Path; key: string }
  /** An item that is new, in front of the one at the path's index; behind the last where there is none. */
  | { path: Path; insert: Written };

/** The keys of the map at a path in the order in which an editor looks for them; of a key that is not named, behind all. */
export type KeyOrder = (path: Path) => readonly string[];

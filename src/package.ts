import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where a file or folder of this package lies: templates, fonts, page, profiles. */
export const packagePath = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** In fonts/ */
export const fontFiles = { regular: 'BIZUDPGothic_400Regular.ttf', bold: 'BIZUDPGothic_700Bold.ttf' };

/** Name and version of this tool: "shisakushu 0.1.0". */
export function toolVersion(): string {
  const { name, version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  return `${name} ${version}`;
}

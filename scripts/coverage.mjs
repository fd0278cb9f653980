// Writes fonts/coverage.json: the code points that every font in fonts/ can print, as ranges in hexadecimal.
// Run it after changing the fonts: node scripts/coverage.mjs
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';

const folder = fileURLToPath(new URL('../fonts/', import.meta.url));

/** Code points that all fonts share, by number. */
export function coverage() {
  const sets = readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .map((name) => new Set(openSync(folder + name).characterSet));
  const points = [...sets[0]].filter((point) => sets.every((set) => set.has(point))).sort((a, b) => a - b);
  const hex = (point) => point.toString(16).toUpperCase().padStart(4, '0');
  const ranges = [];
  for (let index = 0; index < points.length; ) {
    let last = index;
    while (points[last + 1] === points[last] + 1) last += 1;
    ranges.push(last === index ? hex(points[index]) : `${hex(points[index])}-${hex(points[last])}`);
    index = last + 1;
  }
  return `${JSON.stringify(ranges)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${folder}coverage.json`, coverage());

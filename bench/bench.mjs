// node bench/bench.mjs [PART …]: figures and ratios, each measured side by side in one run of whole processes. Prints; asserts
// nothing. Times are medians of ms by the clock; "cpu" is what all threads took of the processors, which tells more where
// the machine is shared.
import { availableParallelism, cpus } from 'node:os';
import { removeWork } from './lib/processes.mjs';
import { printHead, printRow } from './lib/table.mjs';

const parts = ['build', 'rebuild', 'preview', 'diff', 'change', 'excel', 'annex', 'large'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) throw new Error(`${unknown.join(' ')}: no part of ${parts.join(', ')}`);

try {
  console.log(`Node.js ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model ?? process.arch}`);
  printHead();
  for (const part of parts.filter((name) => asked.length === 0 || asked.includes(name))) {
    const { rows } = await import(`./parts/${part}.mjs`);
    for await (const row of rows()) printRow(row);
  }
} finally {
  removeWork();
}

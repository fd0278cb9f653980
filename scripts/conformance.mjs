// npm run conformance [-- FILE.pdf …]: the reference validator veraPDF (conformance/pom.xml names its version) on the
// PDFs given, or on all of out/: PDF/UA-1 and PDF/A-3a. Prints every failed rule with its clause and pages.
// Needs Java 17 and Maven; exits 1 for a failed rule, 2 when it could not check.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classPath, flavours, NotChecked, validate } from './verapdf.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const stop = (message) => {
  console.error(message);
  process.exit(2);
};
process.on('uncaughtException', (error) => stop(error instanceof NotChecked ? error.message : error.stack));

const inOut = () =>
  existsSync(join(root, 'out'))
    ? readdirSync(join(root, 'out'))
        .filter((name) => name.endsWith('.pdf'))
        .map((name) => join(root, 'out', name))
    : [];
const files = process.argv.length > 2 ? process.argv.slice(2) : inOut();
if (files.length === 0) stop('検査する PDF がありません。先に npm run build で作ってください。');
for (const file of files) if (!existsSync(file)) stop(`${file} がありません。`);
const jars = classPath();

let failed = false;
const reports = await Promise.all(Object.keys(flavours).map((flavour) => validate(jars, flavour, files)));
for (const [index, name] of Object.values(flavours).entries()) {
  const jobs = reports[index];
  if (jobs.length !== files.length) stop(`veraPDF は ${files.length} 件のうち ${jobs.length} 件しか調べませんでした。`);
  for (const { itemDetails, validationResult, taskException } of jobs) {
    const details = validationResult?.[0]?.details;
    if (!details || taskException) stop(`${itemDetails.name}: veraPDF が読めませんでした。`);
    console.log(`${itemDetails.name}: ${name} 合格した規則 ${details.passedRules}、外れた規則 ${details.failedRules}`);
    for (const { clause, testNumber, description, failedChecks, checks } of details.ruleSummaries ?? []) {
      const pages = new Set(
        checks.map(({ context }) => /pages\[(\d+)\]/.exec(context)?.[1]).filter((page) => page !== undefined),
      );
      const where = pages.size > 0 ? `p. ${[...pages].map((page) => Number(page) + 1).join(', ')}` : checks[0].context;
      console.log(`  ${clause}-${testNumber} (${failedChecks}) ${where}\n    ${description}`);
    }
    failed ||= details.failedRules > 0;
  }
}
process.exitCode = failed ? 1 : 0;

// npm run conformance [-- FILE.pdf …]: the reference validator veraPDF (conformance/pom.xml names its version) on the
// PDFs given, or on all of out/: PDF/UA-1 and PDF/A-3a. Prints every failed rule with its clause and pages.
// Needs Java 17 and Maven; exits 1 for a failed rule, 2 when it could not check.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pom = join(root, 'conformance/pom.xml');
const flavours = { ua1: 'PDF/UA-1', '3a': 'PDF/A-3a' };

const stop = (message) => {
  console.error(message);
  process.exit(2);
};

function need(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
  } catch {
    stop(`${command} がありません。検査には Java 17 と Maven が要ります(npm test には要りません)。`);
  }
}

/** The class path of veraPDF, fetched by Maven once for each version of conformance/pom.xml. */
function classPath() {
  const cache = join(root, 'node_modules/.cache/verapdf');
  const file = join(cache, 'classpath');
  const fresh = existsSync(file) && statSync(file).mtimeMs > statSync(pom).mtimeMs;
  if (fresh && readFileSync(file, 'utf8').split(delimiter).every(existsSync)) return readFileSync(file, 'utf8');
  need('mvn', '-version');
  mkdirSync(cache, { recursive: true });
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';
  try {
    execFileSync('mvn', ['-q', '-B', '-f', pom, goal, `-Dmdep.outputFile=${file}.new`], { stdio: 'pipe' });
  } catch (error) {
    stop(`veraPDF を取り寄せられません。\n${error.stdout}${error.stderr}`);
  }
  const found = readFileSync(`${file}.new`, 'utf8').trim();
  writeFileSync(file, found);
  return found;
}

/** veraPDF's report on `files` as one of its flavours. */
function validate(jars, flavour, files) {
  return new Promise((resolve) => {
    const args = ['-cp', jars, 'org.verapdf.apps.GreenfieldCliWrapper', '--format', 'json', '-f', flavour, ...files];
    const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', () => {
      try {
        resolve(JSON.parse(output).report.jobs);
      } catch {
        stop(`veraPDF の結果を読めません。\n${errors}${output.slice(0, 2000)}`);
      }
    });
  });
}

const inOut = () =>
  existsSync(join(root, 'out'))
    ? readdirSync(join(root, 'out'))
        .filter((name) => name.endsWith('.pdf'))
        .map((name) => join(root, 'out', name))
    : [];
const files = process.argv.length > 2 ? process.argv.slice(2) : inOut();
if (files.length === 0) stop('検査する PDF がありません。先に npm run build で作ってください。');
for (const file of files) if (!existsSync(file)) stop(`${file} がありません。`);
need('java', '-version');
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

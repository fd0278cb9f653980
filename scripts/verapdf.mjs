// The reference validator veraPDF; conformance/pom.xml names its version. Needs Java 17 and Maven.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pom = join(root, 'conformance/pom.xml');
export const flavours = { ua1: 'PDF/UA-1', '3a': 'PDF/A-3a' };

/** The check could not be done; the message says why. */
export class NotChecked extends Error {}

function need(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
  } catch {
    throw new NotChecked(`${command} がありません。検査には Java 17 と Maven が要ります(npm test には要りません)。`);
  }
}

/** The class path of veraPDF, fetched by Maven once for each version of conformance/pom.xml. Throws NotChecked. */
export function classPath() {
  need('java', '-version');
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
    throw new NotChecked(`veraPDF を取り寄せられません。\n${error.stdout}${error.stderr}`);
  }
  const found = readFileSync(`${file}.new`, 'utf8').trim();
  writeFileSync(file, found);
  return found;
}

/** veraPDF's jobs, one for each of `files`, as one of its flavours. Rejects with NotChecked. */
export function validate(jars, flavour, files) {
  return new Promise((resolve, reject) => {
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
        reject(new NotChecked(`veraPDF の結果を読めません。\n${errors}${output.slice(0, 2000)}`));
      }
    });
  });
}

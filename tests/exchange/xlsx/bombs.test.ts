import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { main, partsOf, sheet, stringTable } from './packages.ts';

// What reading costs, measured in a process of its own: memory as the kernel counts it, and the time of its processor: 1 s on a machine of today.

const mega = 1024 * 1024;
const most = { memory: 300 * mega, time: 5_000 };

/** A part of a start, a piece many times, and an end: packed without ever being whole. `stated` is what the directory says. */
interface Part {
  start: string;
  piece: string;
  times: number;
  end: string;
  stated?: number;
}

function packed({ start, piece, times, end, stated }: Part) {
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const [first, middle, last] = [deflateRawSync(start, flush), deflateRawSync(piece, flush), deflateRawSync(end)];
  let checksum = crc32(start);
  for (let at = 0; at < times; at++) checksum = crc32(piece, checksum);
  const length = Buffer.byteLength(start) + times * Buffer.byteLength(piece) + Buffer.byteLength(end);
  return {
    bytes: Buffer.concat([first, ...Array<Buffer>(times).fill(middle), last]),
    checksum: crc32(end, checksum),
    unpacked: stated ?? length,
  };
}

function archiveOf(parts: Record<string, Part>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, part] of Object.entries(parts)) {
    const { bytes, checksum, unpacked } = packed(part);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(checksum, 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(unpacked, 18);
    about.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(name), bytes]);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), about, place, Buffer.from(name));
    files.push(file);
    offset += file.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, entries, end]);
}

const whole = (text: string): Part => ({ start: text, piece: '', times: 0, end: '' });
const sheetPart = 'xl/worksheets/sheet1.xml';
const stringPart = 'xl/sharedStrings.xml';
const bookWith = (parts: Record<string, Part>) =>
  archiveOf({
    ...Object.fromEntries(
      Object.entries(partsOf({ strings: stringTable('<t>取組</t>') })).map(([name, part]) => [
        name,
        whole(String(part)),
      ]),
    ),
    ...parts,
  });
/** A sheet of as many times a piece, of which there are some in each mega byte */
const [before = '', behind = ''] = sheet('|').split('|');
const sheetOf = (piece: string, bytes: number, stated?: number): Part => {
  const count = Math.max(1, Math.floor(mega / piece.length));
  const times = Math.round(bytes / (count * piece.length));
  return { start: before, piece: piece.repeat(count), times, end: behind, ...(stated === undefined ? {} : { stated }) };
};
const cells = (count: number, cell: string) => cell.repeat(count);

const files: Record<string, [bytes: Buffer, outcome: string]> = {
  '400 MB of spaces': [bookWith({ [sheetPart]: sheetOf(' ', 400 * mega) }), 'large'],
  '400 MB that state 1 kB': [bookWith({ [sheetPart]: sheetOf(' ', 400 * mega, 1000) }), 'damaged'],
  '400 MB that state what is allowed': [bookWith({ [sheetPart]: sheetOf(' ', 400 * mega, 30 * mega) }), 'large'],
  '200 MB of elements that state 20 MB': [
    bookWith({ [sheetPart]: sheetOf('<a b="c"/>', 200 * mega, 20 * mega) }),
    'damaged',
  ],
  '180 MB of texts': [
    bookWith({
      [stringPart]: {
        start: `<sst ${main}>`,
        piece: `<si><t>${'取'.repeat(300)}</t></si>`.repeat(1000),
        times: 200,
        end: '</sst>',
        stated: 30 * mega,
      },
    }),
    'damaged',
  ],
  '30 MB of the shortest texts': [
    bookWith({ [stringPart]: { start: `<sst ${main}>`, piece: '<si/>'.repeat(200_000), times: 30, end: '</sst>' } }),
    'large',
  ],
  '30 MB in one text': [bookWith({ [sheetPart]: sheetOf('a', 30 * mega) }), 'large'],
  '30 MB within each other': [bookWith({ [sheetPart]: sheetOf('<a>', 30 * mega) }), 'damaged'],
  '20 MB of escaped signs': [
    bookWith({ [sheetPart]: sheetOf(`<row><c t="str"><v>${'&amp;'.repeat(30_000)}</v></c></row>`, 20 * mega) }),
    '138 cells',
  ],
  'as many cells as may be': [
    bookWith({
      [sheetPart]: {
        start: before,
        piece: `<row>${cells(1000, '<c t="s"><v>0</v></c>')}</row>`,
        times: 500,
        end: behind,
      },
    }),
    '500000 cells',
  ],
  'a border over a million cells': [
    bookWith({
      [sheetPart]: {
        start: `${before}<row r="1"><c r="A1"><v>1</v></c></row>`,
        piece: `<row>${cells(100, '<c s="1"/>')}</row>`,
        times: 10_000,
        end: behind,
      },
    }),
    '1 cells',
  ],
  'a long formula of many cells': [
    bookWith({
      [sheetPart]: {
        start: `${before}<row><c><f t="shared" si="0">${'A1+'.repeat(20_000)}1</f></c></row>`,
        piece: `<row>${'<c><f t="shared" si="0"/></c>'.repeat(1000)}</row>`,
        times: 200,
        end: behind,
      },
    }),
    '200001 cells',
  ],
  'the last row and column': [
    bookWith({
      [sheetPart]: whole(
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
      ),
    }),
    '2 cells',
  ],
};

/** SHOW=1 npx vitest run tests/exchange/xlsx/bombs.test.ts tells what each of them costs. */
const folder = mkdtempSync(join(tmpdir(), 'shisakushu-books-'));
const program = `
import { existsSync, readFileSync } from 'node:fs';
const { readBook } = await import(${JSON.stringify(pathToFileURL(resolve('dist/exchange/xlsx/read-book.js')).href)});
const bytes = readFileSync(process.argv[1]);
const start = process.cpuUsage();
const outcome = await readBook(bytes).then(
  ({ sheets }) => sheets.flatMap(({ rows }) => [...rows.values()]).reduce((sum, { size }) => sum + size, 0) + ' cells',
  (problem) => problem.refusal ?? String(problem.stack),
);
const { user, system } = process.cpuUsage(start);
const time = Math.round((user + system) / 1000);
// What the system counts for resourceUsage() begins with the memory of the process that started this one.
const status = '/proc/self/status';
const peak = existsSync(status)
  ? Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync(status, 'utf8'))[1])
  : process.resourceUsage().maxRSS;
console.log(JSON.stringify({ outcome, time, memory: peak * 1024 }));`;

test.each(Object.entries(files))(
  '%s',
  async (name, [bytes, outcome]) => {
    const file = join(folder, 'book.xlsx');
    writeFileSync(file, bytes);
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, file]);
    const measured = JSON.parse(stdout);
    if (process.env.SHOW)
      console.log(name, measured.outcome, `${measured.time} ms`, `${Math.round(measured.memory / mega)} MB`);
    expect(measured.outcome).toBe(outcome);
    expect(measured.memory).toBeLessThan(most.memory);
    expect(measured.time).toBeLessThan(most.time);
  },
  30_000,
);

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/diagnostics/user-error.ts';
import { inFileName, readWhole, removeLeftovers, writeWhole } from '../src/files.ts';

const isWindows = process.platform === 'win32';
const posix = test.skipIf(isWindows);

/** Acts in a folder of its own. */
function inFolder<T>(act: (folder: string) => T): T {
  const folder = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'shisakushu-'));
  const ended = () => fs.rmSync(folder, { recursive: true, force: true });
  let result: T;
  try {
    result = act(folder);
  } catch (error) {
    ended();
    throw error;
  }
  if (result instanceof Promise) return result.finally(ended) as T;
  ended();
  return result;
}

type Calls = Partial<Record<keyof typeof fs, (...args: never[]) => unknown>>;
/** Acts while the system answers these calls otherwise. */
function instead(calls: Calls, act: () => void): void {
  const kept = Object.fromEntries(Object.keys(calls).map((name) => [name, fs[name as keyof typeof fs]]));
  Object.assign(fs, calls);
  syncBuiltinESMExports();
  try {
    act();
  } finally {
    Object.assign(fs, kept);
    syncBuiltinESMExports();
  }
}
const refusing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: of the system`), { code, syscall: 'x' });
};
const textOf = (path: string) => fs.readFileSync(path, 'utf8');
const names = (folder: string) => fs.readdirSync(folder).sort();

describe('a file is written whole', () => {
  test('new, in folders that are made; again; empty; as bytes', () =>
    inFolder((folder) => {
      const path = join(folder, 'a/b/c.txt');
      for (const text of ['計画', 'x', '']) {
        writeWhole(path, text);
        expect(textOf(path)).toBe(text);
      }
      writeWhole(path, Buffer.from([0, 255]));
      expect(fs.readFileSync(path)).toEqual(Buffer.from([0, 255]));
      expect(names(dirname(path))).toEqual(['c.txt']);
    }));
  test('by a path from the working folder', () =>
    inFolder((folder) => {
      const path = relative(process.cwd(), join(folder, 'a/b.txt'));
      writeWhole(path, 'x');
      expect(textOf(path)).toBe('x');
    }));
  posix('who may read it stays', () =>
    inFolder((folder) => {
      const path = join(folder, 'a');
      fs.writeFileSync(path, 'old');
      for (const mode of [0o640, 0o604]) {
        fs.chmodSync(path, mode);
        writeWhole(path, 'new');
        expect(fs.statSync(path).mode & 0o777).toBe(mode);
      }
    }),
  );
  posix('behind a link, and one behind that: the links stay', () =>
    inFolder((folder) => {
      fs.mkdirSync(join(folder, 'far'));
      fs.writeFileSync(join(folder, 'far/a'), 'old');
      fs.symlinkSync('far/a', join(folder, 'near'));
      fs.symlinkSync(join(folder, 'near'), join(folder, 'nearer'));
      fs.symlinkSync('missing', join(folder, 'far/new'));
      writeWhole(join(folder, 'nearer'), 'new');
      writeWhole(join(folder, 'far/new'), 'made');
      expect([textOf(join(folder, 'far/a')), textOf(join(folder, 'far/missing'))]).toEqual(['new', 'made']);
      for (const name of ['near', 'nearer', 'far/new'])
        expect(fs.lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
      expect(names(join(folder, 'far'))).toEqual(['a', 'missing', 'new']);
    }),
  );
  posix('a link through a linked folder', () =>
    inFolder((folder) => {
      fs.mkdirSync(join(folder, 'x/y'), { recursive: true });
      fs.symlinkSync('x/y', join(folder, 'short'));
      fs.symlinkSync('../file', join(folder, 'x/y/link'));
      writeWhole(join(folder, 'short/link'), 'z');
      expect(textOf(join(folder, 'x/file'))).toBe('z');
    }),
  );
});

describe('what is no file is refused', () => {
  const refusal = (path: string): string => {
    try {
      writeWhole(path, 'x');
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'written';
  };
  const told = (path: string, kind: string) =>
    `「${path}」は${kind}なので、ファイルを書き込めません。それを消すか移すか、別の場所を指定してください。`;
  posix('a folder, a device', () =>
    inFolder((folder) => {
      expect(refusal(folder)).toBe(told(folder, 'フォルダ'));
      expect(refusal('/dev/null')).toBe(told('/dev/null', '装置'));
    }),
  );
  posix('a pipe', () =>
    inFolder((folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      expect(refusal(join(folder, 'pipe'))).toBe(told(join(folder, 'pipe'), '名前付きパイプ'));
    }),
  );
  posix('a socket', () =>
    inFolder(async (folder) => {
      const server = createServer().listen(join(folder, 's'));
      await once(server, 'listening');
      expect(refusal(join(folder, 's'))).toBe(told(join(folder, 's'), 'ソケット'));
      server.close();
      await once(server, 'close');
    }),
  );
  posix('a link into a folder that is not there', () =>
    inFolder((folder) => {
      fs.symlinkSync('share/a', join(folder, 'a'));
      expect(refusal(join(folder, 'a'))).toBe(
        `「${join(folder, 'a')}」はリンクですが、リンク先のフォルダ「${join(folder, 'share')}」がありません。` +
          'リンクを消すか、リンク先につながっているかを確かめてください。',
      );
      expect(names(folder)).toEqual(['a']);
    }),
  );
});

describe('a write that is interrupted leaves the old file, and nothing else', () => {
  const interrupted = (calls: Calls) =>
    inFolder((folder) => {
      const path = join(folder, 'a');
      writeWhole(path, 'old and whole');
      let failure: unknown;
      instead(calls, () => {
        try {
          writeWhole(path, 'new');
        } catch (error) {
          failure = error;
        }
      });
      return { failure, text: textOf(path), names: names(folder) };
    });
  test.each<[string, Calls]>([
    ['the folder takes no file', { openSync: refusing('EACCES') }],
    ['the disk is full', { writeFileSync: refusing('ENOSPC') }],
    [
      'the disk is full in the middle',
      {
        writeFileSync: ((file: number, text: string) => {
          fs.writeSync(file, text.slice(0, 1));
          refusing('ENOSPC')();
        }) as never,
      },
    ],
    ['the bytes do not reach the disk', { fsyncSync: refusing('EIO') }],
    ['it cannot be closed', { closeSync: refusing('EDQUOT') }],
    ['the name is not given', { renameSync: refusing('EPERM') }],
  ])('%s', (_, calls) => {
    const { failure, text, names } = interrupted(calls);
    expect({ text, names }).toEqual({ text: 'old and whole', names: ['a'] });
    expect(failure).toMatchObject({ code: expect.stringMatching(/^E/), path: expect.stringMatching(/a$/) });
  });
  test('a new file that was not finished is not there', () =>
    inFolder((folder) => {
      instead({ renameSync: refusing('EIO') }, () => {
        expect(() => writeWhole(join(folder, 'b/c'), 'x')).toThrow('EIO');
      });
      expect(names(join(folder, 'b'))).toEqual([]);
    }));

  test('whenever the process ends: the old one whole, or the new one', () => {
    const steps = ['openSync', 'writeFileSync', 'fchmodSync', 'fsyncSync', 'closeSync', 'renameSync'] as const;
    const seen: string[] = [];
    for (const step of steps)
      for (const when of ['before', 'after'])
        inFolder((folder) => {
          const path = join(folder, 'a');
          writeWhole(path, 'old and whole');
          const end = fs[step] as (...args: unknown[]) => unknown;
          // From there on nothing happens any more, not even the clearing up.
          const ended: Calls = Object.fromEntries(
            [...steps, 'rmSync' as const].map((name) => [name, refusing('ENDED')]),
          );
          instead(
            {
              [step]: (...args: unknown[]) => {
                if (when === 'after') end(...args);
                Object.assign(fs, ended);
                syncBuiltinESMExports();
                throw Object.assign(new Error('ended'), { code: 'ENDED' });
              },
              ...Object.fromEntries(
                [...steps, 'rmSync' as const].filter((name) => name !== step).map((name) => [name, fs[name]]),
              ),
            } as Calls,
            () => expect(() => writeWhole(path, 'new')).toThrow(),
          );
          seen.push(`${when} ${step}: ${textOf(path)}`);
          writeWhole(path, 'next');
          expect([textOf(path), names(folder)]).toEqual(['next', ['a']]);
        });
    expect(seen).toEqual(
      steps.flatMap((step) =>
        ['before', 'after'].map(
          (when) => `${when} ${step}: ${step === 'renameSync' && when === 'after' ? 'new' : 'old and whole'}`,
        ),
      ),
    );
  });

  posix('bytes reach the disk before the name does, and the name too', () =>
    inFolder((folder) => {
      fs.writeFileSync(join(folder, 'a'), 'old');
      const calls: string[] = [];
      const opened = new Map<number, string>();
      const told = (name: 'openSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'writeFileSync') => {
        const act = fs[name] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const result = act(...args);
          if (name === 'openSync') opened.set(result as number, args[0] === folder ? 'folder' : `file ${args[1]}`);
          calls.push(`${name} ${opened.get((name === 'openSync' ? result : args[0]) as number) ?? ''}`.trim());
          return result;
        };
      };
      instead(
        Object.fromEntries(
          (['openSync', 'fsyncSync', 'closeSync', 'renameSync', 'writeFileSync'] as const).map((name) => [
            name,
            told(name),
          ]),
        ),
        () => writeWhole(join(folder, 'a'), 'new'),
      );
      expect(calls).toEqual([
        'openSync file wx',
        'writeFileSync file wx',
        'fsyncSync file wx',
        'closeSync file wx',
        'renameSync',
        'openSync folder',
        'fsyncSync folder',
        'closeSync folder',
      ]);
    }),
  );
});

describe('what some systems cannot do is no reason to fail', () => {
  const onFolder = (name: 'openSync' | 'fsyncSync', folder: string): Calls => {
    const act = fs[name] as (...args: unknown[]) => unknown;
    let last: unknown;
    const open = fs.openSync as (...args: unknown[]) => unknown;
    return name === 'openSync'
      ? {
          openSync: ((path: unknown, ...rest: unknown[]) =>
            path === folder ? refusing('EISDIR')() : act(path, ...rest)) as never,
        }
      : {
          openSync: ((path: unknown, ...rest: unknown[]) => {
            last = path;
            return open(path, ...rest);
          }) as never,
          fsyncSync: ((file: unknown) => (last === folder ? refusing('EPERM')() : act(file))) as never,
        };
  };
  test.each(['EINVAL', 'ENOTSUP', 'ENOSYS'])('to sync (%s)', (code) =>
    inFolder((folder) => {
      instead({ fsyncSync: refusing(code) }, () => writeWhole(join(folder, 'a'), 'x'));
      expect([textOf(join(folder, 'a')), names(folder)]).toEqual(['x', ['a']]);
    }),
  );
  test.each(['openSync', 'fsyncSync'] as const)('to sync a folder (%s)', (name) =>
    inFolder((folder) => {
      instead(onFolder(name, folder), () => writeWhole(join(folder, 'a'), 'x'));
      expect([textOf(join(folder, 'a')), names(folder)]).toEqual(['x', ['a']]);
    }),
  );
  test('to keep who may read it', () =>
    inFolder((folder) => {
      fs.writeFileSync(join(folder, 'a'), 'old');
      instead({ fchmodSync: refusing('EPERM') }, () => writeWhole(join(folder, 'a'), 'x'));
      expect(textOf(join(folder, 'a'))).toBe('x');
    }));
  posix('another process makes the folder meanwhile', () =>
    inFolder((folder) => {
      const make = fs.mkdirSync as (path: string) => void;
      const twice = ((path: string) => {
        make(path);
        make(path);
      }) as never;
      instead({ mkdirSync: twice }, () => writeWhole(join(folder, 'a/b/c'), 'x'));
      expect(textOf(join(folder, 'a/b/c'))).toBe('x');
      instead({ mkdirSync: refusing('EROFS') }, () =>
        expect(() => writeWhole(join(folder, 'd/e'), 'x')).toThrow('EROFS'),
      );
      fs.writeFileSync(join(folder, 'file'), '');
      expect(() => writeWhole(join(folder, 'file/a'), 'x')).toThrow(/ENOTDIR|EEXIST/);
    }),
  );
  posix('a folder below a file system that denies its own folders ends', () => {
    instead({ statSync: (() => undefined) as never, mkdirSync: refusing('ENOENT') }, () =>
      expect(() => writeWhole('/proc/none/a', 'x')).toThrow('ENOENT'),
    );
  });
});

describe('what runs that ended have left', () => {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const dead = 2 ** 22 + 1; // more than Linux gives
  const left = (host: string, process: number | string, rest = '0123abcd') =>
    `.shisakushu-${host}-${process}-${rest}.tmp`;
  test.each<[string, string, number, boolean]>([
    ['of this process: its number was given anew', left(machine, process.pid), 0, false],
    ['of one that has ended', left(machine, dead), 0, false],
    ['of one that runs', left(machine, process.ppid), 0, true],
    ['of one that belongs to another user', left(machine, isWindows ? process.ppid : 1), 0, true],
    ['of one that runs, from long ago', left(machine, process.ppid), 3601, false],
    ['of one that runs, from not so long ago', left(machine, process.ppid), 3590, true],
    ['of another machine', left('00000000', dead), 0, true],
    ['of another machine, from long ago', left('00000000', dead), 3601, false],
    ['another name', left('0000000', dead), 3601, true],
    ['another ending', `${left(machine, dead)}x`, 3601, true],
    ['another beginning', `x${left(machine, dead)}`, 3601, true],
    ['no number', left(machine, 'x'), 3601, true],
    ['other digits', left(machine, dead, '0123ABCD'), 3601, true],
    ['more digits', left(machine, dead, '0123abcd0'), 3601, true],
    ['a file of the user', 'a.pdf', 99_999, true],
  ])('%s', (_, name, seconds, stays) =>
    inFolder((folder) => {
      fs.writeFileSync(join(folder, name), '');
      const time = Date.now() / 1000 - seconds;
      fs.utimesSync(join(folder, name), time, time);
      removeLeftovers(folder);
      expect(names(folder)).toEqual(stays ? [name] : []);
      fs.writeFileSync(join(folder, name), '');
      fs.utimesSync(join(folder, name), time, time);
      writeWhole(join(folder, 'z'), '');
      expect(names(folder)).toEqual(stays ? [name, 'z'].sort() : ['z']);
    }),
  );
  test('a process that may not be asked is one that runs', () =>
    inFolder((folder) => {
      fs.writeFileSync(join(folder, left(machine, dead)), '');
      const { kill } = process;
      process.kill = refusing('EPERM') as never;
      removeLeftovers(folder);
      process.kill = kill;
      expect(names(folder)).toEqual([left(machine, dead)]);
    }));
  test('what cannot be removed keeps nothing else from being', () =>
    inFolder((folder) => {
      fs.mkdirSync(join(folder, left(machine, dead, '00000000')));
      fs.writeFileSync(join(folder, left(machine, dead, '11111111')), '');
      removeLeftovers(folder);
      expect(names(folder)).toEqual([left(machine, dead, '00000000')]);
      removeLeftovers(join(folder, 'missing'));
    }));
  posix('a link that leads nowhere is removed itself', () =>
    inFolder((folder) => {
      fs.symlinkSync('nowhere', join(folder, left(machine, dead)));
      removeLeftovers(folder);
      expect(names(folder)).toEqual([]);
    }),
  );
  test('the name under which a file is written is such a name', () =>
    inFolder((folder) => {
      const paths: string[] = [];
      const rename = fs.renameSync;
      const kept = ((from: string, to: string) => {
        paths.push(from);
        rename(from, to);
      }) as never;
      instead({ renameSync: kept }, () => {
        for (const text of ['a', 'b']) writeWhole(join(folder, 'x'), text);
      });
      expect(paths.map((path) => dirname(path))).toEqual([folder, folder]);
      for (const path of paths)
        expect(path.slice(folder.length + 1)).toMatch(
          new RegExp(`^\\.shisakushu-${machine}-${process.pid}-[0-9a-f]{8}\\.tmp$`),
        );
      expect(paths[0]).not.toBe(paths[1]);
    }));
});

posix('what cannot be read is told with its path', () =>
  inFolder((folder) => {
    fs.writeFileSync(join(folder, 'a'), 'x');
    expect(readWhole(join(folder, 'a'))).toEqual(Buffer.from('x'));
    expect(() => readWhole(join(folder, 'b'))).toThrow(
      expect.objectContaining({ code: 'ENOENT', path: join(folder, 'b') }),
    );
    expect(() => readWhole(folder)).toThrow(expect.objectContaining({ code: 'EISDIR', path: folder }));
  }),
);

test.each([
  ['取組集', '取組集'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ['a b\tc\nd\u3000e', 'a_b_c_d_e'],
  ['\u0000\u007f\u200b\ufeff\ud842', '_____'],
  ["𠮟&'(.)", "𠮟&'(.)"],
])('%j in the name of a file', (text, name) => expect(inFileName(text)).toBe(name));

test('nothing else of src/ writes files: what holds for one holds for all', () => {
  const writing =
    /\b(writeFile|appendFile|write|open|rename|copyFile|cp|createWriteStream|link|symlink|truncate|mkdir)(Sync)?\b/;
  const sources = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const imported = sources.flatMap((name) =>
    [...textOf(join('src', name)).matchAll(/import ([^;]*?) from '(?:node:)?fs(?:\/promises)?'/g)].map(
      ([, list]) => [name, list] as const,
    ),
  );
  expect(
    imported.filter(([, list]) => writing.test(list ?? '') || /\*|^\w+$/.test(list ?? '')).map(([name]) => name),
  ).toEqual(['files.ts']);
  expect(imported.length).toBeGreaterThan(5);
});

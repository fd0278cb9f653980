import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import type { ContentChange } from '../../src/content/source/watcher.ts';
import type { State } from '../../src/preview/messages.ts';
import { PreviewSession } from '../../src/preview/session.ts';
import { git } from '../compare/repository.ts';
import { Layout } from '../render/laid-out.ts';

/** Changes of a city's folder that happen one after the other, each told as it says; the states that a session tells. */
class Run {
  readonly top = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  readonly folder = join(this.top, 'content');
  readonly layout = new Layout();
  readonly states: State[] = [];
  readonly session: PreviewSession;
  readonly calls: string[] = [];
  isThere = true;
  ready = (): void | Promise<void> => {};
  #steps: (() => ContentChange)[] = [];

  constructor() {
    cpSync('tests/city', this.folder, { recursive: true });
    this.session = new PreviewSession(this.folder, this.layout, {
      ready: async () => {
        this.calls.push('ready');
        await this.ready();
      },
      next: async (wish) => {
        expect(wish).toEqual({ early: true });
        return this.#steps.shift()?.() ?? 'stopped';
      },
      isThere: () => this.isThere,
      stop: () => void this.calls.push('stop'),
      close: async () => void this.calls.push('close'),
    });
    this.session.subscribe((state) => void this.states.push(state));
  }

  edit(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    expect(before).toMatch(from);
    this.write(file, before.replace(from, to));
  }
  /** As diagnostics name it. */
  named = (file: string): string => relative('', join(this.folder, file));
  read = (file: string): string => readFileSync(join(this.folder, file), 'utf8');
  write = (file: string, text: string): void => writeFileSync(join(this.folder, file), text);

  /** What happens, and what is told of it. */
  async through(...steps: [() => void, ContentChange][]): Promise<State[]> {
    this.#steps = steps.map(([act, change]) => () => {
      this.states.push(mark);
      act();
      return change;
    });
    try {
      await this.session.run();
    } finally {
      rmSync(this.top, { recursive: true });
    }
    return this.states;
  }
}
/** Stands between the states of two steps. */
const mark = {} as State;
/** By step, the first being the start: pages, codes of diagnostics, and the problem of each state. */
const told = (states: State[]): string[][] => {
  const steps: string[][] = [[]];
  for (const state of states)
    if (state === mark) steps.push([]);
    else
      steps
        .at(-1)
        ?.push(
          [
            `${state.pages.length}`,
            ...new Set(state.diagnostics.map(({ code }) => code)),
            ...(state.problem === undefined ? [] : ['!']),
          ].join(' '),
        );
  return steps;
};
const last = (states: State[]): State => states.findLast((state) => state !== mark) ?? mark;
const nothing = () => {};
const measure = 'measures/1-1-1.yaml';

test('before anything was read: no pages, no content, but a token of its own', async () => {
  const run = new Run();
  const { token, state, content, edition } = run.session;
  expect(state).toStrictEqual({ version: 0, token, title: '', pages: [], diagnostics: [] });
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(new Run().session.token).not.toBe(token);
  expect([content, edition, run.session.folder]).toEqual([undefined, undefined, run.folder]);
  await run.through();
});

test('at the start the cover, then all pages, then nothing until something changes', async () => {
  const run = new Run();
  const [cover, whole, ...more] = await run.through();
  const { token } = run.session;
  const { key } = cover?.pages[0] ?? {};
  const page = { key: expect.stringMatching(/^[0-9a-f]{20}$/), width: 600, height: 400 };
  const diagnostics: State['diagnostics'] = [];
  expect(more).toEqual([]);
  expect(cover).toStrictEqual({
    ...{ version: 1, token, title: '', diagnostics },
    pages: [{ ...page, part: '表紙', number: 1 }],
  });
  expect(whole).toStrictEqual({
    ...{ version: 2, token, title: '港町デジタルプラン 取組集', diagnostics },
    pages: [
      { ...page, key, part: '表紙', number: 1 },
      { ...page, part: '目次', number: 2 },
      { ...page, part: '取組事項一覧', number: 3 },
      { ...page, part: '個票', number: 4 },
      { ...page, part: '個票', number: 5 },
      { ...page, part: '個票', number: 6 },
    ],
    edition: expect.stringMatching(/^[0-9a-f]{20}$/),
  });
  expect(run.session.state).toBe(whole);
  const { edition, content } = run.session;
  expect(JSON.parse(edition?.text ?? '')).toMatchObject({ 発行者: '港町市' });
  expect(edition?.places['sheet-1-1-1']).toEqual({ page: 4, y: 76 });
  expect(content?.holds(measure, ['取組'])).toBe(true);
  for (const one of whole?.pages ?? []) expect(run.session.document.page(one.key)).toMatchObject(one);
  expect(run.calls).toEqual(['ready']);
});

test('a save is told early, once, with the pages that it changed', async () => {
  const run = new Run();
  const states = await run.through(
    [() => run.edit(measure, '予算額: 12500', '予算額: 98765'), 'early'],
    [nothing, 'settled'],
    [nothing, 'early'],
  );
  expect(told(states)).toEqual([['1', '6'], ['6'], [], []]);
  const [, before, , after] = states;
  expect(after?.version).toBe(3);
  expect(after?.edition).not.toBe(before?.edition);
  expect(after?.pages.map(({ key }, index) => key === before?.pages[index]?.key)).toEqual([
    ...[true, true, true, false, true, true],
  ]);
  expect(run.session.edition?.text).toContain('98765');
});

test('a mistake is told when the save is settled; what its file said stays, other files are shown as they are', async () => {
  const run = new Run();
  let text: string | undefined;
  const states = await run.through(
    [
      () => {
        text = run.session.edition?.text;
        run.edit('edition.yaml', '書名: 取組集', '書名: 事業集');
        run.edit(measure, '予算額: 12500', '予算額: 一万');
      },
      'early',
    ],
    [nothing, 'settled'],
    [
      () => {
        expect(run.session.edition?.text).toBe(text?.replace('取組集', '事業集'));
        run.edit(measure, '予算額: 一万', '予算額: 12500');
      },
      'early',
    ],
  );
  expect(told(states)).toEqual([['1', '6'], [], ['6 not-an-amount'], ['6']]);
  const whole = states[1];
  const broken = states.find(({ diagnostics }) => diagnostics?.length === 1);
  expect(broken?.pages.map(({ key }) => key).slice(3, 4)).not.toEqual(whole?.pages.map(({ key }) => key).slice(0, 1));
  expect(broken?.title).toBe('港町デジタルプラン 事業集');
  expect(broken?.behind).toEqual([{ file: measure, since: expect.any(Number) }]);
  expect(broken).not.toHaveProperty('partial');
  expect(broken?.diagnostics[0]).toMatchObject({
    ...{ severity: 'error', code: 'not-an-amount', file: run.named(measure), line: 25, column: 10 },
    frame: [{ line: 24 }, { line: 25, text: '    予算額: 一万' }, { line: 26 }],
  });
  expect(last(states)).toMatchObject({ version: 4, title: '港町デジタルプラン 事業集', diagnostics: [] });
});

test('a file that is written in two goes is never told half', async () => {
  const run = new Run();
  const text = run.read(measure).replace('予算額: 12500', '予算額: 98765');
  const half = text.slice(0, text.indexOf('予算額: 98765') + 5);
  const states = await run.through(
    [() => run.write(measure, ''), 'early'],
    [() => run.write(measure, half), 'early'],
    [() => run.write(measure, text), 'early'],
    [nothing, 'settled'],
  );
  expect(told(states)).toEqual([['1', '6'], [], [], ['6'], []]);
  expect(run.session.edition?.text).toContain('98765');
});

test('a file that stays half-written is told', async () => {
  const run = new Run();
  const states = await run.through(
    [() => run.write(measure, run.read(measure).slice(0, 300)), 'early'],
    [nothing, 'settled'],
  );
  expect(told(states)[2]).toHaveLength(1);
  expect(last(states).pages.length).toBe(6);
  expect(last(states).diagnostics.length).toBeGreaterThan(0);
});

test('a save during the start is not missed, though nobody watches yet', async () => {
  const run = new Run();
  // While the first pages are laid out:
  const render = run.layout.bandsOf;
  run.layout.bandsOf = (one) => {
    run.layout.bandsOf = render;
    run.edit(measure, '予算額: 12500', '予算額: 98765');
    return render(one);
  };
  const states = await run.through();
  expect(told(states)).toEqual([['1', '6', '6']]);
  expect(run.session.edition?.text).toContain('98765');
});

test('one that is saved when the watcher is ready is seen too', async () => {
  const run = new Run();
  run.ready = () => run.edit(measure, '予算額: 12500', '予算額: 一万');
  const states = await run.through();
  expect(last(states).diagnostics.map(({ code }) => code)).toEqual(['not-an-amount']);
});

test('mistakes from the start: the cover, then what can be read, with all of them', async () => {
  const run = new Run();
  run.edit(measure, '予算額: 12500', '予算額: 一万');
  run.edit('measures/1-1-2.yaml', '項目: —', '項目: ☆');
  const states = await run.through([
    () => {
      expect(run.session.content?.edition).toBeUndefined();
      run.edit(measure, '予算額: 一万', '予算額: 1');
      run.edit('measures/1-1-2.yaml', '項目: ☆', '項目: —');
    },
    'settled',
  ]);
  expect(told(states)).toEqual([['1', '6 not-an-amount unknown-mark'], ['6']]);
  expect(states[1]).toMatchObject({
    title: '港町デジタルプラン 取組集',
    edition: expect.any(String),
    partial: [measure, 'measures/1-1-2.yaml'],
    diagnostics: [
      { field: { file: measure, path: ['スケジュール', 'R11', '予算額'] } },
      { field: { file: 'measures/1-1-2.yaml', path: ['スケジュール', expect.any(String), '項目'] } },
    ],
  });
  for (const name of ['partial', 'behind']) expect(last(states)).not.toHaveProperty(name);
});

test('a mistake in what the cover shows: no cover', async () => {
  const run = new Run();
  run.edit('edition.yaml', /^書名: .*$/m, '書名: [取組集]');
  const [first] = await run.through();
  expect(first).toMatchObject({ partial: ['edition.yaml'], diagnostics: [{ file: run.named('edition.yaml') }] });
  expect(first?.pages.length).toBe(6);
});

test('what was read early and proves whole is told as it was read', async () => {
  const run = new Run();
  const states = await run.through(
    [() => run.edit(measure, '予算額: 12500', '予算額: 一万'), 'early'],
    [() => run.edit(measure, '予算額: 一万', '予算額: 1'), 'whole'],
    [nothing, 'whole'],
    [nothing, 'early'],
    [nothing, 'whole'],
  );
  expect(told(states)).toEqual([['1', '6'], [], ['6 not-an-amount'], [], ['6'], []]);
});

test('mistakes are told at the start before the watcher is ready, which may take its time', async () => {
  const run = new Run();
  run.edit(measure, '予算額: 12500', '予算額: 一万');
  run.ready = () =>
    new Promise((resolve) => void run.session.subscribe(({ diagnostics }) => diagnostics.length > 0 && resolve()));
  expect(told(await run.through())).toEqual([['1', '6 not-an-amount']]);
});

test('without 表紙 in 構成 there is no first page before the others', async () => {
  const run = new Run();
  run.edit('edition.yaml', '構成: [表紙, 目次, 取組事項一覧, 個票]', '構成: [目次, 個票]');
  expect(told(await run.through())).toEqual([['4']]);
});

test('a folder that cannot be read from the start is told, without content, pages or mistakes', async () => {
  const run = new Run();
  rmSync(run.folder, { recursive: true });
  writeFileSync(run.folder, 'in the way');
  const states = await run.through();
  expect(states).toEqual([{ ...run.session.state, version: 1, title: '', pages: [], diagnostics: [] }]);
  expect(states[0]?.problem).toContain('content');
  expect(run.session.content).toBeUndefined();
});

test('what only deserves attention is told beside the pages', async () => {
  const run = new Run();
  const states = await run.through([() => run.write('measures/note.txt', ''), 'early']);
  expect(told(states)).toEqual([['1', '6'], ['6 unexpected-file']]);
  expect(last(states).diagnostics).toMatchObject([{ severity: 'warning' }]);
});

test('年度 renamed while it runs: told at each measure until they follow, then new pages', async () => {
  const run = new Run();
  const regular = ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-3'];
  const states = await run.through(
    [
      () => {
        run.edit('edition.yaml', '年度: [R10, R11, R12]', '年度: [R11, R12, R13]');
        run.edit('edition.yaml', '{ 現状: R10, 目標値: R12 }', '{ 現状: R11, 目標値: R13 }');
      },
      'settled',
    ],
    [
      () => {
        for (const id of regular)
          run.write(`measures/${id}.yaml`, run.read(`measures/${id}.yaml`).replace(/^ {2}R10:/m, '  R13:'));
      },
      'early',
    ],
  );
  expect(told(states).map((step) => step.map((one) => one.split(' ')[0]))).toEqual([['1', '6'], ['6'], ['6']]);
  const broken = states[3];
  expect(broken?.edition).toBe(states[1]?.edition);
  expect(broken?.diagnostics).toMatchObject([{ code: 'years-differ', file: run.named('edition.yaml'), line: 8 }]);
  expect(last(states).diagnostics).toEqual([]);
  expect(last(states).pages.map(({ key }, index) => key === states[1]?.pages[index]?.key)).toEqual([
    ...[true, true, true, false, false, false],
  ]);
  const years = run.session.document.page(last(states).pages[3]?.key ?? '')?.cells;
  expect(years?.filter(({ path }) => path.length === 2).map(({ text }) => text)).toEqual([
    ...['R11', 'R12', 'R13', 'R11', 'R12', 'R13'],
  ]);
});

const misfit = { file: measure, path: ['取組'], kind: 'wide' as const, text: '窓口', need: 2, room: 1 };

test('what does not fit is told when the save is settled, at its field, on pages that show it', async () => {
  const run = new Run();
  const states = await run.through(
    [
      () => {
        run.edit(measure, '書かない窓口', '書く窓口');
        run.layout.problemsOf = ({ id }) => (id === '1-1-1' ? [misfit] : []);
      },
      'early',
    ],
    [nothing, 'settled'],
    [() => run.write('measures/note.txt', ''), 'settled'],
  );
  expect(told(states)).toEqual([['1', '6'], [], ['6 text-too-wide'], ['6 text-too-wide unexpected-file']]);
  expect(states[4]?.diagnostics).toMatchObject([{ code: 'text-too-wide', line: 4, column: 7, severity: 'error' }]);
});

test('a text that no page holds is not laid out whole: it is told as what does not fit, beside other mistakes', async () => {
  const run = new Run();
  const states = await run.through(
    [
      () => {
        run.layout.news();
        run.edit(measure, '取組: 書かない窓口', `取組: ${'長'.repeat(10_001)}`);
      },
      'early',
    ],
    [
      () => {
        run.layout.problemsOf = ({ id }) => (id === '1-1-1' ? [misfit] : []);
        run.write('measures/note.txt', '');
      },
      'settled',
    ],
    [() => run.edit(measure, '予算額: 12500', '予算額: 一万'), 'settled'],
  );
  // What might not fit: its title stands in a 再掲, too, and that of 1-1-2 has no place to break.
  const doubted = 'measure 1-1-1 1-1-2 3-1-1 4 labels 14 lines 1 cover';
  expect(run.layout.news()).toEqual([doubted, doubted]);
  expect(told(states)).toEqual([
    ['1', '6'],
    [],
    ['6 text-too-wide unexpected-file'],
    ['6 text-too-wide not-an-amount unexpected-file'],
  ]);
});

test('a folder that is gone is told; the pages stay, and go on when it is there again', async () => {
  const run = new Run();
  const away = join(run.top, 'away');
  const problem = `内容のフォルダ「${run.folder}」がなくなりました。同じ場所に戻ると、続きから始めます。`;
  const states = await run.through(
    [() => renameSync(run.folder, away), 'gone'],
    [
      () => {
        expect(run.session.state).toMatchObject({ problem, diagnostics: [] });
        expect(run.session.content?.edition?.title).toBe('取組集');
        renameSync(away, run.folder);
      },
      'settled',
    ],
  );
  expect(told(states)).toEqual([['1', '6'], ['6 !'], ['6']]);
  expect(last(states)).not.toHaveProperty('problem');
});

test('a folder that cannot be read is told when that is settled; of one that is gone the watcher tells', async () => {
  const run = new Run();
  const away = join(run.top, 'away');
  const states = await run.through(
    [
      () => {
        renameSync(run.folder, away);
        run.isThere = false;
      },
      'settled',
    ],
    [() => writeFileSync(run.folder, 'in the way'), 'early'],
    [nothing, 'early'],
    [
      () => {
        run.isThere = true;
      },
      'settled',
    ],
    [
      () => {
        rmSync(run.folder);
        mkdirSync(run.folder);
        cpSync(away, run.folder, { recursive: true });
      },
      'settled',
    ],
  );
  expect(told(states)).toEqual([['1', '6'], [], [], [], ['6 !'], ['6']]);
  expect(states.find(({ problem }) => problem !== undefined)?.problem).toContain(run.folder);
});

test('a defect of ours ends the session', async () => {
  const run = new Run();
  run.layout.failing = new Error('a defect');
  await expect(run.through()).rejects.toThrow('a defect');
  expect(run.states).toEqual([]);
});

test('whoever does not listen any more hears nothing; the others do', async () => {
  const run = new Run();
  const heard: number[] = [];
  const stop = run.session.subscribe(({ version }) => {
    heard.push(version);
    stop();
  });
  await run.through();
  expect(heard).toEqual([1]);
  expect(run.states.map(({ version }) => version)).toEqual([1, 2]);
});

test('stopping and closing end the watch', async () => {
  const run = new Run();
  await run.through();
  run.session.stop();
  await run.session.close();
  expect(run.calls).toEqual(['ready', 'stop', 'close']);
});

test('the content is compared with an edition of its own repository, as it lies there', async () => {
  const run = new Run();
  git(run.top, 'init', '-q', '-b', 'main');
  git(run.top, 'add', '-A');
  git(run.top, 'commit', '-q', '-m', 'v0');
  run.edit(measure, '予算額: 12500', '予算額: 12501');
  expect(await run.session.differencesFrom('HEAD')).toMatchObject({
    ref: 'HEAD',
    measures: [{ id: '1-1-1', budget: [0, 1, 0] }],
  });
  expect(await run.session.differencesFrom('nowhere')).toEqual({ problem: expect.stringContaining('「nowhere」') });
  await run.through();
});

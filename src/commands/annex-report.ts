import { basename } from 'node:path';
import picocolors from 'picocolors';
import type { Findings, Problem } from '../annexes/problem.ts';
import { pageList } from '../annexes/problem.ts';
import { type Piece, wrapped } from '../compare/terminal.ts';
import { annexExports, exportOf } from '../diagnostics/annex-exports.ts';
import { annexMends } from '../diagnostics/annex-mends.ts';
import { annexMessages } from '../diagnostics/annex-messages.ts';
import { atStart, isError } from '../diagnostics/diagnostic.ts';
import { visible, visibleJson } from '../model/visible.ts';

/** What would become of a PDF as an annex. */
export interface Judgement extends Pick<Findings, 'problems' | 'mends'> {
  file: string;
  bytes: number;
  alternative: string | undefined;
  /** Errors that a 代替テキスト takes away; none of them is among the problems. */
  conditions: Problem[];
  /** What the PDF names as its makers. */
  programs: string[];
  /** Width and height of each page in pt; absent where they cannot be told. */
  pages?: [number, number][];
  /** Of the structure tree; 0 without tags. */
  elements?: number;
}

const verdicts = {
  accepted: { words: '入ります', color: 'green' },
  mended: { words: '直して入ります', color: 'green' },
  'needs-alternative': { words: '代替テキストを書けば入ります', color: 'yellow' },
  refused: { words: '入りません', color: 'red' },
} as const;
type Verdict = keyof typeof verdicts;
type Shade = (typeof verdicts)[Verdict]['color'];

function verdictOf({ problems, conditions, mends }: Judgement): Verdict {
  if (problems.some(isError)) return 'refused';
  if (conditions.length > 0) return 'needs-alternative';
  return mends.size > 0 ? 'mended' : 'accepted';
}

const sentences = (problem: Problem) => {
  const diagnostic = { ...problem, ...atStart, file: '' };
  const { message, hint } = annexMessages[problem.code];
  return { message: visible(message(diagnostic)), hint: visible(hint(diagnostic)) };
};

/** For a terminal of `width` cells: of each PDF the verdict, why and what to do, what is mended, what to look at. */
export function annexesText(judgements: readonly Judgement[], terminal: { color: boolean; width: number }): string {
  const alone = judgements.length === 1;
  const blocks = judgements.map((judgement) => oneText(judgement, { ...terminal, alone }));
  if (judgements.length > 1) blocks.push(countsOf(judgements));
  return `${blocks.join('\n\n\n')}\n`;
}

function countsOf(judgements: readonly Judgement[]): string {
  const counts = (Object.keys(verdicts) as Verdict[]).flatMap((verdict) => {
    const count = judgements.filter((judgement) => verdictOf(judgement) === verdict).length;
    return count > 0 ? [`${verdicts[verdict].words} ${count}`] : [];
  });
  return `${judgements.length} 件: ${counts.join('、')}`;
}

function oneText(
  judgement: Judgement,
  { color, width, alone }: { color: boolean; width: number; alone: boolean },
): string {
  const paint = picocolors.createColors(color);
  const { problems, conditions, mends, pages } = judgement;
  const verdict = verdictOf(judgement);
  const { words, color: tint } = verdicts[verdict];
  const line = (text: string, indent: string, style?: Piece['style']) =>
    wrapped([style ? { text, style } : { text }], indent, Math.min(width, widest));
  const section = (title: string, lines: string[], shade?: Shade) =>
    lines.length > 0 ? [[paint.bold(shade ? paint[shade](`■ ${title}`) : `■ ${title}`), ...lines].join('\n')] : [];
  const told = (list: readonly Problem[]) =>
    grouped(list).flatMap(({ messages, hint }) => [
      ...messages.slice(0, most).map((message) => line(`・${message}`, '  ')),
      ...(messages.length > most ? [line(`・ほか ${messages.length - most} 件`, '  ')] : []),
      line(`→ ${hint}`, '    '),
    ]);
  const errors = problems.filter(isError);
  const notices = problems.filter((problem) => !isError(problem));
  const mended = [...mends].map(([code, places]) => line(`・${annexMends[code]}${placesText(places, pages)}`, '  '));
  const heading = wrapped(
    [
      { text: visible(`${judgement.file}: `), style: paint.bold },
      { text: words, style: (text) => paint.bold(paint[tint](text)) },
      ...(notices.length > 0 ? [{ text: `(注意 ${notices.length} 件)` }] : []),
    ],
    '',
    width,
  );
  const isRefused = verdict === 'refused';
  return [
    [heading, ...factLines(judgement).map((fact) => line(fact, '  ', paint.dim))].join('\n'),
    ...section('入らない理由', told(errors), 'red'),
    ...section(isRefused ? 'ほかに要るもの' : '要るもの', told(conditions), 'yellow'),
    ...(isRefused ? [] : section('edition.yaml の構成に書く行', [`  ${entryOf(judgement)}`])),
    ...(errors.length + conditions.length > 0 ? section(...exportLines(judgement, { isRefused, alone }, line)) : []),
    ...section('自動で直すところ', mended, 'green'),
    ...section('注意', told(notices), 'yellow'),
  ].join('\n\n');
}

/** The pages of a mend, where they are known. */
function placesText(places: ReadonlySet<number>, pages: Judgement['pages']): string {
  if (places.size === 0) return '';
  return places.size > 1 && places.size === pages?.length ? '(すべてのページ)' : `(${pageList(places)}ページ)`;
}

const widest = 100; // cells: longer lines are hard to read
const most = 5; // messages with one hint; more are counted

/** What is told of problems, by what is to be done about them. */
function grouped(problems: readonly Problem[]): { messages: string[]; hint: string }[] {
  const groups = new Map<string, string[]>();
  for (const { message, hint } of problems.map(sentences)) groups.set(hint, [...(groups.get(hint) ?? []), message]);
  return [...groups].map(([hint, messages]) => ({ messages, hint }));
}

/** How to write the PDF anew: by the program that made it, else by any, or where that is told. */
function exportLines(
  { programs }: Judgement,
  { isRefused, alone }: { isRefused: boolean; alone: boolean },
  line: (text: string, indent: string) => string,
): [title: string, lines: string[]] {
  const title = isRefused ? '書き出し方' : '書き出し直すなら';
  const own = exportOf(programs);
  if (own) return [`${title}: ${own.program}`, [own.way, own.note].map((text) => line(`・${text}`, '  '))];
  const all = annexExports.map((found) => `${Object.keys(found.programs).join('、')}: ${found.way}`);
  const told = isRefused && alone ? all : ['作ったソフトごとの書き出し方は docs/annexes.md にあります。'];
  return [title, told.map((text) => line(`・${text}`, '  '))];
}

/** The line of edition.yaml. */
function entryOf({ file, alternative, conditions }: Judgement): string {
  const name = basename(file);
  const text = alternative ?? (conditions.length > 0 ? '内容を伝える文' : undefined);
  const entries = [
    ['別冊', `annexes/${name}`],
    ['題名', name.replace(/\.pdf$/i, '')],
    ...(text === undefined ? [] : [['代替テキスト', text]]),
  ];
  return `- { ${entries.map(([key, value = '']) => `${key}: ${scalar(value)}`).join(', ')} }`;
}

/** As YAML takes it between braces. */
const scalar = (text: string) =>
  /^[\p{L}\p{M}][\p{L}\p{M}\p{N}_./、。()・ー-]*$/u.test(text) ? text : visibleJson(JSON.stringify(text));

/** Pages, size and tags; then who made it. */
function factLines({ pages, bytes, elements, programs }: Judgement): string[] {
  const tags =
    elements === undefined ? [] : [elements > 0 ? `タグ付き(要素 ${elements.toLocaleString('en')})` : 'タグなし'];
  const facts = [...(pages ? [pagesText(pages)] : []), sizeText(bytes), ...tags].join('、');
  const cut = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
  return [facts, ...(programs.length > 0 ? [visible(`作ったソフト: ${programs.map(cut).join('、')}`)] : [])];
}

/** "12ページ(A4 縦 10、A3 横 2)" */
function pagesText(pages: readonly [number, number][]): string {
  const counts = new Map<string, number>();
  for (const page of pages) counts.set(paperOf(page), (counts.get(paperOf(page)) ?? 0) + 1);
  const [[only] = [''], ...others] = counts;
  if (counts.size > 3) return `${pages.length}ページ(大きさは ${counts.size} 通り)`;
  const sizes = others.length === 0 ? only : [...counts].map(([paper, count]) => `${paper} ${count}`).join('、');
  return `${pages.length}ページ(${sizes})`;
}

/** Shorter and longer side in mm. */
const papers: [string, number, number][] = [
  ['A3', 297, 420],
  ['A4', 210, 297],
  ['A5', 148, 210],
  ['レター', 216, 279],
  ['B4', 257, 364],
  ['B5', 182, 257],
];

function paperOf([width, height]: [number, number]): string {
  const [across, down] = [width, height].map((length) => (length / 72) * 25.4) as [number, number];
  const near = (length: number, meant: number) => Math.abs(length - meant) < 2;
  const [name] =
    papers.find(([, short, long]) => near(Math.min(across, down), short) && near(Math.max(across, down), long)) ?? [];
  return name ? `${name} ${across < down ? '縦' : '横'}` : `${Math.round(across)} × ${Math.round(down)} mm`;
}

const sizeText = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** One object, for other programs; docs/annexes.md explains it. */
export function annexesJson(judgements: readonly Judgement[]): string {
  const problemOf = (problem: Problem) => ({
    severity: problem.severity,
    code: problem.code,
    ...sentences(problem),
  });
  const files = judgements.map((judgement) => {
    const { file, bytes, pages, elements, programs, problems, conditions, mends } = judgement;
    const way = exportOf(programs);
    return {
      file,
      verdict: verdictOf(judgement),
      bytes,
      ...(pages ? { pages: pages.length } : {}),
      ...(elements === undefined ? {} : { elements }),
      programs,
      problems: problems.map(problemOf),
      conditions: conditions.map(problemOf),
      mends: [...mends].map(([code, places]) => ({
        code,
        message: annexMends[code],
        pages: [...places].sort((a, b) => a - b).map((index) => index + 1),
      })),
      ...(way ? { export: way } : {}),
    };
  });
  return `${visibleJson(JSON.stringify({ files }, undefined, 2))}\n`;
}

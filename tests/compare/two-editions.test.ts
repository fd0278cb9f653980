import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Compared, diff } from '../../src/compare/two-editions.ts';
import { UserError } from '../../src/diagnostics/user-error.ts';
import { MemoryContent } from './contents.ts';
import { cityRepository, git, temporary } from './repository.ts';

/** In a folder with the editions old/, new/ and, beside them, what is none. */
function folders<T>(then: (folder: string) => T): T {
  const folder = temporary();
  new MemoryContent().lay(join(folder, 'old'));
  const changed = new MemoryContent();
  changed.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000');
  changed.lay(join(folder, 'new'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'measured/measures'), { recursive: true });
  mkdirSync(join(folder, 'half'));
  cpSync('tests/city/edition.yaml', join(folder, 'half/edition.yaml'));
  writeFileSync(join(folder, 'file'), '');
  const before = process.cwd();
  try {
    process.chdir(folder);
    return then(folder);
  } finally {
    process.chdir(before);
  }
}

const told = ({ base, head, changed, comparison }: Compared) => [
  base.name,
  head.name,
  changed,
  comparison.measures.map(({ head: fresh }) => fresh?.id),
];

test('two folders, however they are named', () => {
  folders((folder) => {
    expect(told(diff('./old', './new', 'content'))).toEqual(['./old', './new', true, ['1-1-1']]);
    expect(told(diff('old', 'new', 'content'))).toEqual(['old', 'new', true, ['1-1-1']]);
    expect(told(diff('old/', 'old/', 'content'))).toEqual(['old/', 'old/', false, []]);
    const absolute = join(folder, 'old');
    expect(told(diff(absolute, absolute, 'content'))).toEqual([absolute, absolute, false, []]);
    expect(diff('old', 'new', 'content').head.edition.title).toBe('取組集');
    // Without the second one, the content folder.
    expect(told(diff('old', undefined, 'new'))).toEqual(['old', 'new', true, ['1-1-1']]);
    process.chdir('old');
    expect(told(diff('.', '../new', 'content'))).toEqual(['.', '../new', true, ['1-1-1']]);
  });
});

test('an edition needs edition.yaml or measures', () => {
  folders(() => {
    expect(diff('half', 'half', '').changed).toBe(false);
    expect(diff('measured', 'measured', '').changed).toBe(false);
  });
});

const notContent = (name: string) =>
  `「${name}」は施策集の内容のフォルダではありません(edition.yaml も measures もありません)。内容のフォルダ、または版の名前を書いてください。`;
const noFolder = (name: string) =>
  `フォルダ「${name}」がありません。リポジトリのいちばん上のフォルダで実行するか、比べるものの名前を確かめてください。`;

test.each<[string, string | undefined, string, string]>([
  ['./missing', 'old', '', noFolder('./missing')],
  ['old', '../missing', '', noFolder('../missing')],
  ['old', 'missing/', '', noFolder('missing/')],
  ['old', undefined, 'missing', noFolder('missing')],
  ['old', undefined, 'file', noFolder('file')],
  ['./file', 'old', '', noFolder('./file')],
  ['/missing', 'old', '', noFolder('/missing')],
  ['..', 'old', '', notContent('..')],
  ['empty', 'old', '', notContent('empty')],
  ['old', './empty', '', notContent('./empty')],
  ['old', undefined, 'empty', notContent('empty')],
])('%s and %s: %s', (base, head, content, message) => {
  folders(() => {
    expect(() => diff(base, head, content)).toThrow(new UserError(message));
  });
});

test('what is no folder is a ref; what is both is not guessed', () => {
  const folder = cityRepository();
  const content = join(folder, 'content');
  expect(told(diff('v0', undefined, content))).toEqual(['v0', content, false, []]);
  expect(told(diff('v0', 'main', content))).toEqual(['v0', 'main', false, []]);
  expect(() => diff(`v0${'x'.repeat(5_000)}`, undefined, content)).toThrow('版の名前が長すぎます');
  expect(() => diff('v0\0', undefined, content)).toThrow('使えない文字');
  expect(() => diff('a./b', undefined, content)).toThrow('「a./b」という版はありません');
  expect(() => diff('v\\0', undefined, content)).toThrow('「v\\0」という版はありません');
  git(folder, 'branch', 'content');
  const before = process.cwd();
  try {
    process.chdir(folder);
    expect(() => diff('content', undefined, 'content')).toThrow(
      new UserError(
        '「content」は版の名前でもフォルダの名前でもあります。フォルダなら ./content、ブランチなら refs/heads/content のように書いてください。',
      ),
    );
    expect(told(diff('refs/heads/content', './content', 'content'))).toEqual([
      'refs/heads/content',
      './content',
      false,
      [],
    ]);
  } finally {
    process.chdir(before);
  }
});

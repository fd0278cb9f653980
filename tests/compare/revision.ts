import { MemoryContent } from './contents.ts';

/**
 * An edition, and a revision of it with every kind of finding. `errors`: with what cannot be read on either side;
 * `annexes`: with 別冊, whose files are no PDFs.
 */
export function revision({ errors = false, annexes = true }: { errors?: boolean; annexes?: boolean }): {
  base: MemoryContent;
  head: MemoryContent;
} {
  const base = new MemoryContent();
  lay(base);
  const head = new MemoryContent(base.files);
  revise(head);
  if (errors) {
    base.replace('measures/3-1-5.yaml', '予算額: 800', '予算額: 800千円');
    head.write('measures/1-2-9.yaml', '取組: [閉じていない\n');
  }
  if (!annexes)
    for (const side of [base, head]) {
      side.replace('edition.yaml', /, \{ 別冊:.*\}/g, '');
      for (const file of side.files.keys()) if (file.startsWith('annexes/')) side.remove(file);
    }
  return { base, head };
}

const own = (id: string, title: string, text: string, more = '') => `番号: ${id}
区分: 継続
取組: ${title}
担当局・部: [市民局]
担当課: [窓口課]
取組内容: |-
  ${text.replaceAll('\n', '\n  ')}
スケジュール:
  R10: {}
  R11: { 項目: ○, 内容: 試行, 予算額: 800 }
  R12: { 項目: ◎, 内容: 運用, 予算額: 1200 }
${more}`;

const rules = `受付の流れを次のとおり改める。
一 受付番号を発行する。
二 受付番号を画面に示す。
三 呼び出しを携帯電話に知らせる。
四 待ち時間の見込みを示す。
五 終わった手続を記録する。
六 記録を翌年の計画に生かす。`;

/** What the city of tests/city lacks: 別冊, more measures, a 大項目 that goes. */
function lay(base: MemoryContent): void {
  base.replace(
    'edition.yaml',
    '個票]',
    '個票, { 別冊: annexes/map.pdf, 題名: 地図, 代替テキスト: 市全域の地図 }, { 別冊: annexes/old.pdf, 題名: 旧計画 }, { 別冊: annexes/plan.pdf, 題名: 計画 }]',
  );
  for (const name of ['map', 'old', 'plan', 'new']) base.write(`annexes/${name}.pdf`, name);
  base.write(
    'structure.yaml',
    `${base.read('structure.yaml')}  - 番号: 4\n    名称: 試み\n    中項目:\n      - { 番号: 4-1, 名称: 実験 }\n`,
  );
  base.replace('edition.yaml', 'ライセンス: CC BY 4.0\n', '');
  base.write('measures/1-1-3.yaml', own('1-1-3', '窓口の混雑の見える化', '予約のない日でも来庁者を待たせない。'));
  base.write('measures/1-1-4.yaml', own('1-1-4', '受付番号の発行', rules));
  base.replace(
    'measures/2-1-1.yaml',
    'R11: {}',
    'R11: { 予算額: [{ 区分: 漁港課, 額: 600 }, { 区分: 流通課, 額: 50 }] }',
  );
  base.write('measures/1-2-2.yaml', own('1-2-2', '防災無線のデジタル化', '屋外の放送を聞き取りやすくする。'));
  base.write('measures/3-1-4.yaml', '番号: 3-1-4\n区分: 新規\n再掲: 1-1-1\n');
  base.write('measures/3-1-5.yaml', own('3-1-5', '学校図書館の電子書籍', '電子書籍を貸し出す。'));
  base.write('measures/4-1-1.yaml', own('4-1-1', '実証実験', '民間の提案を試す。', '関連計画: []\n'));
}

/** A measure in the next edition: a 年度 goes, one comes; two 課 have new names. */
const later = (text: string): string =>
  text
    .replace(/^ {2}R10:(?: .*\n|\n(?: {4}.*\n)+)/m, '')
    .replace(/^ {2}R12:(?: .*\n|\n(?: {4}.*\n?)+)/m, '$&  R13: {}\n')
    .replaceAll('窓口課', '総合窓口課')
    .replaceAll('漁港課', '港湾課');

/** 年度 move on by one, names and measures change. */
function revise(head: MemoryContent): void {
  for (const file of [...head.files.keys()].filter((name) => name.startsWith('measures/'))) {
    head.write(file, later(head.read(file)));
  }
  // The edition.
  head.replace('edition.yaml', '令和12年12月1日', '令和13年3月1日');
  head.replace('edition.yaml', '[R10, R11, R12]', '[R11, R12, R13]');
  head.replace('edition.yaml', '{ 現状: R10, 目標値: R12 }', '{ 現状: R11, 目標値: R13 }');
  head.replace('edition.yaml', '[総合計画, 防災計画]', '[総合計画, 環境計画, 防災計画]');
  head.replace('edition.yaml', '発行者: 港町市', '発行者: 新港町市\nライセンス: CC BY 4.0');
  // 別冊: other words, another file, one goes, one comes.
  head.replace(
    'edition.yaml',
    '題名: 地図, 代替テキスト: 市全域の地図',
    '題名: 市の地図, 代替テキスト: 市全域の避難所の地図',
  );
  head.replace('edition.yaml', '{ 別冊: annexes/old.pdf, 題名: 旧計画 }', '{ 別冊: annexes/new.pdf, 題名: 資料 }');
  head.write('annexes/plan.pdf', 'another plan');
  // 大項目, 中項目 and who is in charge.
  head.replace('structure.yaml', '名称: 仕事', '名称: 仕事と海');
  head.replace(
    'structure.yaml',
    '- { 番号: 3-1, 名称: 学校 }',
    '- { 番号: 3-1, 名称: 学校 }\n      - { 番号: 3-2, 名称: 図書館 }',
  );
  head.replace('structure.yaml', /^ {2}- 番号: 4\n(?: {4}.*\n)+/gm, '');
  head.replace(
    'structure.yaml',
    '- { 番号: 2-1, 名称: 漁業 }',
    '- { 番号: 2-1, 名称: 観光 }\n      - { 番号: 2-2, 名称: 漁業 }',
  );
  head.replace('organization.yaml', '[窓口課, 防災課]', '[総合窓口課, 防災課, 関係課, 戸籍課]');
  head.replace('organization.yaml', '漁港課', '港湾課');
  head.replace('organization.yaml', '  - 名称: ほか\n    課: [関係課]\n', '  - 名称: 環境局\n    課: [緑化課]\n');
  // Measures.
  head.replace(
    'measures/1-1-1.yaml',
    '申請書を書かずに手続ができる窓口を設ける。',
    '申込書を書かずに手続が済む窓口を設ける。',
  );
  head.replace('measures/1-1-1.yaml', '  ・証明書の交付', '  ・証明書の交付\n  ・国民健康保険');
  head.replace('measures/1-1-1.yaml', '利用件数', '利用件数 & 満足度 <5段階>');
  head.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000\n    事業実績: 本庁舎に導入した。');
  head.replace('measures/1-1-1.yaml', '[総合計画]', '[総合計画, 環境計画]');
  head.remove('measures/1-1-2.yaml');
  head.renumber('1-1-3', '1-1-2');
  head.renumber('1-1-4', '1-1-3');
  head.replace('measures/1-1-3.yaml', '画面に示す', '大きな画面に示す');
  head.replace('measures/1-1-3.yaml', '取組: 受付番号の発行', '取組: 受付番号の自動発行');
  head.renumber('1-2-2', '2-2-2');
  head.renumber('2-1-1', '2-2-1');
  head.replace('measures/2-2-1.yaml', '区分: 新規', '区分: 継続');
  head.replace(
    'measures/2-2-1.yaml',
    'R12: {}',
    'R12: { 項目: →, 予算額: [{ 区分: 港湾課, 額: 1500 }, { 区分: 流通課, 額: — }] }',
  );
  head.replace('measures/2-2-1.yaml', '額: 600', '額: 900');
  head.replace('measures/2-2-1.yaml', '関連計画: [総合計画, 防災計画]', '関連計画: []');
  head.write(
    'measures/2-1-1.yaml',
    later(own('2-1-1', '観光案内の多言語化', '港の案内板を改める。'))
      .replace('総合窓口課', '緑化課')
      .replace('市民局', '環境局'),
  );
  head.write('measures/3-1-1.yaml', later(own('3-1-1', '学校の手続の電子化', '欠席の連絡を電子化する。')));
  head.replace('measures/3-1-2.yaml', '学校での避難所の公開', '学校にある避難所の公開');
  head.write('measures/3-1-3.yaml', '番号: 3-1-3\n区分: 継続\n再掲: 2-2-2\n');
  head.write('measures/3-1-4.yaml', '番号: 3-1-4\n区分: 継続\n再掲: 1-2-1\n');
  head.renumber('3-1-5', '3-2-1');
  head.remove('measures/4-1-1.yaml');
}

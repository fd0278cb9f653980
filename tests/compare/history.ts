import type { MemoryContent } from './contents.ts';

const measure = (id: string, title: string, more = '') => `番号: ${id}
区分: 新規
取組: ${title}
担当局・部: [市民局]
担当課: [窓口課]
取組内容: |-
  予約のない日でも来庁者を待たせないよう、窓口の混み具合をウェブで知らせる。
スケジュール:
  R10: {}
  R11: { 項目: ○, 内容: 試行, 予算額: 800 }
  R12: { 項目: ◎, 内容: 運用, 予算額: 1200 }
${more}`;

/** One commit per kind of change. */
export const history: { name: string; change: (content: MemoryContent) => void }[] = [
  {
    name: '文の語、語の中の字、箇条の行',
    change: (content) => {
      content.replace(
        'measures/1-1-1.yaml',
        '申請書を書かずに手続ができる窓口を設ける。',
        '申込書を書かずに手続が済む窓口を設ける。',
      );
      content.replace('measures/1-1-1.yaml', '  ・証明書の交付\n', '  ・証明書の交付\n  ・国民健康保険\n');
      content.replace('measures/1-1-1.yaml', '5,000件(R12)', '5,500件(R12)');
    },
  },
  {
    name: '予算額、項目、事業実績',
    change: (content) => {
      content.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000\n    事業実績: 本庁舎に導入した。');
      content.replace('measures/1-1-1.yaml', '項目: △', '項目: ○');
      content.replace('measures/2-1-1.yaml', '額: 1200', '額: 1500');
    },
  },
  {
    name: '区分、関連計画、一覧表の文言',
    change: (content) => {
      content.replace('measures/1-1-2.yaml', '関連計画: []', '関連計画: [防災計画]');
      content.replace('measures/1-2-1.yaml', '避難所混雑の公開', '避難所の混雑の公開');
      content.replace('measures/2-1-1.yaml', '区分: 新規', '区分: 継続');
      content.replace('measures/2-1-1.yaml', '関連計画: [総合計画, 防災計画]\n', '');
    },
  },
  { name: '新設', change: (content) => content.write('measures/1-1-3.yaml', measure('1-1-3', '窓口の混雑の見える化')) },
  {
    name: '廃止と、番号の繰り上げ',
    change: (content) => {
      content.remove('measures/1-1-2.yaml');
      content.renumber('1-1-3', '1-1-2');
    },
  },
  { name: '別の中項目への移動', change: (content) => content.renumber('1-1-2', '1-2-2') },
  {
    name: '再掲にした',
    change: (content) => content.write('measures/3-1-3.yaml', '番号: 3-1-3\n区分: 新規\n再掲: 1-2-2\n'),
  },
  {
    name: '再掲をやめた',
    change: (content) => content.write('measures/3-1-1.yaml', measure('3-1-1', '学校の手続の電子化')),
  },
  {
    name: '再掲先の番号だけが変わった',
    change: (content) => {
      content.renumber('1-2-2', '1-2-9');
      content.renumber('1-2-1', '1-2-2');
      content.renumber('1-2-9', '1-2-1');
      content.replace('measures/3-1-2.yaml', '再掲: 1-2-1', '再掲: 1-2-2');
      content.replace('measures/3-1-3.yaml', '再掲: 1-2-2', '再掲: 1-2-1');
    },
  },
  {
    name: '担当課の改称',
    change: (content) => {
      content.replace('organization.yaml', '窓口課', '総合窓口課');
      for (const id of ['1-1-1', '1-2-1', '3-1-1']) content.replace(`measures/${id}.yaml`, '窓口課', '総合窓口課');
      content.replace('organization.yaml', '漁港課', '港湾課');
      content.replace('measures/2-1-1.yaml', '漁港課', '港湾課');
    },
  },
  {
    name: '局・部の改称、課の新設と移動',
    change: (content) => {
      content.replace('organization.yaml', '産業局 水産部', '海洋局');
      content.replace('measures/2-1-1.yaml', '産業局 水産部', '海洋局');
      content.replace('organization.yaml', '[総合窓口課, 防災課]', '[総合窓口課, 戸籍課]');
      content.replace('organization.yaml', '[学校課]', '[学校課, 防災課]');
    },
  },
  {
    name: '大項目・中項目',
    change: (content) => {
      content.replace('structure.yaml', '名称: 防災', '名称: 防災と減災');
      content.replace('structure.yaml', '名称: 学び', '名称: 学びと文化');
      content.replace(
        'structure.yaml',
        '- { 番号: 3-1, 名称: 学校 }',
        '- { 番号: 3-1, 名称: 学校 }\n      - { 番号: 3-2, 名称: 図書館 }',
      );
      content.write('measures/3-2-1.yaml', measure('3-2-1', '図書館の電子書籍'));
      content.replace('measures/3-2-1.yaml', '窓口課', '総合窓口課');
    },
  },
  {
    name: '中項目が前に入り、後ろの番号がずれた',
    change: (content) => {
      content.replace(
        'structure.yaml',
        '- { 番号: 3-2, 名称: 図書館 }',
        '- { 番号: 3-2, 名称: 公民館 }\n      - { 番号: 3-3, 名称: 図書館 }',
      );
      content.renumber('3-2-1', '3-3-1');
      content.write('measures/3-2-1.yaml', '番号: 3-2-1\n区分: 新規\n再掲: 1-1-1\n');
    },
  },
  {
    name: '版: 改定の日、年度、関連計画',
    change: (content) => {
      content.replace('edition.yaml', '令和12年12月1日', '令和13年3月');
      content.replace('edition.yaml', '年度: [R10, R11, R12]', '年度: [R11, R12, R13]');
      content.replace('edition.yaml', '{ 現状: R10, 目標値: R12 }', '{ 現状: R11, 目標値: R13 }');
      content.replace('edition.yaml', '[総合計画, 防災計画]', '[総合計画]');
      content.replace('measures/1-1-1.yaml', /^ {2}R10:\n(?: {4}.*\n)+/gm, '');
      content.replace('measures/1-1-1.yaml', '関連計画:', '  R13: { 項目: →, 内容: 運用, 予算額: 3300 }\n関連計画:');
    },
  },
  {
    name: 'YAML の書き方だけ(キーの順、引用符、注記、空行)',
    change: (content) => {
      const text = content.read('measures/1-2-1.yaml');
      const [head = '', ...rest] = text.split('\n');
      content.write('measures/1-2-1.yaml', `# 注記\n\n${rest.join('\n').trimEnd()}\n${head}\n`);
      content.replace('measures/3-1-3.yaml', '再掲: 1-2-1', '\'再掲\': "1-2-1"  # 注記');
    },
  },
  {
    name: '別冊の追加',
    change: (content) => {
      content.write('annexes/map.pdf', 'first');
      content.replace('edition.yaml', '個票]', '個票, { 別冊: annexes/map.pdf, 題名: 地図 }]');
    },
  },
  {
    name: '別冊の題名と代替テキスト',
    change: (content) =>
      content.replace('edition.yaml', '題名: 地図 }', '題名: 市の地図, 代替テキスト: 市全域の地図 }'),
  },
  { name: '別冊の差し替え', change: (content) => content.write('annexes/map.pdf', 'second') },
  {
    name: '読めないもの: 古い書き方の予算額、YAML の誤り',
    change: (content) => {
      content.replace('measures/1-1-1.yaml', '予算額: 3200', '予算額: 3,200千円');
      content.replace('measures/1-1-1.yaml', '取組: 書かない窓口', '取組: 書かない、待たない窓口');
      content.write('measures/2-1-1.yaml', '取組: [閉じていない\n');
    },
  },
];

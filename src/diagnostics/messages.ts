import { grouped } from '../model/amounts.ts';
import { annexMessages } from './annex-messages.ts';
import type { Code, Diagnostic } from './diagnostic.ts';
import { quoted, type Sentences } from './sentences.ts';
import { codeWithMeaning } from './system-errors.ts';

const actual = (d: Diagnostic) => quoted(d.actual);
/** An editor's schema tells of values that it does not know yet: it says 「この…」 of them, and marks where they stand. */
const given = (d: Diagnostic, thing: string, name = thing) =>
  d.actual === undefined ? `この${name}` : `${thing}${actual(d)}`;
const subject = (d: Diagnostic) => quoted(d.subject);
const expected = (d: Diagnostic) => d.expected ?? '';
const orNearest = (d: Diagnostic, otherwise: string) =>
  d.nearest === undefined ? otherwise : `${quoted(d.nearest)}の間違いではありませんか。${otherwise}`;

const blockHint = (d: Diagnostic) =>
  `「${d.subject ?? 'キー'}: |-」と書いて改行し、次の行から2文字深く字下げして文を書いてください。記号がそのまま文字になります。`;

/** A file of the work tree that a command can name as it is; one of a commit is named main:content/… */
const isPlainPath = (file: string) => /^[\w./-]+$/.test(file);

/** What YAML takes a sign for. */
const signMeanings: Record<string, string> = {
  '*': 'ほかの値を写す印',
  '&': '値に名前を付ける印',
  '!': '値の型を示す印',
  '%': '読み方を指定する印',
  '>': '次の行から始まる文の印',
  '|': '次の行から始まる文の印',
  '?': 'キーの印',
  '-': '一覧の項目の印',
  '#': '注記の印で、後が読まれないの',
  '[': '一覧の始まり',
  '{': 'まとまりの始まり',
  ']': '一覧の終わり',
  '}': 'まとまりの終わり',
  ',': '名前の区切り',
  '"': '引用符',
  "'": '引用符',
};

const signOf = (d: Diagnostic) => (d.actual ?? '').slice(0, 1);
const signMessage = (d: Diagnostic) =>
  `${d.subject ? `${subject(d)}の` : ''}${d.expected === undefined ? '文' : '名前'}を記号 ${signOf(d)} で始めることはできません(YAML では${signMeanings[signOf(d)] ?? '文の初めに置けない印'}です)。`;
const signHint = (d: Diagnostic) =>
  d.expected === undefined ? blockHint(d) : `引用符で囲み、${d.expected} のように書いてください。`;

const ofCodes: Record<Code, Sentences> = {
  'file-missing': {
    message: (d) => `${subject(d)}がありません。`,
    hint: () => 'ファイル名を変えたり消したりしていないか確かめ、前の版から戻してください。',
  },
  'not-a-file': {
    message: (d) => `ファイルがあるべき所に${d.actual ?? ''}があります。`,
    hint: () => 'フォルダやリンク(ショートカット)ではなく、ファイルそのものを置いてください。',
  },
  'not-a-folder': {
    message: () => 'フォルダがあるべき所にファイルがあります。',
    hint: () => 'そのファイルを消すか移し、同じ名前のフォルダを作ってください。',
  },
  'file-unreadable': {
    message: (d) =>
      `${d.subject === undefined ? 'ファイル' : subject(d)}を読めません(${codeWithMeaning(d.actual ?? '')})。`,
    hint: () => 'ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください。',
  },
  'file-too-large': {
    message: (d) => `ファイルが大きすぎます(${d.actual ?? ''})。上限は ${expected(d)} です。`,
    hint: () => '画像や表計算のファイルを誤って置いていないか確かめてください。',
  },
  'content-too-large': {
    message: (d) => `内容のフォルダのファイルは、合わせて ${expected(d)} までです。このファイルからは読んでいません。`,
    hint: () => '取組ではないファイルを誤って置いていないか、同じものが何度も入っていないかを確かめてください。',
  },
  'not-utf8': {
    message: (d) => `文字コードが UTF-8 ではありません${d.actual ? `(${d.actual} のようです)` : ''}。`,
    hint: () => 'エディタで開き、文字コード「UTF-8(BOM なし)」で保存し直してください。',
  },
  'line-ends': {
    message: (d) => `ファイルの改行が壊れています(${d.actual ?? ''})。`,
    hint: () =>
      'エディタで改行コード「LF」を選んで保存し直してください(余分な空行ができたら消します)。ファイルの受け渡しや、表計算からの写しで起こります。',
  },
  'empty-file': {
    message: () => 'ファイルに何も書かれていません。',
    hint: () =>
      '前の版から戻すか、ほかの取組のファイルを写して書き直してください。要らないファイルなら消してください。',
  },
  'wrong-extension': {
    message: (d) => `ファイル名${actual(d)}の終わりが .yaml ではありません。`,
    hint: (d) => `ファイル名を ${expected(d)} に変えてください。`,
  },
  'unexpected-file': {
    message: (d) => `取組ではないファイル${actual(d)}があります。PDF には入りません。`,
    hint: () => 'このフォルダには「番号.yaml」だけを置いてください。',
  },
  'write-unfinished': {
    message: (d) =>
      `${d.actual === undefined ? '命令' : `命令「${d.actual}」`}の書き換えが途中で止まっています。一部のファイルだけが新しくなっています。`,
    hint: (d) =>
      `${d.actual === undefined ? '' : `npx shisakushu ${d.actual} をもう一度実行すると、残りを書き終えます。`}取りやめるなら、git restore と git clean -f で内容のフォルダを元に戻し、このファイルが残っていれば消してください。`,
  },

  'schema-outdated': {
    message: () =>
      'エディタ用のスキーマが、いまの内容のものではありません。補完と誤りの表示が古い名前のままになります。',
    hint: () => 'npx shisakushu schema で書き直してください。',
  },

  'yaml-tab': {
    message: () => '字下げにタブが使われています。',
    hint: () => 'タブを消し、半角の空白2つずつで字下げしてください。',
  },
  'yaml-unclosed-quote': {
    message: (d) => `引用符 ${d.actual ?? ''} が閉じていません。`,
    hint: (d) => `文の終わりに ${d.actual ?? ''} を足すか、引用符を使わずに書いてください。`,
  },
  'yaml-unclosed-bracket': {
    message: (d) => `かっこの対応が合っていません。${expected(d)} が必要です。`,
    hint: () =>
      '一覧は [ ] で囲み、名前の間を半角の「, 」で区切ります。文が [ や { で始まるときは「|-」を使って次の行に書いてください。',
  },
  'yaml-colon-in-value': {
    message: (d) => `${d.subject ? `${subject(d)}の` : ''}文の途中に半角の「: 」があり、キーの区切りと区別できません。`,
    hint: blockHint,
  },
  'yaml-comment-in-value': {
    message: (d) => `${actual(d)}より後の「#」から先が注記とみなされ、文から消えてしまいます。`,
    hint: (d) => `文の一部なら、${blockHint(d)}注記なら、# の前に空白を2つ以上、後に1つ入れてください。`,
  },
  'yaml-reserved-start': { message: signMessage, hint: signHint },
  'yaml-backslash': {
    message: () => '二重引用符 " の中の「\\」は特別な意味をもつため、このままでは読めません。',
    hint: blockHint,
  },
  'yaml-duplicate-key': {
    message: (d) => `キー${actual(d)}が2回書かれています。`,
    hint: () => 'どちらか一方を消してください。',
  },
  'yaml-indent': {
    message: () => '字下げがそろっていません。',
    hint: () => '同じまとまりのキーは、行頭からの空白の数を同じにしてください(1段ごとに半角の空白2つ)。',
  },
  'yaml-missing-colon': {
    message: (d) => `この行${d.actual ? actual(d) : ''}は「キー: 値」の形になっていません。`,
    hint: () =>
      'キーの後に半角の「:」と半角の空白1つを入れてください。上の文の続きなら、上のキーを「|-」にして、続きの行をキーより2文字深く字下げしてください。',
  },
  'yaml-foreign-space': {
    message: (d) =>
      `字下げや区切りに、半角の空白ではない${d.actual === 'U+3000' ? '全角の空白' : '見えない文字'}(${d.actual ?? ''})が使われています${d.expected === undefined ? '' : `(${d.expected}行目)`}。`,
    hint: (d) =>
      d.actual === 'U+3000'
        ? '全角の空白を消し、半角の空白に変えてください(字下げは1段ごとに2つ)。'
        : 'その文字を消し、半角の空白を打ち直してください(字下げは1段ごとに2つ)。ウェブや表計算から写したときに入ります。',
  },
  'yaml-fullwidth-comma': {
    message: (d) =>
      `${d.subject ? `${subject(d)}の` : ''}一覧が、${/[､;]/.test(d.actual ?? '') ? '' : '全角の'}${actual(d)}で区切られています。`,
    hint: () =>
      '名前の間は半角の「, 」(コンマと空白)で区切ってください(例: [名前1, 名前2])。名前の一部なら、その名前を引用符 " で囲んでください。',
  },
  'yaml-text-indent': {
    message: (d) =>
      `${d.subject ? `${subject(d)}の` : ''}文の字下げがそろっていません。${
        {
          first: '1行目の字下げが、後の行より深くなっています。',
          blank: '最初の空の行に、文の行より多くの空白があります。',
        }[d.expected ?? ''] ?? 'この行の字下げが、1行目より浅くなっています。'
      }`,
    hint: (d) =>
      d.expected === 'blank'
        ? '空の行の空白を消してください。'
        : '文の行は、すべてキーより2文字深くそろえてください。この行が次のキーなら、上のキーと字下げをそろえます。',
  },
  'yaml-pasted-twice': {
    message: (d) => `キー${d.actual ?? ''}が続けてもう一度書かれています。同じ部分を2回貼り付けたようです。`,
    hint: () => 'ここから下の2回目の部分か、上の1回目の部分のどちらかを消してください。',
  },
  'conflict-markers': {
    message: () => 'git の競合の印(<<<<<<<、=======、>>>>>>>)が残っています。2人の変更がまだ一つになっていません。',
    hint: (d) =>
      `merge や rebase の途中なら、npx shisakushu setup の後で git checkout --merge -- ${isPlainPath(d.file) ? d.file : '(このファイル)'} を実行すると、欄ごとに合わせ直せます(このファイルの手直しは消えます)。途中でなければ、どちらか一方の内容を選んで残し(両方要るなら合わせて書き)、ほかと、<<<<<<<、|||||||、=======、>>>>>>> の行を消してください。`,
  },
  'yaml-fullwidth-colon': {
    message: (d) => `キー${subject(d)}の後が全角の「：」になっています。`,
    hint: () => '半角の「:」に変え、その後に半角の空白を1つ入れてください。',
  },
  'yaml-anchor': { message: signMessage, hint: signHint },
  'yaml-tag': { message: signMessage, hint: signHint },
  'yaml-folded': {
    message: (d) =>
      `${d.subject ? `${subject(d)}の` : ''}文が次の行に続いていますが、この書き方では改行が空白に変わってしまいます。`,
    hint: (d) =>
      `改行どおりに印刷するには、${blockHint(d)}1行の文なら改行を消してください。次の行がキーなら、「:」が半角か、後に空白があるか、字下げが正しいかを確かめてください。`,
  },
  'yaml-multiple-documents': {
    message: () => '「---」または「...」の行でファイルが二つに分かれています。',
    hint: () => 'その行を消してください。1つのファイルに書けるのは1つの取組です。',
  },
  'yaml-too-deep': {
    message: () => '入れ子が深すぎて読めません。',
    hint: () => '余分な [ { や字下げを消してください。',
  },
  'yaml-syntax': {
    message: () => 'YAML の書き方の誤りで、ここから先を読めません。',
    hint: () => '前後の行のコロン、空白、引用符、かっこを、ほかの取組のファイルと見比べてください。',
  },

  'wrong-type': {
    message: (d) =>
      `${subject(d)}には${expected(d)}を書きます${d.actual === undefined ? '' : `が、${d.actual}になっています`}。`,
    hint: (d) =>
      expected(d).startsWith('一覧')
        ? `${/[［【〔]/.test(d.actual ?? '') ? 'かっことコンマを半角にし、' : ''}[名前1, 名前2] のように角かっこで囲んで書いてください。1つだけでも角かっこが要ります。`
        : expected(d).startsWith('文')
          ? '「|-」の下に文として書くか、1行で書いてください。'
          : '字下げと「キー: 値」の形を、ほかの取組のファイルと見比べてください。',
  },
  'unknown-key': {
    message: (d) => `${d.actual === undefined ? 'この' : `${actual(d)}という`}キーはありません。`,
    hint: (d) => orNearest(d, `ここに書けるキー: ${expected(d)}`),
  },
  'misplaced-key': {
    message: (d) => `キー${actual(d)}を書く場所が違います。`,
    hint: (d) => `${quoted(d.expected)}に書くキーです。字下げ(行頭の空白の数)を確かめてください。`,
  },
  'look-alike-key': {
    message: (d) =>
      `キー${actual(d)}は${quoted(d.nearest)}と見た目がほとんど同じですが、違う文字が入っています(${expected(d)})。`,
    hint: (d) => `キーをいったん消し、${quoted(d.nearest)}と打ち直してください。`,
  },
  'missing-key': {
    message: (d) => `キー${subject(d)}がありません。`,
    hint: (d) => `「${d.subject ?? ''}: …」の行を足してください。`,
  },
  'empty-value': {
    message: (d) => `${subject(d)}の値がありません。`,
    hint: (d) =>
      d.expected === undefined
        ? '値を書いてください。空欄にできる欄なら、キーの行ごと消すと空欄になります(null や ~ も「値なし」です。文字として書くなら引用符で囲みます)。'
        : `値を書いてください。空欄なら「${d.expected}」と書きます。`,
  },
  'unknown-value': {
    message: (d) => `${subject(d)}に${d.actual === undefined ? 'この値は' : `${actual(d)}とは`}書けません。`,
    hint: (d) => orNearest(d, `書けるのは ${expected(d)} です。`),
  },
  'unknown-mark': {
    message: (d) => `${d.subject ?? '項目'}の${given(d, '記号')}は使えません。書けるのは ${expected(d)} です。`,
    hint: (d) =>
      orNearest(
        d,
        d.subject === '項目'
          ? '記号を1つだけ書くか、空欄にするならキーの行ごと消してください。文は「内容」に書きます。'
          : '記号(空欄の意味なら「空欄」)、半角の「: 」、意味の順に書いてください。',
      ),
  },
  'not-an-amount': {
    message: (d) => `${subject(d)}の${given(d, '', '値')}は、千円単位の0以上の整数ではありません。`,
    hint: () =>
      '半角数字だけで、引用符、コンマ、単位、小数なしで書いてください(例: 1914)。額がない年度は —、空欄ならキーの行ごと消します。',
  },
  'budget-form': {
    message: (d) => `${subject(d)}の内訳の書き方が違います。`,
    hint: (d) => `次の形で書いてください: ${expected(d)}`,
  },
  'not-a-width': {
    message: (d) => `列幅の${subject(d)}の${given(d, '', '値')}は、${expected(d)} の数ではありません。`,
    hint: (d) =>
      `${expected(d)} の間の数(mm)を、半角の数字だけで、単位なしで書いてください(例: 30.5)。行ごと消すと、道具がもとから持つ幅になります。`,
  },
  'amount-out-of-line': {
    message: (d) =>
      `${subject(d)}の予算額${quoted(grouped(d.actual ?? ''))}は、ほかの年度の100倍以上です。単位は千円です。`,
    hint: (d) => `円で書いたのなら、${quoted(expected(d))}(千円)に直してください。正しい額なら、このままで構いません。`,
  },
  'not-a-number': {
    message: (d) => `${subject(d)}の${given(d, '', '値')}は、番号の形になっていません。`,
    hint: (d) => `半角の数字とハイフンで書いてください(例: ${expected(d)})。`,
  },
  'not-a-date': {
    message: (d) => `${subject(d)}の${actual(d)}は、元号の年月になっていません。`,
    hint: () => '「令和8年3月」または「令和8年3月31日」のように半角数字で書いてください。',
  },
  'duplicate-value': {
    message: (d) => `${subject(d)}に${actual(d)}が2回書かれています。`,
    hint: () => 'どちらか一方を消してください。',
  },
  'sign-unexplained': {
    message: (d) => `取組で使われている ${d.actual ?? ''} の意味が、${subject(d)}に書かれていません。`,
    hint: (d) =>
      `edition.yaml の${subject(d)}に「${expected(d)}: 意味」と足してください。書いていない印は、個票の下の説明に出ません。`,
  },
  'meaning-repeated': {
    message: (d) => `${subject(d)}で、${expected(d)} と ${d.nearest ?? ''} の意味がどちらも${actual(d)}です。`,
    hint: () => '読む人が印を区別できるように、違う言葉で書いてください。',
  },
  'licence-missing': {
    message: () =>
      'データの利用条件(ライセンス)が書かれていません。書き出すデータと PDF に、どう使ってよいかが示されません。',
    hint: (d) =>
      `公開の条件が決まっていれば、${d.file.slice(d.file.lastIndexOf('/') + 1)} に「ライセンス: CC BY 4.0」のように書いてください。`,
  },
  'list-too-long': {
    message: (d) =>
      `${subject(d)}に${d.actual === undefined ? '書かれたものが多すぎます' : ` ${d.actual} 件書かれています`}。書けるのは ${expected(d)} 件までです。`,
    hint: () => '同じものが何度も入っていないか確かめ、余分なものを消してください。',
  },
  'reprint-has-own': {
    message: (d) => `再掲の取組には${actual(d)}を書けません。`,
    hint: () => '再掲先の内容がそのまま使われます。このキーを消すか、「再掲」の行を消して独立した取組にしてください。',
  },

  'number-differs-from-file': {
    message: (d) => `番号${actual(d)}がファイル名${quoted(d.expected)}と違います。`,
    hint: () => '番号とファイル名のどちらかを直し、同じにしてください。',
  },
  'unknown-category': {
    message: (d) => `番号${actual(d)}の大項目が structure.yaml にありません。`,
    hint: (d) => `大項目は ${expected(d)} です。番号を直すか、structure.yaml に大項目を足してください。`,
  },
  'unknown-group': {
    message: (d) => `番号${actual(d)}の中項目が structure.yaml にありません。`,
    hint: (d) => `中項目は ${expected(d)} です。番号を直すか、structure.yaml に中項目を足してください。`,
  },
  'number-too-large': {
    message: (d) => `番号${actual(d)}の最後の数が大きすぎます(${expected(d)} まで)。`,
    hint: () => '日付などを番号にしていないか確かめ、ファイル名と番号を、前の取組の次の番号に直してください。',
  },
  'missing-number': {
    message: (d) =>
      `番号「${expected(d)}${d.nearest ? `〜${d.nearest}` : ''}」の取組がありません。番号が飛んでいます。`,
    hint: (d) =>
      `measures/${d.expected ?? ''}.yaml ${d.nearest ? 'から順に作る' : 'を作る'}か、後の番号を詰めてください(npx shisakushu renumber が詰めます)。`,
  },
  'empty-group': {
    message: (d) => `中項目${actual(d)}に取組が1つもありません。`,
    hint: (d) => `measures/${d.expected ?? ''}.yaml を作るか、structure.yaml からこの中項目を消してください。`,
  },
  'wrong-numbering': {
    message: (d) => `番号${actual(d)}は順番どおりではありません。ここは${quoted(d.expected)}です。`,
    hint: () => '大項目は 1、2、3…、中項目は 1-1、1-2…の順に、抜けなく番号を付けてください。',
  },
  'unknown-year': {
    message: (d) => `${given(d, '', 'キー')}は、この版の年度ではありません。`,
    hint: (d) => orNearest(d, `この版の年度は ${expected(d)} です(edition.yaml)。`),
  },
  'missing-year': {
    message: (d) => `スケジュールに年度${subject(d)}がありません。`,
    hint: (d) => `「${d.subject ?? ''}:」を足してください。4欄とも空欄なら「${d.subject ?? ''}: {}」と書きます。`,
  },
  'unknown-plan': {
    message: (d) => `${given(d, '関連計画')}は、この版にありません。`,
    hint: (d) =>
      expected(d) === ''
        ? 'この版に関連計画はありません(edition.yaml の関連計画が [] です)。取組からこの名前を消すか、edition.yaml に足してください。'
        : orNearest(d, `この版の関連計画は ${expected(d)} です(edition.yaml)。`),
  },
  'unknown-department': {
    message: (d) => `${given(d, '局・部')}は organization.yaml にありません。`,
    hint: (d) =>
      orNearest(
        d,
        '名前を直すか、新しい局・部なら organization.yaml に足してください。局と部の間は半角の空白1つです。',
      ),
  },
  'unknown-section': {
    message: (d) => `${given(d, '課')}は organization.yaml にありません。`,
    hint: (d) => orNearest(d, '名前を直すか、新しい課なら organization.yaml に足してください。'),
  },
  'section-elsewhere': {
    message: (d) => `課${actual(d)}は、担当局・部${quoted(d.expected)}の課ではありません。`,
    hint: (d) => `organization.yaml では${quoted(d.nearest)}の課です。どちらかを直してください。`,
  },
  'name-not-given': {
    message: (d) =>
      d.subject === '中項目' || d.subject === '大項目'
        ? `${d.subject}${actual(d)}は structure.yaml にありませんが、番号がこれで始まる取組があります(${expected(d)})。`
        : `${d.subject ?? ''}${actual(d)}はここにありませんが、取組が使っています(${expected(d)})。`,
    hint: (d) =>
      d.subject === '中項目' || d.subject === '大項目'
        ? `structure.yaml にこの${d.subject}を足すか、これらの取組の番号を直してください。`
        : d.nearest === undefined
          ? `名前を変えたり消したりしたのなら、これらの取組の名前も直してください。そうでなければ、ここに${actual(d)}を足してください。`
          : `${quoted(d.nearest)}に名前を変えたのなら、これらの取組の名前も${quoted(d.nearest)}に直してください。そうでなければ、ここを${actual(d)}に戻すか、${actual(d)}を足してください。`,
  },
  'years-differ': {
    message: (d) =>
      `年度が取組のスケジュールと違います(${d.subject ?? ''})。${[
        d.actual ? `ここにない年度: ${d.actual}。` : '',
        d.expected ? `取組にない年度: ${d.expected}。` : '',
      ].join('')}`,
    hint: ({ actual, expected }) =>
      actual && expected && !`${actual}${expected}`.includes('、')
        ? `次の年度に進めるなら、ここを元に戻して npx shisakushu new-edition ${expected} を実行してください(取組もすべて進みます)。そうでなければ、どちらかの年度を直してください。`
        : '年度を変えたのなら、これらの取組のスケジュールの年度も直してください。そうでなければ、ここを戻してください。',
  },
  'mention-unknown': {
    message: (d) => `文の中の番号${actual(d)}の取組がありません。`,
    hint: () => '取組の番号なら、今の番号に直してください。取組の番号でなければ、このままで構いません。',
  },
  'reprint-unknown': {
    message: (d) => `再掲先${actual(d)}の取組がありません。`,
    hint: () => '再掲先の番号を確かめてください。',
  },
  'reprint-itself': {
    message: (d) => `取組${actual(d)}が自分自身の再掲になっています。`,
    hint: () => '再掲先の番号を直すか、「再掲」の行を消してください。',
  },
  'reprint-of-reprint': {
    message: (d) => `再掲先${actual(d)}も再掲です。`,
    hint: (d) => `元の取組${quoted(d.expected)}を再掲先にしてください。`,
  },
  'reprint-kind-differs': {
    message: (d) => `区分${actual(d)}が、再掲先${subject(d)}の区分${quoted(d.expected)}と違います。`,
    hint: () => '再掲の区分は再掲先と同じにしてください。',
  },
  'unknown-part': {
    message: (d) => `構成に${given(d, '', '値')}は書けません。`,
    hint: (d) => orNearest(d, `書けるのは ${expected(d)} と、別冊「{ 別冊: annexes/ファイル名.pdf, 題名: … }」です。`),
  },
  'widths-do-not-fit': {
    message: (d) =>
      d.nearest === undefined
        ? `列幅が紙の幅に合いません。${subject(d)}は残りの幅になりますが、${expected(d)} のところ ${d.actual ?? ''} mm しか残りません。`
        : `列幅の合計が紙の幅になりません。${subject(d)}は ${expected(d)} mm ですが、ほかの欄が残すのは ${d.nearest} mm です。`,
    hint: (d) =>
      d.nearest === undefined
        ? `ほかの欄を合わせて ${d.count ?? 0} mm 以上狭くするか、npx shisakushu column-widths --write で、収まる幅にしてください。`
        : `${d.nearest} と書くか、この欄を消してください(残りの幅になります)。`,
  },
  'annex-missing': {
    message: (d) => `別冊のファイル${actual(d)}がありません。`,
    hint: () => '内容のフォルダの annexes/ に PDF を置き、「annexes/ファイル名.pdf」の形で書いてください。',
  },
  'placeholder-title': {
    message: (d) => `${d.subject ?? '取組'}の名前が、仮の${actual(d)}のままです。`,
    hint: (d) =>
      d.subject === undefined
        ? '取組の名前を書いてください。'
        : `1つの${d.subject}なら、npx shisakushu rename ${d.actual} 新しい名前 で、すべての取組で直せます。いくつもあるなら、organization.yaml と取組に書き分けてください。`,
  },
  'history-missing': {
    message: () => '構成に改定履歴がありますが、載せる改定履歴が書かれていません。',
    hint: () =>
      'edition.yaml に「改定履歴:」と書き、次の行から「  - { 年月: 令和8年3月, 内容: … }」を古い順に並べるか、構成から改定履歴を消してください。',
  },
  'history-not-printed': {
    message: () => '改定履歴が書かれていますが、構成に改定履歴がないため、印刷されません。',
    hint: () => '印刷するには、構成の一覧に改定履歴を足してください。',
  },
  'history-order': {
    message: (d) => `改定履歴の${actual(d)}が、その前に書かれた${quoted(d.expected)}より前の年月です。`,
    hint: () => '改定履歴は古い順に書いてください。',
  },
  'history-behind': {
    message: (d) => `改定履歴でいちばん新しい${actual(d)}が、この版の改定${quoted(d.expected)}と違います。`,
    hint: () => 'この版の改定を改定履歴の最後に書くか、改定を確かめてください。',
  },

  ...annexMessages,

  'halfwidth-katakana': {
    message: (d) => `半角カタカナ${actual(d)}があります。`,
    hint: (d) => `全角の${quoted(d.expected)}に変えてください。`,
  },
  'foreign-letter': {
    message: (d) => `${d.expected ?? ''}の文字 ${d.actual ?? ''} が、日本語や英字の語の中に混じっています。`,
    hint: () => '形の似た別の文字です(変換や読み取りの誤り)。正しい文字に打ち直してください。',
  },
  'ideographic-zero': {
    message: () => '漢数字の「〇」(U+3007)が丸印の代わりに使われています。',
    hint: () => '丸印は「○」(U+25CB、「まる」で変換)に変えてください。',
  },
  'hyphen-for-dash': {
    message: (d) => `「なし」を表す横線が${actual(d)}(${codePoint(d.actual)})になっています。`,
    hint: () => '「—」(U+2014、「ダッシュ」で変換)に変えてください。',
  },
  'not-nfc': {
    message: (d) =>
      `${actual(d)}が、${[...(d.actual ?? '')].length > 1 ? '分解された' : '互換用の'}文字(${[...(d.actual ?? '')].map(codePoint).join(' ')})で書かれています。`,
    hint: (d) =>
      `${quoted(d.expected)}(${[...expected(d)].map(codePoint).join(' ')})と打ち直してください(macOS のファイル名や PDF から写したときに起こります)。`,
  },
  'control-character': {
    message: (d) => `目に見えない制御文字 ${d.actual ?? ''} があります。`,
    hint: () => 'その前後の文字を含めて消し、打ち直してください。',
  },
  'invisible-character': {
    message: (d) =>
      d.count === undefined
        ? `目に見えない文字 ${d.actual ?? ''} があります。`
        : `目に見えない文字が ${d.count} 個あります(${d.actual ?? ''})。ここは最初のものです。`,
    hint: () => 'その前後の文字を含めて消し、打ち直してください(ウェブや表計算から写したときに入ります)。',
  },
  'missing-glyph': {
    message: (d) =>
      `${visible(d.actual) ? `${actual(d)}(${codePoint(d.actual)})` : `文字 ${codePoint(d.actual)} `}は、PDF の書体にない文字です。`,
    hint: (d) =>
      d.expected !== undefined
        ? `${quoted(d.expected)}(${[...d.expected].map(codePoint).join(' ')})に変えてください。見た目の似た別の文字です(PDF から写したときなどに入ります)。`
        : /\p{Cs}/u.test(d.actual ?? '')
          ? '「\\u」の後の4桁が、2つで1つの文字になる符号の片方だけです。その文字を、そのまま打ってください。'
          : '書体にある文字で書き換えてください(絵文字、外字、まれな異体字は使えません)。',
  },

  more: {
    message: (d) => `ほか ${d.count ?? 0} 件、同じ種類([${d.subject ?? ''}])がこのファイルにあります。`,
    hint: () => 'ここまでを直してから、もう一度検査してください。',
  },

  'text-too-wide': {
    message: (d) => `${subject(d)}が欄の幅に収まりません(必要 ${d.actual ?? ''}、欄 ${expected(d)})。`,
    hint: () => '切れ目のない長い語や数字を短くするか、改行を入れてください。',
  },
  'text-too-tall': {
    message: (d) => `${subject(d)}が長すぎて1ページの高さに収まりません(必要 ${d.actual ?? ''}、上限 ${expected(d)})。`,
    hint: () => '文を短くするか、別の欄に分けてください。',
  },
  'width-too-narrow': {
    message: (d) =>
      `列幅の${subject(d)}(${expected(d)} mm)に収まらない額が ${d.count ?? 1} 件あります(いちばん長いのは${quoted(d.nearest)})。`,
    hint: (d) => `${subject(d)}を ${d.actual ?? ''} mm 以上にしてください。`,
  },
};

/** Every code has a sentence and what to do next; where a command does that, it is named. */
export const messages = Object.fromEntries(
  Object.entries(ofCodes).map(([code, { message, hint }]) => [
    code,
    { message, hint: (d) => (d.fix === undefined ? hint(d) : withFix(hint(d))) },
  ]),
) as Record<Code, Sentences>;

const withFix = (hint: string) =>
  `${hint}${hint.endsWith('。') ? '' : '。'}\`npx shisakushu check --fix\` で直せます。`;

const visible = (character: string | undefined) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(character ?? '');

function codePoint(character: string | undefined): string {
  const code = character?.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

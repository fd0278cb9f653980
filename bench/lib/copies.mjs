import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { exchange, letterClasses, otherAmount } from './letters.mjs';

/** What is no text: numbers, choices, names that must be known. 担当課 of 一覧表 is a text. */
const names = new Set(['区分', '担当局・部', '担当課', '関連計画', '項目']);

/** Where a YAML file holds what a copy has of its own: [from, to, kind] in the order of the file. */
function places(text) {
  const found = [];
  const walk = (node, key, within) => {
    if (isMap(node)) for (const pair of node.items) walk(pair.value, pair.key.value, key);
    else if (isSeq(node)) for (const item of node.items) walk(item, key, within);
    else if (isScalar(node)) {
      const kind =
        key === '番号' || key === '再掲'
          ? 'number'
          : key === '予算額' || key === '額'
            ? 'amount'
            : names.has(key) && within !== '一覧表'
              ? undefined
              : 'text';
      if (kind !== undefined) found.push([node.range[0], node.range[1], kind]);
    }
  };
  walk(parseDocument(text).contents);
  return found;
}

/** A function that gives the text of a copy, by what its own numbers, amounts and texts are made. */
function copier(text) {
  const own = places(text);
  return (change) => {
    let written = '';
    let end = 0;
    for (const [from, to, kind] of own) {
      written += text.slice(end, from) + change[kind](text.slice(from, to));
      end = to;
    }
    return written + text.slice(end);
  };
}

/**
 * Writes to `folder` the edition of `content` `times` over: its 大項目 1–5 again as 6–10, and so on. Every copy has texts
 * and amounts of its own, in which lines break as in the first, so that nothing is laid out or packed because it was before.
 */
export function writeCopies(content, folder, times, fonts) {
  cpSync(content, folder, { recursive: true });
  const read = (name) => readFileSync(join(content, name), 'utf8');
  const structure = read('structure.yaml');
  const [head, ...categories] = structure.split(/^(?= {2}- 番号:)/m);
  const measures = readdirSync(join(content, 'measures')).map((name) => read(join('measures', name)));
  const classes = letterClasses([structure, ...measures].join(''), fonts);
  const copiers = measures.map(copier);
  const copyStructure = copier(structure);
  let whole = structure;
  for (let copy = 1; copy < times; copy += 1) {
    const change = {
      number: (number) => number.replace(/\d+/, (first) => Number(first) + copy * categories.length),
      amount: (amount) => otherAmount(amount, copy),
      text: exchange(classes, copy),
    };
    whole += copyStructure(change).slice(head.length);
    for (const copied of copiers) {
      const text = copied(change);
      const [, id] = /^番号: (\S+)/m.exec(text);
      writeFileSync(join(folder, 'measures', `${id}.yaml`), text);
    }
  }
  writeFileSync(join(folder, 'structure.yaml'), whole);
}

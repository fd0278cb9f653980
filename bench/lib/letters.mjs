import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'fontkit';

/** Letters between any two of which a line may break, by the groups in which they are exchanged. */
const scripts = [
  /(?![々〻〇])\p{sc=Han}/u,
  /(?![ぁぃぅぇぉっゃゅょゎゕゖ])\p{sc=Hira}/u,
  /(?![ァィゥェォッャュョヮヵヶ])\p{sc=Kana}/u,
  /[2-9]/,
];
/** Digits of a number, and no part of a name such as R5 or 1-1-2. */
const digits = /(?<![\w.-])\d+(?![\w.-])/g;
/** Figures of one width. */
const wideDigits = '023456789';

/** The letters of `texts` that look as wide as each other in every font of `folder`, in lists. */
export function letterClasses(texts, folder) {
  const fonts = readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .map((name) => create(readFileSync(join(folder, name))));
  const classes = new Map();
  for (const letter of [...new Set(texts)].sort()) {
    const script = scripts.findIndex((one) => one.test(letter));
    if (script === -1) continue;
    const widths = fonts.map((font) => font.glyphForCodePoint(letter.codePointAt(0)).advanceWidth);
    const key = [script, ...widths].join();
    classes.set(key, [...(classes.get(key) ?? []), letter]);
  }
  return [...classes.values()];
}

const bytesOf = (seed) => createHash('sha256').update(seed).digest();

/** A text with every letter another one of its class, always the same for the same `seed`: lines break where they did. */
export function exchange(classes, seed) {
  const others = new Map();
  for (const letters of classes) {
    // One circle through all of them (Sattolo): none stays what it is.
    const circle = [...letters];
    for (let last = circle.length - 1; last > 0; last -= 1) {
      const other = bytesOf(`${seed} ${letters[0]} ${last}`).readUInt32BE() % last;
      [circle[last], circle[other]] = [circle[other], circle[last]];
    }
    for (const [index, letter] of letters.entries()) others.set(letter, circle[index]);
  }
  const exchanged = (text) => [...text].map((letter) => others.get(letter) ?? letter).join('');
  return (text) =>
    text
      .split(/(\d+)/)
      .map((piece, index) => (index % 2 === 0 ? exchanged(piece) : piece))
      .join('')
      .replace(digits, exchanged);
}

/** Another amount as wide as this one, always the same for the same `seed`; 0 and the figure 1 stay. */
export function otherAmount(amount, seed) {
  const bytes = bytesOf(`${seed} ${amount}`);
  if (amount === '0') return amount;
  return [...amount]
    .map((digit, index) => {
      const choice = index === 0 ? wideDigits.slice(1) : wideDigits;
      return choice.includes(digit)
        ? choice[(choice.indexOf(digit) + 1 + (bytes[index] % (choice.length - 1))) % choice.length]
        : digit;
    })
    .join('');
}

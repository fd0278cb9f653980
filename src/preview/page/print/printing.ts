import type { PageInfo } from '../../messages.ts';
import { element } from '../element.ts';
import { outlinesOf } from '../sheet/outlines.ts';
import type { PagesView } from '../sheet/pages-view.ts';
import type { Typst } from '../sheet/typst.ts';
import { printForm } from './print-form.ts';

/**
 * Prints the chosen pages, each on a sheet of its own size, as outlines: whoever asks the browser to print, it lays out what
 * stands here when `beforeprint` has been answered, so all of that happens at once.
 */
export function showPrinting(root: HTMLElement, pages: PagesView, load: () => Promise<Typst>): void {
  let typst: Typst | undefined;
  load().then(
    (loaded) => {
      typst = loaded;
    },
    () => {},
  );
  /** By key; only while a printing is being prepared or under way. */
  const vectors = new Map<string, Uint8Array>();
  const sheets = element('div', { id: 'sheets' });
  const styles = new CSSStyleSheet();
  document.body.append(sheets);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];
  const form = printForm(
    root,
    {
      count: () => pages.count,
      inSight: () => pages.inSight,
      selected: () => pages.found && { number: pages.found.number, pages: pages.numbersOf(pages.found.number) },
    },
    async () => {
      typst ??= await load();
      // A page that cannot be had now is asked for once more when it is printed.
      await Promise.all(chosen().map(({ key }) => ask(key).catch(() => {})));
      form.root.hidePopover();
      print();
    },
  );
  const chosen = (): PageInfo[] => {
    const { infos } = pages;
    const numbers = form.chosen().length > 0 ? form.chosen() : infos.map(({ number }) => number);
    return infos.filter(({ number }) => numbers.includes(number));
  };
  async function ask(key: string): Promise<void> {
    const response = await fetch(addressOf(key));
    if (response.status === 200) vectors.set(key, new Uint8Array(await response.arrayBuffer()));
  }

  addEventListener('beforeprint', () => {
    if (!pages.isShown) return;
    if (!typst || pages.count === 0) {
      sheets.append(element('p', {}, '紙面を用意しています。紙面が出てから、もう一度印刷してください。'));
      return;
    }
    const known = new Set<string>();
    const sizes = new Map<string, string>();
    for (const { key, width, height, number } of chosen()) {
      const vector = vectors.get(key) ?? askNow(key);
      if (!vector) continue;
      const size = `${width}pt ${height}pt`;
      const name = sizes.get(size) ?? `sheet-${sizes.size + 1}`;
      sizes.set(size, name);
      const picture = outlinesOf(typst.outlines(vector), width, height, known);
      sheets.append(element('div', { class: name, 'data-number': String(number) }, picture));
    }
    styles.replaceSync([...sizes].map(([size, name]) => rulesOf(name, size)).join('\n'));
  });
  addEventListener('afterprint', () => {
    sheets.replaceChildren();
    vectors.clear();
  });
}

const addressOf = (key: string) => `/pages/${key}.vector`;

/** A hair lower than the sheet, so that rounding never makes another one. */
function rulesOf(name: string, size: string): string {
  const [width, height] = size.split(' ');
  return `@page ${name} { size: ${size}; margin: 0 }
@media print { .${name} { page: ${name}; width: ${width}; height: calc(${height} - 1px) } .${name} > svg { width: ${width}; height: ${height} } }`;
}

/** Without waiting, as printing does not. */
function askNow(key: string): Uint8Array | undefined {
  const request = new XMLHttpRequest();
  request.open('GET', addressOf(key), false);
  request.overrideMimeType('text/plain; charset=x-user-defined'); // a byte a character
  try {
    request.send();
  } catch {
    return undefined; // the server is away
  }
  if (request.status !== 200) return undefined;
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
}

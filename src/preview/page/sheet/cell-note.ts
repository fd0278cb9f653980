import { visible, visibleLines } from '../../../model/visible.ts';
import { changeWords, markedWords, severityWords } from '../../../model/words.ts';
import type { CellDifference, Run } from '../../difference-data.ts';
import type { DiagnosticView } from '../../messages.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import { cellOf } from './cell-layer.ts';
import type { CellMarks, Marked } from './cell-marks.ts';

/** px between a cell and what is told of it */
const gap = 6;

interface NoteMeans {
  /** Holds the cells. */
  root: HTMLElement;
  note: HTMLElement;
  marks: CellMarks;
  comparison: Comparison;
  /** Opens the cell's field in the editor. */
  open: (cell: HTMLElement) => void;
}

/** What is told beside a cell: its mistakes while it is pointed at or has the focus; before and after when asked for. */
export class CellNote {
  readonly #means: NoteMeans;
  readonly #body = element('div', { class: 'body' });
  readonly #buttons: HTMLElement;
  #cell: HTMLElement | undefined;
  #pinned = false;

  constructor(means: NoteMeans) {
    this.#means = means;
    const { root, note, marks } = means;
    const button = (text: string, act: () => void) => {
      const made = element('button', { type: 'button' }, text);
      made.addEventListener('click', act);
      return made;
    };
    this.#buttons = element(
      'p',
      { class: 'buttons' },
      button('前の変更', () => this.step(-1)),
      button('次の変更', () => this.step(1)),
      button('エディタで開く', () => this.#cell && means.open(this.#cell)),
      button('閉じる', () => this.close()),
    );
    note.append(this.#body, this.#buttons);
    const point = (target: EventTarget | null) => {
      if (this.#pinned) return;
      const cell = (target instanceof Element && target.closest<HTMLElement>('.cell')) || undefined;
      if (cell && (marks.of(cell)?.diagnostics.length ?? 0) > 0) this.#show(cell, false);
      else if (!(target instanceof Node && note.contains(target))) this.#hide();
    };
    root.addEventListener('pointerover', ({ target, pointerType }) => pointerType !== 'touch' && point(target));
    root.addEventListener('pointerleave', ({ relatedTarget }) => point(relatedTarget));
    root.addEventListener('focusin', ({ target }) => point(target));
    root.addEventListener('scroll', () => (this.#pinned ? this.#place() : this.#hide()));
    addEventListener('resize', () => this.#place());
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || note.hidden) return;
        event.stopPropagation();
        event.preventDefault();
        this.close();
      },
      true,
    );
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.#pinned && target instanceof Element && !note.contains(target) && !target.closest('#changes'))
        this.#hide();
    });
    marks.onChange(() => this.#renew());
  }

  /** Shows before and after of a cell, until it is closed. */
  pin(cell: HTMLElement): void {
    this.#show(cell, true);
    this.#means.note.focus();
  }

  /** Goes to the next change (1) or the one before (-1); from the last to the first. */
  step(direction: 1 | -1): void {
    const { marks } = this.#means;
    const changed = marks.changed;
    if (changed.length === 0) return;
    const at = this.#cell ? changed.indexOf(this.#cell) : -1;
    const next = at < 0 ? this.#nearest(changed, direction) : (at + direction + changed.length) % changed.length;
    const cell = changed[next];
    if (!cell) return;
    cell.scrollIntoView({ block: 'center', inline: 'center' });
    const inside = this.#means.note.contains(document.activeElement);
    this.#show(cell, true);
    if (!inside && !document.activeElement?.closest('#changes')) this.#means.note.focus();
    requestAnimationFrame(() => this.#place());
  }

  close(): void {
    const cell = this.#cell;
    const hadFocus = this.#means.note.contains(document.activeElement);
    this.#hide();
    if (hadFocus) cell?.focus({ preventScroll: true });
  }

  /** From what is seen: the first change below the window's top, or the last one above it. */
  #nearest(changed: readonly HTMLElement[], direction: 1 | -1): number {
    const { top } = this.#means.root.getBoundingClientRect();
    const next = changed.findIndex((cell) => cell.getBoundingClientRect().top >= top);
    if (direction === 1) return Math.max(next, 0);
    return next < 0 ? changed.length - 1 : (next - 1 + changed.length) % changed.length;
  }

  #renew(): void {
    if (!this.#cell) return;
    const marked = this.#cell.isConnected ? this.#means.marks.of(this.#cell) : undefined;
    if (marked && (this.#pinned ? marked.change : marked.diagnostics.length > 0)) this.#show(this.#cell, this.#pinned);
    else this.close();
  }

  #show(cell: HTMLElement, pinned: boolean): void {
    const { note, marks, comparison } = this.#means;
    const marked = marks.of(cell);
    const field = cellOf(cell);
    if (!marked || !field) return;
    if (this.#cell !== cell) this.#cell?.classList.remove('noted');
    this.#cell = cell;
    this.#pinned = pinned;
    cell.classList.toggle('noted', pinned);
    this.#body.replaceChildren(...contentOf(marked, pinned, comparison.ref));
    this.#buttons.hidden = !pinned;
    note.setAttribute('role', pinned ? 'dialog' : 'tooltip');
    note.setAttribute('aria-label', pinned ? `${marked.change?.label ?? ''} の前と後` : 'この欄の誤り');
    note.hidden = false;
    this.#place();
  }

  #hide(): void {
    this.#cell?.classList.remove('noted');
    this.#cell = undefined;
    this.#pinned = false;
    this.#means.note.hidden = true;
  }

  /** Below the cell, or above it where there is more room; inside of the window. */
  #place(): void {
    const { note } = this.#means;
    if (!this.#cell || note.hidden) return;
    const cell = this.#cell.getBoundingClientRect();
    const { width, height } = note.getBoundingClientRect();
    const left = Math.max(gap, Math.min(cell.left, innerWidth - width - gap));
    const below = cell.bottom + gap + height <= innerHeight;
    const top = below ? cell.bottom + gap : Math.max(gap, cell.top - gap - height);
    note.style.setProperty('left', `${left}px`);
    note.style.setProperty('top', `${Math.min(top, innerHeight - height - gap)}px`);
  }
}

function contentOf({ diagnostics, change }: Marked, pinned: boolean, ref: string): Node[] {
  return [...diagnostics.flatMap(mistake), ...(pinned && change ? beforeAndAfter(change, ref) : [])];
}

const mistake = ({ severity, message, hint }: DiagnosticView): Node[] => [
  element('p', { class: severity }, element('strong', {}, severityWords[severity]), ` ${visible(message)}`),
  element('p', { class: 'hint' }, `→ ${visible(hint)}`),
];

function beforeAndAfter({ label, kind, before, after }: CellDifference, ref: string): Node[] {
  const side = (name: string, runs: readonly Run[]) => [
    element('dt', {}, name),
    element('dd', {}, ...(runs.length > 0 ? runs.map(marked) : [element('span', { class: 'note' }, '(空欄)')])),
  ];
  return [
    element('h2', {}, `${label} ${changeWords[kind]}`),
    element('dl', {}, ...side(`前(${visible(ref)})`, before), ...side('後(いまの内容)', after)),
  ];
}

/** As papers mark it: struck or underlined; and a word for those who listen. */
function marked({ kind, text }: Run): Node | string {
  const shown = visibleLines(text);
  if (kind === 'kept') return shown;
  const word = element('span', { class: 'unseen' }, `(${markedWords[kind]}: `);
  return element(kind === 'added' ? 'ins' : 'del', {}, word, shown, element('span', { class: 'unseen' }, ')'));
}

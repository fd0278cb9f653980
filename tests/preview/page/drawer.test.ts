import { expect, test } from 'vitest';
import { byId } from '../../../src/preview/page/element.ts';
import { sideDrawer } from '../../../src/preview/page/side/drawer.ts';
import { fire, inPage, one, press } from './page.ts';

/** The panel in a window that has room beside the pages, or has none. */
function drawer(narrow: boolean) {
  const listeners: (() => void)[] = [];
  const covers = {
    matches: narrow,
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
  };
  Object.assign(globalThis, { matchMedia: () => covers });
  byId('side').append(document.createElement('input'));
  const leave = sideDrawer(byId('side-switch'), byId('side'), byId('pages'));
  const button = one('#side-switch button');
  const state = () => [byId('side').hidden, button.getAttribute('aria-expanded')];
  const resize = (matches: boolean) => {
    covers.matches = matches;
    for (const listener of listeners) listener();
  };
  return { leave, button, state, resize };
}
const open = [false, 'true'];
const closed = [true, 'false'];

test('beside the pages it is open, as it was left, whatever is done on them', () =>
  inPage(() => {
    const { leave, button, state, resize } = drawer(false);
    expect(state()).toEqual(open);
    fire(byId('pages'), 'pointerdown');
    press(byId('side'), 'Escape');
    leave();
    expect(state()).toEqual(open);
    button.click();
    expect(state()).toEqual(closed);
    resize(true);
    resize(false);
    expect(state()).toEqual(closed);
    button.click();
    resize(true);
    expect(state()).toEqual(closed);
    resize(false);
    expect(state()).toEqual(open);
  }));

test('over the pages it is closed, and opened until something is chosen', () =>
  inPage(() => {
    const { leave, button, state } = drawer(true);
    expect(state()).toEqual(closed);
    button.click();
    expect([state(), document.activeElement?.tagName]).toEqual([open, 'INPUT']);
    leave();
    expect(state()).toEqual(closed);
    button.click();
    fire(byId('pages'), 'pointerdown');
    expect(state()).toEqual(closed);
    button.click();
    press(document.activeElement, 'Escape');
    expect([state(), document.activeElement === button]).toEqual([closed, true]);
  }));

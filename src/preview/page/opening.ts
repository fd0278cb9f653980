import { visible } from '../../model/visible.ts';
import type { OpenAnswer, OpenRequest } from '../messages.ts';
import { element } from './element.ts';
import type { Store } from './store.ts';

/** Asks the server to open the editor and shows in `root` what was opened, with a command to copy. */
export function opener(root: HTMLElement, store: Store): (request: OpenRequest) => Promise<void> {
  return async (request) => {
    const response = await fetch('/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-preview-token': store.state?.token ?? '' },
      body: JSON.stringify(request),
    }).catch(() => undefined);
    if (!response?.ok) {
      root.replaceChildren('エディタを開けませんでした。道具(shisakushu preview)が動いているかを確かめてください。');
      return;
    }
    const { place, command, failure } = (await response.json()) as OpenAnswer;
    root.replaceChildren(visible(failure ?? `エディタで開きました: ${place}`));
    if (command === undefined) return;
    const copy = element('button', { type: 'button' }, '命令を写す');
    copy.addEventListener('click', () => void navigator.clipboard.writeText(command));
    root.append(' ', element('code', {}, command), ' ', copy);
  };
}

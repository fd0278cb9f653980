import { element } from '../element.ts';

/** A labelled list to choose one value from. */
export interface Choice {
  root: HTMLElement;
  /** Puts [value, text] into the list; returns the value that is chosen then: the same as before if it is still there. */
  offer(options: readonly (readonly [value: string, text: string])[]): string;
  /** Chooses the first value, without telling. */
  clear(): void;
  /** "担当課: 広報課" */
  told(): string;
}

export function choice(id: string, label: string, tell: (value: string) => void): Choice {
  const select = element('select', { id });
  select.addEventListener('change', () => tell(select.value));
  let offered: string | undefined;
  return {
    root: element('p', { class: 'field' }, element('label', { for: id }, label), select),
    offer(options) {
      const next = JSON.stringify(options);
      if (next !== offered) {
        offered = next;
        const before = select.value;
        select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
        select.value = options.some(([value]) => value === before) ? before : '';
      }
      return select.value;
    },
    clear: () => {
      select.selectedIndex = 0;
    },
    told: () => `${label}: ${select.options[select.selectedIndex]?.textContent ?? ''}`,
  };
}

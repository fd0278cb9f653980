/** What the browser keeps for the next time, if it may. */
export function remembered(name: string): { get(): string | undefined; set(value: string): void } {
  return {
    get: () => {
      try {
        return localStorage.getItem(name) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set: (value) => {
      try {
        localStorage.setItem(name, value);
      } catch {
        // A browser that may keep nothing: only this window knows.
      }
    },
  };
}

import { afterEach } from 'vitest';

/** What a test of the file sets in process.env is undone behind it. */
export function keepEnvironment(): void {
  const before = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

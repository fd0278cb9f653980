/** A test that may set variables in process.env: behind it they are as before. */
export const ownEnvironment = (body: () => unknown) => async (): Promise<void> => {
  const before = { ...process.env };
  try {
    await body();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

import { PreviewServer } from './server.ts';
import { type Check, PreviewSession } from './session.ts';

/** Serves the preview of a content folder until the process is told to stop; throws PortTaken, and for defects of ours. */
export async function preview(
  folder: string,
  check: Check,
  port: number | undefined,
  tell: (address: string) => Promise<void>,
): Promise<void> {
  const session = new PreviewSession(folder, check);
  const server = new PreviewServer(session);
  const stop = () => session.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const address = await server.listen(port); // first: reading the content keeps the process busy
    await tell(address);
    await session.run();
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await server.close();
    await session.close();
  }
}

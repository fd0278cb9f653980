// The worker's side of Renderer: the compiler starts while the main thread still reads YAML.
import { parentPort, workerData } from 'node:worker_threads';
import { Compiler, type Typesetting } from './compiler.ts';

const port = parentPort;
if (!port) throw new Error('thread.ts runs as a worker only');
const { templates, fonts } = workerData as { templates: string; fonts: string };
const compiler = new Compiler(templates, fonts);

port.on('message', (typesetting: Typesetting) => {
  try {
    const document = compiler.render(typesetting);
    port.postMessage({ document });
  } catch (error) {
    port.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});

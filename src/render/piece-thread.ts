// The worker's side of PieceRenderer.
import { parentPort, workerData } from 'node:worker_threads';
import { PieceCompiler, type PieceRequest } from './pieces.ts';

const port = parentPort;
if (!port) throw new Error('piece-thread.ts runs as a worker only');
const { templates, fonts } = workerData as { templates: string; fonts: string };
const compiler = new PieceCompiler(templates, fonts);
// Fonts and templates are read while the main thread still reads YAML.
compiler.compile({
  wish: 'needs',
  data: { parts: ['個票'], years: ['1'], plans: [], indicatorLabels: ['1'] },
  figures: ['1'],
  measures: [],
});

port.on('message', (request: PieceRequest) => {
  try {
    const piece = compiler.compile(request);
    port.postMessage({ piece }, [piece.vector.buffer as ArrayBuffer]);
  } catch (error) {
    port.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});

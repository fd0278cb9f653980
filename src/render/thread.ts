// The worker's side of Renderer: the compiler starts while the main thread still reads YAML.
import { parentPort, workerData } from 'node:worker_threads';
import { Compiler, type Typesetting } from './compiler.ts';
import type { PieceRequest } from './pieces.ts';

export type Request = { document: Typesetting } | { piece: PieceRequest };

const port = parentPort;
if (!port) throw new Error('thread.ts runs as a worker only');
const { templates, fonts, pieces } = workerData as { templates: string; fonts: string; pieces: boolean };
const compiler = new Compiler(templates, fonts);
// Fonts and templates are read while the main thread still reads YAML.
if (pieces)
  compiler.piece({
    wish: 'needs',
    data: { parts: ['個票'], years: ['1'], plans: [], indicatorLabels: ['1'] },
    figures: ['1'],
    measures: [],
  });

port.on('message', (request: Request) => {
  try {
    if ('document' in request) port.postMessage({ answer: compiler.render(request.document) });
    else {
      const piece = compiler.piece(request.piece);
      port.postMessage({ answer: piece }, 'vector' in piece ? [piece.vector.buffer as ArrayBuffer] : []);
    }
  } catch (error) {
    port.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});

// The thread of Renderer: its Typst compiler starts while the main thread still reads YAML.
import { workerData } from 'node:worker_threads';
import { Compiler, type Typesetting } from '../render/compiler.ts';
import type { DrawRequest, HeightsRequest, MeasureRequest } from '../render/requests.ts';
import { serve } from '../render/serve.ts';

export type ThreadRequest =
  | { measure: MeasureRequest }
  | { heights: HeightsRequest }
  | { vector: DrawRequest }
  | { typeset: Typesetting };

const text = '';
/** A document without parts. */
const nothing: MeasureRequest = {
  wish: 'measure',
  book: {
    ...{ planName: text, planPeriod: text, title: text, established: text, revised: text, publisher: text },
    date: { year: 1970, month: 1, day: 1 },
  },
  ...{ parts: [], years: [], plans: [], signs: [], widths: null, indicatorLabels: [] },
  ...{ figures: [], measures: [], heading: false, labels: [], lines: [] },
};

const { templates, fonts } = workerData as { templates: string; fonts: string };
const compiler = new Compiler(templates, fonts);

// Fonts and templates are read while the main thread still reads YAML; what fails fails again for whoever asks.
try {
  compiler.measure(nothing);
} catch {}

serve((request: ThreadRequest) => {
  if ('measure' in request) return { answer: compiler.measure(request.measure) };
  if ('heights' in request) return { answer: compiler.heights(request.heights) };
  if ('vector' in request) {
    const answer = compiler.vector(request.vector);
    return { answer, transfer: [answer.form.buffer as ArrayBuffer] };
  }
  return { answer: compiler.pdf(request.typeset) };
});

/** What charts take of d3: scales with round ticks. */
export type Scales = Pick<typeof import('d3-scale'), 'scaleBand' | 'scaleLinear'>;

/** Each stands on those before it; as d3 builds them they put their functions into one global object. */
const parts = ['d3-array', 'd3-color', 'd3-interpolate', 'd3-format', 'd3-time', 'd3-time-format', 'd3-scale'];

/** Loads d3's scales, once, when a chart is first drawn. */
export function loadScales(load = (address: string): Promise<unknown> => import(address)): () => Promise<Scales> {
  let loading: Promise<Scales> | undefined;
  return () => {
    loading ??= (async () => {
      for (const part of parts) await load(`/charts/${part}.js`);
      return (globalThis as unknown as { d3: Scales }).d3;
    })();
    return loading;
  };
}

/** How large pages are: as wide as the window, whole in it, or percent of the paper's own size. */
export type Zoom = 'width' | 'page' | number;

export const steps: readonly number[] = [50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 350, 400];

/** CSS pixels a pt, at the paper's own size. */
export const realScale = 96 / 72;

export const smaller = (percent: number): number | undefined => steps.findLast((step) => step < Math.round(percent));
export const larger = (percent: number): number | undefined => steps.find((step) => step > Math.round(percent));

/** As it was kept; undefined for what is none. */
export function readZoom(text: string | undefined): Zoom | undefined {
  if (text === 'width' || text === 'page') return text;
  const percent = Number(text);
  return steps.includes(percent) ? percent : undefined;
}

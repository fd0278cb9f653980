import { getDocument, OPS, Util } from './pdfjs.ts';

const rounded = (value: number) => String(Number(value.toFixed(1)));

/**
 * All that each page draws, a line for each text, stroke and filling in the order of the file: where (pt from the lower
 * left corner), in which size, face, width and colour. Text of one run that goes on in the next is one.
 */
export async function drawnOf(pdf: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const lines: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [, , width = 0, height = 0] = page.view;
    lines.push(`page ${number} ${rounded(width)} ${rounded(height)}`);
    const { fnArray, argsArray } = await page.getOperatorList();
    let state = { matrix: [1, 0, 0, 1, 0, 0], fill: '#000000', stroke: '#000000', width: 1, dash: '' };
    const saved: (typeof state)[] = [];
    let [line, x, size, face] = [[1, 0, 0, 1, 0, 0], 0, 0, ''];
    const at = (matrix: number[], px: number, py: number) => [
      (matrix[0] ?? 1) * px + (matrix[2] ?? 0) * py + (matrix[4] ?? 0),
      (matrix[1] ?? 0) * px + (matrix[3] ?? 1) * py + (matrix[5] ?? 0),
    ];
    for (const [index, operator] of fnArray.entries()) {
      const args = argsArray[index];
      if (operator === OPS.save) saved.push({ ...state });
      else if (operator === OPS.restore) state = saved.pop() ?? state;
      else if (operator === OPS.transform) state.matrix = Util.transform(state.matrix, args);
      else if (operator === OPS.setFillRGBColor) state.fill = String(args[0]);
      else if (operator === OPS.setStrokeRGBColor) state.stroke = String(args[0]);
      else if (operator === OPS.setLineWidth) state.width = args[0];
      else if (operator === OPS.setDash) state.dash = args[0].length > 0 ? ` dash ${args[0]}` : '';
      else if (operator === OPS.setFont) {
        size = args[1];
        face = (page.commonObjs.get(args[0]) as { name: string }).name.includes('Bold') ? ' bold' : '';
      } else if (operator === OPS.beginText) [line, x] = [[1, 0, 0, 1, 0, 0], 0];
      else if (operator === OPS.setTextMatrix) [line, x] = [[...(args[0] ?? args)], 0];
      else if (operator === OPS.showText) {
        const whole = Util.transform(state.matrix, line);
        const [left = 0, base = 0] = at(whole, x, 0);
        let text = '';
        for (const glyph of args[0]) {
          if (typeof glyph === 'number') x -= (glyph / 1000) * size;
          else {
            text += glyph.unicode;
            x += (glyph.width / 1000) * size;
          }
        }
        const tall = rounded(size * Math.abs(whole[0] ?? 1));
        lines.push(`${rounded(left)} ${rounded(base)} ${tall}${face} ${state.fill} ${JSON.stringify(text)}`);
      } else if (operator === OPS.constructPath) {
        const [paint, , box] = args as [number, unknown, ArrayLike<number>];
        const [x0 = 0, y0 = 0] = at(state.matrix, box[0] ?? 0, box[1] ?? 0);
        const [x1 = 0, y1 = 0] = at(state.matrix, box[2] ?? 0, box[3] ?? 0);
        const place = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)].map(rounded).join(' ');
        if (paint === OPS.stroke)
          lines.push(
            `stroke ${place} ${rounded(state.width * Math.abs(state.matrix[0] ?? 1))}${state.dash} ${state.stroke}`,
          );
        else if (paint !== OPS.endPath) lines.push(`fill ${place} ${state.fill}`);
      }
    }
  }
  await task.destroy();
  return withoutLeaders(lines);
}

/** The dots that lead to a page number, a line for all of an entry. */
function withoutLeaders(lines: readonly string[]): string[] {
  const result: string[] = [];
  let [before, count] = ['', 0];
  for (const line of [...lines, '']) {
    const [, place, rest] = /^[\d.]+ ([\d.]+) (.* "\.")$/.exec(line) ?? [];
    const own = rest === undefined ? '' : `${place} ${rest}`;
    if (own !== '' && own === before) {
      count += 1;
      continue;
    }
    if (count > 1) result.push(`… ${count} of them`);
    [before, count] = [own, 1];
    if (line !== '') result.push(line);
  }
  return result;
}

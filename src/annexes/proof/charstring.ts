/** Routines that shapes call, as starts within the data; the last is the end. */
interface Routines {
  global: readonly number[];
  local: readonly number[];
}

const deepest = 10;

/** The width that a shape of Type 2 (Adobe Technical Note 5177) states before its first operator, if it does. */
export function widthIn(data: Buffer, [from, to]: readonly [number, number], routines: Routines): number | undefined {
  const stack: number[] = [];
  let width: number | undefined;
  /** True when the first operator that clears the stack was met. */
  const run = (start: number, end: number, depth: number): boolean => {
    for (let at = start; at < end; ) {
      const byte = data.readUInt8(at);
      if (byte >= 32 || byte === 28) {
        if (byte === 28) stack.push(data.readInt16BE(at + 1));
        else if (byte === 255) stack.push(data.readInt32BE(at + 1) / 65536);
        else if (byte <= 246) stack.push(byte - 139);
        else
          stack.push(
            byte <= 250
              ? (byte - 247) * 256 + data.readUInt8(at + 1) + 108
              : -(byte - 251) * 256 - data.readUInt8(at + 1) - 108,
          );
        at += byte === 28 ? 3 : byte === 255 ? 5 : byte <= 246 ? 1 : 2;
        continue;
      }
      at += 1;
      if (byte === 11) return false;
      if (byte === 10 || byte === 29) {
        const list = byte === 10 ? routines.local : routines.global;
        const count = list.length - 1;
        const place = (stack.pop() ?? 0) + (count < 1240 ? 107 : count < 33900 ? 1131 : 32768);
        const [first, last] = [list[place], list[place + 1]];
        if (first === undefined || last === undefined || depth >= deepest) return true;
        if (run(first, last, depth + 1)) return true;
        continue;
      }
      width = hasWidth(byte, stack.length) ? stack[0] : undefined;
      return true;
    }
    return false;
  };
  run(from, to, 0);
  return width;
}

/** Whether an operator has one operand more than it takes: the width. */
function hasWidth(operator: number, count: number): boolean {
  if ([1, 3, 18, 23, 19, 20].includes(operator)) return count % 2 === 1; // stems, masks
  if (operator === 21) return count > 2; // rmoveto
  if (operator === 4 || operator === 22) return count > 1; // vmoveto, hmoveto
  return operator === 14 && (count === 1 || count === 5); // endchar
}

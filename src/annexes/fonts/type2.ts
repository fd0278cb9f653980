/** What a charstring of type 2 (Adobe Technical Note 5177) tells of its glyph. */
export interface Reading2 {
  /** The width's difference from nominalWidthX; undefined: the default width. */
  width: number | undefined;
  /** Whether it draws anything. */
  draws: boolean;
  /** Whether it draws a curve. */
  curves: () => boolean;
  /** The charstring with the subroutines expanded that come before its first operator. */
  expanded: Buffer;
  /** Where the operand of the width is in it, or where one would stand. */
  from: number;
  to: number;
}
export interface Subroutines {
  global: readonly Buffer[];
  local: readonly Buffer[];
}

const biasOf = (subroutines: readonly Buffer[]) =>
  subroutines.length < 1240 ? 107 : subroutines.length < 33900 ? 1131 : 32768;
const deepest = 10;

/** A number at `at` and its length; undefined where an operator is. Throws RangeError at the end. */
export function numberAt(code: Buffer, at: number): [value: number, length: number] | undefined {
  const first = code.readUInt8(at);
  if (first === 28) return [code.readInt16BE(at + 1), 3];
  if (first < 32) return undefined;
  if (first < 247) return [first - 139, 1];
  if (first < 251) return [(first - 247) * 256 + code.readUInt8(at + 1) + 108, 2];
  if (first < 255) return [-(first - 251) * 256 - code.readUInt8(at + 1) - 108, 2];
  return [code.readInt32BE(at + 1) / 0x10000, 5];
}

/** A whole number as an operand. */
export function operandOf(value: number): Buffer {
  if (value >= -107 && value <= 107) return Buffer.of(value + 139);
  const operand = Buffer.of(28, 0, 0);
  operand.writeInt16BE(value, 1);
  return operand;
}

/** Throws RangeError where the charstring is cut off or calls what is not there. */
export function readType2(charstring: Buffer, subroutines: Subroutines): Reading2 {
  const expanded = withoutLeadingCalls(charstring, subroutines);
  let [from, to, at] = [0, 0, 0];
  let width: number | undefined;
  const stack: number[] = [];
  for (;;) {
    const number = numberAt(expanded, at);
    if (!number) break;
    stack.push(number[0]);
    at += number[1];
    if (stack.length === 1) to = at;
  }
  if (hasWidth(expanded.readUInt8(at), stack.length)) [width] = stack;
  else to = from;
  const draws = uses(charstring, subroutines, (operator) => isLine(operator) || isCurve(operator));
  return { width, draws, curves: () => uses(charstring, subroutines, isCurve), expanded, from, to };
}

/** By the first operator and the number of its operands. */
function hasWidth(operator: number, count: number): boolean {
  if ([1, 3, 18, 23, 19, 20].includes(operator)) return count % 2 === 1;
  if (operator === 4 || operator === 22) return count > 1;
  if (operator === 21) return count > 2;
  return operator === 14 && count !== 0 && count !== 4;
}

function withoutLeadingCalls(charstring: Buffer, { global, local }: Subroutines): Buffer {
  let code = charstring;
  for (let calls = 0; calls < deepest; calls += 1) {
    let [at, last] = [0, 0];
    let number = numberAt(code, at);
    let index: number | undefined;
    while (number) {
      [last, index] = [at, number[0]];
      at += number[1];
      number = numberAt(code, at);
    }
    const operator = code.readUInt8(at);
    if (operator !== 10 && operator !== 29) return code;
    const called = operator === 10 ? local : global;
    const body = called[(index ?? Number.NaN) + biasOf(called)];
    if (!body) throw new RangeError();
    const inner = body.at(-1) === 11 ? body.subarray(0, -1) : body;
    code = Buffer.concat([code.subarray(0, last), inner, code.subarray(at + 1)]);
  }
  throw new RangeError();
}

const isLine = (operator: number) => operator >= 5 && operator <= 7;
const isCurve = (operator: number) => operator === 8 || (operator >= 24 && operator <= 27) || operator >= 30;

/** Whether any operator is one of these, bends or puts another glyph there. */
function uses(charstring: Buffer, { global, local }: Subroutines, isOne: (operator: number) => boolean): boolean {
  let [hints, count, steps] = [0, 0, 0];
  let top = 0;
  /** undefined: it goes on; else whether it drew before it ended. */
  const run = (code: Buffer, depth: number): boolean | undefined => {
    for (let at = 0; at < code.length; ) {
      const number = numberAt(code, at);
      steps += 1;
      if (steps > 100_000) throw new RangeError();
      if (number) {
        [top, count] = [number[0], count + 1];
        at += number[1];
        continue;
      }
      const operator = code.readUInt8(at);
      at += 1;
      if (operator === 14) return count >= 4;
      if (operator === 11) return undefined;
      if (operator === 10 || operator === 29) {
        const called = operator === 10 ? local : global;
        const body = called[top + biasOf(called)];
        count -= 1;
        if (!body || depth > deepest) throw new RangeError();
        const result = run(body, depth + 1);
        if (result !== undefined) return result;
        continue;
      }
      if (isOne(operator)) return true;
      if (operator === 12) {
        const second = code.readUInt8(at);
        at += 1;
        if (second >= 34 && second <= 37) return true;
        continue; // arithmetic: its results are operands
      }
      if ([1, 3, 18, 23, 19, 20].includes(operator)) hints += count >> 1;
      if (operator === 19 || operator === 20) at += (hints + 7) >> 3;
      count = 0;
    }
    return undefined;
  };
  return run(charstring, 0) ?? false;
}

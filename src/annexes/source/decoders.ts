import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { DamagedAnnex, LargeAnnex } from '../problem.ts';

/** Bytes that what is no picture may have without its filters: more is a bomb. */
export const largestData = 128 * 1024 * 1024;

export const unreadable = '圧縮されたデータを元に戻せません';

export const tooLarge = (what = '1つのデータ', most = largestData) => {
  const limit = `${most / 1024 / 1024} MB`;
  return new LargeAnnex(`${what}が ${limit} を超えます`, limit);
};

/** No data at all, an end that is missing, and a check sum that is wrong, are borne with, as readers do. */
export function ofFlate(data: Uint8Array): { data: Uint8Array; isRight: boolean } {
  if (data.length <= 2 && data.every((byte) => byte === 0x0a || byte === 0x0d))
    return { data: new Uint8Array(), isRight: false };
  const limit = { maxOutputLength: largestData };
  const openEnd = { ...limit, finishFlush: constants.Z_SYNC_FLUSH };
  const attempts = [() => inflateSync(data, limit), () => inflateSync(data, openEnd)];
  const [first = 0, second = 0] = data;
  // Behind its head, without the check sum (RFC 1950, 2.2).
  if ((first & 15) === 8 && (first * 256 + second) % 31 === 0)
    attempts.push(() => inflateRawSync(data.subarray(2), openEnd));
  for (const [index, attempt] of attempts.entries())
    try {
      const result = attempt();
      if (index === 0 || result.length > 0) return { data: result, isRight: index === 0 };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    }
  throw new DamagedAnnex(unreadable);
}

/** Bytes that grow, up to the limit. */
class Output {
  #bytes = new Uint8Array(4096);
  length = 0;

  /** Room for `count` more, which are counted as written. */
  grow(count: number): Uint8Array {
    this.length += count;
    if (this.length > largestData) throw tooLarge();
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  add(byte: number): void {
    this.grow(1)[this.length - 1] = byte;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Four bytes of five signs (ISO 32000-1, 7.4.3); other signs are passed over, and an end may be missing. */
export function ofAscii85(data: Uint8Array): Uint8Array {
  const output = new Output();
  let [number, count] = [0, 0];
  const write = (bytes: number) => {
    for (let at = 3; at > 3 - bytes; at -= 1) output.add(Math.floor(number / 256 ** at) % 256);
    [number, count] = [0, 0];
  };
  // Some begin with <~ as outside of PDF.
  const from = data[0] === 0x3c && data[1] === 0x7e ? 2 : 0;
  for (const byte of data.subarray(from)) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) write(4);
    else if (byte >= 0x21 && byte <= 0x75) {
      number = number * 85 + (byte - 0x21);
      count += 1;
      if (count === 5) write(4);
    }
  }
  if (count > 1) {
    const bytes = count - 1;
    for (; count < 5; count += 1) number = number * 85 + 84;
    write(bytes);
  }
  return output.bytes;
}

export function ofHexadecimal(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0x3e);
  const text = Buffer.from(end < 0 ? data : data.subarray(0, end)).toString('latin1');
  const digits = text.replaceAll(/[^0-9A-Fa-f]/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

export function ofRunLength(data: Uint8Array): Uint8Array {
  const output = new Output();
  for (let at = 0; at + 1 < data.length; ) {
    const length = data[at] as number;
    if (length === 128) break;
    const count = length < 128 ? Math.min(length + 1, data.length - at - 1) : 257 - length;
    const bytes = output.grow(count);
    if (length < 128) bytes.set(data.subarray(at + 1, at + 1 + count), output.length - count);
    else bytes.fill(data[at + 1] as number, output.length - count, output.length);
    at += length < 128 ? count + 1 : 2;
  }
  return output.bytes;
}

/** Codes of 9 to 12 bits (7.4.4.2); what follows a code that is not known yet is left out. */
export function ofLzw(data: Uint8Array, early: number): Uint8Array {
  const output = new Output();
  /** Where the text of each code stands in the output. */
  const starts = new Uint32Array(4096);
  const lengths = new Uint16Array(4096);
  let [next, width, bits, held] = [258, 9, 0, 0];
  let previous: { start: number; length: number } | undefined;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      [next, width, previous] = [258, 9, undefined];
      continue;
    }
    const start = output.length;
    if (code < 256) output.add(code);
    else {
      const isNew = code >= next;
      if (isNew && (!previous || code > next)) break;
      const from = isNew ? (previous?.start ?? 0) : (starts[code] as number);
      const length = isNew ? (previous?.length ?? 0) + 1 : (lengths[code] as number);
      const bytes = output.grow(length);
      // One by one: what is copied may reach into what is written.
      for (let at = 0; at < length; at += 1) bytes[start + at] = bytes[from + at] as number;
    }
    if (previous && next < 4096) {
      starts[next] = previous.start;
      lengths[next] = previous.length + 1;
      next += 1;
    }
    if (next + early >= 1 << width && width < 12) width += 1;
    previous = { start, length: output.length - start };
  }
  return output.bytes;
}

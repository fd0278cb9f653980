/** Bytes of a text as Excel on a Japanese system saves CSV. Throws for what has none there. */
export function cp932(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((sign) => bytesOf(sign)));
}

let known: Map<string, number[]> | undefined;

function bytesOf(sign: string): number[] {
  if (sign.charCodeAt(0) < 0x80) return [sign.charCodeAt(0)];
  known ??= table();
  // What Excel writes for a dash is read as another one.
  const found = known.get(sign) ?? (sign === '—' ? [0x81, 0x5c] : undefined);
  if (!found) throw new Error(`no ${sign} in cp932`);
  return found;
}

function table(): Map<string, number[]> {
  const decoder = new TextDecoder('shift_jis');
  const signs = new Map<string, number[]>();
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) signs.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const sign = decoder.decode(Uint8Array.of(lead, trail));
      if (sign.length === 1 && sign !== '\ufffd' && !signs.has(sign)) signs.set(sign, [lead, trail]);
    }
  }
  return signs;
}

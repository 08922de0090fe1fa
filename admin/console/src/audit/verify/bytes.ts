// Bytes, their texts and their hashes. What is malformed gives null: nothing from a bundle may throw.
export type Bytes = Uint8Array<ArrayBuffer>;

const strict = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const encoder = new TextEncoder();

export const utf8 = (text: string) => encoder.encode(text) as Bytes;

export function textOf(bytes: Bytes): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

export const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function fromHex(text: unknown): Bytes | null {
  if (typeof text !== 'string' || !/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
}

export const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Of its one spelling alone: no blanks, no missing padding, no stray bits. */
export function fromBase64(text: unknown): Bytes | null {
  if (typeof text !== 'string' || text.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return base64(bytes) === text ? bytes : null;
}

export function joined(...parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', parts.length === 1 ? parts[0] as Bytes : joined(...parts)));

export const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/** A whole number as protocols write it: digits alone, in their one spelling. */
export function fromDecimal(text: string): number | null {
  const number = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

// P-256 signatures of people, checked by the browser: r‖s or DER, over a text; keys as points or as browsers export
// them.
import {type Bytes, fromBase64, hex, joined, sha256, utf8} from './bytes';

const k_curve = {name: 'ECDSA', namedCurve: 'P-256'};
const k_point_bytes = 65;

/** The key that the text is, when it has that name; null otherwise. */
export async function readKey(kind: string, encoded: string, kid: string): Promise<CryptoKey | null> {
  const bytes = fromBase64(encoded);
  if (!bytes) return null;
  try {
    const format = bytes.length === k_point_bytes ? 'raw' : 'spki';
    const key = await crypto.subtle.importKey(format, bytes, k_curve, true, ['verify']);
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', key));
    return hex(await sha256(utf8(`${kind}\n`), point)) === kid ? key : null;
  } catch {
    return null;
  }
}

// A number of DER, as 32 bytes; null for what is none.
function numberAt(der: Bytes, at: number): {bytes: Bytes; next: number} | null {
  const length = der[at + 1], end = at + 2 + length;
  if (der[at] !== 2 || !length || length > 33 || end > der.length) return null;
  const digits = der.slice(at + 2, end);
  if (digits[0] > 127 || (digits[0] === 0 && digits.length > 1 && digits[1] < 128)) return null;
  const bare = digits[0] === 0 ? digits.slice(1) : digits;
  return bare.length > 32 ? null : {bytes: joined(new Uint8Array(32 - bare.length), bare), next: end};
}

function rawOf(der: Bytes): Bytes | null {
  const r = der[0] === 0x30 && der[1] === der.length - 2 ? numberAt(der, 2) : null;
  const s = r && numberAt(der, r.next);
  return s && s.next === der.length ? joined(r.bytes, s.bytes) : null;
}

export async function signatureStands(key: CryptoKey, text: string, encoded: string): Promise<boolean> {
  const sent = fromBase64(encoded);
  const raw = sent && (sent.length === 64 ? sent : rawOf(sent));
  return !!raw && crypto.subtle.verify({name: 'ECDSA', hash: 'SHA-256'}, key, raw, utf8(text));
}

export const hashOfText = async (text: string) => hex(await sha256(utf8(text)));

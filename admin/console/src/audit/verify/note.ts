// Signed notes (C2SP signed-note): a text and the signatures under it, and the keys that check them. "— name base64(id
// ‖ signature)"; a key is "name+hex(id)+base64(type ‖ key)", its id the first bytes of SHA-256(name LF type ‖ key).
import {type Bytes, fromBase64, hex, joined, sha256, utf8} from './bytes';

export interface NoteSignature {
  name: string;
  id: string; // hexadecimal
  bytes: Bytes;
}

export interface Note {
  text: string;
  signatures: NoteSignature[];
}

/** log: over the text; witness: over a time and the text; other: of a kind that browsers cannot check (SM2). */
export type KeyKind = 'log' | 'witness' | 'other';

export interface Verifier {
  name: string;
  id: string;
  kind: KeyKind;
  key: Bytes;
}

const k_max_characters = 1_000_000;
const k_max_signatures = 100;
const k_sm2 = '\xffpermit-SM2-SM3-v1';

const isName = (name: string) => /^[^\s+\u0000-\u001f\u0085]+$/u.test(name);

function signatureOf(line: string): NoteSignature | null {
  const [, name, encoded] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!name || !isName(name) || !bytes || bytes.length <= 4) return null;
  return {name, id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4)};
}

/** Null for what is no note: control characters, no empty line before the signatures (the last one counts), … */
export function parseNote(text: string): Note | null {
  const split = text.lastIndexOf('\n\n');
  const isClean = text.length <= k_max_characters && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
  if (!isClean || split < 0 || !text.endsWith('\n')) return null;
  if (split + 2 === text.length) return {text: text.slice(0, split + 1), signatures: []};
  const lines = text.slice(split + 2, -1).split('\n');
  const signatures = lines.map(signatureOf);
  if (lines.length > k_max_signatures || signatures.includes(null)) return null;
  return {text: text.slice(0, split + 1), signatures: signatures as NoteSignature[]};
}

const latin = (bytes: Bytes) => String.fromCharCode(...bytes);

/** Null for what is no verifier key, or one whose id is not its own. */
export async function parseVerifier(vkey: string): Promise<Verifier | null> {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/i.exec(vkey.trim()) ?? [];
  const typed = fromBase64(encoded);
  if (!name || !isName(name) || !typed?.length) return null;
  if (hex((await sha256(utf8(`${name}\n`), typed)).slice(0, 4)) !== id.toLowerCase()) return null;
  const kind: KeyKind | null = typed[0] === 1 ? 'log' : typed[0] === 4 ? 'witness'
    : latin(typed.slice(0, k_sm2.length)) === k_sm2 ? 'other' : null;
  if (!kind || (kind !== 'other' && typed.length !== 33)) return null;
  return {name, id: id.toLowerCase(), kind, key: typed.slice(1)};
}

// Browsers without Ed25519 of their own get it from a library.
async function isEd25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (signature.length !== 64) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, message);
  } catch {
    const {ed25519} = await import('@noble/curves/ed25519.js');
    try {
      return ed25519.verify(signature, message, key, {zip215: false});
    } catch {
      return false;
    }
  }
}

const secondsIn = (bytes: Bytes) => new DataView(bytes.buffer).getBigUint64(0);
const isOf = (verifier: Verifier, signature: NoteSignature) =>
  verifier.name === signature.name && verifier.id === signature.id;

async function verifies(verifier: Verifier, text: string, signature: NoteSignature): Promise<boolean> {
  if (verifier.kind === 'log') return isEd25519(verifier.key, utf8(text), signature.bytes);
  if (signature.bytes.length <= 8) return false;
  const message = joined(utf8(`cosignature/v1\ntime ${secondsIn(signature.bytes)}\n`), utf8(text));
  return isEd25519(verifier.key, message, signature.bytes.slice(8));
}

/** When a witness saw it, as RFC 3339; "" for no such signature. */
export function cosignedAt(note: Note, verifier: Verifier): string {
  const signature = note.signatures.filter((one) => isOf(verifier, one)).at(-1);
  if (!signature || signature.bytes.length !== 72 || secondsIn(signature.bytes) > 253_402_300_799n) return '';
  return new Date(Number(secondsIn(signature.bytes)) * 1000).toISOString().replace('.000Z', 'Z');
}

export const bears = (note: Note, verifier: Verifier) => note.signatures.some((one) => isOf(verifier, one));

/** Those whose signature stands under the note, or `wrong`: the name of one whose signature is not right. */
export async function verifiedBy(note: Note, verifiers: Verifier[]): Promise<{good: Verifier[]; wrong: string | null}> {
  const good = new Set<Verifier>();
  for (const signature of note.signatures) {
    const known = verifiers.filter((verifier) => verifier.kind !== 'other' && isOf(verifier, signature));
    let isVerified = false;
    for (const verifier of known) {
      if (!(await verifies(verifier, note.text, signature))) continue;
      good.add(verifier);
      isVerified = true;
    }
    if (known.length && !isVerified) return {good: [], wrong: signature.name};
  }
  return {good: [...good], wrong: null};
}

// A checkpoint's text (C2SP tlog-checkpoint) and the file of one entry's proof (C2SP tlog-proof).
import {type Bytes, fromBase64, fromDecimal, hex} from './bytes';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

export interface ProofFile {
  index: number;
  proof: Bytes[];
  checkpoint: string; // signed, as it is
}

const k_max_proof = 63;

const digestOf = (line: string) => {
  const bytes = line.length === 44 ? fromBase64(line) : null;
  return bytes?.length === 32 ? bytes : null;
};

export const sameCheckpoint = (one: Checkpoint, other: Checkpoint) =>
  one.origin === other.origin && one.size === other.size && hex(one.root) === hex(other.root);

/** Origin, size, root; extension lines are let in and left alone. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const [origin, sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n');
  const size = fromDecimal(sizeLine), root = digestOf(rootLine);
  return origin && size !== null && root && !extensions.includes('') ? {origin, size, root} : null;
}

/** "c2sp.org/tlog-proof@v1", [extra,] index, hashes, an empty line, the signed checkpoint. */
export function parseProof(text: string | null): ProofFile | null {
  const split = text?.indexOf('\n\n') ?? -1;
  if (!text || split < 0 || text.length === split + 2) return null;
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1') return null;
  if (lines[0]?.startsWith('extra ') && !fromBase64(lines.shift()!.slice(6))?.length) return null;
  const index = lines[0]?.startsWith('index ') ? fromDecimal(lines.shift()!.slice(6)) : null;
  const proof = lines.map(digestOf);
  if (index === null || proof.length > k_max_proof || proof.includes(null)) return null;
  return {index, proof: proof as Bytes[], checkpoint: text.slice(split + 2)};
}

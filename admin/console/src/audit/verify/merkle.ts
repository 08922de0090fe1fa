// Merkle trees as RFC 9162 has them (SHA-256): is a leaf in the tree of that size and root?
import {type Bytes, same, sha256} from './bytes';

const k_leaf = Uint8Array.of(0), k_node = Uint8Array.of(1);

export const leafHash = (bytes: Bytes) => sha256(k_leaf, bytes);

const half = (n: number) => Math.floor(n / 2); // sizes pass 32 bits

/** RFC 9162, 2.1.3.2. Any input, also hostile. */
export async function isIncluded(index: number, size: number, leaf: Bytes, proof: Bytes[], root: Bytes) {
  if (index >= size) return false;
  let node = index, last = size - 1, found = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      found = await sha256(k_node, beside, found);
      for (; node !== 0 && node % 2 === 0; node = half(node)) last = half(last);
    } else {
      found = await sha256(k_node, found, beside);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && same(found, root);
}

// The last step: is anything missing at the end? The log's recorded heads tell of each instance's newest entry.
import {type Bytes, fromHex, hex, utf8} from './bytes';
import {type Case, chainOf, type Checked, isNumber, isSound} from './case';
import {canonical, memberOf, parsedCanonical, textIn} from './json';
import {isIncluded, leafHash} from './merkle';

interface Heads {
  checked: Checked; // the entry that records them
  atSize: number;
  slots: number;
  root: Bytes;
}

interface SlotProof {
  slot: number;
  seq: number;
  leaf: Bytes;
  proof: Bytes[];
}

const digestOf = (value: unknown) => {
  const bytes = fromHex(value);
  return bytes?.length === 32 ? bytes : null;
};

function headsIn(c: Case): Heads | null {
  const [checked, ...others] = chainOf(c, 'heads');
  if (!checked || others.length || !isSound(checked) || !c.tree) return null;
  const {head, record: {facts}} = checked;
  if (head!.workflow !== 'log' || head!.type !== 'record_heads' || head!.origin !== c.tree.origin) return null;
  const atSize = memberOf(facts, 'at_size'), slots = memberOf(facts, 'slots'), root = digestOf(textIn(facts, 'root'));
  return isNumber(atSize) && isNumber(slots) && root ? {checked, atSize, slots, root} : null;
}

function parseSlotProof(text: string | undefined): SlotProof | null {
  const json = parsedCanonical(text ?? null);
  const slot = memberOf(json, 'slot'), seq = memberOf(json, 'seq'), leaf = digestOf(memberOf(json, 'leaf'));
  const hashes = memberOf(json, 'proof');
  if (!isNumber(slot) || !isNumber(seq) || slot < 0 || seq < 0 || !leaf) return null;
  if (!Array.isArray(hashes) || hashes.length > 63) return null;
  const proof = hashes.map(digestOf);
  return proof.includes(null) ? null : {slot, seq, leaf, proof: proof as Bytes[]};
}

const slotLeaf = ({leaf, seq, slot}: SlotProof) => leafHash(utf8(canonical({leaf: hex(leaf), seq, slot})));

type Extent = 'whole' | 'not_yet' | 'cut_off' | 'other' | 'unproved';

async function extentOf(c: Case, instance: string, chain: Checked[], heads: Heads): Promise<[Extent, number]> {
  const isBefore = (checked: Checked) => checked.head!.origin !== c.tree!.origin || checked.own < heads.atSize;
  const slot = chain[0]?.head?.slot;
  if (!chain.every(isSound) || slot === undefined || slot < 0) return ['unproved', 0];
  if (slot >= heads.slots) return [isBefore(chain[0]) ? 'unproved' : 'not_yet', 0]; // it was not there yet
  const proof = parseSlotProof(c.bundle.slots.get(instance));
  const stands = proof?.slot === slot &&
    await isIncluded(slot, heads.slots, await slotLeaf(proof), proof.proof, heads.root);
  if (!proof || !stands) return ['unproved', 0];
  const known = proof.seq + 1;
  if (chain.length < known) return ['cut_off', known];
  if (hex(chain[known - 1].record.leaf) !== hex(proof.leaf)) return ['other', known];
  return [chain.length > known && isBefore(chain[known]) ? 'other' : 'whole', known];
}

async function checkRings(c: Case, heads: Heads) {
  for (const [folder, chain] of c.chains) {
    if (!folder.startsWith('keys/')) continue;
    const [extent] = await extentOf(c, folder.slice('keys/'.length), chain, heads);
    if (extent !== 'whole' && extent !== 'not_yet') c.verdict.say('completeness', 'ring_not_whole', {file: folder});
  }
}

export async function checkCompleteness(c: Case) {
  const say = (code: string, details = {}) => c.verdict.say('completeness', code, details);
  if (!c.tree) return say('log_unsigned');
  const heads = headsIn(c), chain = chainOf(c, 'entries'), {instance} = c.bundle;
  if (!heads) {
    const [first] = chainOf(c, 'heads');
    return first ? say('heads_wrong', {file: first.file}) : say('heads_absent');
  }
  const [extent, known] = await extentOf(c, instance, chain, heads);
  if (extent === 'unproved') return say('heads_wrong', {file: `heads/${instance}.slot`});
  if (extent === 'cut_off') return say('entries_cut_off', {needed: known, actual: chain.length});
  if (extent === 'other') return say('head_differs');
  for (const stray of c.bundle.slots.keys()) { // nobody could say what else they are good for
    if (stray !== instance && !c.chains.has(`keys/${stray}`)) say('heads_wrong', {file: `heads/${stray}.slot`});
  }
  await checkRings(c, heads);
  if (!c.verdict.holds('completeness')) return;
  say('complete_as_of', {size: heads.atSize, at: heads.checked.head!.at});
  if (extent === 'not_yet') say('heads_older');
}

// Steps about the log itself: who signed its checkpoint, which logs it continues, what stands in it, who witnessed it.
import {hex} from './bytes';
import {type Case, chainOf, type Checked} from './case';
import {type Checkpoint, parseCheckpoint, parseProof, type ProofFile, sameCheckpoint} from './checkpoint';
import {isObject, memberOf, textIn} from './json';
import {isIncluded} from './merkle';
import {bears, cosignedAt, type Note, parseNote, verifiedBy} from './note';
import {payloadFits} from './payload';

/** The tree that a signed checkpoint tells, when a given key of its origin has signed it; else the step says why. */
async function signedTree(c: Case, file: string, text: string): Promise<Checkpoint | null> {
  const say = (code: string, details: object) => void c.verdict.say('log_signature', code, {file, ...details});
  const note = parseNote(text);
  const tree = note && parseCheckpoint(note.text);
  if (!note || !tree) return say('file_malformed', {}), null;
  const keys = c.trust.logs.filter(({name}) => name === tree.origin);
  const {good, wrong} = await verifiedBy(note, keys);
  if (wrong !== null) return say('signature_wrong', {name: tree.origin}), null;
  if (good.length) return tree;
  const other = keys.some((key) => key.kind === 'other' && bears(note, key));
  say(other ? 'sm2_not_here' : 'checkpoint_unsigned', {origin: tree.origin});
  return null;
}

// A proof's own copy of the checkpoint: signed by a given key, and no signature of a given key is wrong.
async function isUnaltered(c: Case, note: Note) {
  const byLog = await verifiedBy(note, c.trust.logs);
  return byLog.good.length > 0 && (await verifiedBy(note, c.trust.witnesses)).wrong === null;
}

// The tree that a proof speaks of: one that was found signed.
async function treeOf(c: Case, checkpoint: string): Promise<Checkpoint | null> {
  if (checkpoint === c.bundle.checkpoint) return c.tree;
  const note = parseNote(checkpoint);
  const tree = note && parseCheckpoint(note.text);
  if (!note || !tree || (c.tree && sameCheckpoint(tree, c.tree))) return null; // its own, but not as it stands there
  const known = c.trees.get(tree.origin);
  return known && sameCheckpoint(known, tree) && (await isUnaltered(c, note)) ? known : null;
}

const standsIn = async (tree: Checkpoint, checked: Checked, proof: ProofFile) => checked.head!.origin === tree.origin &&
  isIncluded(proof.index, tree.size, checked.record.leaf, proof.proof, tree.root);

// What the log of that origin continues, by its own first entry.
async function continuedBy(c: Case, origin: string): Promise<{file: string; before: unknown} | null> {
  for (const checked of chainOf(c, 'log')) {
    const proof = parseProof(checked.record.proof), {head} = checked;
    if (!proof || head?.origin !== origin || head.type !== 'open' || head.workflow !== 'log') continue;
    const tree = await treeOf(c, proof.checkpoint);
    const isFirst = tree && proof.index === 0 && await standsIn(tree, checked, proof) && await payloadFits(checked);
    const {file, record: {facts}} = checked;
    if (isFirst && isObject(facts)) return {file, before: memberOf(facts, 'continues')};
  }
  return null;
}

// Older logs, each signed with a given key of its own, and closed where the next one says.
async function followBack(c: Case) {
  const logs = [c.tree!];
  for (;;) {
    const found = await continuedBy(c, logs.at(-1)!.origin);
    if (!found || !isObject(found.before)) break;
    const tree = await signedTree(c, found.file, textIn(found.before, 'checkpoint'));
    if (!tree || c.trees.has(tree.origin)) break;
    c.trees.set(tree.origin, tree);
    const {origin: before, size} = tree;
    c.verdict.say('log_signature', 'log_continues', {origin: logs.at(-1)!.origin, before, size});
    logs.push(tree);
  }
  let first = 0;
  for (const log of logs.reverse()) {
    c.first.set(log.origin, first);
    first += log.size;
  }
}

export async function checkLogSignature(c: Case) {
  c.tree = await signedTree(c, 'checkpoint', c.bundle.checkpoint);
  if (!c.tree) return;
  const {origin, size} = c.tree;
  c.trees.set(origin, c.tree);
  Object.assign(c.verdict.subject, {origin, size});
  c.verdict.say('log_signature', 'log_signed', {origin, size});
  await followBack(c);
}

export async function checkWitnesses(c: Case) {
  const say = (code: string, details = {}) => c.verdict.say('witnesses', code, details);
  if (!c.trust.witnesses.length) return say('witness_keys_absent');
  const note = parseNote(c.bundle.checkpoint);
  const {good, wrong} = note ? await verifiedBy(note, c.trust.witnesses) : {good: [], wrong: ''};
  if (wrong !== null) return say('signature_wrong', {file: 'checkpoint', name: wrong});
  const seen = new Map(good.map((witness) => [witness.name, cosignedAt(note!, witness)])); // with two keys it is one
  for (const [name, at] of [...seen].sort()) say('witnessed', {name, at});
  const needed = c.trust.witnessesNeeded;
  if (seen.size < needed) say('witnesses_too_few', {actual: seen.size, needed});
}

async function checkInLog(c: Case, checked: Checked) {
  const say = (code: string) => c.verdict.say('inclusion', code, {file: checked.file});
  const proof = parseProof(checked.record.proof);
  if (!proof || !checked.head) return say('file_malformed');
  const tree = await treeOf(c, proof.checkpoint);
  if (!tree) return say('proof_of_other_checkpoint');
  checked.inLog = await standsIn(tree, checked, proof);
  if (!checked.inLog) return say('entry_not_in_log');
  checked.own = proof.index;
  checked.index = c.first.get(tree.origin)! + proof.index;
}

export async function checkInclusion(c: Case) {
  if (!c.tree) return c.verdict.say('inclusion', 'log_unsigned');
  const all = [...c.chains.values()].flat();
  for (const checked of all) await checkInLog(c, checked);
  if (c.verdict.holds('inclusion')) c.verdict.say('inclusion', 'all_in_log', {count: all.length});
}

/** Hexadecimal, as entries name each other. */
export const leafOf = (checked: Checked) => hex(checked.record.leaf);

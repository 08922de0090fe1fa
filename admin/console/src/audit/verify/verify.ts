// Judges an evidence bundle in the browser: no server, no account, no trust but in the keys that the user gives. What
// a browser does not do, playing the workflow again and judging by the rules again, is said to be unchecked.
import {readArchive} from './archive';
import {bundleOf} from './bundle';
import {type Bytes, hex, sha256} from './bytes';
import {allSound, type Case, chainOf, openCase, type Trust} from './case';
import {checkChain} from './chain';
import {checkCompleteness} from './extent';
import {memberOf, textIn} from './json';
import {checkInclusion, checkLogSignature, checkWitnesses} from './log-steps';
import {checkPayloads} from './payload';
import {checkPeople} from './people';
import {Verdict} from './verdict';

function checkTimestamps(c: Case) {
  c.verdict.say('timestamp', 'timestamps_not_here', {count: c.bundle.stamps.size});
}

function checkReplay(c: Case) {
  c.verdict.say('replay', allSound(c) && c.verdict.holds('chain') ? 'replay_not_here' : 'entries_doubtful');
}

// The packs that decisions name are there and are what their names say; what they come to is not judged again.
async function checkPacks(c: Case) {
  const say = (code: string, details = {}) => c.verdict.say('decisions', code, details);
  const sound = new Set<string>();
  for (const [digest, content] of c.bundle.packs) {
    if (hex(await sha256(content)) === digest) sound.add(digest);
    else say('pack_wrong', {file: `packs/${digest}.json`});
  }
  if (!allSound(c)) return say('entries_doubtful');
  const decisions = chainOf(c, 'entries').map(({record}) => memberOf(record.facts, 'decision')).filter(Boolean);
  for (const decision of decisions) {
    const digest = textIn(memberOf(decision, 'pack'), 'digest');
    if (!sound.has(digest)) say('pack_absent', {digest});
  }
  if (!c.verdict.holds('decisions') || !decisions.length) return;
  say('packs_fit', {count: sound.size});
  say('decisions_not_here', {count: decisions.length});
}

// Each relies on what those before it have put into the case; verdicts are told in the order of words.def.
const k_steps: ((c: Case) => void | Promise<void>)[] = [checkLogSignature, checkWitnesses, checkInclusion,
  checkTimestamps, checkChain, checkPayloads, checkPeople, checkReplay, checkPacks, checkCompleteness];

/** @throws Unusable */
export async function verifyBundle(bytes: Bytes, trust: Trust, onProgress: (share: number) => void = () => {}) {
  const verdict = new Verdict();
  const bundle = await bundleOf(readArchive(bytes), verdict);
  const c = openCase(bundle, trust, verdict);
  verdict.subject = {workflow: bundle.workflow, instance: bundle.instance, entries: chainOf(c, 'entries').length};
  for (const [i, step] of k_steps.entries()) {
    onProgress(i / k_steps.length);
    await step(c);
  }
  return verdict;
}

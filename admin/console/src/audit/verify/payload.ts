// The contents of entries: are they what the entries' hashes say, and what of them is gone.
import {hex, sha256} from './bytes';
import {type Case, chainOf, type Checked, isSound} from './case';
import {memberOf, parsed, textIn} from './json';

/** Its facts and what is known of its personal part have the hash that the entry names. */
export async function payloadFits({record}: Checked): Promise<boolean> {
  if (!record.factsDigest) return false;
  return hex(await sha256(record.factsDigest, record.personalDigest)) === textIn(parsed(record.text), 'payload_hash');
}

async function checkPayload(c: Case, checked: Checked) {
  if (!checked.record.factsDigest) return c.verdict.say('payloads', 'facts_absent', {file: checked.file});
  checked.isWhole = await payloadFits(checked);
  if (!checked.isWhole) c.verdict.say('payloads', 'payload_altered', {file: checked.file});
}

export async function checkPayloads(c: Case) {
  const all = [...c.chains.values()].flat();
  for (const checked of all) await checkPayload(c, checked);
  if (c.verdict.holds('payloads')) c.verdict.say('payloads', 'payloads_fit', {count: all.length});
  // What an entry of the chain says was erased is lawfully gone; the rest has been left out by somebody.
  let erased = 0, withheld = 0, isErasedLater = false;
  for (const checked of [...chainOf(c, 'entries')].reverse()) {
    if (checked.record.personal === undefined) isErasedLater ? ++erased : ++withheld;
    isErasedLater ||= isSound(checked) && memberOf(checked.record.facts, 'erased') === true;
  }
  if (erased) c.verdict.say('payloads', 'personal_erased', {count: erased});
  if (withheld) c.verdict.say('payloads', 'personal_withheld', {count: withheld});
}

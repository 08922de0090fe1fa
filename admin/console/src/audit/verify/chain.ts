// Chains of entries: each links to the one before it, by hash, state, number and time.
import {hex} from './bytes';
import {type Case, chainOf, type Checked, type Head} from './case';
import {parsedCanonical, timeOf} from './json';

type Holds = (head: Head, before: Checked | undefined, number: number, checked: Checked) => boolean;
type Rule = [reason: string, holds: Holds];

const rules: Rule[] = [
  ['order', (head, _, number) => head.seq === number],
  ['link', (head, before) => head.prev === (before ? hex(before.record.leaf) : '')],
  ['state', (head, before) => head.from === (before?.head?.to ?? '')],
  ['instance', (head, before) => !before ||
    (head.instance === before.head!.instance && head.workflow === before.head!.workflow)],
  ['time', (head, before) => !before || timeOf(head.at)! >= timeOf(before.head!.at)!],
  ['index', (head, before, _, checked) => !before || head.origin !== before.head!.origin ||
    checked.index > before.index],
];

/** What is wrong with the first entry that does not follow; null for a whole chain. */
export function brokenLink(chain: Checked[]): {reason: string; entry: string} | null {
  for (const [number, checked] of chain.entries()) {
    const entry = checked.file;
    if (parsedCanonical(checked.record.text) === undefined) return {reason: 'canonical', entry};
    if (!checked.head) return {reason: 'members', entry};
    const broken = rules.find(([, holds]) => !holds(checked.head!, chain[number - 1], number, checked));
    if (broken) return {reason: broken[0], entry};
  }
  return null;
}

export function checkChain(c: Case) {
  const say = (code: string, details = {}) => c.verdict.say('chain', code, details);
  const chain = chainOf(c, 'entries');
  if (!chain.length) return say('entries_absent');
  for (const {head, file} of chain) {
    const isOfIt = head?.workflow === c.bundle.workflow && head.instance === c.bundle.instance;
    if (!isOfIt) say('entry_of_other_thing', {file});
  }
  const broken = brokenLink(chain);
  if (broken) say('chain_broken', broken);
  if (!c.verdict.holds('chain')) return;
  say('chain_whole', {last: chain.length - 1, from: chain[0].head!.at, until: chain.at(-1)!.head!.at});
  c.verdict.subject.state = chain.at(-1)!.head!.to;
}

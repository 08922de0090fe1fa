// Key rings as the log tells them: which keys each person held, and from which entry to which each was in force.
import {brokenLink} from './chain';
import {type Case, type Checked, isSound} from './case';
import {isObject, memberOf, textIn} from './json';

/** One key's life, in indexes of the log. */
export interface KeyLife {
  kid: string;
  kind: string;
  person: string; // whose it is; "" once erased
  publicKey: string; // as it was sent; "" once erased
  state: 'pending' | 'active' | 'ended';
  enrolled: number;
  activeFrom?: number; // the entry that brought it into force
  ended?: number; // the entry that ended it
}

type Ring = Map<string, KeyLife>;

/** Could it sign what stands at that index: in force by an earlier entry, and not yet ended. */
export const wasActive = ({activeFrom, ended}: KeyLife, index: number) =>
  activeFrom !== undefined && activeFrom < index && (ended === undefined || index < ended);

function takeKey(ring: Ring, {record, index}: Checked): boolean {
  const {facts, personal} = record;
  const kid = textIn(facts, 'kid'), kind = textIn(facts, 'kind');
  if (!kid || !kind) return false;
  const isRoot = memberOf(facts, 'root') === true;
  ring.set(kid, {enrolled: index, person: textIn(personal, 'person'), ...ring.get(kid), kid, kind,
    publicKey: textIn(personal, 'public_key'), state: isRoot ? 'active' : 'pending'});
  return true;
}

function endorse(ring: Ring, {record}: Checked): boolean {
  const life = ring.get(textIn(record.facts, 'kid'));
  if (life && memberOf(record.facts, 'activates') === true) life.state = 'active';
  return !!life;
}

function revoke(ring: Ring, {record}: Checked): boolean {
  const life = ring.get(textIn(record.facts, 'kid'));
  if (life) life.state = 'ended';
  return !!life;
}

function close(ring: Ring): boolean {
  for (const life of ring.values()) life.state = 'ended';
  return true;
}

const folds: Record<string, (ring: Ring, checked: Checked) => boolean> =
  {enrol: takeKey, add_key: takeKey, endorse, revoke_key: revoke, close};

function stateAfter(ring: Ring, type: string) {
  if (type === 'close') return 'Closed';
  return [...ring.values()].some(({state}) => state === 'active') ? 'Active' : 'Inactive';
}

/** Null when the entries are not one ring's, or do not follow from each other. */
function replayRing(chain: Checked[]): Ring | null {
  const ring: Ring = new Map();
  for (const checked of chain) {
    const {type, workflow, to} = checked.head!;
    const fold = Object.hasOwn(folds, type) ? folds[type] : undefined;
    if (workflow !== 'key_ring' || !isObject(checked.record.facts) || !fold?.(ring, checked)) return null;
    if (stateAfter(ring, type) !== to) return null;
    for (const life of ring.values()) {
      if (life.state === 'active') life.activeFrom ??= checked.index;
      if (life.state === 'ended') life.ended ??= checked.index;
    }
  }
  return ring;
}

/** All keys of the bundle's rings by their names; says of each ring that cannot be read. */
export function keyBook(c: Case): Map<string, KeyLife> {
  const book = new Map<string, KeyLife>();
  for (const [folder, chain] of c.chains) {
    if (!folder.startsWith('keys/')) continue;
    const ring = chain.every(isSound) && !brokenLink(chain) ? replayRing(chain) : null;
    if (!ring || [...ring.keys()].some((kid) => book.has(kid))) {
      c.verdict.say('signatures', 'ring_doubtful', {file: folder});
      continue;
    }
    for (const [kid, life] of ring) book.set(kid, life);
  }
  return book;
}

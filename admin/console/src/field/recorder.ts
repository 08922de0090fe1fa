// Records an event without network: numbered, timed by the monotonic clock, signed with this device's key at once.
import canonicalize from 'canonicalize';
import {deviceKey, signText} from '../keys/store';
import {now} from '../service/clock';
import {me} from '../service/session';
import type {Instance} from '../service/types';
import {joined, reading, startAnew} from './clock';
import {database, type Item, k_durable, type Reading} from './database';
import {marksOf} from './marks';
import {keepItems} from './queue';

/** Why this device cannot record without network: words of the catalogue. */
export class NotReady extends Error {
  constructor(readonly why: 'site.not_ready.key' | 'site.not_ready.mark' | 'site.not_ready.long') {
    super(why);
  }
}

const k_most_payload_bytes = 4096;

export interface ToRecord {
  permit: Instance;
  event: string;
  label: string;
  payload: (wall: number) => Record<string, unknown>; // as of what the wall clock shows
  tried?: number;
}

/** @throws NotReady */
export async function record({permit, event, label, payload, tried}: ToRecord): Promise<Item> {
  const account = me()!;
  await joined;
  const key = await deviceKey(account.id);
  if (!key) throw new NotReady('site.not_ready.key');
  const seen = (await marksOf(account.id)).at(-1);
  if (!seen) throw new NotReady('site.not_ready.mark');
  const wall = Date.now();
  const body = payload(wall);
  const size = new TextEncoder().encode(canonicalize(body)).length;
  if (size > k_most_payload_bytes) throw new NotReady('site.not_ready.long');
  const unsigned = {id: crypto.randomUUID(), permit: permit.id, event, payload: body, seen,
    wall: new Date(wall).toISOString(), ...(await nextPlace(seen))};
  const signature = await signText(key, canonicalize({...unsigned, device: key.kid})!);
  const item: Item = {id: unsigned.id, account: account.id, person: account.name, kid: key.kid, label, tried,
    number: permit.data.number, made: now(), standing: 'waiting', claim: {...unsigned, signature}};
  await keepItems([item]);
  void navigator.storage?.persist?.(); // so that the browser does not clear it when the disk is full
  return item;
}

/** The next number, and a reading that comes after those of all events before it and after `seen`. */
export async function nextPlace(seen?: Reading): Promise<{seq: number} & Reading> {
  const transaction = (await database()).transaction('device', 'readwrite', k_durable);
  const before = await transaction.store.get('clock');
  const at = later(later(current(before?.gone ?? []), before?.at), seen);
  const isNew = before && before.at.boot !== at.boot;
  const gone = isNew ? [...before.gone, before.at.boot].slice(-50) : (before?.gone ?? []);
  const seq = (before?.seq ?? 0) + 1;
  await transaction.store.put({seq, at, gone}, 'clock');
  await transaction.done;
  return {seq, ...at};
}

// Another page may have gone on with another boot: one that is over is not taken up again.
const current = (gone: string[]) => (gone.includes(reading().boot) ? startAnew() : reading());

// Pages that share a boot differ by as much as a message takes.
const later = ({boot, monotonic_ms}: Reading, than?: Reading): Reading =>
  ({boot, monotonic_ms: than?.boot === boot ? Math.max(monotonic_ms, than.monotonic_ms) : monotonic_ms});

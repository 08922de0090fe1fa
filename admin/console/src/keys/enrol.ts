// Gives the account's person a key on this device: made here, never leaving it, told to the service.
import {everyRecord} from '../service/records';
import {send} from '../service/send';
import {me} from '../service/session';
import type {Instance} from '../service/types';
import {keepDeviceKey, makeDeviceKey} from './store';

/** The person's ring of keys; null before the first. */
export async function ringOf(person: string): Promise<Instance | null> {
  const rings = await everyRecord('key-rings');
  return rings.find((ring) => ring.data.person === person && ring.state !== 'Closed') ?? null;
}

/** @throws Problem */
export async function enrolDevice(label: string): Promise<void> {
  const account = me()!;
  const key = await makeDeviceKey(account.id);
  const payload = {person: account.person, kind: 'p256', public_key: key.publicKey, label};
  const ring = await ringOf(account.person);
  await send(ring
    ? {collection: 'key-rings', id: ring.id, event: 'add_key', payload, version: ring.version, sign: true, key}
    : {collection: 'key-rings', event: 'enrol', payload, sign: true, key});
  await keepDeviceKey(key);
}

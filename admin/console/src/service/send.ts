// Sends an event, signed where it is wanted; a repeat after a lost answer changes nothing.
import {ask} from './client';
import type {Receipt} from './types';
import {signIntent} from '../keys/signer';
import type {DeviceKey} from '../keys/store';

export interface Event {
  collection: string;
  id?: string; // absent: the event makes it
  event: string;
  payload: Record<string, unknown>;
  version?: number;
  sign?: boolean;
  key?: DeviceKey; // signs instead of the one that this device keeps for the account
}

export const newKey = () => crypto.randomUUID();

/** @throws Problem; NoKey when a signature is wanted and this device has no key for the account. */
export async function send(event: Event, key = newKey()): Promise<Receipt> {
  const path = event.id ? `/${event.collection}/${event.id}/${event.event}` : `/${event.collection}`;
  const body = {...event.payload};
  if (event.sign) {
    const {event: name, id: instance = '', payload} = event;
    body.signed = await signIntent(`${path}/intent`, {event: name, instance, payload}, event.version, event.key);
  }
  return (await ask<Receipt>('POST', path, {body, version: event.version, key})).data;
}

// The user's signature over what the service is asked to do: the service words the intent, this device checks that it is
// about just that, and its key signs it.
import canonicalize from 'canonicalize';
import {ask, Problem} from '../service/client';
import {me} from '../service/session';
import {type DeviceKey, deviceKey, hexOf, signText} from './store';

/** The account has no key on this device. */
export class NoKey extends Error {}

interface Wanted {
  event: string;
  instance: string;
  payload: Record<string, unknown>;
}

async function agrees(text: string, wanted: Wanted, key: DeviceKey): Promise<boolean> {
  const intent = JSON.parse(text);
  const payload = new TextEncoder().encode(canonicalize(wanted.payload));
  return intent.event === wanted.event && intent.instance === wanted.instance && intent.key === key.kid &&
    intent.payload_hash === hexOf(await crypto.subtle.digest('SHA-256', payload));
}

/** @throws NoKey, Problem */
export async function signIntent(path: string, wanted: Wanted, version?: number, key?: DeviceKey) {
  key ??= await deviceKey(me()!.id);
  if (!key) throw new NoKey();
  const {data} = await ask<{intent: string}>('POST', `${path}?key=${key.kid}`, {body: wanted.payload, version});
  if (!(await agrees(data.intent, wanted, key))) throw new Problem(0, 'intent_differs', '', '');
  return {intent: data.intent, signature: await signText(key, data.intent)};
}

// This device's keys: P-256, not extractable, in IndexedDB; one an account.
import {openDB} from 'idb';

export interface DeviceKey {
  account: string;
  kid: string; // as the service names it: SHA-256 of the kind and the point, hexadecimal
  publicKey: string; // the point (65 bytes), base64
  pair: CryptoKeyPair;
}

const database = () =>
  openDB('sparkgate-keys', 1, {upgrade: (db) => void db.createObjectStore('keys', {keyPath: 'account'})});

export const base64 = (bytes: ArrayBuffer | Uint8Array) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
export const hexOf = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');

export async function deviceKey(account: string): Promise<DeviceKey | undefined> {
  return (await database()).get('keys', account);
}

export async function makeDeviceKey(account: string): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const named = new Uint8Array([...new TextEncoder().encode('p256\n'), ...point]);
  return {account, kid: hexOf(await crypto.subtle.digest('SHA-256', named)), publicKey: base64(point), pair};
}

export const keepDeviceKey = async (key: DeviceKey) => void (await (await database()).put('keys', key));
export const dropDeviceKey = async (account: string) => void (await (await database()).delete('keys', account));

/** r‖s in base64, over the text's UTF-8. */
export async function signText(key: DeviceKey, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return base64(await crypto.subtle.sign({name: 'ECDSA', hash: 'SHA-256'}, key.pair.privateKey, bytes));
}

// Keys and signatures of people, as a browser makes them, for what a test prepares by program.
import {createHash, webcrypto} from 'node:crypto';

const {subtle} = webcrypto;
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

export async function makeKey() {
  const pair = await subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign', 'verify']);
  const point = Buffer.from(await subtle.exportKey('raw', pair.publicKey));
  const kid = createHash('sha256').update('p256\n').update(point).digest('hex');
  return {pair, kid, publicKey: base64(point)};
}

/** Sends an event, signed with that key, as of the version that the instance has now; without `id` the event makes it. */
export async function sendSigned(program, key, {collection, id, event, payload}) {
  const path = id ? `/${collection}/${id}/${event}` : `/${collection}`;
  const headers = id ? {'If-Match': `"${(await program.get(`/${collection}/${id}`)).version}"`} : {};
  const {intent} = await program.post(`${path}/intent?key=${key.kid}`, payload, headers);
  const signature = base64(await subtle.sign({name: 'ECDSA', hash: 'SHA-256'}, key.pair.privateKey,
    Buffer.from(intent)));
  return program.post(path, {...payload, signed: {intent, signature}}, headers);
}

/** The first key of the caller's ring; a pending one waits for whoever may endorse it. */
export async function enrolKey(program, label) {
  const key = await makeKey(), {person} = await program.get('/me');
  const payload = {person, kind: 'p256', public_key: key.publicKey, label};
  const {id: ring} = await sendSigned(program, key, {collection: 'key-rings', event: 'enrol', payload});
  return {...key, ring};
}

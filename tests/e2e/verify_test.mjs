// Verifying evidence in the browser, without account and without network: a real bundle and many altered ones get the
// verdict that `sparkgate verify` gives; what is no bundle gets a plain word, never a crash.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {createRequire} from 'node:module';
import path from 'node:path';
import {accessible} from './support/axe.mjs';
import {k_password, Office, promise, root} from './support/office.mjs';
import {application, consented, k_here, programsOf, sendPhoto, started} from './support/permits.mjs';
import {enrolKey, sendSigned} from './support/signatures.mjs';
import {agree, evidenceOf, inBrowser, onCommandLine} from './support/verdicts.mjs';

const {unzipSync, zipSync, strToU8, strFromU8} = createRequire(path.join(root, 'admin/console/'))('fflate');
const office = await Office.open();
const people = await programsOf(office, 'applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor1',
  'supervisor2',
  'supervisor3', 'auditor', 'admin');

// -- a permit at work, each approval signed

async function signedPermit() {
  const admin = await enrolKey(people.admin, 'office');
  const keys = {};
  for (const name of ['supervisor1', 'supervisor2', 'supervisor3']) {
    keys[name] = await enrolKey(people[name], 'desk');
    await sendSigned(people.admin, admin, {collection: 'key-rings', id: keys[name].ring, event: 'endorse',
      payload: {kid: keys[name].kid}});
  }
  const {id} = await people.applicant.post('/permits', application());
  await people.applicant.act('permits', id, 'submit');
  await consented(people, id);
  for (const name of Object.keys(keys)) {
    const {state, data} = await people[name].get(`/permits/${id}`);
    if (state !== 'UnderReview') break;
    await sendSigned(people[name], keys[name], {collection: 'permits', id, event: 'approve', payload: {
      scope_hash: data.scope_hash, opinion: '同意', position: k_here, photo: await sendPhoto(people[name], name)}});
  }
  await people.supervisor1.act('permits', id, 'confirm_site', {position: k_here});
  await started(people, id);
  return id;
}

const id = await signedPermit();
const key = (await (await fetch(`${office.address}/log/vkey`)).text()).trim();
const trust = {key};
const k_other_key = 'sparkgate.local+681508d0+AXnrh3LIJKYcuD9dRXUQL5ZrNBhOI/yS9mNVrXySTcHb';
const whole = await evidenceOf(office, id, 'auditor', k_password);
const bare = await evidenceOf(office, id, 'supervisor1', k_password);

// -- altering

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sorted = (value) => value && typeof value === 'object' && !Array.isArray(value)
  ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]))
  : Array.isArray(value) ? value.map(sorted) : value;
const packed = (files) => Buffer.from(zipSync(files, {mtime: new Date(1980, 0, 2)}));

/** The bundle with its files changed; `forged`: the manifest is made to fit, as a deceiver would. */
function altered(change, {forged = true, from = whole} = {}) {
  const files = unzipSync(from);
  const before = {...files};
  change(files);
  assert.ok(Object.keys(before).some((name) => before[name] !== files[name]) ||
    Object.keys(files).length > Object.keys(before).length, 'something was altered');
  if (forged) {
    const manifest = JSON.parse(strFromU8(files['manifest.json']));
    const names = Object.keys(files).filter((name) => name !== 'manifest.json');
    manifest.files = Object.fromEntries(names.map((name) => [name,
      {sha256: sha256(files[name]), size: files[name].length}]));
    manifest.absent = Object.fromEntries(Object.entries(manifest.absent).concat(names
      .filter((name) => /\d{6}\.json$/.test(name) && !files[name.replace('.json', '.personal.json')])
      .map((name) => name.replace('.json', '.personal.json')).filter((name) => !manifest.absent[name])
      .map((name) => [name, '0'.repeat(64)])).filter(([name]) => files[name.replace('.personal', '')]));
    files['manifest.json'] = strToU8(JSON.stringify(sorted(manifest)));
  }
  return packed(files);
}
const replace = (name, from, to) => (files) => {
  const text = strFromU8(files[name]);
  assert.ok(text.includes(from), `${name} has ${from}`);
  files[name] = strToU8(text.replace(from, to));
};
const remove = (...stems) => (files) => {
  for (const name of Object.keys(files)) if (stems.some((stem) => name.startsWith(stem))) delete files[name];
};
const swap = (one, other) => (files) => ([files[one], files[other]] = [files[other], files[one]]);
const names = Object.keys(unzipSync(whole));
const last = names.filter((name) => /^entries\/\d{6}\.json$/.test(name)).sort().at(-1).replace('.json', '');
const pack = names.find((name) => name.startsWith('packs/'));
const ring = names.find((name) => /^keys\/[^/]+\/000001\.json$/.test(name)).replace('/000001.json', '');
const approval = names.find((name) => name.endsWith('.personal.json') && name.startsWith('entries/') &&
  strFromU8(unzipSync(whole)[name]).includes('"signature"')).replace('.personal.json', '');

const cases = [
  ['as it is', whole],
  ['without personal parts', bare],
  ['an entry altered on the way', altered(replace('entries/000003.json', '"actor"', '"Actor"'), {forged: false})],
  ['an entry forged', altered(replace('entries/000002.json', '"system"', '"p1"'))],
  ['a fact forged', altered(replace('entries/000000.facts.json', '"electric_welding"', '"grinding"'))],
  ['a personal part forged', altered(replace(`${approval}.personal.json`, '同意', '不同意'))],
  ['a salt forged', altered(replace('entries/000001.facts.json',
    /"salt":"./.exec(strFromU8(unzipSync(whole)['entries/000001.facts.json']))[0], '"salt":"_'))],
  ['the last entry cut off', altered(remove(last))],
  ['an entry taken out of the middle', altered(remove('entries/000004'))],
  ['the first entry taken out', altered(remove('entries/000000'))],
  ['the facts of an entry left out', altered(remove('entries/000005.facts'))],
  ['a personal part left out', altered(remove(`${approval}.personal`))],
  ['two proofs exchanged', altered(swap('entries/000001.proof', 'entries/000002.proof'))],
  ['two entries exchanged', altered(swap('entries/000001.json', 'entries/000002.json'))],
  ['a proof that is none', altered(replace('entries/000001.proof', 'index ', 'indeks '))],
  ['the size of the log forged', altered(replace('checkpoint',
    /\n\d+\n/.exec(strFromU8(unzipSync(whole).checkpoint))[0], '\n999\n'))],
  ['the signature of the log damaged', altered((files) => {
    const text = strFromU8(files.checkpoint), at = text.length - 20;
    files.checkpoint = strToU8(text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
  })],
  ['no checkpoint', altered(remove('checkpoint'))],
  ['a rule pack forged', altered((files) => (files[pack] = strToU8(strFromU8(files[pack]).replace(/\d/, (n) =>
    (Number(n) + 1) % 10))))],
  ['no rule pack', altered(remove('packs/'))],
  ['a ring of keys without its last entry', altered(remove(`${ring}/000001`))],
  ['no rings of keys', altered(remove('keys/'))],
  ['no heads', altered(remove('heads/'))],
  ['a file of no use', altered((files) => (files['entries/readme.txt'] = strToU8('hello')))],
  ['a file that is not listed', altered((files) => (files['entries/000099.json'] = strToU8('{}')), {forged: false})],
  ['a manifest that is not canonical', altered((files) =>
    (files['manifest.json'] = strToU8(JSON.stringify(JSON.parse(strFromU8(files['manifest.json'])), null, 1))),
      {forged: false})],
  ['another instance in the manifest', altered(replace('manifest.json', id, id.replace(/^./, 'f')), {forged: false})],
];

const lying = packed({'manifest.json': new Uint8Array(3 << 20)});
const view = new DataView(lying.buffer, lying.byteOffset, lying.length);
const directory = view.getUint32(lying.length - 6, true);
view.setUint32(directory + 24, 100, true); // says 100 bytes, holds three million
const unusable = [
  ['cut in half', whole.subarray(0, whole.length / 2), '被截断'],
  ['cut by one byte', whole.subarray(0, -1), '被截断'],
  ['bytes behind it', Buffer.concat([whole, Buffer.from('more')]), '多余内容'],
  ['empty', Buffer.alloc(0), '不是 zip'],
  ['a picture', Buffer.from('\xff\xd8\xff\xe0 no zip at all, but long enough to be looked at', 'latin1'), '不是 zip'],
  ['a byte of compressed data flipped', Buffer.from(whole).fill(whole[200] ^ 255, 200, 201), '损坏'],
  ['a zip that lies of a size', lying, '损坏'],
  ['a zip bomb', packed(Object.fromEntries(Array.from({length: 30}, (_, n) => [`f${n}`, new Uint8Array(4 << 20)]))),
    '过大'],
  ['a name that climbs', packed({'../x': strToU8('x')}), '文件名'],
  ['another zip', packed({'hello.txt': strToU8('hello')}), 'manifest.json'],
];

// -- asking both

const page = await office.browserOf('', {on: 'desk', path: 'verify'});
await page.locator('sg-verify').waitFor();
await page.waitForFunction(() => navigator.serviceWorker.controller || navigator.serviceWorker.ready.then(() => true));

await promise('the page needs no account, and says that a key of this service is only as good as it', async () => {
  await page.getByRole('button', {name: '取自本服务'}).click();
  await page.locator('.own-key').waitFor();
  assert.equal((await page.locator('#log-keys textarea').inputValue()).trim(), key);
});

await promise('a phone shows it without errors of access, dark too', async () => {
  const phone = await office.browserOf('', {path: 'verify', dark: true, language: 'en'});
  await phone.locator('.drop').waitFor();
  await accessible(phone, 'the page');
});

await page.context().setOffline(true);

await promise('a real bundle: genuine as far as is checked here; what is not checked is named', async () => {
  const here = await inBrowser(page, whole, trust);
  assert.equal(here.answers.integrity, 'unaltered');
  assert.equal(here.steps.signatures.outcome, 'ok');
  assert.match(await page.locator('[data-step=signatures]').innerText(), /有本人的有效签名/);
  for (const step of ['replay', 'decisions', 'timestamp', 'keys']) assert.equal(here.steps[step].outcome,
    'not_checked');
});

for (const [what, bytes] of cases) {
  await promise(`as on the command line: ${what}`, async () => {
    const there = onCommandLine(office, bytes, trust), here = await inBrowser(page, bytes, trust);
    console.log(`      ${here.answers.integrity}, ${here.answers.completeness}; failed: ` +
      Object.entries(here.steps).filter(([, {outcome}]) => outcome === 'failed').map(([step]) => step).join(' '));
    agree(here, there.verdict);
  });
}

await promise('the key of another log convinces nobody', async () => {
  const {steps, answers} = await inBrowser(page, whole, {key: k_other_key});
  assert.equal(steps.log_signature.outcome, 'failed');
  assert.equal(answers.integrity, 'invalid');
});

for (const [what, bytes, word] of unusable) {
  await promise(`no bundle, said in a word: ${what}`, async () => {
    assert.equal(onCommandLine(office, bytes, trust).status, 2);
    assert.match((await inBrowser(page, bytes, trust)).unusable ?? '', new RegExp(word));
  });
}

await promise('a key that is none is said at the spot', async () => {
  assert.match((await inBrowser(page, whole, {key: 'no key'})).unusable, /公钥不正确/);
});

await office.close();

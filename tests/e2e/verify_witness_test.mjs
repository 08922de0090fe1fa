// A log that another machine cosigns: the browser counts its witnesses as the command line does, by the keys it is
// given.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createHash, generateKeyPairSync} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {k_password, Office, promise, root} from './support/office.mjs';
import {applied, programsOf} from './support/permits.mjs';
import {agree, evidenceOf, inBrowser, onCommandLine} from './support/verdicts.mjs';

const {unzipSync, zipSync, strToU8, strFromU8} = createRequire(path.join(root, 'admin/console/'))('fflate');
const binary = process.env.SPARKGATE ?? path.join(root, 'build-test/sparkgate');
const folder = mkdtempSync(path.join(os.tmpdir(), 'sparkgate-witness-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

/** A key of the log, known before the log begins; its verifier key. */
function logKey(file, name) {
  const {privateKey, publicKey} = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600});
  const typed = Buffer.concat([Buffer.of(1), publicKey.export({type: 'spki', format: 'der'}).subarray(-32)]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
  return `${name}+${id}+${typed.toString('base64')}`;
}

/** Its key and address, as it prints them. */
function startWitness(vkey) {
  const witness = spawn(binary, ['witness', '--port', '0', '--data', path.join(folder, 'witness'), '--key',
    path.join(folder, 'witness.pem'), '--name', 'b.example', '--log', vkey],
    {stdio: ['ignore', 'pipe', 'ignore'], env: {...process.env, LC_ALL: 'C'}});
  process.on('exit', () => witness.kill());
  return new Promise((resolve, reject) => {
    let said = '';
    witness.on('exit', (code) => reject(new Error(`the witness ended: ${code}\n${said}`)));
    witness.stdout.on('data', (text) => {
      said += text;
      const [, key] = /Key of this witness: (\S+)/.exec(said) ?? [], [, address] = /Serving on (\S+)/.exec(said) ?? [];
      if (key && address) resolve({key, address});
    });
  });
}

const keyFile = path.join(folder, 'log.pem');
const key = logKey(keyFile, 'sparkgate.local');
const witness = await startWitness(key);
const office = await Office.open({flags: ['--log-key', keyFile, '--witness', `${witness.key} ${witness.address}`]});
const people = await programsOf(office, 'applicant');
const id = await applied(people);

async function untilWitnessed() {
  const {items} = await people.applicant.get(`/permits/${id}/entries`);
  for (;;) {
    const {witnesses} = await (await fetch(`${office.address}/log/anchors`)).json();
    if (witnesses[0].size > items.at(-1).index) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
await untilWitnessed();
const bundle = await evidenceOf(office, id, 'auditor', k_password);
const page = await office.browserOf('', {on: 'desk', path: 'verify'});

const both = async (bytes, trust) => {
  const there = onCommandLine(office, bytes, trust).verdict, here = await inBrowser(page, bytes, trust);
  agree(here, there);
  return here.steps.witnesses;
};

await promise('a cosignature of a given witness counts', async () => {
  assert.equal((await both(bundle, {key, witness: witness.key, needed: 1})).outcome, 'ok');
  assert.match(await page.locator('[data-code=witnessed]').innerText(), /b\.example/);
});

await promise('more witnesses than there are fail', async () => {
  assert.deepEqual((await both(bundle, {key, witness: witness.key, needed: 2})).faults, ['witnesses_too_few']);
});

await promise('a damaged cosignature is wrong, in the bundle and in each proof', async () => {
  const files = unzipSync(bundle);
  for (const name of Object.keys(files).filter((one) => one === 'checkpoint' || one.endsWith('.proof'))) {
    files[name] = strToU8(strFromU8(files[name]).replace(/(\u2014 b\.example \S{40})(.)/,
      (_, before, letter) => before + (letter === 'A' ? 'B' : 'A')));
  }
  const {faults} = await both(Buffer.from(zipSync(files, {mtime: new Date(1980, 0, 2)})), {key, witness: witness.key,
    needed: 1});
  assert.deepEqual(faults, ['signature_wrong']);
});

await promise('the page of the log tells of the witness', async () => {
  const auditor = await office.browserOf('auditor', {on: 'desk', path: 'log', language: 'en'});
  await auditor.getByText('b.example').waitFor();
});

await office.close();
process.exit(0); // the witness goes with this process

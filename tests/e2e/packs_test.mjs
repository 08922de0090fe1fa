// A new version of a rule pack from its upload to its being in force, and a backup, against the service itself.
import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {Office, programOf, promise, root} from './support/office.mjs';
import {applied, programsOf} from './support/permits.mjs';

const backups = await mkdtemp(path.join(os.tmpdir(), 'sparkgate-backups-'));
const office = await Office.open({flags: ['--backups', backups]});
const programs = await programsOf(office, 'applicant', 'auditor');
const old = await applied(programs);
const desk = await office.browserOf('admin', {on: 'desk'});
const pack = JSON.parse(await readFile(path.join(root, 'workflows/rules/packs/cn-gb30871-2022.json'), 'utf8'));
const upload = (text) => desk.locator('.upload input').setInputFiles({name: 'pack.json', mimeType: 'application/json',
  buffer: Buffer.from(text)});
const packOf = async (id) => (await programs.auditor.get(`/permits/${id}`)).data.pack.version;

await promise('a pack that does not hold together is refused with where and why', async () => {
  await desk.goto(`${office.address}/console/manage/packs`);
  await upload(JSON.stringify({...pack, version: '2.0', params: {...pack.params, watch_minutes: {value: 'long'}}}));
  await desk.locator('[data-code=pack_broken]').waitFor();
});

await promise('a draft shows what it changes, and what it would have made of earlier decisions', async () => {
  pack.version = '2.0';
  pack.params.watch_minutes.value = 90;
  pack.params.validity_hours.by_grade.one = 2; // the permit above was asked for four
  await upload(JSON.stringify(pack));
  await desk.locator('sg-pack-diff ins').first().waitFor();
  assert.match(await desk.locator('sg-pack-diff').innerText(), /作业后监护时间[^]*60[^]*90/);
  await desk.locator('sg-pack-trial wa-button[type=submit]').click();
  await desk.locator('sg-pack-trial .item').first().waitFor();
});

await promise('once in force it judges what is submitted from then on, and nothing that was before', async () => {
  await desk.locator('sg-actions [data-event=activate]').click();
  await desk.locator('form[data-form=activate] wa-button[type=submit]').click();
  await desk.locator('wa-callout[variant=success]').waitFor();
  const next = await applied(programs);
  assert.equal(await packOf(next), '2.0');
  assert.equal(await packOf(old), '1.3');
});

await promise('a backup is made while the service runs, and checked', async () => {
  await desk.goto(`${office.address}/console/manage/backups`);
  await desk.locator('sg-backups wa-button[variant=brand]').click();
  await desk.locator('sg-backups .item .badge.success').waitFor();
  assert.equal((await readdir(backups)).filter((name) => name.startsWith('sparkgate-')).length, 1);
  const {items: [backup]} = await (await programOf(office, 'admin')).get('/backups');
  assert.equal(backup.problems, 0);
});

await office.close();

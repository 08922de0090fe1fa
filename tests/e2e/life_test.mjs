// The whole life of a permit by five people, each in a browser of their own: applied for, consented to, approved, begun,
// ended, watched and accepted. Only the pack's watch after work is shorter than anybody's: one minute instead of sixty.
import assert from 'node:assert/strict';
import {mkdtemp, readFile, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {Hand, sendIt, stateOf, writeApplication} from './support/applying.mjs';
import {Office, programOf, promise, root} from './support/office.mjs';
import {jpeg, SitePhone} from './support/site.mjs';

async function packWithAShortWatch() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sparkgate-packs-'));
  const pack = JSON.parse(await readFile(path.join(root, 'workflows/rules/packs/cn-gb30871-2022.json'), 'utf8'));
  pack.version = '99.0';
  pack.params.watch_minutes.value = 1;
  await writeFile(path.join(folder, 'pack.json'), JSON.stringify(pack));
  return folder;
}

const office = await Office.open({flags: ['--packs', await packWithAShortWatch()]});
const seen = await programOf(office, 'auditor');
const stateNow = async (id) => (await seen.get(`/permits/${id}`)).state;

const applicant = await office.browserOf('applicant', {path: 'apply'});
const owner = await office.browserOf('site_owner');
const supervisor = await office.browserOf('supervisor1', {on: 'desk'});
const watchPage = await office.browserOf('fire_watch');
const operatorPage = await office.browserOf('operator');
const sitePhone = async (page, id) => {
  await page.goto(`${office.address}/console/site/${id}`);
  return new SitePhone(page);
};
let id;

await promise('the contractor applies on a phone, and the system finds it qualified', async () => {
  const hand = new Hand(applicant);
  await writeApplication(hand, {address: '一号车间东门', work: '焊接吊车轨道支架两处'});
  id = await sendIt(hand);
  assert.equal(await stateOf(applicant), 'UnderReview');
});

const decide = async (page, event, photo) => {
  await page.goto(`${office.address}/console/review/${id}`);
  const form = page.locator(`form[data-form=${event}]`);
  const button = page.locator(`sg-actions [data-event=${event}]`);
  await form.or(button).first().waitFor();
  if (!(await form.count())) await button.click();
  if (photo) {
    await form.locator('input[type=file]').setInputFiles(photo);
    await form.locator('figure img').waitFor();
  }
  for (const box of await form.locator('wa-checkbox').all()) await box.click();
  if (await form.locator('sg-position[required]').count()) await form.locator('sg-position').getByText('±').waitFor();
  const before = (await seen.get(`/permits/${id}`)).version;
  await form.locator('wa-button[type=submit]').click();
  for (let tries = 0; (await seen.get(`/permits/${id}`)).version === before; ++tries) {
    assert.ok(tries < 200, `${event} is not recorded: ${await page.locator('main').innerText()}`);
    await page.waitForTimeout(100);
  }
};

await promise('the owner of the place consents', () => decide(owner, 'consent'));

await promise('a supervisor approves on site, with a photo, and confirms the site', async () => {
  await decide(supervisor, 'approve', await jpeg(supervisor, 320, 'site.jpg'));
  for (const login of ['supervisor2', 'supervisor3']) {
    if ((await stateNow(id)) === 'Approved') break; // the grade, and so the hour of the day, says how many there are
    const other = await office.browserOf(login, {on: 'desk'});
    await decide(other, 'approve', await jpeg(other, 320, 'site.jpg'));
  }
  await decide(supervisor, 'confirm_site');
  assert.equal(await stateNow(id), 'SiteReady');
});

let watch, lead;
await promise('on site everybody does their part, and work begins', async () => {
  watch = await sitePhone(watchPage, id);
  await watch.do('watch_checked_in');
  await watch.gas('0.1');
  await watch.send();
  const operator = await sitePhone(operatorPage, id);
  await operator.do('briefing_accepted');
  lead = await sitePhone(applicant, id);
  for (const code of ['A.1-8', 'A.1-9']) await lead.do('measure_confirmed', code);
  await lead.check();
  await lead.do('start');
  assert.equal(await stateNow(id), 'InProgress');
});

await promise('a round is made, and work ends', async () => {
  await watch.page.reload();
  await watch.open('round');
  await watch.photo(await jpeg(watch.page, 320, 'round.jpg'));
  await watch.send();
  await lead.page.reload();
  await lead.do('finish');
  assert.equal(await stateNow(id), 'FireWatch');
});

await promise('the service counts the watch after work, and only then it can be completed', async () => {
  await watch.page.reload();
  await watch.state('FireWatch');
  assert.equal(await watch.step('complete_watch').count(), 0);
  await watch.step('complete_watch').waitFor({timeout: 120_000});
  await watch.open('complete_watch');
  await watch.page.locator('sg-deed wa-checkbox').click();
  await watch.send();
  assert.equal(await stateNow(id), 'AwaitingAcceptance');
});

await promise('the owner accepts the place, and the permit is closed', async () => {
  await decide(owner, 'accept', await jpeg(owner, 320, 'restored.jpg'));
  assert.equal(await stateNow(id), 'Closed');
});

await office.close();

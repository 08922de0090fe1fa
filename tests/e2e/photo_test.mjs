// In weak coverage no photo is lost: it is on the device before it is on its way, and until the service has it.
import assert from 'node:assert/strict';
import {Office, promise} from './support/office.mjs';
import {jpeg, readyPermit, SitePhone} from './support/site.mjs';

const office = await Office.open();
office.expectFaults(/ERR_FAILED/);
const id = await readyPermit(office);
const phone = new SitePhone(await office.browserOf('applicant', {path: `site/${id}`}));
const {page} = phone, context = page.context(), k_photos = '**/api/v1/photos';
const answers = (status) => (route) => route.fulfill({status, contentType: 'application/problem+json',
  body: JSON.stringify({code: 'made_up', title: 'made up', detail: ''})});
const silence = () => {};

const keptHere = () => page.evaluate(async () => {
  const open = indexedDB.open('sparkgate-field');
  const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
  const asked = db.transaction('photos').objectStore('photos').getAllKeys();
  return new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result.length)));
});
async function choose(side) {
  await page.locator('sg-deed input[type=file]').setInputFiles(await jpeg(page, side, `${side}.jpg`));
}
const waits = () => page.locator('sg-photos [role=status]', {hasText: '照片已保存在本机'}).waitFor();

/** Opened anew the page brings what it has kept. */
async function brought() {
  const at = page.url();
  await page.goto('about:blank');
  await context.unroute(k_photos);
  const taken = page.waitForResponse((answer) => answer.url().endsWith('/photos') && answer.ok());
  await page.goto(at);
  await taken;
  await page.waitForFunction(() => navigator.locks.query().then(({held}) => !held.length));
  assert.equal(await keptHere(), 0);
  await phone.open('pre_start_check');
}

await phone.open('pre_start_check');

await promise('a photo is kept while it is on its way: the page may be gone before it has arrived', async () => {
  await context.route(k_photos, silence);
  const asked = page.waitForRequest(k_photos);
  await choose(200);
  await asked;
  assert.equal(await keptHere(), 1);
  await brought();
});

await promise('one that does not move on is given up, and waits', async () => {
  await context.route(k_photos, silence);
  await choose(210);
  await waits();
  await page.locator('sg-photos figure img').waitFor();
  assert.equal(await keptHere(), 1);
  await brought();
});

for (const status of [401, 429, 502]) {
  await promise(`an answer of ${status} refuses no photo: it waits`, async () => {
    await context.route(k_photos, answers(status));
    await choose(status);
    await waits();
    assert.equal(await keptHere(), 1);
    await brought();
  });
}

await promise('one that is refused for good says why and is not kept', async () => {
  await context.route(k_photos, answers(422));
  await choose(230);
  await page.locator('sg-photos [data-code=made_up]').waitFor();
  assert.equal(await keptHere(), 0);
  await context.unroute(k_photos);
});

await promise('one that the service has is not kept', async () => {
  const taken = page.waitForResponse((answer) => answer.url().endsWith('/photos') && answer.ok());
  await choose(240);
  await taken;
  await page.locator('sg-photos wa-progress-bar').waitFor({state: 'detached'});
  assert.equal(await keptHere(), 0);
});

await office.close();

// The network is cut in the middle of work. Two phones, one a day fast and one a day slow, go on recording, are reloaded
// and closed, and bring everything when the network is back: each event once, at its true time, none lost.
import assert from 'node:assert/strict';
import {Office, programOf, promise} from './support/office.mjs';
import {jpeg, k_here, keyDesk, readyPermit, SitePhone} from './support/site.mjs';

const k_day = 24 * 3600_000;
const k_seconds = 1000;
const office = await Office.open();
office.expectFaults(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
const id = await readyPermit(office);
const programs = Object.fromEntries(await Promise.all(['applicant', 'fire_watch', 'operator', 'supervisor1'].map(
  async (login) => [login, await programOf(office, login)])));
const desk = await keyDesk(office);
const pictures = process.env.PICTURES;
const look = (page, name) => pictures && page.screenshot({path: `${pictures}/offline-${name}.png`, fullPage: true});

async function begin() {
  const now = (back = 0) => new Date(Date.now() - back).toISOString();
  const {applicant, fire_watch, operator} = programs;
  await fire_watch.act('permits', id, 'watch_checked_in', {position: k_here});
  await fire_watch.act('permits', id, 'measure_confirmed', {code: 'A.1-9'});
  await fire_watch.act('permits', id, 'gas_test', {sampled_at: now(2 * k_seconds), instrument: 'DEMO-GD-01',
    readings: [{point: '焊点', substance: 'methane', lel_percent: '5', reading_percent: '0.05'}]});
  await operator.act('permits', id, 'briefing_accepted');
  await applicant.act('permits', id, 'measure_confirmed', {code: 'A.1-8'});
  const {data} = await applicant.get(`/permits/${id}`);
  const {pack} = await applicant.get(`/packs/${data.pack.digest}`);
  const items = pack.pre_start.map(({code}) => ({code, as_permitted: true}));
  await applicant.act('permits', id, 'pre_start_check', {items, position: k_here});
  await applicant.act('permits', id, 'start');
}

/** A phone that is ready for work without network: its key is in force, the console and the permit are on it. */
async function readyPhone(login, clockOff) {
  const page = await office.browserOf(login, {path: `site/${id}`, clockOff});
  await page.locator('[data-readiness=none] wa-button').click();
  await page.locator('[data-readiness=waits]').waitFor();
  await desk.putInForce(login);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.locator('sg-site-permit h1').waitFor();
  await page.locator('[data-readiness]').waitFor({state: 'detached'});
  return new SitePhone(page);
}

const network = (phone, there) => phone.page.context().setOffline(!there);
async function counted(phone, count) {
  try {
    await phone.page.locator(`sg-queue [data-count="${count}"]`).waitFor();
  } catch {
    throw new Error(`not ${count} waiting, but:\n${await phone.page.locator('sg-queue').innerText()}`);
  }
}
const entriesOf = async () => (await programs.applicant.get(`/permits/${id}/entries`)).items;
const howMany = async (type) => (await entriesOf()).filter((entry) => entry.type === type).length;
const made = []; // {event, at}: by the test's own clock

async function note(event, work) {
  await work();
  made.push({event, at: Date.now()});
}
async function round(phone) {
  const photo = await jpeg(phone.page, 300, `round-${made.length}.jpg`);
  await note('round', async () => {
    await phone.open('round');
    await phone.photo(photo);
    await phone.send();
  });
}
const gas = (phone) => note('gas_test', async () => {
  await phone.gas('0.08');
  await phone.send();
});

await begin();
const watch = await readyPhone('fire_watch', k_day), lead = await readyPhone('applicant', -k_day);

await promise('without network events are kept on the device, and shown', async () => {
  await network(watch, false);
  await network(lead, false);
  await round(watch);
  await gas(watch);
  await round(watch);
  await counted(watch, 3);
  await watch.page.getByText('没有网络：显示').waitFor();
});

await promise('a reload without network opens the permit with its queue', async () => {
  await watch.page.reload();
  await counted(watch, 3);
  await round(watch);
  await gas(watch);
  await counted(watch, 5);
  const left = await watch.page.locator('.clocks .big time').innerText();
  assert.match(left, /^(1:00:00|59:\d\d)$/); // counted by the service's clock, not by the wrong one here
  await look(watch.page, 'watch');
});

await promise('the work is suspended, resumed and finished without network', async () => {
  await note('suspend', async () => {
    await lead.open('suspend');
    await lead.page.locator('sg-deed .quick').nth(1).click();
    await lead.send();
  });
  await lead.state('Suspended');
  await lead.page.reload();
  await lead.state('Suspended'); // as it will be
  await note('resume', () => lead.do('resume'));
  await lead.state('InProgress');
  await note('finish', () => lead.do('finish'));
  await lead.state('FireWatch');
  await counted(lead, 3);
  await look(lead.page, 'lead');
});

await promise('a phone that was shut goes on, in the same queue', async () => {
  const context = watch.page.context();
  await watch.page.close();
  watch.page = await context.newPage();
  await watch.page.goto(`${office.address}/console/site/${id}`);
  await counted(watch, 5);
  await round(watch);
  await round(watch);
  await round(watch);
  await counted(watch, 8);
});

await promise('the first answer is lost on its way: nothing is lost, nothing is there twice', async () => {
  await lead.page.context().route('**/field/sync', async (route) => {
    await route.fetch();
    await route.abort();
  }, {times: 1});
  const lost = lead.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/field/sync'));
  await network(lead, true);
  await lost;
  await counted(lead, 3);
  assert.equal(await howMany('finish'), 1); // the service has them already
  await lead.page.getByRole('button', {name: '立即上报'}).click();
  await counted(lead, 0);
  assert.equal(await howMany('finish'), 1);
});

await promise('the network is back: all is placed at its true time, however wrong the clocks are', async () => {
  await network(watch, true);
  await counted(watch, 0);
  await look(watch.page, 'sent');
  assert.equal(await watch.page.locator('sg-queue [data-standing=sent]').count(), 8);
  assert.equal(await howMany('round'), 6);
  assert.equal(await howMany('gas_test'), 1 + 2);
  assert.equal(await howMany('field_conflict'), 0);
  for (const [phone, off] of [[watch, k_day], [lead, -k_day]]) {
    for (const {claim, outcome} of await queueOf(phone.page)) {
      const real = Date.parse(claim.wall) - off;
      const wrong = Math.abs(Date.parse(outcome.at) - real);
      console.log(`  ${claim.event}: placed ${Math.round(wrong)} ms off, ± ${outcome.uncertainty_seconds} s; ` +
        `its clock was off by ${outcome.clock_off_seconds} s`);
      assert.ok(wrong <= (outcome.uncertainty_seconds + 1) * k_seconds);
      assert.ok(Math.abs(outcome.clock_off_seconds * k_seconds - off) <= (outcome.uncertainty_seconds + 1) * k_seconds);
    }
  }
  const photos = (await queueOf(watch.page)).flatMap(({claim}) => claim.payload.photo ?? []);
  assert.equal(photos.length, 6);
  for (const photo of photos) assert.ok((await programs.supervisor1.get(`/photos/${photo}`)).bytes > 0);
});

await promise('a second sync changes nothing', async () => {
  const before = (await entriesOf()).length;
  await watch.page.evaluate(async () => {
    const open = indexedDB.open('sparkgate-field');
    const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const items = db.transaction('items', 'readwrite').objectStore('items');
    const all = await new Promise((resolve) => {
      const asked = items.getAll();
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const item of all) items.put({...item, standing: 'waiting'});
  });
  await watch.page.reload();
  await counted(watch, 0);
  const outcomes = (await queueOf(watch.page)).map(({outcome}) => outcome.outcome);
  assert.deepEqual([...new Set(outcomes)], ['already']);
  assert.equal((await entriesOf()).length, before);
});

await promise('an answer that is lost while there is network does not make an event twice', async () => {
  const before = await howMany('round');
  await watch.page.context().route('**/round', async (route) => {
    await route.fetch();
    await route.abort();
  }, {times: 1});
  await round(watch);
  await watch.page.getByRole('button', {name: '立即上报'}).click();
  await counted(watch, 0);
  assert.equal(await howMany('round'), before + 1);
});

await promise('of two events that are alike the second is sent too, however old its page is', async () => {
  const before = await howMany('round'), context = watch.page.context(), asked = `**/api/v1/permits/${id}`;
  await context.route(asked, (route) => route.abort());
  await round(watch);
  await watch.page.getByText('没有网络：显示').waitFor();
  await context.route('**/round', (route) => route.abort(), {times: 1});
  await round(watch);
  await counted(watch, 1);
  await context.unroute(asked);
  await watch.page.getByRole('button', {name: '立即上报'}).click();
  await counted(watch, 0);
  assert.equal(await howMany('round'), before + 2);
});

await promise('what could not have happened is kept as a conflict, with its reason', async () => {
  const other = await readyPermit(office);
  await watch.page.goto(`${office.address}/console/site/${other}`);
  await watch.page.locator('sg-site-permit h1').waitFor();
  await network(watch, false);
  await programs.applicant.act('permits', other, 'withdraw');
  await watch.do('watch_checked_in');
  await network(watch, true);
  await watch.page.locator('sg-queue [data-standing=conflict] .field-problem').waitFor();
  const {outcome} = (await queueOf(watch.page)).find(({standing}) => standing === 'conflict');
  assert.equal(outcome.code, 'wrong_state');
  await look(watch.page, 'conflict');
});

await promise('a photo that the service will never take says why, and can be removed', async () => {
  const account = (await queueOf(watch.page))[0].account;
  await watch.page.evaluate(async (account) => {
    const open = indexedDB.open('sparkgate-field');
    const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const blob = new Blob(['no photo at all'], {type: 'image/jpeg'});
    db.transaction('photos', 'readwrite').objectStore('photos').put({sha256: 'f'.repeat(64), account, blob});
  }, account);
  await watch.page.reload();
  const refused = watch.page.locator('sg-queue [data-photo]');
  await refused.locator('.field-problem').waitFor();
  await refused.locator('wa-button').click();
  await watch.page.locator('wa-dialog[open] wa-button[variant=danger]').click();
  await refused.waitFor({state: 'detached'});
  await watch.page.reload();
  await counted(watch, 0);
  assert.equal(await refused.count(), 0);
});

/** What the phone keeps of its events. */
function queueOf(page) {
  return page.evaluate(async () => {
    const open = indexedDB.open('sparkgate-field');
    const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const asked = db.transaction('items').objectStore('items').getAll();
    return new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  });
}

await office.close();

// A session that ends, and a service that is ill, take nothing from who is at work on a page.
import assert from 'node:assert/strict';
import {k_password, Office, programOf, promise} from './support/office.mjs';
import {jpeg, readyPermit, SitePhone} from './support/site.mjs';

const office = await Office.open();
office.expectFaults(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
const id = await readyPermit(office);

/** The permit's page on a phone that has the console, so that it also starts without network. */
async function phoneOf(login, where = `site/${id}`) {
  const page = await office.browserOf(login, {path: where});
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.locator('main h1').waitFor();
  return new SitePhone(page);
}
const ill = (route) => route.fulfill({status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>'});
const point = (page) => page.locator('sg-deed input[name=gas-point]').inputValue();

await promise('a session that ended without network leaves the form that was open', async () => {
  const phone = await phoneOf('fire_watch'), {page} = phone, context = page.context();
  await context.setOffline(true);
  await page.reload();
  await phone.gas('0.05');
  await context.clearCookies();
  await context.setOffline(false);
  await page.locator('sg-login[again] form').waitFor();
  await page.locator('sg-site-permit > .problem').waitFor();
  assert.equal(await point(page), '焊点');
  await office.signIn(page, 'fire_watch');
  await page.locator('sg-site-permit > .problem').waitFor({state: 'detached'});
  assert.equal(await point(page), '焊点');
  await phone.send();
  await context.close();
});

await promise('a service that is ill ends no session: neither on an open page nor at the start', async () => {
  const phone = await phoneOf('fire_watch'), {page} = phone, context = page.context();
  await context.route('**/api/v1/**', ill);
  await page.reload();
  await page.getByText('没有网络：显示').waitFor();
  await phone.gas('0.06');
  const asked = page.waitForResponse('**/api/v1/me');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await asked;
  await page.waitForFunction(() => navigator.locks.query().then(({held}) => !held.length));
  assert.equal(await point(page), '焊点');
  assert.equal(await page.locator('sg-login').count(), 0);
  await context.close();
});

await promise('what is half written on a sheet outlives a reload, and is gone once it was sent', async () => {
  const phone = await phoneOf('fire_watch'), {page} = phone;
  await phone.gas('0.07');
  await page.waitForTimeout(1000); // nobody reloads within a blink of the last letter: the device is writing it down
  await page.reload();
  await phone.open('gas_test');
  await page.locator('sg-deed [data-earlier]').waitFor();
  assert.equal(await point(page), '焊点');
  assert.equal(await page.locator('sg-deed input[name=instrument]').inputValue(), 'DEMO-GD-01');
  await phone.send();
  await phone.open('gas_test');
  assert.equal(await point(page), '');
  await page.context().close();
});

await promise('the answers and the photo of a check outlive a reload', async () => {
  const phone = await phoneOf('applicant'), {page} = phone;
  await phone.open('pre_start_check');
  await page.locator('sg-deed .reply.good input').first().check();
  await page.context().route('**/api/v1/photos', (route) => route.abort());
  await phone.photo(await jpeg(page, 250, 'check.jpg'));
  await page.reload();
  await phone.open('pre_start_check');
  assert.ok(await page.locator('sg-deed .reply.good input').first().isChecked());
  await page.locator('sg-deed sg-photos img[src^="blob:"]').waitFor();
  await page.context().close();
});

const signedIn = (page) => page.locator('a.who').getAttribute('aria-label');
const nameOf = async (login) => (await (await programOf(office, login)).get('/me')).name;

await promise('who signs in on a device of others is who signed in, also when the network goes then', async () => {
  const {page} = await phoneOf('fire_watch'), context = page.context();
  await context.clearCookies();
  await page.reload();
  await page.locator('sg-login').waitFor();
  await context.route('**/api/v1/me', (route) => route.abort());
  await office.signIn(page, 'operator');
  assert.equal(await signedIn(page), await nameOf('operator'));
  await page.reload();
  await page.locator('main h1').waitFor();
  assert.equal(await signedIn(page), await nameOf('operator'));
  await context.close();
});

await promise('another who signs in where a session has ended begins anew: nothing of the former is sent', async () => {
  const phone = await phoneOf('fire_watch'), {page} = phone, context = page.context();
  await phone.gas('0.05');
  await context.clearCookies();
  await page.locator('sg-deed wa-button[type=submit]').click();
  await page.locator('sg-login[again] form').waitFor();
  const sent = [];
  page.on('request', (request) => request.url().endsWith('/gas_test') && sent.push(request.url()));
  await office.signIn(page, 'operator');
  await page.waitForURL(`${office.address}/console/`);
  await page.locator('main h1').waitFor();
  assert.equal(await signedIn(page), await nameOf('operator'));
  assert.deepEqual(sent, []);
  await context.close();
});

await promise('a page of memory is not gone on with by another whose cookie the browser has', async () => {
  const {page} = await phoneOf('fire_watch'), context = page.context();
  await context.setOffline(true);
  await page.reload();
  await page.locator('sg-site-permit h1').waitFor();
  const url = `${office.address}/api/v1/sessions`; // the context's own requests share the browser's cookies
  const answer = await context.request.post(url, {data: {login: 'operator', password: k_password}});
  assert.equal(answer.status(), 201);
  await context.setOffline(false);
  await page.waitForURL(`${office.address}/console/`);
  await page.locator('main h1').waitFor();
  assert.equal(await signedIn(page), await nameOf('operator'));
  await context.close();
});

await office.close();

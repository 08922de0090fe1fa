// A session that ends, and a service that is ill, take nothing from who is at work on a page.
import assert from 'node:assert/strict';
import {Office, promise} from './support/office.mjs';
import {readyPermit, SitePhone} from './support/site.mjs';

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

await office.close();

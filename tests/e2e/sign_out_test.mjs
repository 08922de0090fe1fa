// Signing out ends the session at the service too: later where it cannot be told at once, and the page says so.
import assert from 'node:assert/strict';
import {Office, promise} from './support/office.mjs';

const office = await Office.open();
office.expectFaults(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
const page = await office.browserOf('applicant', {on: 'desk'}), context = page.context();

/** What the service says to the sign-in that the browser has now, whatever the browser does with it later. */
async function signInOf() {
  const Cookie = (await context.cookies()).map(({name, value}) => `${name}=${value}`).join('; ');
  return async () => (await fetch(`${office.address}/api/v1/me`, {headers: {Cookie}})).status;
}
const stands = page.locator('sg-login [data-leaving]');
const signOut = () => page.getByRole('button', {name: '退出', exact: true}).first().click();
const confirm = () => page.locator('wa-dialog[open] wa-button[variant=danger]').click();

await promise('without network it is asked first, then said that the session stands, and ended later', async () => {
  const me = await signInOf();
  await context.setOffline(true);
  await signOut();
  await confirm();
  await stands.waitFor();
  assert.equal(await me(), 200);
  await context.setOffline(false);
  await stands.waitFor({state: 'detached'});
  assert.equal(await me(), 401);
});

await promise('a service that is ill is told before anybody signs in, also after a reload', async () => {
  await office.signIn(page, 'applicant');
  const me = await signInOf();
  const ended = '**/api/v1/sessions/current';
  await context.route(ended, (route) => route.fulfill({status: 502, body: 'Bad Gateway'}));
  await signOut();
  await stands.waitFor();
  await page.reload();
  await stands.waitFor();
  const asked = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await context.unroute(ended);
  await office.signIn(page, 'operator');
  const [out, back] = ['DELETE /api/v1/sessions/current', 'POST /api/v1/sessions'].map((one) => asked.indexOf(one));
  assert.ok(out >= 0 && out < back, asked.join('\n'));
  assert.equal(await me(), 401);
  assert.equal(await (await signInOf())(), 200);
});

await promise('while something waits to be sent it is asked first', async () => {
  const me = await signInOf();
  await page.evaluate(async () => {
    const {id} = await (await fetch('/api/v1/me')).json();
    const open = indexedDB.open('sparkgate-field');
    const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const photo = {sha256: 'f'.repeat(64), account: id, blob: new Blob(['no photo'])};
    const put = db.transaction('photos', 'readwrite').objectStore('photos').put(photo);
    await new Promise((resolve) => (put.onsuccess = resolve));
  });
  await signOut();
  await page.getByText('1 条记录或照片待上报').waitFor();
  await page.getByRole('button', {name: '取消', exact: true}).click();
  assert.equal(await me(), 200);
  await signOut();
  await confirm();
  await page.locator('sg-login').waitFor();
  assert.equal(await me(), 401);
});

await office.close();

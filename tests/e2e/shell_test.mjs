// The frame of the console: signing in and out, both languages, dark, a phone and a desk, and a page that is not there.
import assert from 'node:assert/strict';
import {Office, promise} from './support/office.mjs';

const office = await Office.open();

await promise('a wrong password is refused in plain words', async () => {
  const page = await office.browserOf('', {language: 'en'});
  await page.locator('sg-login wa-input[name=login] input').fill('applicant');
  await page.locator('sg-login wa-input[name=password] input').fill('not the password');
  await page.locator('sg-login wa-button[type=submit]').click();
  await page.locator('[data-code=login_failed]').waitFor();
  await page.context().close();
});

await promise('the language changes at once and stays', async () => {
  const page = await office.browserOf('supervisor1', {on: 'desk'});
  assert.match(await page.locator('h1').innerText(), /您好/);
  await page.getByText('English').click();
  assert.match(await page.locator('h1').innerText(), /Hello/);
  await page.reload();
  assert.match(await page.locator('h1').innerText(), /Hello/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

await promise('a key made on a device stands in the ring, and its private part cannot be read', async () => {
  const page = await office.browserOf('supervisor2', {on: 'desk', path: 'account'});
  await page.getByRole('button', {name: '在本机登记密钥'}).click();
  await page.getByText('（本机）').waitFor();
  const exported = await page.evaluate(async () => {
    const open = indexedDB.open('sparkgate-keys');
    const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const all = db.transaction('keys').objectStore('keys').getAll();
    const [key] = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
    return crypto.subtle.exportKey('pkcs8', key.pair.privateKey).then(() => 'exported', (error) => error.name);
  });
  assert.equal(exported, 'InvalidAccessError');
});

await promise('a page that is not there says so', async () => {
  const page = await office.browserOf('auditor', {path: 'nowhere/at/all'});
  await page.getByRole('heading', {name: '没有这个页面'}).waitFor();
});

await office.close();

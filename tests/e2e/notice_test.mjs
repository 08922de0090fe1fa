// The posted notice on a phone and a desk, in both languages, light and dark: whole, accessible, without any script; its
// QR code as another decoder reads it; and the way to notice and paper from a permit's page.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {installed, Office, programOf, promise, root} from './support/office.mjs';
import {sendPhoto} from './support/permits.mjs';

const jsqr = installed('jsqr');
installed('axe-core');
const axe = await readFile(path.join(root, 'build-e2e/node_modules/axe-core/axe.min.js'), 'utf8');

const office = await Office.open();
const applicant = await programOf(office, 'applicant');
const in_hours = (hours) => new Date(Date.now() + hours * 3600e3).toISOString();
const {id} = await applicant.post('/permits', {
  unit: '91500230MADEMA01XB', owner_unit: '91500230MADEMA11X1', area: '500230111201-01',
  place: {address: '1号厂房东门', longitude: '107.617485', latitude: '29.917942', outdoor: false,
    confined_space: false, height_metres: '0'},
  work: '焊接支架', method: 'electric_welding', special_equipment: false, explosive_place: false,
  running_or_pressurised: false, isolated_with_approval: false, tank_bund: false, pipe_rack: false, wind_force: 2,
  essential: false, starts: in_hours(0), ends: in_hours(4), operators: ['T500230198604120315'],
  fire_watch: '500230198302140863', person_in_charge: '500230199001011093', machines: ['DEMO-WM-01'],
  measures: [{code: 'A.1-8'}, {code: 'A.1-9'}],
});
await applicant.act('permits', id, 'submit');
const supervisor = await programOf(office, 'supervisor1');
const {data} = await supervisor.get(`/permits/${id}`);
await (await programOf(office, 'site_owner')).act('permits', id, 'consent', {scope_hash: data.scope_hash});
const here = {longitude: '107.617485', latitude: '29.917942', accuracy_metres: 8};
for (const who of ['supervisor1', 'supervisor2', 'supervisor3']) {
  const program = await programOf(office, who);
  if ((await program.get(`/permits/${id}`)).state !== 'UnderReview') break;
  const photo = await sendPhoto(program, who);
  await program.act('permits', id, 'approve', {scope_hash: data.scope_hash, position: here, photo});
}

// What axe finds on the page itself: its policy lets no script in, so axe comes from outside of it.
async function violations(url, colorScheme, width) {
  const context = await office.browser.newContext({viewport: {width, height: 800}, colorScheme, bypassCSP: true});
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  await context.close();
  return violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

await promise('the notice is whole at 360 px and at 1440 px, in both languages, without any script', async () => {
  for (const [width, lang, said] of [[360, 'zh', '已批准，尚未开工'], [360, 'en', 'Approved, not started'],
    [1440, 'zh', '已批准，尚未开工']]) {
    const context = await office.browser.newContext({viewport: {width, height: 740}, javaScriptEnabled: false});
    const page = await context.newPage();
    const faults = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('request', (request) => request.isNavigationRequest() || faults.push(`fetches ${request.url()}`));
    await page.goto(`${office.address}/p/${data.notice_code}?lang=${lang}`);
    assert.match(await page.locator('h1').innerText(), new RegExp(said));
    const {width: shown} = await page.locator('main').boundingBox();
    assert.ok(shown > 0 && shown <= width, `main is ${shown} wide`);
    for (const row of await page.locator('dl div, .state, .calls a').all()) {
      const box = await row.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, `${await row.innerText()} ends at ${box.x + box.width}`);
    }
    const size = await page.locator('h1').evaluate((h1) => parseFloat(getComputedStyle(h1).fontSize));
    assert.ok(size >= 34, `the state is ${size} px high`);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

await promise('axe finds nothing, light and dark, on the notice and where there is none', async () => {
  for (const scheme of ['light', 'dark']) {
    for (const code of [data.notice_code, 'NOSUCHCODE00']) {
      assert.deepEqual(await violations(`${office.address}/p/${code}`, scheme, 360), []);
    }
  }
});

await promise('a permit\'s page leads to notice and paper, and its QR code to the notice', async () => {
  const page = await office.browserOf('applicant', {on: 'desk', path: `permits/${id}`});
  const picture = page.locator('img.qr');
  await picture.waitFor();
  const {pixels, side} = await picture.evaluate(async (image) => {
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {width: 330, height: 330});
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, 330, 330);
    return {pixels: [...context.getImageData(0, 0, 330, 330).data], side: 330};
  });
  const read = (jsqr.default ?? jsqr)(Uint8ClampedArray.from(pixels), side, side);
  assert.equal(read?.data, `${office.address}/p/${data.notice_code}`);
  const pdf = await page.evaluate(async (where) => {
    const answer = await fetch(where);
    return {type: answer.headers.get('Content-Type'), begins: (await answer.text()).slice(0, 5)};
  }, `/api/v1/permits/${id}/paper`);
  assert.deepEqual(pdf, {type: 'application/pdf', begins: '%PDF-'});
  assert.equal(await page.locator(`wa-button[href^="/api/v1/permits/${id}/paper"]`).count(), 1);
});

await office.close();

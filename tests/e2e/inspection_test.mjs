// A patrol on a phone: the notice's code shows the live permit, the checklist is gone through with a photo, work is
// stopped; enforcement confirms the violation; the auditor finds the permit, reads its history and takes the evidence.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {applied, approved, programsOf, started} from './support/permits.mjs';

const office = await Office.open();
const people = await programsOf(office, 'applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor1',
  'supervisor2',
  'supervisor3', 'auditor');
const permit = await applied(people);
await approved(people, permit);
await started(people, permit);
const {data: {notice_code: code, number}} = await people.auditor.get(`/permits/${permit}`);

const phone = await office.browserOf('grid_worker', {path: 'inspections'});
const idOf = (page) => page.url().split('/').at(-1);
let inspection;

await promise('without inspections the page says how to begin one', async () => {
  await phone.getByText('还没有现场检查').waitFor();
  await accessible(phone, 'the empty list');
  await phone.getByText('开始检查').click();
});

await promise('a code that no notice bears is explained', async () => {
  await phone.locator('wa-input[name=code] input').fill('NOSUCHCODE22');
  await phone.locator('sg-inspect').getByText('查找作业证').click();
  await phone.locator('.no-permit').waitFor();
});

await promise('the camera looks for a code, and what it reads is looked up at once', async () => {
  await phone.getByText('扫码', {exact: true}).click();
  const scanner = phone.locator('sg-scan');
  await scanner.locator('video').waitFor();
  const read = `${office.address}/p/NOSUCHCODE23`; // the false camera shows no code: its finding is played
  await scanner.evaluate((one, detail) => one.dispatchEvent(new CustomEvent('found', {detail})), read);
  await scanner.waitFor({state: 'detached'});
  await phone.locator('.no-permit').waitFor();
  assert.equal(await phone.locator('wa-input[name=code] input').inputValue(), 'NOSUCHCODE23');
});

await promise('the address in a notice shows the live permit before anything is recorded', async () => {
  await phone.locator('wa-input[name=code] input').fill(`${office.address}/p/${code.toLowerCase()}`);
  await phone.locator('sg-inspect').getByText('查找作业证').click();
  const card = phone.locator('.found-permit');
  await card.waitFor();
  assert.match(await card.innerText(), new RegExp(`${number}[^]*作业中[^]*监护人在场`));
  await accessible(phone, 'the permit found');
});

await promise('an inspection opens on the spot, by the position of the phone', async () => {
  await phone.locator('form:has(sg-position) wa-button[type=submit]').click();
  await phone.waitForURL(/inspections\/[0-9a-f-]{36}$/);
  inspection = idOf(phone);
  await phone.getByText('距作业地点 0 米').waitFor();
});

const item = (name) => phone.locator(`[data-item=${name}]`);
const state = async () => (await people.auditor.get(`/inspections/${inspection}`)).data.results;

await promise('each result is kept at once; a failure with what was seen and a photo', async () => {
  await item('permit_matches').locator('button.pass').click();
  await item('permit_matches').locator('button.pass[aria-pressed=true]').waitFor();
  await item('watch_present').locator('button.fail').click();
  await item('watch_present').locator('textarea').fill('监护人离开现场');
  const jpeg = await phone.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 480), context = canvas.getContext('2d');
    for (let i = 0; i < 400; i++) {
      context.fillStyle = `hsl(${i * 37 % 360} 70% 50%)`;
      context.fillRect(i * 53 % 640, i * 29 % 480, 40, 30);
    }
    const blob = await canvas.convertToBlob({type: 'image/jpeg', quality: 0.9});
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await item('watch_present').locator('input[type=file]').setInputFiles(
    {name: 'watch.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(jpeg)});
  await item('watch_present').locator('sg-photos img').waitFor();
  await item('watch_present').getByText('记为不合格').click();
  await phone.getByText('已检查 2/12 项').waitFor();
  const kept = await state();
  assert.equal(kept.watch_present.note, '监护人离开现场');
  assert.equal(kept.watch_present.photos.length, 1);
  assert.equal(kept.permit_matches.result, 'pass');
});

await promise('a reload loses nothing', async () => {
  await phone.reload();
  await phone.getByText('已检查 2/12 项').waitFor();
  await item('watch_present').getByText('监护人离开现场').waitFor();
  await accessible(phone, 'the checklist');
});

await promise('concluding is explained while items are open', async () => {
  await phone.locator('sg-actions wa-details summary').click();
  await phone.locator('sg-actions .finding').first().waitFor();
});

await promise('the work is stopped, and the permit with it', async () => {
  await phone.locator('[data-event=stop_work]').click();
  await phone.locator('sg-action-dialog textarea').fill('无人监护');
  await phone.locator('sg-action-dialog wa-button[type=submit]').click();
  await phone.locator('.stopped').waitFor();
  assert.equal((await people.auditor.get(`/permits/${permit}`)).state, 'Suspended');
  await phone.getByText('暂停作业证').waitFor();
});

await promise('the rest is checked, and it is concluded', async () => {
  for (const name of await phone.locator('.check').evaluateAll((all) => all.map((one) => one.dataset.item))) {
    if (name in await state()) continue;
    await item(name).locator('button.pass').click();
    await item(name).locator('button.pass[aria-pressed=true]').waitFor();
  }
  await phone.locator('[data-event=conclude]').click();
  await phone.locator('sg-action-dialog textarea').fill('监护人擅自离开，已停工');
  await phone.locator('sg-action-dialog wa-button[type=submit]').click();
  await phone.locator('sg-action-dialog').waitFor({state: 'detached'});
  await phone.getByText('记录违法，转执法核实').waitFor();
  assert.equal((await people.auditor.get(`/inspections/${inspection}`)).state, 'Concluded');
});

await promise('enforcement finds the violation that waits, and confirms it', async () => {
  const desk = await office.browserOf('enforcement', {on: 'desk', path: 'violations', language: 'en'});
  await desk.locator('sg-violations .item').click();
  await desk.locator('sg-violation .finding').waitFor();
  await accessible(desk, 'the violation');
  await desk.locator('[data-event=confirm]').click();
  await desk.locator('sg-action-dialog textarea').fill('admitted');
  await desk.locator('sg-action-dialog wa-button[type=submit]').click();
  await desk.locator('sg-violation .badge[data-state=Confirmed]').waitFor();
  await desk.getByText('admitted').waitFor();
});

await promise('at a place without a permit the place itself is recorded', async () => {
  await phone.goto(`${office.address}/console/inspections/new`);
  await phone.getByText('现场没有作业证').click();
  await phone.locator('sg-inspect sg-record input').first().fill('500230111201-01');
  await phone.locator('sg-inspect sg-record input').first().blur();
  await phone.locator('wa-input[label="地址"] input').fill('河边空地');
  await phone.locator('form:has(sg-position) wa-button[type=submit]').click();
  await phone.waitForURL(/inspections\/[0-9a-f-]{36}$/);
  await phone.getByText('现场没有作业证。').waitFor();
  await phone.getByText('已检查 0/6 项').waitFor();
});

const auditor = await office.browserOf('auditor', {on: 'desk', path: 'search'});

await promise('the auditor finds the permit by its number', async () => {
  await auditor.locator('[data-filter=number] input').fill(number);
  await auditor.locator('sg-search wa-button[type=submit]').click();
  await auditor.locator('sg-search li.item').waitFor();
  await accessible(auditor, 'the search');
  await auditor.getByText('历史与证据').click();
});

await promise('its history tells each entry, by whom, with its proof, and judges the decisions again', async () => {
  const entries = auditor.locator('sg-history .history li');
  await entries.first().waitFor();
  const {items} = await people.auditor.get(`/permits/${permit}/entries`);
  assert.equal(await entries.count(), items.length);
  assert.match(await entries.first().innerText(), /卫文秀/);
  assert.ok(await auditor.getByText('重新计算结果相同').count() > 0);
  await accessible(auditor, 'the history');
});

await promise('the evidence is taken away as a file, and verified here', async () => {
  const [download] = await Promise.all([auditor.waitForEvent('download'), auditor.getByText('下载证据包').click()]);
  assert.match(download.suggestedFilename(), /^evidence-.*\.zip$/);
  assert.equal((await readFile(await download.path())).subarray(0, 2).toString(), 'PK');
  await auditor.getByText('在本浏览器核验').click();
  await auditor.getByText('取自本服务').click();
  await auditor.locator('sg-verify wa-button[type=submit]').click();
  await auditor.locator('[data-question=integrity][data-answer=unaltered]').waitFor();
  await accessible(auditor, 'the verdict');
});

await promise('the log says how it stands', async () => {
  await auditor.goto(`${office.address}/console/log`);
  await auditor.locator('.log-state').waitFor();
  assert.match(await auditor.locator('.log-state').innerText(), /签名在本浏览器核验有效/);
  await accessible(auditor, 'the log');
});

await office.close();

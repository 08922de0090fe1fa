// Work on site from its beginning to the watch after it, by the watch, the operator and the person in charge, each with
// a phone of their own; and a camera that is refused, a wrong QR code, a photo that is too large. The watch after work
// lasts an hour by the service's clock, which no client can shorten: its end is not waited for here.
import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {Office, programOf, promise} from './support/office.mjs';
import {filmOf, jpeg, readyPermit, SitePhone} from './support/site.mjs';

const folder = await mkdtemp(path.join(os.tmpdir(), 'sparkgate-camera-'));
const camera = path.join(folder, 'seen.y4m');
await writeFile(camera, filmOf('https://example.org/menu'));
const office = await Office.open({camera});
const id = await readyPermit(office);
const {notice_code} = (await (await programOf(office, 'applicant')).get(`/permits/${id}`)).data;
const phone = async (login) => new SitePhone(await office.browserOf(login, {path: `site/${id}`}));
let watch = await phone('fire_watch');
const operator = await phone('operator'), lead = await phone('applicant');
const pictures = process.env.PICTURES; // a folder: what the pages look like is kept there
const look = (page, name) => pictures && page.screenshot({path: `${pictures}/site-${name}.png`, fullPage: true});

await promise('the list shows the permit, and its code opens it; a wrong one is explained', async () => {
  const page = await office.browserOf('fire_watch', {path: 'site'});
  await page.locator(`a[href="/console/site/${id}"]`).waitFor();
  await look(page, 'list');
  await page.locator('input[name=code]').fill('https://example.org/menu');
  await page.getByRole('button', {name: '打开'}).click();
  await page.getByText('这不是作业证的公示码').waitFor();
  await page.locator('input[name=code]').fill('000000000000');
  await page.getByRole('button', {name: '打开'}).click();
  await page.getByText('没有找到该公示码').waitFor();
  await page.locator('input[name=code]').fill(`${office.address}/p/${notice_code}`);
  await page.getByRole('button', {name: '打开'}).click();
  await page.waitForURL(`**/console/site/${id}`);
  await page.context().close();
});

await promise('the camera reads the posted notice, and says so when it sees another code', async () => {
  const page = await office.browserOf('operator', {path: 'site'});
  await page.getByRole('button', {name: '扫描现场公示码'}).click();
  await page.getByText('这不是作业证的公示码：https://example.org/menu').waitFor();
  await writeFile(camera, filmOf(`${office.address}/p/${notice_code}`));
  await page.getByRole('button', {name: '扫描现场公示码'}).click();
  await page.waitForURL(`**/console/site/${id}`);
  await page.context().close();
});

await promise('a camera that is refused is explained', async () => {
  const page = await office.browserOf('fire_watch', {path: 'site'});
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('no', 'NotAllowedError');
  }));
  await page.getByRole('button', {name: '扫描现场公示码'}).click();
  await page.getByText('未获准使用摄像头').waitFor();
  await page.context().close();
});

await promise('work cannot begin before everything is in place, and the page says what is not', async () => {
  await lead.page.locator('[data-blocked=start]').waitFor();
  assert.equal(await lead.page.locator('[data-check][data-done=false]').count(), 6);
  await look(lead.page, 'ready-lead');
  await look(watch.page, 'ready-watch');
});

await promise('the watch checks in, confirms its measure and tests the gas; a bad reading shows at once', async () => {
  await watch.do('watch_checked_in');
  await watch.do('measure_confirmed');
  await watch.gas('0.9');
  await watch.page.locator('.verdict.fails').waitFor();
  await look(watch.page, 'gas-bad');
  await watch.page.locator('sg-deed input[name=gas-reading]').fill('0.1');
  await watch.page.locator('.verdict.passes').waitFor();
  await watch.send();
  await watch.page.locator('[data-check=gas][data-done=true]').waitFor();
});

await promise('the operator accepts the briefing', async () => {
  await operator.do('briefing_accepted');
  await operator.page.locator('[data-check^=briefing][data-done=true]').waitFor();
});

await promise('the person in charge confirms, checks item by item, and starts', async () => {
  await lead.page.reload();
  await lead.do('measure_confirmed');
  await lead.open('pre_start_check');
  await lead.page.locator('sg-deed wa-button[type=submit]').click();
  await lead.page.getByText('还缺').waitFor(); // an unanswered item is not taken for a good one
  await lead.page.locator('sg-deed wa-dialog').evaluate((dialog) => (dialog.open = false));
  await lead.page.locator('sg-deed').waitFor({state: 'detached'});
  await lead.check();
  await lead.do('start');
  await lead.state('InProgress');
  await look(lead.page, 'work-lead');
});

await promise('without network and without a key nothing is recorded, and the page says why', async () => {
  await lead.page.context().setOffline(true);
  await lead.open('suspend');
  await lead.page.locator('sg-deed .quick').first().click();
  await assert.rejects(lead.send(), /本机没有您的密钥/);
  await lead.page.context().setOffline(false);
  await lead.page.locator('sg-deed wa-dialog').evaluate((dialog) => (dialog.open = false));
  await lead.page.locator('sg-deed').waitFor({state: 'detached'});
});

await promise('a round bears a photo, and one that is too large is scaled down', async () => {
  await watch.page.reload();
  await watch.state('InProgress');
  await look(watch.page, 'work-watch');
  await watch.open('round');
  const large = await jpeg(watch.page, 3200, 'large.jpg');
  assert.ok(large.buffer.length > 12 * 1024 * 1024, `${large.buffer.length} bytes`);
  await watch.photo(large);
  await watch.page.getByText('照片过大，已自动缩小').waitFor();
  await watch.send();
});

await promise('work is suspended and resumed, once the hold is released', async () => {
  await watch.page.locator('[data-event=suspend]').click();
  await watch.page.locator('sg-deed .quick').first().click();
  await watch.send();
  await watch.state('Suspended');
  await look(watch.page, 'suspended-watch');
  await watch.open('release_hold');
  await watch.page.locator('sg-deed textarea').fill('已恢复');
  await watch.send();
  await lead.page.reload();
  await lead.state('Suspended');
  await lead.do('resume');
  await lead.state('InProgress');
});

await promise('the watch is handed over by number, and taken over', async () => {
  await watch.page.reload();
  await watch.open('hand_over_watch');
  await watch.page.locator('sg-deed input[name=to]').fill('500230199205090977');
  await look(watch.page, 'hand-over');
  await watch.send();
  const next = await phone('fire_watch2');
  await next.do('take_over_watch');
  await next.page.getByText('监护人：陈望春').waitFor();
  watch = next;
});

await promise('when the permit stands otherwise than was seen, nothing is sent before a second look', async () => {
  await lead.open('suspend');
  await lead.page.locator('sg-deed .quick').first().click();
  await (await programOf(office, 'fire_watch2')).act('permits', id, 'suspend', {reason: '气体异常'});
  await assert.rejects(lead.send(), /已被他人更新/);
  await lead.page.getByText('现在的状态：暂停').waitFor();
  await lead.page.locator('sg-deed wa-dialog').evaluate((dialog) => (dialog.open = false));
  await lead.page.locator('sg-deed').waitFor({state: 'detached'});
});

await promise('after work the countdown is large, and the watch cannot be completed before its end', async () => {
  await lead.do('finish');
  await lead.state('FireWatch');
  await watch.page.reload();
  await watch.state('FireWatch');
  const left = await watch.page.locator('.clocks .big time').innerText();
  assert.match(left, /^(1:00:00|59:\d\d)$/);
  assert.equal(await watch.step('complete_watch').count(), 0);
  await look(watch.page, 'after-watch');
});

await promise('the operator and the watch have a card with a QR code', async () => {
  for (const login of ['operator', 'fire_watch']) {
    const page = await office.browserOf(login, {path: 'site/card'});
    await page.locator('svg.qr').first().waitFor();
    await look(page, `card-${login}`);
    await page.context().close();
  }
});

await office.close();
await rm(folder, {recursive: true});

// Deciding: from the queue to an approval in three clicks, signed; a return with its reason; a version conflict with
// both sides; and all of it by the keyboard alone.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {applied, consented, programsOf, sendPhoto} from './support/permits.mjs';
import {picture} from './support/picture.mjs';
import {enrolKey, sendSigned} from './support/signatures.mjs';

const office = await Office.open();
const programs = await programsOf(office, 'applicant', 'site_owner', 'supervisor1', 'supervisor2', 'supervisor3',
  'fire_watch', 'admin');
// RFC 8785, as far as these texts need it: members by their names, no other spaces.
const canonicalize = (value) => JSON.stringify(value, (_, one) => (one && typeof one === 'object' && !Array.isArray(one)
  ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));
const enroller = await enrolKey(programs.admin, '登记员');

const waiting = async (over) => {
  const id = await applied(programs, over);
  await consented(programs, id);
  return id;
};
const rowOf = (page, id) => page.locator(`[data-list=mine] [data-id="${id}"]`);
const form = (page, event) => page.locator(`.decision form[data-form=${event}]`);

/** Counts what the user does with the mouse. */
const clicker = () => {
  const click = async (target) => {
    ++click.count;
    await target.click();
  };
  click.count = 0;
  return click;
};

/** Endorses the key that a supervisor has just made in a browser. */
async function endorse(login) {
  const {person} = await programs[login].get('/me');
  const {items} = await programs.admin.get('/key-rings?limit=50');
  const ring = items.find(({data}) => data.person === person);
  const {kid} = ring.data.keys.find(({state}) => state === 'pending');
  await sendSigned(programs.admin, enroller, {collection: 'key-rings', id: ring.id, event: 'endorse', payload: {kid}});
}

await promise('a key is made where it is needed first; until it is endorsed nothing is signed with it', async () => {
  const id = await waiting({work: '第一件，登记密钥'});
  const page = await office.browserOf('supervisor1', {on: 'desk', path: `review/${id}`});
  await form(page, 'approve').getByRole('button', {name: '在本机登记密钥'}).click();
  await form(page, 'approve').getByText('待登记员确认').waitFor();
  await endorse('supervisor1');
  await page.reload();
  await form(page, 'approve').getByText('将用本机密钥签名').waitFor();
  await page.context().close();
});

await promise('from the queue to an approval in three clicks, signed', async () => {
  const id = await waiting();
  const page = await office.browserOf('supervisor1', {on: 'desk', path: 'account'});
  await page.getByRole('button', {name: '在本机登记密钥'}).click();
  await page.getByText('（本机）').waitFor();
  await endorse('supervisor1');
  await page.goto(`${office.address}/console/review`);
  await rowOf(page, id).waitFor();
  await accessible(page, 'the queue');
  const click = clicker(), sent = page.waitForRequest((request) => request.url().endsWith(`${id}/approve`));
  await click(rowOf(page, id));
  await form(page, 'approve').waitFor();
  await page.locator('sg-path .node.now').waitFor();
  await page.locator('sg-neighbours .map-dot').first().waitFor();
  await accessible(page, 'the page to decide on');
  const chooser = page.waitForEvent('filechooser');
  await click(form(page, 'approve').locator('.photo-add'));
  await (await chooser).setFiles(picture(200));
  await form(page, 'approve').locator('figure img').waitFor();
  await click(form(page, 'approve').locator('wa-button[type=submit]'));
  assert.ok((await sent).postDataJSON().signed?.signature, 'the approval carries a signature');
  await page.locator('.approval-steps .done').nth(1).waitFor();
  console.log(`  clicks from the queue to the approval: ${click.count}`);
  assert.ok(click.count <= 3);
  const {data} = await programs.supervisor1.get(`/permits/${id}`);
  assert.equal(data.approvals.length, 1);
  assert.equal(data.photos.length, 1);
  await page.locator('sg-gallery button').first().click();
  await page.locator('.lightbox').getByText('64 × 64').waitFor();
  await page.context().close();
});

await promise('a return says its usual reason by a code, and the rest in words', async () => {
  const id = await waiting({work: '要退回的一件'});
  const page = await office.browserOf('supervisor2', {path: `review/${id}`});
  await page.locator('.decision sg-actions [data-event=return]').click();
  const dialog = page.locator('form[data-form=return]');
  await dialog.locator('[data-reason=measures]').click();
  const text = dialog.locator('wa-textarea textarea');
  await text.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('请补充盲板');
  await dialog.locator('wa-button[type=submit]').click();
  await page.locator('h1 ~ .badge[data-state=Returned]').waitFor();
  const {state, data} = await programs.supervisor1.get(`/permits/${id}`);
  assert.equal(state, 'Returned');
  assert.match(data.returned.reason, /^\[measures\] 安全措施不足\n请补充盲板$/);
  await page.context().close();
});

await promise('when somebody else was first, both versions are shown, and one can go on', async () => {
  const id = await waiting({work: '两人同时办'});
  const page = await office.browserOf('supervisor2', {on: 'desk', path: `review/${id}`});
  const approve = form(page, 'approve');
  await approve.locator('.photo-add input').setInputFiles(picture(90));
  await approve.locator('figure img').waitFor();
  const {data} = await programs.supervisor3.get(`/permits/${id}`);
  const {longitude, latitude} = data.application.place;
  await programs.supervisor3.act('permits', id, 'approve', {scope_hash: data.scope_hash, opinion: '同意',
    position: {longitude, latitude, accuracy_metres: 5}, photo: await sendPhoto(programs.supervisor3, 'the other')});
  await approve.locator('wa-button[type=submit]').click();
  const conflict = page.locator('sg-conflict');
  await conflict.getByText('其他人刚刚改动过').waitFor();
  await conflict.locator('li', {hasText: '批准'}).waitFor();
  assert.equal(await conflict.locator('tbody tr', {hasText: '审批'}).count() > 0, true);
  assert.doesNotMatch(await conflict.innerText(), /[{}"]/, 'in words, not as JSON');
  await accessible(page, 'a version conflict');
  await approve.locator('wa-button[type=submit]').click();
  await page.locator('h1 ~ .badge[data-state=Approved]').waitFor();
  assert.equal((await programs.supervisor1.get(`/permits/${id}`)).data.approvals.length, 2);
  await page.context().close();
});

await promise('another scope is another decision: what was and what is now stand side by side', async () => {
  const id = await waiting({work: '原来的内容'});
  const page = await office.browserOf('supervisor2', {language: 'en', path: `review/${id}`});
  await page.locator('.decision sg-actions [data-event=reject]').click();
  await page.locator('form[data-form=reject] [data-reason=hazard]').click();
  const {data} = await programs.applicant.get(`/permits/${id}`);
  const {application, numbers} = data;
  await programs.applicant.act('permits', id, 'amend',
    {...application, work: '改过的内容', operators: numbers.operators,
    fire_watch: numbers.fire_watch, person_in_charge: numbers.person_in_charge, measures: [{code: 'A.1-8'}]});
  await page.locator('form[data-form=reject] wa-button[type=submit]').click();
  const row = page.locator('sg-conflict tr', {hasText: 'Work'});
  await row.waitFor();
  assert.match(await row.innerText(), /原来的内容\s+改过的内容/);
  await page.context().close();
});

await promise('the keyboard alone completes an approval', async () => {
  const id = await waiting({work: '只用键盘'});
  const page = await office.browserOf('supervisor2', {on: 'desk', path: 'review'});
  await rowOf(page, id).waitFor();
  const until = async (what, most = 60) => {
    for (let n = 0; n < most; ++n) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(what)) return;
    }
    throw new Error(`the focus never came to ${what}`);
  };
  await until('document.activeElement.closest("[data-list=mine] .permit-row") !== null');
  for (let n = 0; n < 20 && !(await page.evaluate((one) => document.activeElement.dataset.id === one, id)); ++n) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(50);
  }
  await page.keyboard.press('Enter');
  await form(page, 'approve').waitFor();
  await until('document.activeElement.matches("wa-button.to-decision")');
  await page.keyboard.press('Enter');
  await until('document.activeElement.matches(".decision .photo-add input")');
  const chooser = page.waitForEvent('filechooser');
  await page.waitForTimeout(300); // until the browser hands choosers to the test
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(picture(30));
  await form(page, 'approve').locator('figure img').waitFor();
  await until('document.activeElement.matches(".decision form[data-form=approve] wa-button[type=submit]")');
  await page.keyboard.press('Enter');
  await page.locator('.approval-steps .done').nth(1).waitFor();
  assert.equal((await programs.supervisor1.get(`/permits/${id}`)).data.approvals.length, 1);
  await page.context().close();
});

await promise('the owner of the place consents on the same page', async () => {
  const id = await applied(programs, {work: '等用火单位同意'});
  const page = await office.browserOf('site_owner', {path: 'review', dark: true});
  await rowOf(page, id).click();
  await form(page, 'consent').locator('wa-button[type=submit]').click();
  await page.locator('.approval-steps .done').first().waitFor();
  await accessible(page, 'consent, in the dark');
  assert.ok((await programs.site_owner.get(`/permits/${id}`)).data.consent);
  await page.context().close();
});

/** A device of the fire watch sends one event that it recorded without network. */
async function sync(id, event, payload) {
  const {ring, kid, pair} = await enrolKey(programs.fire_watch, '现场手机');
  await sendSigned(programs.admin, enroller, {collection: 'key-rings', id: ring, event: 'endorse', payload: {kid}});
  const {mark} = await programs.fire_watch.get('/field/time');
  const clock = {boot: 'boot-1', monotonic_ms: 60_000};
  const recorded = {id: '00000000-0000-4000-8000-000000000001', seq: 1, permit: id, event, payload, ...clock,
    seen: {...clock, mark}, wall: new Date().toISOString()};
  const {subtle} = globalThis.crypto;
  const text = Buffer.from(canonicalize({...recorded, device: kid}));
  const signature = await subtle.sign({name: 'ECDSA', hash: 'SHA-256'}, pair.privateKey, text);
  await programs.fire_watch.post('/field/sync', {device: {...clock, monotonic_ms: 61_000, kid},
    events: [{...recorded, signature: Buffer.from(signature).toString('base64')}]});
}

await promise('what the field recorded and the service refused is shown, and settled with a word', async () => {
  const id = await waiting({work: '还没批准就巡查'});
  await sync(id, 'round', {note: '离线时巡查', photo: await sendPhoto(programs.fire_watch, 'the round'),
    position: {longitude: '107.617485', latitude: '29.917942', accuracy_metres: 8}});
  const page = await office.browserOf('supervisor1', {on: 'desk', path: `review/${id}`});
  const conflicts = page.locator('#conflicts');
  await conflicts.getByText('离线时巡查').waitFor();
  await conflicts.getByRole('button', {name: '处理冲突'}).click();
  await page.locator('form[data-form=settle_conflict] wa-textarea textarea').fill('已核实，误报');
  await page.locator('form[data-form=settle_conflict] wa-button[type=submit]').click();
  await conflicts.getByText('已核实，误报').waitFor();
  const {conflicts: [conflict]} = await programs.supervisor1.get(`/permits/${id}`);
  assert.ok(conflict.settled);
  await page.context().close();
});

await office.close();

// Delegation: an absent supervisor names another, who approves in that name; taken back, it is over.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {applied, consented, programsOf} from './support/permits.mjs';
import {picture} from './support/picture.mjs';

const office = await Office.open();
const programs = await programsOf(office, 'applicant', 'site_owner', 'supervisor1', 'supervisor2');
const nameOf = async (login) => (await programs[login].get('/me')).name;
const absent = await nameOf('supervisor2'), delegate = await nameOf('supervisor1');
const id = await applied(programs);
await consented(programs, id);

const chosen = async (page, select, text) => {
  await select.click();
  await page.locator('wa-option:visible', {hasText: text}).click();
};

const absentPage = await office.browserOf('supervisor2', {path: 'delegations'});
const given = absentPage.locator('sg-delegations .items .item');

await promise('an absent supervisor delegates to another', async () => {
  await chosen(absentPage, absentPage.locator('wa-select[name=to]'), delegate);
  await absentPage.locator('wa-textarea[name=reason] textarea').fill('外出培训');
  await accessible(absentPage, 'delegations');
  await absentPage.locator('sg-delegations wa-button[type=submit]').click();
  await given.filter({hasText: `${absent} → ${delegate}`}).locator('[data-state=InForce]').waitFor();
});

await promise('the delegate approves in the name of the absent one, and the permit says so', async () => {
  const page = await office.browserOf('supervisor1', {on: 'desk', path: `review/${id}`});
  const form = page.locator('.decision form[data-form=approve]');
  await chosen(page, form.locator('sg-delegation-field wa-select'), absent);
  await form.locator('.photo-add input').setInputFiles(picture(120));
  await form.locator('figure img').waitFor();
  await form.locator('wa-button[type=submit]').click();
  await page.locator('.approval-steps .done', {hasText: `代 ${absent}`}).waitFor();
  const {data} = await programs.supervisor1.get(`/permits/${id}`);
  assert.equal(data.people[data.approvals[0].for].name, absent);
  assert.equal(data.people[data.approvals[0].by].name, delegate);
});

await promise('taken back, nobody is offered to approve for any more', async () => {
  await given.locator('[data-event=revoke]').click();
  await absentPage.locator('form[data-form=revoke] wa-button[type=submit]').click();
  await given.locator('[data-state=Revoked]').waitFor();
  const page = await office.browserOf('supervisor1', {on: 'desk', path: `review/${id}`});
  await page.locator('.approval-steps .done').first().waitFor();
  assert.equal(await page.locator('sg-delegation-field wa-select').count(), 0);
});

await office.close();

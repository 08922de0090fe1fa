// A contractor on a phone applies, corrects what came back, renews; and whatever happens to the phone, nothing that was
// written is lost.
import assert from 'node:assert/strict';
import {fillMeasures, fillPeople, fillPlace, fillWork, Hand, k_operator, k_suspended, k_watch, reach, sendIt, stateOf,
  writeApplication} from './support/applying.mjs';
import {accessible} from './support/axe.mjs';
import {Office, programOf, promise} from './support/office.mjs';
import {sendPhoto} from './support/permits.mjs';

const office = await Office.open();
const applicant = await programOf(office, 'applicant');
const phone = (language = 'zh') => office.browserOf('applicant', {language, path: 'apply'});
const addressField = (page) => page.locator('[data-member="place.address"] input');
let returned, approved; // permits that later promises go on with

await promise('an application is written in five steps and goes to review; every step is accessible', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await accessible(page, 'start');
  await hand.click('[data-does=new]');
  await fillPlace(hand, '1号车间东门');
  await accessible(page, 'place');
  await hand.next();
  await fillWork(hand, '焊接行车轨道支架两处');
  await accessible(page, 'work');
  await hand.next();
  await fillPeople(hand);
  await accessible(page, 'people');
  await hand.next();
  await fillMeasures(hand);
  await accessible(page, 'measures');
  await hand.next();
  await accessible(page, 'check');
  const id = await sendIt(hand);
  await accessible(page, 'outcome');
  assert.equal(await stateOf(page), 'UnderReview');
  const {data} = await applicant.get(`/permits/${id}`);
  assert.equal(data.application.place.address, '1号车间东门');
  assert.equal(data.application.running_or_pressurised, false, 'what is not ticked is declared');
  approved = id;
});

await promise('in English and in the dark, again like an earlier one, with nothing typed', async () => {
  const page = await office.browserOf('applicant', {language: 'en', path: 'apply', dark: true});
  const hand = new Hand(page);
  await page.getByRole('heading', {name: 'Apply again like before'}).waitFor();
  await accessible(page, 'start');
  await hand.click('[data-does=like]');
  assert.equal(await addressField(page).inputValue(), '1号车间东门');
  for (const step of await page.locator('.steps button').all()) {
    await step.click();
    await accessible(page, await step.innerText());
  }
  const id = await sendIt(hand);
  assert.equal(await stateOf(page), 'UnderReview');
  await page.getByText('under review', {exact: false}).first().waitFor();
  assert.equal((await applicant.get(`/permits/${id}`)).data.application.renews, undefined);
});

await promise('who cannot work is marked; what comes back says why beside the field, and is corrected', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=new]');
  await fillPlace(hand, '2号车间');
  await hand.next();
  await fillWork(hand, '更换管卡');
  await hand.next();
  await page.locator('.choice', {hasText: '孙小满'}).locator('.trouble.severe').waitFor();
  await page.locator('.choice', {hasText: 'DEMO-WM-03'}).locator('.trouble.severe').waitFor();
  await fillPeople(hand, k_suspended);
  await hand.next(); // the measures of the last permit with this method are ticked
  assert.equal(await page.locator('.measure input:checked').count(), 2);
  await hand.next();
  returned = await sendIt(hand);
  assert.equal(await stateOf(page), 'Returned');
  await page.locator('.finding', {hasText: '总局令第30号'}).waitFor();
  await hand.click('[data-does=correct]');
  await page.locator('.returned').waitFor();
  await page.locator('.steps button').nth(2).click();
  await page.locator('[data-member=operators] .finding', {hasText: '孙小满'}).waitFor();
  await page.locator(`[data-member=operators] input[value="${k_suspended}"]`).uncheck();
  await hand.tick('[data-member=operators] input[value=T500230198604120315]');
  await page.locator('.steps button').last().click();
  assert.equal(await sendIt(hand), returned, 'the same permit');
  assert.equal(await stateOf(page), 'UnderReview');
});

await promise('what a supervisor returned waits first, with the reason', async () => {
  const supervisor = await programOf(office, 'supervisor1');
  await supervisor.act('permits', returned, 'return', {reason: '请写明具体部位'});
  const page = await phone();
  const first = page.locator('main .items').first().locator('.item').first();
  assert.equal(await first.getAttribute('data-state'), 'Returned');
  await first.getByText('请写明具体部位').waitFor();
  await first.click();
  await page.locator('.returned', {hasText: '沈镇南'}).waitFor();
  await addressField(page).fill('2号车间北墙管廊下');
  await page.locator('.steps button').last().click();
  await sendIt(new Hand(page));
  assert.equal((await applicant.get(`/permits/${returned}`)).data.application.place.address, '2号车间北墙管廊下');
});

await promise('amending keeps who confirms each measure', async () => {
  const {renews, ...body} = await applicant.get(`/permits/${approved}/renewal`);
  const measures = [{code: 'A.1-8', by: k_watch}, {code: 'A.1-9'}];
  const {id} = await applicant.post('/permits', {...body, measures});
  const confirmers = async () => {
    const {data: {application, people}} = await applicant.get(`/permits/${id}`);
    return application.measures.map(({by}) => people[by].name);
  };
  assert.deepEqual(await confirmers(), ['冯守安', '卫文秀']);
  const page = await office.browserOf('applicant', {path: `apply/${id}`});
  await page.locator('[data-step]').waitFor();
  await page.locator('.steps button').last().click();
  await new Hand(page).click('[data-does=store]');
  await page.locator('.toast').waitFor();
  assert.equal((await applicant.get(`/permits/${id}`)).version, 2);
  assert.deepEqual(await confirmers(), ['冯守安', '卫文秀']);
});

await promise('a live permit is renewed: another permit, from the end of the first on', async () => {
  const {data: {scope_hash, approval_steps, application}} = await applicant.get(`/permits/${approved}`);
  await (await programOf(office, 'site_owner')).act('permits', approved, 'consent', {scope_hash});
  const position = {longitude: '107.617485', latitude: '29.917942', accuracy_metres: 8};
  for (let step = 1; step <= approval_steps.length; ++step) {
    const supervisor = await programOf(office, `supervisor${step}`);
    const photo = await sendPhoto(supervisor, step);
    await supervisor.act('permits', approved, 'approve', {scope_hash, position, photo});
  }
  const page = await phone();
  const hand = new Hand(page);
  await page.locator(`[data-id="${approved}"] [data-does=renew]`).waitFor();
  await page.goto(`${office.address}/console/apply?renew=${approved}`); // the permit's page has this link
  await page.locator('[data-step]').waitFor();
  await page.locator('.steps button').last().click();
  const id = await sendIt(hand);
  const renewed = (await applicant.get(`/permits/${id}`)).data.application;
  assert.equal(renewed.renews, approved);
  assert.equal(renewed.starts, application.ends);
});

await promise('the keyboard alone applies', async () => {
  const page = await office.browserOf('applicant', {on: 'desk', path: 'apply'});
  const press = async (selector, key) => {
    await reach(page, selector);
    await page.keyboard.press(key);
  };
  const write = async (selector, words) => {
    await reach(page, selector);
    await page.keyboard.type(words);
  };
  await page.locator('[data-does=new]').waitFor();
  await press('[data-does=new]', 'Enter');
  await page.locator('[data-owner]').first().waitFor();
  await press('[data-owner]', 'Enter');
  await write('[data-member="place.address"]', '6号车间');
  await press('sg-position', 'Enter');
  await page.locator('wa-details[summary*="107."]').waitFor();
  await press('[data-does=next]', 'Enter');
  await write('[data-member=work]', '焊接栏杆');
  await press('input[name=method]', 'Space');
  await press('[data-does=next]', 'Enter');
  await press(`[data-member=operators] input[value="${k_operator}"]`, 'Space');
  await press('[data-member=fire_watch] input', 'Space');
  await press('[data-does=next]', 'Enter');
  await press('[data-does=next]', 'Enter'); // the usual measures are ticked
  await press('[data-does=submit]', 'Enter');
  await page.locator('.verdict[data-state]').waitFor();
  assert.equal(await stateOf(page), 'UnderReview');
});

await promise('the owner of the place is found by name, or typed; a wrong check digit is said at once', async () => {
  const page = await phone();
  await new Hand(page).click('[data-does=new]');
  const owner = page.locator('[data-member=owner_unit]');
  await page.locator('[data-owner]', {hasText: '镇农贸市场'}).click();
  await owner.locator('[role=status]', {hasText: '镇农贸市场'}).waitFor();
  await owner.locator('input').fill('91500230MAGY5M8LN7');
  await owner.locator('.field-problem').waitFor();
  await owner.locator('input').fill('91500230MAGY5M8LN6');
  await owner.locator('.field-problem').waitFor({state: 'detached'});
  await page.locator('sg-area wa-button').click();
  await page.locator('sg-area wa-select').nth(2).click();
  await page.locator('sg-area wa-select').nth(2).locator('wa-option', {hasText: '第2村'}).click();
  await owner.locator('input').fill('');
  await page.locator('[data-owner]', {hasText: '河湾粮油加工厂'}).waitFor();
});

await promise('a reload in the middle keeps every letter and the step', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=new]');
  await addressField(page).fill('3号罐区外');
  await hand.next();
  await page.locator('[data-member=work] textarea').fill('切割旧支架');
  await page.reload();
  await page.locator('[data-step="1"]').waitFor();
  assert.equal(await page.locator('[data-member=work] textarea').inputValue(), '切割旧支架');
  await page.goto(`${office.address}/console/apply`);
  await page.locator('.item', {hasText: '切割旧支架'}).locator('a').click();
  await page.locator('.steps button').first().click();
  assert.equal(await addressField(page).inputValue(), '3号罐区外');
});

await promise('an application that is on another device says so, and what was written can be deleted', async () => {
  const page = await office.browserOf('applicant', {path: 'apply/new-elsewhere'});
  await page.locator('[data-code=draft_gone]').waitFor();
  await page.goto(`${office.address}/console/apply`);
  await new Hand(page).click('[data-does=new]');
  await addressField(page).fill('写错了的地方');
  await page.goto(`${office.address}/console/apply`);
  await page.locator('.item', {hasText: '写错了的地方'}).locator('wa-button').click();
  await page.locator('wa-dialog wa-button[variant=danger]').click();
  await page.locator('.item', {hasText: '写错了的地方'}).waitFor({state: 'detached'});
});

await promise('a session that ends in the middle keeps all: signed in again, it is sent', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await writeApplication(hand, {address: '4号车间', work: '焊补料斗'});
  for (const {id, current} of (await applicant.get('/sessions')).items) {
    if (!current) await fetch(`${office.address}/api/v1/tokens/${id}`,
      {method: 'DELETE', headers: {Authorization: `Bearer ${applicant.token}`}});
  }
  await hand.click('[data-does=submit]');
  await page.locator('sg-login input[type=password]').waitFor();
  await office.signIn(page, 'applicant');
  const id = await sendIt(hand);
  assert.equal((await applicant.get(`/permits/${id}`)).data.application.work, '焊补料斗');
});

await promise('without network it is written on, reloaded, and sent once there is network again', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await hand.click('[data-does=new]');
  await addressField(page).waitFor();
  office.expectFaults(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await page.context().setOffline(true);
  await fillPlace(hand, '5号车间');
  await hand.next();
  await fillWork(hand, '焊接爬梯');
  await page.reload();
  await page.locator('[data-step="1"]').waitFor();
  assert.equal(await page.locator('[data-member=work] textarea').inputValue(), '焊接爬梯');
  await hand.next();
  await fillPeople(hand);
  await hand.next();
  await hand.next();
  await hand.click('[data-does=submit]');
  await page.locator('[data-code=unreachable]').waitFor();
  await page.context().setOffline(false);
  const id = await sendIt(hand);
  assert.equal((await applicant.get(`/permits/${id}`)).data.application.place.address, '5号车间');
});

await promise('an answer that is lost makes no second permit', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=like]');
  await page.locator('[data-step]').waitFor();
  await page.locator('.steps button').last().click();
  const before = (await applicant.get('/permits?limit=200')).items.length;
  await page.route((url) => url.pathname === '/api/v1/permits' && !url.search, async (route) => {
    await route.fetch(); // the service has done it
    await route.abort();
  }, {times: 1});
  await hand.click('[data-does=submit]');
  await page.locator('[data-code=unreachable]').waitFor();
  await sendIt(hand);
  assert.equal((await applicant.get('/permits?limit=200')).items.length, before + 1);
});

await promise('what somebody else changed meanwhile is shown beside what was written', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=like]');
  await page.locator('[data-step]').waitFor();
  await page.locator('.steps button').last().click();
  await hand.click('[data-does=store]');
  await page.waitForURL(/apply\/(?!new-)[^/]+$/);
  const id = page.url().split('/').at(-1);
  const {renews, ...body} = await applicant.get(`/permits/${id}/renewal`);
  await applicant.act('permits', id, 'amend', {...body, work: '别人改的内容'});
  await hand.click('[data-does=submit]');
  await page.locator('.conflict', {hasText: '别人改的内容'}).waitFor();
  await sendIt(hand);
  assert.notEqual((await applicant.get(`/permits/${id}`)).data.application.work, '别人改的内容');
});

await promise('what the rules make of it is said while it is written: grade, approvals, clause', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=like]');
  await page.locator('.verdict-line[data-grade]').waitFor();
  await page.locator('.steps button').nth(1).click();
  await hand.tick('.ticks input[name=running_or_pressurised]');
  await page.locator('.verdict-line[data-grade=special]').waitFor();
  await page.locator('.steps button').nth(2).click();
  await hand.tick(`[data-member=operators] input[value="${k_suspended}"]`);
  await page.locator('[data-member=operators] .finding', {hasText: '总局令第30号'}).waitFor();
  await page.locator('.steps button').last().click();
  await page.locator('.verdict[data-outcome=returned]').waitFor();
});

await promise('an older judgement, that something is missing, does not keep what is complete from being sent', async () => {
  const page = await phone();
  const hand = new Hand(page);
  await hand.click('[data-does=like]');
  await page.locator('[data-step]').waitFor();
  await page.locator('.steps button').nth(3).click();
  for (const code of ['A.1-8', 'A.1-9']) await page.locator(`.measure input[value="${code}"]`).uncheck();
  await page.locator('.steps button').last().click();
  await page.locator('.verdict[data-outcome=incomplete]').waitFor();
  await page.locator('.steps button').nth(3).click();
  let goOn;
  const slow = new Promise((resolve) => (goOn = resolve));
  await page.route('**/permits/preview', (route) => slow.then(() => route.continue()).catch(() => undefined));
  await fillMeasures(hand);
  await page.locator('.steps button').last().click();
  await page.locator('[data-does=submit]:not([disabled])').waitFor({timeout: 5000});
  await sendIt(hand);
  assert.equal(await stateOf(page), 'UnderReview');
  goOn();
});

await office.close();

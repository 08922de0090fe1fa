// The administrator: an account with a role within an area, which signs in; its roles changed, its password set, its
// end;
// a key endorsed with the administrator's own; areas and calendars; rule packs to be read; how the service stands.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {programsOf} from './support/permits.mjs';
import {enrolKey} from './support/signatures.mjs';

const office = await Office.open();
const people = await programsOf(office, 'admin', 'applicant', 'supervisor1');
const desk = await office.browserOf('admin', {on: 'desk', path: 'manage'});
const open = (path) => desk.goto(`${office.address}/console/${path}`);
const input = (label, within = 'sg-register-form') => desk.locator(`${within} wa-input[label="${label}"] input`);
const record = (label) => desk.locator('sg-register-form sg-record', {hasText: label}).locator('input');
const submit = async (within) => {
  await desk.locator(`${within} wa-button[type=submit]`).click();
  await desk.locator(within).waitFor({state: 'detached'});
};
const k_new_password = 'a long password of one’s own 9';

async function signsIn(login, password) {
  const answer = await fetch(`${office.address}/api/v1/sessions`, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({login, password})});
  return answer.ok ? answer.json() : null;
}

await promise('the service says that it takes commands', async () => {
  await desk.locator('.standing[data-ready=true]').waitFor();
  await accessible(desk, 'the overview');
});

await promise('when it takes none, it says why and what to do', async () => {
  await desk.route('**/readyz', (route) => route.fulfill({status: 503, json: {ready: false,
    reasons: ['clock_suspect', 'disk_full']}}));
  await desk.reload();
  await desk.locator('[data-reason=clock_suspect]').waitFor();
  assert.match(await desk.locator('.standing').innerText(), /核对服务器时间[^]*磁盘空间不足/);
  await desk.getByText('确认时间无误').click();
  await desk.locator('wa-dialog wa-button[variant=danger]').click();
  await desk.unroute('**/readyz');
  await desk.locator('.standing[data-ready=true]').waitFor();
});

let account;

await promise('an account is made with a role within an area; what is wrong stands at its field', async () => {
  const {person} = await people.applicant.get('/me');
  const {data: {id_number}} = await people.admin.get(`/persons/${person}`);
  await open('manage/accounts');
  await desk.locator('[data-action=register]').click();
  await accessible(desk, 'the form of an account');
  await input('账号').fill('patrol7');
  await input('显示名称').fill('卫文秀');
  await record('身份证件号').fill(id_number);
  await record('身份证件号').blur();
  await desk.locator('sg-register-form wa-select').click();
  await desk.locator('sg-register-form wa-option[value=grid_worker]').click();
  await record('区域').fill('999999');
  await record('区域').blur();
  await desk.locator('sg-register-form wa-button[type=submit]').click();
  await desk.locator('sg-register-form [data-code=unknown_reference]').waitFor();
  await record('区域').fill('500230111201-01');
  await record('区域').blur();
  await submit('sg-register-form');
  await desk.waitForURL(/manage\/accounts\/[0-9a-f-]{36}$/);
  account = desk.url().split('/').at(-1);
  assert.deepEqual((await people.admin.get(`/accounts/${account}`)).data.grants,
    [{role: 'grid_worker', area: '500230111201-01'}]);
  await accessible(desk, 'the account');
});

await promise('its password is set, and it signs in', async () => {
  assert.equal(await signsIn('patrol7', k_new_password), null);
  await desk.locator('[data-event=set_password]').click();
  await desk.locator('sg-action-dialog wa-input[autocomplete=new-password] input').fill(k_new_password);
  await submit('sg-action-dialog');
  const {account: who} = await signsIn('patrol7', k_new_password);
  assert.deepEqual(who.grants.map(({role}) => role), ['grid_worker']);
});

await promise('a change begins with what stands there', async () => {
  await desk.locator('[data-event=amend]').click();
  assert.equal(await input('显示名称').inputValue(), '卫文秀');
  await input('显示名称').fill('卫文秀（巡查）');
  await submit('sg-register-form');
  const {data} = await people.admin.get(`/accounts/${account}`);
  assert.equal(data.name, '卫文秀（巡查）');
  assert.equal(data.grants.length, 1);
});

await promise('a suspended account signs in no more', async () => {
  await desk.locator('[data-event=suspend]').click();
  await desk.locator('sg-action-dialog textarea').fill('离岗');
  await submit('sg-action-dialog');
  await desk.locator('sg-managed .badge[data-state=Suspended]').waitFor();
  assert.equal(await signsIn('patrol7', k_new_password), null);
});

await promise('without a key of one’s own nothing can be endorsed, and the page says so', async () => {
  await open('manage/keys');
  await desk.getByText('确认他人密钥须用您自己的密钥签名').waitFor();
  await open('account');
  await desk.getByRole('button', {name: '在本机登记密钥'}).click();
  await desk.getByText('（本机）').waitFor();
});

await promise('a key that waits is endorsed, and counts from then on', async () => {
  const key = await enrolKey(people.supervisor1, '办公电脑');
  const stands = async () => (await people.admin.get(`/key-rings/${key.ring}`)).data.keys[0].state;
  assert.equal(await stands(), 'pending');
  await open('manage/keys');
  await desk.locator(`[data-kid="${key.kid}"] [data-event=endorse]`).click();
  await submit('sg-action-dialog');
  assert.equal(await stands(), 'active');
  await desk.locator(`[data-kid="${key.kid}"] [data-event=endorse]`).waitFor({state: 'detached'});
  await accessible(desk, 'the keys');
  await desk.locator(`[data-kid="${key.kid}"] [data-event=revoke_key]`).click();
  await desk.locator('sg-action-dialog wa-select').click();
  await desk.locator('sg-action-dialog wa-option[value=lost]').click();
  await submit('sg-action-dialog');
  assert.equal(await stands(), 'ended');
});

await promise('an area is added below another', async () => {
  await open('manage/areas');
  await desk.locator('wa-button', {hasText: '在第2村下新增'}).click();
  await input('区域代码').fill('500230111202-02');
  await input('名称').fill('第2村第2网格');
  await submit('sg-register-form');
  await desk.locator('sg-areas').getByText('第2村第2网格').waitFor();
  await accessible(desk, 'the areas');
});

await promise('the calendars say which are estimates', async () => {
  await open('manage/calendars');
  await desk.locator('sg-calendars .item').first().waitFor();
  assert.ok(await desk.getByText('预计，官方通知发布后请变更').count() > 0);
  await accessible(desk, 'the calendars');
});

await promise('a rule pack is read with the clause of each figure', async () => {
  await open('manage/packs');
  await desk.locator('sg-packs .item').first().click();
  await desk.locator('.pack table').first().waitFor();
  assert.match(await desk.locator('.pack').innerText(), /5\.3\.1/);
  await accessible(desk, 'the rule pack');
});

// What packs and backups answer is played here: what the pages make of it is the promise, not what the service does.
const draft = {id: 'cn-gb30871-2022', version: '9.1', digest: 'd'.repeat(64), latest: false, in_force: false,
  state: 'Draft',
  instance: null, zh: '规范', en: 'Rules', activations: []};

async function playPacks(page) {
  const {pack} = await people.admin.get('/packs/cn-gb30871-2022');
  const played = {
    [`**/api/v1/packs/${draft.digest}`]: {digest: draft.digest, pack},
    [`**/api/v1/packs/${draft.digest}/diff`]: {against: {id: draft.id, version: '1.2', digest: 'a'},
      counts: {added: 0, removed: 0, changed: 1}, changes: [{section: 'params', key: 'watch_minutes', change: 'changed',
        clause: '5.3', zh: '作业后监护时间', en: 'Watch after work', members: ['value'], before: {value: 60},
          after: {value: 90}}]},
    [`**/api/v1/packs/${draft.digest}/trial`]: {permits: 3, decisions: 5, unchanged: 4, differ: 1, truncated: false,
      items: [
      {permit: null, number: 'DH2026-00009', stage: 'submit', at: '2026-11-20T08:00:00Z',
        more_findings: ['wind_too_strong'],
        fewer_findings: [], before: {grade: 'two', verdict: 'passed', findings: []},
        after: {grade: 'one', verdict: 'refused', findings: []}}]},
  };
  for (const [path, json] of Object.entries(played)) await page.route(path, (route) => route.fulfill({json}));
  await page.route('**/api/v1/packs', (route) => route.request().method() === 'GET'
    ? route.fulfill({json: {items: [draft]}}) : route.fulfill({status: 422, json: {code: 'pack_broken',
      title: '规则包有误',
      detail: '/rules/3/require', status: 422}}));
}

await promise('a pack that is broken is refused in its words; a draft shows what it changes and what it would decide',
  async () => {
  await playPacks(desk);
  await open('manage/packs');
  await desk.locator('.upload input').setInputFiles({name: 'pack.json', mimeType: 'application/json',
    buffer: Buffer.from('{}')});
  await desk.locator('[data-code=pack_broken]').waitFor();
  await desk.locator('sg-packs .item').click();
  await desk.locator('sg-pack-diff ins').waitFor();
  assert.match(await desk.locator('sg-pack-diff').innerText(), /作业后监护时间[^]*60[^]*90/);
  await desk.locator('sg-pack-trial wa-button[type=submit]').click();
  await desk.locator('sg-pack-trial .item').waitFor();
  assert.match(await desk.locator('sg-pack-trial').innerText(), /二级 · 通过 → 一级 · 不通过/);
  await accessible(desk, 'a draft of a pack');
});

await promise('a backup shows how far it is, and when it is done', async () => {
  const one = {name: 'sparkgate-20261128T121330Z', started_at: '2026-11-28T12:13:30Z', bytes: 5_400_000, problems: 0,
    reason: null,
    log: null, with_keys: false, with_files: true};
  const running = {...one, state: 'running', step: 'files', percent: 40};
  const done = {...one, state: 'done', step: null, percent: 100, log: {origin: 'sparkgate.local', size: 90}};
  let items = [];
  await desk.route('**/api/v1/backups', (route) => {
    if (route.request().method() === 'GET') return route.fulfill({json: {directory_set: true, items}});
    items = [running];
    return route.fulfill({status: 202, json: running});
  });
  await open('manage/backups');
  await desk.getByText('立即备份').click();
  await desk.locator('sg-backups wa-progress-bar').waitFor();
  await accessible(desk, 'a backup under way');
  items = [done];
  await desk.getByText('日志 90 条').waitFor();
});

await promise('on a phone the other pages are reached from the first', async () => {
  const phone = await office.browserOf('admin', {path: 'manage', language: 'en', dark: true});
  await phone.locator('sg-manage nav').getByText('Accounts').click();
  await phone.locator('sg-accounts .item').first().waitFor();
  await accessible(phone, 'the accounts on a dark phone');
});

await office.close();

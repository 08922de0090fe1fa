// A report from a browser with scripts off, and the officer who handles it: code, question, answer, a photo, the outcome,
// the reward.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {k_password, Office, promise} from './support/office.mjs';
import {officerOf, Reporter} from './support/reporting.mjs';
import {search} from './support/search.mjs';

const office = await Office.open();
const reporter = await Reporter.of(office);
const {page} = reporter;
let code;

await promise('without script somebody reports what they saw, and gets a receipt code', async () => {
  code = await reporter.report({kind: '无证从事电气焊', place: '一号车间二楼', text: '没有证，也没有人看着'});
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z*~$=]{4,5}){4}$/);
  assert.ok(!page.url().includes(code));
});

await promise('a photo is added, and the browser forgets', async () => {
  await reporter.addPhoto('IMG_0001.jpg');
  await page.getByRole('button', {name: '离开并清除本机痕迹'}).click();
  await reporter.open('/report/mine');
  assert.ok(page.url().includes('/report/return'));
});

const officer = await officerOf(office, 'intake');
const act = async (event, {text, officer: to, fine} = {}) => {
  await officer.locator(`[data-event=${event}]`).click();
  const form = officer.locator(`form[data-form=${event}]`);
  await form.waitFor();
  if (to) await form.locator('select').selectOption({label: to});
  if (fine) await form.locator('wa-input input').first().fill(fine);
  if (text) await form.locator('wa-textarea textarea').first().fill(text);
  await form.locator('wa-button[type=submit]').click();
  await form.waitFor({state: 'detached'});
};

await promise('an officer unlocks the reports, reads this one and asks', async () => {
  await accessible(officer, 'reports, locked');
  await officer.getByText('无证从事电气焊').click();
  await officer.getByText('没有证，也没有人看着').waitFor();
  await accessible(officer, 'a report');
  const [file] = await Promise.all([officer.waitForEvent('download'), officer.locator('a[download]').click()]);
  assert.ok((await file.path()).length);
  await act('acknowledge', {text: '已受理'});
  await act('say', {text: '现在还在焊吗？'});
});

await promise('nobody has a permit there: one step has the place inspected, by a summary alone', async () => {
  const there = officer.locator('sg-intake-there');
  await there.locator('select').selectOption({index: 1});
  await there.getByText('当时当地没有有效的作业证').waitFor();
  assert.equal(await there.locator('wa-input input').inputValue(), '', "the reporter's own words are not handed on");
  await there.locator('wa-input input').fill('一号厂房二层');
  await there.locator('[data-inspect=place]').click();
  const form = officer.locator('form[data-form=hand_off]');
  await form.locator('wa-textarea textarea').fill('二楼有人无证电焊，请到场检查');
  await accessible(officer, 'a report handed on');
  await form.locator('wa-button[type=submit]').click();
  await officer.locator('.hand-offs li').waitFor();
});

await promise('whoever reported comes back by the code, reads the question and answers', async () => {
  await reporter.comeBack(code.toLowerCase().replaceAll('-', ' '));
  await page.getByText('现在还在焊吗？').waitFor();
  await page.locator('form[action*=answer] textarea').fill('每天晚上都焊');
  await reporter.press('发送');
  await page.getByText('每天晚上都焊').waitFor();
});

await promise('the officer looks into it and tells the outcome; the reward is claimed by the code', async () => {
  await officer.reload();
  await officer.getByText('每天晚上都焊').waitFor();
  await act('triage');
  await act('assign', {officer: '许静'});
  await act('investigate');
  await act('substantiate');
  await act('give_feedback', {text: '属实，已责令停工', fine: '40000'});
  await page.reload();
  await page.getByText('属实，已责令停工').waitFor();
  await page.getByText('奖励 6000 元').waitFor();
  await reporter.press('申领');
  await page.getByText('已申领奖励').waitFor();
});

await promise('nothing that was said lies in the data or the log', async () => {
  const secrets = ['一号车间二楼', '没有证，也没有人看着', 'IMG_0001.jpg', '现在还在焊吗？', '每天晚上都焊', '属实，已责令停工',
    '一号厂房二层', '二楼有人无证电焊，请到场检查', code, code.replaceAll('-', ''), k_password];
  const {findings, files, bytes} = await search(secrets, office.data, {'the log': office.service.log()});
  assert.deepEqual(findings, []);
  console.log(`  ${secrets.length} secrets searched for in ${files} files of ${bytes} bytes`);
});

await promise('a wrong code tells nothing', async () => {
  await page.getByRole('button', {name: '离开并清除本机痕迹'}).click();
  await reporter.comeBack('7Q4M0-ZTXK');
  await page.getByText('没有与此查询码对应的举报').waitFor();
});

await office.close();

// A report from a browser with scripts off, and the officer who handles it: code, question, answer, a photo, the outcome,
// the reward.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {k_password, Office, promise} from './support/office.mjs';
import {search} from './support/search.mjs';
import {jpeg} from './support/site.mjs';

const office = await Office.open();
const context = await office.browser.newContext({viewport: {width: 360, height: 740}, javaScriptEnabled: false,
  locale: 'zh-CN'});
office.contexts.push(context);
const page = await context.newPage();
page.on('request', (request) => {
  if (!request.url().startsWith(office.address)) office.faults.push(`asks elsewhere: ${request.url()}`);
});
const open = (path) => page.goto(`${office.address}${path}`);
const patience = () => page.waitForTimeout(3200); // nobody fills in a form faster
let code;

await promise('without script somebody reports what they saw, and gets a receipt code', async () => {
  await open('/report');
  await page.getByRole('link', {name: '我要举报'}).click();
  await page.getByLabel('无证从事电气焊').check();
  await page.getByRole('textbox', {name: '地点'}).fill('一号车间二楼');
  await page.getByRole('textbox', {name: '情况'}).fill('没有证，也没有人看着');
  await patience();
  await page.getByRole('button', {name: '提交举报'}).click();
  code = (await page.locator('code').innerText()).trim();
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z*~$=]{4,5}){4}$/);
  assert.ok(!page.url().includes(code));
});

await promise('a photo is added, and the browser forgets', async () => {
  const photo = await jpeg(await office.browserOf('supervisor1'), 200, 'IMG_0001.jpg');
  await page.getByRole('link', {name: '附照片或文件'}).click();
  await page.locator('input[type=file]').setInputFiles(photo);
  await patience();
  await page.getByRole('button', {name: '上传'}).click();
  await page.getByText('文件：IMG_0001.jpg').waitFor();
  await page.getByRole('button', {name: '离开并清除本机痕迹'}).click();
  await open('/report/mine');
  assert.ok(page.url().includes('/report/return'));
});

const officer = await office.browserOf('intake', {on: 'desk', path: 'intake'});
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
  await officer.locator('sg-intake-gate input[type=password]').fill(k_password);
  await officer.locator('sg-intake-gate wa-button[type=submit]').click();
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
  await there.locator('[data-inspect=place]').click();
  const form = officer.locator('form[data-form=hand_off]');
  await form.locator('wa-textarea textarea').fill('二楼有人无证电焊，请到场检查');
  await accessible(officer, 'a report handed on');
  await form.locator('wa-button[type=submit]').click();
  await officer.locator('.hand-offs li').waitFor();
});

const back = async () => {
  await open('/report/return');
  await page.getByRole('textbox', {name: '查询码'}).fill(code.toLowerCase().replaceAll('-', ' '));
  await patience();
  await page.getByRole('button', {name: '查看'}).click();
};

await promise('whoever reported comes back by the code, reads the question and answers', async () => {
  await back();
  await page.getByText('现在还在焊吗？').waitFor();
  await page.locator('form[action*=answer] textarea').fill('每天晚上都焊');
  await patience();
  await page.getByRole('button', {name: '发送'}).click();
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
  await patience();
  await page.getByRole('button', {name: '申领', exact: true}).click();
  await page.getByText('已申领奖励').waitFor();
});

await promise('nothing that was said lies in the data or the log', async () => {
  const secrets = ['没有证，也没有人看着', 'IMG_0001.jpg', '现在还在焊吗？', '每天晚上都焊', '属实，已责令停工', code,
    code.replaceAll('-', ''), k_password];
  const {findings, files, bytes} = await search(secrets, office.data, {'the log': office.service.log()});
  assert.deepEqual(findings, []);
  console.log(`  ${secrets.length} secrets searched for in ${files} files of ${bytes} bytes`);
});

await promise('a wrong code tells nothing', async () => {
  await page.getByRole('button', {name: '离开并清除本机痕迹'}).click();
  code = '7Q4M0-ZTXK';
  await back();
  await page.getByText('没有与此查询码对应的举报').waitFor();
});

await office.close();

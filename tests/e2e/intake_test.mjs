// What officers do with a report beside answering it: open a file safely, hand the report to another authority.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {officerOf, Reporter} from './support/reporting.mjs';

const office = await Office.open();
const reporter = await Reporter.of(office);
await reporter.report({kind: '动火无人监护', place: '东门', text: '焊工一个人在焊'});
await reporter.addPhoto('IMG_0001.jpg');
const officer = await officerOf(office, 'intake');
const other = await officerOf(office, 'intake2');

await promise('a file comes as a copy that tells nothing but its content, or says why there is none', async () => {
  await officer.getByText('动火无人监护').click();
  const file = officer.locator('sg-intake-file');
  await file.waitFor();
  const saved = officer.waitForEvent('download', {timeout: 60_000});
  const refused = file.getByText('不能制作清理副本').waitFor({timeout: 60_000}).then(() => null);
  saved.catch(() => null), refused.catch(() => null);
  await file.locator('[data-file=cleaned]').click();
  const download = await Promise.race([saved, refused]);
  if (!download) return console.log('  mat2 is not installed: the page says so');
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(0, 3).toString('hex'), 'ffd8ff');
  assert.ok(!download.suggestedFilename().includes('IMG_0001'));
});

const pem = (name) => path.join(office.data, name);
const code = officer.locator('sg-intake-export p[role=status] code');

await promise('one officer proposes to hand the report on, by a certificate that is told apart by its print', async () => {
  const form = officer.locator('form[data-form=export]');
  await form.locator('wa-textarea textarea').fill('no certificate');
  await form.locator('wa-button[type=submit]').click();
  await form.getByText('P-256').first().waitFor();
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout',
    pem('key.pem'), '-out', pem('authority.pem'), '-subj', '/CN=County office', '-addext', 'keyUsage=keyAgreement'],
  {stdio: 'ignore'});
  await form.locator('input[type=file]').setInputFiles(pem('authority.pem'));
  await form.locator('wa-button[type=submit]').click();
  await code.waitFor();
  const printed = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256', '-in', pem('authority.pem')]);
  const shown = await officer.locator('sg-intake-export p.muted code').innerText();
  assert.equal(shown.replaceAll(':', '').toLowerCase(), String(printed).split('=')[1].trim().replaceAll(':', '').toLowerCase());
  await accessible(officer, 'a proposed export');
});

await promise('who proposed it cannot confirm it; another officer gets the file for the recipient alone', async () => {
  const word = await code.innerText();
  const look = async (page) => {
    await page.locator('form[data-form=confirm] wa-input input').fill(word);
    await page.locator('form[data-form=confirm] wa-button[type=submit]').click();
    await page.locator('[data-action=confirm-export]').click();
  };
  await officer.goto(`${office.address}/console/intake`);
  await look(officer);
  await officer.getByText('提出导出的人不能自己确认').waitFor();
  const [file] = await Promise.all([other.waitForEvent('download'), look(other)]);
  const archive = execFileSync('openssl', ['cms', '-decrypt', '-inform', 'DER', '-binary', '-in', await file.path(),
    '-inkey', pem('key.pem'), '-recip', pem('authority.pem')]);
  assert.equal(archive.subarray(0, 2).toString(), 'PK');
  assert.ok(!(await readFile(await file.path())).includes('焊工一个人在焊'));
  await accessible(other, 'reports and exports');
});

await promise('the report tells that it was handed on', async () => {
  await officer.getByText('动火无人监护').click();
  await officer.locator('.history').getByText('移送其他机关').waitFor();
});

await promise('what is overdue stands above the list', async () => {
  await other.route('**/api/v1/intake', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({response: answer, json: {...(await answer.json()), overdue: 2}});
  });
  await other.reload();
  await other.locator('[data-overdue]').getByText('2').waitFor();
  await accessible(other, 'reports that are overdue');
  await other.unroute('**/api/v1/intake');
});

await office.close();

// The contractor's registers on a phone: what is wrong with a number is said while it is typed; a certificate with its
// photo waits for a supervisor, who sees it; what expired stands first.
import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {accessible} from './support/axe.mjs';
import {Office, programOf, promise} from './support/office.mjs';

const office = await Office.open();
const supervisor = await programOf(office, 'supervisor1');
const member = (page, label) => page.locator(`sg-record-form [label="${label}"] input`).first();
let certificate;

/** A JPEG that a browser makes, as a camera would. */
async function aPhoto(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 400);
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#b33';
    drawing.fillRect(40, 40, 300, 200);
    const blob = await canvas.convertToBlob({type: 'image/jpeg'});
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const file = path.join(office.data, 'certificate.jpg');
  await writeFile(file, new Uint8Array(bytes));
  return file;
}

await promise('registers say how many of their records cannot be used', async () => {
  const page = await office.browserOf('applicant', {path: 'registers'});
  await page.locator('.item', {hasText: '动火设备'}).locator('.trouble.severe').waitFor();
  await accessible(page, 'registers');
  await page.locator('.item', {hasText: '动火设备'}).click();
  const first = page.locator('main .items .item').first();
  await first.waitFor();
  assert.match(await first.innerText(), /DEMO-WM-03/, 'what expired stands first');
  await accessible(page, 'a register');
});

await promise('a wrong check digit is said at once, in both languages, and stops the form', async () => {
  const page = await office.browserOf('applicant', {path: 'registers/certificate/new'});
  await member(page, '身份证件号').fill('500230199001011094');
  await page.getByText('身份证件号的校验位不对').waitFor();
  await member(page, '证书编号').fill('T500230199001011094');
  await page.getByText('证书编号的校验位不对').waitFor();
  await accessible(page, 'a form with faults');
  await page.getByText('English').click();
  await page.getByText("The identity number's check digit is wrong").waitFor();
  assert.equal(await page.locator('sg-record-form wa-button[type=submit]').getAttribute('disabled'), '');
  await page.locator('sg-record-form [label="Identity number"] input').fill('500230198604120315');
  await page.locator('sg-record-form [label="Certificate number"] input').fill('T500230197903050535');
  await page.getByText('are not of the same person').waitFor();
});

await promise('an operator is registered with the photo of the certificate, and waits for a supervisor', async () => {
  const page = await office.browserOf('applicant', {path: 'registers/certificate/new'});
  await member(page, '姓名').fill('田有粮');
  await member(page, '身份证件号').fill('11010519491231002x');
  await member(page, '证书编号').fill('T11010519491231002X');
  await member(page, '发证机关').fill('应急');
  await page.locator('sg-record-form wa-select').click();
  await page.locator('wa-option', {hasText: '钎焊'}).click();
  await member(page, '初领日期').fill('2026-01-10');
  await member(page, '有效期至').fill('2025-01-10');
  await page.getByText('不能早于初领日期').waitFor();
  await member(page, '有效期至').fill('2032-01-10');
  await page.locator('sg-record-form input[type=file]').setInputFiles(await aPhoto(page));
  await page.locator('sg-record-form .photos img').waitFor();
  await page.locator('sg-record-form wa-button[type=submit]').click();
  await page.waitForURL(/registers\/certificate\/[0-9a-f-]+$/);
  await page.locator('.trouble', {hasText: '待核实'}).waitFor();
  await accessible(page, 'a record');
  certificate = page.url().split('/').at(-1);
});

await promise('the supervisor sees the photo that was sent and verifies the record', async () => {
  const {data} = await supervisor.get(`/certificates/${certificate}`);
  assert.match(data.photo, /^[0-9a-f]{64}$/);
  assert.equal((await supervisor.get(`/photos/${data.photo}`)).width, 640);
  await supervisor.act('certificates', certificate, 'verify');
  const page = await office.browserOf('applicant', {path: `registers/certificate/${certificate}`});
  await page.locator('[data-state=Valid]').waitFor();
});

await promise('who holds a certificate is a person of the unit, too', async () => {
  const page = await office.browserOf('applicant', {path: 'registers/person'});
  await page.locator('.item', {hasText: '田有粮'}).waitFor();
});

await promise('an amendment sends what changed, and is verified again', async () => {
  const page = await office.browserOf('applicant', {path: `registers/certificate/${certificate}`});
  await page.locator('[data-does=amend]').click();
  await member(page, '发证机关').fill('应急管理局');
  await page.locator('sg-record-form wa-button[type=submit]').click();
  await page.locator('[data-state=Registered]').waitFor();
  const {data} = await supervisor.get(`/certificates/${certificate}`);
  assert.equal(data.issuer, '应急管理局');
  assert.equal(data.valid_until, '2032-01-10');
});

await promise('what is registered twice is refused in plain words, and nothing typed is lost', async () => {
  const page = await office.browserOf('applicant', {path: 'registers/machine/new', language: 'en'});
  await page.locator('sg-record-form [label="Code"] input').fill('DEMO-WM-01');
  await page.locator('sg-record-form [label="Kind"] input').fill('grinder');
  await page.locator('sg-record-form [label="Inspected until"] input').fill('2031-05-31');
  await page.locator('sg-record-form wa-button[type=submit]').click();
  await page.locator('[data-code=already_registered]').waitFor();
  assert.equal(await page.locator('sg-record-form [label="Kind"] input').inputValue(), 'grinder');
});

await office.close();

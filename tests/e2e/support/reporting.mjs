// Somebody who reports, in a browser with scripts off, and an officer who reads reports.
import {k_password} from './office.mjs';
import {jpeg} from './site.mjs';

const k_patience = 3200; // milliseconds; nobody fills in a form faster

export class Reporter {
  /** On a phone; a request elsewhere is a fault of the office's. */
  static async of(office) {
    const reporter = new Reporter();
    reporter.office = office;
    const context = await office.browser.newContext({viewport: {width: 360, height: 740}, javaScriptEnabled: false,
      locale: 'zh-CN'});
    office.contexts.push(context);
    reporter.page = await context.newPage();
    reporter.page.on('request', (request) => {
      if (!request.url().startsWith(office.address)) office.faults.push(`asks elsewhere: ${request.url()}`);
    });
    return reporter;
  }

  open(path) {
    return this.page.goto(`${this.office.address}${path}`);
  }

  async press(name) {
    await this.page.waitForTimeout(k_patience);
    await this.page.getByRole('button', {name, exact: true}).click();
  }

  /** The receipt code. */
  async report({kind, place, text}) {
    await this.open('/report');
    await this.page.getByRole('link', {name: '我要举报'}).click();
    await this.page.getByLabel(kind).check();
    await this.page.getByRole('textbox', {name: '地点'}).fill(place);
    await this.page.getByRole('textbox', {name: '情况'}).fill(text);
    await this.press('提交举报');
    return (await this.page.locator('code').innerText()).trim();
  }

  /** From the page after the report. */
  async addPhoto(name) {
    const photo = await jpeg(await this.office.browserOf('supervisor1'), 200, name);
    await this.page.getByRole('link', {name: '附照片或文件'}).click();
    await this.page.locator('input[type=file]').setInputFiles(photo);
    await this.press('上传');
    await this.page.getByText(`文件：${name}`).waitFor();
  }

  async comeBack(code) {
    await this.open('/report/return');
    await this.page.getByRole('textbox', {name: '查询码'}).fill(code);
    await this.press('查看');
  }
}

/** At a desk, the reports unlocked. `login`: "intake" or "intake2". */
export async function officerOf(office, login) {
  const page = await office.browserOf(login, {on: 'desk', path: 'intake'});
  await page.locator('sg-intake-gate input[type=password]').fill(k_password);
  await page.locator('sg-intake-gate wa-button[type=submit]').click();
  await page.locator('sg-intake-confirm').waitFor();
  return page;
}

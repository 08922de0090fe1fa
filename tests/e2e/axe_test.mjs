// Every page can be used by everybody: axe-core finds nothing, in either language, light and dark, on a phone and a desk.
import assert from 'node:assert/strict';
import {accessible, violations} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {pages} from './support/pages.mjs';
import {applied, approved, programsOf, started} from './support/permits.mjs';

const office = await Office.open();
await promise('the sign-in page has no violation', async () => accessible(await office.browserOf('')));

const programs = await programsOf(office, 'applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor1',
  'supervisor2', 'supervisor3');
const permit = await applied(programs);
await approved(programs, permit);
await started(programs, permit);

const found = [];
let count = 0;
for (const [login, all] of Object.entries(pages)) {
  for (const [on, language, dark] of [['phone', 'zh', false], ['desk', 'en', true]]) {
    const page = await office.browserOf(login, {on, language, dark});
    for (const where of all) {
      await page.goto(`${office.address}/console/${where.replace('{permit}', permit)}`);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('load');
      count++;
      for (const one of await violations(page)) found.push(`/console/${where} of ${login}, ${on}, ${language}: ${one}`);
    }
    await page.context().close();
  }
}
await promise(`${count} looks at pages have no violation`, async () => assert.deepEqual(found, []));
await office.close();

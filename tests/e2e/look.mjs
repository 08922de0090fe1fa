// Screenshots of the console's pages, to be looked at: node tests/e2e/look.mjs FOLDER.
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {Office} from './support/office.mjs';
import {pages} from './support/pages.mjs';
import {applied, approved, programsOf, started} from './support/permits.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('node tests/e2e/look.mjs FOLDER');
  process.exit(64);
}

const office = await Office.open();
await mkdir(folder, {recursive: true});
const programs = await programsOf(office, 'applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor1',
  'supervisor2', 'supervisor3');
const permit = await applied(programs);
await approved(programs, permit);
await started(programs, permit);
for (const [login, all] of Object.entries(pages)) {
  for (const [on, language, dark] of [['phone', 'zh', false], ['desk', 'en', true]]) {
    const page = await office.browserOf(login, {on, language, dark});
    for (const where of all) {
      await page.goto(`${office.address}/console/${where.replace('{permit}', permit)}`);
      await page.locator('main h1').first().waitFor();
      await page.waitForTimeout(700); // for pictures and maps to settle
      const name = `${login}-${where.replaceAll(/[\/{}]/g, '_') || 'home'}-${on}.png`;
      await page.screenshot({path: path.join(folder, name), fullPage: true});
    }
  }
}
await office.close();

// Screenshots of the console's pages, to be looked at: node tests/e2e/look.mjs FOLDER.
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {Office} from './support/office.mjs';
import {pages} from './support/pages.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('node tests/e2e/look.mjs FOLDER');
  process.exit(64);
}

const office = await Office.open();
await mkdir(folder, {recursive: true});
for (const [login, all] of Object.entries(pages)) {
  for (const [on, language, dark] of [['phone', 'zh', false], ['desk', 'en', true]]) {
    const page = await office.browserOf(login, {on, language, dark});
    for (const where of all) {
      await page.goto(`${office.address}/console/${where}`);
      await page.waitForLoadState('networkidle');
      const name = `${login}-${where.replaceAll('/', '_') || 'home'}-${on}.png`;
      await page.screenshot({path: path.join(folder, name), fullPage: true});
    }
  }
}
await office.close();

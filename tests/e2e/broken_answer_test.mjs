// A connection that breaks within an answer is a lost network: what was kept is shown, and what is recorded is kept.
import {Office, promise} from './support/office.mjs';
import {readyPermit} from './support/site.mjs';
import {breakableWay} from './support/way.mjs';

const office = await Office.open();
office.expectFaults(/ERR_CONTENT_LENGTH_MISMATCH|ERR_FAILED|ERR_INCOMPLETE/);
const id = await readyPermit(office);
const way = await breakableWay(office);
const page = await office.browserOf('applicant', {path: `site/${id}`});
await page.locator('sg-site-permit h1').waitFor();

await promise('a page whose answer breaks off shows what was kept', async () => {
  way.breaks = /permits\/[^/]+$/;
  await page.reload();
  await page.getByText('没有网络：显示').waitFor();
});

await promise('without anything kept it says that the service cannot be reached', async () => {
  way.breaks = /\/permits\?/;
  await page.goto(`${office.address}/console/permits`);
  await page.locator('[data-code=unreachable]').waitFor();
});

await office.close();
way.close();

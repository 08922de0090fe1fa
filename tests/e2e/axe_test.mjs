// Every page can be used by everybody: axe-core finds nothing, in either language, light and dark, on a phone and a desk.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {installed, Office, promise, root} from './support/office.mjs';
import {pages} from './support/pages.mjs';

installed('axe-core');
const axe = readFileSync(createRequire(path.join(root, 'build-e2e/')).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Each violation with the places where it was found. */
async function violations(page) {
  // The page's policy lets no script in; the inspector's own world is not bound by it.
  const session = await page.context().newCDPSession(page);
  const {executionContextId} = await session.send('Page.createIsolatedWorld', {
    frameId: (await session.send('Page.getFrameTree')).frameTree.frame.id});
  const run = async (expression) => {
    const {result, exceptionDetails} = await session.send('Runtime.evaluate', {
      expression, contextId: executionContextId, awaitPromise: true, returnByValue: true});
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(axe);
  const found = await run(`axe.run(document, {runOnly: ${JSON.stringify(tags)}}).then(({violations}) => violations.map(
    ({id, nodes}) => id + ': ' + nodes.map(({target}) => target.join(' ')).join(' | ')))`);
  await session.detach();
  return found;
}

const looks = [['phone', 'zh', false], ['desk', 'en', true]];
const office = await Office.open();
const found = [];
let count = 0;

await promise('the sign-in page has no violation', async () => {
  assert.deepEqual(await violations(await office.browserOf('')), []);
});
for (const [login, all] of Object.entries(pages)) {
  for (const [on, language, dark] of looks) {
    const page = await office.browserOf(login, {on, language, dark});
    for (const where of all) {
      await page.goto(`${office.address}/console/${where}`);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      count++;
      for (const one of await violations(page)) found.push(`/console/${where} of ${login}, ${on}, ${language}: ${one}`);
    }
    await page.context().close();
  }
}
await promise(`${count} looks at pages have no violation`, async () => assert.deepEqual(found, []));
await office.close();

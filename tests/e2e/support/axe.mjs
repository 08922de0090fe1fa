// What axe-core finds wrong with a page as it stands; none is the promise.
import assert from 'node:assert/strict';
import {installed} from './office.mjs';

const {source} = installed('axe-core');

export async function accessible(page, what) {
  await page.evaluate(source);
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  const said = violations.map(({id, help, nodes}) => `${id}: ${help}\n  ${nodes.map(({html}) => html).join('\n  ')}`);
  assert.deepEqual(said, [], what);
}

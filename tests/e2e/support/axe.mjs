// What axe-core finds wrong with a page as it stands; nothing is the promise.
import assert from 'node:assert/strict';
import {installed} from './office.mjs';

const {source} = installed('axe-core');

/** Each violation with the places where it was found. */
export async function violations(page) {
  await page.evaluate(source);
  const {violations: found} = await page.evaluate(() => globalThis.axe.run());
  return found.map(({id, help, nodes}) => `${id}: ${help}\n  ${nodes.map(({html}) => html).join('\n  ')}`);
}

export const accessible = async (page, what) => assert.deepEqual(await violations(page), [], what);

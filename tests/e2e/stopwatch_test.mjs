// From the sign-in to a submitted application, by the stopwatch: how many fields and clicks, and how long at the speed
// of a person. The counts are promises; seconds depend on the machine as well and are printed.
import assert from 'node:assert/strict';
import {Hand, k_operator, k_watch, sendIt, stateOf} from './support/applying.mjs';
import {fillMeasures, fillPlace, fillWork} from './support/applying.mjs';
import {k_password, Office, promise} from './support/office.mjs';

// A person at a phone: a second to see and reach each thing, five letters a second.
const k_speed = {touch: 1000, letter: 200};
const k_most_fields = 25, k_most_seconds = 90;

const office = await Office.open();

async function signIn(hand) {
  await hand.type('sg-login wa-input[name=login] input', 'applicant');
  await hand.type('sg-login wa-input[name=password] input', k_password);
  await hand.click('sg-login wa-button[type=submit]');
  await hand.click('nav.foot a[href$="/apply"]');
}

async function timed(what, work) {
  const page = await office.browserOf('', {path: ''});
  const hand = new Hand(page, k_speed);
  await page.locator('sg-login input').first().waitFor();
  const began = performance.now();
  await signIn(hand);
  await work(hand);
  const seconds = (performance.now() - began) / 1000;
  const counts = `${hand.fields} fields, ${hand.clicks} clicks`;
  console.log(`${what}: ${counts}, ${seconds.toFixed(1)} s (aim: ${k_most_seconds} s)`);
  assert.equal(await stateOf(page), 'UnderReview');
  assert.ok(hand.fields <= k_most_fields, `${hand.fields} fields`);
  return hand;
}

const k_first = 'a first application';
await promise(`${k_first}: at most ${k_most_fields} fields`, () => timed(k_first, async (hand) => {
  await hand.click('[data-does=new]');
  await fillPlace(hand, '1号车间东门');
  await hand.next();
  await fillWork(hand, '焊接支架两处');
  await hand.next();
  await hand.tick(`[data-member=operators] input[value="${k_operator}"]`);
  await hand.tick(`[data-member=fire_watch] input[value="${k_watch}"]`);
  await hand.tick('[data-member=machines] input[value=DEMO-WM-01]');
  await hand.next();
  await fillMeasures(hand, ['A.1-3', 'A.1-8', 'A.1-9', 'A.1-11']);
  await hand.next();
  await sendIt(hand);
}));

await promise('like an earlier one: no field but the sign-in, at most six clicks', async () => {
  const hand = await timed('like an earlier one', async (one) => {
    await one.click('[data-does=like]');
    await one.click('.steps li:last-child button');
    await sendIt(one);
  });
  assert.equal(hand.fields, 2, 'login and password');
  assert.ok(hand.clicks <= 6, `${hand.clicks} clicks`);
});

await office.close();

// A bundle's verdict from both who judge it: the browser's page and `sparkgate verify`; and whether they agree.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './office.mjs';

const binary = process.env.SPARKGATE ?? path.join(root, 'build-test/sparkgate');
const words = readFileSync(path.join(root, 'workflows/evidence/words.def'), 'utf8');
const fault_codes = new Set([...words.matchAll(/REMARK\((\w+), fault/g)].map(([, code]) => code));
const faultsOf = (step) => step.remarks.map(({code}) => code).filter((code) => fault_codes.has(code)).sort();

/** `trust`: {key, [witness], [needed]}, texts as a person pastes them. */
export async function inBrowser(page, bytes, {key, witness = '', needed = 0}) {
  await page.locator('.drop input').setInputFiles({name: 'evidence.zip', mimeType: 'application/zip', buffer: bytes});
  await page.locator('#log-keys textarea').fill(key);
  if (witness && !(await page.locator('#witness-keys').isVisible())) {
    await page.locator('sg-verify wa-details summary').click();
  }
  if (witness) {
    await page.locator('#witness-keys textarea').fill(witness);
    await page.locator('#witnesses-needed input').fill(String(needed));
  }
  await page.locator('sg-verify wa-button[type=submit]').click();
  await page.locator('.answer, .unusable').first().waitFor();
  return page.evaluate(() => ({
    unusable: document.querySelector('.unusable')?.textContent.trim() ?? null,
    answers: Object.fromEntries([...document.querySelectorAll('.answer')]
      .map(({dataset}) => [dataset.question, dataset.answer])),
    steps: Object.fromEntries([...document.querySelectorAll('.step')].map((one) => [one.dataset.step, {
      outcome: one.dataset.outcome,
      faults: [...one.querySelectorAll('.remark.failed')].map((remark) => remark.dataset.code).sort(),
    }])),
  }));
}

export function onCommandLine(office, bytes, {key, witness, needed = 0}) {
  const file = path.join(office.data, 'evidence.zip');
  writeFileSync(file, bytes);
  const flags = witness ? ['--witness', witness, '--witnesses', String(needed)] : [];
  const {stdout, status} = spawnSync(binary, ['verify', file, '--key', key, '--json', ...flags],
    {encoding: 'utf8', maxBuffer: 1 << 26});
  return {status, verdict: status === 2 ? null : JSON.parse(stdout)};
}

const integrity = {valid: 'unaltered', structure_valid: 'structure_unaltered', invalid: 'invalid'};
const not_here = ['timestamp', 'keys', 'replay', 'decisions']; // what a browser may leave unchecked

/** The same outcome and the same faults, step by step, but for what the browser says that it does not check. */
export function agree(here, there) {
  assert.equal(here.answers.integrity, integrity[there.integrity]);
  assert.equal(here.answers.completeness, there.completeness);
  for (const step of there.steps) {
    const mine = here.steps[step.step];
    if (mine.outcome === 'not_checked' && not_here.includes(step.step)) continue;
    assert.equal(mine.outcome, step.outcome, step.step);
    assert.deepEqual(mine.faults, faultsOf(step), step.step);
  }
}

export async function evidenceOf(office, id, login, password) {
  const signIn = await fetch(`${office.address}/api/v1/sessions`, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({login, password})});
  const {token} = await signIn.json();
  const headers = {Authorization: `Bearer ${token}`};
  const answer = await fetch(`${office.address}/api/v1/permits/${id}/evidence`, {headers});
  return Buffer.from(await answer.arrayBuffer());
}

// The board: what others do appears without a reload; what falls due first stands first; ten thousand permits scroll.
import assert from 'node:assert/strict';
import {accessible} from './support/axe.mjs';
import {Office, promise} from './support/office.mjs';
import {approved, applied, programsOf, started} from './support/permits.mjs';

const office = await Office.open();
const programs = await programsOf(office, 'applicant', 'site_owner', 'operator', 'fire_watch', 'supervisor1',
  'supervisor2', 'supervisor3');
const place = (address, east) => ({address, longitude: (107.617 + east).toFixed(6), latitude: '29.917942',
  outdoor: false, confined_space: false, height_metres: '0'});

const first = await applied(programs, {work: '先到场的一件', place: place('一车间', 0)});
await approved(programs, first);
const board = await office.browserOf('supervisor1', {on: 'desk', path: 'board'});
const row = (id) => board.locator(`sg-virtual-list [data-id="${id}"]`);

await promise('live permits stand on the board and on its map', async () => {
  await row(first).waitFor();
  await board.locator('.map-dot').waitFor();
  assert.equal(await board.locator('.map-dot').count(), 1);
  await accessible(board, 'the board');
});

await promise('what others do appears without a reload', async () => {
  await board.evaluate(() => (globalThis.notReloaded = true));
  await started(programs, first);
  await board.locator(`[data-id="${first}"][data-state=InProgress]`).waitFor();
  const second = await applied(programs, {work: '后来的一件', place: place('二车间', 0.004)});
  await approved(programs, second);
  await row(second).waitFor();
  await programs.supervisor1.act('permits', second, 'revoke', {reason: '不再需要'});
  await row(second).waitFor({state: 'detached'});
  assert.ok(await board.evaluate(() => globalThis.notReloaded));
});

await promise('a permit\'s own page keeps up too, and an open form keeps what was seen when it was opened', async () => {
  const id = await applied(programs, {work: '两人看着的一件'});
  const page = await office.browserOf('applicant', {path: `permits/${id}`});
  await page.locator('sg-actions [data-event=withdraw]').click();
  const form = page.locator('form[data-form=withdraw]');
  await form.locator('wa-textarea textarea').fill('今天不做了');
  await programs.supervisor1.act('permits', id, 'return', {reason: '请补充'});
  await page.locator('h1 ~ .badge[data-state=Returned]').waitFor();
  assert.equal(await form.locator('wa-textarea textarea').inputValue(), '今天不做了');
  await form.locator('wa-button[type=submit]').click();
  await page.locator('sg-conflict').waitFor(); // it was decided before the return was seen
  await form.locator('wa-button[type=submit]').click();
  await page.locator('h1 ~ .badge[data-state=Withdrawn]').waitFor();
  await page.context().close();
});

await promise('a state chosen is the only one shown, and its count stays true', async () => {
  await board.locator('[data-only=SiteReady]').click();
  await row(first).waitFor({state: 'detached'});
  assert.match(await board.locator('[data-only=InProgress]').innerText(), /1/);
  await board.locator('[data-only=SiteReady]').click();
  await row(first).waitFor();
});

// Ten thousand permits would take the service many minutes to make, so the answers of the listing are made up here from
// the shape of a real one; everything after that is the console's own.
await promise('ten thousand permits scroll by what falls due, with few rows at a time, to the end', async () => {
  const real = await programs.supervisor1.get(`/permits/${first}`);
  const made = Array.from({length: 10_000}, (_, n) => ({
    ...real, id: `made-${n}`, actions: undefined,
    due: [{name: 'window_end', at: new Date(Date.now() + (n + 5) * 60_000).toISOString(), event: 'expire', title: ''}],
    data: {...real.data, number: `DH2026-${String(n).padStart(5, '0')}`, application: {...real.data.application,
      place: place(`第${n}处`, (n % 100) / 5000)}},
  }));
  const page = await office.browserOf('supervisor2', {on: 'desk'});
  await page.route('**/api/v1/permits?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const from = Number(asked.get('cursor') ?? 0), limit = Number(asked.get('limit'));
    const all = asked.getAll('state').includes('InProgress') ? made : [];
    const items = all.slice(from, from + limit);
    return route.fulfill({json: {items, next_cursor: from + limit < all.length ? String(from + limit) : null}});
  });
  await page.goto(`${office.address}/console/board`);
  await page.getByText('10000 件', {exact: true}).waitFor({timeout: 60_000});
  assert.ok((await page.locator('.virtual-row').count()) < 60, 'only rows near the screen exist');
  assert.match(await page.locator('.virtual-row').first().innerText(), /DH2026-00000/);

  const {frames, longest} = await page.evaluate(async () => {
    const times = [];
    const end = document.documentElement.scrollHeight - innerHeight;
    for (let n = 1; n <= 120; ++n) {
      scrollTo(0, (end * n) / 120);
      times.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    const gaps = times.slice(1).map((time, n) => time - times[n]);
    return {frames: gaps.length, longest: Math.max(...gaps)};
  });
  console.log(`  ${frames} frames from top to bottom, the longest took ${longest.toFixed(0)} ms`);
  await page.locator('[data-id=made-9999]').waitFor();
  assert.ok((await page.locator('.virtual-row').count()) < 60, 'at the end too');
  assert.ok(longest < 1000, `a frame took ${longest} ms`);

  await page.locator('[data-id=made-9999]').focus();
  await page.keyboard.press('Home');
  await page.locator('[data-id=made-0]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.id), 'made-0');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.id), 'made-1');
});

await promise('the pictures are drawn, and told in words beside', async () => {
  const page = await office.browserOf('supervisor1', {on: 'desk', path: 'pictures'});
  await page.locator('sg-permit-map .map-dot').first().waitFor();
  await page.locator('svg.gantt a').first().waitFor();
  await page.goto(`${office.address}/console/permits/${first}`);
  await page.locator('.state-graph .node.now').waitFor();
  assert.ok((await page.locator('.state-graph .edge.gone').count()) >= 5, 'the way from the draft to the work');
  await accessible(page, 'a permit with its way');
  await page.goto(`${office.address}/console/pictures`);
  await page.locator('svg.gantt a').first().waitFor();
  await accessible(page, 'the pictures');
});

await office.close();

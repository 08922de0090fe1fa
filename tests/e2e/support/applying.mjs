// How a contractor fills in an application: by touch, a step at a time; what it counts is what a person would do.
export const k_owner = '91500230MADEMA11X1';
export const k_operator = 'T500230198604120315', k_suspended = 'T500230199506180642';
export const k_watch = '500230198302140863';

/** Acts on a page as a person does; `pause` before each act, in milliseconds of thinking, reading or reaching. */
export class Hand {
  constructor(page, {touch = 0, letter = 0} = {}) {
    Object.assign(this, {page, touch, letter, clicks: 0, fields: 0});
  }

  async click(selector) {
    await this.page.waitForTimeout(this.touch);
    await this.page.locator(selector).first().click();
    ++this.clicks;
  }

  async type(selector, text) {
    await this.page.waitForTimeout(this.touch);
    const field = this.page.locator(selector).first();
    await field.click();
    await field.pressSequentially(text, {delay: this.letter});
    ++this.fields;
  }

  /** A box or a button of several, which counts as a field. */
  async tick(selector) {
    await this.page.waitForTimeout(this.touch);
    await this.page.locator(selector).first().check();
    ++this.fields;
  }

  next = () => this.click('[data-does=next]');
}

export async function fillPlace(hand, address) {
  await hand.click(`[data-owner="${k_owner}"]`);
  await hand.type('[data-member="place.address"] input', address);
  await hand.click('sg-position wa-button');
  await hand.page.locator('wa-details[summary*="107."]').waitFor();
}

export async function fillWork(hand, work, method = 'electric_welding') {
  await hand.type('[data-member=work] textarea', work);
  await hand.tick(`input[name=method][value=${method}]`);
}

export async function fillPeople(hand, operator = k_operator) {
  await hand.tick(`[data-member=operators] input[value="${operator}"]`);
  await hand.tick(`[data-member=fire_watch] input[value="${k_watch}"]`);
  await hand.tick('[data-member=machines] input[value=DEMO-WM-01]');
}

export async function fillMeasures(hand, codes = ['A.1-8', 'A.1-9']) {
  for (const code of codes) await hand.tick(`.measure input[value="${code}"]`);
}

/** From the start page to the last step, everything by hand. */
export async function writeApplication(hand, {address, work, operator} = {}) {
  await hand.click('[data-does=new]');
  await fillPlace(hand, address);
  await hand.next();
  await fillWork(hand, work);
  await hand.next();
  await fillPeople(hand, operator);
  await hand.next();
  await fillMeasures(hand);
  await hand.next();
  await hand.page.locator('[data-step="4"]').waitFor();
}

/** Sends it by one tap, and gives the permit's id once the system has decided. */
export async function sendIt(hand) {
  await hand.click('[data-does=submit]');
  await hand.page.locator('.verdict[data-state]').waitFor().catch(async (error) => {
    throw new Error(`no verdict; the page says: ${await hand.page.locator('main').innerText()}`, {cause: error});
  });
  return hand.page.url().split('/').at(-2);
}

export const stateOf = (page) => page.locator('.verdict[data-state]').getAttribute('data-state');

/** Goes on with the Tab key until the focus is within what the selector names. */
export async function reach(page, selector) {
  const is_there = (wanted) => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    for (; at; at = at.parentNode ?? at.host) if (at.matches?.(wanted)) return true;
    return false;
  };
  for (let presses = 0; presses < 150; ++presses) {
    if (await page.evaluate(is_there, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${selector}`);
}

// What tests of work on site begin with: a permit whose site is confirmed, and keys in force for who records there.
import {createRequire} from 'node:module';
import path from 'node:path';
import {programOf, root} from './office.mjs';
import {applied, approved, at, programsOf} from './permits.mjs';
import {enrolKey, sendSigned} from './signatures.mjs';

export {k_here} from './permits.mjs';

const k_watch = '500230198302140863';

/** Applied for, approved and confirmed on site by programs; the id. One of its measures the watch confirms. */
export async function readyPermit(office) {
  const programs = await programsOf(office, 'applicant', 'site_owner', 'supervisor1', 'supervisor2', 'supervisor3');
  const id = await applied(programs, {work: '焊接吊车轨道支架两处', starts: at(-0.001),
    measures: [{code: 'A.1-8'}, {code: 'A.1-9', by: k_watch}]});
  await approved(programs, id);
  return id;
}

/** An administrator with a key, who puts the keys of others in force. */
export async function keyDesk(office) {
  const admin = await programOf(office, 'admin'), key = await enrolKey(admin, 'office');
  return {
    /** Whatever keys wait in the ring of that account's person. */
    putInForce: async (login) => {
      const {person} = await (await programOf(office, login)).get('/me');
      const ring = (await admin.get('/key-rings?limit=200')).items.find(({data}) => data.person === person);
      for (const {kid} of ring.data.keys.filter(({state}) => state !== 'active')) {
        await sendSigned(admin, key, {collection: 'key-rings', id: ring.id, event: 'endorse', payload: {kid}});
      }
    },
  };
}

/** The permit's page on somebody's phone; `step` opens a step's sheet, `send` sends it. */
export class SitePhone {
  constructor(page) {
    this.page = page;
  }
  /** The step's button; of several that do the same the one that says those words. */
  step(event, words = '') {
    return this.page.locator(`sg-site-permit wa-button[data-event=${event}]`, {hasText: words}).first();
  }
  async open(event, words) {
    await this.step(event, words).click();
    await this.page.locator('sg-deed form').waitFor();
  }
  /** With a position that the device takes itself, where the form asks for one. */
  async send() {
    const position = this.page.locator('sg-deed sg-position[required]');
    if (await position.count()) await position.getByText('±').waitFor();
    await this.page.locator('sg-deed wa-button[type=submit]').click();
    const refusal = this.page.locator('sg-deed wa-callout, sg-deed [role=alert]').first();
    const done = this.page.locator('sg-deed').waitFor({state: 'detached'});
    const refused = refusal.waitFor().then(async () => {
      throw new Error(`refused: ${await refusal.innerText()}`);
    });
    await Promise.race([done, refused]);
    void refused.catch(() => undefined);
  }
  async do(event, words) {
    await this.open(event, words);
    await this.send();
  }
  async photo(file) {
    await this.page.locator('sg-deed input[type=file]').setInputFiles(file);
    await this.page.locator('sg-deed sg-photos figure img').waitFor();
  }
  async gas(reading) {
    await this.open('gas_test');
    await this.page.locator('sg-deed input[name=gas-point]').fill('焊点');
    await this.page.locator('sg-deed input[name=gas-reading]').fill(reading);
    await this.page.locator('sg-deed input[name=instrument]').fill('DEMO-GD-01');
  }
  async check() {
    await this.open('pre_start_check');
    for (const choice of await this.page.locator('sg-deed .reply.good input').all()) await choice.check();
    await this.send();
  }
  state(name) {
    return this.page.locator(`sg-site-permit > .row [data-state=${name}]`).waitFor();
  }
}

/** One picture of that text as a QR code, for a camera to see (Y4M). */
export function filmOf(text) {
  const {encode} = createRequire(path.join(root, 'admin/console/'))('uqr');
  const {data, size} = encode(text, {border: 4});
  const [width, height] = [640, 480], module = Math.floor(height / size);
  const luma = Buffer.alloc(width * height, 200);
  for (let y = 0; y < size * module; ++y) {
    for (let x = 0; x < size * module; ++x) {
      luma[y * width + x + 80] = data[Math.floor(y / module)][Math.floor(x / module)] ? 16 : 235;
    }
  }
  const colourless = Buffer.alloc((width * height) / 2, 128);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([header, Buffer.from('FRAME\n'), luma, colourless]);
}

/** A JPEG of that many pixels a side, no two alike: made by the page's own canvas. */
export async function jpeg(page, side, name) {
  const url = await page.evaluate(async (side) => {
    const canvas = new OffscreenCanvas(side, side), context = canvas.getContext('2d');
    const picture = context.createImageData(side, side);
    for (let at = 0; at < picture.data.length; at += 65536) {
      crypto.getRandomValues(picture.data.subarray(at, Math.min(at + 65536, picture.data.length)));
    }
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255;
    context.putImageData(picture, 0, 0);
    const blob = await canvas.convertToBlob({type: 'image/jpeg', quality: 1});
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((resolve) => (reader.onload = resolve));
    return reader.result;
  }, side);
  return {name, mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1], 'base64')};
}

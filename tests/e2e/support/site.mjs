// What tests of work on site begin with: a permit whose site is confirmed, and keys in force for who records there.
import {webcrypto} from 'node:crypto';
import {createRequire} from 'node:module';
import path from 'node:path';
import {k_place, programOf, root} from './office.mjs';

export const k_here = {longitude: String(k_place.longitude), latitude: String(k_place.latitude), accuracy_metres: 8};

const later = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z');

const application = () => ({
  unit: '91500230MADEMA01XB', owner_unit: '91500230MADEMA11X1', area: '500230111201-01',
  place: {address: '一号车间东门', longitude: '107.617485', latitude: '29.917942', outdoor: false,
    confined_space: false, height_metres: '0'},
  work: '焊接吊车轨道支架两处', method: 'electric_welding', special_equipment: false, explosive_place: false,
  running_or_pressurised: false, isolated_with_approval: false, tank_bund: false, pipe_rack: false, wind_force: 2,
  essential: false, starts: later(-0.05), ends: later(240), operators: ['T500230198604120315'],
  fire_watch: '500230198302140863', person_in_charge: '500230199001011093', machines: ['DEMO-WM-01'],
  measures: [{code: 'A.1-8'}, {code: 'A.1-9', by: '500230198302140863'}],
});

/** Applied for, approved and confirmed on site by programs; the id. */
export async function readyPermit(office) {
  const [applicant, owner, ...supervisors] = await Promise.all(
    ['applicant', 'site_owner', 'supervisor1', 'supervisor2', 'supervisor3'].map((login) => programOf(office, login)));
  const {id} = await applicant.post('/permits', application());
  await applicant.act('permits', id, 'submit');
  const scope_hash = (await supervisors[0].get(`/permits/${id}`)).data.scope_hash;
  await owner.act('permits', id, 'consent', {scope_hash});
  for (const supervisor of supervisors) {
    if ((await supervisor.get(`/permits/${id}`)).state !== 'UnderReview') break;
    const photo = Buffer.from(webcrypto.getRandomValues(new Uint8Array(32))).toString('hex');
    await supervisor.act('permits', id, 'approve', {scope_hash, opinion: '现场属实', position: k_here, photo});
  }
  await supervisors[0].act('permits', id, 'confirm_site', {position: k_here});
  return id;
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** An administrator with a key, who puts the keys of others in force. */
export async function keyDesk(office) {
  const admin = await programOf(office, 'admin');
  const me = await admin.get('/me');
  const pair = await webcrypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign', 'verify']);
  const point = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const kid = hex(await webcrypto.subtle.digest('SHA-256', Buffer.concat([Buffer.from('p256\n'), point])));
  const signed = async (path, body, version) => {
    const headers = version ? {'If-Match': `"${version}"`} : {};
    const {intent} = await admin.post(`${path}/intent?key=${kid}`, body, headers);
    const signature = base64(await webcrypto.subtle.sign({name: 'ECDSA', hash: 'SHA-256'}, pair.privateKey,
      Buffer.from(intent)));
    return admin.post(path, {...body, signed: {intent, signature}}, headers);
  };
  await signed('/key-rings', {person: me.person, kind: 'p256', public_key: base64(point), label: 'office'});
  return {
    /** Whatever keys wait in the ring of that account's person. */
    putInForce: async (login) => {
      const {person} = await (await programOf(office, login)).get('/me');
      const ring = (await admin.get('/key-rings?limit=200')).items.find(({data}) => data.person === person);
      for (const key of ring.data.keys.filter(({state}) => state !== 'active')) {
        const {version} = await admin.get(`/key-rings/${ring.id}`);
        await signed(`/key-rings/${ring.id}/endorse`, {kid: key.kid}, version);
      }
    },
  };
}

/** The permit's page on somebody's phone; `step` opens a step's sheet, `send` sends it. */
export class SitePhone {
  constructor(page) {
    this.page = page;
  }
  step(event) {
    return this.page.locator(`sg-site-permit wa-button[data-event=${event}]`).first();
  }
  async open(event) {
    await this.step(event).click();
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
  async do(event) {
    await this.open(event);
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

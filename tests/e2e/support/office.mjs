// A service of its own with the demo's accounts, and browsers that are signed in at it. Whatever a page does that it
// must not (an error, a request elsewhere, something that its policy stops) fails the test that opened it.
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Ends the test as skipped, saying what it lacks. */
function skip(lacks) {
  console.log(`skipped: ${lacks}`);
  process.exit(77);
}

/** A package of tests/e2e/package.json. */
export function installed(name) {
  try {
    return createRequire(path.join(root, 'build-e2e/'))(name);
  } catch {
    return skip(`${name} is not installed (tests/run does it)`);
  }
}
const {chromium} = installed('playwright-core');

export const k_password = 'office of the test 7';
const binary = process.env.SPARKGATE ?? path.join(root, 'build-test/sparkgate');
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromiumPath)) skip(`there is no ${chromiumPath}`);
const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

export const k_place = {longitude: 107.617485, latitude: 29.917942, accuracy: 8}; // where the demo's work is
const phone = {viewport: {width: 360, height: 740}, hasTouch: true, isMobile: true};
const desk = {viewport: {width: 1440, height: 900}};

// Started on any free port: the service says which.
async function startService(data, flags) {
  const service = spawn(binary, ['serve', '--data', data, '--port', '0', '--demo-password', k_password, ...flags],
    {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, LC_ALL: 'C'}});
  process.on('exit', () => service.kill());
  let said = '', log = '';
  service.stderr.on('data', (text) => {
    log += text;
    process.stderr.write(text);
  });
  const address = await new Promise((resolve, reject) => {
    service.on('exit', (code) => reject(new Error(`the service ended: ${code}\n${said}`)));
    service.stdout.on('data', (text) => {
      said += text;
      const found = /Serving on (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  const stop = () => new Promise((resolve) => {
    service.removeAllListeners('exit');
    service.on('exit', resolve);
    service.kill('SIGTERM');
  });
  return {address, stop, log: () => log};
}

// Runs in the page.
function wrongClock(off) {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      super(...(given.length ? given : [Right.now() + off]));
    }
    static now() {
      return Right.now() + off;
    }
  };
}

export class Office {
  /** `flags`: of the service; `camera`: a file (Y4M) that browsers see before their camera, read when one is opened;
   *  `persistent`: one browser profile instead of one a person, for tools that come in by `browserFlags`. */
  static async open({flags = [], camera, browserFlags = [], persistent = false} = {}) {
    const office = new Office();
    office.data = await mkdtemp(path.join(os.tmpdir(), 'sparkgate-e2e-'));
    office.service = await startService(path.join(office.data, 'data'), flags);
    office.address = office.service.address;
    const args = [...chromiumFlags, ...browserFlags];
    if (camera) args.push(`--use-file-for-fake-video-capture=${camera}`);
    const options = {executablePath: chromiumPath, args};
    if (persistent) office.profile = await chromium.launchPersistentContext(path.join(office.data, 'profile'), options);
    else office.browser = await chromium.launch(options);
    office.faults = [];
    office.contexts = [];
    return office;
  }

  /** A browser of somebody's, signed in; `on`: "phone" (360 px) or "desk" (1440 px); `clockOff`: how wrong its wall
      clock is, in milliseconds. */
  async browserOf(login, {on = 'phone', language = 'zh', path = '', dark = false, clockOff = 0} = {}) {
    const context = await this.browser.newContext({
      ...(on === 'desk' ? desk : phone),
      locale: language === 'en' ? 'en-GB' : 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme: dark ? 'dark' : 'light',
      geolocation: k_place,
      permissions: ['geolocation', 'camera'],
    });
    this.contexts.push(context);
    if (clockOff) await context.addInitScript(wrongClock, clockOff);
    const page = await context.newPage();
    this.#watch(page, login || 'nobody');
    await page.goto(`${this.address}/console/${path}`);
    if (login) await this.signIn(page, login);
    return page;
  }

  /** In the one profile: whoever was signed in goes, `login` comes; "": nobody. */
  async signInAlone(login) {
    const page = this.profile.pages()[0] ?? (await this.profile.newPage());
    await this.profile.clearCookies();
    await page.goto(`${this.address}/console/`);
    if (login) await this.signIn(page, login);
  }

  async signIn(page, login) {
    await page.locator('sg-login wa-input[name=login] input').fill(login);
    await page.locator('sg-login wa-input[name=password] input').fill(k_password);
    await page.locator('sg-login wa-button[type=submit]').click();
    await page.locator('sg-login').waitFor({state: 'detached'});
  }

  /** Faults of that kind are meant by the test from here on. */
  expectFaults(pattern) {
    this.expected = pattern;
  }

  #watch(page, who) {
    const fault = (text) => {
      if (!this.expected?.test(text)) this.faults.push(`${who}: ${text}`);
    };
    page.on('pageerror', (error) => fault(error.stack ?? String(error)));
    page.on('console', (message) => {
      // A refusal is an answer like others; browsers call each a failed resource.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) fault(message.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.address) && !/^(data|blob|about):/.test(url)) fault(`asks elsewhere: ${url}`);
    });
  }

  async close() {
    for (const context of this.contexts) await context.close();
    await (this.profile ?? this.browser).close();
    await this.service.stop();
    await rm(this.data, {recursive: true, force: true});
    if (this.faults.length) throw new Error(`pages did what they must not:\n${this.faults.join('\n')}`);
  }
}

/** A program of the same account, to prepare what a test does not click. */
export async function programOf(office, login) {
  const answer = await fetch(`${office.address}/api/v1/sessions`, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({login, password: k_password})});
  const {token} = await answer.json();
  const ask = async (method, where, body, headers = {}) => {
    const response = await fetch(`${office.address}/api/v1${where}`, {
      method,
      headers: {Authorization: `Bearer ${token}`, 'Accept-Language': 'en',
        ...(body instanceof Uint8Array ? {} : {'Content-Type': 'application/json'}), ...headers},
      body: body instanceof Uint8Array ? body : body && JSON.stringify(body),
    });
    const text = await response.text();
    const data = text ? JSON.parse(text) : null;
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text}`);
    return data;
  };
  return {
    token,
    get: (where) => ask('GET', where),
    post: (where, body, headers) => ask('POST', where, body, headers),
    /** An event as of the version that it has now. */
    act: async (collection, id, event, payload = {}) => {
      const {version} = await ask('GET', `/${collection}/${id}`);
      return ask('POST', `/${collection}/${id}/${event}`, payload, {'If-Match': `"${version}"`});
    },
  };
}

/** Runs one promise of a test and says how it went; a broken one ends the test. */
export async function promise(what, work) {
  try {
    await work();
    console.log(`kept: ${what}`);
  } catch (error) {
    console.error(`BROKEN: ${what}`);
    console.error(error);
    process.exit(1);
  }
}

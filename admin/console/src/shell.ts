// The frame of every page: who is signed in, where one can go, whether the network is there.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {html as staticHtml, unsafeStatic} from 'lit/static-html.js';
import {Part} from './parts/element';
import {icon} from './parts/icon';
import {askToSignOut} from './parts/sign-out';
import {skeleton} from './parts/states';
import {k_base, moved, type Place, place} from './router';
import {routes} from './routes';
import {clockOff} from './service/clock';
import {hasRole, me, resume, sessionChanged} from './service/session';
import {language, t, useLanguage} from './text/text';
import './login';
import './theme';

const k_clock_off_milliseconds = 5 * 60_000;
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Tells "shown" once the first page is there. */
@customElement('sg-shell')
export class Shell extends Part {
  @state() private ready = false;
  @state() private place: Place | null | undefined; // null: no page has that address; undefined: not known yet
  @state() private offline = !navigator.onLine;
  @state() private outdated = false; // the console has been replaced by a newer one: a page's code is gone
  @state() private ended = false; // the session; the page stays, with whatever was being written

  override connectedCallback() {
    super.connectedCallback();
    this.replaceChildren();
    moved.addEventListener('moved', () => this.#arrive());
    sessionChanged.addEventListener('changed', () => this.#sessionChanged());
    sessionChanged.addEventListener('ended', () => (this.ended = true));
    addEventListener('online', () => (this.offline = false));
    addEventListener('offline', () => (this.offline = true));
    void place()?.route.load().catch(() => undefined); // beside the question who is here; asked again on arrival
    void resume().then(async () => {
      this.ready = true;
      await nextTask(); // the frame, then the page: a slow phone answers to touches in between
      await this.#arrive();
      setTimeout(() => this.dispatchEvent(new Event('shown'))); // the browser may show it first
    });
  }

  #sessionChanged() {
    this.ended = false;
    this.requestUpdate();
  }

  async #arrive() {
    const next = place(), asked = location.href;
    try {
      await next?.route.load();
    } catch {
      return this.#lacks();
    }
    if (location.href !== asked) return; // somebody was quicker: what they asked for is on its way
    const isOther = this.place && next?.route !== this.place.route; // a first page begins where the browser begins
    this.place = next;
    document.title = `${next ? t(next.route.title) : t('not_found.title')} · Sparkgate`;
    await this.updateComplete;
    if (isOther) this.querySelector<HTMLElement>('main')?.focus({preventScroll: true});
    scrollTo(0, 0);
  }

  // On the way from one page to another nothing is lost by a reload, and it brings the console that is served now.
  #lacks() {
    if (this.place && navigator.onLine) location.reload();
    else this.outdated = true;
  }

  #page() {
    if (this.place === undefined) return skeleton(4);
    if (this.place === null) return html`<h1>${t('not_found.title')}</h1><p><a href=${k_base}>${t('home.title')}</a></p>`;
    const tag = unsafeStatic(this.place.route.tag);
    return staticHtml`<${tag} .parameters=${this.place.parameters}></${tag}>`;
  }

  #links(phone: boolean) {
    return routes
      .filter(({nav}) => nav && hasRole(...nav.roles) && (!phone || nav.phone))
      .map((route) => html`<a href=${k_base + route.path}
        aria-current=${route === this.place?.route ? 'page' : nothing}>${icon(route.nav!.icon)}
        <span>${t(route.title)}</span></a>`);
  }

  #header() {
    return html`<header class="bar">
      <a class="brand" href=${k_base}><img src="/console/icon.svg" alt="" width="28" height="28"><span>Sparkgate</span></a>
      <span class="spring"></span>
      <button type="button" @click=${() => useLanguage(language() === 'zh' ? 'en' : 'zh')}
        lang=${language() === 'zh' ? 'en' : 'zh-CN'}>${language() === 'zh' ? 'English' : '中文'}</button>
      ${me() ? html`<a class="who" href="${k_base}account" aria-label=${me()!.name}>${icon('user')} <span>${me()!.name}</span></a>
        <button type="button" @click=${askToSignOut}>${t('sign_out')}</button>` : nothing}
      ${!me() && this.place?.route.open ? html`<a class="who" href=${k_base}>${t('login.submit')}</a>` : nothing}
    </header>`;
  }

  #warnings() {
    const off = Math.abs(clockOff());
    return html`
      ${this.offline ? html`<p class="strip" role="status">${icon('offline')} ${t('offline')}</p>` : nothing}
      <sg-waiting></sg-waiting>
      ${this.outdated ? html`<p class="strip" role="status">${t('page_lacking')}</p>` : nothing}
      ${off > k_clock_off_milliseconds
        ? html`<p class="strip" role="status">${icon('clock')} ${t('clock_off', {minutes: Math.round(off / 60_000)})}</p>`
        : nothing}`;
  }

  #unsigned() {
    const isOpen = (this.place ?? place())?.route.open; // known before the page's code is here
    return html`${this.#header()}<main class="open" tabindex="-1">
      ${isOpen ? this.#page() : html`<sg-login></sg-login>`}</main>`;
  }

  override render() {
    if (!this.ready) return skeleton(4);
    if (!me()) return this.#unsigned();
    return html`<a class="skip" href="#main">${t('skip')}</a>
      ${this.#header()} ${this.#warnings()}
      <div class="frame">
        <nav class="side" aria-label=${t('nav')}>${this.#links(false)}</nav>
        <main id="main" tabindex="-1">${this.#page()}</main>
      </div>
      <nav class="foot" aria-label=${t('nav.phone')}>${this.#links(true)}</nav>
      <div id="toasts" role="status" aria-live="polite"></div>
      ${this.ended ? html`<sg-login again></sg-login>` : nothing}`;
  }
}

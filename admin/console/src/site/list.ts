// The user's permits that are at work or can begin today, and the way to one by the notice that is posted on site.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {go} from '../router';
import {hasRole} from '../service/session';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {moment, span} from '../text/time';
import './queue-view';
import './readiness';
import './scan';
import {knownList, permitOfNotice, prepare} from './sources';

/** The code of a posted notice, from its address or typed in; null for any other code. */
export function noticeCode(text: string): string | null {
  const found = /(?:^|\/p\/)([0-9A-Z]{12})\/?$/i.exec(text.trim().replace(/[\s-]/g, ''));
  return found?.[1].toUpperCase() ?? null;
}

@customElement('sg-site')
export class Site extends Part {
  @state() private scans = false;
  @state() private typed = '';
  @state() private wrong = '';

  #list = new Task(this, {
    task: async () => {
      const known = await knownList();
      if (known.fresh) void prepare(known.value).catch(() => undefined); // the next visit prepares again
      return known;
    },
    args: () => [language()] as const,
  });

  async #open(text: string) {
    this.scans = false;
    this.wrong = '';
    const code = noticeCode(text);
    const id = code && (await permitOfNotice(code));
    if (id) go(`site/${id}`);
    else this.wrong = t(code ? 'site.scan.unknown' : 'site.scan.wrong', {text: text.slice(0, 60)});
  }

  #entry() {
    return html`<section class="card stack">
      ${this.scans ? html`<sg-scan @found=${(e: CustomEvent) => this.#open(e.detail)}></sg-scan>` : nothing}
      <wa-button size="l" class="thumb" variant="brand" @click=${() => (this.scans = !this.scans)}>
        ${icon(this.scans ? 'close' : 'scan')} ${t(this.scans ? 'cancel' : 'site.scan.start')}</wa-button>
      <form class="row code-entry" @submit=${(e: Event) => {
        e.preventDefault();
        void this.#open(this.typed);
      }}><label class="plain-field"><span class="field-label">${t('site.scan.type')}</span>
          <input name="code" autocapitalize="characters" autocomplete="off" maxlength="80" .value=${this.typed}
            @input=${(e: any) => (this.typed = e.target.value)}></label>
        <wa-button type="submit">${t('site.scan.open')}</wa-button></form>
      ${this.wrong ? html`<p class="field-problem" role="alert">${this.wrong}</p>` : nothing}
      ${hasRole('operator', 'fire_watch')
        ? html`<a href="/console/site/card">${icon('certificate')} ${t('site.card.title')}</a>` : nothing}
    </section>`;
  }

  #row({id, state: name, state_label, data}: Instance) {
    const {application} = data;
    return html`<li><a class="item" href="/console/site/${id}">
      <span class="item-head"><strong>${data.number}</strong>${badge(name, state_label)}</span>
      <span>${application.work}</span>
      <span class="muted">${application.place.address} · ${span(application.starts, application.ends)}</span></a></li>`;
  }

  override render() {
    return html`<h1>${t('site.title')}</h1>
      ${this.#entry()} <sg-readiness></sg-readiness> <sg-queue></sg-queue>
      <h2>${t('site.today')}</h2>
      ${shown(this.#list, ({value, fresh, at}) => html`
        ${fresh ? nothing : html`<p class="muted">${icon('offline')} ${t('site.as_of', {time: moment(at)})}</p>`}
        ${value.length ? html`<ul class="items">${value.map((permit) => this.#row(permit))}</ul>`
          : empty('fire', t('site.none'))}`)}`;
  }
}

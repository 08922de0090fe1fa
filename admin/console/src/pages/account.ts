// One's own account: language and colours, the key of this device, sign-ins.
import {html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import {enrolDevice, ringOf} from '../keys/enrol';
import {deviceKey} from '../keys/store';
import {confirmed} from '../parts/confirm';
import {problemView} from '../parts/problem';
import {shown} from '../parts/states';
import {Trying} from '../parts/trying';
import {ask, get} from '../service/client';
import {send} from '../service/send';
import {me} from '../service/session';
import type {Instance} from '../service/types';
import {language, maybe, t, useLanguage} from '../text/text';
import {moment} from '../text/time';
import {type Theme, theme, useTheme} from '../theme';

interface SignIn {
  id: string;
  kind: string;
  label: string;
  created_at: string;
  expires_at: string;
  current: boolean;
}

@customElement('sg-account')
export class Account extends Trying {

  #sessions = new Task(this, {
    task: async () => (await get<{items: SignIn[]}>('/sessions')).items, args: () => [language()] as const});
  #keys = new Task(this, {
    task: async () => ({device: await deviceKey(me()!.id), ring: await ringOf(me()!.person)}),
    args: () => [language()] as const});

  async #end(session: SignIn) {
    if (!(await confirmed(t('account.end_question')))) return;
    await this.attempt(() => ask('DELETE', `/tokens/${session.id}`));
    await this.#sessions.run();
  }

  async #enrol() {
    await this.attempt(() => enrolDevice(t('account.device_label', {what: navigator.platform || 'web'})));
    await this.#keys.run();
  }

  async #endKey(ring: Instance, {kid, label}: {kid: string; label: string}) {
    if (!(await confirmed(t('account.end_key_question', {label}), t('account.end_key')))) return;
    await this.attempt(() => send({collection: 'key-rings', id: ring.id, event: 'revoke_key',
      payload: {kid, reason: t('account.end_key_reason')}, version: ring.version}));
    await this.#keys.run();
  }

  #keysView({device, ring}: {device?: {kid: string}; ring: any}) {
    const keys: any[] = ring?.data.keys ?? [];
    const mine = keys.find((key) => key.kid === device?.kid && key.state !== 'ended');
    return html`
      ${keys.map((key) => html`<p>${key.label} · ${maybe(`key.${key.state}`, key.state ?? '')}
        ${key.kid === device?.kid ? html`<strong>${t('account.this_device')}</strong>` : nothing}
        <code class="muted">${key.kid.slice(0, 16)}</code>
        ${key.state === 'ended' ? nothing : html`<wa-button size="s" appearance="plain" data-end=${key.kid}
          @click=${() => this.#endKey(ring, key)}>${t('account.end_key')}</wa-button>`}</p>`)}
      ${mine ? nothing : html`<p class="muted">${t('account.no_key')}</p>
        <wa-button variant="brand" ?loading=${this.busy} @click=${this.#enrol}>${t('account.enrol')}</wa-button>`}`;
  }

  override render() {
    return html`<h1>${t('account.title')}</h1>${problemView(this.problem)}
      <section class="card"><h2>${me()!.name}</h2>
        <ul>${me()!.grants.map((grant) => html`<li>${maybe(`role.${grant.role}`, grant.role)}
          <span class="muted">${grant.unit ?? ''} ${grant.area ?? ''}</span></li>`)}</ul>
        <div class="row">
          <wa-select label=${t('account.language')} .value=${language()}
            @change=${(e: any) => useLanguage(e.target.value)}>
            <wa-option value="zh">中文</wa-option><wa-option value="en">English</wa-option></wa-select>
          <wa-select label=${t('account.theme')} .value=${theme()}
            @change=${(e: any) => useTheme(e.target.value as Theme)}>
            ${(['device', 'light', 'dark'] as const).map((one) => html`<wa-option value=${one}>${t(`theme.${one}`)}</wa-option>`)}
          </wa-select>
        </div></section>
      <section class="card"><h2>${t('account.keys')}</h2><p class="muted">${t('account.keys_about')}</p>
        ${shown(this.#keys, (found) => this.#keysView(found))}</section>
      <section class="card"><h2>${t('account.sessions')}</h2>
        ${shown(this.#sessions, (items) => html`<ul class="items">${items.map((one) => html`<li class="row">
          <span>${one.label || maybe(`session.${one.kind}`, one.kind)} · ${moment(one.created_at)}</span>
          ${one.current ? html`<strong>${t('account.current')}</strong>`
            : html`<wa-button size="s" @click=${() => this.#end(one)}>${t('account.end')}</wa-button>`}</li>`)}</ul>`)}
      </section>`;
  }
}

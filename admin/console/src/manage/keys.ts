// The rings of keys with which people sign: those that wait are endorsed, those that are lost or stolen end.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {historyPath} from '../audit/shared';
import {deviceKey} from '../keys/store';
import '../parts/action-dialog';
import {badge, mark} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {get} from '../service/client';
import {me} from '../service/session';
import type {Action, Instance} from '../service/types';
import {language, maybe, t} from '../text/text';
import {exactly} from '../text/time';
import {everyRecord} from '../service/records';

interface Key {
  kid: string;
  kind: string;
  label?: string;
  state: 'pending' | 'active' | 'ended';
  enroller: boolean;
  enrolled_at: string;
  counter: number;
  endorsements: unknown[];
}

const variants = {pending: 'warning', active: 'success', ended: 'neutral'} as const;
const waits = (ring: Instance) => ring.data.keys.some(({state}: Key) => state === 'pending');

async function load() {
  const [rings, accounts, own] = await Promise.all([everyRecord('key-rings'), everyRecord('accounts'),
    deviceKey(me()!.id)]);
  const names = new Map(accounts.map(({data}) => [data.person, data.name]));
  return {rings: rings.sort((one, other) => Number(waits(other)) - Number(waits(one))), names, own};
}

@customElement('sg-keys')
export class Keys extends Part {
  @state() private chosen: {ring: Instance; action: Action} | null = null;
  @state() private problem: unknown;
  #all = new Task(this, {task: load, args: () => [language()] as const});

  // What the service says of the event now, about the one key.
  async #choose(id: string, event: string, kid: string, name: string) {
    this.problem = undefined;
    try {
      const ring = await get<Instance>(`/key-rings/${id}`);
      const action = ring.actions!.find((one) => one.event === event)!;
      const label = t('keys.of', {what: action.label, name});
      this.chosen = {ring: {...ring, data: {...ring.data, kid}}, action: {...action, label}};
    } catch (error) {
      this.problem = error;
    }
  }

  #key(ring: Instance, key: Key, name: string, ownKid?: string) {
    const act = (event: string, label: string, variant: string) => html`<wa-button size="s" data-event=${event}
      variant=${variant} appearance=${variant === 'brand' ? 'accent' : 'outlined'}
      @click=${() => this.#choose(ring.id, event, key.kid, name)}>${label}</wa-button>`;
    return html`<li class="row key" data-kid=${key.kid}>
      ${mark(variants[key.state], maybe(`key.${key.state}`, key.state))}
      <span><strong>${key.label ?? t('keys.erased')}</strong> ${key.kid === ownKid ? t('account.this_device') : nothing}
        <span class="muted">${maybe(`key_kind.${key.kind}`, key.kind)} · ${exactly(key.enrolled_at)} ·
          ${t('keys.used', {count: key.counter})}
          ${key.enroller ? html`· ${t('keys.enroller')}` : nothing} <code>${key.kid.slice(0, 16)}</code></span></span>
      <span class="spring"></span>
      ${key.state === 'pending' ? act('endorse', t('keys.endorse'), 'brand') : nothing}
      ${key.state === 'ended' ? nothing : act('revoke_key', t('keys.revoke'), 'neutral')}</li>`;
  }

  #ring(ring: Instance, name: string, ownKid?: string) {
    return html`<section class="card ring"><div class="row"><h2>${name}</h2>
        ${badge(ring.state, ring.state_label)}<span class="spring"></span><a
          href=${historyPath('key-rings', ring.id)}>${t('history.link')}</a></div>
      <ul class="items">${ring.data.keys.map((key: Key) => this.#key(ring, key, name, ownKid))}</ul></section>`;
  }

  override render() {
    return html`<h1>${t('keys.title')}</h1><p class="muted">${t('keys.about')}</p>${problemView(this.problem)}
      ${shown(this.#all, ({rings, names, own}) => html`
        ${own ? nothing : html`<wa-callout variant="warning">${icon('key')} ${t('keys.need_own')}
          <a href="/console/account">${t('sign.make_key')}</a></wa-callout>`}
        ${rings.length ? rings.map((ring) => this.#ring(ring, names.get(ring.data.person) ?? t('keys.unknown_person'),
          own?.kid)) : empty('key', t('keys.none'))}`, 6)}
      ${this.chosen ? html`<sg-action-dialog collection="key-rings" .instance=${this.chosen.ring}
        .action=${this.chosen.action}
        @done=${() => {
          this.chosen = null;
          void this.#all.run();
        }} @closed=${() => (this.chosen = null)}></sg-action-dialog>` : nothing}`;
  }
}

// Who approves while somebody is absent: given, planned and ended; a new one; one's own taken back.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import '../parts/actions';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {problemView} from '../parts/problem';
import {empty, shown} from '../parts/states';
import {toast} from '../parts/toast';
import {Trying} from '../parts/trying';
import {get} from '../service/client';
import {now} from '../service/clock';
import {newKey, send} from '../service/send';
import type {Instance, Page} from '../service/types';
import {language, t} from '../text/text';
import {fromLocalInput, span, toLocalInput} from '../text/time';

interface Delegation {
  from: string;
  until: string;
  areas: string[];
  absent: string;
  delegate: string;
  reason?: string;
  people: Record<string, {name: string}>;
  mine: 'absent' | 'delegate' | '';
}

interface Delegate {
  person: string;
  name: string;
  areas: string[];
}

const k_usual_hours = 8;
const inHours = (hours: number) => toLocalInput(now() + hours * 3_600_000);

@customElement('sg-delegations')
export class Delegations extends Trying {
  @state() private until = inHours(k_usual_hours);
  #key = newKey();

  #all = new Task(this, {
    task: async () => (await get<Page<Instance<Delegation>>>('/delegations?limit=100')).items,
      args: () => [language()] as const});
  #delegates = new Task(this, {
    task: async () => (await get<{items: Delegate[]}>('/delegates')).items, args: () => [language()] as const});

  async #give(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const from = String(form.get('from') ?? '');
    const payload = {to: form.get('to'), until: fromLocalInput(String(form.get('until'))), reason: form.get('reason'),
      ...(from ? {from: fromLocalInput(from)} : {})};
    await this.attempt(async () => {
      await send({collection: 'delegations', event: 'delegate', payload}, this.#key);
      toast(t('delegation.given'));
      (event.target as HTMLFormElement).reset();
      await this.#all.run();
    });
    this.#key = newKey();
  }

  #form(delegates: Delegate[]) {
    if (!delegates.length) return empty('people', t('delegation.nobody'));
    return html`<form class="stack" @submit=${this.#give}>${problemView(this.problem)}
      <wa-select name="to" label=${t('delegation.to')} required>${delegates.map(({person, name}) =>
        html`<wa-option value=${person}>${name}</wa-option>`)}</wa-select>
      <div class="row spans"><wa-input type="datetime-local" name="from" label=${t('delegation.from')}
        hint=${t('delegation.from_now')}></wa-input>
        <wa-input type="datetime-local" name="until" label=${t('delegation.until')} required
          .value=${this.until}></wa-input>
        ${[8, 24, 72].map((hours) => html`<wa-button size="s" type="button" appearance="outlined"
          @click=${() => (this.until = inHours(hours))}>
          +${t('time.hours', {n: hours})}</wa-button>`)}</div>
      <wa-textarea name="reason" label=${t('field.reason')} required rows="2" maxlength="2000"></wa-textarea>
      <div class="row end"><wa-button type="submit" variant="brand"
        ?loading=${this.busy}>${t('delegation.give')}</wa-button></div>
    </form>`;
  }

  #one({id, state, state_label, data}: Instance<Delegation>) {
    return html`<li class="item" data-id=${id}><span class="item-head">
        <strong>${data.people[data.absent]?.name} → ${data.people[data.delegate]?.name}</strong>
        ${badge(state, state_label)}</span>
      <span class="muted">${span(data.from, data.until)}</span>${data.reason ? html`<span>${data.reason}</span>`
        : nothing}
      ${data.mine && (state === 'InForce' || state === 'Planned') ? html`<sg-delegation-actions .id=${id}
        @done=${() => this.#all.run()}></sg-delegation-actions>` : nothing}</li>`;
  }

  override render() {
    return html`<h1>${t('delegation.title')}</h1><p class="muted">${t('delegation.about')}</p>
      <section class="card"><h2>${t('delegation.new')}</h2>
        ${shown(this.#delegates, (found) => this.#form(found))}</section>
      <section><h2>${t('delegation.all')}</h2>${shown(this.#all, (items) => (items.length
        ? html`<ul class="items">${items.map((one) => this.#one(one))}</ul>`
          : empty('people', t('delegation.none'))))}</section>`;
  }
}

/** What can be done with one: read only where it is wanted, as a listing does not say. */
@customElement('sg-delegation-actions')
class DelegationActions extends Part {
  @state() private found: Instance | null = null;

  override async connectedCallback() {
    super.connectedCallback();
    this.found = await get<Instance>(`/delegations/${this.id}`).catch(() => null);
  }

  override render() {
    return this.found ? html`<sg-actions collection="delegations" .instance=${this.found}></sg-actions>` : nothing;
  }
}
void DelegationActions;

// One inspection: the checklist gone through item by item, each result kept at once; stopping the work; the
// conclusion.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../parts/actions';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {shown} from '../parts/states';
import {get} from '../service/client';
import type {Instance} from '../service/types';
import {language, maybe, t} from '../text/text';
import {exactly, moment} from '../text/time';
import './checklist-item';
import type {Item} from './checklist-item';
import {historyPath, named, personIn} from './shared';

interface FollowUp {
  workflow: string;
  instance: string;
  event: string;
  status: string;
  code?: string;
}

const links: Record<string, string> = {hot_work_permit: 'permits', violation: 'violations', inspection: 'inspections'};

@customElement('sg-inspection')
export class Inspection extends Part {
  @property({attribute: false}) parameters!: {id: string};

  #inspection = new Task(this, {
    task: ([id]) => get<Instance>(`/inspections/${id}`),
    args: () => [this.parameters.id, language()] as const,
  });
  #followUps = new Task(this, {
    task: async ([id]) => (await get<{items: FollowUp[]}>(`/inspections/${id}/follow-ups`)).items,
    args: () => [this.parameters.id, this.#inspection.value?.version] as const,
  });
  readonly #again = () => this.#inspection.run();

  #permitView({data}: Instance) {
    const {permit} = data;
    if (!permit) return html`<wa-callout variant="warning">${t('inspection.no_permit_there')}</wa-callout>`;
    return html`<p><a href="/console/permits/${permit.id}">${permit.number}</a> ·
      ${t('inspection.seen', {state: maybe(`verify.state.${permit.state}`, permit.state), version: permit.version})}</p>
      <p class=${permit.watch_on_site ? '' : 'bad'}>
        ${t(permit.watch_on_site ? 'inspect.watch_there' : 'inspect.watch_away')}</p>
      <p class="muted">${t('inspection.seen_proof')} <code>${permit.head?.slice(0, 16)}</code></p>`;
  }

  #head(one: Instance) {
    const {data} = one;
    return html`<div class="row"><h1>${data.address}</h1>${badge(one.state, one.state_label)}</div>
      <p class="muted">${named('area', data.area)} · ${data.opened_by ? personIn(one, data.opened_by)
          : t('inspection.referred')} · ${exactly(data.opened_at ?? data.referred_at)}
        ${data.on_site_metres === undefined ? nothing : html`·
          ${t('inspection.distance', {metres: data.on_site_metres})}`}</p>
      ${data.unit ? html`<p>${named('unit', data.unit)}</p>` : nothing}
      ${this.#permitView(one)}
      ${data.referral ? html`<p><strong>${t('inspection.told')}</strong> ${data.referral}</p>` : nothing}
      ${data.note ? html`<p>${data.note}</p>` : nothing}
      ${data.photos?.length ? html`<div class="photos">${data.photos.map((photo: string, i: number) => html`<figure>
        <img src="/api/v1/photos/${photo}/display" alt=${t('photo.n', {n: i + 1})}></figure>`)}</div>` : nothing}`;
  }

  #checklist(one: Instance) {
    const {items, results} = one.data as {items: Item[]; results: Record<string, any>};
    const done = items.filter(({code}) => results[code]).length;
    const isOpen = !!one.actions?.some(({event, allowed}) => event === 'record' && allowed);
    return html`<section class="card"><h2>${t('inspection.checklist')} <span class="muted" id="done" role="status">
        ${t('inspection.done', {done, all: items.length})}</span></h2>
      <progress class="done" max=${items.length} value=${done} aria-labelledby="done"></progress>
      <ol class="checklist">${items.map((item) => html`<li><sg-checklist-item .inspection=${one.id} .item=${item}
        .result=${results[item.code]} .by=${personIn(one, results[item.code]?.by)} ?editable=${isOpen}
        @recorded=${this.#again}></sg-checklist-item></li>`)}</ol></section>`;
  }

  #outcome({data, ...one}: Instance) {
    const told = {...one, data} as Instance;
    return html`${data.stopped ? html`<wa-callout variant="danger" class="stopped"><strong>${icon('pause')}
      ${t('inspection.stopped')}</strong>
        <p>${data.stopped.reason}</p><p class="muted">${personIn(told, data.stopped.by)} ·
          ${moment(data.stopped.at)}</p></wa-callout>` : nothing}
      ${data.concluded ? html`<section class="card"><h2>${t('inspection.conclusion')}</h2><p>${data.conclusion}</p>
        <p class="muted">${personIn(told, data.concluded.by)} · ${exactly(data.concluded.at)} ·
          ${t('inspection.failed', {count: data.concluded.outcome.failed.length})}</p></section>` : nothing}`;
  }

  #effects() {
    return shown(this.#followUps, (items) => items.length ? html`<section
      class="card"><h2>${t('inspection.effects')}</h2>
      <ul>${items.map(({workflow, instance, event, status}) => html`<li>
        <a href="/console/${links[workflow] ?? workflow}/${instance}">${maybe(`effect.${workflow}.${event}`,
          `${workflow} · ${event}`)}</a>
        <span class="muted">${maybe(`effect_status.${status}`, status)}</span></li>`)}</ul></section>` : nothing, 1);
  }

  override render() {
    return shown(this.#inspection, (one) => {
      const others = {...one, actions: one.actions?.filter(({event}) => event !== 'record')};
      return html`${this.#head(one)} ${this.#outcome(one)} ${one.data.items ? this.#checklist(one) : nothing}
        ${['Referred', 'Open'].includes(one.state) ? html`<section class="card"><h2>${t('permit.next')}</h2>
          <sg-actions collection="inspections" .instance=${others} @done=${this.#again}></sg-actions></section>`
            : nothing}
        ${this.#effects()}
        <p><a href=${historyPath('inspections', one.id)}>${t('history.link')}</a></p>`;
    });
  }
}

// What else goes on: other permits in the area at that time, nearest first, and what the unit has behind it.
import {html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {shown} from '../parts/states';
import {get, query} from '../service/client';
import {permitsIn} from '../service/listing';
import {k_live, metresBetween, type Permit} from '../service/permits';
import type {Instance, Page} from '../service/types';
import {language, t} from '../text/text';
import {span} from '../text/time';

const k_last_permits = 30;
const k_near_metres = 100;

interface Near {
  permit: Permit;
  metres: number;
}

const overlap = (a: Permit, b: Permit) =>
  Date.parse(a.data.application.starts) < Date.parse(b.data.application.ends) &&
  Date.parse(b.data.application.starts) < Date.parse(a.data.application.ends);

/** Live or waiting for a decision, in the same area, overlapping in time. */
async function neighboursOf(permit: Permit, signal: AbortSignal): Promise<Near[]> {
  const {area, place} = permit.data.application;
  const all = await permitsIn(['UnderReview', ...k_live], {area}, undefined, signal);
  return all.filter((other) => other.id !== permit.id && overlap(permit, other))
    .map((other) => ({permit: other, metres: metresBetween(place, other.data.application.place)}))
    .sort((a, b) => a.metres - b.metres);
}

const whenOf = ({data}: Permit) => span(data.application.starts, data.application.ends);

const link = (permit: Permit, more: unknown) => html`<li><a class="item" href="/console/review/${permit.id}">
  <span class="item-head"><strong>${permit.data.number}</strong>${badge(permit.state, permit.state_label)}</span>
  <span>${permit.data.application.work}</span>
  <span class="muted">${permit.data.application.place.address} · ${whenOf(permit)}</span>
  <span>${more}</span></a></li>`;

@customElement('sg-neighbours')
export class Neighbours extends Part {
  @property({attribute: false}) permit!: Permit;

  #near = new Task(this, {
    task: async ([_], {signal}) => {
      const near = await neighboursOf(this.permit, signal);
      void import('../pictures/permit-map');
      return near;
    },
    args: () => [this.permit.id, language()] as const,
  });

  #view(near: Near[]) {
    const close = near.filter(({metres}) => metres <= k_near_metres).length;
    return html`
      ${close ? html`<p class="field-problem">${t('decide.close', {n: close, metres: k_near_metres})}</p>` : nothing}
      ${near.length ? html`<ul class="items">${near.slice(0, 8).map(({permit, metres}) =>
        link(permit, t('decide.metres', {metres})))}</ul>` : html`<p class="muted">${t('decide.alone')}</p>`}
      ${near.length > 8 ? html`<p class="muted">${t('decide.more', {n: near.length - 8})}</p>` : nothing}`;
  }

  override render() {
    return html`<section class="card"><h2>${t('decide.around')}</h2>
      <sg-permit-map class="small" .permits=${[this.permit, ...(this.#near.value ?? []).map(({permit}) => permit)]}
        chosen=${this.permit.id} base="/console/review/"></sg-permit-map>
      ${shown(this.#near, (near) => this.#view(near))}</section>`;
  }
}

interface Past {
  permits: Permit[];
  violations: Instance[] | null; // null: not for this reader
  isAll: boolean;
}

@customElement('sg-unit-past')
export class UnitPast extends Part {
  @property({attribute: false}) permit!: Permit;

  #past = new Task(this, {
    task: async ([unit, id, _], {signal}): Promise<Past> => {
      const [page, violations] = await Promise.all([
        get<Page<Permit>>('/permits' + query({unit, limit: k_last_permits + 1}), signal),
        get<Page>('/violations' + query({unit, limit: 200}), signal).then(({items}) => items, () => null)]);
      return {permits: page.items.filter((one) => one.id !== id), violations, isAll: page.next_cursor === null};
    },
    args: () => [this.permit.data.application.unit, this.permit.id, language()] as const,
  });

  #view({permits, violations, isAll}: Past) {
    const count = (fits: (permit: Permit) => unknown) => permits.filter(fits).length;
    const was = (name: string) => ({state, data}: Permit) =>
      state === name || data.states?.some((one) => one.state === name);
    const figures: [string, unknown][] = [
      [t(isAll ? 'past.permits' : 'past.last_permits'), permits.length], [t('past.suspended'), count(was('Suspended'))],
      [t('past.returned'), count(was('Returned'))], [t('past.rejected'), count(was('Rejected'))],
      [t('past.revoked'), count(was('Revoked'))], [t('past.flagged'), count(({data}) => data.flags?.length)],
      [t('past.violations'), violations ? violations.length : t('past.not_yours')]];
    return html`<dl class="figures">${figures.map(([label, value]) => html`
      <div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
      ${violations?.length ? html`<ul>${violations.slice(0, 5).map((one) => html`
        <li>${badge(one.state, one.state_label)}
        ${one.data.description ?? one.data.number ?? ''}</li>`)}</ul>` : nothing}
      <ul class="items">${permits.slice(0, 5).map((permit) => link(permit, nothing))}</ul>`;
  }

  override render() {
    return html`<section class="card"><h2>${t('decide.past')}</h2>
      ${shown(this.#past, (past) => this.#view(past))}</section>`;
  }
}

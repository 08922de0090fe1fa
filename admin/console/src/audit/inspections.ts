// Inspections that the caller may see, newest first, and the way to a new one.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {choice, stateOptions} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {hasRole} from '../service/session';
import type {Instance} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';
import {moment} from '../text/time';
import {Pager} from './pager';

const mayInspect = () => hasRole('grid_worker', 'inspector', 'enforcement', 'supervisor');

export function inspectionRow(one: Instance) {
  const {data} = one, results = Object.values<any>(data.results ?? {});
  const failed = results.filter(({result}) => result === 'fail').length;
  return html`<li><a class="item" href="/console/inspections/${one.id}">
    <span class="item-head"><strong>${data.permit?.number ?? t('inspection.no_permit')}</strong>${badge(one.state,
      one.state_label)}</span>
    <span>${data.address}</span>
    <span class="muted">${moment(data.opened_at ?? data.referred_at)} · ${t('inspection.done', {done: results.length,
      all: data.items?.length ?? 0})}
      ${failed ? html`· <strong class="bad">${t('inspection.failed', {count: failed})}</strong>` : nothing}
      ${data.stopped ? html`· <strong class="bad">${t('inspection.stopped')}</strong>` : nothing}</span></a></li>`;
}

@customElement('sg-inspections')
export class Inspections extends Part {
  @state() private stateWanted = '';
  #pager = new Pager(this, () => ({collection: 'inspections', filter: {state: this.stateWanted}}));
  #states = new Task(this, {task: async () => (await workflow('inspection')).states, args: () => [language()]});

  override render() {
    const begin = html`<wa-button variant="brand" href="/console/inspections/new">${icon('inspect')}
      ${t('inspect.title')}</wa-button>`;
    return html`<div class="row"><h1>${t('inspections.title')}</h1><span class="spring"></span>${mayInspect() ? begin
      : nothing}</div>
      <div class="row filters">${choice({label: t('state'), value: this.stateWanted, any: t('any'),
        options: stateOptions(this.#states.value), choose: (state) => (this.stateWanted = state)})}</div>
      ${shown(this.#pager.first, () => this.#pager.items.length
        ? html`<ul class="items">${this.#pager.items.map(inspectionRow)}</ul>${this.#pager.moreButton()}`
        : empty('inspect', t(mayInspect() ? 'inspections.none_yet' : 'inspections.none')))}`;
  }
}

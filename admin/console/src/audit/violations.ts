// Violations that inspections, or enforcement itself, recorded: newest first, those that wait before the others.
import {html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {choice, stateOptions} from '../parts/choice';
import {Part} from '../parts/element';
import {empty, shown} from '../parts/states';
import {hasRole} from '../service/session';
import type {Instance} from '../service/types';
import {workflow} from '../service/workflows';
import {language, pick, t} from '../text/text';
import {moment} from '../text/time';
import {Pager} from './pager';

const violationRow = (one: Instance) => html`<li><a class="item" href="/console/violations/${one.id}">
  <span class="item-head"><strong>${one.data.address}</strong>${badge(one.state, one.state_label)}</span>
  <span>${one.data.items.map((item: any) => pick(item)).join('；')}</span>
  <span class="muted">${moment(one.data.recorded?.at ?? one.at)} · ${one.data.unit ?? one.data.area}</span></a></li>`;

@customElement('sg-violations')
export class Violations extends Part {
  @state() private stateWanted = hasRole('enforcement') ? 'Recorded' : '';
  #pager = new Pager(this, () => ({collection: 'violations', filter: {state: this.stateWanted}}));
  #states = new Task(this, {task: async () => (await workflow('violation')).states, args: () => [language()]});

  override render() {
    return html`<h1>${t('violations.title')}</h1>
      <div class="row filters">${choice({label: t('state'), value: this.stateWanted, any: t('any'),
        options: stateOptions(this.#states.value), choose: (state) => (this.stateWanted = state)})}</div>
      ${shown(this.#pager.first, () => this.#pager.items.length
        ? html`<ul class="items">${this.#pager.items.map(violationRow)}</ul>${this.#pager.moreButton()}`
        : empty('violation', t(this.stateWanted === 'Recorded' ? 'violations.none_wait' : 'violations.none')))}`;
  }
}

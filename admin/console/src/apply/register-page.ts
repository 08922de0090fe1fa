// One register: each record with its state and what is wrong with it; those that need a hand come first.
import {html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import type {Instance} from '../service/types';
import {language, t} from '../text/text';
import {type Kind, recordsOf} from './registers';
import {k_registers} from './registers-page';
import {troublesOf} from './trouble';

const k_more = ['class', 'kind', 'issuer', 'phone', 'certificate_no', 'credit_code', 'code'];

/** The way back to a kind's register. */
export const backView = (kind: Kind) => html`<p><a href="/console/registers/${kind}">${icon('back')}
  ${t(`register.${kind as 'unit'}`)}</a></p>`;

export const titleOf = ({data}: Instance) => data.name ?? data.code;
const moreOf = (record: Instance) =>
  k_more.map((name) => record.data[name]).filter((one) => one && one !== titleOf(record)).join(' · ');
const weight = (record: Instance) => troublesOf(record).reduce((sum, {severe}) => sum + (severe ? 100 : 1), 0);

@customElement('sg-register')
export class RegisterPage extends Part {
  @property({attribute: false}) parameters!: {kind: Kind};
  @state() private sought = '';

  #records = new Task(this, {
    task: ([kind]) => recordsOf(kind),
    args: () => [this.parameters.kind, language()] as const,
  });

  #row = (record: Instance) => html`<li><a class="item" href="/console/registers/${this.parameters.kind}/${record.id}">
    <span class="item-head"><strong>${titleOf(record)}</strong>${badge(record.state, record.state_label)}</span>
    <span class="muted">${moreOf(record)}</span>
    ${troublesOf(record).map(({severe, words}) => html`<span class=${severe ? 'trouble severe' : 'trouble'}>
      ${icon(severe ? 'alert' : 'clock')} ${words}</span>`)}</a></li>`;

  #list(records: Instance[]) {
    const {kind} = this.parameters;
    const sought = this.sought.toLowerCase();
    const found = records.filter(({data}) => Object.values(data).join(' ').toLowerCase().includes(sought))
      .sort((one, other) => weight(other) - weight(one));
    if (!records.length) return empty(k_registers.find(([name]) => name === kind)![1], t('register.none'));
    return html`${records.length > 8 ? html`<div class="row filters"><wa-input type="search" size="s"
        label=${t('choices.search')} @input=${(e: any) => (this.sought = e.target.value)}></wa-input></div>` : ''}
      <ul class="items">${found.map(this.#row)}</ul>`;
  }

  override render() {
    const {kind} = this.parameters;
    return html`<div class="narrow"><p><a href="/console/registers">${icon('back')} ${t('registers.title')}</a></p>
      <h1>${t(`register.${kind as 'unit'}`)}</h1>
      <p><wa-button variant="brand" href="/console/registers/${kind}/new" data-does="add">${icon('add')}
        ${t('register.add')}</wa-button></p>
      ${shown(this.#records, (records) => this.#list(records))}</div>`;
  }
}

// Finding permits: by words, number, state, unit, area and time. What is looked for stands in the address, so that it
// can be kept and passed on.
import {html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '../form/record-field';
import {badge} from '../parts/badge';
import {choice, stateOptions} from '../parts/choice';
import {Part} from '../parts/element';
import {icon} from '../parts/icon';
import {empty, shown} from '../parts/states';
import {go, searchOf} from '../router';
import {query} from '../service/client';
import type {Instance} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';
import {fromLocalInput, span, toLocalInput} from '../text/time';
import {Pager} from './pager';
import {historyPath} from './shared';

type Filter = Record<string, string>;

const foundRow = ({data: {number, application}, ...permit}: Instance) => html`<li class="item"><span class="item-head">
    <a href="/console/permits/${permit.id}"><strong>${number ?? t('permit.draft')}</strong></a>${badge(permit.state,
      permit.state_label)}</span>
  <span>${application.work}</span>
  <span class="muted">${application.place.address} · ${span(application.starts, application.ends)}</span>
  <span><a href=${historyPath('permits', permit.id)}>${t('history.link')}</a></span></li>`;

@customElement('sg-search')
export class Search extends Part {
  @state() private filter: Filter = searchOf(); // being written
  @state() private wanted: Filter | null = location.search ? searchOf() : null; // asked for
  #pager = new Pager(this, () => this.wanted && {collection: 'permits', filter: this.wanted});
  #states = new Task(this, {task: async () => (await workflow('hot_work_permit')).states, args: () => [language()]});

  readonly #set = (name: string, value: string | null) => {
    const {[name]: _, ...others} = this.filter;
    this.filter = value ? {...others, [name]: value} : others;
  };

  #find(event: Event) {
    event.preventDefault();
    this.wanted = this.filter;
    go('search' + query(this.filter), {replace: true});
  }

  #input(name: string, label: string, more = '') {
    return html`<wa-input label=${label} placeholder=${more} .value=${this.filter[name] ?? ''} data-filter=${name}
      @input=${(e: any) => this.#set(name, e.target.value.trim())}></wa-input>`;
  }

  #time(name: string, label: string) {
    return html`<wa-input type="datetime-local" label=${label} .value=${this.filter[name]
      ? toLocalInput(this.filter[name]) : ''}
      @input=${(e: any) => this.#set(name, e.target.value && fromLocalInput(e.target.value))}></wa-input>`;
  }

  #record(kind: string, label: string) {
    return html`<sg-record kind=${kind} label=${label} .value=${this.filter[kind] ?? ''}
      @change=${(e: CustomEvent) => e.detail !== undefined && this.#set(kind, e.detail)}></sg-record>`;
  }

  #form() {
    return html`<form class="card search" @submit=${this.#find}>
      ${this.#input('q', t('search.words'), t('search.words_hint'))} ${this.#input('number', t('permit.number'))}
      ${choice({label: t('state'), value: this.filter.state ?? '', any: t('any'),
        options: stateOptions(this.#states.value), choose: (state) => this.#set('state', state)})}
      ${this.#record('unit', t('field.unit'))} ${this.#record('area', t('field.area'))}
      ${this.#time('from', t('search.from'))} ${this.#time('until', t('search.until'))}
      <div class="row end"><wa-button type="submit" variant="brand">${icon('search')}
        ${t('search.go')}</wa-button></div>
    </form>`;
  }

  override render() {
    return html`<h1>${t('search.title')}</h1>${this.#form()}
      ${this.wanted === null ? empty('search', t('search.hint')) : shown(this.#pager.first, () =>
        this.#pager.items.length
        ? html`<ul class="items">${this.#pager.items.map(foundRow)}</ul>${this.#pager.moreButton()}`
        : empty('search', t('search.none')))}`;
  }
}

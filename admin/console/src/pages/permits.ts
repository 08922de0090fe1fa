// The permits that the caller may see: filtered by the service, read on as one scrolls.
import {html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import {choice, stateOptions} from '../parts/choice';
import {Part} from '../parts/element';
import {duesView, permitRow} from '../parts/permit-row';
import {empty, shown} from '../parts/states';
import '../parts/virtual-list';
import {get, query} from '../service/client';
import type {Permit} from '../service/permits';
import type {Page} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';

const k_page = 100;

@customElement('sg-permits')
export class Permits extends Part {
  @state() private filter: Record<string, string> = {};
  @state() private items: Permit[] = [];
  #cursor: string | null = null;
  #reading = false;

  #first = new Task(this, {
    task: async ([filter]) => {
      const page = await get<Page<Permit>>('/permits' + query({...filter, limit: k_page}));
      this.items = page.items;
      this.#cursor = page.next_cursor;
    },
    args: () => [this.filter, language()] as const,
  });
  #states = new Task(this, {task: async () => (await workflow('hot_work_permit')).states, args: () => [language()]});

  async #next() {
    if (!this.#cursor || this.#reading) return;
    this.#reading = true;
    const {filter} = this;
    const next = query({...filter, limit: k_page, cursor: this.#cursor});
    const page = await get<Page<Permit>>('/permits' + next).catch(() => null);
    this.#reading = false;
    if (!page || filter !== this.filter) return;
    this.items = [...this.items, ...page.items];
    this.#cursor = page.next_cursor;
  }

  #row = (permit: Permit) => permitRow(permit, `/console/permits/${permit.id}`, duesView(permit));

  override render() {
    return html`<h1>${t('permits.title')}</h1>
      <div class="row filters">
        ${choice({label: t('state'), value: this.filter.state ?? '', any: t('any'),
          options: stateOptions(this.#states.value), choose: (state) => (this.filter = {...this.filter, state})})}
        <wa-input label=${t('permit.number')} size="s" with-clear
          @change=${(e: any) => (this.filter = {...this.filter, number: e.target.value.trim()})}></wa-input>
      </div>
      ${shown(this.#first, () => (this.items.length
        ? html`<sg-virtual-list label=${t('permits.title')} .items=${this.items} .row=${this.#row}
          @near-end=${this.#next}></sg-virtual-list>`
        : empty('permit', t('permits.none'))))}`;
  }
}

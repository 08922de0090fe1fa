// The permits that the caller may see: filtered by the service, a page at a time.
import {html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {Task} from '@lit/task';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import {badge} from '../parts/badge';
import {Part} from '../parts/element';
import {empty, shown} from '../parts/states';
import {get, query} from '../service/client';
import type {Instance, Page} from '../service/types';
import {workflow} from '../service/workflows';
import {language, t} from '../text/text';
import {span} from '../text/time';

export const permitRow = (permit: Instance) => html`<li><a class="item" href="/console/permits/${permit.id}">
  <span class="item-head"><strong>${permit.data.number ?? t('permit.draft')}</strong>${badge(permit.state, permit.state_label)}</span>
  <span>${permit.data.work}</span>
  <span class="muted">${permit.data.place?.address} · ${span(permit.data.starts, permit.data.ends)}</span>
</a></li>`;

@customElement('sg-permits')
export class Permits extends Part {
  @state() private filter: Record<string, string> = {};
  @state() private more: Instance[] = [];
  @state() private cursor: string | null = null;

  #first = new Task(this, {
    task: async ([filter, _]) => {
      const page = await get<Page>('/permits' + query({...filter, limit: 50}));
      this.more = [];
      this.cursor = page.next_cursor;
      return page.items;
    },
    args: () => [this.filter, language()] as const,
  });
  #states = new Task(this, {task: async () => (await workflow('hot_work_permit')).states, args: () => [language()]});

  async #next() {
    const page = await get<Page>('/permits' + query({...this.filter, limit: 50, cursor: this.cursor!}));
    this.more = [...this.more, ...page.items];
    this.cursor = page.next_cursor;
  }

  override render() {
    return html`<h1>${t('permits.title')}</h1>
      <div class="row filters">
        <wa-select label=${t('state')} size="small" with-clear .value=${this.filter.state ?? ''}
          @change=${(e: any) => (this.filter = {...this.filter, state: e.target.value})}>
          ${this.#states.value?.map(({name, label}) => html`<wa-option value=${name}>${label}</wa-option>`)}</wa-select>
        <wa-input label=${t('permit.number')} size="small" with-clear
          @change=${(e: any) => (this.filter = {...this.filter, number: e.target.value.trim()})}></wa-input>
      </div>
      ${shown(this.#first, (items) => items.length
        ? html`<ul class="items">${[...items, ...this.more].map(permitRow)}</ul>
          ${this.cursor ? html`<wa-button @click=${this.#next}>${t('more')}</wa-button>` : nothing}`
        : empty('permit', t('permits.none')))}`;
  }
}

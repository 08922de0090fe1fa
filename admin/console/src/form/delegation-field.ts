// For whom one approves: offered to those only who stand in for somebody now.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {Part} from '../parts/element';
import {get} from '../service/client';
import type {Instance, Page} from '../service/types';
import {t} from '../text/text';

@customElement('sg-delegation-field')
export class DelegationField extends Part {
  @property() value = '';
  @state() private found: Instance[] = [];

  override async connectedCallback() {
    super.connectedCallback();
    const page = await get<Page>('/delegations?state=InForce&limit=200').catch(() => ({items: []}));
    this.found = page.items.filter(({data}) => data.mine === 'delegate');
  }

  #choose(event: any) {
    event.stopPropagation(); // the select's own event has no detail
    this.dispatchEvent(new CustomEvent('change', {detail: event.target.value ?? ''}));
  }

  override render() {
    if (!this.found.length) return nothing;
    return html`<wa-select label=${t('delegation.for')} with-clear .value=${this.value}
      placeholder=${t('delegation.own')}
      @change=${this.#choose}>
      ${this.found.map(({id, data}) => html`<wa-option
        value=${id}>${data.people[data.absent]?.name}</wa-option>`)}</wa-select>`;
  }
}

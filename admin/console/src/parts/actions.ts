// What can be done next with an instance: a button each, and for what cannot be done: why not. One way for all workflows.
import {html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import '@awesome.me/webawesome/dist/components/details/details.js';
import type {Action, Instance} from '../service/types';
import {t} from '../text/text';
import './action-dialog';
import {Part} from './element';
import {findingsView} from './problem';

/** Events that end or undo something: shown apart and asked for twice. */
export const grave = ['reject', 'revoke', 'withdraw', 'return', 'suspend', 'dismiss', 'stop_work', 'revoke_key', 'close',
  'erase'];

/** Reasons that only say "not the hour" or "not your role" are no help to the reader. */
const is_helpful = (action: Action) => action.reasons.some(({code}) => code !== 'wrong_state' && code !== 'role_required');

@customElement('sg-actions')
export class Actions extends Part {
  @property({attribute: false}) instance!: Instance;
  @property() collection = '';
  @property({attribute: false}) without: string[] = []; // events that the page offers in its own way
  // With the instance as it was seen when the choice was made: that is what is signed, whatever has become of it since.
  @state() private chosen: {action: Action; seen: Instance} | null = null;

  #done() {
    this.chosen = null;
    this.dispatchEvent(new CustomEvent('done', {bubbles: true}));
  }

  override render() {
    const actions = (this.instance.actions ?? []).filter(({event}) => !this.without.includes(event));
    const allowed = actions.filter((action) => action.allowed);
    const blocked = actions.filter((action) => !action.allowed && is_helpful(action));
    return html`
      <div class="actions">
        ${allowed.map((action) => html`<wa-button data-event=${action.event}
          variant=${grave.includes(action.event) ? 'neutral' : 'brand'}
          appearance=${grave.includes(action.event) ? 'outlined' : 'accent'}
          @click=${() => (this.chosen = {action, seen: this.instance})}>${action.label}</wa-button>`)}
        ${allowed.length ? nothing : html`<p class="muted">${t('actions.none')}</p>`}
      </div>
      ${blocked.length ? html`<wa-details summary=${t('actions.why_not')}>
        ${blocked.map((action) => html`<h4>${action.label}</h4>${findingsView(action.reasons)}`)}</wa-details>` : nothing}
      ${this.chosen ? html`<sg-action-dialog .instance=${this.chosen.seen} .action=${this.chosen.action}
        collection=${this.collection} @done=${this.#done} @closed=${() => (this.chosen = null)}></sg-action-dialog>`
        : nothing}`;
  }
}
